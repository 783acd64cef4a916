"""`askwell rules`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.errors import AskwellError
from askwell.words import say


@verb("rules")
@click.argument("what", type=click.Choice(["list", "explain", "test"]), default="list")
@click.argument("rule", required=False)
def command(frame: Frame, what: str, rule: str | None) -> int:
    """The rules: list them, explain RULE, or test that their examples hold."""
    from askwell.app.rules import rules, try_examples

    with frame.desk() as desk:
        known = rules(desk)
        chosen = [rule] if rule else list(known.ids())
        if what == "explain" and not rule:
            raise AskwellError(say("Which rule?"), say("See askwell rules list."))
        if what == "test":
            tried = try_examples(desk, [known.get(one) for one in chosen])
            failed = [one for one in tried if not one.held]
            if frame.json:
                frame.result(
                    {
                        "schema": "askwell.rules/1",
                        "tried": len(tried),
                        "failed": [f.to_json() for f in failed],
                    }
                )
                return 1 if failed else 0
            for one in failed:
                frame.paper.put(f"{one.rule}: {one.wrong}", "dont")
                frame.paper.put(f"“{one.draft}”", "quote", 2)
            frame.paper.put(
                say("{tried} examples tried, {failed} wrong.", tried=len(tried), failed=len(failed))
            )
            return 1 if failed else 0
        found = [known.get(one) for one in chosen]
        off = desk.settings.rules_off
    lang = frame.lang
    if frame.json:
        listed = [
            {"id": r.id, "level": r.level, "title": _text(r.texts, lang).title, "off": r.id in off}
            for r in found
        ]
        frame.result({"schema": "askwell.rules/1", "rules": listed})
        return 0
    if what == "explain":
        one = found[0]
        text = _text(one.texts, lang)
        frame.paper.put(one.id, "title")
        for line in (text.message, text.why, text.suggest):
            frame.paper.put(line)
        frame.paper.put(say("Why there is this rule: {reason}", reason=one.reason))
        frame.paper.put(say("Source: {source}", source=one.source), "quiet")
        for heading, examples in ((say("Speaks of"), one.fires), (say("Is silent on"), one.silent)):
            if examples:
                frame.paper.put(heading, "title")
            for example in examples:
                frame.paper.put(f"“{example.draft}”", "quote", 2)
        return 0
    frame.paper.rows(
        [(r.id, say("off") if r.id in off else r.level, _text(r.texts, lang).title) for r in found], 0
    )
    return 0


def _text(texts, lang):  # type: ignore[no-untyped-def]
    return texts.get(lang) or next(iter(texts.values()))
