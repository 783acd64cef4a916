"""The command line: one module a command, loaded when it is called."""

from __future__ import annotations

import importlib

import click

from askwell import __version__

COMMANDS = {
    "check": "Is this draft wise to send, to this person, today?",
    "import": "Bring in mail or a story.",
    "sync": "Bring in what is new in your accounts.",
    "drafts": "Judge the drafts in your mailbox, once or as they are saved.",
    "source": "Accounts that sync reads: add, list, remove.",
    "ask": "From an aim to whom to ask for what, with a first draft.",
    "thank": "A letter that thanks for help, the newest first.",
    "told": "Note what came of somebody's help, and write the letter that tells them.",
    "triage": "Somebody asks for your contacts: reasons for care, and three answers.",
    "intro": "Introductions, from the first wish to what came of them.",
    "quiet": "Who has not answered for long, what came before, and one letter.",
    "offer": "What you could do for somebody, by what they have said.",
    "who": "Who has to do with something, and what one may ask them.",
    "hello": "A few lines to somebody you have not heard from for long, without an errand.",
    "today": "Whom to thank, tell, give back to, write to or leave in peace.",
    "person": "What passed between you and somebody; read it before a meeting.",
    "people": "Who is in the ledger.",
    "mirror": "How you ask, in words and pictures: a mirror, not a grade.",
    "profile": "Who you are, and what you can offer.",
    "read": "What a text asks, offers and thanks for.",
    "log": "Note what mail does not show.",
    "correct": "Say what is right where Askwell read it wrong.",
    "undo": "Take back the last thing done, or one by its number.",
    "reread": "Read all mail again with this version of the reader.",
    "rules": "The rules: list, explain, test.",
    "push": "Put what Askwell knows of somebody into your address book on a server.",
    "export": "The whole ledger as text.",
    "forget": "Remove all of a person's data, for good.",
    "model": "Which model may write letters, and its key.",
    "gate": "Between your mail program and server: hold what is better not sent.",
    "doctor": "Is the ledger in order, and what has been learned?",
    "demo": "Check three letters in an invented network.",
    "serve": "Open Askwell in a browser, on this machine only.",
    "feed": "What is due, as a calendar to subscribe to.",
    "mcp": "The verbs as tools for an assistant.",
    "lsp": "Findings under the words of a draft, in any editor.",
    "completion": "Let the shell complete commands.",
}


class Lazy(click.Group):
    """A group that imports a command's module when it is called, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = "importing" if cmd_name == "import" else cmd_name
        found = getattr(importlib.import_module(f"askwell.doors.cli.{module}"), "command", None)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="askwell")
@click.option("--home", metavar="DIR", help="Folder of the ledger (else ASKWELL_HOME, else the usual one).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", type=click.Choice(["en", "nb", "nn"]), help="Language of what is printed.")
@click.pass_context
def main(ctx: click.Context, home: str | None, as_json: bool, lang: str | None) -> None:
    """Ask well: checks an ask against the history you share with the person, before you send it."""
    ctx.obj = {"home": home, "json": as_json, "lang": lang}
