"""Letters that thank, and letters that tell what came of a help: MODEL.md 2a (thanks), 2d and 3.5.

Help in part is help: an address instead of an interview is thanked for as what it was. Thanks come one to
three days after, and once more when it is known what came of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from askwell.judge import wording
from askwell.judge.bearing import Bearing
from askwell.judge.clauses import Clause, Note, fact, filled, has, month, plain, word
from askwell.judge.compose import hello
from askwell.judge.templates import line
from askwell.ledger.favours import THANK_BY, THANK_FROM, THANK_UNTIL, Favour
from askwell.ledger.history import Event
from askwell.text.language import identify

MOST_WORDS = 60
"""The longest outcome that goes into a letter, in words."""
_ENOUGH_WORDS = 5
"""With fewer words nobody can tell their language."""
_WHY = {
    "contact_detail": "contact",
    "specific_introduction": "introduction",
    "open_introduction": "introduction",
    "referral": "name",
    "reference": "name",
    "endorsement": "name",
    "forward_cv": "name",
    "advice": "advice",
    "tip": "advice",
    "info": "advice",
    "cv_review": "text",
    "document_review": "text",
    "chat": "talk",
    "meeting": "talk",
    "interview": "talk",
    "job": "search",
}
_NEXT = {"contact_detail": "contact", "advice": "advice", "tip": "advice", "info": "advice"}


@dataclass(frozen=True, slots=True)
class Help:
    """A help to thank for. `who` is whom the user was introduced to, where that is on record, and `source`
    the entry that says so."""

    favour: Favour
    who: str = ""
    source: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        event = self.favour.event
        return (self.favour.source, event.source, self.source)


def thanks(bearing: Bearing, had: Help, lang: str, name: str, *, resting: bool = False) -> Note:
    """A letter that thanks for a help, says what came of it where that is known, and where it fits asks for a
    tip on the next small step; not while something is `resting` between the two."""
    favour, today = had.favour, bearing.today
    late = not favour.thanked and (today - favour.day).days > THANK_BY
    first = [
        _thanked(lang, had, today, "again" if favour.thanked else "thanks", late=late),
        fact(lang, f"why.{_WHY.get(favour.what, 'other')}", had.sources),
    ]
    middle: list[Clause] = []
    last = [plain(lang, "end_thank")]
    if favour.led:
        middle = [_told(lang, "told", favour.led)]
    elif step := _step(bearing, favour, resting):
        middle, last = [plain(lang, f"next.{step}")], []
    return _note("thank", bearing, lang, name, had, [first, middle, last], [plain(lang, "end_more")])


def told(bearing: Bearing, had: Help | None, led: Event, lang: str, name: str) -> Note:
    """A letter that tells what came of a help; without a help on record, one that tells the news."""
    if had is None:
        parts = [[_told(lang, "news", led)], [plain(lang, "end_told")]]
        return _note("told", bearing, lang, name, None, parts, [plain(lang, "end_more")], led)
    late = not had.favour.thanked and (bearing.today - had.favour.day).days > THANK_BY
    key = "again" if had.favour.thanked else "thanks"
    first = [_thanked(lang, had, bearing.today, key, late=late)]
    parts = [
        [*first, _told(lang, "told", led)],
        [fact(lang, "part", (*had.sources, led.source)), plain(lang, "end_told")],
    ]
    return _note("told", bearing, lang, name, had, parts, [plain(lang, "end_more")], led)


def order(favour: Favour, today: date) -> float:
    """Where a help stands among those to thank for: the newest and the larger first (a lower value)."""
    return -(1.0 + favour.size) * math.exp2(-(today - favour.day).days / THANK_UNTIL)


def sentence(lang: str, words: str) -> str:
    """What the user said came of it, as a sentence: "got the job" is "I got the job."."""
    text = " ".join(words.split())
    if foreign(lang, text):
        return f"[{text}]"
    first = text.split(" ", 1)[0].rstrip(",.") if text else ""
    if first in word(lang, "begins").split():
        text = f"{word(lang, 'me')} {text}"
    text = text[:1].upper() + text[1:]
    return text if text[-1:] in ".!?…" else text + "."


def foreign(lang: str, words: str) -> bool:
    """Whether words are in another language than the letter: the user has to put them into it."""
    first = words.split(" ", 1)[0].rstrip(",.")
    near = ("en",) if lang == "en" else ("nb", "nn")
    if any(first in word(one, "begins").split() for one in near):
        return False
    if any(first in word(one, "begins").split() for one in wording.LANGUAGES):
        return True
    return len(words.split()) >= _ENOUGH_WORDS and identify(words) not in near


def _thanked(lang: str, had: Help, today: date, key: str, *, late: bool) -> Clause:
    key += ("_intro" if had.who else "") + ("_late" if late and key == "thanks" else "")
    done = wording.done(lang, had.favour.what)
    return fact(lang, key, had.sources, done=done, who=had.who, when=month(lang, had.favour.day, today))


def _told(lang: str, key: str, led: Event) -> Clause:
    return fact(lang, key, (led.source,), outcome=sentence(lang, led.text))


def _step(bearing: Bearing, favour: Favour, resting: bool) -> str:
    """The next small step that fits, if one does: while the help is fresh and nothing else is asked."""
    fresh = (bearing.today - favour.day).days <= THANK_UNTIL
    if resting or not fresh or bearing.open_asks or bearing.stage in ("dormant", "unknown"):
        return ""
    return "partly" if favour.event.outcome == "partly" else _NEXT.get(favour.what, "")


def _note(
    do: str,
    bearing: Bearing,
    lang: str,
    name: str,
    had: Help | None,
    parts: list[list[Clause]],
    more: list[Clause],
    led: Event | None = None,
) -> Note:
    hi, bye = hello(lang, bearing), line(lang, "closing") + "\n" + (name or "…")
    favour = had.favour if had else None
    due = favour.day + timedelta(days=THANK_FROM) if favour and do == "thank" else None
    return Note(
        do,
        lang,
        word(lang, do),
        hi,
        filled(lang, f"{hi} {bye}", parts, more),
        bye,
        about=led.text if led else favour.what if favour else "",
        day=led.at.date() if led else favour.day if favour else None,
        source=led.source if led else favour.source if favour else "",
        quote=led.text if led else favour.words if favour else "",
        due=max(due, bearing.today) if due else None,
    )


def speaks_of(kind: str, lang: str) -> bool:
    """Whether letters have words of their own for this kind of news."""
    return has(lang, "word", f"news.{kind}") and has(lang, "plain", f"wish.{kind}")
