"""A letter that one could send instead, from the draft, the ledger and templates (MODEL.md 3.8).

Deterministic. It keeps the greeting, the facts, the closing and the name of the draft, in its language; it
thanks for what the ledger knows, asks one thing, and leaves a way out. Nothing is invented: no favour,
relation, promise, deadline or offer. What it hands back has been read again: no harmful pattern, no greater
weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from askwell.judge import cues, naming, wording
from askwell.judge.asking import Asking, weigh_up
from askwell.judge.bearing import Bearing
from askwell.judge.case import Case
from askwell.judge.kinds import Hit
from askwell.judge.letter import Letter, Sentence, take_apart
from askwell.judge.plan import Plan, plan, words_for
from askwell.judge.templates import has, is_ours, line
from askwell.ledger.favours import Favour

MOST_FACTS = 3
MOST_FACT_WORDS = 60
THANK_AGAIN_WITHIN = 365
_WANT_WORDS = 50

_NO_FACT = frozenset(
    (
        *("ask", "nudge", "decline", "grant", "hold", "offer", "thanks", "apology"),
        *("third_party_ask", "hidden_goal", "contact_fishing", "entitlement_press"),
        *("pressure", "urgency", "minimiser", "debt_guilt", "easy_out"),
    )
)
_ADVANCE = {
    "en": ("thanks in advance", "thank you in advance"),
    "nb": ("tusen takk på forhånd", "på forhånd takk", "takk på forhånd"),
    "nn": ("tusen takk på førehand", "på førehand takk", "takk på førehand"),
}
_HARM = _NO_FACT - {"ask", "nudge", "decline", "grant", "hold", "offer", "thanks", "apology", "easy_out"}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lies on the desk while a letter is written."""

    case: Case
    bearing: Bearing
    asking: Asking
    letter: Letter
    plan: Plan
    lang: str
    place: str
    who: str
    spare: bool = False


def rewrite(case: Case, bearing: Bearing, asking: Asking, hits: tuple[Hit, ...]) -> str | None:
    """The letter to send instead, or None: nothing to mend, or better no letter at all."""
    lang = case.reading.language
    if is_ours(lang, case.draft) and not (asking.patterns & _HARM):
        return None
    who = naming.who(lang, case.draft)
    chosen = plan(case, bearing, asking, hits, who)
    if chosen is None:
        return None
    desk = _Desk(
        case,
        bearing,
        asking,
        take_apart(case.draft, case.reading),
        chosen,
        lang,
        naming.place(lang, case.draft),
        who,
    )
    for spare in (False, True):
        text = _written(replace(desk, spare=spare))
        if text.split() == case.draft.split():
            return None
        if chosen.kind == "decline" or _stands(text, desk):
            return text
    return None


def _stands(text: str, desk: _Desk) -> bool:
    """Whether a letter, read as any other, asks no more than the draft and shows nothing harmful."""
    from askwell.text.read import read  # the reader is large, and needed only here

    reading = read(text, lang=desk.lang, on=desk.case.today)
    if any(one.id in _HARM for one in reading.patterns):
        return False
    after = weigh_up(replace(desk.case, draft=text, reading=reading), desk.bearing)
    return after.r <= desk.asking.r + 1e-9 or after.r <= 1.5


def _written(desk: _Desk) -> str:
    if desk.plan.kind == "decline":
        return _paragraphs(line(desk.lang, "friend_greeting"), _declined(desk), "", _closing(desk))
    if desk.plan.kind == "remind":
        return _paragraphs(_greeting(desk), _reminder(desk), "", _closing(desk))
    before = _thanks(desk)
    middle = [*_facts(desk), *_asked(desk)]
    after = [*_offer(desk), _way_out(desk)]
    words = sum(len(one.split()) for one in (*before, *middle, *after))
    if words < _WANT_WORDS and not before:
        after.append(line(desk.lang, "end"))
    return _paragraphs(_greeting(desk), " ".join(before), " ".join(middle), " ".join(after), _closing(desk))


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _greeting(desk: _Desk) -> str:
    if desk.letter.greeting:
        return desk.letter.greeting
    return hello(desk.lang, desk.bearing)


def hello(lang: str, bearing: Bearing) -> str:
    """A greeting by first name, or without a name where only an address is known."""
    name = wording.short(bearing.person.name)
    return line(lang, "greeting", name=name) if name and "@" not in name else line(lang, "greeting_nobody")


def _closing(desk: _Desk) -> str:
    closing = desk.letter.closing
    advance = _advance(desk.lang)
    if advance.search(closing):
        return advance.sub(line(desk.lang, "closing"), closing).replace(".", "").replace("!", "")
    return closing


@lru_cache(maxsize=3)
def _advance(lang: str) -> re.Pattern[str]:
    return cues.words_pattern(_ADVANCE[lang])


def _thanks(desk: _Desk) -> list[str]:
    """Thanks for the past: the draft's own, or for what the ledger knows; and how it went."""
    own = [one.text for one in desk.letter.body if _kept(one, "thanks")][:1]
    told = [one.text for one in desk.letter.body if _kept(one, "report_back", "loop_closing")][:2]
    told = [one for one in told if one not in own]
    if own or desk.plan.kind == "friend":
        return [*own, *told]
    favour = _to_thank_for(desk)
    if favour:
        late = not favour.thanked and (desk.case.today - favour.day).days > 3
        return [_thanked(desk, favour, "thanks_late" if late else "thanks"), *told]
    return [*([line(desk.lang, "busy")] if desk.plan.kind == "tips" else []), *told]


def _kept(one: Sentence, *kinds: str) -> bool:
    harmful = one.found & _HARM or "ask" in one.found or "nudge" in one.found
    return bool(one.found & set(kinds)) and not harmful and "?" not in one.text and one.words > 2


