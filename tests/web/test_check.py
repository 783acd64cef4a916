"""Check as a person uses it: while writing, without JavaScript, by keyboard alone, in three languages."""

import re
from urllib.parse import unquote

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.conftest import Site, press, visitor

COUSIN = "Hi Kari,\n\ncould you get my cousin Leo a job at Nordlys?\n\nBest,\nIngrid"
LONG = (
    "Thank you for the talk, and for the long walk, and for telling me of the harbour, the gulls, the old"
    " cranes, the people who ran them and the ships that came in from far away when you were small, which"
    " I had never heard of before."
)
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 1234*4321 }} {x} 😀'


def to(page: Page) -> None:
    page.get_by_label("To", exact=True).fill("kari")


def letter(page: Page, text: str) -> None:
    page.get_by_label("Letter", exact=True).fill(text)


def test_a_letter_is_looked_at_while_it_is_written(page: Page) -> None:
    page.goto("/check")
    to(page)
    letter(page, COUSIN)
    expect(page.locator(".verdict .word")).to_have_text("Don't send this")
    mark = page.locator(".under mark.stop")
    expect(mark).to_have_text("could you get my cousin Leo a job at Nordlys?")
    expect(page.get_by_role("status").first).to_contain_text("Don't send this")
    letter(page, "Hi Kari, thank you for the address of HR. It helped me write to the right person.")
    expect(page.locator(".verdict .word")).to_have_text("Send")
    expect(page.locator(".under mark")).to_have_count(0)


