"""What a draft asks of one person, held against what passed between: the main ask, its parts, its weight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from askwell.judge import cues, naming
from askwell.judge.bearing import Bearing, heard_since, kin, offered
from askwell.judge.case import Case
from askwell.judge.imposition import Asked, Imposition, impose
from askwell.judge.weight import Weight, weigh
from askwell.ledger.favours import nudges_since, size_of
from askwell.ledger.history import Event
from askwell.text.reading import Act, Pattern, Reading
from askwell.text.sizes import base as base_of

FAVOURING = ("third_party_ask", "contact_fishing", "hidden_goal", "debt_guilt")
"""Patterns that make an ask a favour whatever it is about; the others may stand in ordinary work."""
CAREER = ("job", "interview", "referral", "forward_cv", "reference", "endorsement", "open_introduction")
AGAIN_WITHIN = 90
SURE = 0.5
"""A pattern of which the reader is less sure than this weighs one level less: precision before recall."""
BEYOND_DOUBT = 0.7
"""The same for a favour for a friend, where the ask it stands on was read as one for the writer."""
NO_HOLDS = 365

_PREFIXES = re.compile(r"(?:(?:re|sv|vs|fwd?|aw|vb)\s{0,2}:\s{0,2}){1,5}")
_ORDINARY = ("routine_work", "info")
_FISHING_SIZE = 6.0
_PRESSING_SIZE = 5.0
_TIMED_SIZE = 3.0
_SHORT = 12
"""Words up to which "any news?" is a reminder although it was read as a question at work."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One draft as it falls on one person.

    `act` is the weightiest ask (None if only a pattern or a reminder shows one), `asks` all favours asked.
    `size` is its base. `reminds` says that it comes back to an earlier ask, `reminding` names that one if it
    is open. `again` is the last ask of the same kind within 90 days, `refused` one that they said no to
    within a year, `offered` their own offer of this.
    """

    reading: Reading
    act: Act | None
    about: str
    size: float
    asks: tuple[Act, ...]
    patterns: frozenset[str]
    third_party: bool
    asked: Asked
    imposition: Imposition
    weight: Weight
    reminds: bool = False
    reminding: Event | None = None
    again: Event | None = None
    refused: Event | None = None
    offered: Event | None = None

    @property
    def thanks(self) -> bool:
        """Whether the letter thanks for something past."""
        return "thanks" in self.reading.positive or any(act.act == "thanks" for act in self.reading.acts)

    @property
    def r(self) -> float:
        return self.imposition.total


def favours_asked(reading: Reading) -> tuple[Act, ...]:
    """The asks of a draft that go beyond ordinary duties."""
    return tuple(act for act in reading.asks if _is_favour(act, reading.patterns))


def asks_something(case: Case, asking: Asking) -> bool:
    """Whether the draft asks for a favour at all: by an ask, a reminder, or a pattern that is one.

    Where every ask is ordinary work it does not, whatever its tone (MODEL.md 3.4, H6).
    """
    if asking.asks:
        return True
    if case.reading.asks:
        certain = {one.id for one in case.reading.patterns if one.confidence >= SURE} & asking.patterns
        short = asking.reminds and len(case.draft.split()) <= _SHORT
        return short or bool(certain & {"third_party_ask", "contact_fishing"})
    return asking.reminds or bool(asking.patterns & {*FAVOURING, "entitlement_press"})


def could_ask(reading: Reading, draft: str) -> bool:
    """Whether the draft could ask a favour of anybody at all. Where it could not, every case of it is judged
    `send`, whoever it is for, and nobody's history need be looked up."""
    return (
        bool(favours_asked(reading) or reading.patterns)
        or any(act.act == "nudge" for act in reading.acts)
        or cues.has("reminder", draft)
        or cues.find("who_do_you_know", draft) is not None
    )


def reminds(case: Case, bearing: Bearing) -> bool:
    """Whether the draft comes back to an earlier ask: it says so, or it speaks like it while one is open."""
    if any(act.act == "nudge" for act in case.reading.acts):
        return True
    return bool(bearing.open_asks) and not favours_asked(case.reading) and cues.has("reminder", case.draft)


