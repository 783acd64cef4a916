"""People: found, narrowed, sorted; one page of them at a time; by keyboard; calm when there is nobody."""

from typing import Any

import httpx2
from playwright.sync_api import Page, expect
from tests.web.conftest import press

from askwell.app.roster import PAGE
from askwell.ledger.person import Person

CROWD = PAGE * 2 + 7


def crowd(site: Any) -> None:
    """Many people of whom only the name is known."""
    with site.desks.desk() as desk:
        people = [Person(f"p{n:04}", f"Person {n:04}", org=f"Firm {n % 7}") for n in range(CROWD)]
        desk.store.put_people(desk.store.begin(desk.now, "import", "a crowd"), people, ())


def test_people_are_searched_without_javascript(plain: Page) -> None:
    plain.goto("/people")
    plain.get_by_label("Name, firm or address").fill("nordlys")
    plain.get_by_role("button", name="Search").click()
    expect(plain.locator("[data-row]")).to_have_count(1)
    plain.get_by_role("link", name="Kari Nordmann").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Kari Nordmann")


def test_by_stage_and_tag_and_order(client: httpx2.Client) -> None:
    assert "Tom Becker" not in client.get("/people?tag=mentor").text
    assert "Kari Nordmann" in client.get("/people?tag=mentor").text
    assert "Ola Vik" in client.get("/people?stage=dormant").text
    assert "Nobody fits." in client.get("/people?q=nobody").text
    text = client.get("/people?sort=last").text
    assert text.index("Kari Nordmann") < text.index("Tom Becker") < text.index("Jonas Lie")
    assert client.get("/people?sort=money").status_code == 422
    assert client.get("/people?page=999999").status_code == 200


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/today")
    press(page, "g", "p")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    press(page, "/")
    expect(page.get_by_label("Name, firm or address")).to_be_focused()
    page.keyboard.type("siv")
    press(page, "Enter")
    expect(page.locator("[data-row]")).to_have_count(1)
    press(page, "j")
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Siv Bakke")


def test_a_crowd_comes_page_by_page(site: Any, client: httpx2.Client) -> None:
    crowd(site)
    first, last = client.get("/people?q=person"), client.get("/people?q=person&page=3")
    assert first.text.count("data-row") == PAGE
    assert last.text.count("data-row") == CROWD - 2 * PAGE
    assert "Page 3 of 3" in last.text
    assert 'rel="next" href="/people?q=person&amp;page=2"' in first.text
    assert len(first.content) < 60_000


def test_hostile_names_are_words(site: Any, client: httpx2.Client, page: Page) -> None:
    with site.desks.desk() as desk:
        bad = Person(
            "evil/../x",
            "<img src=x onerror=alert(1)>\u202e",
            org='"><script>alert(2)</script>',
            tags=("a&b=c",),
        )
        desk.store.put_people(desk.store.begin(desk.now, "import", "bad"), [bad], ())
    page.goto("/people?q=img")
    page.get_by_role("link", name="<img").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x")
    for path in ("/people", "/network", "/today", "/people?tag=a%26b%3Dc"):
        assert "<script>alert" not in client.get(path).text
        assert "<img src=x" not in client.get(path).text
    page.goto("/people?tag=a%26b%3Dc")
    expect(page.locator("[data-row]")).to_have_count(1)


def test_nobody_yet_is_said_kindly(site: Any, client: httpx2.Client) -> None:
    with site.desks.desk() as desk:
        for one in desk.store.people():
            desk.store.forget(one.key)
    assert "Nobody yet." in client.get("/people").text
    assert "There is nobody here yet." in client.get("/today").text
    assert client.get("/network").status_code == 200
    assert "no favour" in client.get("/mirror").text
