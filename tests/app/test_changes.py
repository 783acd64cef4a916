"""Two texts side by side, and whom a line of recipients names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.app.addressees import MOST, addressees
from askwell.app.changes import Change, changes

TEXTS = st.text(st.sampled_from("ab .,\nåé<"), max_size=80) | st.text(max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_are_whole(one: str, other: str) -> None:
    found = changes(one, other)
    assert "".join(each.text for each in found if each.kind != "new") == one
    assert "".join(each.text for each in found if each.kind != "out") == other
    assert all(each.text for each in found)


def test_only_what_changed_is_shown_as_changed() -> None:
    found = changes(
        "Could you get him an interview?\n\nBest,\nIngrid", "May I ask a question?\n\nBest,\nIngrid"
    )
    assert found[-1] == Change("kept", "?\n\nBest,\nIngrid")
    assert found[0] == Change("out", "Could you get him an interview")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("kari", ("kari",)),
        ("kari, Tom Becker; OLA@x.example", ("kari", "Tom Becker", "ola@x.example")),
        ('"Nordmann, Kari" <Kari@nordlys.example>, tom', ("kari@nordlys.example", "tom")),
        ("Kari Nordmann <kari@nordlys.example>", ("kari@nordlys.example",)),
        (" ,; \n", ()),
        ("kari, kari", ("kari",)),
    ],
)
def test_recipients_are_taken_as_they_are_typed(line: str, wanted: tuple[str, ...]) -> None:
    assert addressees(line) == wanted


@given(st.text(st.sampled_from('a@,;"<> .\n'), max_size=200))
def test_no_line_of_recipients_is_too_strange(line: str) -> None:
    found = addressees(line)
    assert len(found) <= MOST
    assert all(found)
