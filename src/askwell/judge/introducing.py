"""Letters of an introduction, and what speaks for care with it (MODEL.md 2e).

Each letter is a thread of its own, with one ask, under 120 words, and nothing from earlier mail but what the
purpose says. Cautions are for the user alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from askwell.judge import wording
from askwell.judge.case import Evidence
from askwell.judge.clauses import Clause, Note
from askwell.judge.requesting import letter, line, word
from askwell.judge.telling import quote
from askwell.ledger.intros import Intro, Step
from askwell.ledger.person import ME, Person

MOST_WORDS = 120
MOST_A_YEAR = 3
YEAR = timedelta(days=365)
ELSEWHERE = timedelta(days=180)
TELL_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to consider before the next step of an introduction, and what it rests on."""

    id: str
    message: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """The two of an introduction as people: whose wish it is (`friend`), and the one who is asked."""

    friend: Person
    contact: Person


def forward(intro: Intro, sides: Sides, signed: str, lang: str, vouched: tuple[str, str] = ("", "")) -> Note:
    """The letter that asks one side: what it is about, the friend's own lines, and that a no is all right.

    `vouched` is what the user has said of the friend's work (yes, no, empty) and the entry that says so.
    """
    name = wording.short(sides.friend.name)
    key = "forward.ask" if intro.blurb else "forward.ask_purpose" if intro.purpose else "forward.ask_plain"
    first = [line(lang, key, intro.id, friend=sides.friend.name, purpose=cited(intro.purpose))]
    stands = []
    if vouched[0]:
        key = "forward.vouch" if vouched[0] == "yes" else "forward.no_vouch"
        stands.append(line(lang, key, vouched[1], friend=name))
    stands.append(line(lang, "forward.free"))
    theirs = [line(lang, "forward.blurb", intro.id, friend=name), Clause(intro.blurb, (intro.id,))]
    parts = [first, stands, *([theirs] if intro.blurb else [])]
    return letter("forward", lang, subject(sides), (sides.contact.name, signed), *parts)


def made(intro: Intro, sides: Sides, signed: str, lang: str) -> Note:
    """The letter to both, once both have said yes: who is who, what about, and who goes on."""
    yes = [one.source for side in intro.pair if (one := intro.step("agreed", side))]
    values = {"one": wording.short(sides.friend.name), "other": wording.short(sides.contact.name)}
    body = [line(lang, "made.meet", *yes, intro.id)]
    if intro.purpose:
        purpose = cited(intro.purpose)
        body.append(line(lang, "made.about", intro.id, purpose=purpose, **values))
    note = letter("made", lang, subject(sides), ("", signed), body, [line(lang, "made.over", **values)])
    return Note(
        note.do, lang, note.subject, word(lang, "made.greeting", **values), note.paragraphs, note.closing
    )


def apology(intro: Intro, sides: Sides, signed: str, lang: str, today: date) -> Note:
    """The letter to the one who was asked something else than they were told. It asks for nothing."""
    name = wording.short(sides.friend.name)
    step = intro.step("made") or intro.steps[0]
    day = wording.on_day(lang, step.day, today)
    if intro.purpose:
        brought = line(
            lang,
            "apology.brought",
            step.source,
            intro.id,
            date=day,
            friend=sides.friend.name,
            purpose=cited(intro.purpose),
        )
    else:
        brought = line(lang, "apology.brought_unsaid", step.source, date=day, friend=sides.friend.name)
    told = intro.turned_at or step
    first = [brought, line(lang, "apology.turned", told.source)]
    last = [line(lang, "apology.care"), line(lang, "apology.free", friend=name)]
    return letter("apology", lang, subject(sides), (sides.contact.name, signed), first, last)


def cited(words: str) -> str:
    """Somebody's words as they stand in quotation marks that end a sentence."""
    said = quote(words)
    return said if said[-1:] in (".", "!", "?", "…", "") else f"{said}."


def subject(sides: Sides) -> str:
    """The subject of an introduction's own thread: the two names."""
    return f"{sides.friend.name} / {sides.contact.name}"


def cautions(
    intro: Intro, side: str, others: Iterable[Intro], today: date, lang: str, name: str
) -> Iterator[Caution]:
    """What to consider before asking one side, or before asking a connector for an introduction.

    `name` is how the one who would be asked is called.
    """
    rest = [one for one in others if one.id != intro.id]
    asks = [step for one in rest for step in one.steps if _asks(step, one, side)]
    year = [step for step in asks if today - step.day <= YEAR]
    if len(year) >= MOST_A_YEAR - 1:
        yield _caution("enough", year, lang, name=name, count=len(year) + 1)
    last = intro.step("asked", side)
    if last and (today - last.day).days < 1:
        yield _caution("chasing", [last], lang, name=name)
    if intro.by != ME:
        goal = intro.pair - {ME}
        ways = [
            one.steps[0]
            for one in rest
            if one.by not in (ME, intro.by)
            and one.pair - {ME} == goal
            and today - one.day <= ELSEWHERE
            and one.open
        ]
        if ways:
            yield _caution("other_way", ways, lang, name=name)
    untold = [step for one in rest if (step := _untold(one, intro, today))]
    if untold:
        yield _caution("untold", untold[-1:], lang, name=name)
    turned = [one for one in rest if side in one.burned and one.by == ME]
    if turned:
        yield _caution("burned", [turned[-1].turned_at or turned[-1].steps[-1]], lang, name=name)


def blurb_cautions(blurb: str, asks: int, lang: str) -> Iterator[Caution]:
    """What is wrong with a text that is to be passed on: too long, or more than one ask."""
    if len(blurb.split()) >= MOST_WORDS:
        yield Caution("text_long", word(lang, "caution.text_long", count=len(blurb.split())))
    if asks > 1:
        yield Caution("text_asks", word(lang, "caution.text_asks", count=asks))


def _asks(step: Step, intro: Intro, side: str) -> bool:
    """Whether a step asked this person: as a side of the user's introduction, or as the one to introduce."""
    if intro.by == ME:
        return step.state == "asked" and step.side == side
    return intro.by == side and step is intro.steps[0] and ME in intro.pair


def _untold(one: Intro, intro: Intro, today: date) -> Step | None:
    """An introduction of the same friend, or by the same connector, of which nothing was told since."""
    same = one.beneficiary == intro.beneficiary if intro.by == ME else one.by == intro.by
    step = one.step("made")
    told = one.step("told") or one.outcome or one.turned
    return step if same and step and not told and today - step.day >= TELL_AFTER else None


def _caution(id: str, steps: list[Step], lang: str, **values: object) -> Caution:
    proofs = tuple(
        Evidence(one.day, word(lang, f"step.{one.state}"), one.source, quote(one.text)) for one in steps
    )
    return Caution(id, word(lang, f"caution.{id}", **values), proofs)
