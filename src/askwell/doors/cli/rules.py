"""`askwell rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.doors.cli.names import name
from askwell.errors import AskwellError
from askwell.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askwell.app.desk import Desk
    from askwell.doors.cli.paper import Paper
    from askwell.judge.packs import Rule, Text


@verb("rules")
@click.argument("what", type=click.Choice(["list", "explain", "test"]), default="list")
@click.argument("rule", required=False)
def command(frame: Frame, what: str, rule: str | None) -> int:
    """The rules: list them, explain RULE, or test that their examples hold."""
    from askwell.app.rules import as_json, rules

    with frame.desk() as desk:
        known = rules(desk)
        chosen = [rule] if rule else list(known.ids())
        found = [known.get(one) for one in chosen]
        if what == "test":
            return _test(frame, desk, chosen)
        off = desk.settings.rules_off
    if what == "explain" and not rule:
        raise AskwellError(say("Which rule?"), say("See askwell rules list."))
    if frame.json:
        frame.result(
            {
                "schema": "askwell.rules/1",
                "rules": [as_json(one, known.text(one, frame.lang), off) for one in found],
            }
        )
    elif what == "explain":
        _explain(frame.paper, found[0], known.text(found[0], frame.lang))
    else:
        rows = [
            (one.id, name("off" if one.id in off else one.level), known.text(one, frame.lang).title)
            for one in found
        ]
        frame.paper.rows(rows, 0)
    return 0


def _test(frame: Frame, desk: Desk, chosen: Sequence[str]) -> int:
    from askwell.app.rules import try_examples

    tried, failed = try_examples(desk, chosen)
    if frame.json:
        wrong = [{"rule": one.rule, "draft": one.draft, "should": one.should} for one in failed]
        frame.result({"schema": "askwell.rules/1", "tried": tried, "failed": wrong})
        return 1 if failed else 0
    for one in failed:
        frame.paper.put(say("{rule} should {what}:", rule=one.rule, what=name(one.should)), "dont")
        frame.paper.quote(one.draft, 2)
    frame.paper.put(say("{tried} examples tried, {failed} wrong.", tried=tried, failed=len(failed)))
    return 1 if failed else 0


def _explain(paper: Paper, rule: Rule, text: Text) -> None:
    paper.put(rule.id, "title")
    for line in filter(None, (text.message, text.why, text.suggest)):
        paper.put(line)
    paper.put(say("Why there is this rule: {reason}", reason=rule.reason))
    paper.put(say("Source: {source}", source=rule.source.replace("MODEL.md", "docs/model.md")), "quiet")
    for heading, examples in ((say("Speaks of"), rule.fires), (say("Is silent on"), rule.silent)):
        if examples:
            paper.put(heading, "title")
        for example in examples:
            paper.quote(example.draft, 2)
            for line in example.story.strip().splitlines():
                paper.put(line, "quiet", 4)
