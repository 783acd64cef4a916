"""Whom in the ledger a mail means: found by address, name, firm, title, or what they are to the user."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from importlib import resources
from typing import Any

from askwell.ledger.person import Person
from askwell.text.reading import Span

_ENOUGH = 1.5
_LONGEST = 6_000
_WORD = re.compile(r"[^\W_][\w'-]{0,40}")
_SHORT_NAME = 2


def meant(
    text: str, target: str, asking: Span | None, people: Iterable[Person], apart: Collection[str] = ()
) -> tuple[Person, ...]:
    """The people who fit best to the one a mail wants to reach; none if nobody does.

    `target` are the words by which the reader thinks the mail names them, `asking` the sentence that asks.
    `apart` are keys of those who cannot be meant: the writer, the friend.
    """
    text = text[:_LONGEST]
    whole = _fold(text)
    near = _fold(f"{target} {text[asking[0] : asking[1]] if asking else ''}")
    named, close = _capitals(text), _capitals(f"{target} {text[asking[0] : asking[1]] if asking else ''}")
    roles = [role for role in _roles().values() if any(_has(whole, words) for words in role["words"])]
    fits = [(_fit(one, whole, near, named, close, roles), one) for one in people if one.key not in apart]
    best = max((fit for fit, _ in fits), default=0.0)
    return tuple(one for fit, one in fits if fit == best) if best >= _ENOUGH else ()


def _fit(
    person: Person,
    whole: str,
    near: str,
    named: frozenset[str],
    close: frozenset[str],
    roles: Collection[dict[str, Any]],
) -> float:
    """How well a person fits, by address, name, firm, title or role; most of all where the mail asks."""
    found = 4.0 if any(_has(whole, one) for one in person.addresses) else 0.0
    name = _fold(person.name)
    parts = [part for part in name.replace("-", " ").split() if len(part) >= _SHORT_NAME]
    if len(parts) > 1 and _has(whole, name):
        found += 3.0
    elif parts and parts[0] in close:
        found += 2.0
    elif len(parts) > 1 and parts[-1] in close:
        found += 1.5
    elif parts and parts[0] in named:
        found += 1.0
    if person.org and _has(near, _fold(person.org)):
        found += 2.0
    elif person.org and _has(whole, _fold(person.org)):
        found += 1.5
    if len(person.title) > 3 and _has(whole, _fold(person.title)):
        found += 1.5
    marks = {*map(_fold, person.tags), *_WORD.findall(_fold(person.title))}
    if any(person.say >= role["say"] or marks & set(role["tags"]) for role in roles):
        found += 2.0
    return found


def _has(text: str, words: str) -> bool:
    """Whether the words stand in the text as whole words; a genitive may follow."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        before = at == 0 or not text[at - 1].isalnum()
        if before and (end == len(text) or not text[end].isalnum() or text[end : end + 2].rstrip() == "s"):
            return True
        at = text.find(words, at + 1)
    return False


def _capitals(text: str) -> frozenset[str]:
    """Words with a capital first, folded, also without the s of a genitive."""
    found = {_fold(one).removesuffix("'s") for one in _WORD.findall(text) if one[:1].isupper()}
    return frozenset(found | {one[:-1] for one in found if one.endswith("s") and len(one) > 3})


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


@lru_cache(maxsize=1)
def _roles() -> dict[str, dict[str, Any]]:
    file = resources.files("askwell.judge") / "requests" / "roles.toml"
    return tomllib.loads(file.read_text("utf-8"))
