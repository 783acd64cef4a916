"""Bluntness in the three languages, and the gentler way to put the same ask."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text.gentler import gentler
from askwell.text.wording import bluntness

PAIRS = [
    ("en", "Why won't you ever answer me?", "Could you let me know when you have a moment?"),
    ("en", "You need to fix this page now!!", "Hi Tom, would you mind having a look at this page? Thanks!"),
    ("en", "Did you even read what I sent?", "I was wondering if you have had time to read it."),
    ("nb", "Hvorfor svarer du aldri?", "Kunne du gitt meg et svar når det passer?"),
    ("nb", "Du må fikse dette nå!!", "Hei Tom, hadde du hatt mulighet til å se på dette? Takk!"),
    ("nb", "Send meg lista.", "Jeg hadde satt pris på om du kunne sende meg lista."),
    ("nb", "Vennligst send rapporten.", "Kunne du sendt meg rapporten, er du snill?"),
    ("nn", "Kvifor svarar du aldri?", "Kunne du gjeve meg eit svar når det høver?"),
    ("nn", "Du må ordne dette no!!", "Hei Tom, hadde du hatt høve til å sjå på dette? Takk!"),
    ("nn", "Send meg lista.", "Eg hadde sett pris på om du kunne sende meg lista."),
]


@pytest.mark.parametrize(("lang", "blunt", "courteous"), PAIRS)
def test_the_blunter_of_two_ways_to_ask_is_told(lang: str, blunt: str, courteous: str) -> None:
    assert bluntness(blunt, lang).value > bluntness(courteous, lang).value
    assert not bluntness(courteous, lang).rude_quarter


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("en", "Why don't you just send it?", "Why don't"),
        ("nb", "Hvorfor kan du ikke svare?", "Hvorfor kan du"),
        ("nn", "Kvifor kan du ikkje svare?", "Kvifor kan du"),
        ("en", "What are you doing??", "??"),
    ],
)
def test_the_rudest_quarter_shows_its_words(lang: str, text: str, words: str) -> None:
    found = bluntness(text, lang)
    assert found.rude_quarter
    assert words in [text[slice(*span)] for span in found.words]


@pytest.mark.parametrize(
    ("lang", "text", "gentle"),
    [
        ("en", "Send me the list now.", "Could you send me the list?"),
        ("en", "Why can't you introduce me to Ola?", "Could you introduce me to Ola?"),
        ("en", "You need to read my draft!", "Could you read my draft?"),
        ("en", "I want the address of your boss.", "Could I have the address of your boss?"),
        ("nb", "Send meg lista med en gang!", "Kunne du sende meg lista?"),
        ("nb", "Kan du ikke bare spørre sjefen din?", "Kunne du spørre sjefen din?"),
        ("nb", "Du må se på søknaden min.", "Kunne du se på søknaden min?"),
        ("nb", "Vennligst gi meg navnet hennes.", "Kunne du gi meg navnet hennes?"),
        ("nb", "Jeg vil ha nummeret hennes.", "Kunne jeg få nummeret hennes?"),
        ("nn", "Gje meg nummeret hennar.", "Kunne du gje meg nummeret hennar?"),
        ("nn", "Kvifor kan ikkje du sjå på søknaden min?", "Kunne du sjå på søknaden min?"),
    ],
)
def test_an_order_is_turned_into_a_question(lang: str, text: str, gentle: str) -> None:
    assert gentler(text, lang) == gentle
    assert bluntness(gentle, lang).value <= bluntness(text, lang).value


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Could you send me the list?"),
        ("en", "Send me the list, you promised it."),
        ("en", "Don't tell anyone."),
        ("en", "Send me the list and I'll do it myself."),
        ("nb", "Kunne du sendt meg lista?"),
        ("nb", "Hvorfor svarte du ikke?"),
        ("nb", "Ikke si det til noen."),
        ("nn", "Send meg lista, elles ringjer eg sjefen din."),
        ("en", ""),
    ],
)
def test_what_is_courteous_or_unsure_is_left_alone(lang: str, text: str) -> None:
    assert gentler(text, lang) is None


@given(st.text(max_size=300), st.sampled_from(["en", "nb", "nn"]))
def test_any_text_has_a_value_and_spans_inside_it(text: str, lang: str) -> None:
    found = bluntness(text, lang)
    assert 0 <= found.value <= 1
    assert all(0 <= start < end <= len(text) for start, end in found.words)
    gentler(text, lang)


@pytest.mark.parametrize("piece", ["why ", "you must ", "!?", "\n", "kan du ", "å"])
def test_a_megabyte_of_one_word_is_weighed_at_once(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    bluntness(text, "en")
    bluntness(text, "nb")
    gentler(text, "nb")
    assert time.process_time() - start < 10
