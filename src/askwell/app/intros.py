"""The introductions in a ledger: what the user has noted of them, and what mail shows besides.

Facts are what was noted; a step that was read in mail says so (`read`), and the user's word wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from askwell.app.desk import Desk
from askwell.app.histories import between_us, history, introducing
from askwell.app.requested import requested_in
from askwell.judge.meant import meant
from askwell.ledger.entries import Said
from askwell.ledger.history import MINE
from askwell.ledger.intros import Intro, Step, life
from askwell.ledger.person import ME, Person
from askwell.store.contract import INTRODUCED, TOGETHER, Exchange
from askwell.text.aftermath import aftermath
from askwell.text.clean import mask

FOLLOWED = timedelta(days=120)
"""For how long after an introduction mail is looked through for what came of it."""
ASKED_WITHIN = timedelta(days=60)
"""For how long after it was proposed a letter to one side counts as asking them."""


def introductions(desk: Desk, who: Person | None = None) -> tuple[Intro, ...]:
    """All introductions, or those that one person is in or came with, in order of their beginning."""
    said = desk.store.said()
    known = life(said, _made_in_mail(desk, who))
    if who:
        ends = {who.key, *who.addresses}
        known = tuple(one for one in known if ends & {*one.pair, one.by, one.asked_by, one.beneficiary})
    return tuple(_followed(desk, one, said) if one.by == ME else one for one in known)


def _made_in_mail(desk: Desk, who: Person | None) -> tuple[Intro, ...]:
    """Introductions that a letter makes: of two people, or somebody else's of the user and a third."""
    addresses = who.addresses if who else None
    if who and not who.addresses:
        return ()
    found = []
    for exchange in introducing(desk.store, addresses):
        acts = exchange.reading.acts if exchange.reading else ()
        says_so = any(act.act == INTRODUCED for act in acts)
        one = _made(desk, exchange)
        if one and not says_so:
            one = _asked_for(desk, one, exchange)
        if one:
            found.append(one)
    return tuple(found)


def _asked_for(desk: Desk, intro: Intro, exchange: Exchange) -> Intro | None:
    """A letter to two people that names both, as an introduction, if one had asked for it by mail."""
    sides = [_side(desk, one) for one in (intro.one, intro.other)]
    text = mask(desk.store.texts([exchange.id]).get(exchange.id, ("", None))[0])
    if not all(_names(text, one) for one in sides):
        return None
    found = _wished(desk, intro, sides)
    return found if found.asked_by else None


def _made(desk: Desk, exchange: Exchange) -> Intro | None:
    ends = {one for one in exchange.to if one not in desk.mine}
    if len(ends) < (TOGETHER if exchange.by_me else 1):
        return None
    others = _people(desk, (one for one in exchange.to if one in ends))
    acts = exchange.reading.acts if exchange.reading else ()
    words = next((act.text for act in acts if act.act == INTRODUCED), exchange.subject)
    step = Step(exchange.at, "made", "", words, exchange.id, read=True)
    if exchange.by_me:
        return Intro(ME, others[0], others[1], steps=(step,)) if len(others) == TOGETHER else None
    by = _people(desk, (exchange.sender,))[0]
    return Intro(by, ME, others[0], steps=(step,)) if len(others) == 1 and others[0] != by else None


def _people(desk: Desk, addresses: Iterable[str]) -> list[str]:
    """Keys of those whose addresses these are, each once; an address stays where nobody is known."""
    owners = ((one, desk.store.owner(one)) for one in addresses)
    return list(dict.fromkeys(owner.key if owner else one for one, owner in owners))


def _followed(desk: Desk, intro: Intro, said: Iterable[Said]) -> Intro:
    """An introduction of the user's with what mail and the calendar show of it."""
    sides = [_side(desk, one) for one in (intro.one, intro.other)]
    intro = intro if intro.asked_by else _wished(desk, intro, sides)
    steps: list[Step] = []
    for here, there in (sides, sides[::-1]):
        steps += _asked(desk, intro, here, there)
    made = intro.step("made") or _written_to_both(desk, intro, sides)
    if made and not intro.step("made"):
        steps.append(made)
    actually = outcome = ""
    if made:
        steps += _met(intro, said, made.at)
        for here, there in (sides, sides[::-1]):
            told, turned = _told(desk, intro, here, there, made.at)
            steps += told
            actually, outcome = actually or turned, outcome or (told[0].text if told and not turned else "")
    have = {(one.state, one.side) for one in intro.steps}
    new = [one for one in steps if (one.state, one.side) not in have]
    return replace(
        intro,
        steps=tuple(sorted((*intro.steps, *_once(new)), key=lambda one: one.at)),
        actually=intro.actually or actually,
        outcome=intro.outcome or outcome,
    )


