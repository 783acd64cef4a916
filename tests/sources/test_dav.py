"""The DAV client against servers that answer as they should not: a clear error, nothing asked elsewhere."""

import gzip
import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.dav_servers import Said, scripted

from askwell.errors import AskwellError
from askwell.sources import dav_xml
from askwell.sources.dav import Dav, Server
from askwell.sources.dav_find import Collection, discover
from askwell.sources.dav_sync import Fetched, changes, fetch
from askwell.sources.dav_xml import CARD, NoXmlError
from askwell.sources.record import Skipped

SECRET = "hemmelig-ord"


def multistatus(*responses: str, token: str = "") -> bytes:
    end = f"<sync-token>{token}</sync-token>" if token else ""
    return f'<multistatus xmlns="DAV:">{"".join(responses)}{end}</multistatus>'.encode()


def item(href: str, etag: str = '"1"', status: str = "200 OK") -> str:
    prop = f"<prop><getetag>{etag}</getetag></prop><status>HTTP/1.1 {status}</status>"
    return f"<response><href>{href}</href><propstat>{prop}</propstat></response>"


def gone(href: str, status: str = "404 Not Found") -> str:
    return f"<response><href>{href}</href><status>HTTP/1.1 {status}</status></response>"


def data(href: str, text: str) -> str:
    return (
        f'<response><href>{href}</href><propstat><prop><getetag>"1"</getetag>'
        f'<R:address-data xmlns:R="urn:ietf:params:xml:ns:carddav">{text}</R:address-data></prop>'
        "<status>HTTP/1.1 200 OK</status></propstat></response>"
    )


def connect(url: str, **more: object) -> Dav:
    return Dav(Server("mine", url, "ingrid", SECRET, **{"patience": 60.0} | more))  # type: ignore[arg-type]


def book(url: str, syncs: bool = True) -> Collection:
    return Collection(CARD, f"{url}/book/", "Book", syncs=syncs)


def found_out(said: Said | Callable[[str, str, bytes], Said], **more: object) -> AskwellError:
    """The error that discovering an account on such a server ends in."""
    with (
        scripted(said if callable(said) else lambda *_: said) as url,
        connect(url, **more) as dav,
        pytest.raises(AskwellError) as caught,
    ):
        discover(dav, CARD)
    assert caught.value.message.startswith("mine: ")
    assert caught.value.hint
    assert SECRET not in caught.value.message + caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Said(401), "does not take this user name and password"),
        (Said(401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}), "does not take the token"),
        (Said(429, headers={"Retry-After": "17"}), "busy"),
        (Said(503), "busy"),
        (Said(500, b"<html>"), "an error of its own \\(500\\)"),
        (Said(404), "does not answer as a CardDAV server"),
        (Said(200, b"<html><body>Welcome</body></html>"), "does not answer as a CardDAV server"),
        (Said(207, b""), "does not answer as a CardDAV server"),
        (Said(207, b"\xff\xfe\x00"), "does not answer as a CardDAV server"),
        (Said(207, multistatus(item("/"))), "there is no address book here"),
        (Said(301, headers={"Location": "/.well-known/carddav"}), "round in circles"),
        (Said(302, headers={"Location": "https://elsewhere.example/dav/"}), "https://elsewhere.example"),
        (Said(302, headers={"Location": "//127.0.0.2:1/"}), "http://127.0.0.2:1"),
        (Said(302, headers={"Location": "file:///etc/passwd"}), "sends us on to file://"),
        (Said(207, multistatus(item("/")), cut=20), "hung up"),
        (Said(207, b"x" * 100, headers={"Content-Encoding": "gzip"}), "hung up"),
        (Said(207, wait=60.0), "takes too long"),
    ],
)
def test_an_answer_that_is_none_names_the_account_and_a_remedy(said: Said, message: str) -> None:
    error = found_out(said, patience=0.3 if said.wait else 60.0)
    assert re.search(message, error.message)
    assert "17 seconds" in error.hint or said.status != 429


