"""Settings: the profile, the language, rules, and what left this machine."""

from datetime import UTC, datetime

import httpx2
from playwright.sync_api import Page, expect
from tests.web.conftest import Site, barriers

from askwell.app.leaving import note

PAGES = (
    "/check",
    "/check?example=en",
    "/import",
    "/settings?room=en",
    "/settings/rules/record/thanks-overdue",
    "/nothing",
)


def test_the_profile_is_filled_and_emptied(page: Page, site: Site) -> None:
    page.goto("/settings")
    goals = page.get_by_role("region", name="What you are aiming at")
    goals.get_by_role("textbox").fill("learn <b>welding</b>")
    goals.get_by_role("button", name="Add").click()
    expect(goals.get_by_text("learn <b>welding</b>")).to_be_visible()
    with site.desks.desk() as desk:
        assert "learn <b>welding</b>" in desk.profile.goals
    goals.get_by_role("button", name="Remove learn").click()
    expect(goals.get_by_text("welding")).to_have_count(0)


def test_a_rule_is_read_switched_off_and_on(page: Page, site: Site) -> None:
    page.goto("/settings/rules/en/third-party/career-favour")
    expect(page.get_by_role("heading", name="Speaks of")).to_be_visible()
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_role("button", name="Switch it on again")).to_be_visible()
    with site.desks.desk() as desk:
        assert desk.settings.rules_off == ("en/third-party/career-favour",)
    page.goto("/settings?room=en")
    page.get_by_role("button", name="Switch on:").click()
    expect(page.get_by_role("button", name="Switch on:")).to_have_count(0)


def test_the_language_is_chosen_for_good(page: Page) -> None:
    page.goto("/settings")
    page.get_by_label("Askwell speaks").select_option("nn")
    page.locator("#language button").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_what_left_is_shown(client: httpx2.Client, site: Site) -> None:
    assert "Nothing, ever." in client.get("/settings").text
    note(site.home, datetime(2026, 5, 4, tzinfo=UTC), "sync", "https://me:pw@mail.example/x", "<b>x</b>", 12)
    shown = client.get("/settings").text
    assert "mail.example" in shown
    assert "pw@" not in shown
    assert "<b>x</b>" not in shown


def test_settings_that_are_broken_are_named_and_not_written_over(client: httpx2.Client, site: Site) -> None:
    (site.home / "settings.toml").write_text("lang = 7\n", "utf-8")
    answer = client.get("/settings")
    assert answer.status_code == 400
    assert "settings.toml:1" in answer.text
    assert client.post("/settings/lang", data=site.form(lang="nb")).status_code == 400
    assert (site.home / "settings.toml").read_text("utf-8") == "lang = 7\n"


def test_comments_in_the_settings_stay(client: httpx2.Client, site: Site) -> None:
    (site.home / "settings.toml").write_text('# mine\nfail_on = "dont"  # so\n', "utf-8")
    assert client.post("/settings/lang", data=site.form(lang="nb")).status_code == 303
    text = (site.home / "settings.toml").read_text("utf-8")
    assert "# mine" in text
    assert "# so" in text
    assert 'lang = "nb"' in text


def test_no_page_has_a_barrier(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for path in PAGES:
            page.goto(path)
            assert barriers(page) == [], path
        page.set_viewport_size({"width": 360, "height": 700})
        for path in PAGES:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
