"""`python -m upkeep`, from the top of the project: brings docs and catalogues up to date.

`python -m upkeep docs/start.md …` does these pages only; `python -m upkeep words` the catalogues only.
`python -m upkeep tour` takes the pictures of docs/tour.md anew (only that; it needs Debian's chromium).
"""

from __future__ import annotations

import sys
from pathlib import Path

from upkeep import catalogues, pages, sessions, tour


def main(chosen: list[str]) -> int:
    if chosen[:1] == ["tour"]:
        for path in tour.take(chosen[1:]):
            print(f"{path.relative_to(pages.ROOT)}: {path.stat().st_size / 1000:.0f} kB")
        return 0
    changed: list[Path] = []
    broken = False
    if not chosen or "words" in chosen:
        changed += catalogues.refresh()
    named = [pages.ROOT / one for one in chosen if one != "words"]
    for path in named or ([] if chosen else pages.all_pages()):
        text = path.read_text("utf-8")
        try:
            fresh = pages.refreshed(text)
        except sessions.BrokenError as error:
            print(f"{path.relative_to(pages.ROOT)} is left as it was. {error}")
            broken = True
            continue
        if fresh != text:
            path.write_text(fresh, "utf-8")
            changed.append(path)
    for path in changed:
        print(path.relative_to(pages.ROOT))
    for path, missing in catalogues.missing():
        print(f"{path.relative_to(pages.ROOT)}: {len(missing)} messages wait for a translation")
    return 1 if broken else 0


sys.exit(main(sys.argv[1:]))
