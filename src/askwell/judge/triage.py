"""What to answer somebody who wants one's contacts: reasons to be careful, a recommendation, three letters.

MODEL.md 3.9. No reason: an introduction with the consent of both. One: one very specific question. Two or
more, a hidden purpose, a second request, or an introduction that turned into something else: a kind no. The
reasons are for the user alone; no letter names what passed with anybody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from askwell.judge import wording
from askwell.judge.bearing import Bearing
from askwell.judge.case import Evidence
from askwell.judge.clauses import Clause, Note
from askwell.judge.requesting import answering, letter, line, word
from askwell.judge.telling import quote
from askwell.ledger.history import Event
from askwell.ledger.intros import Intro
from askwell.ledger.person import Person
from askwell.ledger.rapport import rank

REPLIES = ("decline", "question", "introduce")
"""The three answers, the most careful first."""
AGAIN_WITHIN = 90
YEAR = 365
MOST_A_YEAR = 3
"""Introduction asks per connector and year; the third one is the last that is fair (MODEL.md 2e)."""
TELL_AFTER = 14
OUTRIGHT = ("burned", "hidden_purpose", "again", "again_said", "no_vouch")
"""Reasons that are enough by themselves for a no."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a received mail wants of one's contacts, in its own words.

    `for_whom` is `sender` or `third_party`, `purpose` clear, vague, double or none. `friend` is the name of
    the one it asks for, `friend_words` what the writer calls them. `target` is whom it wants to reach,
    `named` how it names them where it does so by name. `question` and `blurb` are empty where it has none;
    `learn_and_job` says that it speaks of both.
    """

    id: str
    day: date
    subject: str
    lang: str
    asker: Person
    for_whom: str
    purpose: str
    quote: str
    purpose_quote: str = ""
    friend: str = ""
    friend_words: str = ""
    target: str = ""
    named: str = ""
    question: str = ""
    blurb: str = ""
    again: bool = False
    learn_and_job: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger has to do with a request. `contact` is who would be asked, `others` who else may be
    meant; `friend` the one it is for, if known; `vouched` yes, no or nothing, with where it was said.
    `before` are earlier requests of the asker's, `chased` one of them within a day; `intros` earlier
    introductions of the asker or on their behalf; `for_others` the user's asks to the contact on behalf of
    others."""

    asker: Bearing
    contact: Bearing | None = None
    others: tuple[Person, ...] = ()
    friend: Bearing | None = None
    vouched: str = ""
    vouched_by: Evidence | None = None
    before: tuple[Evidence, ...] = ()
    chased: Evidence | None = None
    intros: tuple[Intro, ...] = ()
    for_others: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to be careful, in the user's language, and what it rests on."""

    id: str
    message: str
    evidence: tuple[Evidence, ...] = ()


def weigh(request: Request, known: Known, today: date, lang: str) -> tuple[Reason, ...]:
    """The reasons to be careful, the heaviest first. Each names the mail or the entry that it rests on."""
    found = [
        *_of_the_past(request, known, today, lang),
        *_of_the_contact(known, today, lang),
        *_of_the_mail(request, known, lang),
    ]
    return tuple(sorted(found, key=lambda one: one.id not in OUTRIGHT))


def recommend(reasons: tuple[Reason, ...]) -> str:
    """Which of REPLIES fits the reasons (MODEL.md 3.9)."""
    if len(reasons) >= 2 or any(one.id in OUTRIGHT for one in reasons):
        return "decline"
    return "question" if reasons else "introduce"


def _of_the_past(request: Request, known: Known, today: date, lang: str) -> Iterator[Reason]:
    """What came of earlier introductions, and how often this friend has asked."""
    name = wording.short(request.asker.name)
    turned = [one for one in known.intros if one.turned]
    if turned:
        yield _burned(turned[-1], lang)
    recent = [one for one in known.before if (today - one.date).days <= AGAIN_WITHIN]
    year = [one for one in known.before if (today - one.date).days <= YEAR]
    if recent:
        yield Reason("again", word(lang, "why.again", name=name), tuple(recent[-1:]))
    elif request.again:
        yield Reason("again_said", word(lang, "why.again_said", name=name), (_mail(request, lang),))
    if len(year) + 1 >= MOST_A_YEAR and not recent:
        yield Reason("often", word(lang, "why.often", name=name, count=len(year) + 1), tuple(year))
    if known.chased:
        yield Reason("chasing", word(lang, "why.chasing", name=name), (known.chased,))
    silent = [one for one in known.intros if _not_told(one, today)]
    if silent and not turned:
        made = silent[-1].step("made") or silent[-1].steps[-1]
        proof = Evidence(made.day, word(lang, "evidence.intro"), made.source, quote(silent[-1].purpose))
        yield Reason("not_told", word(lang, "why.not_told", name=name), (proof,))


def _burned(intro: Intro, lang: str) -> Reason:
    key = "why.burned" if intro.purpose else "why.burned_unsaid"
    purpose, actually = (quote(words).rstrip(".!") for words in (intro.purpose, intro.actually))
    message = word(lang, key, purpose=purpose, actually=actually)
    made, told = intro.step("made") or intro.steps[0], intro.turned_at or intro.steps[-1]
    proofs = [Evidence(made.day, word(lang, "evidence.intro"), made.source, quote(intro.purpose))]
    if told.source != made.source:
        what = word(lang, "evidence.told_in_mail" if told.read else "evidence.told")
        proofs.append(Evidence(told.day, what, told.source, quote(intro.actually)))
    return Reason("burned", message, tuple(proofs))


