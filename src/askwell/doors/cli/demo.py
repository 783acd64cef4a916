"""`askwell demo`."""

from __future__ import annotations

from pathlib import Path

from askwell.doors.cli.frame import Frame, verb
from askwell.words import say


@verb("demo")
def command(frame: Frame) -> None:
    """Check three letters, in English, bokmål and nynorsk, in an invented network.

    The demo has a ledger of its own, in the folder `demo` of the usual one, or where --home says.
    """
    from askwell.app.demo import demo
    from askwell.doors.cli import check
    from askwell.settings import home_folder

    home = Path(frame.home).expanduser() if frame.home else home_folder(None) / "demo"
    paper = frame.paper
    results = []
    for shown in demo(home, frame.lang):
        if frame.json:
            results.append({"draft": shown.name, "verdict": shown.verdict.to_json()})
            continue
        rule = "─" * 60
        paper.put(f"{rule}\n{say('A letter to {name}', name=shown.verdict.to[0].name)}", "title")
        paper.letter(shown.draft.text.strip())
        paper.put()
        check.show(paper, shown.verdict)
        paper.put()
    if frame.json:
        frame.result({"schema": "askwell.demo/1", "checked": results})
        return
    paper.put(say("Now with your own mail"), "title")
    for line in (
        'askwell import "path/to/mail" --me you@example.org',
        "askwell check draft.txt --to somebody@example.org",
        "askwell today",
    ):
        paper.put(line, indent=2)
    paper.put(say("Look round in the demo's network:"))
    paper.put(f"askwell --home '{home}' people", indent=2)
    paper.put(say("Or see it in a browser:"))
    paper.put("askwell serve --demo", indent=2)
    paper.put(say("Nothing leaves this machine."), "quiet")