def weigh_up(case: Case, bearing: Bearing) -> Asking:
    """Find what the draft asks of this person, and how heavily it falls."""
    reading = case.reading
    asks = favours_asked(reading)
    patterns = frozenset(_patterns(case, bearing))
    main = max(asks, key=_heaviness, default=None)
    reminding = _reminded(case, bearing, main)
    third = _third_party(main, patterns, reading, case.draft)
    about, size = _about(main, patterns, reminding)
    taken_up = offered(bearing, about, size, third)
    if taken_up:
        patterns -= {"contact_fishing"} | ({"third_party_ask"} if third else set())
    again = None if reminding else _again(bearing, about, third)
    refused = _refused(bearing, about, size, third, cues.has("said_no", case.draft))
    asked = _features(case, asks, patterns, (about, size))
    asked = replace(
        asked,
        third_party=third,
        after_no=refused is not None or _pressing_on(bearing, patterns),
        days_since_same=(case.today - again.at.date()).days if again else None,
        still_open=any(one is not reminding and size_of(one) >= 2 for one in bearing.open_asks),
    )
    imposition = impose(asked)
    return Asking(
        reading,
        main,
        about,
        size,
        asks,
        patterns,
        third,
        asked,
        imposition,
        weigh(imposition.total, bearing.rapport, bearing.person.say, reading.language),
        reminds(case, bearing) or reminding is not None,
        reminding,
        again,
        refused,
        taken_up,
    )


def _features(case: Case, asks: tuple[Act, ...], patterns: frozenset[str], what: tuple[str, float]) -> Asked:
    """What the letter itself adds and takes away; the rest comes from the record."""
    positive = case.reading.positive
    tells = any(act.act == "report_back" for act in case.reading.acts)
    return Asked(
        what[0],
        what[1],
        hidden_goal="hidden_goal" in patterns,
        open_ended=what[0] == "open_introduction" or "contact_fishing" in patterns,
        days_left=_days_left(asks, patterns, case.today) if what[1] >= _TIMED_SIZE else None,
        several="one_specific_ask" not in positive
        and len({kin(act.about or "other") for act in asks if base_of(act.about or "other") >= 2}) > 1,
        effort_unstated=what[0] == "document_review" and not _says_effort(case.draft),
        one_specific="one_specific_ask" in positive and "contact_fishing" not in patterns,
        forwardable=cues.has("text_to_forward", case.draft),
        easy_out="easy_out" in positive,
        flexible=cues.has("flexible", case.draft),
        prepared=cues.has("prepared", case.draft),
        loop_closed="loop_closing" in positive or tells,
        offer="offer" in positive,
    )


def without(asking: Asking, bearing: Bearing, language: str, **changed: object) -> Weight:
    """The weight that the same ask would have with some of its parts changed."""
    asked = replace(asking.asked, **changed)  # type: ignore[arg-type]
    return weigh(impose(asked).total, bearing.rapport, bearing.person.say, language)


def _is_favour(act: Act, patterns: Iterable[Pattern]) -> bool:
    if act.favour or (act.favour is None and act.about not in _ORDINARY):
        return True
    return any(
        one.id in FAVOURING and one.span[0] < act.span[1] and act.span[0] < one.span[1] for one in patterns
    )


def _heaviness(act: Act) -> float:
    return _size(act) + 2.0 * (act.beneficiary in ("third_party", "both"))


def _size(act: Act) -> float:
    return base_of(act.about or "other") if act.size is None else act.size


def _patterns(case: Case, bearing: Bearing) -> Iterable[str]:
    """The reader's patterns without those that the case makes harmless, and one that only a stage makes."""
    routine = [act.span for act in case.reading.asks if not _is_favour(act, case.reading.patterns)]
    for one in case.reading.patterns:
        if one.id not in FAVOURING and any(
            one.span[0] < end and start < one.span[1] for start, end in routine
        ):
            continue
        if one.id == "contact_fishing" and _is_reasoned(case, one):
            continue
        if one.id == "third_party_ask" and one.confidence < SURE and for_oneself(case.reading, one):
            continue
        yield one.id
    if bearing.stage in ("unknown", "new") and bearing.named:
        found = cues.find("who_do_you_know", case.draft)
        if found and not cues.has("gathering", case.draft[found[0] : found[1] + 80]):
            yield "contact_fishing"


def _is_reasoned(case: Case, pattern: Pattern) -> bool:
    """Whether what looks like fishing asks for one named person, or who comes to a gathering."""
    return bool(naming.who(case.reading.language, pattern.text)) or cues.has("gathering", pattern.text)


def sure(reading: Reading, pattern: Pattern) -> bool:
    """Whether a pattern may stop a letter: read with some certainty, and not against the ask it stands on."""
    if pattern.id == "third_party_ask" and for_oneself(reading, pattern):
        return pattern.confidence >= BEYOND_DOUBT
    return pattern.confidence >= SURE


