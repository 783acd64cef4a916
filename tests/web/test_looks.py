"""The pages of people as they are seen: no barrier for anybody, light and dark, phone and wide."""

from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.web.conftest import Site, barriers, visitor

PAGES = (
    "/today",
    "/people",
    "/people/tom",
    "/people/kari?show=asked",
    "/people/jonas",
    "/people/siv/forget",
    "/ask?aim=wind",
    "/ask?aim=learn+about+wind&who=ola",
    "/mirror",
    "/network",
    "/thank/kari",
    "/told/tom",
    "/message?id=d25@demo",
)
SEEN = (
    ("en-GB", "light", 1280),
    ("nb-NO", "dark", 390),
    ("nn-NO", "light", 390),
)


@pytest.mark.parametrize(("locale", "scheme", "width"), SEEN)
def test_no_page_has_a_barrier_or_runs_over(
    browser: Browser, site: Site, locale: str, scheme: Any, width: int
) -> None:
    view = {"width": width, "height": 800}
    context = visitor(browser, site, locale=locale, color_scheme=scheme, viewport=view)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda one: troubles.append(one.text) if one.type == "error" else None)
    for path in PAGES:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        if locale != "nn-NO":  # but for its words it is the one before, in light
            assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.locator("html").get_attribute("lang") == locale[:2]
    context.close()
    assert troubles == []
