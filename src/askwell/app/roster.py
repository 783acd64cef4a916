"""Everybody in the ledger, how well they are known and when they were last in touch, searched and sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from askwell.app.desk import Desk
from askwell.app.network import network
from askwell.app.people import fits, fold
from askwell.judge.line import Line
from askwell.ledger.person import STAGES

SORTS = ("name", "firm", "stage", "last")
PAGE = 50
_STAGES = ("close", "established", "warming", "new", "dormant", "unknown")


@dataclass(frozen=True, slots=True)
class Roster:
    """One page of those who fit: `found` counts all of them, `page` goes from 1 to `pages`. `tags` and
    `stages` are those of everybody, with how many have them."""

    lines: tuple[Line, ...]
    found: int
    page: int
    pages: int
    tags: tuple[tuple[str, int], ...]
    stages: tuple[tuple[str, int], ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.people/1",
            "found": self.found,
            "page": self.page,
            "pages": self.pages,
            "people": [
                {
                    "key": one.person.key,
                    "name": one.person.name,
                    "org": one.person.org,
                    "title": one.person.title,
                    "tags": list(one.person.tags),
                    "stage": one.stage,
                    "last_contact": one.last.isoformat() if one.last else None,
                }
                for one in self.lines
            ],
        }


def roster(
    desk: Desk, words: str = "", *, tag: str = "", stage: str = "", sort: str = "name", page: int = 1
) -> Roster:
    """Those who fit, a page of them; an unknown sort is by name, a page too far is the last."""
    every = network(desk).lines
    fitting = chosen(every, words, tag=tag, stage=stage, sort=sort)
    pages = max(1, -(-len(fitting) // PAGE))
    page = min(max(1, page), pages)
    tags = Counter(each for one in every for each in one.person.tags)
    stages = Counter(one.stage for one in every)
    return Roster(
        tuple(fitting[(page - 1) * PAGE : page * PAGE]),
        len(fitting),
        page,
        pages,
        tuple(sorted(tags.items())),
        tuple((one, stages[one]) for one in _STAGES if stages[one]),
    )


def chosen(
    lines: Iterable[Line], words: str = "", *, tag: str = "", stage: str = "", sort: str = "name"
) -> list[Line]:
    """Those of the lines that fit, sorted; an unknown sort is by name."""
    wanted = fold(words).split()
    fitting = [one for one in lines if stage in ("", one.stage) and fits(one.person, wanted, tag)]
    return sorted(fitting, key=_ORDERS.get(sort, _by_name))


def _by_name(one: Line) -> tuple[Any, ...]:
    return (fold(one.person.name), one.person.key)


def _by_firm(one: Line) -> tuple[Any, ...]:
    return (not one.person.org, fold(one.person.org), *_by_name(one))


def _by_stage(one: Line) -> tuple[Any, ...]:
    return (_STAGES.index(one.stage) if one.stage in STAGES else len(_STAGES), *_by_name(one))


def _by_last(one: Line) -> tuple[Any, ...]:
    return (-(one.last or date.min).toordinal(), *_by_name(one))


_ORDERS: dict[str, Callable[[Line], tuple[Any, ...]]] = {
    "name": _by_name,
    "firm": _by_firm,
    "stage": _by_stage,
    "last": _by_last,
}
