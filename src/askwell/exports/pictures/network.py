"""The map of the network: people by how well they are known, and who introduced whom.

One column a stage, names in the order of the alphabet: nobody is ranked. Those who had part in an
introduction stand in it by name, others as far as there is room; the rest is a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import hypot

from askwell.exports.pictures.drawing import dot, element, figure, group, shape, words
from askwell.exports.pictures.picture import MARGIN, WIDTH, Picture, Table
from askwell.ledger.person import ME, Person
from askwell.words import say, say_many

ORDER = ("close", "established", "warming", "new", "dormant", "unknown")
MOST_NAMES = 12
MOST_TIES = 40
_ROW = 22.0
_HEAD = 54.0


@dataclass(frozen=True, slots=True)
class Known:
    """A person and the stage that they stand at."""

    person: Person
    stage: str


@dataclass(frozen=True, slots=True)
class Introduction:
    """`by` brought `one` and `other` together: keys, or `me`."""

    day: date
    by: str
    one: str
    other: str
    purpose: str = ""


Place = tuple[float, float]


def network(
    people: Iterable[Known], introductions: Iterable[Introduction], name: Callable[[str], str] = str
) -> Picture:
    """The map. The newest forty introductions between those shown are drawn, all are in the table."""
    found = sorted(
        people, key=lambda one: (ORDER.index(one.stage), one.person.name.casefold(), one.person.key)
    )
    made = sorted(introductions, key=lambda one: (one.day, one.by, one.one, one.other), reverse=True)
    told = {one for each in made for one in (each.by, each.one, each.other)} - {ME}
    columns = {stage: list(part) for stage, part in groupby(found, key=lambda one: one.stage)}
    wide = (WIDTH - 2 * MARGIN) / max(3, len(columns))
    places: dict[str, Place] = {}
    parts: list[str] = []
    for at, (stage, part) in enumerate(columns.items()):
        parts.append(_column(name(stage), part, told, MARGIN + at * wide, wide, places))
    drawn = _ties(made, places)
    rows = max((min(len(part), MOST_NAMES + 1) for part in columns.values()), default=0)
    names = {one.person.key: one.person.name for one in found} | {ME: say("you")}
    return Picture(
        "network",
        say("The people you know, and who introduced whom"),
        _described(columns, made, name),
        _HEAD + _ROW * rows + 10,
        "".join(drawn + parts),
        _table(columns, made, names, name),
    )


def _column(
    heading: str, part: Sequence[Known], told: set[str], left: float, wide: float, places: dict[str, Place]
) -> str:
    most = int((wide - 14) / 6.3)
    first, _, rest = _broken(heading, most)
    parts = [words(first, left, 16, "label", most=most), words(rest, left, 31, "label", most=most)]
    parts.append(words(say_many("{count} person", "{count} people", len(part)), left, 46, "quiet"))
    shown = [one for one in part if one.person.key in told][:MOST_NAMES]
    free = MOST_NAMES - len(shown)
    shown += [one for one in part if one.person.key not in told][:free]
    shown.sort(key=lambda one: (one.person.name.casefold(), one.person.key))
    for at, one in enumerate(shown):
        x, y = left + 6, _HEAD + _ROW * at + 12
        places[one.person.key] = (x, y)
        who = [dot(x, y, 5, "both"), words(one.person.name, x + 11, y + 4, "name", most=most)]
        parts.append(group(who, one.person.name))
    if (more := len(part) - len(shown)) > 0:
        y = _HEAD + _ROW * len(shown) + 16
        parts.append(words(say("and {count} more", count=more), left, y, "quiet"))
    return "".join(parts)


def _broken(heading: str, most: int) -> tuple[str, str, str]:
    """A heading in two lines, broken at a space."""
    if len(heading) <= most or " " not in heading[: most + 1]:
        return heading, "", ""
    at = heading.rindex(" ", 0, most + 1)
    return heading[:at], " ", heading[at + 1 :]


def _ties(made: Sequence[Introduction], places: Mapping[str, Place]) -> list[str]:
    parts: list[str] = []
    for one in made:
        if one.by == ME:
            ends, kind = (one.one, one.other), "tie mine"
        else:
            ends, kind = (one.by, one.other if one.one == ME else one.one), "tie"
        if ends[0] in places and ends[1] in places and ends[0] != ends[1]:
            parts.append(group([_tie(places[ends[0]], places[ends[1]], kind)], one.day.isoformat()))
        if len(parts) == MOST_TIES:
            break
    return parts


def _tie(start: Place, end: Place, kind: str) -> str:
    """A bow from one to the other; an arrow where one introduced the user to the other."""
    (x1, y1), (x2, y2) = start, end
    bend = 26 + hypot(x2 - x1, y2 - y1) * 0.12
    mid = ((x1 + x2) / 2, max(_HEAD - 10, min(y1, y2) - bend))
    if x1 == x2:
        mid = (x1 - min(14.0, bend), (y1 + y2) / 2)
    path = f"M{figure(x1)},{figure(y1)} Q{figure(mid[0])},{figure(mid[1])} {figure(x2)},{figure(y2)}"
    bow = element("path", d=path, class_=kind)
    if kind != "tie":
        return bow
    length = hypot(x2 - mid[0], y2 - mid[1]) or 1.0
    ux, uy = (x2 - mid[0]) / length, (y2 - mid[1]) / length
    tip = (x2 - 6 * ux, y2 - 6 * uy)
    back = (tip[0] - 8 * ux, tip[1] - 8 * uy)
    return bow + shape(
        (tip, (back[0] - 4 * uy, back[1] + 4 * ux), (back[0] + 4 * uy, back[1] - 4 * ux)), "theirs"
    )


def _described(
    columns: Mapping[str, Sequence[Known]], made: Sequence[Introduction], name: Callable[[str], str]
) -> str:
    if not columns:
        return say("Nobody yet.")
    stages = "; ".join(f"{name(stage)}: {len(part)}" for stage, part in columns.items())
    told = say_many("{count} introduction is known.", "{count} introductions are known.", len(made))
    more = say("An arrow goes from the one who introduced you to the one you came to know.") if made else ""
    return f"{stages}. {told} {more}".strip() if made else f"{stages}."


def _table(
    columns: Mapping[str, Sequence[Known]],
    made: Sequence[Introduction],
    names: Mapping[str, str],
    name: Callable[[str], str],
) -> Table:
    stages = [
        (name(stage), say_many("{count} person", "{count} people", len(part)), "")
        for stage, part in columns.items()
    ]
    told = [(one.day.isoformat(), _sentence(one, names), one.purpose) for one in made]
    return Table((say("What"), say("Who"), say("For what")), (*stages, *told))


def _sentence(made: Introduction, names: Mapping[str, str]) -> str:
    one, other = _of(names, made.one), _of(names, made.other)
    if made.by == ME:
        return say("You introduced {one} and {other}", one=one, other=other)
    return say("{by} introduced {one} and {other}", by=_of(names, made.by), one=one, other=other)


def _of(names: Mapping[str, str], key: str) -> str:
    return names.get(key, key)
