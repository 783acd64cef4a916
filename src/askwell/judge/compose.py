"""The sentences of a rewritten letter in their order: thanks, facts, one ask, an offer, a way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from askwell.judge import cues, naming, wording
from askwell.judge.asking import Asking
from askwell.judge.bearing import Bearing
from askwell.judge.case import Case
from askwell.judge.letter import Letter, Sentence
from askwell.judge.plan import Plan, words_for
from askwell.judge.templates import has, line
from askwell.ledger.favours import Favour
from askwell.text.reading import Reading

MOST_FACTS = 3
MOST_FACT_WORDS = 60
THANK_AGAIN_WITHIN = 365
_WANT_WORDS = 50
_OWN_PARAGRAPH = 12

_NO_FACT = frozenset(
    (
        *("ask", "nudge", "decline", "grant", "hold", "offer", "thanks", "apology"),
        *("third_party_ask", "hidden_goal", "contact_fishing", "entitlement_press"),
        *("pressure", "urgency", "minimiser", "debt_guilt", "easy_out"),
    )
)
_FIRST_PERSON = re.compile(r"(?:I|I'm|I've|My|We|Our|Jeg|Min|Mitt|Mine|Vi|Vår|Eg|Me|Mitt)\b")
_GOING_ON = ("and ", "but ", "so ", "or ", "also ", "og ", "men ", "så ", "eller ")
_ADVANCE = {
    "en": ("thanks in advance", "thank you in advance"),
    "nb": ("tusen takk på forhånd", "på forhånd takk", "takk på forhånd"),
    "nn": ("tusen takk på førehand", "på førehand takk", "takk på førehand"),
}
HARM = _NO_FACT - {"ask", "nudge", "decline", "grant", "hold", "offer", "thanks", "apology", "easy_out"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk while a letter is written.

    `plain` asks in our words; `facts` is how many sentences of the draft are taken over at most.
    """

    case: Case
    bearing: Bearing
    asking: Asking
    letter: Letter
    plan: Plan
    lang: str
    place: str
    who: str
    plain: bool = False
    facts: int = MOST_FACTS

    @property
    def about_words(self) -> str:
        """The words of the draft that ask."""
        return asking_words(self.case.reading)


def asking_words(reading: Reading) -> str:
    """The sentences of a draft that ask: where they name a place or a field, that is meant."""
    texts = {act.span: act.text for act in reading.asks} | {one.span: one.text for one in reading.patterns}
    return " | ".join(texts[span] for span in sorted(texts))


def written(desk: Desk) -> str:
    """The whole letter, paragraph by paragraph, with a line end."""
    if desk.plan.kind == "decline":
        return _paragraphs(line(desk.lang, "friend_greeting"), _declined(desk), "", _closing(desk))
    if desk.plan.kind == "remind":
        return _paragraphs(_greeting(desk), _reminder(desk), "", _closing(desk))
    before = _thanks(desk)
    facts, asked = " ".join(_facts(desk)), " ".join(_asked(desk))
    after = [*_offer(desk), _way_out(desk)]
    words = sum(len(one.split()) for one in (*before, facts, asked, *after))
    if words < _WANT_WORDS and not before:
        after.append(line(desk.lang, "end"))
    apart = len(facts.split()) >= _OWN_PARAGRAPH
    middle = (facts, asked) if apart else (f"{facts} {asked}".strip(),)
    return _paragraphs(_greeting(desk), " ".join(before), *middle, " ".join(after), _closing(desk))


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _greeting(desk: Desk) -> str:
    if desk.letter.greeting:
        return desk.letter.greeting
    return hello(desk.lang, desk.bearing)


def hello(lang: str, bearing: Bearing) -> str:
    """A greeting by first name, or without a name where only an address is known."""
    name = wording.short(bearing.person.name)
    return line(lang, "greeting", name=name) if name and "@" not in name else line(lang, "greeting_nobody")


def _closing(desk: Desk) -> str:
    closing = desk.letter.closing
    advance = _advance(desk.lang)
    if advance.search(closing):
        return advance.sub(line(desk.lang, "closing"), closing).replace(".", "").replace("!", "")
    return closing


@lru_cache(maxsize=3)
def _advance(lang: str) -> re.Pattern[str]:
    return cues.words_pattern(_ADVANCE[lang])


def _thanks(desk: Desk) -> list[str]:
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
    if desk.plan.kind == "tips" and desk.asking.refused:
        told.insert(0, line(desk.lang, "tips.honest"))
    return told


