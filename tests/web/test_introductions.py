"""Introductions as a person uses it: from a wish to what came of it, every step can be taken back."""

from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.conftest import Site, visitor

from askwell.app.importing import import_

PAIR = "/introductions/between?one=tom&other=kari"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 1234*4321 }} {x} 😀'


@pytest.fixture
def story(site: Site, examples: Path) -> None:
    with site.desks.desk() as desk:
        import_(desk, [examples / "introductions.story"])


def propose(page: Page, purpose: str = "how a data team plans its year") -> None:
    page.goto("/introductions")
    if not page.locator("#one").is_visible():
        page.locator("details summary").last.click()
    page.locator("#one").fill("tom")
    page.locator("#other").fill("Kari Nordmann")
    page.locator("#purpose").fill(purpose)
    page.locator("form[action='/introductions'] button").click()


def step(page: Page, do: str, after: int) -> None:
    """Note a step; so many have been taken then."""
    page.locator(f"button[value={do}]").click()
    expect(page.locator(".passed li")).to_have_count(after)


@pytest.mark.parametrize(
    ("locale", "script"), [("en-GB", True), ("en-GB", False), ("nb-NO", True), ("nn-NO", False)]
)
def test_a_whole_life(browser: Browser, site: Site, locale: str, script: bool) -> None:
    context = visitor(browser, site, locale=locale, java_script_enabled=script)
    page = context.new_page()
    propose(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tom Becker / Kari Nordmann")
    letter = page.locator("[data-letter] pre")
    expect(letter).to_contain_text("Kari")
    expect(letter).to_contain_text("how a data team plans its year")
    mail = page.locator("[data-letter] a.button").get_attribute("href") or ""
    assert mail.startswith("mailto:kari@nordlys.example?subject=Tom%20Becker%20%2F%20Kari%20Nordmann")
    step(page, "ask", 2)
    step(page, "agreed", 3)
    expect(letter).to_contain_text("Tom")  # the letter to both
    mail = page.locator("[data-letter] a.button").get_attribute("href") or ""
    assert "tom@" in mail.partition("?")[0]
    assert "kari@" in mail.partition("?")[0]
    step(page, "made", 4)
    step(page, "met", 5)
    page.locator("#outcome").fill("They will go on talking")
    step(page, "told", 6)
    expect(page.locator("main")).to_contain_text("They will go on talking")
    page.locator(".told button").click()
    expect(page.locator(".passed li")).to_have_count(5)
    context.close()


@pytest.mark.usefixtures("story")
def test_who_was_asked_something_else_gets_a_kind_word(plain: Page) -> None:
    plain.goto("/introductions")
    expect(plain.locator("main")).to_contain_text("In the end: “She asked me for a job, three times.”")
    plain.get_by_role("link", name="Siv Bakke / Ruth Hansen").click()
    expect(plain.get_by_role("heading", name="A kind word to Ruth Hansen")).to_be_visible()
    letter = plain.locator("[data-letter] pre")
    expect(letter).to_contain_text("I am sorry")
    expect(letter).not_to_contain_text("job")
    plain.get_by_role("link", name="the letter").first.click()
    expect(plain.locator("pre.letter")).to_contain_text("I met Siv today")


@pytest.mark.usefixtures("story")
def test_the_one_who_was_burned_is_not_asked_again_unawares(plain: Page, site: Site) -> None:
    with site.client() as client:
        began = client.post("/introductions", data=site.form(one="tom", other="ruth", wish="one"))
    plain.goto(began.headers["location"])
    card = plain.locator(".card", has=plain.locator("[data-letter]"))
    expect(card).to_contain_text("She asked me for a job")
    expect(card.locator("pre")).not_to_contain_text("job")


def test_a_text_to_pass_on_is_tried_before_it_is_kept(plain: Page) -> None:
    propose(plain)
    plain.get_by_text("What it is for, and the text that may be passed on").click()
    plain.locator("#blurb").fill("Could you read my CV? Could you also lend me a desk? Could you call me?")
    plain.get_by_role("button", name="Put it into the letter").click()
    expect(plain.locator("[data-letter] pre")).to_contain_text("lend me a desk")
    expect(plain.locator("main")).to_contain_text("asks for 3 things")
    expect(plain.locator("dl.pairs")).not_to_contain_text("lend me a desk")
    plain.get_by_role("button", name="I have asked Kari Nordmann").click()
    expect(plain.locator("dl.pairs")).to_contain_text("lend me a desk")


def test_one_lets_go_and_takes_that_back(plain: Page) -> None:
    propose(plain)
    plain.get_by_role("button", name="Let it go").click()
    expect(plain.locator(".state")).to_have_text("let go")
    expect(plain.locator("main")).to_contain_text("it is over")
    plain.get_by_role("button", name="Take it back").click()
    expect(plain.locator(".state")).to_have_text("proposed")
    plain.goto("/introductions?open=yes")
    expect(plain.locator(".due li")).to_have_count(1)


def test_hostile_words_stay_words(page: Page, site: Site) -> None:
    page.on("dialog", lambda one: pytest.fail(one.message))
    propose(page, HOSTILE)
    with site.client() as client:
        steps = site.form(one="tom", other="kari", by="me", do="made")
        assert client.post("/introductions/between", data=steps).status_code == 303
        steps |= {"do": "told", "outcome": HOSTILE, "actually": HOSTILE}
        assert client.post("/introductions/between", data=steps).status_code == 303
    for path in (PAIR, "/introductions"):
        page.goto(path)
        assert page.locator("main script, main img").count() == 0
        assert "5332114" not in page.locator("main").inner_text()


@pytest.mark.parametrize(
    "fields",
    [
        {"one": "tom", "other": "tom", "do": "made"},
        {"one": "tom", "other": "xyzzy", "do": "made"},
        {"one": "tom", "other": "kari", "do": "nonsense"},
        {"one": "tom", "other": "kari", "do": "met"},
        {"one": "tom", "other": "kari", "do": "ask", "side": "ola"},
        {"one": "", "other": "kari", "do": "made"},
        {},
    ],
)
def test_what_makes_no_sense_is_refused(site: Site, client: httpx2.Client, fields: dict[str, str]) -> None:
    assert 400 <= client.post("/introductions/between", data=site.form(**fields)).status_code < 500
    assert 400 <= client.post("/introductions", data=site.form(one="tom", other="tom")).status_code < 500
    assert client.get("/introductions/between?one=%00&other=%3Cb%3E").status_code == 404
    assert client.get("/introductions?who=xyzzy").status_code == 404
    assert client.post("/introductions", data={"one": "tom", "other": "kari"}).status_code == 403
    assert "No introduction is on its way" in client.get("/introductions?open=yes").text