def test_a_principal_on_another_host_is_not_asked() -> None:
    asked: list[str] = []

    def elsewhere(_method: str, path: str, _body: bytes) -> Said:
        asked.append(path)
        return Said()

    with scripted(elsewhere) as other:
        link = f"<current-user-principal><href>{other}/me/</href></current-user-principal>"
        answer = item("/").replace("<getetag>", f"{link}<getetag>")
        error = found_out(Said(207, multistatus(answer)))
    assert other in error.message
    assert "add the source again with the address" in error.hint
    assert asked == []


def test_a_server_that_is_not_there() -> None:
    with scripted(lambda *_: Said()) as url:
        pass
    with connect(url) as dav, pytest.raises(AskwellError, match=r"mine: 127\.0\.0\.1:\d+ cannot be reached"):
        discover(dav, CARD)


@pytest.mark.parametrize(
    "url", ["http://dav.example.org/", "ftp://dav.example.org/", "dav.example.org", "https://"]
)
def test_no_password_in_the_clear_and_no_strange_addresses(url: str) -> None:
    with pytest.raises(AskwellError) as caught:
        connect(url)
    assert "https://" in caught.value.hint


def test_certificates(tmp_path: Path) -> None:
    ours, theirs = trustme.CA(), trustme.CA()
    good, wrong = ours.issue_cert("127.0.0.1"), ours.issue_cert("dav.example.org")
    (tmp_path / "ours").write_bytes(ours.cert_pem.bytes())
    (tmp_path / "theirs").write_bytes(theirs.cert_pem.bytes())
    link = '<current-user-principal xmlns="DAV:"><href>/</href></current-user-principal>'
    shelf = '<resourcetype><R:addressbook xmlns:R="urn:ietf:params:xml:ns:carddav"/></resourcetype>'
    answer = Said(207, multistatus(item("/b/").replace("<getetag>", f"{link}{shelf}<getetag>")))

    def context(one: trustme.LeafCert) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        one.configure_cert(made)
        return made

    unknown = r"mine: nobody known vouches for the certificate of 127\.0\.0\.1"
    for one, ca, wrongs, hint in (
        (good, tmp_path / "ours", "", ""),
        (good, tmp_path / "theirs", unknown, "--certificate FILE"),
        (good, "", unknown, "--certificate FILE"),
        (wrong, tmp_path / "ours", "mine: the certificate is for another server than 127", "--url"),
    ):
        with scripted(lambda *_: answer, context(one)) as url, connect(url, ca=str(ca)) as dav:
            if not wrongs:
                assert len(discover(dav, CARD).collections) == 1
                continue
            with pytest.raises(AskwellError, match=wrongs) as caught:
                discover(dav, CARD)
            assert hint in caught.value.hint
            assert "SSL" not in caught.value.message
    with pytest.raises(AskwellError, match=r"the certificates in .*none cannot be read"):
        connect("https://127.0.0.1/", ca=str(tmp_path / "none"))


@pytest.mark.parametrize(
    "bomb",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><multistatus xmlns="DAV:">&b;</multistatus>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><multistatus xmlns="DAV:">&e;</multistatus>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x"><multistatus xmlns="DAV:"/>',
        b'<?xml version="1.0" encoding="no-such"?><multistatus xmlns="DAV:"/>',
        b'<multistatus xmlns="DAV:">',
        b'<other xmlns="DAV:"/>',
    ],
)
def test_entities_and_broken_xml_are_refused(bomb: bytes) -> None:
    with pytest.raises(NoXmlError):
        dav_xml.read(bomb)
    with (
        scripted(lambda *_: Said(207, bomb)) as url,
        connect(url) as dav,
        pytest.raises(AskwellError, match="mine: the server's answer cannot be read"),
    ):
        changes(dav, book(url), "", {})


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: multistatus(item(text))))
def test_any_bytes_are_xml_or_refused(said: bytes) -> None:
    with suppress(NoXmlError):
        dav_xml.read(said)


def test_a_deep_answer_does_no_harm() -> None:
    deep = b'<multistatus xmlns="DAV:">' + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</multistatus>"
    assert dav_xml.read(deep).found == ()


