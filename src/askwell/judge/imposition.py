"""R, how much an ask asks for, from 0 to 10: a base by kind, what adds and what takes away (MODEL.md 3.3).

The numbers are priors of ours; only their order has support in research (MODEL.md 2b).
"""

from __future__ import annotations

from dataclasses import dataclass

from askwell.text.sizes import base as base_of

MOST_TAKEN_OFF = 2.5
"""However well it is put, a big ask stays a big ask."""

CEILINGS = {"unknown": 2.0, "new": 3.0, "warming": 5.0, "established": 7.5, "close": 9.5}
DORMANT_CEILINGS = {"warming": 2.5, "established": 3.5, "close": 5.0}

Parts = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked and how, as far as it bears on its weight.

    `size` overrides the base of `about`. `days_left` counts the days to a deadline (0 is today),
    `days_since_same` those since the user last asked for the same kind of thing; None if there is none.
    """

    about: str
    size: float | None = None
    # what adds
    third_party: bool = False
    third_party_known: bool = False
    hidden_goal: bool = False
    open_ended: bool = False
    days_left: int | None = None
    after_no: bool = False
    days_since_same: int | None = None
    still_open: bool = False
    several: bool = False
    effort_unstated: bool = False
    # what takes away
    one_specific: bool = False
    forwardable: bool = False
    easy_out: bool = False
    flexible: bool = False
    prepared: bool = False
    loop_closed: bool = False
    offer: bool = False


@dataclass(frozen=True, slots=True)
class Imposition:
    """R and its parts: `base`, then each thing that added (+) or took away (-), by name."""

    total: float
    parts: Parts

    @property
    def added(self) -> Parts:
        return tuple(part for part in self.parts if part[0] != "base" and part[1] > 0)


def impose(asked: Asked) -> Imposition:
    """The weight of an ask before it is held against the relationship, 0 to 10."""
    start = base_of(asked.about) if asked.size is None else asked.size
    more = tuple((name, points) for name, points in _adders(asked) if points)
    less = tuple((name, points) for name, points in _reducers(asked) if points)
    off = min(MOST_TAKEN_OFF, sum(points for _, points in less))
    total = start + sum(points for _, points in more) - off
    parts = (("base", start), *more, *((name, -points) for name, points in less))
    return Imposition(max(0.0, min(10.0, total)), parts)


def ceiling(stage: str, was: str = "") -> float:
    """The largest R that a relationship at this stage bears."""
    if stage == "dormant":
        return DORMANT_CEILINGS.get(was, DORMANT_CEILINGS["warming"])
    return CEILINGS[stage]


def _adders(asked: Asked) -> Parts:
    third = 0.0 if not asked.third_party else 1.0 if asked.third_party_known else 2.0
    return (
        ("third_party", third),
        ("hidden_goal", 1.5 * asked.hidden_goal),
        ("open_ended", 1.0 * asked.open_ended),
        ("deadline", _pressing(asked.days_left)),
        ("after_a_no", 2.0 * asked.after_no),
        ("same_ask_again", _again(asked.days_since_same)),
        ("an_ask_is_open", 1.0 * asked.still_open),
        ("several_asks", 1.0 * asked.several),
        ("effort_unstated", 0.5 * asked.effort_unstated),
    )


def _pressing(days_left: int | None) -> float:
    if days_left is None or days_left >= 3:
        return 0.0
    return 2.0 if days_left <= 0 else 1.0


def _again(days: int | None) -> float:
    if days is None or days > 90:
        return 0.0
    return 1.5 if days <= 30 else 1.0


def _reducers(asked: Asked) -> Parts:
    return (
        ("one_specific_question", 1.0 * asked.one_specific),
        ("text_to_forward", 1.0 * asked.forwardable),
        ("easy_out", 0.5 * asked.easy_out),
        ("flexible_time", 0.5 * asked.flexible),
        ("own_preparation", 0.5 * asked.prepared),
        ("told_how_it_went", 0.5 * asked.loop_closed),
        ("offer", 0.5 * asked.offer),
    )
