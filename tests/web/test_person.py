"""A person's page: what passed, what is left open, and what can be said of it; all can be taken back."""

import html
import re
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page, expect

from askwell.app.importing import import_


def took_back(page: Page) -> None:
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back.")


def test_what_passed_both_ways_is_shown(client: httpx2.Client) -> None:
    text = client.get("/people/tom").text
    assert "Tom asked for" in text
    assert "You asked for" in text
    assert "I would rather not" in text or "said no" in text
    assert text.index("2026") < text.index("2025")
    assert text.count("<svg") == 2


@pytest.mark.parametrize("show", ["asked", "given", "thanked", "met", "open", "nonsense"])
def test_it_can_be_narrowed(client: httpx2.Client, show: str) -> None:
    found = client.get(f"/people/tom?show={show}&page=99")
    assert found.status_code == 200
    if show == "met":
        assert "coffee at the harbour" in found.text
        assert "You thanked" not in found.text


def test_a_name_or_an_address_leads_there(client: httpx2.Client) -> None:
    assert client.get("/people/Kari%20Nordmann").headers["location"] == "/people/kari"
    assert client.get("/people/tom@harbour.example").headers["location"] == "/people/tom"
    assert client.get("/people/xyzzy").status_code != 200


def test_a_reading_is_corrected_in_one_click_and_back(plain: Page) -> None:
    plain.goto("/people/kari?show=asked")
    asks = plain.locator(".event", has_text="You asked for")
    before = asks.count()
    asks.first.get_by_role("button", name="No ask").click()
    expect(plain.get_by_role("status")).to_contain_text("Done.")
    took_back(plain)
    plain.goto("/people/kari?show=asked")
    expect(asks).to_have_count(before)


def test_what_became_of_an_ask_is_said_beside_the_letter(plain: Page) -> None:
    plain.goto("/people/tom?show=asked")
    event = plain.locator(".event", has_text="introduce me to Ola")
    expect(event.locator(".state")).to_have_text("granted")
    event.get_by_role("link", name="Read it, mend it").click()
    expect(plain.locator("pre.letter")).to_contain_text("a no is quite all right")
    plain.get_by_role("button", name="They said no").first.click()
    expect(plain.get_by_role("status")).to_contain_text("Done.")
    plain.goto("/people/tom?show=asked")
    expect(event.locator(".state")).to_have_text("declined")


@pytest.mark.parametrize(
    "mend",
    ["", "x", "[]", '["no_ask"]', '["nonsense","d25@demo","Vet du"]', "[" * 9999, '["no_ask","?","?"]'],
)
def test_a_correction_that_is_none_is_refused(site: Any, client: httpx2.Client, mend: str) -> None:
    assert 400 <= client.post("/correct", data=site.form(mend=mend)).status_code < 500


def test_a_message_that_is_not_there(client: httpx2.Client) -> None:
    assert client.get("/message?id=nowhere").status_code == 404
    assert client.get("/message").status_code == 422


def test_hostile_mail_is_text(site: Any, client: httpx2.Client) -> None:
    bad = "<img src=//x.example/a.png><script>alert(1)</script>"
    story = (
        'person kari "Kari Nordmann" <kari@nordlys.example> org="Nordlys" title="Head of Data" tags=mentor\n'
        f'2026-05-01T09:00:00Z message kari -> me "{bad} Could you help me?" id="a<b>c@x" subject="{bad}"\n'
    )
    path = site.home / "bad.story"
    path.write_text(story, "utf-8")
    with site.desks.desk() as desk:
        import_(desk, [path])
    shown = client.get("/people/kari").text
    assert "<img" not in shown
    assert "<script>alert" not in shown
    link = re.search(r'href="(/message[^"]+)" *>?[^>]*&lt;img', shown) or re.search(
        r'"(/message\?id=a[^"]+)"', shown
    )
    assert link
    message = client.get(html.unescape(link[1]))
    assert message.status_code == 200
    assert "<img" not in message.text


def test_settings_are_kept_and_taken_back(plain: Page) -> None:
    plain.goto("/people/ola")
    plain.get_by_text("How well you know each other").click()
    plain.get_by_label("We know each other at least as").select_option("established")
    plain.get_by_label("Tags, with commas between").fill("wind, Wind,  mentor ")
    plain.get_by_label("How you met").fill("at the harbour")
    plain.get_by_role("button", name="Keep").click()
    expect(plain.locator("article")).to_contain_text("an established contact")
    expect(plain.locator("header .tag")).to_have_text(["wind", "mentor"])
    expect(plain.locator("article")).to_contain_text("at the harbour")
    took_back(plain)
    expect(plain.locator("header .tag")).to_have_count(0)


def test_something_is_noted_and_taken_back(plain: Page) -> None:
    plain.goto("/people/ola")
    plain.get_by_text("Note something").click()
    plain.get_by_label("What was it?").select_option("They helped me")
    plain.get_by_label("About what").select_option("a tip")
    plain.get_by_label("In a few words").fill('a "good" book <b>')
    plain.get_by_role("button", name="Note it").click()
    expect(plain.locator(".passed")).to_contain_text('a "good" book <b>')
    took_back(plain)
    expect(plain.locator(".passed")).not_to_contain_text("good")


@pytest.mark.parametrize(
    "fields", [{"kind": "nonsense"}, {"kind": "met", "on": "2999-01-01"}, {"kind": "met", "on": "x"}, {}]
)
def test_what_cannot_be_noted_is_refused(site: Any, client: httpx2.Client, fields: dict[str, str]) -> None:
    found = client.post("/people/ola/note", data=site.form(**fields))
    assert 400 <= found.status_code < 500
    assert client.post("/people/ola/note", data={"kind": "met"}).status_code == 403


def test_forgetting_asks_first_and_is_for_good(plain: Page, client: httpx2.Client) -> None:
    plain.goto("/people/siv")
    plain.get_by_role("link", name="Forget Siv").click()
    expect(plain.get_by_text("This cannot be taken back.")).to_be_visible()
    plain.get_by_label("I am sure.").check()
    plain.get_by_role("button", name="Forget for good").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Siv Bakke is forgotten.")
    assert client.get("/people/siv").status_code != 200


def test_forgetting_needs_the_sign(site: Any, client: httpx2.Client) -> None:
    assert client.post("/people/siv/forget", data=site.form()).status_code == 422
    assert client.get("/people/siv").status_code == 200


def test_a_page_for_paper_has_no_buttons(page: Page) -> None:
    page.goto("/people/tom")
    page.emulate_media(media="print")
    expect(page.get_by_role("button").first).not_to_be_visible()
    expect(page.locator("svg").first).to_be_visible()
    expect(page.locator(".passed").get_by_text("coffee at the harbour")).to_be_visible()
    assert len(page.pdf()) > 10_000


def test_there_is_room_for_a_long_history(client: httpx2.Client) -> None:
    assert len(client.get("/people/tom").content) < 60_000
