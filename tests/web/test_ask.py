"""Ask: from an aim to whom to ask for what, and a draft that goes on in Check."""

import httpx2
from playwright.sync_api import Page, expect


def test_from_an_aim_to_a_letter(plain: Page) -> None:
    plain.goto("/ask")
    plain.get_by_label("Your aim, in a few words").fill("learn about wind power")
    plain.get_by_role("button", name="Whom to ask for what").click()
    plain.get_by_role("link", name="A first draft").first.click()
    expect(plain.locator(".letter pre")).to_contain_text("wind power")
    plain.get_by_role("button", name="Go on in Check").click()
    expect(plain.locator(".verdict .word")).to_have_text("Send")


def test_who_was_asked_of_late_is_to_be_left_in_peace(client: httpx2.Client) -> None:
    text = client.get("/ask?aim=a+job+at+Sj%C3%B8vind").text
    assert "Eva Strand" in text
    assert "Ask nothing new before" in text


def test_nobody_who_has_to_do_with_it(client: httpx2.Client) -> None:
    assert "Nobody in the ledger has to do with this" in client.get("/ask?aim=quantum+gravity").text


def test_awkward_aims(client: httpx2.Client) -> None:
    for aim in ("%20%20", "%3Cscript%3E", "*", '"', "a" * 500, "%00", "job" * 100):
        assert client.get(f"/ask?aim={aim}").status_code == 200, aim
    assert client.get("/ask?aim=x&who=nobody-at-all").status_code != 200
    assert client.get("/ask?aim=" + "x" * 501).status_code == 422
