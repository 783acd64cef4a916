"""What the docs say of the program, made from the program: settings, commands, rules, kinds of entries."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from dataclasses import fields

import click

from askwell.doors.cli import COMMANDS, main
from askwell.doors.cli.names import NAMES
from askwell.judge.packs import Rule, Rules
from askwell.judge.wording import LANGUAGES
from askwell.ledger.entries import CORRECTIONS, SAID_KINDS
from askwell.ledger.person import STAGES
from askwell.settings import CHOICES, MEANINGS, Settings
from askwell.text.reading import ABOUTS, PATTERNS
from upkeep import catalogues

_ROOMS = {
    "en": "On the words of an English draft",
    "nb": "On the words of a draft in bokmål",
    "nn": "On the words of a draft in nynorsk",
    "record": "On the history, in any language",
}


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def settings() -> str:
    rows = []
    for field in fields(Settings):
        usual = field.default
        shown = "[]" if usual == () else f'"{usual}"' if isinstance(usual, str) else str(usual)
        choices = ", ".join(f'`"{one}"`' for one in CHOICES.get(field.name, ()))
        rows.append((f"`{field.name}`", f"`{shown}`", choices, MEANINGS[field.name]))
    return table(("Setting", "Usually", "Choices", "What it is for"), rows)


def commands() -> str:
    blocks = [_help("askwell", main)]
    for name, short in COMMANDS.items():
        found = main.get_command(click.Context(main), name)
        if found is None:
            raise LookupError(f"askwell {name} is listed, but there is no such command")
        blocks.append(f"## askwell {name}\n\n{short}\n\n{_help(f'askwell {name}', found)}")
        under = found.commands if isinstance(found, click.Group) else {}
        blocks += [_help(f"askwell {name} {word}", one) for word, one in under.items()]
    return "\n\n".join(blocks)


def _help(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, terminal_width=80, max_content_width=80)
    context.help_option_names = ["-h", "--help"]
    return f"```text\n{command.get_help(context)}\n```"


def rules() -> str:
    known = Rules()
    every = [known.get(id) for id in known.ids()]
    blocks = []
    for room, heading in _ROOMS.items():
        rows = [_rule(known, one, room) for one in every if one.id.partition("/")[0] == room]
        head = ("Rule", "Level", "What it says", "Why there is this rule", "Source")
        blocks.append(f"### {heading}\n\n{table(head, rows)}")
    return "\n\n".join(blocks)


def _rule(known: Rules, rule: Rule, room: str) -> tuple[str, ...]:
    title = known.text(rule, room if room in LANGUAGES else "en").title
    other = ", ".join(f"{level} if {stage}" for stage, level in rule.levels.items())
    level = f"{rule.level} ({other})" if other else rule.level
    return (f"`{rule.id}`", level, title, rule.reason, rule.source.replace("MODEL.md", "[model](model.md)"))


def _words(words: Iterable[str]) -> str:
    return textwrap.fill(", ".join(f"`{one}`" for one in words), 110)


def patterns() -> str:
    return table(("Pattern", "What it is"), [(f"`{one}`", NAMES[one]) for one in PATTERNS])


PARTS: dict[str, Callable[[], str]] = {
    "settings": settings,
    "commands": commands,
    "rules": rules,
    "patterns": patterns,
    "kinds": lambda: _words(SAID_KINDS),
    "corrections": lambda: _words(CORRECTIONS),
    "abouts": lambda: _words(ABOUTS),
    "reasons": lambda: textwrap.fill("; ".join(catalogues.reasons()) + ".", 110),
    "stages": lambda: _words(STAGES),
}
