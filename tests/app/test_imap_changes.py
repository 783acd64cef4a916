"""What became of letters on a real Dovecot after they were read: with QRESYNC, with CONDSTORE alone, and
with neither. Gone is told and kept; moved is neither gone nor doubled."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from imapclient import IMAPClient
from tests.app.test_sync import DRAFTS, SENT, account, desk_at, ids, mail, report, trouble
from tests.dovecot import Box, Dovecot, dovecot, needed

from askwell.app.accounts import place
from askwell.app.desk import Desk
from askwell.app.gone import forget, look
from askwell.app.sync import Synced, sync
from askwell.errors import AskwellError
from askwell.sources import imap_changes
from askwell.store.contract import GONE, Spots

OFFERS = {
    "QRESYNC": "",
    "CONDSTORE": "imap_capability = IMAP4rev1 SPECIAL-USE ENABLE UIDPLUS MOVE NAMESPACE CONDSTORE",
    "neither": "imap_capability = IMAP4rev1 SPECIAL-USE UIDPLUS MOVE NAMESPACE",
}
ARCHIVE = "Arkiv/2026"


@pytest.fixture(scope="module", params=OFFERS)
def server(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    needed()
    with dovecot(more=OFFERS[request.param]) as found:
        found.offers = request.param  # type: ignore[attr-defined]
        yield found


@pytest.fixture
def box(server: Dovecot) -> Box:
    return server.box()


@contextmanager
def signed_in(box: Box, folder: str = "INBOX") -> Iterator[IMAPClient]:
    """Another program at the same mailbox, that writes."""
    with IMAPClient("localhost", box.server.port, ssl=False) as client:
        client.plain_login(box.user, box.server.password)
        client.select_folder(folder)
        yield client


def purge(box: Box, uids: list[int], folder: str = "INBOX") -> None:
    with signed_in(box, folder) as client:
        client.delete_messages(uids)
        client.expunge(uids)


def one(found: tuple[Synced, ...]) -> Synced:
    (account_,) = found
    report(found)
    return account_


def all_gone(desk: Desk, box: Box) -> set[str]:
    return {mid.partition("@")[0] for mid in look(desk, [account(box)]).letters}


def test_what_is_deleted_there_is_told_and_kept(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(n) for n in range(9)])
    with desk_at(tmp_path / "home", box) as desk:
        assert report(sync(desk)).gone == 0
        purge(box, [2, 3, 8])
        found = one(sync(desk))
        assert found.report is not None
        assert (found.report.read, found.report.action, found.report.gone, found.gone) == (0, 0, 3, 3)
        assert len(ids(desk)) == 9
        assert all_gone(desk, box) == {"1", "2", "7"}
        assert one(sync(desk)).gone == 0, "it is told once"
        purge(box, [1])
        box.put("INBOX", [mail(20)])
        found = one(sync(desk))
        assert found.report is not None
        assert (found.report.personal, found.report.gone, found.gone) == (1, 1, 4)


def test_what_moved_is_neither_gone_nor_doubled(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(n) for n in range(6)])
    box.put(ARCHIVE, [mail(50)])
    with desk_at(tmp_path / "home", box) as desk:
        assert report(sync(desk)).personal == 7
        with signed_in(box) as client:
            client.move([1, 2], ARCHIVE)
            client.move([3], "Papirkurv")
        found = report(sync(desk))
        assert (found.personal, found.known, found.gone) == (0, 2, 1)
        assert len(ids(desk)) == 7
        assert all_gone(desk, box) == {"2"}
        with signed_in(box, "Papirkurv") as client:
            client.move([1], "INBOX")
        assert report(sync(desk)).known == 1
        assert all_gone(desk, box) == set(), "it was fetched out of the bin"


def test_a_folder_that_is_renamed_or_deleted(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1)])
    box.put("Prosjekt", [mail(2), mail(3)])
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
        with signed_in(box) as client:
            client.rename_folder("Prosjekt", "Prosjekt Østfold")
        found = report(sync(desk))
        assert (found.known, found.personal, found.gone) == (2, 0, 0)
        assert all_gone(desk, box) == set()
        with signed_in(box) as client:
            client.delete_folder("Prosjekt Østfold")
        assert report(sync(desk)).gone == 2
        assert len(ids(desk)) == 3
        assert report(sync(desk)).gone == 0


def test_a_folder_left_out_by_the_user_is_not_gone(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1)])
    box.put("Prosjekt", [mail(2)])
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
    with desk_at(tmp_path / "home", box, without=("Prosjekt",)) as desk:
        assert report(sync(desk)).gone == 0
        assert all_gone(desk, box) == set()


def test_marks_of_reading_change_nothing(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(n) for n in range(4)])
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
        before = desk.store.state()
        with signed_in(box) as client:
            client.add_flags([1, 2], [b"\\Seen", b"\\Answered", b"\\Flagged"])
        found = report(sync(desk))
        assert (found.read, found.gone, found.action) == (0, 0, 0)
        assert desk.store.state() == before


def test_a_letter_marked_as_deleted_is_left_out_until_that_is_taken_back(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1), mail(2), mail(3)])
    with signed_in(box) as client:
        client.delete_messages([2])
    with desk_at(tmp_path / "home", box) as desk:
        found = report(sync(desk))
        assert dict(found.skipped) == {"marked on the server as thrown away": 1}
        assert ids(desk) == {"1", "3"}
        with signed_in(box) as client:
            client.remove_flags([2], [b"\\Deleted"])
            client.delete_messages([3])
        found = report(sync(desk))
        if box.server.offers == "neither":  # type: ignore[attr-defined]
            assert (found.read, found.gone) == (0, 0), "flags are not told there"
            return
        assert (found.personal, found.gone) == (1, 1)
        assert ids(desk) == {"1", "2", "3"}
        assert all_gone(desk, box) == {"3"}
        with signed_in(box) as client:
            client.remove_flags([3], [b"\\Deleted"])
        assert report(sync(desk)).read == 0
        assert all_gone(desk, box) == set()


def test_a_draft_that_is_none_any_more_is_read(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1), mail(2)])
    box.put("INBOX", [mail(3, mine=True)], "D")
    box.put(DRAFTS, [mail(4, mine=True)])
    with desk_at(tmp_path / "home", box) as desk:
        assert report(sync(desk)).personal == 2
        with signed_in(box) as client:
            client.remove_flags([3], [b"\\Draft"])
        with signed_in(box, DRAFTS) as client:
            client.move([1], SENT)
        dry = report(sync(desk, dry=True))
        found = report(sync(desk))
        there = {"1", "2", "4"} | ({"3"} if box.server.offers != "neither" else set())  # type: ignore[attr-defined]
        assert ids(desk) == there
        assert (found.personal, found.gone) == (dry.personal, dry.gone) == (len(there) - 2, 0)
        assert report(sync(desk)).read == 0


def test_a_mailbox_that_numbers_anew_has_nothing_gone_but_what_is(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(n) for n in range(8)])
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
        state = desk.store.place(place(account(box), "INBOX"))
        assert state is not None
        purge(box, [8])
        time.sleep(1.1)  # the new one is made of the clock
        for path in box.folder("INBOX").glob("dovecot*"):
            path.unlink()
        with signed_in(box) as client:
            assert client.folder_status("INBOX")[b"UIDVALIDITY"] != int(state.print)
        found = report(sync(desk))
        assert (found.personal, found.known, found.gone) == (0, 7, 1)
        assert all_gone(desk, box) == {"7"}
        assert report(sync(desk)).read == 0


def test_a_ledger_of_before_notes_where_its_letters_lie(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [*(mail(n) for n in range(6)), b"From: a@b.example\r\n\r\nno date\r\n"])
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
        from sqlalchemy import text

        with desk.store._writing() as db:  # type: ignore[attr-defined]
            db.execute(text("DELETE FROM spot"))
            db.execute(text("DELETE FROM folder"))
        found = report(sync(desk))
        assert (found.personal, found.known, found.gone) == (0, 0, 0)
        source = place(account(box), "INBOX")
        state = desk.store.place(source)
        assert state is not None
        assert desk.store.lying(source, state.print) == 7
        assert report(sync(desk)).read == 0
        purge(box, [1])
        assert report(sync(desk)).gone == 1


def test_a_folder_that_was_away_for_a_while(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1), mail(2)])
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
        desk.store.put_spots(Spots(place(account(box), "INBOX"), ""))
        assert all_gone(desk, box) == {"1", "2"}
        assert report(sync(desk)).read == 0
        assert all_gone(desk, box) == set()


def test_what_is_gone_is_forgotten_only_on_request(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(n) for n in range(40)])
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
        purge(box, [1, 2])
        report(sync(desk))
        assert forget(desk, look(desk, [account(box)])) == 2
        assert len(ids(desk)) == 38
        assert all_gone(desk, box) == set()
        assert report(sync(desk)).read == 0
        purge(box, list(range(3, 20)))
        report(sync(desk))
        with pytest.raises(
            AskwellError, match="17 messages that are gone from the server out of the ledger, of 38"
        ):
            forget(desk, look(desk, [account(box)]))
        assert len(ids(desk)) == 38
        assert forget(desk, look(desk, [account(box)]), yes=True) == 17
        assert len(ids(desk)) == 21
        assert desk.store.trouble() == ()


def test_what_another_account_holds_is_not_gone(tmp_path: Path, box: Box) -> None:
    other = box.server.box()
    for each in (box, other):
        each.put("INBOX", [mail(1), mail(2)])
    with desk_at(tmp_path / "home", other) as desk:
        report(sync(desk))
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
        purge(box, [1])
        purge(other, [2])
        assert report(sync(desk)).gone == 0
        assert all_gone(desk, box) == all_gone(desk, other) == set()


def test_a_sync_cut_short_asks_again_for_what_changed(
    tmp_path: Path, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.put("INBOX", [mail(n) for n in range(5)])
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
        purge(box, [2])
        with monkeypatch.context() as patched:

            def broken(*_: object, **__: object) -> None:
                raise ConnectionResetError

            patched.setattr(imap_changes, "numbers", broken)
            patched.setattr("imapclient.response_parser.parse_fetch_response", broken)
            assert "broken off" in trouble(sync(desk)).message
        assert all_gone(desk, box) == set()
        assert report(sync(desk)).gone == 1
        spots = desk.store.spots(place(account(box), "INBOX"), _print(desk, box))
        assert [spot.uid for spot in spots if spot.state == GONE] == [2]


def _print(desk: Desk, box: Box) -> str:
    found = desk.store.place(place(account(box), "INBOX"))
    assert found is not None
    return found.print
