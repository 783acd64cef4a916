"""The API's requests, introductions, searches and silences: the command line's JSON, and as documented."""

import json
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.web.conftest import PATIENCE, Site

from askwell.app.gate import Submitted, decide
from askwell.app.importing import import_
from askwell.app.quiet import quiet
from askwell.app.who import who

API = "/api/v1"
OURS = ("triage", "intro", "told", "who", "quiet", "held")
FEW = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None)
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
LETTER = (
    b"From: Ingrid <ingrid@example.no>\r\nTo: Kari <kari@nordlys.example>\r\nSubject: Leo\r\n\r\n"
    b"Hi Kari,\r\n\r\ncould you get my cousin Leo a job at Nordlys?\r\n\r\nIngrid\r\n"
)


def hold(site: Site, data: bytes = LETTER, to: str = "kari@nordlys.example") -> None:
    """Let the gate hold a letter."""
    with site.desks.desk() as desk:
        now = datetime.now(UTC)
        assert not decide(desk, Submitted(data, "ingrid@example.no", (to,), now), "wait").passes


@pytest.fixture
def story(site: Site, examples: Path) -> None:
    """The story of Siv, who asked for a job, in the same ledger."""
    with site.desks.desk() as desk:
        import_(desk, [examples / "introductions.story"])


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("story")
def test_they_do_as_their_document_says(site: Site) -> None:
    hold(site)
    token = {"authorization": f"Bearer {site.keys.session}"}
    document = schemathesis.openapi.from_url(
        f"{site.address}{API}/openapi.json", headers=token, timeout=PATIENCE
    )
    tried = set()
    for result in document.get_all_operations():
        operation = result.ok()
        if operation.path.removeprefix(f"{API}/").partition("/")[0] not in OURS:
            continue

        @seed(1)
        @FEW
        @given(st.one_of([operation.as_strategy(mode) for mode in MODES]))
        def run(case: schemathesis.Case) -> None:
            answer = case.call(headers=token, timeout=PATIENCE)
            assert answer.status_code < 500
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])

        run()
        tried.add(operation.label)
    assert len(tried) == 10


@pytest.mark.usefixtures("story")
def test_real_answers_fit_the_document(site: Site, client: httpx2.Client) -> None:
    """What a generator will not think of: names, letters and steps that are there."""
    hold(site)
    token = {"authorization": f"Bearer {site.keys.session}"}
    document = schemathesis.openapi.from_url(
        f"{site.address}{API}/openapi.json", headers=token, timeout=PATIENCE
    )
    pair = {"one": "siv", "other": "ruth"}
    calls: list[tuple[str, str, dict[str, object]]] = [
        ("GET", "triage", {"days": 365, "every": True, "on": "2026-05-01"}),
        ("POST", "triage", {"id": "i06@demo", "vouch": False, "choose": "decline"}),
        ("GET", "intro", {"who": "siv"}),
        ("GET", "intro/apology", pair | {"on": "2026-05-01"}),
        ("POST", "intro", {"do": "propose", "one": "tom", "other": "kari", "for": "tom", "purpose": "data"}),
        ("POST", "intro", {"do": "ask", "one": "tom", "other": "kari", "text": "Tom has one question."}),
        ("POST", "told", {"who": ["kari"], "words": "I got the job", "in": "nb"}),
        ("GET", "who", {"at": "Nordlys"}),
        ("GET", "quiet", {"who": "tom"}),
        ("GET", "held", {}),
        ("GET", f"held/{client.get(f'{API}/held').json()['held'][0]['key']}", {}),
    ]
    for method, path, values in calls:
        template = "held/{key}" if path.startswith("held/") else path
        given_as = {"json": values} if method == "POST" else {"params": values}
        answer = client.request(method, f"{API}/{path}", **given_as)  # type: ignore[arg-type]
        assert answer.status_code == 200, (path, answer.text)
        document[f"{API}/{template}"][method].validate_response(answer)


@pytest.mark.usefixtures("story")
def test_a_request_is_looked_at_vouched_for_answered_and_taken_back(client: httpx2.Client) -> None:
    asked = f"{API}/triage?days=60&on=2026-05-01"
    (one,) = [each for each in client.get(asked).json()["requests"] if each["message"]["id"] == "i06@demo"]
    assert (one["recommended"], one["contact"]["person"], one["for"]["name"]) == ("decline", "ruth", "Leo")
    assert "burned" in [each["id"] for each in one["reasons"]]
    said = client.post(f"{API}/triage", json={"id": "i06@demo", "vouch": True}).json()["requests"][0]
    assert said["vouched"] == "yes"
    assert client.post(f"{API}/triage", json={"id": "i06@demo", "choose": "decline"}).status_code == 200
    assert client.get(asked).json()["requests"] == [] or all(
        each["message"]["id"] != "i06@demo" for each in client.get(asked).json()["requests"]
    )
    for _ in range(2):
        assert client.post(f"{API}/undo", json={}).status_code == 200
    assert "i06@demo" in json.dumps(client.get(asked).json())


def test_a_pasted_mail_needs_its_writer(client: httpx2.Client) -> None:
    text = "Hi Ingrid, could you introduce me to Kari? I am writing a thesis on wind. Tom"
    assert client.post(f"{API}/triage", json={"text": text}).status_code == 400
    found = client.post(f"{API}/triage", json={"text": text, "from": "tom"}).json()
    assert found["requests"][0]["contact"]["person"] == "kari"
    assert client.post(f"{API}/triage", json={"id": "nowhere"}).status_code == 404


def test_they_are_those_of_the_command_line(site: Site, client: httpx2.Client) -> None:
    with site.desks.desk() as desk:
        assert client.get(f"{API}/who?words=data").json() == who(desk, "data").to_json()
        assert client.get(f"{API}/quiet?who=tom").json() == quiet(desk, "tom").to_json()


def test_nobody_is_introduced_to_themselves(client: httpx2.Client) -> None:
    same = {"one": "tom", "other": "tom"}
    assert client.post(f"{API}/intro", json=same | {"do": "propose"}).status_code == 400
    assert client.get(f"{API}/intro/apology", params=same).status_code == 400
