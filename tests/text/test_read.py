"""The reader on texts of our own, in three languages: what must be found, and what must not."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.text.clean import mask
from askwell.text.read import MOST_SENTENCES, borne, read, read_dated, read_many
from askwell.text.reading import ABOUTS, BENEFICIARIES, PATTERNS, POSITIVES

HARMFUL = [
    ("third_party_ask", "en", "My cousin is out of work. Could you get her a job in your department?"),
    ("third_party_ask", "en", "I told my flatmate that you'd put in a word for him with your boss."),
    ("third_party_ask", "nb", "Kan du skaffe søsteren min en jobb på avdelingen din?"),
    ("third_party_ask", "nb", "Nevøen min leter etter læreplass. Kan du ta ham inn hos dere?"),
    ("third_party_ask", "nn", "Kan du skaffe syster mi ein jobb på avdelinga di?"),
    ("contact_fishing", "en", "Who do you know in banking? Send me a list of all your contacts there."),
    ("contact_fishing", "nb", "Hvem kjenner du i bank? Send meg gjerne en liste over alle kontaktene dine."),
    ("contact_fishing", "nn", "Kven kjenner du i bank? Send meg gjerne ei liste over alle kontaktane dine."),
    ("entitlement_press", "en", "You promised to get me that interview. Why haven't you called them yet?"),
    ("entitlement_press", "nb", "Du lovte å skaffe meg det intervjuet. Hvorfor har du ikke ringt dem ennå?"),
    ("entitlement_press", "nn", "Du lova å skaffe meg det intervjuet. Kvifor har du ikkje ringt dei enno?"),
    ("hidden_goal", "en", "Tell her it's about the survey, but what I really want is a job there."),
    ("hidden_goal", "nb", "Si at det gjelder undersøkelsen, men det jeg egentlig vil ha, er en jobb der."),
    ("debt_guilt", "en", "After everything I've done for you, this is the least you can do."),
    ("debt_guilt", "nb", "Etter alt jeg har gjort for deg, er dette det minste du kan gjøre."),
    ("minimiser", "en", "It will only take you five minutes."),
    ("pressure", "nb", "Jeg tar ikke nei for et nei."),
]

HARMLESS = [
    ("en", "My cousin got the job on her own and starts on Monday."),
    ("en", "Could you send the drawings to my colleague Anna?"),
    ("en", "Could you tell your sister that the bicycle is ready?"),
    ("en", "I told my brother that I wouldn't ask you."),
    ("en", "Thank you for the names of the suppliers."),
    ("en", "As promised, here are the minutes."),
    ("en", "The bridge was finished in 1932 and painted green."),
    ("nb", "Søsteren min fikk jobben helt selv og begynner på mandag."),
    ("nb", "Kan du sende tegningene til kollegaen min Anna?"),
    ("nb", "Som lovet kommer referatet her."),
    ("nb", "Brua sto ferdig i 1932 og ble malt grønn."),
    ("nn", "Syster mi fekk jobben heilt sjølv og byrjar på måndag."),
    ("nn", "Som lova kjem referatet her."),
    ("nn", "Brua stod ferdig i 1932 og vart måla grøn."),
]

LETTER = """Hi Ann,

Thanks for the coffee on Friday, it was lovely to see you.

My nephew Tom has just finished law school and is looking for something in the City. Could you get him a job
at your firm? I've told him that you'd help.

