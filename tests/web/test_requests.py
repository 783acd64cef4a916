"""Requests as a person uses it: who asks for whom, why to take care, three answers, one of them noted."""

from pathlib import Path
from urllib.parse import unquote

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.conftest import Site, visitor

from askwell.app.importing import import_

TEXT = "Hi Ingrid, could you introduce me to Kari? I am writing a thesis on wind. Tom"
WHOLE = (
    "From: Tom Becker <tom@harbour.example>\nTo: ingrid.dahl@example.no\nSubject: {subject}\n"
    "Date: Mon, 4 May 2026 08:00:00 +0000\nMessage-ID: <{id}@demo>\n"
    "Content-Type: text/plain; charset=utf-8\n\n{text}\n"
)
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 1234*4321 }} {x} 😀'


@pytest.fixture(autouse=True)
def story(site: Site, examples: Path) -> None:
    """Siv has asked for Ruth once, with a bad end, and now asks for a friend."""
    with site.desks.desk() as desk:
        import_(desk, [examples / "introductions.story"])


def eml(text: str = TEXT, subject: str = "A question", id: str = "new1") -> str:
    return WHOLE.format(text=text, subject=subject, id=id)


def see_it_through(page: Page) -> None:
    """From the list to a short no that is noted, and back."""
    page.goto("/requests")
    page.locator("h2 a[href*='i06']").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Siv")
    expect(page.locator("main")).to_contain_text("She asked me for a job, three times")
    letters = page.locator(".answers .card")
    expect(letters).to_have_count(3)
    expect(letters.first).to_have_class("card best")
    for letter in letters.locator("pre").all_inner_texts():
        assert "job" not in letter
    mail = letters.first.locator("a.button").first.get_attribute("href") or ""
    assert mail.startswith("mailto:siv.bakke@fjord.example?subject=Re")
    assert letters.first.locator("pre").inner_text().split("\n")[0] in unquote(mail)
    page.locator("button[name=do][value=decline]").click()
    expect(page.get_by_role("status").first).to_be_visible()
    expect(page.locator("button[name=do][value=decline]")).to_have_count(0)
    page.locator(".told button").click()
    expect(page.locator(".told button")).to_have_count(0)
    page.goto("/requests")
    expect(page.locator("h2 a[href*='i06']")).to_have_count(1)


@pytest.mark.parametrize(
    ("locale", "script"), [("en-GB", True), ("en-GB", False), ("nb-NO", True), ("nn-NO", False)]
)
def test_a_request_is_answered_and_taken_back(
    browser: Browser, site: Site, locale: str, script: bool
) -> None:
    context = visitor(browser, site, locale=locale, java_script_enabled=script)
    page = context.new_page()
    see_it_through(page)
    expect(page.locator("html")).to_have_attribute("lang", locale[:2])
    context.close()


def test_one_says_whether_one_vouches(plain: Page) -> None:
    plain.goto("/requests/one?id=i06@demo")
    plain.get_by_role("button", name="I do not").click()
    expect(plain.get_by_text("Do you vouch?").locator("xpath=following-sibling::dd[1]")).to_have_text("No")
    expect(plain.locator(".word")).to_contain_text("no is the safest answer")
    plain.get_by_role("button", name="Take it back").click()
    expect(plain.get_by_text("Taken back.")).to_be_visible()
    expect(plain.get_by_role("button", name="I vouch for them")).to_be_visible()


def test_a_pasted_mail_is_looked_at_and_answered(plain: Page) -> None:
    plain.goto("/requests")
    plain.get_by_label("Paste it here").fill(TEXT)
    plain.get_by_role("button", name="Look at it").click()
    expect(plain.get_by_role("alert")).to_contain_text("say who wrote it")
    expect(plain.get_by_label("Paste it here")).to_have_value(TEXT)
    plain.get_by_label("Who wrote it").fill("tom")
    plain.get_by_role("button", name="Look at it").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Tom Becker wants to reach Kari Nordmann")
    plain.get_by_role("button", name="I vouch for them").click()
    expect(plain.get_by_role("status")).to_contain_text("Noted.")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Tom Becker wants to reach Kari Nordmann")
    plain.locator("button[name=do][value=introduce]").click()
    plain.get_by_role("link", name="Go on with the introduction").click()
    expect(plain.locator("main")).to_contain_text("Tom Becker / Kari Nordmann")


def test_a_file_is_given_and_another_contact_named(page: Page) -> None:
    page.goto("/requests")
    page.get_by_label("Or give its file").set_input_files(
        {"name": "<b>.eml", "mimeType": "message/rfc822", "buffer": eml().encode()}
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kari Nordmann")
    page.get_by_label("Whom they would reach").fill("ola")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tom Becker wants to reach Ola Vik")


def test_a_mail_that_asks_for_nobody(client: httpx2.Client, site: Site) -> None:
    thanks = site.form(mail=eml("Thank you for the coffee. Tom"))
    assert "asks for none of your contacts" in client.post("/requests", data=thanks).text
    assert "asks for none of your contacts" in client.get("/requests/one?id=i03@demo").text
    assert client.get("/requests/one?id=nowhere").status_code == 404
    assert client.get("/requests/one").headers["location"] == "/requests"


def test_hostile_mail_stays_words(page: Page) -> None:
    page.on("dialog", lambda one: pytest.fail(one.message))
    page.goto("/requests")
    text = f"{HOSTILE}\nCould you introduce me to Kari {HOSTILE}? I want to learn about {HOSTILE}."
    page.get_by_label("Paste it here").fill(eml(text, HOSTILE))
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator(".answers")).to_be_visible()
    assert page.locator("main script, main img").count() == 0
    assert "5332114" not in page.locator("main").inner_text()
    page.locator("button[name=do][value=question]").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto("/requests")
    assert page.locator("main script, main img").count() == 0


ODD = ("", " ", "\x00", "From: <>\n\n", "From: x\n\nCould you introduce me to Kari?", "a" * 300_000, "%%%")


@pytest.mark.parametrize("odd", ODD)
def test_no_mail_is_too_strange(site: Site, client: httpx2.Client, odd: str) -> None:
    for fields in (
        {"mail": odd},
        {"raw": odd},
        {"mail": odd, "sender": "tom"},
        {"mail": TEXT, "sender": odd[:50]},
    ):
        assert client.post("/requests", data=site.form(**fields)).status_code < 500, fields
    for do in ("", "maybe", "decline"):
        fields = {"do": do, "raw": odd[:1000], "sender": "tom"}
        assert 400 <= client.post("/requests/answer", data=site.form(**fields)).status_code < 500
    assert client.post("/requests/answer", data={"do": "decline", "id": "i06@demo"}).status_code == 403