def _to_thank_for(desk: _Desk) -> Favour | None:
    bearing = desk.bearing
    if bearing.overdue:
        return bearing.overdue[0]
    today = desk.case.today
    recent = [f for f in bearing.received if (today - f.day).days <= THANK_AGAIN_WITHIN and f.size >= 1.5]
    if recent and (desk.plan.kind == "tips" or desk.asking.weight.total > 7 or not recent[-1].thanked):
        return recent[-1]
    return None


def _thanked(desk: _Desk, favour: Favour, key: str) -> str:
    done = wording.done(desk.lang, favour.what)
    return line(desk.lang, key, done=done, when=when(desk.lang, favour, desk.case))


def when(lang: str, favour: Favour, case: Case) -> str:
    """The month of a favour as one says it in a letter, if it is neither fresh nor long past."""
    days = (case.today - favour.day).days
    if not 21 <= days <= 330:
        return ""
    month = wording.on_day(lang, favour.day.replace(day=1), favour.day).split()[-1]
    return line(lang, "month", month=month)


def _facts(desk: _Desk) -> list[str]:
    """Sentences of the draft that say something without asking, complaining or pressing."""
    if desk.spare:
        return [line(desk.lang, "friend.facts")] if desk.plan.kind == "friend" else []
    found: list[str] = []
    words = 0
    for one in desk.letter.body:
        plain = not (one.found & _NO_FACT) and not one.found & {"report_back", "loop_closing"}
        if not plain or "?" in one.text or one.words < 3 or cues.has("no_fact", one.text):
            continue
        if len(found) == MOST_FACTS or words + one.words > MOST_FACT_WORDS:
            break
        found.append(one.text if one.text[-1] in ".!…:)" else f"{one.text}.")
        words += one.words
    if desk.plan.kind == "friend":
        found.append(line(desk.lang, "friend.facts"))
    return found


def _asked(desk: _Desk) -> Iterator[str]:
    lang, kind, about = desk.lang, desk.plan.kind, desk.asking.about
    if kind == "friend":
        yield line(lang, "friend.ask")
    elif kind == "tips":
        contact = any(f.what == "contact_detail" for f in desk.bearing.received[-1:])
        yield line(lang, "tips.contact_detail" if contact else "tips.ask")
    elif kind == "interest":
        topic = naming.topic(lang, desk.case.draft) or next(iter(desk.case.profile.interests), "")
        yield line(lang, "interest.topic", topic=topic) if topic else line(lang, "interest.plain")
        yield line(lang, "interest.ask")
    else:
        if desk.plan.opened:
            yield _opened(desk)
        if kind == "same":
            yield _own_ask(desk) or line(lang, f"ask.{desk.plan.ask}", **_values(desk))
        else:
            yield from _advice(desk, words_for(about))


def _own_ask(desk: _Desk) -> str | None:
    """The draft's own ask, if it may stand as it is."""
    act, same = desk.asking.act, desk.asking.about
    if act is None or {"introduction": "specific_introduction"}.get(desk.plan.ask, desk.plan.ask) != same:
        return None
    blunt = (desk.case.reading.bluntness or 0) >= 0.5
    for one in desk.letter.body:
        inside = one.span[0] <= act.span[0] < one.span[1]
        if inside and not one.found & _HARM and not act.deadline_text and not blunt and "?" in one.text:
            return one.text
    return None if has(desk.lang, f"ask.{desk.plan.ask}") else act.text


def _advice(desk: _Desk, about: str) -> Iterator[str]:
    introduction = desk.asking.about == "specific_introduction" and desk.who
    key = "introduction" if introduction else about
    facts = " ".join(_facts(desk)).lower()
    known = bool(desk.place) and desk.place.partition(" ")[2].lower() in facts
    if not desk.plan.opened and has(desk.lang, f"context.{key}") and not known:
        yield line(desk.lang, f"context.{key}", **_values(desk))
    yield line(desk.lang, f"advice.{key}")


def _opened(desk: _Desk) -> str:
    if words_for(desk.asking.about) == "job" or desk.asking.about == "open_introduction":
        return line(desk.lang, "open.job", **_values(desk))
    return line(desk.lang, "open.other", asked=wording.asked(desk.lang, desk.asking.about))


def _values(desk: _Desk) -> dict[str, str]:
    return {"place": f" {desk.place}" if desk.place else "", "who": desk.who}


def _offer(desk: _Desk) -> list[str]:
    own = [one.text for one in desk.letter.body if _kept(one, "offer")][:1]
    if own or desk.plan.kind in ("friend", "tips"):
        return own
    offers = desk.case.profile.offers
    if offers and desk.asking.weight.total > 7:
        return [line(desk.lang, "offer", offer=offers[0].rstrip("."))]
    return []


def _way_out(desk: _Desk) -> str:
    own = [one.text for one in desk.letter.body if _kept(one, "easy_out")]
    if own:
        return own[0]
    return line(desk.lang, {"tips": "out_tips", "friend": "out_line"}.get(desk.plan.kind, "out"))


def _reminder(desk: _Desk) -> str:
    ask = desk.asking.reminding
    day = ask.at.date() if ask else desk.case.today
    return line(desk.lang, "remind", date=wording.on_day(desk.lang, day, desk.case.today))


def _declined(desk: _Desk) -> str:
    name = wording.short(desk.bearing.person.name) or wording.say(desk.lang, "someone")
    body = line(desk.lang, "decline.body", name=name)
    before = any(one.beneficiary == "third_party" for one in desk.bearing.asks)
    return f"{body} {line(desk.lang, 'decline.again', name=name)}" if before else body
