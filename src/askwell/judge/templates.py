"""The sentences that letters are made of, from letters/*.toml, in the draft's own language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

_HOLE = re.compile(r"\\\{\w+\\\}")


@lru_cache(maxsize=3)
def _sentences(lang: str) -> dict[str, Any]:
    file = resources.files("askwell.judge") / "letters" / f"{lang}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def line(lang: str, key: str, **values: str) -> str:
    """A sentence by its key (`ask.referral`) with what belongs in it. Raises KeyError for an unknown key."""
    return " ".join(raw(lang, key).format(**values).replace(" .", ".").replace(" :", ":").split())


def has(lang: str, key: str) -> bool:
    """Whether there is a sentence of this key."""
    try:
        return isinstance(raw(lang, key), str)
    except KeyError:
        return False


def raw(lang: str, key: str) -> str:
    """A sentence with its holes. Raises KeyError for an unknown key."""
    found: Any = _sentences(lang)
    for part in key.split("."):
        found = found[part]
    return str(found)


@lru_cache(maxsize=3)
def _asking(lang: str) -> re.Pattern[str]:
    keys = ("friend.ask", "interest.ask", "decline.body", "remind", *_in(lang, "tips", "advice", "ask"))
    forms = (_HOLE.sub(".{0,80}", re.escape(raw(lang, key))) for key in keys)
    return re.compile("|".join(forms))


@lru_cache(maxsize=3)
def _leaving(lang: str) -> re.Pattern[str]:
    keys = ("out", "out_tips", "out_line", "decline.body", "remind")
    return re.compile("|".join(_HOLE.sub(".{0,80}", re.escape(raw(lang, key))) for key in keys))


def is_ours(lang: str, draft: str) -> bool:
    """Whether a draft asks and leaves a way out in words of ours: then it has been rewritten before."""
    found = (_asking(lang).search(draft, 0, 20_000), _leaving(lang).search(draft, 0, 20_000))
    return None not in found


def _in(lang: str, *tables: str) -> Iterator[str]:
    for table in tables:
        yield from (f"{table}.{name}" for name in _sentences(lang)[table])
