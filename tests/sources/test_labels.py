"""Gmail's labels in Takeout: what is in the trash is no letter, what was sent shows whose mail it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.app.owner import propose
from askwell.sources import labels
from askwell.sources.mail import UnreadableError, parse

MAIL = (
    "From: {sender}\nTo: {to}\nX-GM-THRID: 1790\nX-Gmail-Labels: {labels}\n"
    "Date: Mon, 4 Mar 2024 11:20:34 +0000\n\nhei\n"
)


def mail(said: str, sender: str = "kari@x.no", to: str = "i@y.no") -> bytes:
    return MAIL.format(labels=said, sender=sender, to=to).encode()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Inbox,Important,Opened", ""),
        ("Sendt,Viktig", ""),
        ("Spam,Unread", "marked as spam"),
        ("Søppelpost", "marked as spam"),
        ("=?UTF-8?Q?S=C3=B8ppelpost,Ulest?=", "marked as spam"),
        ("=?utf-8?B?UGFwaXJrdXJ2?=", "in the trash"),
        ("Papirkorg,\n Opna", "in the trash"),
        ("Utkast", "a draft"),
        ("Drafts", "a draft"),
        ("Spam reports, Trash collection", ""),
        ("=?broken?Q?", ""),
        ("", ""),
    ],
)
def test_labels_in_the_language_of_the_account(said: str, why: str) -> None:
    if not why:
        assert parse(mail(said)).text == "hei"
        return
    with pytest.raises(UnreadableError, match=why):
        parse(mail(said))


def test_whose_mail_it_is_is_told_by_what_was_sent(tmp_path: Path) -> None:
    """Also where a newsletter is in more of the mail than its owner's own address."""
    head = b"From 1790123456789012345@xxx Mon Mar 04 11:20:34 +0000 2024\n"
    received = [mail("Innboks", f"p{n}@x.no", "list@z.no") for n in range(9)]
    box = tmp_path / "All mail.mbox"
    box.write_bytes(b"".join(head + one + b"\n" for one in (*received, mail("Sendt", "i@y.no", "k@x.no"))))
    found = propose([box])
    assert found
    assert (found.address, found.messages) == ("i@y.no", 10)


@given(st.binary(max_size=300))
def test_any_header_is_read(data: bytes) -> None:
    labels.roles(labels.of(b"X-Gmail-Labels: " + data))
    labels.roles(data.decode("utf-8", "replace"))
