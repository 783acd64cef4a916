"""Good news that somebody tells of themselves, and what is none."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.judge.offering import speaks_of
from askwell.text.news import news
from askwell.text.sentences import split


def kinds(text: str, lang: str) -> list[str]:
    return [one.kind for one in news(text, lang, split(text))]


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "I've just got a new job in Leeds.", "job"),
        ("en", "I start as a curator in March.", "job"),
        ("en", "Our daughter was born on Sunday.", "baby"),
        ("en", "My paper has been accepted.", "book"),
        ("en", "We have finally bought a house.", "home"),
        ("nb", "Jeg fikk jobben hos kommunen.", "job"),
        ("nb", "Boka mi er ute!", "book"),
        ("nb", "Vi vant innovasjonsprisen.", "prize"),
        ("nn", "Eg har levert avhandlinga.", "exam"),
        ("nn", "Me har fått ein son.", "baby"),
        ("nn", "Eg byrjar som lærar til hausten.", "job"),
    ],
)
def test_news_is_found(lang: str, text: str, kind: str) -> None:
    assert kinds(f"Hello there. {text}", lang) == [kind]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "I hope to get a new job."),
        ("en", "If I get the job, I will tell you."),
        ("en", "I did not get the job."),
        ("en", "I start at nine on Monday."),
        ("en", "Have you got the job?"),
        ("en", "Congratulations on your new job!"),
        ("nb", "Jeg begynner å bli lei på jobben."),
        ("nb", "Jeg begynner i dag."),
        ("nb", "Jeg fikk ikke jobben."),
        ("nn", "Kanskje eg får ny jobb."),
        ("nn", "Gratulerer med ny jobb!"),
    ],
)
def test_what_did_not_happen_is_no_news(lang: str, text: str) -> None:
    assert kinds(text, lang) == []


def test_letters_have_words_for_every_kind() -> None:
    file = resources.files("askwell.text") / "lexicons" / "news.toml"
    for kind in set(tomllib.loads(file.read_text("utf-8"))) - {"not"}:
        assert all(speaks_of(kind, lang) for lang in ("en", "nb", "nn")), kind


@given(st.text(max_size=300), st.sampled_from(["en", "nb", "nn"]))
def test_any_text_gives_its_own_words(text: str, lang: str) -> None:
    for one in news(text, lang, split(text)):
        assert text[slice(*one.span)] == one.text
