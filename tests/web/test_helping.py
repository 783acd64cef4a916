"""Held, Gone quiet and Who can help as a person uses them; and all of these pages as they are seen."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.conftest import Site, barriers, visitor
from tests.web.test_symbiosis_api import hold

from askwell.app import held
from askwell.app.importing import import_

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 1234*4321 }} {x}'
SILENT = """
person ann "Ann <b>Lee</b>" <ann@x.example> title="Head of Wind" org="Fjord <i>Power</i>"
2025-12-10 meeting me, ann "lunch"
2025-12-12 favour ann -> me tip "a book"
2025-12-13 thanks me -> ann
2026-01-10 meeting me, ann "lunch"
2026-02-10 meeting me, ann "lunch"
2026-03-01 meeting me, ann "lunch"
2026-03-05 ask me -> ann referral "Could you recommend me to your board?"
2026-03-08 nudge me -> ann "Have you had time?"
"""


def bring(site: Site, *paths: Path) -> None:
    with site.desks.desk() as desk:
        import_(desk, list(paths))


@pytest.fixture
def silent(site: Site) -> None:
    path = site.home / "silent.story"
    path.write_text(SILENT, "utf-8")
    bring(site, path)


def letter(text: str, subject: str = "Leo") -> bytes:
    head = f"From: i@example.no\r\nTo: kari@nordlys.example\r\nSubject: {subject}\r\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()


# -- Held -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("locale", "script"), [("en-GB", True), ("en-GB", False), ("nb-NO", True), ("nn-NO", False)]
)
def test_what_was_held_is_mended(browser: Browser, site: Site, locale: str, script: bool) -> None:
    hold(site)
    context = visitor(browser, site, locale=locale, java_script_enabled=script)
    page = context.new_page()
    page.goto("/today")
    page.locator("a[href='/held']").click()
    page.get_by_role("link", name="Leo").click()
    expect(page.locator(".verdict.dont")).to_be_visible()
    expect(page.locator(".finding .words").first).to_have_text(
        "could you get my cousin Leo a job at Nordlys?"
    )
    gentler = page.locator("#better pre").last.inner_text()
    assert "cousin" not in gentler
    page.locator("#better form button").first.click()
    expect(page.locator("#text")).to_have_value(gentler.strip() + "\n")
    expect(page.locator("#to")).to_have_value("kari@nordlys.example")
    context.close()


def test_hostile_letters_are_words(page: Page, site: Site) -> None:
    page.on("dialog", lambda one: pytest.fail(one.message))
    hold(site, letter(f"Hi Kari, could you get my cousin {HOSTILE} a job at Nordlys?", HOSTILE))
    held.note_trouble(site.home, held.listed(site.home)[0].at, HOSTILE)
    for path in ("/held", f"/held/{held.listed(site.home)[0].key}"):
        page.goto(path)
        expect(page.locator(".verdict").first).to_be_visible()
        assert page.locator("main script, main img").count() == 0
        assert "5332114" not in page.locator("main").inner_text()


def test_what_is_damaged_or_gone_is_told(client: httpx2.Client, site: Site) -> None:
    assert "Nothing has been held." in client.get("/held").text
    assert client.get(f"/held/{'0' * 32}").status_code == 404
    assert client.get("/held/..%2fsettings").status_code in (404, 422)
    hold(site)
    path = next((site.home / held.FOLDER).glob("*.json"))
    said = json.loads(path.read_text("utf-8"))
    for verdict in (
        {},
        {"verdict": "dont"},
        said["verdict"] | {"findings": [1]},
        said["verdict"] | {"first": None},
    ):
        path.write_text(json.dumps(said | {"verdict": verdict}), "utf-8")
        assert client.get("/held").status_code == 200
        answer = client.get(f"/held/{said['key']}")
        assert (answer.status_code, "damaged" in answer.text) == (400, True)


# -- Gone quiet and Who ---------------------------------------------------------------------------
@pytest.mark.usefixtures("silent")
def test_one_letter_and_then_rest(plain: Page) -> None:
    plain.goto("/today")
    plain.get_by_role("link", name="Gone quiet").click()
    expect(plain.locator("main")).to_contain_text("No reply for 60 days.")
    plain.get_by_role("link", name="The letter").click()
    expect(plain.locator("[data-letter] pre")).to_contain_text("Ann")
    expect(plain.locator("[data-letter] pre")).not_to_contain_text("?")
    expect(plain.locator("main")).to_contain_text("Could you recommend me to your board?")
    assert plain.locator("main b").count() == 0
    plain.goto("/people/ann")
    plain.get_by_role("link", name="Is it longer than usual?").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Gone quiet: Ann <b>Lee</b>")


def test_nobody_is_quiet(client: httpx2.Client) -> None:
    assert "Nobody has been quiet" in client.get("/quiet").text
    assert "Kari Nordmann" in client.get("/quiet/kari").text
    assert client.get("/quiet/xyzzy").status_code == 404


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("locale", ["en-GB", "nb-NO"])
def test_somebody_who_can_help_is_found(browser: Browser, site: Site, locale: str) -> None:
    context = visitor(browser, site, locale=locale, java_script_enabled=locale == "en-GB")
    page = context.new_page()
    page.goto("/ask")
    page.locator("main a[href^='/who']").click()
    page.locator("#q").fill("wind")
    page.locator("#q").press("Enter")
    expect(page.locator(".due li")).to_have_count(1)
    expect(page.locator(".due li")).to_contain_text("Head of Wind, Fjord <i>Power</i>")
    page.locator(".due .buttons a").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ann <b>Lee</b>")
    expect(page.locator("#aim")).to_have_value("wind")
    context.close()


@pytest.mark.parametrize(
    "query", ["q=%3Cb%3E", "at=%00", "q=&at=", "q=%22", "q=" + "a+" * 200, "at=Nordlys&every=x"]
)
def test_any_words_may_be_looked_for(client: httpx2.Client, query: str) -> None:
    assert client.get(f"/who?{query}").status_code == 200
    assert client.get("/who?q=" + "a" * 600).status_code == 422


# -- looks ----------------------------------------------------------------------------------------
PAGES = (
    "/requests?every=yes",
    "/requests/one?id=i06@demo",
    "/requests/one?id=i06@demo&chosen=introduce",
    "/requests/one?id=i03@demo",
    "/introductions",
    "/introductions/between?one=siv&other=ruth",
    "/introductions/between?one=tom&other=kari&blurb=One+question.",
    "/held",
    "/held/{key}",
    "/quiet",
    "/quiet/ann",
    "/who?q=data+wind",
    "/today",
)
SEEN = (("en-GB", "light", 1280), ("nb-NO", "dark", 390), ("nn-NO", "light", 390))


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(("locale", "scheme", "width"), SEEN)
def test_no_page_has_a_barrier_or_runs_over(
    browser: Browser, site: Site, examples: Path, locale: str, scheme: Any, width: int
) -> None:
    bring(site, examples / "introductions.story")
    hold(site)
    with site.client() as client:
        client.post("/introductions", data=site.form(one="tom", other="kari", wish="one"))
    view = {"width": width, "height": 800}
    context = visitor(browser, site, locale=locale, color_scheme=scheme, viewport=view)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda one: troubles.append(one.text) if one.type == "error" else None)
    for path in PAGES:
        answer = page.goto(path.format(key=held.listed(site.home)[0].key))
        assert answer is not None
        assert answer.status == 200, path
        if locale != "nn-NO":  # but for its words it is the one before, in light
            assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.locator("html").get_attribute("lang") == locale[:2]
    context.close()
    assert troubles == []
