"""`askwell read`: what a text asks, offers and thanks for. No history is needed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from askwell.errors import AskwellError
from askwell.text.read import read
from askwell.text.reading import Reading
from askwell.words import LANGUAGES, say

LONGEST = 200_000


def read_text(text: str, lang: str | None = None, on: date | None = None) -> Reading:
    """Read one text. Raises AskwellError if it is empty or too long."""
    if not text.strip():
        raise AskwellError(say("There is nothing to read."), say("Give a text with words in it."))
    if len(text) > LONGEST:
        raise AskwellError(
            say("The text is longer than {count} characters.", count=f"{LONGEST:,}"),
            say("Read a letter at a time."),
        )
    return read(text, lang=lang, on=on)


def read_lines(lines: Iterable[str], on: date | None = None) -> Iterator[str]:
    """JSON Lines `{"id", "text", "lang"?}` in, one reading a line out, in order.

    A line that cannot be read is answered with `{"id", "error"}`; empty lines are passed over.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(_answer(line, number, on), ensure_ascii=False)


def _answer(line: str, number: int, on: date | None) -> dict[str, object]:
    try:
        given = json.loads(line)
        text, lang = given["text"], given.get("lang")
        if not isinstance(text, str) or (lang is not None and lang not in LANGUAGES):
            raise TypeError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {"id": None, "error": f'line {number} is not {{"id", "text", "lang"?}} with lang en, nb or nn'}
    return {"id": given.get("id"), **read(text[:LONGEST], lang=lang, on=on).to_json()}