Best,
Jo"""


@pytest.mark.parametrize(("name", "lang", "text"), HARMFUL)
def test_harmful_asks_are_found(name: str, lang: str, text: str) -> None:
    assert name in {pattern.id for pattern in read(text, lang=lang).patterns}


@pytest.mark.parametrize(("lang", "text"), HARMLESS)
def test_what_only_looks_like_it_is_left_alone(lang: str, text: str) -> None:
    assert read(text, lang=lang).patterns == ()


def test_a_letter_is_read_with_its_context() -> None:
    reading = read(LETTER)
    assert reading.language == "en"
    assert "third_party_ask" in {pattern.id for pattern in reading.patterns}
    ask = next(act for act in reading.asks if "Could you get him" in act.text)
    assert (ask.beneficiary, ask.favour) == ("third_party", True)
    assert ask.size is not None and ask.size >= 5
    assert "thanks" in reading.positive


def test_a_quoted_ask_is_not_the_writers_own() -> None:
    quoted = "\n".join("> " + line for line in LETTER.splitlines())
    reading = read("No, I would rather not.\n\nOn 3 Nov 2026 at 10:00, Jo <jo@example.org> wrote:\n" + quoted)
    assert reading.patterns == ()


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "Thank you so much for reading my draft last week.", "thanks"),
        ("nb", "Tusen takk for at du leste utkastet mitt.", "thanks"),
        ("nn", "Tusen takk for at du las utkastet mitt.", "thanks"),
        ("en", "No worries if you're too busy, I'd quite understand.", "easy_out"),
        ("nb", "Si gjerne nei, det er helt greit.", "easy_out"),
        ("nn", "Sei gjerne nei, det er heilt greitt.", "easy_out"),
        ("nb", "Si fra hvis du trenger hjelp med flyttingen, så stiller jeg gjerne.", "offer"),
    ],
)
def test_good_wording_is_seen(lang: str, text: str, wanted: str) -> None:
    assert wanted in read(text, lang=lang).positive


def plain(text: str, lang: str) -> tuple[object, ...]:
    reading = read(text, lang=lang)
    return (
        tuple((act.act, act.about, act.beneficiary, act.favour) for act in reading.acts),
        tuple(pattern.id for pattern in reading.patterns),
        reading.positive,
    )


@pytest.mark.parametrize(("lang", "text"), [each[1:] for each in HARMFUL])
def test_spelling_variants_change_nothing(lang: str, text: str) -> None:
    wanted = plain(text, lang)
    assert plain(unicodedata.normalize("NFD", text), lang) == wanted
    assert plain(text.replace("'", "’"), lang) == wanted
    assert plain(text.upper(), lang) == wanted
    assert plain(text.replace("å", "aa").replace("ø", "oe").replace("æ", "ae"), lang) == wanted
    assert plain("🙂 " + text, lang) == wanted


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "nb", "nn"]))
def test_any_text_is_read_with_exact_spans(text: str, lang: str) -> None:
    reading = read(text, lang=lang)
    for found in (*reading.acts, *reading.patterns, *reading.positives):
        start, end = found.span
        assert text[start:end] == found.text
        assert found.text.strip()
    for act in reading.asks:
        assert act.about in ABOUTS
        assert act.beneficiary in BENEFICIARIES
        assert act.size is not None and 0 <= act.size <= 10
    assert {pattern.id for pattern in reading.patterns} <= set(PATTERNS)
    assert set(reading.positive) <= set(POSITIVES)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(HARMFUL), st.sampled_from(HARMLESS))
def test_one_reading_is_as_good_as_another(harmful: tuple[str, str, str], harmless: tuple[str, str]) -> None:
    texts = [harmful[2], harmless[1]]
    assert read_many(texts, lang=harmful[1]) == [read(text, lang=harmful[1]) for text in texts]


def test_endless_letters_are_read_to_a_limit() -> None:
    reading = read("Could you help my nephew? " * 5_000)
    assert len(reading.acts) <= 2 * MOST_SENTENCES


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00", "🙂", "?", "…" * 300])
def test_empty_and_odd_texts(text: str) -> None:
    assert read(text).patterns == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Is that all you can do?"),
        ("nb", "Jeg har allerede sagt til dem at du sier ja."),
        ("nn", "Eg har alt sagt til dei at du seier ja."),
    ],
)
def test_a_remark_that_presses_asks_a_favour(lang: str, text: str) -> None:
    acts = read(text, lang=lang).acts
    assert [(act.act, act.favour) for act in acts] == [("ask", True)]


def test_a_text_that_is_blanked_already_is_read_alike() -> None:
    text = "Hei! Kunne du tenke deg å være referanse for meg?\n\nDen 1. mai skrev Kari:\n> Kan du hjelpe?\n"
    assert read(mask(text), masked=True) == read(text)


def test_letters_that_are_weighed_together_are_read_as_each_by_itself() -> None:
    day = date(2026, 3, 4)
    texts = [text for _, _, text in HARMFUL] + [text for _, text in HARMLESS]
    texts += [
        "",
        "Hi.",
        "The boat is in.\n" * 90,
        f"{texts[0]}\n\n{texts[1]}\n\nCould you send it by Friday?",
    ]
    alone = [read(text, on=day, masked=True) for text in texts]
    assert list(read_dated((text, day) for text in texts)) == alone


@pytest.mark.parametrize(
    ("pattern", "sure", "asked", "favour", "told"),
    [
        ("entitlement_press", 0.99, True, False, False),
        ("entitlement_press", 0.70, True, True, True),
        ("entitlement_press", 0.70, False, False, False),
        ("entitlement_press", 0.80, False, False, True),
        ("urgency", 0.99, False, False, False),
        ("urgency", 0.99, False, True, True),
    ],
)
def test_a_letter_bears_what_its_asks_bear(
    pattern: str, sure: float, asked: bool, favour: bool, told: bool
) -> None:
    assert borne(pattern, sure, asked=asked, favour=favour) is told
