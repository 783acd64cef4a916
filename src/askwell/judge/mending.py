"""One word after a silence: an apology where one is due, thanks for what was had, and no ask (MODEL.md 3.6).

That somebody is silent is no proof that they mind: the letter says what the user did, never what they feel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from askwell.judge import wording
from askwell.judge.bearing import Bearing
from askwell.judge.clauses import Clause, Note, fact, filled, month, plain, word
from askwell.judge.compose import hello
from askwell.judge.templates import line
from askwell.judge.thanks import Help
from askwell.ledger import favours
from askwell.ledger.history import MINE, Event
from askwell.ledger.quiet import NUDGE_AFTER, Quiet

REST = timedelta(days=14)
"""How long after the ask a letter without one is taken as a word to mend it."""
HEAVY = 5.0
"""Weight of an ask (0 to 10) from which one may be sorry for it where the contact bore less."""


@dataclass(frozen=True, slots=True)
class Turned:
    """An introduction of the user's that was for something else in the end: to whom, and where it is said."""

    who: str
    event: Event


def mended(bearing: Bearing, still: Quiet) -> Event | None:
    """What the user has written since to mend it: an apology, or a while after the ask a letter that neither
    asks nor reminds. Then once is enough."""
    ask = still.ask
    if ask is None:
        return None
    pressing = {one.source for one in bearing.history.of("ask", "nudge", by=MINE)}
    since = [
        one
        for one in bearing.history.of("apology", "message", by=MINE)
        if one.at > ask.at
        and (one.kind == "apology" or (one.at - ask.at >= REST and one.source not in pressing))
    ]
    return since[-1] if since else None


def pressed(bearing: Bearing, still: Quiet) -> tuple[Event, ...]:
    """Reminders that came too soon after the ask, or after one already."""
    if still.ask is None:
        return ()
    asked = still.ask.at
    nudges = favours.nudges_since(bearing.history, still.ask, bearing.today)
    return tuple(one for n, one in enumerate(nudges) if n > 0 or one.at - asked < timedelta(days=NUDGE_AFTER))


def heavy(still: Quiet) -> bool:
    """Whether the ask was a large one, or worded so that one may be sorry for it."""
    return still.ask is not None and (favours.size_of(still.ask) >= HEAVY or bool(still.ask.patterns))


def letter(
    bearing: Bearing, still: Quiet, turned: Turned | None, had: Help | None, lang: str, name: str
) -> Note:
    """The letter. Raises ValueError where there is neither an ask nor an introduction to speak of."""
    if still.ask is None and turned is None:
        raise ValueError(f"nothing to mend with {bearing.person.key}")
    parts = [_sorry(bearing, still, turned, lang), _thanks(bearing, had, lang)]
    last = [_rest(bearing, still.ask, lang)] if still.ask else []
    last.append(plain(lang, "no_errand_quiet"))
    hi, bye = hello(lang, bearing), line(lang, "closing") + "\n" + (name or "…")
    ends = [plain(lang, "respect"), plain(lang, "well")]
    about = turned.event if turned else still.ask
    body = filled(lang, f"{hi} {bye}", [*parts, last], ends)
    return Note(
        "quiet",
        lang,
        word(lang, "quiet"),
        hi,
        body,
        bye,
        "intro" if turned else still.ask.about if still.ask else "",
        about.at.date() if about else None,
        about.source if about else "",
        about.text if about else "",
    )


def _sorry(bearing: Bearing, still: Quiet, turned: Turned | None, lang: str) -> list[Clause]:
    found = []
    if turned:
        day = wording.on_day(lang, turned.event.at.date(), bearing.today)
        found.append(fact(lang, "sorry_intro", (turned.event.source,), who=turned.who, date=day))
    ask = still.ask
    if ask is None:
        return found
    day = wording.on_day(lang, ask.at.date(), bearing.today)
    if heavy(still) and not turned:
        asked = wording.asked(lang, ask.about)
        found.append(fact(lang, "sorry_ask", (ask.source,), date=day, asked=asked))
    if hurried := pressed(bearing, still):
        sources = (ask.source, *(one.source for one in hurried))
        found.append(fact(lang, "sorry_press_too" if found else "sorry_press", sources, date=day))
    return found


def _thanks(bearing: Bearing, had: Help | None, lang: str) -> list[Clause]:
    if had is None:
        return []
    key = "again" if had.favour.thanked else "thanks"
    key += "_intro" if had.who else ""
    when = month(lang, had.favour.day, bearing.today)
    done = wording.done(lang, had.favour.what)
    return [fact(lang, key, had.sources, done=done, who=had.who, when=when)]


def _rest(bearing: Bearing, ask: Event, lang: str) -> Clause:
    return fact(lang, "rest", (ask.source,), date=wording.on_day(lang, ask.at.date(), bearing.today))
