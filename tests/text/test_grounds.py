"""Large things are read only where words bear them: mail about packages asks for no jobs."""

from __future__ import annotations

import pytest

from askwell.text.grounds import offered, stand, together, wished
from askwell.text.read import read

LARGE = {
    "job",
    "interview",
    "referral",
    "reference",
    "forward_cv",
    "specific_introduction",
    "open_introduction",
}
PLAIN = [
    "Hi all,\n\nThe build of my package fails on one platform. Any suggestions for a fix that I can take?",
    "Is anyone else seeing this warning since the upgrade?",
    "Just make sure that the exported names differ, and put them all into one file.",
    "In general you can put the files into your own directories below the source folder.",
    "Should I also refer to the other functions within my own module?",
    "How can I give a reference to the page on parallel loops?",
    "When can we expect to see builds for the new compiler?",
    "Skal jeg sende deg det jeg fant?",
    "Skal eg sende deg det eg fann?",
]
ASKED = [
    ("en", "job", "Could you find me a job in your department?", ""),
    (
        "en",
        "job",
        "Is there anything for me?",
        "I saw the two openings on your page. Is there anything for me?",
    ),
    ("nb", "interview", "Kan du skaffe ham et intervju?", ""),
    ("en", "reference", "Would you be a reference for me?", ""),
    ("en", "specific_introduction", "Could you put in a line to Mireille at the bank?", ""),
    ("nb", "specific_introduction", "Tror du at jeg kunne fått snakke med Petter i fondet?", ""),
    ("nn", "open_introduction", "Kjenner du nokon som driv med vindkraft?", ""),
    ("en", "open_introduction", "Do you know anyone who works with bees?", ""),
    ("en", "open_introduction", "Who should I talk to about this?", ""),
]


@pytest.mark.parametrize("text", PLAIN)
def test_technical_mail_asks_for_nothing_large(text: str) -> None:
    found = read(text)
    assert not [act.about for act in found.acts if act.about in LARGE]
    assert not [act for act in found.acts if act.act == "introduction_made"]


@pytest.mark.parametrize(("lang", "about", "words", "letter"), ASKED)
def test_what_is_asked_in_so_many_words_stands(lang: str, about: str, words: str, letter: str) -> None:
    assert stand(about, words, letter or words, lang)


@pytest.mark.parametrize(
    "words",
    [
        "checking if there is a namespace ...",
        "Here is a dump of the Price Table",
        "I have a function A which calls a function B.",
        "Oops, forgot to cc the list.",
    ],
)
def test_a_line_of_output_introduces_nobody(words: str) -> None:
    assert not together(words, "en")


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("Ruth, meet Zainab, who is mapping the old parishes.", "en"),
        ("Copying in Elspeth here.", "en"),
        ("I've put you both in a thread.", "en"),
        ("Elin, hils på Mahdi.", "nb"),
        ("Ane og Bård, de bør kjenne kvarandre!", "nn"),
    ],
)
def test_people_are_brought_together(words: str, lang: str) -> None:
    assert together(words, lang)


def test_an_offer_in_the_form_of_a_question() -> None:
    found = read("Hei! Jeg har prøvd metoden på egne data. Skal jeg sende deg det jeg fant?")
    assert [act.act for act in found.acts if act.text.startswith("Skal")] == ["offer"]
    assert offered("Shall I send\nyou the notes?", "en")
    assert not offered("Should I send you my CV?", "en")
    assert not offered("Skal jeg sende deg søknaden min?", "nb")


@pytest.mark.parametrize(
    "text",
    [
        "I hope you find somebody good for the job.",
        "I hope you enjoy the new position.",
        "Jeg håper dere finner en god vikar til jobben.",
        "Eg håpar de finn ein god vikar til jobben.",
    ],
)
def test_a_wish_is_no_ask(text: str) -> None:
    assert [act for act in read(text).acts if act.act == "ask"] == []


@pytest.mark.parametrize("text", ["I hope you find me a job there.", "Jeg håper du finner en jobb til meg."])
def test_a_wish_for_oneself_may_be_one(text: str) -> None:
    assert not wished(text, "en" if text.startswith("I") else "nb")


def test_a_question_beside_a_brother_asks_nothing_for_him() -> None:
    letter = "Hi Tom, my brother is coming to Oslo in June and I'd love to show him the harbour. "
    letter += "Which museum would you pick? Ingrid"
    assert "third_party_ask" not in [one.id for one in read(letter).patterns]
    harm = "Hi Tom, my brother is looking for his first job. Could you get him an interview?"
    assert "third_party_ask" in [one.id for one in read(harm).patterns]
