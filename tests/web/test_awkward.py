"""The pages of people with whatever stands in the address or a form: an answer, never a fall."""

from typing import Any
from urllib.parse import quote

import httpx2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "",
        "kari",
        "*",
        '"',
        "NEAR(",
        "a" * 3000,
        "\x00",
        "%",
        "..",
        "/",
        "me",
        "tom@harbour.example",
        "' OR 1=1 --",
    ]
)
FEW = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
FIELDS = ("kind", "words", "about", "on", "floor", "circle", "say", "tags", "met", "mend", "back", "sure")
PLACES = ("/people/kari/note", "/people/kari/settings", "/correct", "/told/kari", "/people/ola/forget")


@FEW
@given(WORDS, WORDS)
def test_whatever_is_looked_for(client: httpx2.Client, one: str, two: str) -> None:
    for path, fields in (
        ("/people", {"q": one, "tag": two}),
        ("/people/kari", {"show": one, "page": "2"}),
        ("/ask", {"aim": one, "who": two}),
        ("/mirror", {"since": one}),
        ("/message", {"id": one}),
        ("/today", {"all": one}),
    ):
        assert client.get(path, params=fields).status_code < 500, (path, fields)


@FEW
@given(WORDS)
def test_whoever_is_named(client: httpx2.Client, who: str) -> None:
    for path in ("people", "thank", "told", "offer", "hello"):
        assert client.get(f"/{path}/{quote(who, safe='')}").status_code < 500, path


@FEW
@given(st.sampled_from(PLACES), st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=5))
def test_whatever_is_sent(site: Any, client: httpx2.Client, place: str, fields: dict[str, str]) -> None:
    found = client.post(place, data=site.form(**fields))
    assert found.status_code < 500, (place, fields)
    assert found.headers.get("location", "/").startswith("/")
    assert not found.headers.get("location", "/").startswith("//")