def test_a_large_answer_is_taken_in_halves_and_one_card_that_is_too_large_is_said() -> None:
    def script(_method: str, _path: str, body: bytes) -> Said:
        names = [f"/book/{n}" for n in range(8) if f"/book/{n}<".encode() in body]
        cards = [data(one, "x" * (60_000 if one == "/book/5" else 9_000)) for one in names]
        return Said(207, multistatus(*cards))

    with scripted(script) as url, connect(url, largest=30_000) as dav:
        got = list(fetch(dav, book(url), [f"/book/{n}" for n in range(8)], "mine/Book"))
    assert [one.href for one in got if isinstance(one, Fetched)] == [f"/book/{n}" for n in range(8) if n != 5]
    assert [one for one in got if isinstance(one, Skipped)] == [Skipped("mine/Book, 5", "too large")]


def test_an_answer_that_unpacks_to_far_more_is_cut_off() -> None:
    bomb = gzip.compress(b" " * (300 << 20))
    said = Said(207, bomb, headers={"Content-Encoding": "gzip"})
    with scripted(lambda *_: said) as url, connect(url) as dav:
        got = list(fetch(dav, book(url), ["/book/1"], "mine/Book"))
    assert got == [Skipped("mine/Book, 1", "too large")]


def test_a_server_without_multiget_is_asked_one_by_one() -> None:
    def script(method: str, path: str, _body: bytes) -> Said:
        if method != "GET":
            return Said(405)
        return Said(403) if path == "/book/2" else Said(200, path.encode(), {"ETag": '"9"'})

    with scripted(script) as url, connect(url) as dav:
        got = list(fetch(dav, book(url), ["/book/1", "/book/2"], "mine/Book"))
    assert got == [
        Fetched("/book/1", '"9"', b"/book/1"),
        Skipped("mine/Book, 2", "the server does not give it out"),
    ]


def test_a_server_without_tokens_is_listed() -> None:
    there = {"/book/a": '"1"', "/book/b": '"1"'}

    def script(method: str, _path: str, _body: bytes) -> Said:
        listed = (
            "<response><href>/book/</href><propstat><prop><resourcetype><collection/></resourcetype></prop>"
        )
        listed += "<status>HTTP/1.1 200 OK</status></propstat></response>"
        return (
            Said(405)
            if method == "REPORT"
            else Said(207, multistatus(listed, *map(item, there, there.values())))
        )

    with scripted(script) as url, connect(url) as dav:
        for syncs in (True, False):
            new = changes(dav, book(url, syncs), "", {"/book/b": '"0"', "/book/c": '"1"'})
            assert (dict(new.changed), new.gone, new.token) == (there, ("/book/c",), "")


def test_a_long_answer_in_pieces_is_followed_to_its_end() -> None:
    """RFC 6578 3.6: a 507 for the collection itself says that there is more."""
    pages = {
        b"<sync-token></sync-token>": multistatus(
            item("/book/a"), gone("/book/", "507 Insufficient"), token="1"
        ),
        b"<sync-token>1</sync-token>": multistatus(
            item("/book/b"), gone("/book/", "507 Insufficient"), token="2"
        ),
        b"<sync-token>2</sync-token>": multistatus(item("/book/c"), gone("/book/a"), token="3"),
    }

    def script(_method: str, _path: str, body: bytes) -> Said:
        return Said(207, next(page for token, page in pages.items() if token in body))

    with scripted(script) as url, connect(url) as dav:
        new = changes(dav, book(url), "", {})
    assert (set(new.changed), new.token) == ({"/book/b", "/book/c"}, "3")


def test_a_server_that_never_comes_to_an_end_is_left() -> None:
    count = iter(range(10**6))

    def script(_method: str, _path: str, _body: bytes) -> Said:
        return Said(207, multistatus(gone("/book/", "507 Insufficient"), token=str(next(count))))

    with (
        scripted(script) as url,
        connect(url) as dav,
        pytest.raises(AskwellError, match="never comes to an end"),
    ):
        changes(dav, book(url), "", {})


def test_links_to_elsewhere_are_not_fetched() -> None:
    asked: list[tuple[str, str]] = []

    def script(method: str, path: str, _body: bytes) -> Said:
        asked.append((method, path))
        return Said(207, multistatus(item("https://elsewhere.example/book/x"), token="1"))

    with scripted(script) as url, connect(url) as dav:
        new = changes(dav, book(url), "", {})
    assert set(new.changed) == {"/book/x"}  # if at all, it is asked of the account's own host
    assert asked == [("REPORT", "/book/")]
