"""Which letter to write instead: the same ask put well, a smaller one, or another kind (MODEL.md 3.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from askwell.judge import cues
from askwell.judge.asking import Asking, without
from askwell.judge.bearing import Bearing, kin
from askwell.judge.case import Case
from askwell.judge.kinds import Hit

KINDS = ("same", "advice", "friend", "decline", "interest", "tips", "remind")
DOWN = {
    "job": ("referral", "introduction"),
    "interview": ("referral", "introduction"),
    "forward_cv": (),
    "referral": ("introduction",),
    "open_introduction": (),
    "meeting": ("chat",),
    "money_or_free_work": (),
}
"""What is asked for instead, one step at a time; after the last comes advice."""
_IN_WORDS = {
    "specific_introduction": "introduction",
    "interview": "job",
    "referral": "job",
    "forward_cv": "job",
}
_OWN_WORDS = ("job", "reference", "cv_review", "document_review", "chat")
_SAME = {"specific_introduction": "introduction", "interview": "job"}


@dataclass(frozen=True, slots=True)
class Plan:
    """The kind of letter, what it asks for (a key of the templates), and whether that is the draft's own ask.
    `opened` says that the letter first states the real aim."""

    kind: str
    ask: str = ""
    opened: bool = False


def plan(case: Case, bearing: Bearing, asking: Asking, hits: tuple[Hit, ...], who: str) -> Plan | None:
    """The letter to write, or None where nothing is the best letter."""
    fired = {hit.rule.id.rpartition("/")[2] for hit in hits}
    if bearing.personal or "second-nudge" in fired:
        return None
    return (
        _for_a_friend(bearing, asking, fired) or _special(asking, fired) or _own(case, bearing, asking, who)
    )


def _for_a_friend(bearing: Bearing, asking: Asking, fired: set[str]) -> Plan | None:
    """One specific question on a friend's behalf, or a letter to the friend where that is too much."""
    stranger = bearing.stage == "unknown" and bearing.named
    if "third-party-again" in fired or (asking.third_party and ("after-a-no" in fired or stranger)):
        return Plan("decline")
    if asking.third_party and ("third_party_ask" in asking.patterns or asking.weight.too_big):
        return Plan("friend", "advice")
    return None


def _special(asking: Asking, fired: set[str]) -> Plan | None:
    if "entitlement_press" in asking.patterns or "after-a-no" in fired:
        return Plan("tips", "tip")
    if asking.reminding is not None and (asking.act is None or "nudge-too-soon" in fired):
        return Plan("remind")
    return Plan("interest", "advice") if "contact_fishing" in asking.patterns else None


def _own(case: Case, bearing: Bearing, asking: Asking, who: str) -> Plan:
    hidden = "hidden_goal" in asking.patterns
    if hidden and kin(asking.about) in ("talk", "advice"):
        # What is hoped for is told only if the draft lets it show.
        return Plan("advice", "job", True) if _hopes_for_a_job(case) else Plan("advice", "other")
    step = next(_steps(case, bearing, asking, who), "advice")
    opened = hidden and (words_for(asking.about) in ("job", "reference", "introduction"))
    if hidden and not opened:
        return Plan("advice", "other")
    return Plan("same" if step != "advice" else "advice", step, opened)


def _hopes_for_a_job(case: Case) -> bool:
    return any(one.id == "hidden_goal" and cues.has("aim_job", one.text) for one in case.reading.patterns)


def _steps(case: Case, bearing: Bearing, asking: Asking, who: str) -> Iterator[str]:
    """The draft's own ask and those below it, as far as the relationship bears them when put well."""
    own = asking.about
    for about in (own, *DOWN.get(own, ())):
        real = {"introduction": "specific_introduction"}.get(about, about)
        if real == "specific_introduction" and not who and real != own:
            continue
        if real in ("open_introduction", "money_or_free_work", "interview"):
            continue
        weight = without(
            asking,
            bearing,
            case.reading.language,
            about=real,
            size=asking.size if real == own else None,
            easy_out=True,
            hidden_goal=False,
            open_ended=False,
            days_left=None,
            several=False,
        )
        if not weight.too_big and weight.total <= 10:
            yield _SAME.get(real, real)


def words_for(about: str) -> str:
    """Under which key the templates speak of a kind of ask when advice is asked for instead."""
    return _IN_WORDS.get(about, about if about in _OWN_WORDS else "other")
