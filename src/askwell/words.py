"""The interface's words in the reader's language, by gettext: English, bokmål, nynorsk."""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import lru_cache
from importlib import resources

LANGUAGES = ("en", "nb", "nn")
_language: ContextVar[str] = ContextVar("askwell_language", default="en")


def set_language(code: str) -> None:
    """Choose the language of what is printed; anything unknown means English."""
    _language.set(code if code in LANGUAGES else "en")


def language() -> str:
    return _language.get()


@lru_cache(maxsize=4)
def _catalog(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    path = resources.files("askwell") / "locale" / code / "LC_MESSAGES" / "askwell.mo"
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def later(message: str, /) -> str:
    """A message that is named here, for the catalogues, and put through `say` where it is shown."""
    return message


def say(message: str, /, **values: object) -> str:
    """The message in the reader's language, with the values put in."""
    text = _catalog(language()).gettext(message)
    return text.format(**values) if values else text


def number(value: float) -> str:
    """A figure with the decimal sign of the reader's language: 4.5, or 4,5."""
    figure = f"{value:g}"
    return figure if language() == "en" else figure.replace(".", ",")


def quoted(words: str) -> str:
    """Somebody's own words in the quotation marks of the reader's language: “so”, or «slik»."""
    left, right = "“”" if language() == "en" else "«»"
    return f"{left}{words}{right}"


def say_many(one: str, many: str, count: int, /, **values: object) -> str:
    """The same with a number: `count` chooses between the two forms and may be used as {count}."""
    text = _catalog(language()).ngettext(one, many, count)
    return text.format(count=count, **values)
