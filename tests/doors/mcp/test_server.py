"""Assistants over MCP: through the SDK's own client, in memory, over standard streams and over HTTP."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from tests.ports import free_port
from tests.postfix import wait_for

from askwell.app.check import check
from askwell.app.demo import examples
from askwell.app.desk import open_desk
from askwell.app.draft import parse_draft
from askwell.app.importing import import_
from askwell.doors.mcp.server import server

DAY = date(2026, 5, 4)
FRIEND = "Hi Tom, could you get my flatmate Leo an interview at your firm?\n\nIngrid\n"
READING = {"check", "read", "today", "person", "ask", "triage", "thank", "who", "offer"}
WRITING = {"log", "told", "intro"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_desk(tmp_path, DAY) as desk:
        import_(desk, [examples() / "demo.story"])
    return tmp_path


def _call(home: Path, tool: str, writes: bool = True, **given: Any) -> Any:
    async def run() -> Any:
        async with Client(server(home, "en", DAY, writes=writes)) as client:
            return await client.call_tool(tool, given)

    return asyncio.run(run())


def test_a_favour_for_a_friend_does_not_pass_unnoticed(home: Path) -> None:
    result = _call(home, "check", draft=FRIEND, to=["tom"])
    assert not result.is_error
    found = result.structured_content
    assert found["verdict"] == "dont"
    assert "en/third-party/career-favour" in [one["id"] for one in found["findings"]]
    assert found["rewrite"]


def test_the_verdict_is_the_one_that_every_door_gives(home: Path) -> None:
    found = _call(home, "check", draft=FRIEND, to=["tom"]).structured_content
    with open_desk(home, DAY) as desk:
        same = check(desk, parse_draft(FRIEND.encode()), ["tom"]).to_json()
    assert {name: value for name, value in found.items() if name != "resource"} == same


def test_what_can_be_called_and_what_only_reads(home: Path) -> None:
    async def tools(writes: bool) -> dict[str, Any]:
        async with Client(server(home, "en", DAY, writes=writes)) as client:
            return {tool.name: tool for tool in (await client.list_tools()).tools}

    every = asyncio.run(tools(True))
    assert set(every) == READING | WRITING
    assert set(asyncio.run(tools(False))) == READING
    assert all(tool.output_schema and tool.description for tool in every.values())
    assert all(every[name].annotations.read_only_hint for name in READING)
    assert not any(every[name].annotations.read_only_hint for name in WRITING)


def test_todays_lists_quote_nobody(home: Path) -> None:
    found = _call(home, "today").structured_content
    assert found["thank"] or found["give_back"]
    assert "quote" not in json.dumps(found) and "@demo" not in json.dumps(found)


def test_a_person_comes_with_their_own_history_only(home: Path) -> None:
    page = json.dumps(_call(home, "person", who="kari").structured_content, ensure_ascii=False)
    assert "ga meg navnet" in page
    assert "Mia" not in page


@pytest.mark.parametrize("tool, given", [("person", {"who": "nobody"}), ("check", {"draft": " "})])
def test_trouble_is_an_answer_with_its_remedy(home: Path, tool: str, given: dict[str, Any]) -> None:
    result = _call(home, tool, **given)
    assert result.is_error
    assert len(result.content[0].text) > 20
    assert "Traceback" not in result.content[0].text


def test_what_is_noted_counts_and_can_be_taken_back(home: Path) -> None:
    kept = _call(home, "log", entry='meeting me, kari "lunch"').structured_content
    assert len(kept["kept"]) == 1
    with open_desk(home, DAY) as desk:
        assert desk.store.actions(1)[0].verb == "log"


def test_the_prompt_brings_a_letter_that_could_be_sent(home: Path) -> None:
    async def run() -> str:
        async with Client(server(home, "en", DAY)) as client:
            found = await client.get_prompt("write", {"person": "kari", "about": "wind power"})
            return str(found.messages[0].content.text)  # type: ignore[union-attr]

    text = asyncio.run(run())
    assert "Kari" in text and "check" in text


def test_resources_are_people_one_person_and_verdicts_of_this_run(home: Path) -> None:
    async def run() -> tuple[str, str, str]:
        async with Client(server(home, "en", DAY)) as client:
            made = (await client.call_tool("check", {"draft": FRIEND, "to": ["tom"]})).structured_content
            uris = ("askwell://people", "askwell://person/tom", made["resource"])
            return tuple([(await client.read_resource(one)).contents[0].text for one in uris])  # type: ignore

    people, tom, verdict = asyncio.run(run())
    assert {"kari", "tom"} <= {one["person"] for one in json.loads(people)}
    assert json.loads(tom)["name"] == "Tom Becker"
    assert json.loads(verdict)["verdict"] == "dont"


def test_over_standard_streams(home: Path) -> None:
    async def run() -> Any:
        words = ["-m", "askwell", "--home", str(home), "mcp", "--on", DAY.isoformat()]
        async with Client(stdio_client(StdioServerParameters(command=sys.executable, args=words))) as client:
            times = []
            for _ in range(5):
                before = time.perf_counter()
                result = await client.call_tool("check", {"draft": FRIEND, "to": ["tom"]})
                times.append(time.perf_counter() - before)
            return result.structured_content, min(times[1:])

    found, fastest = asyncio.run(run())
    assert found["verdict"] == "dont"
    assert fastest < 2  # 0.02 on a machine at rest: python -m bench doors prints it


@contextmanager
def _serving(home: Path) -> Iterator[tuple[int, str]]:
    port = free_port()
    words = ["-m", "askwell", "--home", str(home), "mcp", "--http", str(port), "--on", DAY.isoformat()]
    process = subprocess.Popen([sys.executable, *words], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        told = [process.stderr.readline() for _ in range(2)]
        wait_for(port)
        yield port, told[1].split()[-1]
    finally:
        process.terminate()
        process.wait(60)


def test_over_http_for_whoever_knows_the_secret(home: Path) -> None:
    from mcp.client.streamable_http import streamable_http_client

    async def run(port: int, secret: str) -> Any:
        headers = {"Authorization": f"Bearer {secret}"}
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
            transport = streamable_http_client(f"http://127.0.0.1:{port}/mcp", http_client=http)
            async with Client(transport) as client:
                return (await client.call_tool("check", {"draft": FRIEND, "to": ["tom"]})).structured_content

    with _serving(home) as (port, secret):
        assert asyncio.run(run(port, secret))["verdict"] == "dont"
        address = f"http://127.0.0.1:{port}/mcp"
        asked = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        assert httpx2.post(address, json=asked, timeout=60).status_code == 401
        wrong = {"Authorization": "Bearer x"}
        assert httpx2.post(address, json=asked, headers=wrong, timeout=60).status_code == 401
        right = {"Authorization": f"Bearer {secret}"}
        for more, code in (({"Host": "evil.example"}, 421), ({"Origin": "http://evil.example"}, 403)):
            assert httpx2.post(address, json=asked, headers=right | more, timeout=60).status_code == code
    assert (home / "mcp.key").stat().st_mode & 0o077 == 0
