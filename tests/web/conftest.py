"""A running web app with the invented network, and a real browser before it."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    expect,
    sync_playwright,
)

from askwell.app.demo import DAY
from askwell.app.desk import open_desk, profile
from askwell.app.importing import import_
from askwell.doors.web.application import application
from askwell.doors.web.desks import Desks
from askwell.doors.web.keys import Keys, cookie_name

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PATIENCE = 120.0
"""Seconds that anything may take on a slow machine with much else to do; where all is well none is lost."""
expect.set_options(timeout=PATIENCE * 1000)


@dataclass(frozen=True)
class Site:
    """A running server: where it is, its keys and its ledger."""

    address: str
    port: int
    keys: Keys
    home: Path
    desks: Desks

    def client(self, **more: Any) -> httpx2.Client:
        """Somebody who has come in, with a browser of their own page's Origin."""
        headers = {"origin": self.address, "accept-language": "en"} | more.pop("headers", {})
        cookies = {cookie_name(self.port): self.keys.session}
        return httpx2.Client(
            base_url=self.address, cookies=cookies, headers=headers, timeout=PATIENCE, **more
        )

    def stranger(self, **more: Any) -> httpx2.Client:
        """Somebody who has not come in, and whose program says nothing of itself."""
        return httpx2.Client(base_url=self.address, timeout=PATIENCE, **more)

    def form(self, **fields: Any) -> dict[str, Any]:
        """The fields of a form of ours."""
        return fields | {"key": self.keys.form}


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A home with the invented network. Not to be changed: `site` works on a copy."""
    home = tmp_path_factory.mktemp("network")
    with open_desk(home, DAY) as opened:
        import_(replace(opened, profile=profile(opened.store, home)), [examples / "demo.story"])
    return home


def running(home: Path, on: date = DAY, lang: str = "") -> Iterator[Site]:
    """A server of this home on a free port, stopped when the test is over."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    keys = Keys()
    with Desks(home, on, demo=True) as desks:
        config = uvicorn.Config(application(desks, keys, lang=lang), log_level="error", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield Site(f"http://127.0.0.1:{port}", port, keys, home, desks)
        server.should_exit = True
        thread.join(PATIENCE)
    listening.close()


@pytest.fixture
def site(network: Path, tmp_path: Path) -> Iterator[Site]:
    """The app with a copy of the invented network, on the demo's day."""
    home = tmp_path / "home"
    shutil.copytree(network, home)
    yield from running(home)


@pytest.fixture
def client(site: Site) -> Iterator[httpx2.Client]:
    with site.client() as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    must = os.environ.get("CI") or os.environ.get("ASKWELL_ALL_TESTS")
    if not Path(CHROMIUM).exists() and not must:
        pytest.skip("needs Debian's chromium: apt-get install chromium")
    with sync_playwright() as play:
        try:
            opened = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), timeout=PATIENCE * 1000)
        except Error as error:
            pytest.fail(f"{CHROMIUM} does not start: {error}")
        yield opened
        opened.close()


def visitor(browser: Browser, site: Site, **more: Any) -> BrowserContext:
    """A browser of somebody who has come in. `locale`, `java_script_enabled`, `color_scheme`, `viewport` as
    Playwright's `new_context` takes them. Requests to elsewhere than the site fail the test at `close`."""
    context = browser.new_context(base_url=site.address, **{"locale": "en-GB"} | more)
    context.add_cookies(
        [
            {
                "name": cookie_name(site.port),
                "value": site.keys.session,
                "url": site.address,
                "sameSite": "Strict",
            }
        ]
    )
    context.set_default_timeout(PATIENCE * 1000)
    return context


def press(page: Page, *keys: str) -> None:
    """Press keys when the page that is shown has been read to its end and its scripts have run: before that
    a key is nobody's. What a page shows may be seen long before. Several letters go at once, as `g` and the
    letter after it belong together only for a moment."""
    page.wait_for_load_state()
    if len(keys) > 1 and all(len(one) == 1 for one in keys):
        page.keyboard.type("".join(keys))
        return
    for one in keys:
        page.keyboard.press(one)


def barriers(page: Page) -> list[tuple[str, str]]:
    """What keeps somebody out of the page as it is shown: the rule of axe, and the first place."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def is_error(one: ConsoleMessage) -> bool:
    """Whether a script or the content policy has failed. An answer of 404 is a test's own affair."""
    return one.type == "error" and "Failed to load resource" not in one.text


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of the app, in English, with JavaScript. Nothing may be asked of any other place, and no
    script may fail."""
    context = visitor(browser, site)
    opened = context.new_page()
    troubles: list[str] = []
    opened.on(
        "request", lambda one: troubles.append(one.url) if not one.url.startswith(site.address) else None
    )
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda one: troubles.append(one.text) if is_error(one) else None)
    yield opened
    context.close()
    assert troubles == []


@pytest.fixture
def plain(browser: Browser, site: Site) -> Iterator[Page]:
    """The same without JavaScript."""
    context = visitor(browser, site, java_script_enabled=False)
    yield context.new_page()
    context.close()
