"""Checks of a draft against the record: what is unthanked, untold, unanswered, refused, or asked too soon.

Each takes what is asked and where things stand, and says what it saw or None. What is said about it, and how
strongly, stands in the rule of the same name (`rules/record/`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from askwell.judge import cues
from askwell.judge.asking import AGAIN_WITHIN, CAREER, Asking, last_word_of, unanswered, without
from askwell.judge.bearing import Bearing, heard_since, kin
from askwell.judge.case import Case
from askwell.ledger.favours import Favour, nudges_since, size_of
from askwell.ledger.history import THEIRS, Event
from askwell.ledger.quiet import quiet
from askwell.text.reading import Span

_OF_A_WORD = 1.0
"""Size of a question, or of everyday work."""
_OF_TIME = ("talk", "text")
"""Families of asks that cost time only, not a good name: a little too much of them is a matter of wording."""
ANSWER_DAYS = 7
MET_WITHIN = 60
BLUNT = 0.6
INTRODUCTIONS = 3
"""Introductions that one may ask of the same person within a year."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check saw: the events it rests on, values for the words, the day before which to wait, and what
    is to be done first."""

    events: tuple[Event, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    level: str = ""
    span: Span | None = None
    not_before: date | None = None
    thank: Favour | None = None
    tell: Favour | None = None


Check = Callable[[Case, Bearing, Asking], Seen | None]


def thanks_overdue(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """Help that went unthanked for more than three days, before an ask of R >= 2 (H3)."""
    if asking.r < 2 or not bearing.overdue:
        return None
    favour = bearing.overdue[0]
    if asking.thanks:
        return (
            Seen((favour.event,), thank=favour, level="soften")
            if asking.r >= 5 and favour.size >= 5
            else None
        )
    small = bearing.near and favour.size < 3 and asking.r < 5
    return Seen((favour.event,), thank=favour, level="soften" if small else "")


def outcome_not_told(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """Larger help of which they have not heard how it went, before an ask of R >= 3."""
    if asking.r < 3 or asking.asked.loop_closed or not bearing.untold:
        return None
    favour = bearing.untold[0]
    return Seen((favour.event,), tell=favour)


def ask_unanswered(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """A new ask while an earlier one waits for its answer: within a week, or after a reminder (H4)."""
    if asking.reminding or (asking.reminds and asking.act is None) or asking.offered:
        return None
    waiting = [one for one in bearing.open_asks if one is not asking.reminding and size_of(one) >= 2]
    if not waiting:
        return None
    last = waiting[-1]
    free = last.at.date() + timedelta(days=ANSWER_DAYS)
    if unanswered(bearing, last):
        if free > bearing.today and not (bearing.near and asking.r < 3):
            return Seen((last,), not_before=free)
        if nudges_since(bearing.history, last, bearing.today) and asking.r >= 2 and not bearing.near:
            return Seen((last,))
    return Seen((last,), level="soften") if asking.r >= 3 and size_of(last) >= 3 else None


def nudge_too_soon(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """A reminder within seven days of the last word on it, unless a day that they named has passed."""
    ask = asking.reminding
    if ask is None or _their_day_has_passed(bearing, ask):
        return None
    if nudges_since(bearing.history, ask, bearing.today) and not heard_since(bearing, ask):
        return None
    since = max(last_word_of(bearing, ask), _last_held(bearing, ask))
    free = since + timedelta(days=ANSWER_DAYS)
    if free <= bearing.today:
        return None
    fair = quiet(bearing.history, bearing.today, bearing.priors).nudge_from
    return Seen((ask,), not_before=max(free, fair) if fair else free)


def second_nudge(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """A second reminder on the same ask, with nothing heard since (H4)."""
    ask = asking.reminding
    if ask is None or not unanswered(bearing, ask) or _their_day_has_passed(bearing, ask):
        return None
    before = nudges_since(bearing.history, ask, bearing.today)
    return Seen((ask, before[-1])) if before else None


def same_ask_again(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """The same kind of ask as one of the last ninety days."""
    if asking.again is None or asking.offered or asking.size < 3 or asking.refused:
        return None
    if asking.again.outcome == "open" or (bearing.near and asking.r < 4):
        return None
    return Seen((asking.again,))


def third_party_again(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """A second ask for somebody else within ninety days (H1)."""
    if not asking.third_party or asking.offered:
        return None
    for one in reversed(bearing.asks):
        if one.beneficiary == "third_party":
            free = one.at.date() + timedelta(days=AGAIN_WITHIN)
            if free <= bearing.today:
                return None
            # A gentle question may come again later; a favour for a stranger may not.
            gentle = "third_party_ask" not in asking.patterns and asking.about not in CAREER
            if gentle and asking.size <= _OF_A_WORD:
                return None  # "Could you let her know?"
            return Seen((one,), level="wait" if gentle else "", not_before=free if gentle else None)
    return None


def after_a_no(_: Case, _bearing: Bearing, asking: Asking) -> Seen | None:
    """What they said no to within a year (H5); a question for a tip is no such ask."""
    if asking.refused is None or asking.size < 2 or asking.offered:
        return None
    return Seen((asking.refused,))


def big_ask(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """More than the relationship bears (R over the ceiling of its stage)."""
    if asking.offered or asking.reminding or not asking.weight.too_big:
        return None
    slight = kin(asking.about) in _OF_TIME and asking.r <= asking.weight.ceiling + 1
    if not bearing.named:
        return Seen(level="note" if slight else "soften")
    level = "soften" if slight or (not bearing.on_record and asking.size < 5) else ""
    return Seen(_last_contact(bearing), level=level)


def big_ask_new_contact(case: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """More than a new contact or a stranger bears."""
    return big_ask(case, bearing, asking) if bearing.stage in ("unknown", "new") else None


def big_ask_after_silence(case: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """More than a resting contact bears in a first letter."""
    return big_ask(case, bearing, asking) if bearing.stage == "dormant" else None


def big_ask_for_stage(case: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """More than a growing, established or close contact bears."""
    at = bearing.stage in ("warming", "established", "close")
    return big_ask(case, bearing, asking) if at else None


def heavy_ask(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """W over 10 although the stage bears it: fit to send, but not in these few words."""
    weight = asking.weight
    if asking.offered or asking.reminding or weight.too_big or weight.total <= 10:
        return None
    plain = without(asking, bearing, asking.reading.language, easy_out=True, one_specific=True)
    return Seen(level="soften" if plain.total > 10 or bearing.person.say > 1 else "note")


def nothing_offered(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """A large ask without thanks, an offer or a way out, in the letter and on record."""
    letter = asking.thanks or asking.asked.offer or asking.asked.loop_closed or asking.asked.easy_out
    if asking.r < 5 or asking.weight.total <= 7 or letter or asking.offered:
        return None
    year = timedelta(days=365)
    got = [one for one in bearing.received if bearing.today - one.day <= year]
    gave = any(bearing.today - one.day <= year for one in bearing.given)
    thanked = any(bearing.today - one.at.date() <= year for one in bearing.history.of("thanks", by="me"))
    if gave or thanked:
        return None
    return Seen(tuple(one.event for one in got[-1:]), level="" if got else "note")


def cooling_off(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """An ask of some weight within the pause that an earlier one calls for (3.5)."""
    pause = bearing.cooling
    if pause is None or asking.offered or asking.reminding or asking.r < 3 or bearing.stage == "close":
        return None
    if size_of(pause.ask) < 5 and bearing.near:
        return None
    return Seen((pause.ask,), not_before=pause.until)


def several_asks(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """More than one kind of larger thing asked for in one letter."""
    big = [act for act in asking.asks if (act.size or 0) >= 3]
    kinds = {act.about for act in big}
    if len(kinds) < 2 or (bearing.stage == "close" and len(kinds) < 3):
        return None
    return Seen(span=big[1].span)


def short_notice(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """A favour wanted within three days."""
    left = asking.asked.days_left
    if left is None or left >= 3 or asking.offered:
        return None
    calm = asking.asked.easy_out or asking.asked.flexible
    if asking.size < 3 or calm or (bearing.near and asking.r < 4):
        return None
    act = next((one for one in asking.asks if one.deadline_text), asking.act)
    pattern = next((one for one in asking.reading.patterns if one.id == "urgency"), None)
    return Seen(span=pattern.span if pattern else act.span if act else None)


def blunt_wording(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """An ask of weight in words that read as an instruction."""
    blunt = asking.reading.bluntness
    if blunt is None or blunt < BLUNT or asking.offered or asking.reminds:
        return None
    if asking.r < (5 if bearing.near else 3) or bearing.stage == "close":
        return None
    words = asking.reading.blunt_words
    return Seen(span=words[0] if words else asking.act.span if asking.act else None)


def since_last(case: Case, bearing: Bearing, _: Asking) -> Seen | None:
    """ "Takk for sist" to somebody with whom no meeting is on record, although meetings are kept."""
    found = cues.find("since_last", case.draft)
    meetings = bearing.history.of("meeting")
    if not found or not bearing.history.events:
        return None
    if any((bearing.today - one.at.date()).days <= MET_WITHIN for one in meetings):
        return None
    return Seen(span=found)


def introductions_enough(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """A third introduction asked of the same person within a year; the fourth waits (MODEL.md 2e)."""
    if kin(asking.about) != "introduction" or asking.offered or asking.reminding:
        return None
    year = timedelta(days=365)
    asked = [
        one
        for one in bearing.asks
        if kin(one.about) == "introduction"
        and bearing.today - one.at.date() <= year
        and one.outcome != "withdrawn"
    ]
    if len(asked) < INTRODUCTIONS - 1:
        return None
    if len(asked) < INTRODUCTIONS:
        return Seen(tuple(asked), {"count": str(len(asked) + 1)}, level="soften")
    free = asked[-INTRODUCTIONS].at.date() + year
    return Seen(tuple(asked), {"count": str(len(asked) + 1)}, not_before=free)


def same_target_elsewhere(case: Case, _bearing: Bearing, asking: Asking) -> Seen | None:
    """An introduction to somebody whom the user has asked another for, and which is not settled."""
    if kin(asking.about) != "introduction" or not case.elsewhere:
        return None
    ask = case.elsewhere[-1]
    return Seen((ask,), {"other": ask.subject})


def burned_before(_: Case, bearing: Bearing, asking: Asking) -> Seen | None:
    """A favour for somebody else, asked of one whom an introduction brought something else than was said."""
    if not asking.third_party or asking.offered:
        return None
    for one in reversed(bearing.history.of("intro")):
        if one.by != THEIRS and one.actually and one.actually != one.purpose:
            recent = (bearing.today - one.at.date()).days <= 365
            return Seen((one,)) if recent else None
    return None


CHECKS: dict[str, Check] = {
    "introductions-enough": introductions_enough,
    "same-target-elsewhere": same_target_elsewhere,
    "burned-before": burned_before,
    "thanks-overdue": thanks_overdue,
    "outcome-not-told": outcome_not_told,
    "ask-unanswered": ask_unanswered,
    "nudge-too-soon": nudge_too_soon,
    "second-nudge": second_nudge,
    "same-ask-again": same_ask_again,
    "third-party-again": third_party_again,
    "after-a-no": after_a_no,
    "big-ask-new-contact": big_ask_new_contact,
    "big-ask-after-silence": big_ask_after_silence,
    "big-ask-for-stage": big_ask_for_stage,
    "heavy-ask": heavy_ask,
    "nothing-offered-or-thanked": nothing_offered,
    "cooling-off": cooling_off,
    "several-asks": several_asks,
    "short-notice": short_notice,
    "blunt-wording": blunt_wording,
    "takk-for-sist": since_last,
}


def _last_contact(bearing: Bearing) -> tuple[Event, ...]:
    for one in reversed(bearing.history.events):
        if one.kind in ("message", "meeting") and not one.pause:
            return (one,)
    return ()


def _held(bearing: Bearing, ask: Event) -> tuple[Event, ...]:
    return tuple(one for one in bearing.history.of("hold", "grant", "commit", by=THEIRS) if one.at > ask.at)


def _last_held(bearing: Bearing, ask: Event) -> date:
    held = _held(bearing, ask)
    return held[-1].at.date() if held else ask.at.date()


def _their_day_has_passed(bearing: Bearing, ask: Event) -> bool:
    """Whether they named a day for coming back to it, and it is over: then asking is no pressing."""
    from askwell.text.dates import find  # only where somebody promised something

    for one in reversed(_held(bearing, ask)):
        for lang in ("en", "nb"):
            days = [when.on for when in find(one.text, lang, one.at.date()) if when.on]
            if days:
                return date.fromisoformat(days[-1][:10]) < bearing.today
    return False
