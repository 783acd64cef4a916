"""Whose chats they are: an exported chat names its people, and the user says which of them they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from askwell.app.desk import Desk, own_addresses
from askwell.app.importing import sources
from askwell.app.owner import claim
from askwell.errors import AskwellError
from askwell.sources import archive, whatsapp
from askwell.sources.contentlines import decoded
from askwell.sources.folder import find
from askwell.sources.identity import chat_address
from askwell.sources.record import Skipped
from askwell.words import say

MOST_NAMED = 8


def claim_names(desk: Desk, paths: Sequence[Path], names: Sequence[str]) -> bool:
    """Keep under which names the user stands in the chats among the paths; returns whether there are any.
    Raises AskwellError where nobody has such a name, or where the user has not said who they are."""
    there = dict(_people(paths))
    folded = {one.casefold(): one for people in there.values() for one in people}
    for name in names:
        if " ".join(name.split()).casefold() not in folded:
            raise AskwellError(
                say('Nobody in the chats is called "{name}".', name=name)
                if there
                else say("{address} is no address.", address=name),
                _those(folded.values()) if there else say("Write --me name@example.org"),
            )
    if names:
        claim(desk, [chat_address(one) for one in names])
    mine = set(own_addresses(desk.store))
    for file, people in there.items():
        if mine.isdisjoint(map(chat_address, people)):
            first = next(iter(people), "")
            raise AskwellError(
                say("Who are you in {name}? Its people are {people}.", name=file, people=_those(people)),
                say('Say it as it stands there: --me "{name}"', name=first),
            )
    return bool(there)


def _those(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    return ", ".join(found[:MOST_NAMED]) + (" …" if len(found) > MOST_NAMED else "")


def _people(paths: Sequence[Path]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The chats among the paths, also those in zips, each with the names in it."""
    known, _ = sources()
    for path in paths:
        for found in find(path, known):
            if isinstance(found, Skipped) or found[0].name not in (whatsapp.SOURCE.name, archive.SOURCE.name):
                continue
            for name, data in _texts(found[0].name, found[1]):
                if people := whatsapp.people_of(decoded(data)):
                    yield name, people


def _texts(source: str, path: Path) -> Iterator[tuple[str, bytes]]:
    """The chats in a file: itself, or the members of a zip that are chats."""
    if source == whatsapp.SOURCE.name:
        yield path.name, path.read_bytes()[: whatsapp.LARGEST]
        return
    try:
        for one in archive.members(path):
            if isinstance(one, archive.Member) and whatsapp.SOURCE.recognises(path, one.head()):
                yield f"{path.name}/{one.name}", one.data(whatsapp.LARGEST)
    except archive.BROKEN:
        return  # a tarball, which no telephone makes; what is damaged is said by the import itself
