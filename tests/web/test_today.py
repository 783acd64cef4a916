"""Today: each list with its letter one click away; what is done is off the list, and can be taken back."""

import httpx2
from playwright.sync_api import Page, expect


def test_thanks_are_one_click_away(plain: Page) -> None:
    plain.goto("/today")
    plain.get_by_role("link", name="Write thanks").click()
    expect(plain.locator(".letter pre").first).to_contain_text("Takk")
    mail = plain.get_by_role("link", name="Open in mail").first.get_attribute("href") or ""
    assert mail.startswith("mailto:kari@nordlys.example?subject=")


def test_thanks_said_aloud_are_off_the_list(plain: Page) -> None:
    plain.goto("/today")
    plain.get_by_role("button", name="I have thanked").click()
    expect(plain.get_by_role("heading", name="Thank", exact=True)).to_have_count(0)
    plain.get_by_role("button", name="Take it back").click()
    expect(plain.get_by_role("status")).to_contain_text("Taken back.")
    plain.goto("/today")
    expect(plain.get_by_role("heading", name="Thank", exact=True)).to_have_count(1)


def test_who_is_left_in_peace_stands_there_until_a_day(client: httpx2.Client) -> None:
    text = client.get("/today").text
    assert "Leave in peace" in text
    assert 'datetime="2026-06-16"' in text or "until" in text


def test_the_first_page_is_today(client: httpx2.Client) -> None:
    assert client.get("/").headers["location"] == "/today"


def test_what_came_of_it_is_told(plain: Page) -> None:
    plain.goto("/told/kari")
    plain.get_by_label("What came of it?").fill("Anne i HR svarte samme dag")
    plain.get_by_role("button", name="Note it and write the letter").click()
    expect(plain.locator(".letter pre")).to_contain_text("Anne i HR svarte samme dag")
    plain.get_by_role("button", name="Take it back").click()
    expect(plain.get_by_role("status")).to_contain_text("Taken back.")
