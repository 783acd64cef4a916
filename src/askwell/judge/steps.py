"""What to do before the ask: thank, tell how it went, wait, offer; with a short letter where there is one."""

from __future__ import annotations

from datetime import date

from askwell.judge import wording
from askwell.judge.bearing import Bearing
from askwell.judge.case import Case, Step
from askwell.judge.compose import hello, when
from askwell.judge.kinds import Hit
from askwell.judge.letter import take_apart
from askwell.judge.telling import name_of
from askwell.judge.templates import line
from askwell.ledger.favours import Favour


def first(case: Case, bearing: Bearing, hits: tuple[Hit, ...], not_before: date | None) -> tuple[Step, ...]:
    """The steps that the hits call for: thanks before news, news before waiting, waiting before an offer."""
    lang = wording.known(case.lang)
    found: list[Step] = []
    for hit in hits:
        if hit.seen.thank and not any(step.do == "thank" for step in found):
            found.append(_of_favour("thank", case, bearing, hit.seen.thank))
    for hit in hits:
        if hit.seen.tell and not any(step.do == "report_back" for step in found):
            found.append(_of_favour("report_back", case, bearing, hit.seen.tell))
    if not_before:
        day = wording.on_day(lang, not_before, case.today)
        found.append(Step("wait", wording.say(lang, "step.wait", until=day)))
    if any(hit.rule.check == "nothing-offered-or-thanked" and hit.level != "note" for hit in hits):
        offers = case.profile.offers
        name = name_of(bearing, lang)
        found.append(Step("offer", offers[0] if offers else wording.say(lang, "step.offer", name=name)))
    return tuple(found)


def _of_favour(do: str, case: Case, bearing: Bearing, favour: Favour) -> Step:
    lang = wording.known(case.lang)
    day = wording.on_day(lang, favour.day, case.today)
    about = wording.say(lang, f"step.{do}", done=wording.done(lang, favour.what), date=day)
    return Step(do, about, note(do, case, bearing, favour))


def note(do: str, case: Case, bearing: Bearing, favour: Favour) -> str:
    """A letter of one or two sentences that only thanks, or tells how it went; the user fills in the news."""
    lang = case.reading.language
    letter = take_apart(case.draft, case.reading)
    month = when(lang, favour, case)
    key = "step.thank_now" if do == "thank" and not month else f"step.{do}"
    body = line(lang, key, done=wording.done(lang, favour.what), when=month)
    parts = (letter.greeting or hello(lang, bearing), body, letter.closing)
    return "\n\n".join(part for part in parts if part) + "\n"
