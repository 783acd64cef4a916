"""The web app on a large ledger: each page, the check while one writes, twenty who check at once, memory.

Run it with `python -m bench web`. Times are the server's own (its Server-Timing header), without the network
and the browser; processor time beside them, which a busy machine does not change much. The ledger is kept in
the folder that the environment variable ASKWELL_BENCH names, for the next time.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from bench.ledgers import DAY, large

TIMES = 30
USERS, SECONDS = 20, 60.0
PAGE, CHECK, MEMORY = 150.0, 50.0, 400.0
"""What is wanted: milliseconds at the 95th percentile, and MB."""
LETTER = (
    "Hei!\n\nTakk for sist, og takk for at du tok deg tid til å fortelle om arbeidet med sensordata. "
    "Jeg har lest rapporten du nevnte, og kapittel tre ga meg en idé om hvordan vi kan rydde i egne tall. "
) + "Vi prøvde det på to av turbinene i forrige uke, og tallene ble mye jevnere enn før. " * 8
ASK = "Kunne du tenke deg å anbefale meg til stillingen hos dere?\n\nHilsen Ingrid\n"
SHOWN = re.compile(r"app;dur=([0-9.]+)")


@dataclass(frozen=True)
class Server:
    """A running `askwell serve`, and somebody who has come in."""

    process: subprocess.Popen[str]
    address: str
    client: httpx2.Client
    key: str

    def memory(self) -> float:
        """MB of memory of its own, at the most so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024

    def spent(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def form(self, person: str) -> dict[str, str]:
        return {"key": self.key, "to": person, "subject": "Stillingen", "text": LETTER + ASK}


def main() -> None:
    kept = os.environ.get("ASKWELL_BENCH")
    with tempfile.TemporaryDirectory() as folder, large(Path(kept) if kept else None) as made:
        home = Path(folder) / "home"
        shutil.copytree(made, home)
        with served(home) as server:
            people = server.client.get("/api/v1/people?limit=10000").json()["people"]
            keys = random.Random(1).sample([one["person"] for one in people], 800)
            _pages(server, keys)
            _check(server, keys)
            _crowd(server, keys)
            print(f"memory at the most: {server.memory():.0f} MB (wanted: {MEMORY:.0f})")


@contextmanager
def served(home: Path) -> Iterator[Server]:
    """The server in a process of its own, entered as a browser would."""
    words = [
        "--home",
        str(home),
        "serve",
        "--no-open",
        "--on",
        DAY.isoformat(),
        "--port",
        "0",
        "--lang",
        "nb",
    ]
    process = subprocess.Popen([sys.executable, "-m", "askwell", *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    found = re.search(r"(http://\S+)/enter\?token=(\S+)", process.stdout.readline())
    assert found is not None
    with httpx2.Client(base_url=found[1], timeout=120, headers={"origin": found[1]}) as client:
        assert client.get("/enter", params={"token": found[2]}).status_code == 200
        key = re.search(r'name="key" value="(\w+)"', client.get("/check").text)
        assert key is not None
        yield Server(process, found[1], client, key[1])
    process.terminate()
    process.wait(10)


def _pages(server: Server, keys: list[str]) -> None:
    someone = iter(keys * 20)
    pages: dict[str, Callable[[], str]] = {
        "today": lambda: "/today",
        "check": lambda: "/check",
        "people": lambda: "/people",
        "people, searched": lambda: "/people?q=person1&sort=last",
        "person": lambda: f"/people/{next(someone)}",
        "ask": lambda: "/ask",
        "ask, an aim": lambda: "/ask?aim=learn+about+sensor+data",
        "the busiest person": lambda: "/people/person-0",
        "network": lambda: "/network",
        "requests": lambda: "/requests",
        "introductions": lambda: "/introductions",
        "introductions of somebody": lambda: f"/introductions?who={next(someone)}",
        "quiet": lambda: "/quiet",
        "quiet, somebody": lambda: f"/quiet/{next(someone)}",
        "who can help": lambda: "/who?at=firm7",
        "held": lambda: "/held",
        "review": lambda: "/review",
        "import": lambda: "/import",
        "mirror": lambda: "/mirror",
        "settings": lambda: "/settings",
    }
    server.client.get("/today")  # looks at everybody once, when the server starts
    for name, path in pages.items():
        first = server.client.get(path())
        if first.status_code != 200:
            print(f"{name}: {first.status_code}")
            continue
        _tell(server, name, lambda path=path: server.client.get(path()), PAGE, f"; first {_ms(first):.0f}")


def _check(server: Server, keys: list[str]) -> None:
    someone = iter(keys * 20)
    words = len((LETTER + ASK).split())

    def look() -> httpx2.Response:
        return server.client.post("/check/live", data=server.form(next(someone)))

    _tell(server, f"live check of {words} words", look, CHECK)


def _tell(
    server: Server, name: str, ask: Callable[[], httpx2.Response], wanted: float, more: str = ""
) -> None:
    before = server.spent()
    times = [_ms(ask()) for _ in range(TIMES)]
    spent = (server.spent() - before) / TIMES * 1000
    high = statistics.quantiles(times, n=20)[-1]
    middle = statistics.median(times)
    print(
        f"{name}: median {middle:.0f}, 95th percentile {high:.0f} ms (wanted: {wanted:.0f}),"
        f" processor {spent:.0f}{more}",
        flush=True,
    )


def _ms(answer: httpx2.Response) -> float:
    assert answer.status_code == 200, (answer.url, answer.status_code)
    found = SHOWN.search(answer.headers["server-timing"])
    assert found is not None
    return float(found[1])


def _crowd(server: Server, keys: list[str]) -> None:
    """Twenty at once, each writing to somebody else, one check after another."""
    end = time.monotonic() + SECONDS
    times: list[float] = []
    errors: list[str] = []

    def user(number: int) -> None:
        at = number
        with httpx2.Client(
            base_url=server.address, cookies=dict(server.client.cookies), timeout=60
        ) as client:
            client.headers["origin"] = server.address
            while time.monotonic() < end:
                at = (at + USERS) % len(keys)
                began = time.perf_counter()
                try:
                    answer = client.post("/check/live", data=server.form(keys[at]))
                    times.append((time.perf_counter() - began) * 1000)
                    if answer.status_code != 200 or "data-said" not in answer.text:
                        errors.append(str(answer.status_code))
                except httpx2.HTTPError as error:
                    errors.append(repr(error))

    crowd = [threading.Thread(target=user, args=(number,)) for number in range(USERS)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    high = statistics.quantiles(times, n=20)[-1]
    rate = len(times) / SECONDS
    print(
        f"{USERS} who check at once for {SECONDS:.0f} s: {len(times):,} checks, {rate:.0f} a second,"
        f" 95th percentile {high:.0f} ms with the waiting, {len(errors)} errors (wanted: 0)"
        f" {' '.join(sorted(set(errors))[:3])}"
    )


if __name__ == "__main__":
    main()