def _kept(one: Sentence, *kinds: str) -> bool:
    harmful = one.found & HARM or "ask" in one.found or "nudge" in one.found
    return bool(one.found & set(kinds)) and not harmful and "?" not in one.text and one.words > 2


def _to_thank_for(desk: Desk) -> Favour | None:
    bearing = desk.bearing
    if bearing.overdue:
        return bearing.overdue[0]
    today = desk.case.today
    recent = [f for f in bearing.received if (today - f.day).days <= THANK_AGAIN_WITHIN and f.size >= 1.5]
    if desk.asking.refused is not None:
        return None
    if recent and (desk.plan.kind == "tips" or desk.asking.weight.total > 7 or not recent[-1].thanked):
        return recent[-1]
    return None


def _thanked(desk: Desk, favour: Favour, key: str) -> str:
    done = wording.done(desk.lang, favour.what)
    return line(desk.lang, key, done=done, when=when(desk.lang, favour, desk.case))


def when(lang: str, favour: Favour, case: Case) -> str:
    """The month of a favour as one says it in a letter, if it is neither fresh nor long past."""
    days = (case.today - favour.day).days
    if not 21 <= days <= 330:
        return ""
    month = wording.on_day(lang, favour.day.replace(day=1), favour.day).split()[-1]
    return line(lang, "month", month=month)


def _facts(desk: Desk) -> list[str]:
    """Sentences of the draft that say something without asking, complaining or pressing."""
    return [_whole(one.text) for one in _plain_ones(desk)]


def _plain_ones(desk: Desk) -> list[Sentence]:
    harsh = bool(desk.asking.patterns & HARM)
    most = min(desk.facts, 2 if harsh else MOST_FACTS)
    body = desk.letter.body
    until = next((n for n, one in enumerate(body) if one.found & (HARM | {"ask", "nudge"})), len(body))
    found = _run_of_facts(body[:until], most, desk.plan.kind == "tips")
    if not found and not harsh:
        # The reason may stand after the ask; then only what speaks of the writer is taken.
        found = [one for one in _run_of_facts(body[until:], most) if _FIRST_PERSON.match(one.text)]
    return found


def _run_of_facts(body: tuple[Sentence, ...], most: int, sour: bool = False) -> list[Sentence]:
    found: list[Sentence] = []
    words, kept_before = 0, True
    for one in body if most else ():
        plain = not one.found & (_NO_FACT | {"report_back", "loop_closing"}) and one.words > 2
        plain = plain and "?" not in one.text and not cues.has("no_fact", one.text)
        plain = plain and not (sour and cues.has("sour", one.text))
        hangs = not kept_before and cues.starts("anaphora", one.text)
        kept_before = plain and not hangs
        if not kept_before or words + one.words > MOST_FACT_WORDS:
            continue
        found.append(one)
        words += one.words
        if len(found) == most:
            break
    return found


def _whole(text: str) -> str:
    """A sentence as one writes it: a capital first, a full stop last."""
    text = text[:1].upper() + text[1:]
    return f"{text}." if text[-1].isalnum() or text[-1] in ",;" else text


def _asked(desk: Desk) -> Iterator[str]:
    lang, kind, about = desk.lang, desk.plan.kind, desk.asking.about
    if kind == "friend":
        told = any(cues.has("friend", one) for one in _facts(desk))
        yield line(lang, "friend.told" if told else "friend.facts")
        yield line(lang, "friend.ask")
    elif kind == "tips":
        contact = any(f.what == "contact_detail" for f in desk.bearing.received[-1:])
        contact = contact and not desk.plain and not _facts(desk)
        refused = desk.asking.refused is not None
        if not refused and not _thanks(desk):
            yield line(lang, "busy")
        yield line(lang, "tips.elsewhere" if refused else "tips.contact_detail" if contact else "tips.ask")
    elif kind == "interest":
        topic = naming.topic(lang, desk.about_words) or next(iter(desk.case.profile.interests), "")
        yield line(lang, "interest.topic", topic=topic) if topic else line(lang, "interest.plain")
        yield line(lang, "interest.ask")
    else:
        if desk.plan.opened:
            yield _opened(desk)
        if kind == "same":
            ours = has(lang, f"ask.{desk.plan.ask}") and (bool(desk.who) or desk.plan.ask != "introduction")
            own = None if desk.plain and ours else _own_ask(desk)
            step_down = words_for(about) == "job" and not own and not desk.plan.opened
            context = list(_context(desk, "job")) if step_down else []
            yield from context
            key = f"ask.{desk.plan.ask}" if ours else "advice.other"
            place = "" if context or desk.plan.opened or not desk.place else f" {desk.place}"
            yield own or line(lang, key, place=place, who=desk.who)
        else:
            yield from _advice(desk, words_for(about))


