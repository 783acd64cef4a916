"""Mirror and map: words, pictures and tables; nobody ranked."""

import httpx2
from playwright.sync_api import Page, expect


def test_how_one_asks_in_words_and_pictures(plain: Page) -> None:
    plain.goto("/mirror")
    expect(plain.locator(".seen")).to_contain_text("You asked for 7 favours")
    expect(plain.locator("svg[role=img]")).to_have_count(3)
    plain.get_by_text("The same as a table").first.click()
    expect(plain.get_by_role("table").first).to_be_visible()
    plain.get_by_label("Look from this day on").fill("2026-04-01")
    plain.get_by_role("button", name="Look").click()
    expect(plain.locator(".seen")).to_contain_text("You asked for one favour")


def test_a_day_that_is_none(client: httpx2.Client) -> None:
    assert client.get("/mirror?since=").status_code == 200
    assert client.get("/mirror?since=yesterday").status_code == 422


def test_the_map_names_who_introduced_whom(client: httpx2.Client) -> None:
    text = client.get("/network").text
    assert "Tom Becker introduced you and Ola Vik" in text
    assert 'class="tie"' in text


def test_pictures_have_their_sheet(client: httpx2.Client) -> None:
    found = client.get("/pictures.css")
    assert found.headers["content-type"].startswith("text/css")
    assert ".picture" in found.text
