"""HTML mail as lines: what is read, what is left out, and what stands in a quote."""

import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text import clean, html

GMAIL = (
    '<div dir="ltr">Hei Kari!<div><br></div><div>Kan du <b>hjelpe</b> meg&nbsp;med '
    '<a href="https://x.example">søknaden</a>?'
    "</div><ul><li>en</li><li>to</li></ul><p>Mvh<br>Anna</p></div><br>"
    '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">man. 3. mars 2025 kl. 10:12 skrev Kari &lt;'
    '<a href="mailto:k@x.example">k@x.example</a>&gt;:<br></div>'
    '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex"><div>Hei<br>du</div></blockquote></div>'
)
OUTLOOK = (
    "<html><head><style>p {color:red}</style><title>Sv</title></head><body><p>Ja, gjerne.</p><p>Anna</p>"
    '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr"><b>Fra:</b> Kari<br>'
    "<b>Sendt:</b> mandag 10:12<br>"
    "<b>Til:</b> Anna<br><b>Emne:</b> Lunsj</div><div><p>Lunsj i morgen?</p></div></body></html>"
)
THUNDERBIRD = (
    '<div class="moz-cite-prefix">Den 03.03.2025 10:12, skrev Kari:<br></div>'
    '<blockquote type="cite"><p>Kommer du?</p></blockquote><p>Ja.</p>'
    '<blockquote type="cite">Når?</blockquote><p>Klokka to.</p>'
)

Events = Callable[[str], Iterator[html.Event]]
PARSERS: dict[str, Events] = {"lexbor": html._lexbor_events, "standard": html._standard_events}


@pytest.fixture(params=PARSERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(html, "_events", PARSERS[request.param])
    return str(request.param)


@pytest.mark.usefixtures("parser")
def test_blocks_are_lines_and_quotes_are_marked() -> None:
    own = "Hei Kari!\n\nKan du hjelpe meg med søknaden?\n\n- en\n- to\n\nMvh\nAnna"
    assert html.own_part(GMAIL) == own
    text = html.to_text(GMAIL)
    assert text.startswith(own + "\n\n> man. 3. mars 2025 kl. 10:12 skrev Kari <k@x.example>:")
    assert text.endswith("> > Hei\n> > du")
    assert clean.own_words(text) == own


@pytest.mark.usefixtures("parser")
def test_what_outlook_puts_below_its_mark_is_a_quote() -> None:
    assert html.own_part(OUTLOOK) == "Ja, gjerne.\n\nAnna"
    assert "> Lunsj i morgen?" in html.to_text(OUTLOOK)
    assert clean.own_words(html.to_text(OUTLOOK)) == "Ja, gjerne.\n\nAnna"


@pytest.mark.usefixtures("parser")
def test_inline_replies_stay_between_the_quotes() -> None:
    assert html.own_part(THUNDERBIRD).split() == ["Ja.", "Klokka", "to."]
    assert clean.own_words(html.to_text(THUNDERBIRD)).split() == ["Ja.", "Klokka", "to."]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a<script>alert('x')</script>b", "ab"),
        ("<p>a <!-- hidden --> b</p>", "a b"),
        ('<span style="display: none">preheader</span>Hei', "Hei"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("&aring;&#230;&lt;", "åæ<"),
        ("<img src='https://track.example/x.gif' alt='logo'>Hei", "Hei"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<i>a</i><b>b</b>", "ab"),
        ("bare tekst", "bare tekst"),
        ("", ""),
        ("<<<>>", None),
    ],
)
def test_small_pieces(source: str, text: str | None) -> None:
    found = html.to_text(source)
    assert text is None or found == text


@given(st.text(alphabet="<>/ab \"'=&;!-p\n", max_size=200))
def test_any_html_gives_some_text(source: str) -> None:
    assert isinstance(html.to_text(source), str)
    assert isinstance(html.own_part(source), str)


HOSTILE = {
    "deep": "<div>" * 20_000 + "x",
    "deep and closed": "<div>" * 20_000 + "x" + "</div>" * 20_000,
    "deep quotes": "<blockquote>" * 20_000 + "x",
    "tables in tables": "<table><tr><td>" * 7_000 + "x",
    "five megabytes": "<p>hei</p>" * 20_000 + "x" * 5_000_000,
    "open signs": "<" * 200_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_html_is_read_in_reasonable_time(source: str) -> None:
    start = time.process_time()
    text = html.to_text(source)
    assert time.process_time() - start < 30
    assert len(text) <= html.LONGEST


def test_without_selectolax_the_standard_parser_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "find_spec", lambda _: None)
    assert html.own_part(GMAIL).startswith("Hei Kari!")
