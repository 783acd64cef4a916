"""Everybody in the ledger, a line each, without working everybody out again.

The store keeps each person's line and says whom a change has touched since. Those are worked out anew when
somebody looks, and those for whom another day may bring something; all others are taken as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from weakref import WeakKeyDictionary

from askwell.app.at_hand import AtHand
from askwell.app.desk import Desk
from askwell.app.histories import PORTION, histories
from askwell.app.priors import priors
from askwell.errors import AskwellError
from askwell.judge.line import Line, line, pack, unpack
from askwell.judge.standing import standing
from askwell.judge.steady import steady_until
from askwell.ledger.history import History
from askwell.ledger.person import Person
from askwell.ledger.rhythm import Priors
from askwell.store.contract import Made, Store, Summary

FEW = 20
"""So few people are looked up one by one."""
_PASSING = (403, 503, 507)
"""A ledger that cannot be written to just now: what was worked out is used, and not kept."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Network:
    """Everybody on a day, by key. `state` is that of the ledger."""

    day: date
    state: int
    lines: tuple[Line, ...] = ()
    by_key: Mapping[str, Line] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was given last, and the summaries that it came from."""

    network: Network
    made: Mapping[str, Made]


_seen: WeakKeyDictionary[Store, _Seen] = WeakKeyDictionary()


def network(desk: Desk, progress: Progress | None = None) -> Network:
    """Everybody as they stand on the desk's day: the same as `standing` for each, worked out only where
    that may have changed. `progress` is told how many of how many were worked out, if they are many."""
    store, day = desk.store, desk.today
    seen = _seen.get(store)
    if seen and seen.network.day == day and seen.network.state == store.state():
        return seen.network
    stale, made = store.stale(), store.made()
    number = day.toordinal()
    over = {key for key, one in made.items() if not one.day <= number <= one.until}
    kept = {key: one for key, one in made.items() if key not in stale.keys | over}
    try:
        lines = _lines(store, kept, seen)
    except ValueError:  # kept by another version of Askwell
        over, kept, lines = set(made), {}, {}
    new = dict(_worked_out(desk, stale.state, stale.keys | over, made, progress))
    lines |= {key: one for key, (one, _) in new.items()}
    by_key = {key: lines[key] for key in sorted(lines)}
    found = Network(day, stale.state, tuple(by_key.values()), by_key)
    _seen[store] = _Seen(found, kept | {key: one for key, (_, one) in new.items()})
    return found


def work_out(desk: Desk, mail: AtHand | None = None) -> None:
    """Work out all who have to be, and keep that in the ledger, so that `network` finds it done. Holds no
    more than a portion of them at a time. `mail` is all mail, where it is at hand."""
    store, number = desk.store, desk.today.toordinal()
    stale, made = store.stale(), store.made()
    over = {key for key, one in made.items() if not one.day <= number <= one.until}
    for _ in _worked_out(desk, stale.state, stale.keys | over, made, mail=mail):
        pass


def _lines(store: Store, kept: Mapping[str, Made], seen: _Seen | None) -> dict[str, Line]:
    """The lines that still hold: those at hand, and the rest from the store."""
    before = seen.made if seen else {}
    lines = {key: seen.network.by_key[key] for key, one in kept.items() if seen and before.get(key) == one}
    wanted = kept.keys() - lines.keys()
    texts = store.summaries(None if 2 * len(wanted) > len(kept) else wanted) if wanted else {}
    return lines | {one.person.key: one for one in unpack(texts[key] for key in wanted if key in texts)}


def _worked_out(
    desk: Desk,
    state: int,
    keys: Collection[str],
    made: Collection[str],
    progress: Progress | None = None,
    mail: AtHand | None = None,
) -> Iterator[tuple[str, tuple[Line, Made]]]:
    """The lines of these people, kept portion by portion so that nothing is done twice."""
    if not keys:
        return
    known, number = priors(desk), desk.today.toordinal()
    people = _people(desk.store, keys)
    found = histories(desk.store, people, mail.exchanges if mail else None)
    bare: dict[Person, _Found] = {}
    done = 0
    while part := [_summary(one, desk.today, known, bare) for one in islice(found, PORTION)]:
        _keep(desk.store, state, [summary for _, summary in part])
        for one, summary in part:
            yield summary.key, (one, Made(state, number, summary.until.toordinal()))
        done += len(part)
        if progress and len(people) > PORTION:
            progress(done, len(people))
    gone = set(made) & set(keys) - {one.key for one in people}
    _keep(desk.store, state, (), gone, finished=True)


_Found = tuple[Line, date, bool]
"""A line, the last day that it holds, and whether it rests on what is usual."""


def _summary(history: History, day: date, known: Priors, bare: dict[Person, _Found]) -> tuple[Line, Summary]:
    """A line, and what is kept of it. Of an address book most people have no history: those are worked out
    once for each circle and floor (`bare`), since their names and addresses bear on nothing."""
    if history.events:
        one, until, waits = _found(history, day, known)
    else:
        person = history.person
        like = Person("", "", circle=person.circle, floor=person.floor, say=person.say)
        if like not in bare:
            bare[like] = _found(History(like), day, known)
        one, until, waits = bare[like]
        one = replace(one, person=person)
    return one, Summary(one.person.key, day, until, pack(one), waits)


def _found(history: History, day: date, known: Priors) -> _Found:
    found = standing(history, day, known)
    waits = found.quiet.state != "in_touch"  # only then does it rest on what is usual
    return line(found), steady_until(history, found, day), waits


def _people(store: Store, keys: Collection[str]) -> Sequence[Person]:
    if len(keys) <= FEW:
        found = (store.person(key) for key in sorted(keys))
        return [one for one in found if one]
    return [one for one in store.people() if one.key in keys]


def _keep(
    store: Store, state: int, items: Sequence[Summary], gone: Collection[str] = (), *, finished: bool = False
) -> None:
    try:
        store.put_summaries(state, items, gone, finished=finished)
    except AskwellError as error:
        if error.http_status not in _PASSING:
            raise
