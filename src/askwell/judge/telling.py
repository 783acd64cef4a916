"""From a hit to a finding: the rule's words with names and dates put in, and the mail that it rests on."""

from __future__ import annotations

from datetime import date

from askwell.judge import wording
from askwell.judge.asking import Asking
from askwell.judge.bearing import Bearing
from askwell.judge.case import Case, Evidence, Finding
from askwell.judge.kinds import Hit
from askwell.judge.packs import Rules
from askwell.ledger.history import Event

LONGEST_QUOTE = 160

_OF_THEIRS = {"hold": "held", "grant": "held", "commit": "held", "offer": "offered"}


def name_of(bearing: Bearing, lang: str) -> str:
    """What the verdict calls the person: the first name, or "the recipient" where nobody is known."""
    return wording.short(bearing.person.name) or wording.say(lang, "someone")


def finding(rules: Rules, hit: Hit, case: Case, bearing: Bearing, asking: Asking) -> Finding:
    """What is said of a hit in the reader's language."""
    lang = wording.known(case.lang)
    text = rules.text(hit.rule, lang)
    values = values_of(hit, case, bearing, asking)
    return Finding(
        hit.rule.id,
        hit.rule.pattern or hit.rule.check.replace("-", "_") or "wording",
        hit.level,
        _sentence(text.message.format(**values)),
        _sentence(text.why.format(**values)),
        _sentence(text.suggest.format(**values)),
        hit.span,
        _behind(hit, bearing, lang),
    )


def _behind(hit: Hit, bearing: Bearing, lang: str) -> tuple[Evidence, ...]:
    favour = hit.seen.thank or hit.seen.tell
    if favour is None:
        return tuple(evidence(one, bearing, lang) for one in hit.seen.events)
    done = wording.done(lang, favour.what)
    what = wording.say(lang, "what.helped", name=name_of(bearing, lang), done=done)
    return (Evidence(favour.day, what, favour.source, quote(favour.words)),)


def title(rules: Rules, hit: Hit, case: Case, bearing: Bearing, asking: Asking) -> str:
    """The hit in a few words, to go on after a colon."""
    text = rules.text(hit.rule, case.lang)
    return text.title.format(**values_of(hit, case, bearing, asking))


def values_of(hit: Hit, case: Case, bearing: Bearing, asking: Asking) -> dict[str, str]:
    """The names and dates that a rule's words may speak of."""
    lang, today = wording.known(case.lang), case.today
    event = hit.seen.events[0] if hit.seen.events else None
    favour = hit.seen.thank or hit.seen.tell
    asked_third = event is not None and event.kind == "ask" and event.beneficiary == "third_party"
    day = (
        favour.day
        if favour
        else event.at.date()
        if event and asked_third
        else _day(event)
        if event
        else today
    )
    until = hit.seen.not_before or today
    return {
        "name": name_of(bearing, lang),
        "stage": wording.say(lang, f"stage.{bearing.stage}"),
        "asked": wording.asked(lang, asking.about),
        "earlier": wording.asked(lang, event.about if event else asking.about),
        "done": wording.done(lang, favour.what if favour else asking.about),
        "date": wording.on_day(lang, day, today),
        "until": wording.on_day(lang, until, today),
        **hit.seen.values,
    }


def evidence(event: Event, bearing: Bearing, lang: str) -> Evidence:
    """A real message or entry as evidence: its day, what it was, where it is kept, its words."""
    name = name_of(bearing, lang)
    asked = wording.asked(lang, event.about)
    done = wording.done(lang, "specific_introduction" if event.kind.startswith("intro") else event.about)
    if event.kind == "ask" and event.beneficiary == "third_party":
        key = "asked_third"
    elif event.kind == "ask":
        key = "declined" if event.outcome == "declined" else "asked"
    elif event.kind == "nudge":
        key = "nudged"
    elif event.kind in ("message", "meeting"):
        key = "last_contact"
    else:
        key = _OF_THEIRS.get(event.kind, "helped")
    what = wording.say(lang, f"what.{key}", name=name, asked=asked, done=done)
    if key == "declined" and event.reply:
        return Evidence(_day(event), what, event.reply_source, quote(event.reply))
    return Evidence(
        event.at.date() if key == "asked_third" else _day(event), what, event.source, quote(event.text)
    )


def quote(text: str) -> str:
    """At most 160 characters of somebody's words, on one line."""
    words = " ".join(text[: 4 * LONGEST_QUOTE].split())
    if len(words) <= LONGEST_QUOTE:
        return words
    cut = words.rfind(" ", 0, LONGEST_QUOTE - 1)
    return words[: cut if cut > LONGEST_QUOTE // 2 else LONGEST_QUOTE - 1].rstrip() + "…"


def _day(event: Event) -> date:
    return (event.closed if event.outcome == "declined" and event.closed else event.at).date()


def _sentence(text: str) -> str:
    """With a capital first letter, also where a name stands first."""
    return text[:1].upper() + text[1:]
