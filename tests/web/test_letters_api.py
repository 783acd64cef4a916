"""The API's letters and mirror: the same as the command line's JSON."""

import httpx2
import pytest

API = "/api/v1"


def test_the_mirror_is_that_of_the_command_line(client: httpx2.Client) -> None:
    found = client.get(f"{API}/mirror?since=2025-05-04").json()
    assert found["schema"] == "askwell.mirror/1"
    assert (found["asked"], found["people"]) == (7, 4)
    assert client.get(f"{API}/mirror?since=yesterday").status_code == 422


@pytest.mark.parametrize(("verb", "who", "part"), [("thank", "kari", "Takk"), ("hello", "ola", "oktober")])
def test_a_letter_for_each(client: httpx2.Client, verb: str, who: str, part: str) -> None:
    found = client.get(f"{API}/{verb}?who={who}").json()
    assert found["schema"] == "askwell.letter/1"
    assert part in found["letters"][0]["text"]
    assert client.get(f"{API}/{verb}?who=xyzzy").status_code == 404
    assert client.get(f"{API}/{verb}?who={who}&in=de").status_code == 422


def test_what_one_could_do(client: httpx2.Client) -> None:
    assert client.get(f"{API}/offer?who=tom").json()["schema"] == "askwell.offer/1"


def test_all_of_it_is_described(client: httpx2.Client) -> None:
    paths = client.get(f"{API}/openapi.json").json()["paths"]
    assert {f"{API}/{one}" for one in ("mirror", "thank", "offer", "hello")} <= set(paths)
