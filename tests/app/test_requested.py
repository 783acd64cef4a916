"""Many mails looked through at once: the same as one by one, and as if none had been seen before."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from askwell.app import requested as room
from askwell.app.desk import Desk, open_desk
from askwell.app.requested import requested_in, requests_among
from askwell.ledger.entries import Message
from askwell.store.contract import Kept
from askwell.text.clean import mask
from askwell.text.read import read

TEXTS = (
    "Could you introduce me to Ola Vik at Havvind? I would like to learn about wind power.",
    "The meeting is moved to Friday at ten.",
    "Kan du sette meg i kontakt med Kari hos Nordlys? Jeg vil gjerne spørre om sensorer.",
    "Thank you for the report, it was a great help.",
    "The meeting is moved to Friday at ten.",
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk(None, date(2026, 5, 4)) as desk:
        action = desk.store.begin(desk.now, "import", "mail")
        desk.store.add(action, [_kept(n, text) for n, text in enumerate(TEXTS * 3)])
        yield desk


def _kept(number: int, text: str) -> Kept:
    at = datetime(2026, 4, 1, 9, tzinfo=UTC) + timedelta(hours=number)
    message = Message(f"{number}@m", at, f"p{number}@x.example", ("me@x.example",), text=text)
    return Kept(message, False, read(mask(text), on=at.date(), masked=True), "1")


@pytest.mark.parametrize("portion", [1, 4, 500])
def test_many_at_once_are_as_one_by_one(desk: Desk, portion: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_PORTION", portion)
    mail = list(desk.store.exchanges())
    room._nothing.clear()
    one_by_one = []
    for each in mail:
        room._nothing.clear()
        one_by_one.append(requested_in(desk, each))
    wanted = [(each.id, found) for each, found in zip(mail, one_by_one, strict=True) if found]
    assert [int(mid.split("@")[0]) % 5 for mid, _ in wanted] == [0, 2] * 3
    for _ in range(2):  # the second time what wants nothing is known
        assert [(each.id, found) for each, found in requests_among(desk, mail)] == wanted
    assert len(room._nothing) == len(set(TEXTS)) - 2


def test_what_wants_nothing_is_known_by_its_words_and_what_was_read_in_them() -> None:
    reading = read(mask(TEXTS[0]), masked=True)
    room._nothing.clear()
    room._nothing.add(room._mark(TEXTS[1], reading))
    assert room._plain(TEXTS[1], reading)
    assert not room._plain(TEXTS[0], reading)
    assert not room._plain(TEXTS[1], read(TEXTS[3], masked=True))
    assert not room._plain(TEXTS[1], None)


def test_what_is_known_stays_small(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_MOST", 1)
    room._nothing.clear()
    assert len(list(requests_among(desk, desk.store.exchanges()))) == 6
    assert len(room._nothing) == 1
