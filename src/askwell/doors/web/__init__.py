"""The web app on the user's own machine: server-rendered pages, and a JSON API under `/api/v1`.

To add a page called *thank*, four things, all of that name:
1. `pages/thank.py` with a `router` whose functions take a `Visit` and call `askwell.app.thank`:
   `with visit.desk() as desk: found = thank(desk)`, then `return visit.page("thank.html", found=found)`.
   A form's target ends with `return visit.done("/thank", action)`: the next page offers to take it back.
2. `templates/thank.html`, which extends `layout.html`, fills the blocks `title` and `main`, takes its words
   from `say("…")`, and puts `{{ key() }}` into every form that is posted. No `style=` and no inline script:
   the content policy refuses them (SVG takes classes or presentation attributes).
3. A line in `sections.py`, if it belongs in the navigation (those of issue 6 are there already).
4. `tests/web/test_thank.py`, with the fixtures of `tests/web/conftest.py`; translations of its words.
For the API the same: `api/thank.py` with a `router` and an honest model of what it answers (`api/models.py`).
Pages and API modules are found by being there.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path


def run(
    home: Path,
    *,
    port: int = 0,
    host: str = "127.0.0.1",
    browser: bool = True,
    lang: str = "",
    on: date | None = None,
    demo: bool = False,
) -> int:
    """Serve until interrupted. `port` 0 means the usual one, or a free one if that is taken; `lang` empty
    means as each browser asks; `on` is the day for demos, else today. Raises AskwellError if it cannot
    listen."""
    from askwell.doors.web.serving import serve

    return serve(home, port=port, host=host, browser=browser, lang=lang, on=on, demo=demo)
