"""A draft taken apart: greetings and closings as people write them."""

from __future__ import annotations

import pytest

from askwell.judge.letter import take_apart
from askwell.text.reading import Reading

GREETINGS = [
    ("Hi Kari,\n\nCould we talk?", "Hi Kari,"),
    ("Hei Kari! Har du tid?", "Hei Kari!"),
    ("Hei, Kari. Har du tid?", "Hei, Kari."),
    ("Hei Bård, Kine her fra 3C. Har du tid?", "Hei Bård,"),
    ("Hello again Fran, I loved it. More of it?", "Hello again Fran,"),
    ("Dear Mr. Boateng,\n\nI am writing to you.", "Dear Mr. Boateng,"),
    ("Dear Mr. Boateng, I am writing to you.", "Dear Mr. Boateng,"),
    ("Kjære Aud Helene\n\nGratulerer!", "Kjære Aud Helene"),
    ("Gode granne!\n\nTakk for sist.", "Gode granne!"),
    ("Kari,\nhar du tid?", "Kari,"),
    ("Hei du som kan så mykje! Har du tid?", ""),
    ("Kan du se på dette?", ""),
    ("", ""),
]
CLOSINGS = [
    ("Hi!\n\nCould we talk?\n\nBest,\nIngrid", "Best,\nIngrid"),
    (
        "Hei!\n\nHar du tid?\n\nMed vennlig hilsen\nIngrid Dahl\nNordlys AS",
        "Med vennlig hilsen\nIngrid Dahl\nNordlys AS",
    ),
    ("Hei!\n\nHar du tid?\n\nHelsing Ingrid", "Helsing Ingrid"),
    ("Hi!\n\nCould we talk?\n\nYours affectionately,\nDesmond", "Yours affectionately,\nDesmond"),
    ("Hei!\n\nHar du tid?\n\nDin tidligere stipendiat\nEyvind", "Din tidligere stipendiat\nEyvind"),
    ("Hei!\n\nHar du tid?\nIngrid", "Ingrid"),
    ("Hei!\n\nHar du tid?", ""),
    ("Hei! Har du tid? Helsing Gjermund", "Helsing Gjermund"),
    ("Hi! Do you have time? Many thanks, Ingrid", "Many thanks, Ingrid"),
    ("Could we talk?", ""),
    ("Could we talk? Thanks", ""),
]


@pytest.mark.parametrize(("draft", "greeting"), GREETINGS)
def test_greetings(draft: str, greeting: str) -> None:
    assert take_apart(draft, Reading("en")).greeting == greeting


@pytest.mark.parametrize(("draft", "closing"), CLOSINGS)
def test_closings(draft: str, closing: str) -> None:
    assert take_apart(draft, Reading("en")).closing == closing


@pytest.mark.parametrize("draft", [one for one, _ in GREETINGS + CLOSINGS])
def test_nothing_between_is_dropped(draft: str) -> None:
    letter = take_apart(draft, Reading("en"))
    parts = [letter.greeting, *(one.text for one in letter.body), letter.closing]
    assert "".join("".join(parts).split()) == "".join(draft.split())
    assert all(draft[one.span[0] : one.span[1]] == one.text for one in letter.body)
