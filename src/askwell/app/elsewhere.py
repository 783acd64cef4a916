"""What a draft has to do with others than those it goes to: the same way asked of somebody else, and what
came of introductions. Looked up only where the draft asks for such a thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from askwell.app import histories
from askwell.app.desk import Desk
from askwell.judge import naming
from askwell.ledger.history import BOTH, MINE, OPEN, Event, History
from askwell.ledger.intros import life
from askwell.ledger.person import ME, Person
from askwell.text.reading import Act, Reading

WITHIN = timedelta(days=180)
HITS = 40
_WAYS = ("specific_introduction", "contact_detail")


def elsewhere(desk: Desk, reading: Reading, to: Iterable[Person]) -> tuple[Event, ...]:
    """The user's asks of others, within half a year, for the way to whom the draft asks to be introduced."""
    asks = [act for act in reading.asks if act.about in _WAYS]
    who = next((name for act in asks if (name := naming.who(reading.language, act.text))), "")
    if not who:
        return ()
    apart = {end for one in to for end in (one.key, *one.addresses)}
    found = [*_in_mail(desk, who, apart), *_noted(desk, who, apart)]
    return tuple(sorted((one for one in found if _recent(desk, one)), key=lambda one: one.at))


def with_introductions(desk: Desk, history: History, reading: Reading) -> History:
    """The history, and where the draft asks for somebody else, introductions that only mail shows."""
    third = any(act.beneficiary == "third_party" for act in reading.asks)
    third = third or any(one.id == "third_party_ask" for one in reading.patterns)
    if not third or not history.person.addresses:
        return history
    from askwell.app.intros import introductions

    key = history.person.key
    known = {one.source for one in history.of("intro")}
    read = [
        Event(step.at, "intro", BOTH, step.text, step.source, purpose=one.purpose, actually=one.actually)
        for one in introductions(desk, history.person)
        if one.by == ME and key in one.burned and (step := one.turned_at) and one.id not in known
        if not any(each.source in known for each in one.steps)
    ]
    if not read:
        return history
    return replace(history, events=tuple(sorted((*history.events, *read), key=lambda one: one.at)))


def _in_mail(desk: Desk, who: str, apart: set[str]) -> Iterable[Event]:
    for hit in desk.store.search(who, HITS):
        if hit.sender not in desk.mine:
            continue
        message, reading = desk.store.message(hit.id), desk.store.reading(hit.id)
        if message is None or reading is None or apart & {*message.to, *message.cc}:
            continue
        act = next((one for one in reading.asks if _is_way(one, who)), None)
        owner = desk.store.owner(message.to[0]) if message.to else None
        if act and owner and _unsettled(desk, owner, hit.id):
            yield _event(message.at, act.text, hit.id, owner.name)


def _unsettled(desk: Desk, asked: Person, source: str) -> bool:
    """Whether an ask still waits, or was granted: after a no one may ask somebody else."""
    asks = (one for one in histories.history(desk.store, asked).of("ask", by=MINE) if one.source == source)
    return any(one.outcome in (*OPEN, "granted") for one in asks)


def _is_way(act: Act, who: str) -> bool:
    return act.about in _WAYS and who.casefold() in act.text.casefold()


def _noted(desk: Desk, who: str, apart: set[str]) -> Iterable[Event]:
    """Asks and introductions on their way that the user has noted."""
    said = desk.store.said()
    for one in said:
        if (
            one.kind == "ask"
            and one.by == ME
            and one.about in _WAYS
            and who.casefold() in one.text.casefold()
        ):
            person = desk.store.person(one.to[0]) if one.to and not apart & set(one.to) else None
            open_still = dict(one.more).get("outcome", "open") in ("open", "holding")
            if person and open_still:
                yield _event(one.at, one.text, one.id, person.name)
    for intro in life(said):
        person = desk.store.person(intro.by)
        goal = [desk.store.person(one) for one in intro.pair - {ME}]
        named = any(one and who.casefold() in one.name.casefold() for one in goal)
        if person and named and intro.open and intro.by not in apart:
            yield _event(intro.steps[0].at, intro.purpose, intro.id, person.name)


def _event(at: datetime, text: str, source: str, name: str) -> Event:
    return Event(at, "ask", MINE, text, source, "specific_introduction", "self", True, 5.0, subject=name)


def _recent(desk: Desk, one: Event) -> bool:
    return timedelta(0) <= desk.now - one.at <= WITHIN
