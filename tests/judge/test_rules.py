"""Every built-in rule: complete, honest in its words, and true to its own examples."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from pathlib import Path

import pytest

from askwell.errors import AskwellError
from askwell.judge.case import LEVELS
from askwell.judge.examples import run
from askwell.judge.packs import LANGUAGES, ROOM, Rule, Rules, parse_rule
from askwell.judge.record import CHECKS
from askwell.text.read import read
from askwell.text.reading import Reading

RULES = Rules()
IDS = RULES.ids()
UNSAYABLE = re.compile(
    r"\bow(?:e|es|ed|ing)\b|\bdebts?\b|\bbalance\b|\bscores?\b|\bskyld\w*|\bgjeld\b|\bsaldo\w*|ghost\w*|\blost\b"
    r"|\bdeleted\b|\bguilt\w*|\bchance of\b|\bdårlig samvittighet\b|\bdårleg samvit\b|\bsjanse(?:n)? for\b"
    r"|\bmist(?:et|a)\b|\bslett(?:et|a)\b|\blead\b|\bpipeline\b|\bpoeng\w*\b",
    re.IGNORECASE,
)
VALUES = dict.fromkeys(
    ("name", "stage", "asked", "earlier", "done", "date", "until", "count", "other"), "Kari"
)


@lru_cache(maxsize=1)
def everything_said() -> list[tuple[str, str]]:
    """Every text that a user may read: rules, verdicts, letters."""
    said = []
    for id in IDS:
        for lang, text in RULES.get(id).texts.items():
            said += [(f"{id} [{lang}]", one) for one in (text.title, text.message, text.why, text.suggest)]
    for folder in ("words", "letters", "requests"):
        for file in sorted(Path(str(resources.files("askwell.judge") / folder)).rglob("*.toml")):
            said += [
                (f"{folder}/{file.name}", line.partition("=")[2])
                for line in file.read_text("utf-8").splitlines()
                if "=" in line and not line.startswith(("#", "begins ="))
            ]
    return said


def by_hand(draft: str, lang: str) -> Reading:
    return read(draft, lang=lang or None)


@pytest.mark.parametrize("id", IDS)
def test_a_rule_is_complete(id: str) -> None:
    rule = RULES.get(id)
    assert rule.level in LEVELS and rule.reason and rule.source
    assert rule.fires and rule.silent
    for lang in LANGUAGES:
        text = RULES.text(rule, lang)
        for one in (text.title, text.message, text.why, text.suggest):
            assert one.format(**VALUES)
        assert not text.title.endswith(".") and not text.title[0].isupper()
        for one in (text.message, text.why, text.suggest):
            assert one.endswith((".", "»."))


@pytest.mark.parametrize("id", IDS)
def test_a_rule_speaks_the_language_of_its_reader(id: str) -> None:
    for lang in LANGUAGES:
        text = RULES.text(RULES.get(id), lang)
        words = set(re.findall(r"\w+", f"{text.message} {text.why} {text.suggest}".lower()))
        marks = {
            "en": {"the", "a", "it", "you", "of"},
            "nb": {"det", "ikke", "som", "du", "er"},
            "nn": {"det", "ikkje", "som", "du", "er"},
        }
        assert words & marks[lang], (id, lang)
        if lang == "nn":
            assert not words & {"ikke", "noe", "jeg", "hva", "hvem", "fra", "en", "et"}, (id, words)
        if lang == "nb":
            assert not words & {"ikkje", "noko", "eg", "kva", "kven", "frå", "ein", "eit"}, (id, words)


@pytest.mark.parametrize("id", [id for id in IDS if id.startswith("record/") or "/wording/" in id])
def test_a_rule_is_true_to_its_examples(id: str) -> None:
    assert run(RULES.get(id), RULES, by_hand) == []


def test_each_pattern_has_a_rule_in_each_language_and_each_check_one() -> None:
    for lang in LANGUAGES:
        for pattern in ROOM:
            assert [rule for rule in RULES.on_pattern(lang, pattern) if rule.pattern == pattern]
    assert {RULES.get(id).check for id in IDS if id.startswith("record/")} == set(CHECKS)


def test_nothing_that_is_read_speaks_of_what_is_owed() -> None:
    wrong = [(where, text) for where, text in everything_said() if UNSAYABLE.search(text)]
    assert wrong == []


GOOD = """
kind = "words"
words = ["asap"]
level = "note"
reason = "It hurries."
source = "own"
[en]
title = "it hurries"
message = "This hurries."
why = "Nobody likes to be hurried."
suggest = "Leave it out."
"""


def test_a_rule_of_ones_own_is_read_and_speaks() -> None:
    rule = parse_rule(GOOD, "en/wording/asap")
    assert isinstance(rule, Rule) and rule.words == ("asap",)
    assert rule in Rules((rule,)).on_words("en")
    assert Rules((rule,)).text(rule, "nb").title == "it hurries"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("level =", "levl ="), r'own\.toml:4: unknown key "levl"; did you mean "level"\?'),
        (('"note"', '"nota"'), r'own\.toml:4: level "nota" is unknown; did you mean "note"\?'),
        (("suggest =", "sugest ="), r'own\.toml:11: unknown key "sugest"; did you mean "suggest"\?'),
        (("[en]", "[eng]"), r'own\.toml:7: unknown key "eng"'),
        (('kind = "words"', 'kind = "pattern"'), r"`pattern` is missing"),
        (("words = [", "words = "), r"own\.toml:3: this is not TOML"),
        (('reason = "It hurries."', ""), r"`reason` is missing"),
        (('why = "Nobody likes to be hurried."', ""), r"own\.toml:7: \[en\] has no `why`"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(change: tuple[str, str], said: str) -> None:
    with pytest.raises(AskwellError, match=said) as caught:
        parse_rule(GOOD.replace(*change), "en/wording/asap", "own.toml")
    assert caught.value.hint


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(AskwellError, match="no rule en/none"):
        RULES.get("en/none")
