"""From bytes to a message: the fast parser and the standard library agree, and nothing breaks them."""

import contextlib
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.sources import mail, mail_standard
from askwell.sources.mail import UnreadableError, parse

FULL = b"""\
From: =?utf-8?q?K=C3=A5re_Vik?= <Kare@X.no>\r
To: "Dahl, Ingrid" <i@x.no>, =?utf-8?q?Dahl=2C_Per?= <per@x.no>\r
Cc: undisclosed:;, b@x.no\r
Subject: =?iso-8859-1?q?p=E5?= =?iso-8859-1?q?_h=F8st?=\r
 en\r
Date: Mon, 4 Mar 2024 11:20:34 +0100\r
Message-ID: <a@b>\r
In-Reply-To: <z@y>\r
References: <x@y>\r
 <z@y>\r
Content-Type: text/plain; charset=iso-8859-1\r
\r
Hei p\xe5 deg\r
"""


def with_header(line: str, body: str = "x") -> bytes:
    return f"From: a@b.no\nDate: Mon, 4 Mar 2024 11:20:34 +0000\n{line}\n\n{body}\n".encode()


def test_a_message_is_read_whole() -> None:
    message = parse(FULL)
    assert message.id == "a@b"
    assert message.at == datetime(2024, 3, 4, 10, 20, 34, tzinfo=UTC)
    assert (message.sender, message.to, message.cc) == ("kare@x.no", ("i@x.no", "per@x.no"), ("b@x.no",))
    assert message.subject in {"på høsten", "på høst en"}
    assert message.text == "Hei på deg"
    assert (message.reply_to, message.references) == ("z@y", ("x@y", "z@y"))
    assert dict(message.names) == {"kare@x.no": "Kåre Vik", "i@x.no": "Dahl, Ingrid", "per@x.no": "Dahl, Per"}


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        ("edd at debian.org (Dirk Ed)", "edd@debian.org", "Dirk Ed"),
        ("edd @end|ng |rom deb|@n@org (Dirk Ed)", "edd@deb|@n@org", "Dirk Ed"),
        ("x.y at uni.at (Y, X (x.y at uni.at))", "x.y@uni.at", "Y, X (x.y at uni.at)"),
        ('"Dahl, Ingrid" <I.Dahl@X.NO>', "i.dahl@x.no", "Dahl, Ingrid"),
        ("i@x.no", "i@x.no", ""),
    ],
)
def test_senders_are_found_in_all_their_forms(written: str, address: str, name: str) -> None:
    data = f"From: {written}\nDate: Mon, 4 Mar 2024 11:20:34 +0000\n\nx".encode()
    message = parse(data)
    assert message.sender == address
    assert dict(message.names).get(address, "") == name


def test_without_a_message_id_the_words_are_the_id() -> None:
    one, same, other = (parse(with_header("Subject: s", body)) for body in ("a", "a", "b"))
    assert one.id == same.id != other.id
    assert one.id.startswith("hash:")


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("List-Id: <r.example.org>", "list"),
        ("List-Unsubscribe: <mailto:x>", "list"),
        ("Precedence: bulk", "bulk"),
        ("Auto-Submitted: auto-generated", "automatic"),
        ("Auto-Submitted: auto-replied", ""),
        ("Content-Type: text/calendar; method=REQUEST", "calendar"),
        ("Subject: hello", ""),
    ],
)
def test_mail_that_is_not_between_people_is_known(header: str, why: str) -> None:
    assert parse(with_header(header)).bulk == why


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00" * 100, b"From: a@b.no\n\nno date", b"Date: x\n\ny"])
def test_what_is_no_mail_says_why(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"no sender|no date"):
        parse(data)


def test_html_alone_becomes_text() -> None:
    message = parse(
        with_header("Content-Type: text/html", "<p>Hei <b>Kari</b></p><script>x()</script><p>Takk</p>")
    )
    assert message.text.split() == ["Hei", "Kari", "Takk"]


def test_hostile_mail_is_read_in_little_time() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000))
    hostile = [
        with_header("Content-Type: multipart/mixed; boundary=b", "") + b"--b\n" + deep + b"text",
        with_header("\n".join(f"X-{n}: y" for n in range(20_000))),
        with_header("References: " + " ".join(f"<{n}@x>" for n in range(50_000))),
        with_header("To: " + ", ".join(f"a{n}@x.no" for n in range(20_000))),
        with_header("Subject: " + "=?utf-8?q?=C3?=" * 10_000),
        with_header("To: " + "(" * 50_000),
        with_header("To: " + '"' * 50_001),
    ]
    started = time.process_time()
    for data in hostile:
        parse(data)
    assert time.process_time() - started < 50


@given(st.binary(max_size=400))
def test_any_bytes_are_a_message_or_unreadable(data: bytes) -> None:
    for backend in (None, mail_standard.parts):
        with contextlib.suppress(UnreadableError):
            parse(data, backend)


names = st.text(st.characters(codec="utf-8", categories=["L", "Zs"]), min_size=1, max_size=12)


@given(names, st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=80))
def test_the_two_parsers_agree(name: str, body: str) -> None:
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"] = f"{name.strip() or 'N'} <a@b.no>".replace(",", " ")
    made["To"] = "c@d.no"
    made["Date"] = "Mon, 4 Mar 2024 11:20:34 +0000"
    made["Message-ID"] = "<1@x>"
    made["Subject"] = name.strip()
    made.set_content(body)
    data = made.as_bytes()
    fast, standard = parse(data), parse(data, mail_standard.parts)
    assert fast == standard


def test_without_the_fast_parser_the_standard_library_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    whole = parse(FULL)
    monkeypatch.setitem(sys.modules, "askwell.sources.mail_fast", None)
    assert mail.best_parts(FULL).addresses == {}
    assert parse(FULL).sender == whole.sender
    assert parse(FULL).text == whole.text


def test_the_demo_mailbox_is_read_alike(examples: Path) -> None:
    from askwell.sources import mbox
    from askwell.sources.record import Raw

    items = [item for item in mbox.SOURCE.read(examples / "demo.mbox") if isinstance(item, Raw)]
    assert len(items) >= 10
    for item in items:
        assert parse(item.data) == parse(item.data, mail_standard.parts)