def test_marks_come_soon_after_the_last_key(page: Page) -> None:
    """Within 300 ms, which `python -m bench web` prints. On a busy machine the server and the browser take
    their time too: the rest between the last key and the question may not be longer for it."""
    page.goto("/check")
    to(page)
    letter(page, COUSIN)
    expect(page.locator(".under mark.stop")).to_be_visible()
    for _ in range(20):
        letter(page, "Hi Kari.")
        expect(page.locator(".under mark")).to_have_count(0)
        page.evaluate(
            """text => {
              const field = document.getElementById("text");
              window.took = new Promise((done) => {
                const began = performance.now();
                new MutationObserver((_, seen) => {
                  if (!document.querySelector(".under mark")) return;
                  seen.disconnect();
                  done(performance.now() - began);
                }).observe(document.querySelector(".under"), { childList: true });
              });
              field.value = text;
              field.dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            COUSIN,
        )
        took = page.evaluate("window.took")
        bare = page.evaluate(
            """async () => {
              const body = () => new URLSearchParams(new FormData(document.querySelector("[data-check]")));
              const began = performance.now();
              await (await fetch("/check/live", { method: "POST", body: body() })).text();
              return performance.now() - began;
            }"""
        )
        if took < 200 + 3 * bare:
            return
    raise AssertionError(f"after {took:.0f} ms, where a question alone takes {bare:.0f} ms")


def test_marks_lie_under_their_words(page: Page) -> None:
    """In a letter with letters of more than one code unit, and long lines."""
    page.goto("/check")
    to(page)
    letter(page, f"😀😀 {LONG}\n\n{COUSIN}")
    mark = page.locator(".under mark.stop")
    expect(mark).to_have_text("could you get my cousin Leo a job at Nordlys?")
    same = page.evaluate(
        """() => {
          const field = document.getElementById("text"), under = document.querySelector(".under");
          const a = getComputedStyle(field), b = getComputedStyle(under);
          return ["font", "lineHeight", "padding", "width", "whiteSpace", "overflowWrap", "letterSpacing"]
            .filter((one) => a[one] !== b[one])
            .concat(field.clientHeight < field.scrollHeight ? ["height"] : []);
        }"""
    )
    assert same == []


def test_the_gentler_letter_is_taken_and_opened_in_mail(page: Page) -> None:
    page.goto("/check?example=nb")
    expect(page.locator(".verdict .word")).to_have_text("Wait")
    better = page.locator("#better")
    gentler = better.locator("[data-letter] pre").inner_text() + "\n"
    assert better.locator("ins").count() > 0
    address = better.get_by_role("link", name="Open in mail").get_attribute("href") or ""
    assert address.startswith("mailto:kari?subject=")
    assert gentler.strip() in unquote(address).replace("\r\n", "\n")
    page.get_by_role("button", name="Go on with this one").click()
    expect(page.get_by_label("Letter", exact=True)).to_have_value(gentler)


def test_a_new_contact_should_wait_and_a_better_letter_is_sent(page: Page) -> None:
    """What somebody finds out who has never seen Askwell: too much for a new contact, and what is not."""
    page.goto("/check")
    page.get_by_label("To", exact=True).fill("stranger@firm.example")
    letter(page, "Hi! Could you refer me for the analyst role at your firm? Best, Ingrid")
    word = page.locator(".verdict .word")
    expect(word).not_to_have_text("Send")
    expect(page.locator(".finding").first).to_contain_text("new contact")
    page.get_by_role("button", name="Go on with this one").click()
    expect(word).to_have_text("Send")


def test_a_letter_is_checked_without_javascript(plain: Page) -> None:
    plain.goto("/check")
    to(plain)
    letter(plain, COUSIN)
    plain.get_by_role("button", name="Check").click()
    expect(plain.locator(".verdict .word")).to_have_text("Don't send this")
    expect(plain.locator(".finding .words").first).to_contain_text("my cousin Leo")
    expect(plain.get_by_label("Letter", exact=True)).to_have_value(COUSIN)
    plain.get_by_role("button", name="Go on with this one").click()
    expect(plain.get_by_label("To", exact=True)).to_have_value("kari")
    expect(plain.get_by_label("Letter", exact=True)).not_to_have_value(COUSIN)


def test_check_is_used_by_keyboard_alone(page: Page) -> None:
    page.goto("/settings")
    press(page, "c")
    expect(page).to_have_url(re.compile("/check$"))
    expect(page.locator(".sheet.grown")).to_be_visible()  # the scripts are there
    expect(page.get_by_label("Letter", exact=True)).to_be_focused()
    press(page, "Escape")
    press(page, "/")
    expect(page.get_by_label("To", exact=True)).to_be_focused()
    page.keyboard.type("kari")
    press(page, "Tab")
    press(page, "Tab")
    expect(page.get_by_label("Letter", exact=True)).to_be_focused()
    asked = "Hi Kari, could you get my cousin a job?"
    page.keyboard.type(asked)
    expect(page.locator(".verdict .word")).to_have_text("Don't send this")
    expect(page.locator(".under mark.stop")).to_have_text(asked)  # to its end
    press(page, "Control+Enter")
    press(page, "Escape")
    press(page, "j")
    expect(page.locator(".finding").first).to_be_focused()
    press(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    press(page, "g", "t")
    expect(page).to_have_url(re.compile("/today$"))


@pytest.mark.parametrize(("locale", "label", "word"), [("nb-NO", "Brev", "Vent"), ("nn-NO", "Brev", "Vent")])
def test_check_speaks_norwegian(browser: Browser, site: Site, locale: str, label: str, word: str) -> None:
    context = visitor(browser, site, locale=locale)
    page = context.new_page()
    page.goto("/check?example=nb")
    expect(page.locator(".verdict .word")).to_have_text(word)
    expect(page.locator("html")).to_have_attribute("lang", locale[:2])
    expect(page.locator("#better pre").last).to_have_attribute("lang", "nb")
    expect(page.get_by_label(label, exact=True)).to_be_visible()
    context.close()


def test_whom_is_meant_is_asked_when_several_are(page: Page, site: Site) -> None:
    with site.client() as client:
        client.patch("/api/v1/profile", json={"name": "Ingrid"})
    page.goto("/check")
    page.get_by_label("To", exact=True).fill("nobody of this name")
    letter(page, COUSIN)
    expect(page.locator("#found")).to_contain_text("nobody of this name")
    expect(page.locator(".verdict")).to_have_count(0)


def test_people_are_offered_while_a_name_is_typed(page: Page) -> None:
    page.goto("/check")
    page.get_by_label("To", exact=True).press_sequentially("nord")
    offered = page.locator('#known option[value="Kari Nordmann <kari@nordlys.example>"]')
    expect(offered).to_have_count(1)


def test_hostile_words_stay_words(page: Page) -> None:
    page.on("dialog", lambda one: pytest.fail(one.message))
    page.goto("/check")
    page.get_by_label("To", exact=True).fill("kari")
    page.get_by_label("Subject").fill(HOSTILE)
    letter(page, f"{HOSTILE}\n\nCould you get my cousin {HOSTILE} a job?")
    expect(page.locator(".verdict")).to_be_visible()
    expect(page.locator("main script, main img")).to_have_count(0)
    assert "5332114" not in page.locator("#better").inner_text()


STRANGE = ("", " \n ", "\x00", "To: kari\n\n", "a" * 300_000, "\ud800".encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("text", STRANGE)
def test_no_letter_is_too_strange(site: Site, client: httpx2.Client, text: str | bytes) -> None:
    for path in ("/check", "/check/live"):
        answer = client.post(path, data=site.form(text=text, to="kari"))
        assert answer.status_code in (200, 400, 422), path


def test_a_letter_stays_when_the_server_was_started_again_or_is_gone(page: Page, site: Site) -> None:
    page.goto("/check")
    letter(page, COUSIN)
    expect(page.locator(".verdict")).to_be_visible()
    site.keys.session = "another"
    letter(page, COUSIN + "!")
    expect(page.get_by_role("alert")).to_contain_text("open only to the one who started it")
    page.route("**/check/live", lambda route: route.abort())
    letter(page, COUSIN + "!!")
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    expect(page.get_by_label("Letter", exact=True)).to_have_value(COUSIN + "!!")


def test_the_first_page_is_light(client: httpx2.Client) -> None:
    """First load under 60 kB: the page, its style and its scripts."""
    page = client.get("/check")
    files = ("askwell.css", "keys.js", "check.js", "icon.svg")
    assert len(page.content) + sum(len(client.get(f"/static/{one}").content) for one in files) < 60_000
