"""The JSON API: what its document promises, tried by Schemathesis, and what the command line prints too."""

from pathlib import Path

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.web.conftest import PATIENCE, Site

from askwell.app.check import check
from askwell.app.draft import parse_draft
from askwell.app.person import person
from askwell.app.today import today

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
"""Of each operation and each mode. With 300 it was run by hand."""
# What a schema cannot say (words that are no story, a letter of spaces) is refused with 400 and a hint: so
# refusing what the document allows is no fault.
UPLOAD = "POST /api/v1/import"
"""In a form everything is text, so nothing has a wrong type; tests/web/test_importing.py tries it."""
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


def bearer(site: Site) -> dict[str, str]:
    return {"authorization": f"Bearer {site.keys.session}"}


@pytest.mark.timeout(900)
def test_the_api_does_as_its_document_says(site: Site) -> None:
    document = schemathesis.openapi.from_url(
        f"{site.address}/api/v1/openapi.json", headers=bearer(site), timeout=PATIENCE
    )
    tried = []
    for result in document.get_all_operations():
        operation = result.ok()
        if operation.label == UPLOAD:
            continue
        strategies = [operation.as_strategy(mode) for mode in MODES]

        @seed(1)
        @FEW
        @given(st.one_of(strategies))
        def run(case: schemathesis.Case) -> None:
            answer = case.call(headers=bearer(site), timeout=PATIENCE)
            assert answer.status_code < 500
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])

        run()
        tried.append(operation.label)
    assert len(tried) > 15


def test_a_letter_is_judged_as_on_the_command_line(site: Site, client: httpx2.Client, examples: Path) -> None:
    for name in ("en", "nb", "nn"):
        text = (examples / "drafts" / f"{name}.txt").read_text("utf-8")
        with site.desks.desk() as desk:
            wanted = check(desk, parse_draft(text.encode())).to_json()
        assert client.post("/api/v1/check", json={"text": text}).json() == wanted


def test_lists_and_people_are_those_of_the_command_line(site: Site, client: httpx2.Client) -> None:
    with site.desks.desk() as desk:
        assert client.get("/api/v1/today").json() == today(desk).to_json()
        assert client.get("/api/v1/people/kari").json() == person(desk, "kari").to_json()


def test_what_was_said_can_be_taken_back(client: httpx2.Client) -> None:
    before = client.get("/api/v1/people/kari").json()
    kept = client.post("/api/v1/log", json={"text": "thanks me -> kari"})
    assert kept.status_code == 201
    assert client.get("/api/v1/people/kari").json() != before
    newest = client.get("/api/v1/undo").json()["actions"][0]
    assert newest["verb"] == "log"
    assert client.post("/api/v1/undo", json={"number": newest["number"]}).status_code == 200
    assert client.get("/api/v1/people/kari").json() == before
    again = client.post("/api/v1/undo", json={"number": newest["number"]})
    assert again.status_code == 409
    assert again.json()["message"]


def test_an_error_says_what_to_do_in_the_readers_language(client: httpx2.Client) -> None:
    answer = client.get("/api/v1/people/nobody-of-this-name", headers={"accept-language": "nb"})
    assert answer.status_code == 404
    assert "nobody-of-this-name" in answer.json()["message"]
    assert answer.json()["message"].startswith("Ingen")
    assert client.get("/api/v1/nothing").json().keys() == {"message", "hint"}


def test_a_rule_is_switched_off_and_on(client: httpx2.Client, site: Site) -> None:
    id = "en/third-party/career-favour"
    letter = {"text": "Hi Kari, could you get my cousin Leo a job at Nordlys?", "to": ["kari"]}
    spoke = {one["id"] for one in client.post("/api/v1/check", json=letter).json()["findings"]}
    assert id in spoke
    assert client.put(f"/api/v1/rules/{id}", json={"off": True}).json()["off"] is True
    spoke = {one["id"] for one in client.post("/api/v1/check", json=letter).json()["findings"]}
    assert id not in spoke
    assert id in (site.home / "settings.toml").read_text("utf-8")
    assert client.put(f"/api/v1/rules/{id}", json={"off": False}).json()["off"] is False
