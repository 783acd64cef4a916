"""`askwell model`, and what `askwell check --show-what-leaves` shows."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.words import say

if TYPE_CHECKING:
    from askwell.app.desk import Desk
    from askwell.app.draft import Draft
    from askwell.judge.case import Verdict


@verb("model")
@click.option("--key", is_flag=True, help="Keep its key: asked for, or read from standard input.")
@click.option("--drop-key", is_flag=True, help="Remove the key that was kept.")
def command(frame: Frame, key: bool, drop_key: bool) -> int:
    """Which model may write letters (askwell check --model), and its key.

    None does unless model_endpoint and model_name stand in the settings. A model on your own machine needs no
    key.
    """
    from askwell.app import model, secrets

    with frame.desk() as desk:
        if drop_key:
            secrets.drop(desk.home, model.KEY)
            frame.paper.put(say("The key is removed."))
            return 0
        if key:
            given = click.prompt(say("Key"), hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
            kept = secrets.keep(desk.home, model.KEY, secrets.Secret(given.strip()))
            where = say("your keyring") if kept == "keyring" else say("a file that only you can read")
            frame.paper.put(say("The key is kept in {where}.", where=where))
            return 0
        found = model.endpoint(desk)
    if frame.json:
        frame.result(
            {"endpoint": found.url, "model": found.model, "near": found.near, "key": bool(found.key)}
        )
        return 0
    frame.paper.put(say("{model} at {url}", model=found.model, url=found.url))
    near = say("It runs on this machine: nothing leaves it.")
    away = say("Drafts go there with names replaced, when you say --model, and not otherwise.")
    frame.paper.put(near if found.near else away)
    return 0


def show_leaving(frame: Frame, desk: Desk, draft: Draft, verdict: Verdict) -> int:
    """What would go to the model, to the octet with --json; sends nothing."""
    from askwell.app.model import endpoint, what_leaves

    paper = frame.paper
    if verdict.rewrite is None:
        paper.put(say("Nothing would leave: there is nothing to mend, or no letter is better."))
        return 0
    found = what_leaves(desk, draft, verdict, endpoint(desk))
    if frame.json:
        frame.result({"host": found.host, "near": found.near, "body": found.body})
        return 0
    paper.put(say("This would go to {host}:", host=found.host), "title")
    click.echo(json.dumps(json.loads(found.body), ensure_ascii=False, indent=2).replace("\\n", "\n"))
    if found.near:
        paper.put(say("It runs on this machine: nothing leaves it."), "quiet")
    return 0