def _own_ask(desk: Desk) -> str | None:
    """The draft's own ask, if it may stand as it is."""
    act, same = desk.asking.act, desk.asking.about
    if act is None or {"introduction": "specific_introduction"}.get(desk.plan.ask, desk.plan.ask) != same:
        return None
    blunt = (desk.case.reading.bluntness or 0) >= 0.5
    for one in desk.letter.body:
        inside = one.span[0] <= act.span[0] < one.span[1]
        whole = one.text.endswith("?") and not one.text.lower().startswith(_GOING_ON)
        if inside and whole and not one.found & HARM and not act.deadline_text and not blunt:
            return one.text
    return None


def _advice(desk: Desk, about: str) -> Iterator[str]:
    key = desk.plan.ask if desk.plan.ask in ("job", "other") else about
    if key == "introduction" and not desk.who:
        key = "other"
    context = [] if desk.plan.opened else list(_context(desk, key))
    yield from context
    told = key == "job" and not context and not desk.plan.opened
    yield line(desk.lang, "advice.introduction" if told else f"advice.{key}")


def _context(desk: Desk, key: str) -> Iterator[str]:
    """What the ask is about, in one sentence, unless the facts tell it or nothing more is known."""
    if key == "job" and desk.place:
        key = "job_there"
    facts = " ".join(_facts(desk)).lower()
    told = bool(desk.place) and desk.place.partition(" ")[2].lower() in facts
    told = told or (key.startswith("job") and cues.has("job_told", facts))
    told = told or (key == "reference" and cues.has("aim_reference", facts))
    needs_who = key == "introduction"
    if has(desk.lang, f"context.{key}") and not told and not (needs_who and desk.plan.kind == "same"):
        yield line(desk.lang, f"context.{key}", **_values(desk))


def _opened(desk: Desk) -> str:
    if "job" in (desk.plan.ask, words_for(desk.asking.about)) or desk.asking.about == "open_introduction":
        return line(desk.lang, "open.job", **_values(desk))
    return line(desk.lang, "open.other", asked=wording.asked(desk.lang, desk.asking.about))


def _values(desk: Desk) -> dict[str, str]:
    return {"place": f" {desk.place}" if desk.place else "", "who": desk.who}


def _offer(desk: Desk) -> list[str]:
    own = [one.text for one in desk.letter.body if _kept(one, "offer")][:1]
    if own or desk.plan.kind in ("friend", "tips"):
        return own
    offer = _fitting(desk.case.profile.offers, desk.lang)
    if not offer or desk.asking.weight.total <= 7:
        return []
    key = "offer_own" if _FIRST_PERSON.match(offer) else "offer"
    return [line(desk.lang, key, offer=offer.rstrip("."))]


def _fitting(offers: tuple[str, ...], lang: str) -> str:
    """The first offer in the letter's language; a few words are in either Norwegian."""
    from askwell.text.language import guess  # only where an offer is made

    near = ("en",) if lang == "en" else ("nb", "nn", "da")
    for offer in offers:
        if guess(offer)[0] in near:
            return offer
    return ""


def _way_out(desk: Desk) -> str:
    own = [one.text for one in desk.letter.body if _kept(one, "easy_out")]
    if own:
        return own[0]
    return line(desk.lang, {"tips": "out_tips", "friend": "out_line"}.get(desk.plan.kind, "out"))


def _reminder(desk: Desk) -> str:
    ask = desk.asking.reminding
    day = ask.at.date() if ask else desk.case.today
    return line(desk.lang, "remind", date=wording.on_day(desk.lang, day, desk.case.today))


def _declined(desk: Desk) -> str:
    name = wording.short(desk.bearing.person.name) or wording.say(desk.lang, "someone")
    body = line(desk.lang, "decline.body", name=name)
    before = any(one.beneficiary == "third_party" for one in desk.bearing.asks)
    return f"{body} {line(desk.lang, 'decline.again', name=name)}" if before else body
