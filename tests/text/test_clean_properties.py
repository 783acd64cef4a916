"""What holds for any text: length, newlines, no surprises, and the same result a second time."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.text import clean
from askwell.text.clean.technical import technical_runs

LINES = st.sampled_from(
    (
        "",
        "> quoted",
        ">> deeper",
        "On Mon, 3 Mar 2025 at 10:12, Anna <a@b.example> wrote:",
        "Anna wrote:",
        "Hei Kari,",
        "Kan du komme på tirsdag?",
        "Mvh",
        "Best,",
        "Anna Berg",
        "CEO, Nordlys AS",
        "+47 99 88 77 66",
        "a@b.example",
        "-- ",
        "--",
        "_" * 40,
        "Fra: Kari <k@x.example>",
        "Sendt: mandag 10:12",
        "Til: Anna",
        "Emne: Hei",
        "Sent from my iPhone",
        "-----Original Message-----",
        "To unsubscribe, click",
        "This email is confidential and intended for you",
        "PS: ja",
        "diff --git a/x b/x",
        "x = f(1);",
        "  ",
        "03/03/2025 10:12 AM",
        "unsubscribe http://x.example",
        "[...]",
        "Takk!\r",
    )
)
MAILS = st.lists(LINES, max_size=30).map("\n".join) | st.text(max_size=300)
PLAIN = st.lists(
    st.sampled_from(
        ("Hei!", "Kan du komme på tirsdag?", "Vi ses da, tenker jeg.", "", "Jeg kan ikke før klokka to.")
    ),
    min_size=1,
).map("\n".join)


@given(MAILS)
@settings(max_examples=400)
def test_a_mask_keeps_length_and_newlines(text: str) -> None:
    masked = clean.mask(text)
    assert len(masked) == len(text)
    assert all(
        a == b or (b == " " and a not in "\r\n")
        for a, b in zip(text, masked, strict=True)
        if a != b or a in "\n"
    )


@given(MAILS)
@settings(max_examples=400)
def test_a_masked_text_stays_as_it_is(text: str) -> None:
    masked = clean.mask(text)
    assert clean.mask(masked) == masked


@given(MAILS)
def test_zones_lie_in_order_inside_the_text(text: str) -> None:
    at = 0
    for zone in clean.zones(text):
        assert at <= zone.start < zone.end <= len(text)
        at = zone.end


@given(MAILS, MAILS)
def test_a_parent_never_breaks_anything(text: str, parent: str) -> None:
    assert len(clean.mask(text, parent=parent)) == len(text)


@given(PLAIN)
def test_a_quote_below_changes_nothing(text: str) -> None:
    assert clean.own_words(f"{text}\n\nOn Mon, Anna wrote:\n> quoted") == clean.own_words(text)


@given(MAILS)
def test_composed_and_decomposed_letters_are_read_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    if composed.isascii() or "å" in composed:
        assert unicodedata.normalize("NFC", clean.mask(decomposed)).split() == clean.mask(composed).split()


@given(st.lists(st.sampled_from(("x = f(1);", "Hei igjen.", "}", "", "> q", "y <- 2")), max_size=25))
def test_runs_of_code_are_found_by_looking_at_every_third_line(lines: list[str]) -> None:
    """The same as by looking at every line: own lines, blank ones apart, three or more in a row."""
    own = [bool(line) and line[0] != ">" for line in lines]
    live = [(i, own[i]) for i, line in enumerate(lines) if line]
    wanted: list[int] = []
    run: list[int] = []
    for i, mine in [*live, (-1, False)]:
        if mine and lines[i] in ("x = f(1);", "}", "y <- 2"):
            run.append(i)
        else:
            wanted += run if len(run) > 2 else ()
            run = []
    assert technical_runs(lines, live, {}) == wanted