def _not_told(intro: Intro, today: date) -> bool:
    """Whether an introduction was made a fortnight ago or more and nothing was heard of it."""
    made = intro.step("made")
    return (
        made is not None
        and not (intro.step("told") or intro.outcome or intro.turned)
        and ((today - made.day).days >= TELL_AFTER)
    )


def _of_the_contact(known: Known, today: date, lang: str) -> Iterator[Reason]:
    """The user's own standing with the one who would be asked."""
    if known.contact is None:
        yield Reason("unknown_contact", word(lang, "why.unknown_contact"))
        return
    bearing = known.contact
    name = wording.short(bearing.person.name)
    if rank(bearing.stage) < rank("established"):
        stage = wording.say(lang, f"stage.{bearing.stage}")
        message = word(lang, "why.thin_rapport", contact=name, stage=stage)
        yield Reason("thin_rapport", message, _last_contact(bearing, lang))
    if bearing.open_asks:
        own = _event(bearing.open_asks[-1], word(lang, "evidence.asked", contact=name))
        yield Reason("own_ask_open", word(lang, "why.own_ask_open", contact=name), (own,))
    elif bearing.cooling:
        own = _event(bearing.cooling.ask, word(lang, "evidence.asked", contact=name))
        yield Reason("own_ask_cooling", word(lang, "why.own_ask_cooling", contact=name), (own,))
    asked = [one for one in known.for_others if (today - one.date).days <= YEAR]
    if len(asked) >= MOST_A_YEAR - 1:
        message = word(lang, "why.contact_asked_often", contact=name, count=len(asked))
        yield Reason("contact_asked_often", message, tuple(asked))


def _of_the_mail(request: Request, known: Known, lang: str) -> Iterator[Reason]:
    """What the mail itself says or lacks, and whether the user stands for the one it is for."""
    mail = _mail(request, lang)
    if request.purpose == "double":
        words = request.purpose_quote or request.quote
        proof = Evidence(mail.date, mail.what, mail.source, quote(words))
        yield Reason("hidden_purpose", word(lang, "why.hidden_purpose"), (proof,))
    elif request.purpose != "clear":
        yield Reason("vague_purpose", word(lang, "why.vague_purpose"), (mail,))
    elif request.learn_and_job:
        yield Reason("learn_and_job", word(lang, "why.learn_and_job"), (mail,))
    who = _for_the_user(request, lang)
    if known.vouched == "no":
        proofs = (known.vouched_by,) if known.vouched_by else ()
        yield Reason("no_vouch", word(lang, "why.no_vouch", friend=who), proofs)
    elif known.vouched != "yes" and not _work_known(request, known):
        yield Reason("work_unknown", word(lang, "why.work_unknown", friend=who), (mail,))
    if not request.blurb:
        yield Reason("no_text", word(lang, "why.no_text"), (mail,))


def _work_known(request: Request, known: Known) -> bool:
    """Whether the user knows the one it is for: well, or by something noted or given."""
    tie = known.asker if request.for_whom == "sender" else known.friend
    if tie is None:
        return False
    return tie.near or bool(tie.person.tags) or bool(tie.received) or bool(tie.history.of("meeting", "note"))


def _for_the_user(request: Request, lang: str) -> str:
    """How the user is told of the one it is for: by name, else in the mail's own words."""
    if request.for_whom == "sender":
        return wording.short(request.asker.name)
    words = request.friend_words
    return request.friend or (word(lang, "friend.words", words=words) if words else "?")


def _mail(request: Request, lang: str) -> Evidence:
    what = word(lang, "evidence.mail", name=wording.short(request.asker.name))
    return Evidence(request.day, what, request.id, quote(request.quote))


def _event(event: Event, what: str) -> Evidence:
    return Evidence(event.at.date(), what, event.source, quote(event.text))


def _last_contact(bearing: Bearing, lang: str) -> tuple[Evidence, ...]:
    what = word(lang, "evidence.last", contact=wording.short(bearing.person.name))
    for one in reversed(bearing.history.events):
        if one.kind in ("message", "meeting") and not one.pause:
            return (_event(one, what),)
    return ()


def replies(request: Request, signed: str) -> tuple[Note, ...]:
    """The three letters to the friend, in the language of their mail; `signed` is the user's name.

    They state nothing but what the mail itself says; of the one who would be asked they know no more than
    the name that the mail uses.
    """
    return tuple(_reply(kind, request, signed) for kind in REPLIES)


def _reply(kind: str, request: Request, signed: str) -> Note:
    lang = request.lang
    whose = "self" if request.for_whom == "sender" else "friend"
    values = {
        "contact": request.named or word(lang, "contact.somebody"),
        "friend": request.friend or word(lang, "friend.somebody"),
    }
    names = request.id if request.named or request.friend else ""

    def say(key: str, source: str = "", **more: str) -> Clause:
        return line(lang, f"letter.{kind}.{key}", source, **values, **more)

    if kind == "decline":
        parts = [say("thanks"), say(f"no_{whose}", names), say(f"wish_{whose}", names)], [say("offer")]
    elif kind == "question":
        asked = (
            say("have", request.id, question=request.question) if request.question else say(f"ask_{whose}")
        )
        parts = [say("thanks"), say(f"small_{whose}", names)], [asked, say("free")]
    else:
        lines = [say("have", request.id)] if request.blurb else [say(f"text_{whose}", names), say("open")]
        parts = [say("thanks"), say("both", names)], [*lines, say("free")]
    return letter(kind, lang, answering(request.subject), (request.asker.name, signed), *parts)
