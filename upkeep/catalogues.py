"""The interface's messages: found in the source, kept in .po files, compiled to .mo for gettext.

What is given to `say`, `say_many` and `later` of askwell.words is a message, and so is the reason of a
`Skipped` or `UnreadableError` and what an `AskwellError` says in so many words: the command line puts these
through `say`. In templates (Jinja's) all calls of `say` and `say_many` count. The .mo format: GNU gettext
manual, 10.3.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeGuard

from jinja2 import Environment, nodes

SRC = Path(__file__).parents[1] / "src" / "askwell"
LOCALE = SRC / "locale"
LANGUAGES = ("nb", "nn")
_ARGUMENTS = {"say": (0,), "later": (0,), "say_many": (0, 1), "Skipped": (1,), "UnreadableError": (0,)}
_ERROR = "AskwellError"
_REASONS = ("Skipped", "UnreadableError")
_TABLES = ("text/frames_why.py",)
"""Modules whose tables of words are put through `say` where they are shown."""
_HEADER = (
    "Project-Id-Version: askwell\nLanguage: {language}\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message, its plural (or nothing), its translations (two if it has a plural), and its modules."""

    one: str
    many: str = ""
    said: tuple[str, ...] = ()
    where: tuple[str, ...] = ()

    @property
    def translated(self) -> bool:
        return bool(self.said) and all(self.said)


def path_of(language: str) -> Path:
    """The .po of a language; the .mo lies beside it."""
    return LOCALE / language / "LC_MESSAGES" / "askwell.po"


@lru_cache(maxsize=1)
def found() -> dict[str, Message]:
    """All messages in the source, in order of module and line."""
    messages: dict[str, Message] = {}
    for path in sorted((*SRC.rglob("*.py"), *SRC.rglob("templates/*.html"))):
        where = path.relative_to(SRC).as_posix()
        for one, many in _in_file(path.read_text("utf-8"), where):
            old = messages.get(one, Message(one, many))
            seen = tuple(dict.fromkeys((*old.where, where)))
            messages[one] = replace(old, many=old.many or many, where=seen)
    return messages


def _in_file(text: str, where: str) -> Iterator[tuple[str, str]]:
    if where.endswith(".html"):
        yield from _in_template(text)
        return
    tree = ast.parse(text)
    yield from _in_module(tree)
    yield from _in_tables(tree) if where in _TABLES else ()


def reasons() -> list[str]:
    """Why an import may skip something, in alphabetical order."""
    calls = (_calls(ast.parse(path.read_text("utf-8")), _REASONS) for path in SRC.rglob("*.py"))
    return sorted({one for found_there in calls for one, _ in found_there})


