"""What Askwell says: every message in three languages, with the same gaps, and in words that do no harm."""

import ast
import gettext
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from upkeep import catalogues, facts
from upkeep.catalogues import LANGUAGES, LOCALE, Message, compiled, found, parse, path_of, template

from askwell import words
from askwell.ledger.entries import SAID_KINDS
from askwell.ledger.person import STAGES
from askwell.settings import MEANINGS
from askwell.store.memory import MemoryStore
from askwell.text import reading

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "askwell"
MEND = "run: .venv/bin/python -m upkeep words"
UNWELCOME = {
    "en": r"ow(?:e|es|ed|ing)|debts?|indebted|balances?|scor(?:e|es|ed|ing)|leads?|pipelines?|ghost\w*"
    r"|lost|loses?|deleted?|favou?r bank",
    "nb": r"skyld\w*|gjeld|saldo\w*|poeng\w*|ghost\w*|tapt|mistet|slettet",
    "nn": r"skuld\w*|skyld\w*|gjeld\w*|saldo\w*|poeng\w*|ghost\w*|tapt|mista|sletta",
}
"""Words that a user should never read: nobody's help is counted here, and nobody is said to have gone."""


def catalogue(language: str) -> dict[str, Message]:
    return parse(path_of(language).read_text("utf-8"))


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def toml_texts(table: object) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict | list):
        for one in table.values() if isinstance(table, dict) else table:
            yield from toml_texts(one)


def rule_texts(language: str) -> Iterator[str]:
    for path in sorted((SRC / "rules").rglob("*.toml")):
        yield from toml_texts(tomllib.loads(path.read_text("utf-8")).get(language, {}))


def said(language: str) -> Iterator[str]:
    """All that a user can read in this language."""
    if language == "en":
        for message in found().values():
            yield from (message.one, message.many)
        yield from MEANINGS.values()
        yield facts.commands()
    else:
        for one in catalogue(language).values():
            yield from one.said
    for folder in ("words", "letters"):
        yield from toml_texts(tomllib.loads((SRC / f"judge/{folder}/{language}.toml").read_text("utf-8")))
    yield from rule_texts(language)


def test_the_template_holds_the_messages_of_the_source() -> None:
    assert (LOCALE / "askwell.pot").read_text("utf-8") == template(), MEND


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    had = catalogue(language)
    assert [one for one in found() if not had.get(one, Message(one)).translated] == [], MEND
    assert set(had) - {""} == set(found()), MEND


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_compiled_from_its_text(language: str) -> None:
    text = path_of(language).read_text("utf-8")
    assert path_of(language).with_suffix(".mo").read_bytes() == compiled(parse(text)), MEND
    assert template(language, parse(text)) == text, MEND


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_gaps_of_the_message(language: str) -> None:
    known = catalogue(language)
    for one in found().values():
        *few, most = known[one.one].said
        assert gaps(most) == gaps(one.many or one.one), one.one
        assert all(gaps(form) <= gaps(most) for form in few), one.one


@pytest.mark.parametrize("language", LANGUAGES)
def test_pythons_own_gettext_reads_the_catalogue(language: str) -> None:
    with path_of(language).with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    for one in catalogue(language).values():
        if not one.translated:
            continue
        if one.many:
            assert [read.ngettext(one.one, one.many, n) for n in (1, 2)] == list(one.said)
        elif one.one:
            assert read.gettext(one.one) == one.said[0]


@pytest.mark.parametrize("language", ("en", *LANGUAGES))
def test_nothing_a_user_reads_counts_favours_or_declares_anybody_gone(language: str) -> None:
    unwelcome = re.compile(rf"\b(?:{UNWELCOME[language]})\b", re.IGNORECASE)
    assert [text for text in said(language) if unwelcome.search(text)] == []


@pytest.mark.parametrize("text", ["You owe Kari thanks.", "Your score is 3.", "A new lead"])
def test_the_list_of_unwelcome_words_can_find_one(text: str) -> None:
    assert re.search(rf"\b(?:{UNWELCOME['en']})\b", text, re.IGNORECASE)


def test_what_the_command_line_names_has_a_name() -> None:
    from askwell.doors.cli.names import NAMES

    kinds = (reading.ACTS, reading.ABOUTS, reading.BENEFICIARIES, reading.PATTERNS, reading.POSITIVES)
    shown = {one for kind in kinds for one in kind} | {*STAGES, *SAID_KINDS, *MemoryStore().counts()}
    assert shown - set(NAMES) == set()


def test_errors_of_the_verbs_are_in_the_readers_language() -> None:
    bare = []
    for path in (*(SRC / "app").rglob("*.py"), *(SRC / "doors").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "AskwellError":
                bare += [(path.name, ast.unparse(one)) for one in call.args if own_words(one)]
    assert bare == []


def own_words(node: ast.expr) -> bool:
    """If an f-string has words of its own: those must go through `say`."""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return any(re.search(r"[A-Za-z]", str(one.value)) for one in parts if isinstance(one, ast.Constant))


def test_messages_come_in_the_chosen_language() -> None:
    try:
        words.set_language("nb")
        assert words.say("Done.") == "Ferdig."
        assert words.say_many("{count} new person.", "{count} new people.", 3) == "3 nye personer."
        assert words.quoted("{Hei}") == "«{Hei}»"
        words.set_language("xx")
        assert words.quoted("Hi") == "“Hi”"
        assert words.say("Done.") == "Done."
    finally:
        words.set_language("en")


def test_messages_are_found_where_they_are_said() -> None:
    source = (
        "from askwell.words import say\n"
        "say('A {x}', x=1)\n"
        "other.say('B')\n"
        "say(name)\n"
        "Skipped(w, f'C: {e}')\n"
        "AskwellError(f'D {e}', 'E')\n"
    )
    assert list(catalogues._in_module(ast.parse(source))) == [("A {x}", ""), ("C", ""), ("E", "")]


def test_messages_are_found_in_templates() -> None:
    page = (
        "{% block main %}<p title=\"{{ say('A {x}', x=one.x) }}\">{{ say(name) }}</p>"
        '{% if x %}{{ say_many("{count} day", "{count} days", n) }}{% endif %}{% endblock %}{{ other("B") }}'
        "{% macro m() %}{{ f(say('C')) }}{% endmacro %}"
    )
    wanted = [("A {x}", ""), ("{count} day", "{count} days"), ("C", "")]
    assert list(catalogues._in_template(page)) == wanted


def test_a_template_says_nothing_of_its_own() -> None:
    """No words outside `say`, but names that are the same in all languages."""
    bare = []
    for path in SRC.rglob("templates/*.html"):
        text = re.sub(
            r"{#.*?#}|{%.*?%}|{{.*?}}|<(?:style|code|kbd)[^>]*>.*?</\w+>",
            " ",
            path.read_text("utf-8"),
            flags=re.S,
        )
        text = re.sub(r"<[^>]*>|&\w+;|\bAskwell\b", " ", text)
        bare += [(path.name, word) for word in re.findall(r"[^\W\d_]{2,}", text)]
    assert bare == []


def test_text_survives_a_catalogue() -> None:
    said = {'a "b"\n\\c': Message('a "b"\n\\c', said=("d\\n\n«e»",))}
    block = catalogues._block(next(iter(said.values())))
    assert parse(block)['a "b"\n\\c'].said == ("d\\n\n«e»",)
