"""Every door says the same: one letter, one verdict, whichever way it comes in."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client
from tests.doors.conftest import Call

from askwell.app.demo import DAY
from askwell.app.desk import open_desk
from askwell.app.editing import look
from askwell.app.gate import Submitted, decide
from askwell.app.importing import import_
from askwell.doors.mcp.server import server
from askwell.doors.web.application import site
from askwell.doors.web.desks import Desks
from askwell.doors.web.keys import Keys

LETTERS = {
    "friend": (
        "tom@harbour.example",
        "My flatmate",
        "Hi Tom,\n\nCould you get my flatmate an interview?\n\nIngrid\n",
    ),
    "thanks": ("kari@nordlys.example", "Takk", "Hei Kari!\n\nTusen takk for navnet i HR.\n\nHilsen Ingrid\n"),
    "referral": (
        "kari@nordlys.example",
        "Stillingen",
        "Hei Kari!\n\nKunne du tenke deg å anbefale meg til sjefen din?\n\nHilsen Ingrid\n",
    ),
    "press": (
        "siv.bakke@fjord.example",
        "Svar",
        "Hei Siv!\n\nKvifor kan du ikkje hjelpe meg med dette? Det er då ikkje for mykje å be om.\n\nIngrid",
    ),
    "stranger": (
        "new@firm.example",
        "A job",
        "Hello,\n\nCan you give me a job? I need it by Friday.\n\nIngrid\n",
    ),
    "question": ("tom@harbour.example", "A book", "Hi Tom,\n\nWhich book would you read first?\n\nIngrid\n"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parity")
    story = Path(__file__).parents[2] / "examples" / "demo.story"
    with open_desk(folder, DAY) as desk:
        import_(desk, [story])
    return folder


@pytest.fixture(params=sorted(LETTERS))
def letter(request: pytest.FixtureRequest) -> Iterator[str]:
    to, subject, text = LETTERS[request.param]
    yield f"To: {to}\nSubject: {subject}\n\n{text}"


def _by_command(call: Call, home: Path, letter: str, lang: str) -> dict[str, Any]:
    ran = call("check", "-", "--on", DAY, "--json", "--lang", lang, given=letter, home=home)
    return dict(json.loads(ran.out))


def _over_http(home: Path, letter: str, lang: str) -> dict[str, Any]:
    async def ask() -> dict[str, Any]:
        keys = Keys()
        with Desks(home, DAY) as desks:
            transport = httpx2.ASGITransport(site(desks, keys))
            headers = {"accept-language": lang}
            async with httpx2.AsyncClient(
                transport=transport, base_url="http://127.0.0.1", headers=headers
            ) as http:
                answer = await http.post("/api/v1/check", json={"text": letter})
                return dict(answer.json())

    return asyncio.run(ask())


def _by_assistant(home: Path, letter: str, lang: str) -> dict[str, Any]:
    async def ask() -> dict[str, Any]:
        async with Client(server(home, lang, DAY)) as client:
            result = await client.call_tool("check", {"draft": letter})
            return {k: v for k, v in (result.structured_content or {}).items() if k != "resource"}

    return asyncio.run(ask())


def test_command_web_and_assistant_give_the_same_verdict_word_for_word(
    call: Call, home: Path, letter: str
) -> None:
    wanted = _by_command(call, home, letter, "en")
    assert _over_http(home, letter, "en") == wanted
    assert _by_assistant(home, letter, "en") == wanted


def test_editor_marks_what_the_command_finds(call: Call, home: Path, letter: str) -> None:
    wanted = _by_command(call, home, letter, "en")
    with open_desk(home, DAY) as desk:
        looked = look(desk, letter)
    assert looked.verdict and looked.verdict.to_json() == wanted
    assert [one.id for one in looked.marks] == [one["id"] for one in wanted["findings"]]


def test_the_gate_holds_what_the_command_would_hold(call: Call, home: Path, letter: str) -> None:
    wanted = _by_command(call, home, letter, "en")["verdict"]
    to = letter.split("\n", 1)[0].removeprefix("To: ")
    mail = f"From: ingrid.dahl@example.no\nMessage-ID: <p@example.no>\n{letter}".replace("\n", "\r\n")
    sent = Submitted(mail.encode(), "ingrid.dahl@example.no", (to,), datetime(2026, 5, 4, 12, tzinfo=UTC))
    with open_desk(home, DAY) as desk:
        found = decide(desk, sent, "wait")
    assert found.passes == (wanted in ("send", "soften"))
    if not found.passes:
        assert found.verdict == wanted


def test_lists_are_the_same_through_the_doors(call: Call, home: Path) -> None:
    wanted = json.loads(call("today", "--on", DAY, "--json", home=home).out)

    async def ask() -> tuple[Any, Any]:
        with Desks(home, DAY) as desks:
            transport = httpx2.ASGITransport(site(desks, Keys()))
            async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
                web = (await http.get("/api/v1/today", headers={"accept-language": "en"})).json()
        async with Client(server(home, "en", DAY)) as client:
            return web, (await client.call_tool("today", {})).structured_content

    web, assistant = asyncio.run(ask())
    assert web == wanted
    for name in ("thank", "tell", "give_back", "reconnect", "leave_in_peace"):
        assert [one["person"] for one in assistant[name]] == [one["person"] for one in wanted[name]]