def for_oneself(reading: Reading, pattern: Pattern) -> bool:
    """Whether the ask that a pattern stands on was read as one for the writer."""
    inside = [act for act in reading.asks if pattern.span[0] < act.span[1] and act.span[0] < pattern.span[1]]
    return bool(inside) and all(act.beneficiary == "self" for act in inside)


def _reminded(case: Case, bearing: Bearing, main: Act | None) -> Event | None:
    """The open ask that a draft comes back to: the same kind again, or a reminder without a new ask."""
    for one in reversed(bearing.open_asks):
        if main is None and not reminds(case, bearing):
            return None
        if main is None and _same_matter(case.subject, one.subject):
            return one
        if main is None:
            continue
        for_friend = (main.beneficiary == "third_party") == (one.beneficiary == "third_party")
        if for_friend and kin(main.about or "other") == kin(one.about):
            return one
    return None


def _same_matter(subject: str, earlier: str) -> bool:
    """Whether two letters could be on one matter: their subjects are alike, or one has none."""
    mine, theirs = _bare(subject), _bare(earlier)
    return not mine or not theirs or mine == theirs


def _bare(subject: str) -> str:
    return _PREFIXES.sub("", subject.strip().lower()).strip()


def _third_party(main: Act | None, patterns: frozenset[str], reading: Reading, draft: str) -> bool:
    for_friend = [one for one in reading.patterns if one.id == "third_party_ask"]
    if "third_party_ask" in patterns:
        return any(sure(reading, one) for one in for_friend) or cues.has("friend", draft)
    return main is not None and main.beneficiary == "third_party" and bool(reading.asks)


def _about(main: Act | None, patterns: frozenset[str], reminding: Event | None) -> tuple[str, float]:
    if main is not None:
        about, size = main.about or "other", _size(main)
    elif reminding is not None:
        about, size = reminding.about or "other", size_of(reminding)
    else:
        about, size = "other", _PRESSING_SIZE if patterns else 1.0
    if "contact_fishing" in patterns and size < _FISHING_SIZE:
        return "open_introduction", _FISHING_SIZE
    return about, size


def _again(bearing: Bearing, about: str, third: bool) -> Event | None:
    for one in reversed(bearing.asks):
        if (bearing.today - one.at.date()).days > AGAIN_WITHIN:
            return None
        if one.outcome in ("declined", "withdrawn") or kin(one.about) != kin(about):
            continue
        if (one.beneficiary == "third_party") == third:
            return one
    return None


def _refused(bearing: Bearing, about: str, size: float, third: bool, owned: bool) -> Event | None:
    """The ask of this kind that they said no to, or the last at all if the draft speaks of a no."""
    for one in reversed(bearing.asks):
        day = (one.closed or one.at).date()
        if (
            one.outcome == "declined"
            and (bearing.today - day).days <= NO_HOLDS
            and (kin(one.about) == kin(about) or (owned and size >= 2))
            and (one.beneficiary == "third_party") == third
        ):
            return one
    return None


def _pressing_on(bearing: Bearing, patterns: frozenset[str]) -> bool:
    """Pressing after partial help weighs as much as after a no."""
    if "entitlement_press" not in patterns:
        return False
    return any(one.outcome in ("partly", "declined") for one in bearing.asks[-3:])


def _days_left(asks: tuple[Act, ...], patterns: frozenset[str], today: date) -> int | None:
    days = [
        (date.fromisoformat(act.deadline[:10]) - today).days
        for act in asks
        if act.deadline and _is_date(act.deadline)
    ]
    if days:
        return max(0, min(days))
    return 2 if "urgency" in patterns else None


def _is_date(word: str) -> bool:
    try:
        date.fromisoformat(word[:10])
    except ValueError:
        return False
    return True


def _says_effort(draft: str) -> bool:
    return any(letter.isdigit() for letter in draft) or cues.has("effort", draft)


def last_word_of(bearing: Bearing, event: Event) -> date:
    """The day of the user's latest word on an ask: itself or a reminder since."""
    later = nudges_since(bearing.history, event, bearing.today)
    return (later[-1] if later else event).at.date()


def unanswered(bearing: Bearing, event: Event) -> bool:
    """Whether nothing at all has come from them since an ask."""
    return event.outcome == "open" and not heard_since(bearing, event)