def _wished(desk: Desk, intro: Intro, sides: list[Person]) -> Intro:
    """An introduction with the request that it answers, if one of the two had asked for it by mail."""
    start = intro.steps[0].at
    for here, there in (sides, sides[::-1]):
        mail = list(between_us(desk.store, here.addresses, start - ASKED_WITHIN)) if here.addresses else []
        for exchange in reversed(mail):
            found = None if exchange.by_me or exchange.at >= start else requested_in(desk, exchange)
            if found is None or found.request.for_whom != "sender":
                continue
            if meant(found.own, found.request.target, found.span, (there,)):
                request = found.request
                step = Step(exchange.at, "proposed", "", request.quote, exchange.id, read=True)
                purpose = intro.purpose or request.purpose_quote
                return replace(
                    intro,
                    beneficiary=intro.beneficiary or here.key,
                    asked_by=here.key,
                    purpose=purpose,
                    steps=(step, *intro.steps),
                )
    return intro


def _once(steps: Iterable[Step]) -> list[Step]:
    first: dict[tuple[str, str], Step] = {}
    for one in sorted(steps, key=lambda one: one.at):
        first.setdefault((one.state, one.side), one)
    return list(first.values())


def _side(desk: Desk, end: str) -> Person:
    owner = desk.store.owner(end) if "@" in end else desk.store.person(end)
    return owner or Person(end, end, (end,) if "@" in end else ())


def _asked(desk: Desk, intro: Intro, here: Person, there: Person) -> list[Step]:
    """Letters of the user's to one side alone that name the other and ask, and how they were answered."""
    start = intro.steps[0].at
    made = intro.step("made")
    end = made.at if made else start + ASKED_WITHIN
    found = []
    for ask in history(desk.store, here).of("ask", by=MINE) if here.addresses else ():
        if ask.source.startswith("said:") or not start - ASKED_WITHIN <= ask.at <= end or ask.people > 1:
            continue
        text = desk.store.texts([ask.source]).get(ask.source, ("", None))[0]
        if not _names(mask(text), there):
            continue
        found.append(Step(ask.at, "asked", here.key, ask.text, ask.source, read=True))
        state = {"granted": "agreed", "declined": "declined"}.get(ask.outcome)
        if state and ask.closed:
            found.append(Step(ask.closed, state, here.key, ask.reply, ask.reply_source, read=True))
    return found


def _written_to_both(desk: Desk, intro: Intro, sides: list[Person]) -> Step | None:
    """A letter of the user's to both, after the introduction was proposed."""
    one, other = sides
    if not one.addresses or not other.addresses or intro.stage in ("declined", "dropped"):
        return None
    for exchange in between_us(desk.store, one.addresses, intro.steps[0].at):
        to = set(exchange.to)
        both = to & set(one.addresses) and to & set(other.addresses)
        if exchange.by_me and both:
            return Step(exchange.at, "made", "", exchange.subject, exchange.id, read=True)
    return None


def _met(intro: Intro, said: Iterable[Said], after: datetime) -> list[Step]:
    """Meetings on record with both of them."""
    return [
        Step(one.at, "met", "", one.text, one.id)
        for one in said
        if one.kind == "meeting" and intro.pair <= {one.by, *one.to} and after <= one.at <= after + FOLLOWED
    ][:1]


def _told(desk: Desk, intro: Intro, here: Person, there: Person, after: datetime) -> tuple[list[Step], str]:
    """What one side wrote to the user of the other since, and what was asked instead, if it says so."""
    steps, turned = [], ""
    for exchange in between_us(desk.store, here.addresses, after) if here.addresses else ():
        if exchange.by_me or exchange.reading is None or not after < exchange.at <= after + FOLLOWED:
            continue
        text = mask(desk.store.texts([exchange.id]).get(exchange.id, ("", None))[0])
        first = there.name.split()[0] if there.name.split() else ""
        found = aftermath(text, exchange.reading.language, first, intro.purpose)
        if found.met:
            steps.append(Step(exchange.at, "met", "", found.met, exchange.id, read=True))
        news = [act.text for act in exchange.reading.acts if act.act == "report_back"]
        if found.asked or (news and _names(text, there)):
            steps.append(Step(exchange.at, "told", "", found.asked or news[0], exchange.id, read=True))
        turned = turned or found.asked
    return steps, turned


def _names(text: str, person: Person) -> bool:
    """Whether a text names somebody by the first name or an address."""
    low = text.casefold()
    first = person.name.split()[0].casefold() if person.name.split() else ""
    words = low.replace(",", " ").replace(".", " ").replace("’", "'").split()
    named = first in words or f"{first}s" in words or f"{first}'s" in words
    return (len(first) > 1 and named) or any(one in low for one in person.addresses)
