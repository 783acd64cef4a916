"""Check: a letter is looked at, with and without JavaScript."""

import httpx2
from playwright.sync_api import Page, expect


def test_a_letter_is_checked_without_javascript(plain: Page) -> None:
    plain.goto("/check")
    plain.get_by_label("To", exact=True).fill("kari")
    plain.get_by_label("Letter", exact=True).fill("Hi Kari, could you get my cousin a job at Nordlys?")
    plain.get_by_role("button", name="Check").click()
    expect(plain.locator(".verdict")).to_be_visible()


def test_nobody_comes_in_without_the_cookie(client: httpx2.Client) -> None:
    assert client.get("/check").status_code == 200
    client.cookies.clear()
    assert client.get("/check").status_code == 401
