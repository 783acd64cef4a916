"""Who may come in, from where, and what a browser is told it may do: a shared machine and hostile pages."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import Site

from askwell.app.importing import import_
from askwell.app.likeness import suggestions
from askwell.doors.web.guard import BODY, HEADERS
from askwell.doors.web.keys import Keys, cookie_name
from askwell.doors.web.paper import mailto
from askwell.doors.web.sections import sections
from askwell.doors.web.tongue import accepted
from askwell.doors.web.visit import is_ours

PAGES = ("/check", "/review", "/import", "/settings", "/settings/rules/record/thanks-overdue")
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def stranger(site: Site) -> Iterator[httpx2.Client]:
    with site.stranger() as found:
        yield found


def test_a_stranger_sees_nothing(stranger: httpx2.Client) -> None:
    for path in (*PAGES, "/", "/api/v1/people", "/api/v1/openapi.json", "/nothing-here"):
        answer = stranger.get(path)
        assert answer.status_code == 401, path
        assert "Kari" not in answer.text
    assert stranger.post("/api/v1/check", json={"text": "x"}).status_code == 401
    assert stranger.get("/static/askwell.css").status_code == 200
    assert stranger.get("/static/..%2fguard.py").status_code == 404
    assert stranger.get("/static/%2e%2e/guard.py").status_code in (401, 404)


def test_the_opened_address_lets_one_in_and_only_once(site: Site, stranger: httpx2.Client) -> None:
    token = site.keys.token
    assert stranger.get("/enter", params={"token": "x" + token}).status_code == 401
    assert stranger.head("/enter", params={"token": token}).status_code == 401
    entered = stranger.get("/enter", params={"token": token})
    assert entered.status_code == 200
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/check").status_code == 200
    assert stranger.get("/enter", params={"token": "anything"}).status_code == 200  # is in already
    with site.stranger() as second:
        assert second.get("/enter", params={"token": token}).status_code == 401


def test_an_empty_token_opens_nothing(site: Site, stranger: httpx2.Client) -> None:
    site.keys.enter(site.keys.token)
    assert stranger.get("/enter?token=").status_code == 401
    assert stranger.get("/enter").status_code == 401
    assert not Keys().enter("")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "10.0.0.1", "[::2]"]
)
def test_another_name_for_this_machine_is_refused(client: httpx2.Client, host: str) -> None:
    """DNS rebinding: a page of evil.example that has made its name lead here."""
    assert client.get("/check", headers={"host": host}).status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1234", "127.0.0.1:9", "[::1]:8417"])
def test_this_machines_own_names_are_known(client: httpx2.Client, host: str) -> None:
    assert client.get("/check", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "null", "sec-fetch-site": "same-site"},
        {"origin": "null", "sec-fetch-site": "none"},
    ],
)
def test_posts_of_other_pages_are_refused(site: Site, headers: dict[str, str]) -> None:
    cookies = {cookie_name(site.port): site.keys.session}
    with site.stranger(cookies=cookies, headers=headers) as other:
        assert other.post("/undo", data=site.form(number=1)).status_code == 403
        assert other.post("/api/v1/undo", json={}).status_code == 403
        assert other.delete("/api/v1/people/kari").status_code == 403
    with site.desks.desk() as desk:
        assert desk.store.person("kari") is not None


def test_a_form_needs_its_key(site: Site, client: httpx2.Client) -> None:
    for data in ({"number": 1}, {"number": 1, "key": "x"}, {"number": 1, "key": site.keys.session}):
        assert client.post("/undo", data=data).status_code == 403
    cookies = {cookie_name(site.port): site.keys.session}
    with site.stranger(cookies=cookies) as old:  # a browser that says nothing of itself
        assert old.post("/undo", data={"number": 1}).status_code == 403
        assert old.post("/api/v1/undo", json={}).status_code == 403
        assert old.post("/tongue", data=site.form(lang="nb")).status_code == 303


def test_every_posted_form_carries_the_key(client: httpx2.Client) -> None:
    for path in PAGES:
        text = client.get(path).text
        forms = re.findall(r'<form[^>]*method="post".*?</form>', text, re.S)
        assert forms
        assert all('name="key" value="' in one for one in forms), path


def test_what_a_browser_may_do_is_said_with_every_answer(
    client: httpx2.Client, stranger: httpx2.Client
) -> None:
    answers = [client.get(path) for path in (*PAGES, "/nothing", "/api/v1/people", "/static/keys.js")]
    answers += [stranger.get("/check"), client.get("/check", headers={"host": "evil.example"})]
    answers.append(client.post("/undo", data={}))
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (answer.url, name)
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert client.get("/check").headers["cache-control"] == "no-store"


def test_pages_hold_no_script_and_no_style_of_their_own(client: httpx2.Client) -> None:
    for path in PAGES:
        text = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"<style|\bstyle=|\bon\w+=|javascript:", text), path
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text), path


def test_a_body_that_is_too_large_is_refused(client: httpx2.Client) -> None:
    assert client.post("/check", content=b"x" * (BODY + 1), headers=FORM).status_code == 413

    def drip() -> Iterator[bytes]:
        for _ in range(BODY // 100_000 + 2):
            yield b"x" * 100_000

    assert (
        client.post("/api/v1/check", content=drip(), headers={"content-type": "application/json"}).status_code
        == 413
    )


def test_an_error_inside_shows_nothing_of_it(
    site: Site, client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret in a letter")

    monkeypatch.setattr("askwell.doors.web.pages.check.look", broken)
    answer = client.post("/check", data=site.form(text="Hei"))
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"]


def test_what_is_wrong_keeps_the_words_that_were_written(site: Site, client: httpx2.Client) -> None:
    answer = client.post(
        "/check", data=site.form(text="My long letter, asking for advice?", to="nobody-here")
    )
    assert answer.status_code == 200
    assert "My long letter" in answer.text
    assert "nobody-here" in answer.text


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("/check", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("https://x", False),
        ("/a\nb", False),
    ],
)
def test_one_is_sent_on_to_our_pages_only(path: str, ours: bool) -> None:
    assert is_ours(path) is ours


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nb-NO,nb;q=0.9,no;q=0.8,en;q=0.5", "nb"),
        ("no", "nb"),
        ("nn-NO, nb;q=0.9", "nn"),
        ("de-DE,de;q=0.9,en;q=0.4", "en"),
        ("en;q=0.4, nn;q=0.5", "nn"),
        ("nb;q=0, en", "en"),
        ("", "en"),
        (";;q=,,=,q", "en"),
    ],
)
def test_the_browsers_language_is_spoken(header: str, language: str) -> None:
    assert accepted(header) == language


@given(st.text(max_size=200))
def test_no_header_is_too_strange(header: str) -> None:
    assert accepted(header) in ("en", "nb", "nn")


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
def test_a_letter_for_the_mail_program_adds_no_recipient(to: str, subject: str, body: str) -> None:
    """No `bcc` or `attach` can be put into it from a name or a text."""
    found = mailto(to, subject, body)
    head, _, query = found.partition("?")
    assert "&" not in head
    assert "%0A" not in head.upper() or "\n" in to
    assert [one.partition("=")[0] for one in query.split("&") if one] in (
        [],
        ["subject"],
        ["body"],
        ["subject", "body"],
    )


def test_languages_are_of_one_request_alone(site: Site) -> None:
    with site.client(headers={"accept-language": "nb"}) as norwegian, site.client() as english:
        for _ in range(3):
            assert 'lang="nb"' in norwegian.get("/check").text.split("\n")[1]
            assert 'lang="en"' in english.get("/check").text.split("\n")[1]
        norwegian.post("/tongue", data=site.form(lang="nn", back="/check"))
        assert '<html lang="nn">' in norwegian.get("/check").text


def test_a_switched_language_is_kept_to_our_pages(site: Site, client: httpx2.Client) -> None:
    answer = client.post("/tongue", data=site.form(lang="nb", back="https://evil.example/"))
    assert answer.headers["location"] == "/"
    assert client.post("/tongue", data=site.form(lang="xx")).status_code == 422


def test_nothing_is_written_outside_the_home(site: Site, tmp_path: Path, client: httpx2.Client) -> None:
    before = {path for path in tmp_path.rglob("*") if site.home not in path.parents and path != site.home}
    for path in PAGES:
        client.get(path)
    after = {path for path in tmp_path.rglob("*") if site.home not in path.parents and path != site.home}
    assert before == after


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{1234*4321}}'
BOOK = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:h{n}\r\nFN:{name}\r\nN:Nilsen;Siv;;;\r\nORG:{name}\r\nTITLE:{name}\r\n"
    "TEL:+47 40 11 22 33\r\nEMAIL:h{n}@x.example\r\nEND:VCARD\r\n"
)


def test_hostile_names_stay_words_on_every_page(site: Site, client: httpx2.Client, tmp_path: Path) -> None:
    book = tmp_path / "book.vcf"
    book.write_text("".join(BOOK.format(n=n, name=HOSTILE.replace(";", "")) for n in range(2)), "utf-8")
    with site.desks.desk() as desk:
        import_(desk, [book])
        keys = [one.key for one in desk.store.people() if "script" in one.name]
        assert len(keys) == 2
        assert len(suggestions(desk)) == 1
    word = quote(HOSTILE, safe="")
    paths = [one.path for one in sections()]
    paths += [f"/people/{quote(keys[0], safe='')}", f"/check?to={word}", f"/people?q={word}", f"/{word}"]
    paths += [f"/settings/rules/{word}", f"/import/{word}"]
    for path in paths:
        text = client.get(path).text
        assert "<script>alert" not in text, path
        assert "<img" not in text, path
        assert "5332114" not in text, path
    seen = client.get("/review").text
    assert "&lt;script&gt;alert(1)" in seen
