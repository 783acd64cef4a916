"""Words are found in their forms and in compounds, and in nothing that only looks like them."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text.forms import word


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("vindkraft", "vindkraftprosjektene"),
        ("vindkraft", "vindkraften"),
        ("turbiner", "turbin"),
        ("turbin", "turbinane"),
        ("rapporter", "rapporten"),
        ("bok", "bøker"),
        ("bøker", "bok"),
        ("kraft", "krefter"),
        ("rekneskap", "rekneskapsførar"),
        ("company", "companies"),
        ("women", "woman"),
        ("engineer", "engineers"),
        ("Bank", "bankrådgiver"),
    ],
)
def test_a_form_is_found(wanted: str, there: str) -> None:
    found = word(wanted)
    assert found.stands_in(there)
    assert there in found.irregular or there.startswith(tuple(found.beginnings))


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ("vind", "vindu"),
        ("bank", "bankett"),
        ("bok", "boksing"),
        ("mål", "mal"),
        ("lege", "legge"),
        ("company", "companion"),
        ("vindkraft", "vannkraft"),
    ],
)
def test_what_only_looks_alike_is_not(wanted: str, other: str) -> None:
    assert not word(wanted).stands_in(other)


@given(st.text(min_size=1, max_size=30))
def test_any_word_is_found_in_itself(text: str) -> None:
    found = word(text)
    assert found.stands_in(text.lower())
    assert text.lower() in found.among([text.lower(), "x"])


def test_dictionaries_are_loaded_for_nobody_else() -> None:
    code = (
        "import sys, askwell.app.check, askwell.app.today, askwell.app.who; print('simplemma' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
