"""The calendar feed over HTTP: a secret address, no cookie; a client that polls sees what has changed."""

from collections.abc import Iterator

import httpx2
import pytest
from icalendar import Calendar
from tests.web.conftest import Site

from askwell.app.feed import KINDS
from askwell.app.keyfile import key


@pytest.fixture
def stranger(site: Site) -> Iterator[httpx2.Client]:
    """A calendar program: it has no cookie and sends no Origin."""
    with site.stranger() as found:
        yield found


def of(site: Site, kind: str = "all") -> str:
    return f"/feed/{key(site.home, 'feed')}/{kind}.ics"


def titles(text: str) -> list[str]:
    return [str(one["SUMMARY"]) for one in Calendar.from_ical(text).walk("VEVENT")]


def test_a_client_that_polls_sees_what_is_done(site: Site, stranger: httpx2.Client) -> None:
    first = stranger.get(of(site, "thank"))
    assert first.status_code == 200
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "Thank: Kari Nordmann" in titles(first.text)
    known = {"if-none-match": first.headers["etag"]}
    again = stranger.get(of(site, "thank"), headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    with site.client() as client:
        assert client.post("/people/kari/note", data=site.form(kind="thanked")).status_code == 303
    after = stranger.get(of(site, "thank"), headers=known)
    assert after.status_code == 200
    assert after.headers["etag"] != first.headers["etag"]
    assert "Thank: Kari Nordmann" not in titles(after.text)
    with site.client() as client:
        assert client.post("/undo", data=site.form(number=site_last(client))).status_code == 303
    assert stranger.get(of(site, "thank")).headers["etag"] == first.headers["etag"]


def site_last(client: httpx2.Client) -> int:
    number: int = client.get("/api/v1/undo").json()["actions"][0]["number"]
    return number


@pytest.mark.parametrize("kind", ["all", *KINDS])
def test_each_kind_has_a_feed(site: Site, stranger: httpx2.Client, kind: str) -> None:
    found = stranger.get(of(site, kind), headers={"accept-language": "nb"})
    assert found.status_code == 200
    assert Calendar.from_ical(found.text).walk("VCALENDAR")
    head = stranger.head(of(site, kind), headers={"accept-language": "nb"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == found.headers["etag"]


@pytest.mark.parametrize("header", ["*x", "", 'W/"0"', '"0", "1"', '"' * 5000])
def test_other_tags_get_the_whole_feed(site: Site, stranger: httpx2.Client, header: str) -> None:
    assert stranger.get(of(site), headers={"if-none-match": header}).status_code == 200


def test_a_weak_tag_among_several_is_known(site: Site, stranger: httpx2.Client) -> None:
    tag = stranger.get(of(site)).headers["etag"]
    assert stranger.get(of(site), headers={"if-none-match": f'"0", W/{tag}'}).status_code == 304


def test_a_wrong_secret_or_kind_is_a_wrong_address(site: Site, stranger: httpx2.Client) -> None:
    secret = key(site.home, "feed")
    wrong = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    for path in (f"/feed/{wrong}/all.ics", f"/feed/{'x' * 43}/thank.ics", f"/feed/{secret}/nonsense.ics"):
        found = stranger.get(path)
        assert (found.status_code, found.text) == (404, ""), path


def test_nothing_but_reading_the_feed_needs_no_cookie(site: Site, stranger: httpx2.Client) -> None:
    secret = key(site.home, "feed")
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert stranger.request(method, of(site)).status_code == 401, method
    for path in (
        f"/feed/{secret}/../../people",
        f"/feed/{secret}/all.ics/x",
        f"/feed/{secret}",
        "/feed/x/all.ics",
    ):
        assert stranger.get(path).status_code == 401, path
    assert stranger.get(of(site), headers={"host": "evil.example"}).status_code == 421


def test_the_secret_stays_in_the_home(site: Site, client: httpx2.Client) -> None:
    secret = key(site.home, "feed")
    for path in ("/today", "/settings", "/api/v1/openapi.json"):
        assert secret not in client.get(path).text
    assert (site.home / "feed.key").stat().st_mode & 0o077 == 0
