"""Languages are told apart, and the sender's habit decides where words do not."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text import language

KNOWN = {
    "en": (
        "Could you tell me how the interviews went last week?",
        "I am sorry for the late answer, things have been busy here.",
        "Would you have half an hour for a coffee in May?",
    ),
    "nb": (
        "Jeg lurer på om du har tid til en kaffe i neste uke.",
        "Hun spurte hvordan det gikk med søknaden, og jeg visste ikke hva jeg skulle si.",
        "Takk for hjelpen! Det betyr mye for meg at du tok deg tid.",
    ),
    "nn": (
        "Eg lurer på om du har tid til ein kaffi i neste veke.",
        "Ho spurde korleis det gjekk med søknaden, og eg visste ikkje kva eg skulle seie.",
        "Takk for hjelpa! Det betyr mykje for meg at du tok deg tid.",
    ),
    "da": (
        "Jeg ville høre, om du kunne hjælpe mig med noget i næste uge.",
        "Hvad synes du om opgaven? Jeg har ikke fået svar på mine spørgsmål endnu.",
    ),
    "sv": (
        "Jag undrar om du har tid för en kaffe nästa vecka.",
        "Tack för hjälpen, det betyder mycket för mig och alla andra här.",
    ),
    "de": (
        "Ich wollte fragen, ob Sie nächste Woche Zeit für ein Gespräch haben.",
        "Vielen Dank für Ihre Hilfe, das war wirklich sehr freundlich von Ihnen.",
    ),
    "other": (
        "Bonjour, pourriez-vous me dire où se trouve votre bureau, s'il vous plaît ?",
        "Hola, me gustaría saber si tiene tiempo para hablar conmigo mañana.",
    ),
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in KNOWN.items() for text in texts])
def test_a_sentence_is_known_by_its_words(name: str, text: str) -> None:
    found, sure = language.guess(text)
    assert found == name
    assert 0.3 < sure <= 1.0


@pytest.mark.parametrize(
    ("name", "wanted"), [("en", "en"), ("nb", "nb"), ("nn", "nn"), ("da", "nb"), ("sv", "nb"), ("de", "en")]
)
def test_every_language_is_read_as_the_nearest_of_three(name: str, wanted: str) -> None:
    assert {language.identify(text) for text in KNOWN[name]} == {wanted}


@pytest.mark.parametrize("usual", ["en", "nb", "nn"])
def test_short_texts_are_as_usual(usual: str) -> None:
    assert language.identify("Takk for sist!", usual=usual) == usual
    assert language.identify("", usual=usual) == usual
    assert language.identify("OK 👍", usual=usual) == usual


def test_clear_words_win_over_the_habit() -> None:
    assert language.identify(KNOWN["en"][0], usual="nb") == "en"
    assert language.identify(KNOWN["nn"][1], usual="nb") == "nn"
    assert language.identify(KNOWN["nb"][1], usual="nn") == "nb"


def test_words_that_both_norwegians_share_count_as_bokmaal_or_as_usual() -> None:
    shared = "Hei Kari, kan du sende meg brevet?"
    assert language.identify(shared) == "nb"
    assert language.identify(shared, usual="nn") == "nn"


def test_a_foreign_language_is_read_as_the_sender_usually_writes() -> None:
    assert language.identify(KNOWN["other"][0], usual="nn") == "nn"


@pytest.mark.parametrize("text", ["", "  \n", "12:30 – 14:00", "https://x.example/jeg/ikke", "👍"])
def test_no_words_are_no_language(text: str) -> None:
    assert language.guess(text) == ("other", 0.0)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    found, sure = language.guess(text)
    assert found in KNOWN
    assert 0.0 <= sure <= 1.0
    assert language.identify(text) in ("en", "nb", "nn")


def test_the_model_is_small_and_whole() -> None:
    data = files("askwell.text").joinpath("data", "language.bin").read_bytes()
    assert len(data) < 600_000
    model = language.read_model(data)
    assert model.languages == tuple(KNOWN)
    assert len(model.table) == len(model.places) * len(model.languages) * 4


def test_a_letter_of_a_megabyte_is_read_from_its_start() -> None:
    assert language.identify("Eg veit ikkje kva eg skal seie. " * 40_000) == "nn"
    assert language.guess("x" * 1_000_000) == ("other", 0.0)


@given(st.text(alphabet=st.sampled_from("abå@:/w. \n\t\x1c\u2003"), max_size=60))
def test_addresses_are_left_out_whole(text: str) -> None:
    without = re.sub(r"\S*(?:://|@|www\.)\S*", " ", text)
    assert language.words_of(text) == re.findall(r"[^\W\d_]+", without.lower())


@pytest.mark.parametrize("name", ["en", "nb", "nn", "da", "sv", "de"])
def test_blanks_cost_no_words(name: str) -> None:
    """A masked letter may be blank for pages before its first word."""
    for text in KNOWN[name]:
        masked = "\n".join([" " * 70] * 200) + "\n" + text.replace(" ", "   ")
        assert language.guess(masked) == language.guess(text)


@pytest.mark.parametrize("name", ["en", "nb", "nn", "da", "sv", "de"])
def test_a_long_letter_is_judged_by_words_from_all_of_its_beginning(name: str) -> None:
    letter = " ".join(KNOWN[name] * 12)
    assert language.guess(letter)[0] == name
    mostly = "The minutes of last week are attached. " + letter
    assert language.guess(mostly)[0] == name
