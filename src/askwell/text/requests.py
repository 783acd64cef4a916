"""What a mail that wants one's contacts says of the friend it asks for, of why, and what may be passed on.

Plain patterns over the writer's own words (`lexicons/requests.toml`); what they do not find stays empty and
is asked for. Linear in the text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from askwell.text.reading import Reading, Span
from askwell.text.sentences import split

_LONGEST = 6_000
_CAP = r"[A-ZÆØÅ][\w'’-]{1,30}"
_NAME = rf"{_CAP}(?: {_CAP}){{0,2}}"
_QUOTED = re.compile(r"[\"“«]([^\"”»\n]{40,900}(?:\n[^\"”»\n]{1,900}){0,8})[\"”»]")
_INFO = ("info", "advice", "tip", "routine_work", "other")


@dataclass(frozen=True, slots=True)
class Friend:
    """For whom a mail asks: the name, if it tells one, and what the writer calls them ("my flatmate")."""

    name: str = ""
    words: str = ""


def friend(text: str, lang: str) -> Friend:
    """Whom the writer asks for; empty where the mail does not say."""
    head = text[:_LONGEST]
    mine, named = _friend(lang)
    for match in named.finditer(head):
        name = next((one for one in match.groups() if one), "").strip(" ,.")
        if name and name.split()[0] not in _data()["no_name"].split():
            kin = mine.search(match.group())
            return Friend(name, kin.group() if kin else "")
    kin = mine.search(head)
    return Friend("", kin.group()) if kin else Friend()


def purpose_words(text: str, asking: Span | None, lang: str) -> str:
    """The sentence that says what for: one with a reason in it, next to the one that asks; else that one.

    What stands in quotes is somebody else's word, or a text to pass on, and is passed over.
    """
    head = text[:_LONGEST]
    quoted = [match.span() for match in _QUOTED.finditer(head)]
    spans = [(a, b) for a, b in split(head) if b - a > 8 and not _inside((a, b), quoted)]
    at = next((n for n, (a, b) in enumerate(spans) if asking and a < asking[1] and asking[0] < b), 0)
    pattern = _pattern("why", lang)
    found = [n for n, (a, b) in enumerate(spans) if pattern.search(text, a, b)]
    if not found:
        return text[asking[0] : asking[1]] if asking else ""
    others = [n for n in found if n != at] or found
    a, b = spans[min(others, key=lambda n: (abs(n - at), n))]
    return text[a:b].strip(' "“”«»')


def _inside(span: Span, quoted: list[Span]) -> bool:
    return any(a < span[1] - 1 and span[0] < b - 1 for a, b in quoted)


def question(text: str, reading: Reading, asking: Span | None) -> str:
    """The one specific question that the mail has for the one who would be asked, if it has one: a question
    for information, beside the asking for a way to them."""
    favours = [act.span for act in reading.acts if act.act == "ask" and act.about not in _INFO]
    if asking:
        favours.append(asking)
    for a, b in split(text[:_LONGEST]):
        apart = not any(a < end and start < b for start, end in favours)
        if text[b - 1] == "?" and apart and _of_substance(text[a:b], reading.language):
            return text[a:b]
    return ""


def learn_and_job(text: str, lang: str) -> bool:
    """Whether a mail speaks both of learning and of a job, a contract or the like: the stated purpose may
    hide another (MODEL.md 3.7). "Her job" is what there is to learn about, and no other purpose."""
    low = text[:_LONGEST].lower()
    rest = _pattern("work", lang).sub(" ", low)
    return (
        _pattern("learn", lang).search(low) is not None and _pattern("career", lang).search(rest) is not None
    )


def secret(text: str, lang: str) -> bool:
    """Whether a mail says that something is not to be told, or not what it seems."""
    return _pattern("secret", lang).search(text[:_LONGEST]) is not None


def blurb(text: str, lang: str) -> str:
    """The text that may be passed on as it is: what stands in quotes, if the mail says so; else what it says
    of such a text. Empty if there is none."""
    head = text[:_LONGEST]
    said = _pattern("blurb", lang).search(head)
    quoted = _QUOTED.search(head)
    if said and quoted:
        return quoted.group(1)
    return said.group() if said else ""


def _of_substance(words: str, lang: str) -> bool:
    """Whether a question asks for something that can be known, of nobody in particular."""
    fair = 5 <= len(words.split()) <= 40 and _pattern("asks", lang).search(words) is not None
    return fair and not _pattern("courtesy", lang).search(words)


@lru_cache(maxsize=2)
def _data() -> dict[str, str]:
    file = resources.files("askwell.text") / "lexicons/requests.toml"
    return {name: str(value) for name, value in tomllib.loads(file.read_text("utf-8")).items()}


@lru_cache(maxsize=4)
def _pattern(name: str, lang: str) -> re.Pattern[str]:
    return re.compile(_data()[f"{name}_{'en' if lang == 'en' else 'no'}"], re.I)


@lru_cache(maxsize=2)
def _friend(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a writer calls somebody of theirs; and the same with a name, or a name that the mail gives."""
    which = "en" if lang == "en" else "no"
    kin = rf"\b{_data()[f'kin_{which}'].replace('PEOPLE', _data()[f'people_{which}'])}\b"
    given, link = _data()[f"given_{which}"], _data()[f"link_{which}"]
    named = rf"{kin}(?:,|{link})? ({_NAME})|\b(?i:{given}) ({_NAME})\b"
    return re.compile(kin), re.compile(named)
