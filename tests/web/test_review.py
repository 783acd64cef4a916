"""Review: pairs who may be one person, decided by key and by button, and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.conftest import Site, barriers, press, running, visitor

from askwell.app.demo import DAY
from askwell.app.desk import open_desk, profile
from askwell.app.importing import import_


@pytest.fixture
def site(tmp_path: Path, examples: Path) -> Iterator[Site]:
    """A ledger with address books in which some people stand twice."""
    home = tmp_path / "home"
    with open_desk(home, DAY) as opened:
        for name in ("demo.story", "sources/contacts.vcf", "sources/linkedin", "sources/outlook.csv"):
            import_(replace(opened, profile=profile(opened.store, home)), [examples / name])
    yield from running(home)


def names(site: Site) -> set[str]:
    with site.desks.desk() as desk:
        return {one.key for one in desk.store.people()}


def test_two_are_joined_and_parted_again_by_keyboard(page: Page, site: Site) -> None:
    before = names(site)
    page.goto("/today")
    press(page, "g", "v")
    expect(page.get_by_text("2 pairs to decide.")).to_be_visible()
    assert barriers(page) == []
    press(page, "y")
    expect(page.get_by_role("status")).to_contain_text("Done.")
    assert len(names(site)) == len(before) - 1
    expect(page.get_by_text("1 pair to decide.")).to_be_visible()
    press(page, "Tab")
    while page.evaluate("document.activeElement.textContent") != "Take it back":
        press(page, "Tab")
    press(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("Taken back.")
    assert names(site) == before
    press(page, "n")
    expect(page.get_by_text("1 pair to decide.")).to_be_visible()
    press(page, "s")
    expect(page.get_by_text("1 pair was put off.")).to_be_visible()
    assert names(site) == before


def test_review_works_without_javascript_in_norwegian(browser: Browser, site: Site) -> None:
    context = visitor(browser, site, locale="nb-NO", java_script_enabled=False)
    page = context.new_page()
    page.goto("/review")
    for label in ("To personer", "Én person"):
        page.get_by_role("button", name=label).click()
        expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("form[action='/review']")).to_have_count(0)
    context.close()


def test_keys_decide_nothing_while_one_types_or_reads_the_keys(page: Page, site: Site) -> None:
    before = names(site)
    page.goto("/review")
    press(page, "?")
    press(page, "y")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert names(site) == before


def test_a_pair_that_is_gone_is_said_to_be(site: Site) -> None:
    with site.client() as client:
        answer = client.post("/review", data=site.form(one="kari", other="not-here", same="yes"))
        assert answer.status_code == 404
        assert client.post("/review", data=site.form(one="kari", other="kari", same="yes")).status_code == 400
        answer = client.post("/api/v1/review", json={"one": "kari", "other": "tom", "same": False})
        assert answer.json()["action"] > 0