def _in_module(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The messages of a module. `say` counts only where it is the one of askwell.words."""
    ours = {*_REASONS, _ERROR, "words.say"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "askwell.words":
            ours |= {one.name for one in node.names}
    yield from _calls(tree, ours)


def _calls(tree: ast.Module, ours: Collection[str]) -> Iterator[tuple[str, str]]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in ours]
    for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        if _name(call.func) == _ERROR:
            yield from ((str(one.value), "") for one in call.args if _is_text(one))
            continue
        places = _ARGUMENTS.get(_name(call.func).removeprefix("words."), ())
        texts = [_literal(call.args[at]) for at in places if at < len(call.args)]
        if texts and all(texts):
            yield texts[0], (texts[1] if len(texts) > 1 else "")


def _in_template(text: str) -> Iterator[tuple[str, str]]:
    """The messages of a template, in order. What is not written out there is a message elsewhere."""
    calls = Environment(autoescape=True).parse(text).find_all(nodes.Call)
    for call in sorted(calls, key=lambda one: one.lineno):
        places = _ARGUMENTS.get(call.node.name, ()) if isinstance(call.node, nodes.Name) else ()
        given = [call.args[at] for at in places if at < len(call.args)]
        texts = [str(one.value) for one in given if isinstance(one, nodes.Const)]
        if texts and len(texts) == len(places):
            yield texts[0], (texts[1] if len(texts) > 1 else "")


def _in_tables(tree: ast.Module) -> Iterator[tuple[str, str]]:
    tables = [one for one in ast.walk(tree) if isinstance(one, ast.Dict)]
    for value in (value for table in tables for value in table.values):
        if _is_text(value):
            yield str(value.value), ""


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _is_text(node: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _literal(node: ast.expr) -> str:
    """The text of a literal; of an f-string, what stands before its first value and colon."""
    if _is_text(node):
        return str(node.value)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        head, colon, _ = str(node.values[0].value).partition(":")
        return head if colon else ""
    return ""


def template(language: str = "", old: dict[str, Message] | None = None) -> str:
    """The text of a .po with all messages of the source and what `old` says of them; the .pot without one."""
    blocks = ['msgid ""\nmsgstr ' + _quoted(_HEADER.format(language=language))]
    for message in found().values():
        said = (old or {}).get(message.one, message).said
        forms = 2 if message.many else 1
        said = said if len(said) == forms else ("",) * forms
        blocks.append(_block(replace(message, said=said)))
    return "\n\n".join(blocks) + "\n"


def _block(message: Message) -> str:
    lines = [f"#: {where}" for where in message.where]
    lines += ["#, python-brace-format"] if "{" in message.one + message.many else []
    lines.append(f"msgid {_quoted(message.one)}")
    if not message.many:
        return "\n".join([*lines, f"msgstr {_quoted(message.said[0])}"])
    lines.append(f"msgid_plural {_quoted(message.many)}")
    return "\n".join([*lines, *(f"msgstr[{n}] {_quoted(text)}" for n, text in enumerate(message.said))])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').split("\n")
    parts = [f'"{part}\\n"' for part in escaped[:-1]] + ([f'"{escaped[-1]}"'] if escaped[-1] else [])
    return parts[0] if len(parts) == 1 else "\n".join(['""', *parts])


def parse(text: str) -> dict[str, Message]:
    """The messages of a .po by their English form; the header under the empty one."""
    messages = {}
    for block in re.split(r"\n{2,}", text.strip()):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            word, _, rest = line.partition(" ")
            name, value = (name, line) if line.startswith('"') else (word, rest)
            fields[name] = fields.get(name, "") + _unquoted(value)
        said = tuple(value for name, value in fields.items() if name.startswith("msgstr"))
        one = fields["msgid"]
        messages[one] = Message(one, fields.get("msgid_plural", ""), said)
    return messages


def _unquoted(line: str) -> str:
    return re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), line.strip()[1:-1])


def compiled(messages: dict[str, Message]) -> bytes:
    """The .mo of these messages: sorted originals and translations, each table of (length, offset)."""
    pairs = sorted(
        ("\0".join(filter(None, (one.one, one.many))).encode(), "\0".join(one.said).encode())
        for one in messages.values()
        if one.translated
    )
    offset = 28 + 16 * len(pairs)
    tables, texts = [], b""
    for side in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<2I", len(pair[side]), offset + len(texts)))
            texts += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, offset)
    return head + b"".join(tables) + texts


def refresh() -> list[Path]:
    """Write the .pot, the .po files and the .mo files anew; returns those that changed."""
    wanted: dict[Path, bytes] = {LOCALE / "askwell.pot": template().encode()}
    for language in LANGUAGES:
        path = path_of(language)
        old = parse(path.read_text("utf-8")) if path.exists() else {}
        text = template(language, old)
        wanted[path] = text.encode()
        wanted[path.with_suffix(".mo")] = compiled(parse(text))
    changed = []
    for path, data in wanted.items():
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            changed.append(path)
    return changed


def missing() -> list[tuple[Path, list[str]]]:
    """The messages of the source that a language does not have yet."""
    waiting = []
    for language in LANGUAGES:
        had = parse(path_of(language).read_text("utf-8"))
        lacking = [one for one in found() if not had.get(one, Message(one)).translated]
        waiting += [(path_of(language), lacking)] if lacking else []
    return waiting
