"""`askwell serve` as it is typed: the address it prints, the demo, a port that is taken, and its end."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from tests.ports import free_port
from tests.web.conftest import PATIENCE

from askwell.doors.web.guard import Guard
from askwell.doors.web.keys import Keys


@contextmanager
def serving(home: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and the address that it printed."""
    command = [sys.executable, "-m", "askwell", "--home", str(home), "serve", "--no-open", *words]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"LANG": "C.UTF-8"},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found is not None, line + (process.stderr.read() if process.stderr else "")
        yield process, found[0]
    finally:
        process.kill()
        process.wait(PATIENCE)
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def test_the_demo_opens_in_a_browser_and_stops_when_told(tmp_path: Path) -> None:
    with serving(tmp_path / "home", "--demo", "--port", str(free_port())) as (process, address):
        with httpx2.Client(timeout=PATIENCE) as client:
            assert client.get(address).status_code == 200
            base = address.partition("/enter")[0]
            assert "Tom Becker" in client.get(f"{base}/check?example=en").text
            assert client.get(f"{base}/today").status_code == 200
        api = f"{base}/api/v1/people/tom"
        key = (tmp_path / "home" / "api.key").read_text().strip()
        assert (tmp_path / "home" / "api.key").stat().st_mode & 0o077 == 0
        with httpx2.Client(timeout=PATIENCE) as other:
            assert other.get(api).status_code == 401
            assert other.get(api, headers={"authorization": "Bearer x"}).status_code == 401
            found = other.get(api, headers={"authorization": f"Bearer {key}"})
        assert found.json()["name"] == "Tom Becker"
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert (tmp_path / "home" / "ledger.sqlite").exists()


def test_a_port_that_is_taken_is_said_to_be(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "askwell", "--home", str(tmp_path), "serve", "--no-open"]
        port = taken.getsockname()[1]
        ran = subprocess.run([*command, "--port", str(port)], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert str(port) in ran.stderr
    assert "--port" in ran.stderr


def test_a_server_for_other_machines_says_so(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "0.0.0.0", "--port", str(free_port())) as (process, address):
        assert process.stdout is not None
        assert "not encrypted" in process.stdout.readline()
        assert "//127.0.0.1:" in address


@pytest.mark.parametrize(
    ("listens", "host", "known"),
    [
        ("0.0.0.0", "192.168.1.7:8417", True),
        ("0.0.0.0", "evil.example:8417", False),
        ("127.0.0.1", "192.168.1.7:8417", False),
        ("desk.local", "desk.local:8417", True),
        ("desk.local", "other.local:8417", False),
        ("::", "[fe80::1]:8417", True),
    ],
)
def test_only_numbers_and_the_chosen_name_are_known_beyond_this_machine(
    listens: str, host: str, known: bool
) -> None:
    async def nothing(*_: object) -> None: ...

    guard = Guard(nothing, Keys(), listens, {})
    assert guard._known_host(host) is known
