"""The first letter towards an aim: what to ask of this person, at the size the relationship bears."""

from __future__ import annotations

from dataclasses import dataclass

from askwell.judge import cues, wording
from askwell.judge.compose import hello
from askwell.judge.line import Line
from askwell.judge.standing import Standing
from askwell.judge.templates import has, line
from askwell.ledger.person import Profile
from askwell.text.fold import fold, tokens
from askwell.text.frames import lexicon
from askwell.text.sizes import BASE

ROUTES = {
    "job": ("referral", "advice", "tip"),
    "learn": ("chat", "advice", "tip"),
    "introduction": ("specific_introduction", "advice", "tip"),
    "reference": ("reference", "advice", "tip"),
}
"""What serves an aim, the largest step first (MODEL.md 3.8)."""

_FOR = frozenset({"for", "til", "aat"})
_WHOSE = frozenset(
    {"my", "our", "a", "an", "one", "of", "best", "good", "close", "old", "little", "big"}
    | {
        "min",
        "mi",
        "mitt",
        "mine",
        "vaar",
        "en",
        "ei",
        "ein",
        "et",
        "eit",
        "god",
        "beste",
        "gamle",
        "naer",
        "lille",
    }
)
_AT = {"en": "at", "nb": "hos", "nn": "hos"}


@dataclass(frozen=True, slots=True)
class Aim:
    """What the user wants to get to: a kind of ROUTES, at which firm or place, and about what."""

    kind: str
    place: str = ""
    topic: str = ""


def aim_of(text: str) -> str:
    """The kind of an aim in the user's words; to learn is the usual one."""
    if cues.has("aim_reference", text):
        return "reference"
    if cues.has("aim_job", text):
        return "job"
    return "introduction" if cues.has("aim_introduction", text) else "learn"


def for_another(text: str) -> bool:
    """Whether an aim is somebody else's: "a job for my brother", "praksisplass til ei venninne"."""
    words = tokens(fold(text))
    for at, word in enumerate(words):
        if word in _FOR and any(_someone(word) for word in _until(words[at + 1 :])):
            return True
    return False


def _until(words: list[str]) -> list[str]:
    """The next person named: at most four words on, past "my best" and the like, not past another noun."""
    return words[: 1 + next((n for n, one in enumerate(words[:3]) if one not in _WHOSE), 3)]


def _someone(word: str) -> bool:
    return any({"KIN", "FRIEND"} & set(lexicon(lang).of_word(word)) for lang in ("en", "nb", "nn"))


def step_for(aim: Aim, found: Standing | Line) -> str:
    """The largest step towards the aim that the relationship bears; a tip where it bears nothing larger."""
    most = BASE[found.bears] if found.bears else 0.0
    return next((step for step in ROUTES[aim.kind] if BASE[step] <= most), "tip")


def too_much(aim: Aim, found: Standing | Line) -> str:
    """The next larger step, which the relationship does not bear yet; or nothing."""
    steps = ROUTES[aim.kind]
    at = steps.index(step_for(aim, found))
    return steps[at - 1] if at else ""


def first_letter(aim: Aim, step: str, found: Standing, profile: Profile, lang: str) -> str:
    """A short letter: thanks that are due, the user's interest, one ask, an easy way out. It states only
    what the ledger and the user have said; the user fills in the rest."""
    bearing = found.bearing
    middle = []
    if bearing.overdue or found.thank:
        favour = (*found.thank, *bearing.overdue)[0]
        middle.append(line(lang, "thanks", done=wording.done(lang, favour.what), when=""))
    key = {"specific_introduction": "introduction", "tip": "advice"}.get(step, step)
    if aim.kind == "job":
        middle.append(line(lang, "context.job_there" if aim.place else "context.job", place=_at(lang, aim)))
    elif aim.topic and step in ("chat", "advice", "tip"):
        middle.append(line(lang, "interest.topic", topic=aim.topic))
    middle.append(_ask(lang, key, aim))
    body = (" ".join(middle), line(lang, "out"), line(lang, "closing") + "\n" + (profile.name or "…"))
    return "\n\n".join((hello(lang, bearing), *body)) + "\n"


def _ask(lang: str, key: str, aim: Aim) -> str:
    if key == "introduction":
        return line(lang, "ask.introduction", who=aim.topic or "…")
    if has(lang, f"ask.{key}"):
        return line(lang, f"ask.{key}", place=_at(lang, aim))
    return line(lang, "interest.ask" if aim.kind == "learn" else "advice.job")


def _at(lang: str, aim: Aim) -> str:
    """The place with a space and its preposition in the letter's language."""
    return f" {_AT[lang]} {aim.place}" if aim.place else ""
