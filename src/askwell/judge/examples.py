"""The examples inside rules, run: a rule must speak of those that fire and be silent on the others.

A history is given as a story (`docs/story.md`) about one person, `kari`. What a draft says can be given with
it (`read`), so that an example tests the rule and not the reader; without it the draft is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from askwell.judge.case import Case
from askwell.judge.packs import Example, Rule, Rules
from askwell.judge.verdict import judge
from askwell.ledger import story
from askwell.ledger.entries import Message, Said
from askwell.ledger.history import Event, History
from askwell.text.reading import Act, Language, Pattern, Positive, Reading, Span
from askwell.text.sizes import base

KARI = 'person kari "Kari Nordmann" <kari@nordlys.example>\n'
TODAY = date(2026, 11, 25)
SLIGHT = ("routine_work", "info")

Reader = Callable[[str, str], Reading]


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not do what its rule says: `fires` but should not, or the other way round."""

    rule: str
    draft: str
    should: str


def run(rule: Rule, rules: Rules, read: Reader) -> list[Failure]:
    """The examples of a rule that fail. `read` reads a draft in a language."""
    failed = []
    for should, examples in (("fire", rule.fires), ("be silent", rule.silent)):
        for example in examples:
            fires = rule.id in _spoken(example, rule, rules, read)
            if fires != (should == "fire"):
                failed.append(Failure(rule.id, example.draft, should))
    return failed


def _spoken(example: Example, rule: Rule, rules: Rules, read: Reader) -> set[str]:
    lang = example.lang or "en"
    history = history_of(example.story or _known_well(rule), read)
    reading = reading_of(example.draft, lang, example.read) if example.read else read(example.draft, lang)
    today = date.fromisoformat(example.on) if example.on else TODAY
    case = Case(example.draft, reading, (history,), today, lang=lang, elsewhere=_elsewhere(example, today))
    return {finding.id for finding in judge(case, rules, most=0).findings}


def _elsewhere(example: Example, today: date) -> tuple[Event, ...]:
    if not example.elsewhere:
        return ()
    at = datetime.combine(today - timedelta(days=10), story.NOON)
    about = "specific_introduction"
    return (Event(at, "ask", "me", "?", "said:e", about, favour=True, subject=example.elsewhere),)


def _known_well(rule: Rule) -> str:
    """Words are tried on somebody known for long, so that only the words speak."""
    return KARI.replace("\n", " floor=established\n") if rule.kind != "record" else KARI


def history_of(text: str, read: Reader | None = None) -> History:
    """A story about one person as a history. Messages are read where a reader is given."""
    if "person " not in text:
        text = KARI + text
    told = story.parse(text, "example")
    person = told.people[0]
    events: list[Event] = []
    for number, entry in enumerate(told.entries):
        if isinstance(entry, Said):
            events.append(_said(entry, number))
        elif isinstance(entry, Message):
            events += _message(entry, read)
    return History(person, tuple(events))


def _said(entry: Said, number: int) -> Event:
    more = dict(entry.more)
    by = "both" if entry.kind == "meeting" else "me" if entry.by == "me" else "them"
    by = "both" if entry.kind == "intro" and more.get("for") else by
    ask = entry.kind == "ask"
    favour = more.get("favour", "no" if entry.about in SLIGHT else "yes") not in ("no", "false")
    outcome = more.get("outcome", "open" if ask else "")
    sized = bool(entry.about) and entry.kind in ("ask", "favour")
    return Event(
        entry.at,
        entry.kind,
        by,
        entry.text,
        f"said:{number}",
        entry.about,
        more.get("for", "self") if ask else "",
        ask and favour,
        float(more.get("size", base(entry.about))) if sized else 0.0,
        outcome,
        entry.at + timedelta(days=1) if ask and outcome not in ("open", "holding") else None,
        people=max(1, len(entry.to)) if entry.kind == "meeting" else 1,
        purpose=more.get("purpose", ""),
        actually=more.get("actually", ""),
    )


def _message(entry: Message, read: Reader | None) -> list[Event]:
    by = "me" if entry.sender == "me" else "them"
    words = len(entry.text.split())
    message = Event(entry.at, "message", by, entry.text, entry.id, words=words, subject=entry.subject)
    if read is None:
        return [message]
    acts = []
    for act in read(entry.text, "").acts:
        one = replace(message, kind=act.act, text=act.text)
        if act.act == "ask":
            size, about = act.size or 0.0, act.about or "other"
            one = replace(
                one, about=about, beneficiary=act.beneficiary or "", favour=bool(act.favour), size=size
            )
            one = replace(one, outcome="open")
        acts.append(one)
    return [message, *acts]


def reading_of(draft: str, lang: str, lines: Iterable[str]) -> Reading:
    """A reading written by hand, one find a line; after a bar the words it stands on, if not all.

    `ask chat third_party routine by=2026-11-27 | Could we talk?`, `nudge`, `pattern urgency | ASAP`,
    `positive easy_out`, `blunt 0.8`.
    """
    acts: list[Act] = []
    patterns: list[Pattern] = []
    positives: list[Positive] = []
    blunt: float | None = None
    for line in lines:
        what, _, words = line.partition("|")
        name, *more = what.split()
        span = _where(draft, words.strip())
        text = draft[span[0] : span[1]]
        if name == "pattern":
            patterns.append(Pattern(more[0], span, text))
        elif name == "positive":
            positives.append(Positive(more[0], span, text))
        elif name == "blunt":
            blunt = float(more[0])
        elif name == "ask":
            acts.append(_ask(span, text, more))
        else:
            acts.append(Act(name, span, text))
    if blunt is None and any(act.act == "ask" for act in acts):
        blunt = 0.0
    language: Language = "nb" if lang == "nb" else "nn" if lang == "nn" else "en"
    return Reading(language, tuple(acts), tuple(patterns), tuple(positives), bluntness=blunt)


def _ask(span: Span, text: str, more: list[str]) -> Act:
    about = more[0]
    favour = "routine" not in more
    due = next((word[3:] for word in more if word.startswith("by=")), None)
    others = ("third_party", "both", "addressee", "organisation")
    whom = next((word for word in more if word in others), "self")
    return Act(
        "ask",
        span,
        text,
        about=about,
        beneficiary=whom,
        favour=favour,
        size=base(about, favour),
        deadline=due,
        deadline_text=due,
    )


def _where(draft: str, words: str) -> Span:
    start = draft.find(words) if words else 0
    if start < 0:
        raise ValueError(f"{words!r} is not in the draft")
    return (start, start + len(words)) if words else (0, len(draft))
