"""`askwell push` as a person calls it."""

from dataclasses import replace
from pathlib import Path

from tests.app.test_dav import TODAY, account, card, synced
from tests.doors.conftest import Call
from tests.sources.dav_servers import PASSWORD, radicale

from askwell.app import accounts, secrets
from askwell.app.desk import open_desk
from askwell.app.people import find
from askwell.app.secrets import Secret


def test_it_is_shown_first_and_written_when_one_says_so(call: Call, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with radicale(tmp_path) as server:
        server.book("people", "People")
        server.put("people/a.vcf", card("a", "Kari Nordmann"))
        synced(home, account(server))
        assert "no address book on a server yet" in call("push", "kari").err
        accounts.put(home, account(server))
        secrets.keep(home, "mine", Secret(PASSWORD))
        assert call("push", "kari").out == "The card of Kari Nordmann in mine/People has it all.\n"
        with open_desk(home, TODAY) as desk:
            new = replace(find(desk, "kari"), org="Vindkraft")
            desk.store.put_person(desk.store.begin(desk.now, "person", "x"), new)
        shown = call("push", "kari", "--dry-run")
        assert "+  ORG: Vindkraft" in shown.out
        piped = call("push", "kari")
        assert (piped.status, "--yes" in piped.err) == (2, True)
        assert b"Vindkraft" not in server.get("people/a.vcf")
        assert "Written." in call("push", "kari", "--yes").out
        assert b"ORG:Vindkraft" in server.get("people/a.vcf")
        assert PASSWORD not in shown.out + shown.err + piped.err
