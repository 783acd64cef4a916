"""The judge: a case in, a verdict out. Pure: the same case gives the same verdict through every door.

It is advice; the user can always send (MODEL.md 3.4, H7). A draft without an ask is never warned about (H6),
and nor is ordinary work. Of several recipients the strictest counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from askwell.judge import rewrite, steps, telling, wording
from askwell.judge.asking import Asking, asks_something, weigh_up
from askwell.judge.bearing import Bearing, bear, nobody
from askwell.judge.case import LEVELS, VERDICTS, Addressee, Case, Finding, Step, Verdict
from askwell.judge.kinds import Hit, hits, notes
from askwell.judge.packs import Rules
from askwell.ledger.rhythm import PRIORS, Priors

MOST_FINDINGS = 3

_OF_WEIGHT = frozenset(
    (
        *("big-ask-new-contact", "big-ask-after-silence", "big-ask-for-stage", "heavy-ask", "cooling-off"),
        *("nothing-offered-or-thanked", "same-ask-again", "several-asks", "short-notice", "blunt-wording"),
    )
)
"""Checks that have nothing to add once the ask should not go to this person at all."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is to be said of the draft to one person, before it is put into words."""

    bearing: Bearing
    asking: Asking | None
    hits: tuple[Hit, ...] = ()

    @property
    def level(self) -> int:
        """The place of the strictest level in `LEVELS`, 0 where nothing is said."""
        return max((LEVELS.index(hit.level) for hit in self.hits), default=0)

    @property
    def not_before(self) -> date | None:
        days = [hit.seen.not_before for hit in self.hits if hit.level == "wait" and hit.seen.not_before]
        return max(days, default=None) if LEVELS[self.level] == "wait" else None


def judge(
    case: Case, rules: Rules | None = None, priors: Priors = PRIORS, *, most: int = MOST_FINDINGS
) -> Verdict:
    """Judge a draft. `priors` are what is usual in the user's mail, `most` caps the findings (0: all).

    Never fails on words, whatever they are.
    """
    rules = rules or Rules()
    bearings = [bear(history, case.today, priors) for history in case.to] or [nobody(case.today)]
    opinions = [_opinion(case, rules, bearing) for bearing in bearings]
    strictest = max(opinions, key=lambda one: one.level)
    return _verdict(case, rules, strictest, opinions, most)


def _opinion(case: Case, rules: Rules, bearing: Bearing) -> Opinion:
    asking = weigh_up(case, bearing)
    if not asks_something(case, asking):
        small = any(act.about != "routine_work" for act in case.reading.asks)
        return Opinion(
            bearing, None if not small else asking, tuple(notes(rules, case, bearing)) if small else ()
        )
    return Opinion(bearing, asking, tuple(_that_matter(hits(rules, case, bearing, asking))))


def _that_matter(found: list[Hit]) -> list[Hit]:
    """Without what a stronger word on the same thing makes needless."""
    if not found:
        return found
    top = found[0].level
    names = {hit.rule.check for hit in found}
    if top != "note":
        found = [hit for hit in found if hit.level != "note"]
    if top == "stop":
        found = [hit for hit in found if hit.level == "stop" or hit.rule.check not in _OF_WEIGHT]
    if "third-party-again" in names:
        found = [hit for hit in found if hit.rule.check != "after-a-no"]
    if any(hit.rule.pattern == "urgency" for hit in found):
        found = [hit for hit in found if hit.rule.check != "short-notice"]
    return found


def _verdict(case: Case, rules: Rules, one: Opinion, opinions: list[Opinion], most: int) -> Verdict:
    shown = one.hits[:most] if most else one.hits
    findings: tuple[Finding, ...] = ()
    first: tuple[Step, ...] = ()
    letter = None
    if one.asking is not None and shown:
        asking = one.asking
        findings = tuple(telling.finding(rules, hit, case, one.bearing, asking) for hit in shown)
        if one.level:
            first = steps.first(case, one.bearing, one.hits, one.not_before)
            letter = rewrite.rewrite(case, one.bearing, asking, one.hits)
    return Verdict(
        VERDICTS[one.level],
        _summary(case, rules, one, opinions),
        case.reading.language,
        tuple(_addressee(each.bearing) for each in opinions if each.bearing.named),
        case.reading.acts,
        findings,
        first,
        letter,
        one.not_before,
        _weight(one),
    )


def _addressee(bearing: Bearing) -> Addressee:
    person, found = bearing.person, bearing.rapport
    return Addressee(person.key, person.name, found.stage, found.last)


def _weight(one: Opinion) -> tuple[tuple[str, float], ...]:
    rapport = (("rapport", round(one.bearing.rapport.score, 1)), *one.bearing.rapport.components)
    if one.asking is None:
        return rapport
    return (*one.asking.weight.components, *one.asking.imposition.parts, *rapport)


def _summary(case: Case, rules: Rules, one: Opinion, opinions: list[Opinion]) -> str:
    lang = wording.known(case.lang)
    sentence = _one_summary(case, rules, one, lang)
    others = [each for each in opinions if each is not one and each.bearing.named]
    if not others or one.level == 0:
        return sentence
    same = all(each.level == one.level for each in others)
    fine = [each for each in others if same or each.level == 0]
    if not fine:
        return sentence
    names = wording.in_a_row(lang, [telling.name_of(each.bearing, lang) for each in fine])
    key = "verdict.several_all" if same else "verdict.several"
    return wording.say(lang, key, sentence=sentence, others=names)


def _one_summary(case: Case, rules: Rules, one: Opinion, lang: str) -> str:
    name = telling.name_of(one.bearing, lang)
    asking = one.asking
    if asking is None:
        return wording.say(
            lang, "verdict.send_routine" if case.reading.asks else "verdict.send_none", name=name
        )
    title = telling.title(rules, one.hits[0], case, one.bearing, asking) if one.hits else ""
    if one.level:
        until = one.not_before
        key = "wait_until" if until else VERDICTS[one.level]
        day = wording.on_day(lang, until, case.today) if until else ""
        return wording.say(lang, f"verdict.{key}", name=name, title=title, until=day)
    if title:
        return wording.say(lang, "verdict.send_note", name=name, title=title)
    if asking.offered:
        day = wording.on_day(lang, asking.offered.at.date(), case.today)
        return wording.say(lang, "verdict.send_offered", name=name, date=day)
    return wording.say(lang, "verdict.send" if one.bearing.on_record else "verdict.send_unknown", name=name)
