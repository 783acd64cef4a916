"""The pictures of docs/tour.md: the invented network in Chromium, done as the guide says, and taken.

`python -m upkeep tour` takes all of them anew; `python -m upkeep tour today send` only these. They are WebP,
each smaller than 60 kB. The letters are those of the guide itself: its `text` blocks, in their order.
"""

from __future__ import annotations

import base64
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GUIDE = Path(__file__).parents[1] / "docs" / "tour.md"
FOLDER = GUIDE.with_suffix("")
CHROMIUM = "/usr/bin/chromium"
MOST = 60_000
QUALITIES = (82, 70, 55, 40)
_LETTER = re.compile(r"^```text\n(To: .*?)^```$", re.MULTILINE | re.DOTALL)


def _look(page: Any) -> None:
    """Do nothing but look."""
    page.locator("h1").wait_for()


@dataclass(frozen=True)
class Shot:
    """A picture: where to go, what to do there, how the browser is set, and how high it is."""

    name: str
    path: str
    do: Callable[[Any], None] = _look
    high: int = 700
    wide: int = 1120
    locale: str = "en-GB"
    scheme: str = "light"
    top: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter of the guide, as one would type it into Check."""

    to: str
    subject: str
    text: str


def letters() -> list[Letter]:
    """The letters of the guide, in their order."""
    found = []
    for block in _LETTER.findall(GUIDE.read_text("utf-8")):
        head, _, body = block.partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        found.append(Letter(fields["To"], fields.get("Subject", ""), body))
    return found


def _typed(at: int) -> Callable[[Any], None]:
    """Type the guide's letter with this number into Check, and wait for what is said of it."""

    def do(page: Any) -> None:
        letter = letters()[at]
        page.locator("#to").fill(letter.to)
        page.locator("#subject").fill(letter.subject)
        page.locator("#text").fill(letter.text)
        page.locator("button.primary").first.click()
        page.locator(".verdict .word").wait_for()

    return do


def _noted(page: Any) -> None:
    page.locator("#words").fill("Anne svarte samme dag og sa hva jeg burde lese")
    page.locator("main form button.primary").click()
    page.locator(".letter pre").first.wait_for()


SHOTS = (
    Shot("today", "/today", high=720),
    Shot("wait", "/check", _typed(0), high=900),
    Shot("gentler", "/check", _typed(0), high=520, top="#better"),
    Shot("send", "/check", _typed(1), high=640),
    Shot("thank", "/thank/kari", high=640),
    Shot("person", "/people/kari", high=1180),
    Shot("ask", "/ask?aim=learn+about+wind+power", high=720),
    Shot("mirror", "/mirror", high=860),
    Shot("map", "/network", high=480),
    Shot("vent", "/check", _typed(2), high=900, locale="nb-NO"),
    Shot("i-dag", "/today", high=820, wide=390, locale="nn-NO", scheme="dark"),
    Shot("person-nb", "/people/tom", high=820, wide=390, locale="nb-NO", scheme="dark"),
    Shot("told", "/told/kari", _noted, high=620),  # the last: it changes the ledger
)


def take(chosen: list[str]) -> list[Path]:
    """Take the pictures with these names, or all; returns the files."""
    from playwright.sync_api import sync_playwright

    wanted = [one for one in SHOTS if not chosen or one.name in chosen]
    if unknown := set(chosen) - {one.name for one in SHOTS}:
        raise SystemExit(f"There is no picture called {', '.join(sorted(unknown))}.")
    FOLDER.mkdir(exist_ok=True)
    made = []
    with sync_playwright() as play, opened() as (address, cookie):
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for shot in wanted:
            made.append(FOLDER / f"{shot.name}.webp")
            made[-1].write_bytes(_taken(browser, address, cookie, shot))
        browser.close()
    return made


@contextmanager
def opened() -> Iterator[tuple[str, dict[str, Any]]]:
    """The web app with the invented network: its address, and the cookie of one who has come in."""
    import uvicorn

    from askwell.app.demo import DAY, examples
    from askwell.app.desk import open_desk
    from askwell.app.importing import import_
    from askwell.doors.web.application import application
    from askwell.doors.web.desks import Desks
    from askwell.doors.web.keys import Keys, cookie_name
    from askwell.doors.web.serving import listen

    with tempfile.TemporaryDirectory() as folder, listen("127.0.0.1", 0) as listening:
        home, port, keys = Path(folder), listening.getsockname()[1], Keys()
        with open_desk(home, DAY) as desk:
            import_(desk, [examples() / "demo.story"])
        with Desks(home, DAY) as desks:
            server = uvicorn.Server(
                uvicorn.Config(application(desks, keys), log_level="error", access_log=False)
            )
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
            thread.start()
            address = f"http://127.0.0.1:{port}"
            yield address, {"name": cookie_name(port), "value": keys.session, "url": address}
            server.should_exit = True
            thread.join(10)


def _taken(browser: Any, address: str, cookie: dict[str, Any], shot: Shot) -> bytes:
    context = browser.new_context(
        base_url=address,
        locale=shot.locale,
        color_scheme=shot.scheme,
        viewport={"width": shot.wide, "height": shot.high},
        reduced_motion="reduce",
    )
    context.add_cookies([cookie | {"sameSite": "Strict"}])
    page = context.new_page()
    page.goto(shot.path)
    shot.do(page)
    page.evaluate("document.activeElement?.blur()")  # nothing that blinks
    page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
    y = page.locator(shot.top).bounding_box()["y"] if shot.top else 0
    clip = {"x": 0, "y": y, "width": shot.wide, "height": shot.high, "scale": 1}
    session = context.new_cdp_session(page)
    for quality in QUALITIES:
        found = session.send(
            "Page.captureScreenshot",
            {"format": "webp", "quality": quality, "clip": clip, "captureBeyondViewport": True},
        )
        data = base64.b64decode(found["data"])
        if len(data) < MOST:
            break
    context.close()
    return data
