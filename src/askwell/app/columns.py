"""What the columns of a table say that Askwell does not know: proposed, shown, and kept once the user agrees.

Kept in `columns.toml` in the home: one `[[table]]` each, known again by its header, whatever the file is
called.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from askwell.errors import AskwellError
from askwell.sources.folder import HEAD, find
from askwell.sources.record import Source
from askwell.sources.sheet import FIELDS, Mapped, Sheet, complete, sheet
from askwell.words import say

FILE = "columns.toml"

Chosen = Mapping[str, tuple[str, ...]]
"""Field to the names of the columns that say it."""


def kept(home: Path | None) -> tuple[Mapped, ...]:
    """The tables that the user has explained, as sources. Raises AskwellError for a file that is damaged."""
    path = (home or Path()) / FILE
    if home is None or not path.exists():
        return ()
    try:
        tables = tomllib.loads(path.read_text("utf-8"))["table"]
        return tuple(
            Mapped(
                [str(name) for name in one["header"]],
                {field: tuple(map(str, one[field])) for field in FIELDS if field in one},
            )
            for one in tables
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AskwellError(
            say("{path} cannot be read: {why}", path=path, why=error), say("Mend or remove the file.")
        ) from None


def keep(home: Path, table: Sheet, columns: Chosen) -> None:
    """Keep what the columns of a table say, in place of what was kept of the same header."""
    import tomlkit

    others = [one for one in kept(home) if one.header != table.header]
    every = [*((one.header, one.columns) for one in others), (table.header, columns)]
    document = tomlkit.document()
    document.add(tomlkit.comment("What the columns of your tables say; written by askwell import."))
    tables = tomlkit.aot()
    for header, said in every:
        entry = tomlkit.table()
        entry.add("header", list(header))
        for field, names in said.items():
            entry.add(field, list(names))
        tables.append(entry)
    document.add("table", tables)
    beside = home / f"{FILE}.{os.getpid()}"
    beside.write_text(tomlkit.dumps(document), "utf-8")
    beside.replace(home / FILE)


def unknown(
    home: Path | None, paths: Sequence[Path], known: Sequence[Source], every: bool = False
) -> Iterator[Sheet]:
    """The tables among the paths themselves (not within folders) that none of the `known` sources knows,
    with a proposal for each. With `every`, address books that are known too: the user says otherwise."""
    known = (*kept(home), *known)
    for path in paths:
        if not path.is_file():
            continue
        found = next(find(path, known), None)
        other = isinstance(found, tuple) and found[0].name != "contacts"
        if found is None or other or (isinstance(found, tuple) and not every):
            continue
        with path.open("rb") as file:
            table = sheet(path, file.read(HEAD * 8))
        if table is not None and (every or complete(table.columns)):
            yield table


def parse(said: Sequence[str], table: Sheet) -> Chosen:
    """What the user says of the columns: `name=Who`, `email=3`; several columns by saying it again.
    Raises AskwellError for a field or column that is not there, or where it makes no address book."""
    chosen: dict[str, tuple[str, ...]] = {}
    for one in said:
        field, equals, name = one.partition("=")
        if not equals or field not in FIELDS:
            raise AskwellError(
                say('"{field}" is nothing that a column can say.', field=field),
                say("Choose one of {choices}.", choices=", ".join(FIELDS)),
            )
        chosen[field] = (*chosen.get(field, ()), _column(name.strip(), table))
    if not complete(chosen):
        raise AskwellError(
            say(
                "{name}: an address book needs names, and e-mail addresses or telephones.",
                name=table.path.name,
            ),
            say("Such as: {example}", example="--columns name=… --columns email=…"),
        )
    return chosen


def _column(name: str, table: Sheet) -> str:
    folded = {one.casefold(): one for one in table.header}
    if name.casefold() in folded:
        return folded[name.casefold()]
    if name.isdecimal() and 0 < int(name[:6]) <= len(table.header):
        return table.header[int(name[:6]) - 1]
    raise AskwellError(
        say('{file} has no column "{name}".', file=table.path.name, name=name),
        say("It has: {names}.", names=", ".join(table.header)),
    )


def as_options(columns: Chosen) -> str:
    """The proposal as one would write it at the command line."""
    import shlex

    said = (f"{field}={name}" for field, names in columns.items() for name in names)
    return " ".join(f"--columns {shlex.quote(one)}" for one in said)
