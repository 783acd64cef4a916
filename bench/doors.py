"""What the gate costs and whether it keeps its word. Run it with `python -m bench.doors [folder]`; the large
ledger is kept in the folder, if one is given.

The last part is 10,000 letters while client, server and judges fail at random: each must be accepted exactly
once, or refused, and its sender must know which.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import smtplib
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from askwell.app.jury import Jury
from askwell.doors.gate.accepted import Accepted
from askwell.doors.gate.beyond import Place, reach
from askwell.doors.gate.server import Gate
from askwell.doors.gate.session import Way
from bench.ledgers import large
from bench.mailboxes import ME

CHAOS = 10_000
TEXTS = (
    "Hei!\r\n\r\nKunne du tenke deg å anbefale meg til stillingen hos dere?\r\n\r\nHilsen Ingrid\r\n",
    "Hi,\r\n\r\nThe minutes from Tuesday are attached. I have booked the large room.\r\n\r\nIngrid\r\n",
    "Hei,\r\n\r\nTakk for sist! Rapporten er vedlagt, kapittel tre er nytt.\r\n\r\nHilsen Ingrid\r\n",
    "Hi,\r\n\r\nCould you send me the minutes from Tuesday?\r\n\r\nThank you,\r\nIngrid\r\n",
)


@dataclass
class Server:
    """A quick mail server that counts letters by Message-ID. With `chance` it closes connections at random,
    now and then with a letter that it has taken but not answered for."""

    chance: float = 0.0
    taken: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._link = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._link.getsockname()[1])
        self._dice = random.Random(7)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            link, _ = self._link.accept()
            threading.Thread(target=self._talk, args=(link,), daemon=True).start()

    def _fails(self) -> bool:
        return self._dice.random() < self.chance

    def _talk(self, link: socket.socket) -> None:
        with contextlib.suppress(OSError), link, link.makefile("rb") as file:
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            link.sendall(b"220 bench\r\n")
            while (line := file.readline()) and not self._fails():
                verb = line[:4].upper()
                if verb == b"EHLO":
                    link.sendall(b"250-bench\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n")
                elif verb == b"DATA":
                    link.sendall(b"354 go\r\n")
                    if not self._letter(link, file):
                        return
                elif verb == b"QUIT":
                    link.sendall(b"221 bye\r\n")
                    return
                else:
                    link.sendall(b"250 fine\r\n")

    def _letter(self, link: socket.socket, file: Any) -> bool:
        name = ""
        while (line := file.readline()) != b".\r\n":
            if not line:
                return False
            if line.startswith(b"Message-ID:"):
                name = line.split()[1].decode()
        if self._fails():
            return False  # not taken, and not answered
        self.taken[name] += 1
        if self._fails():
            return False  # taken, and not answered
        link.sendall(b"250 taken\r\n")
        return True


@contextlib.contextmanager
def gate(
    home: Path, server_port: int, level: str = "wait", patience: float = 30
) -> Iterator[tuple[int, Jury]]:
    """A gate in this process, its judges in their own. They get more time than is usual: a judge that starts
    on a busy machine is no failure."""
    jury = Jury(home, "en", level, patience=patience)
    jury.ready()
    place = Place("127.0.0.1", server_port, "plain")
    stands = Gate("127.0.0.1", 0, Way(partial(reach, place), jury.decide, lambda *_: None, Accepted()))
    try:
        yield stands.port, jury
    finally:
        stands.stop(5)
        jury.close()


def letter(number: int, text: str = "") -> bytes:
    """A letter with a Message-ID of its own."""
    body = text or TEXTS[number % len(TEXTS)].replace("\r\n\r\n", f"\r\n\r\n{number}: ", 1)
    head = f"Message-ID: <{number}@bench>\r\nFrom: {ME}\r\nSubject: matter {number}\r\n"
    return (head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body).encode()


def _one(client: smtplib.SMTP, number: int, to: str) -> float:
    started = time.perf_counter()
    client.mail(ME)
    client.rcpt(to)
    client.data(letter(number))
    return time.perf_counter() - started


def added_time(home: Path, people: list[str], port: int) -> None:
    """The median time that a letter takes with the gate and without, in one session each."""
    took: dict[str, list[float]] = {"with": [], "without": []}
    with gate(home, port) as (gate_port, _):
        clients = {"with": smtplib.SMTP("127.0.0.1", gate_port), "without": smtplib.SMTP("127.0.0.1", port)}
        for client in clients.values():
            client.ehlo()
        for number in range(400):
            for name, client in clients.items():
                took[name].append(_one(client, number, people[number % len(people)]))
    medians = {name: statistics.median(times[20:]) * 1000 for name, times in took.items()}
    worst = statistics.quantiles(took["with"][20:], n=20)[-1] * 1000
    print(
        f"gate, added time a letter: median {medians['with'] - medians['without']:.1f} ms (wanted: 30);"
        f" 19 of 20 within {worst:.0f} ms"
    )


def rate(home: Path, people: list[str], port: int, letters: int = 2000, clients: int = 8) -> None:
    """How many letters a second go through, judged, from several mail programs at once; and what of the
    processors a letter takes, which tells more where others use them too."""
    before = os.times()
    with gate(home, port) as (gate_port, _):

        def send(start: int) -> None:
            with smtplib.SMTP("127.0.0.1", gate_port) as client:
                client.ehlo()
                for number in range(start, letters, clients):
                    _one(client, 100_000 + number, people[number % len(people)])

        started = time.perf_counter()
        with ThreadPoolExecutor(clients) as crew:
            list(crew.map(send, range(clients)))
        took = time.perf_counter() - started
    used = sum(os.times()[:4]) - sum(before[:4])
    print(
        f"gate, relayed: {letters / took:.0f} letters/s (wanted: 100); {used / letters * 1000:.1f} ms of a"
        " processor each, with the start of the judges and the bench's own clients and server"
    )


def _standing(home: Path, server_port: int, pipe: Connection[Any, Any]) -> None:
    with gate(home, server_port) as (port, jury):
        pipe.send((port, (os.getpid(), *jury.pids())))
        pipe.recv()


def _peak(pids: tuple[int, ...]) -> int:
    """The most memory that these processes had, in MB; nothing where the system does not tell."""
    found = 0
    for pid in pids:
        path = Path(f"/proc/{pid}/status")
        text = path.read_text() if path.exists() else ""
        found += next((int(one.split()[1]) for one in text.splitlines() if one.startswith("VmHWM")), 0)
    return found >> 10


def memory(home: Path, port: int) -> None:
    """The most memory of gate and judges after a small letter, and after ones of 30 MB and of 60 MB."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_standing, args=(home, port, theirs))
    process.start()
    gate_port, pids = ours.recv()
    peaks = []
    for megabytes in (0, 30, 45):
        line = b"A" * 76 + b"\r\n"
        with smtplib.SMTP("127.0.0.1", gate_port) as client:
            client.ehlo()
            client.mail(ME)
            client.rcpt("somebody@firm.example")
            client.docmd("DATA")
            client.send(letter(1))
            for _ in range(megabytes * 1_000_000 // len(line) // 1000):
                client.send(line * 1000)
            client.send(b".\r\n")
            client.getreply()
        peaks.append(_peak(pids))
    ours.send("end")
    process.join()
    print(f"gate, most memory: {peaks[0]} MB; after a letter of 30 MB {peaks[1]} MB, of 45 MB {peaks[2]} MB")


@dataclass
class Outcome:
    """How a letter ended for its sender: `accepted`, `refused`, or `open` after too many tries."""

    number: int
    end: str = "open"
    tries: int = 0


def chaos(home: Path, people: list[str], count: int = CHAOS, seed: int = 11) -> Counter[str]:
    """Letters under random failures. A sender tries until it is told yes or no; where it is told to see
    whether the letter arrived, it looks."""
    server = Server(chance=0.02)
    dice = random.Random(seed)
    stop = threading.Event()
    with gate(home, server.port) as (port, jury):

        def trouble() -> None:
            while not stop.wait(dice.uniform(2, 8)):
                with contextlib.suppress(OSError, IndexError):
                    os.kill(dice.choice(jury.pids()), signal.SIGKILL)

        killer = threading.Thread(target=trouble, daemon=True)
        killer.start()
        with ThreadPoolExecutor(8) as crew:
            work = partial(_insist, port, server, people, seed)
            outcomes = list(crew.map(work, range(200_000, 200_000 + count)))
        stop.set()
        killer.join()
        time.sleep(1)
    return judged(outcomes, server.taken)


def judged(outcomes: list[Outcome], taken: Counter[str]) -> Counter[str]:
    """What became of the letters: accepted once, refused, lost (told yes, but not there), doubled, or there
    although it was refused."""
    found: Counter[str] = Counter()
    for one in outcomes:
        times = taken[f"<{one.number}@bench>"]
        found[one.end] += 1
        found["lost"] += one.end == "accepted" and times == 0
        found["doubled"] += times > 1
        found["refused but sent"] += one.end == "refused" and times > 0
        found["tries"] += one.tries
    return found


def _insist(port: int, server: Server, people: list[str], seed: int, number: int) -> Outcome:
    dice = random.Random(seed * 1_000_003 + number)
    outcome = Outcome(number)
    while outcome.end == "open" and outcome.tries < 60:
        outcome.tries += 1
        reply = _try(port, letter(number), people[number % len(people)], dice)
        if reply.startswith(b"250") or (b"see whether" in reply and server.taken[f"<{number}@bench>"]):
            outcome.end = "accepted"
        elif reply.startswith(b"550"):
            outcome.end = "refused"
    return outcome


def _try(port: int, data: bytes, to: str, dice: random.Random) -> bytes:
    """One attempt of a mail program that may go away at any moment; the last reply, empty if it went."""
    steps = [b"", b"EHLO pc\r\n", f"MAIL FROM:<{ME}>\r\n".encode(), f"RCPT TO:<{to}>\r\n".encode()]
    steps += [b"DATA\r\n", data + b".\r\n"]
    leaving = dice.randrange(len(steps)) if dice.random() < 0.1 else len(steps)
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), 90) as link,
        link.makefile("rb") as file,
    ):
        reply = b""
        for at, step in enumerate(steps):
            if at == leaving:  # with a part of what it was to say, or all of it, but without the answer
                link.sendall(step[: dice.randint(0, len(step))] if dice.random() < 0.5 else step)
                time.sleep(dice.uniform(0, 0.05))
                return b""
            link.sendall(step)
            reply = file.readline()
            while reply[3:4] == b"-":
                reply = file.readline()
            if reply[:1] not in (b"2", b"3"):
                break
        return reply
    return b""


def main() -> None:
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with large(cache) as home:
        people = [f"person{n}@firm{n % 97}.example" for n in range(0, 900, 9)]
        server = Server()
        added_time(home, people, server.port)
        rate(home, people, server.port)
        memory(home, server.port)
        found = chaos(home, people)
        bad = [f"{found[one]} {one}" for one in ("lost", "doubled", "refused but sent", "open")]
        print(f"gate, {CHAOS:,} letters while client, server and judges fail ({found['tries']:,} tries):")
        print(f"  {found['accepted']:,} accepted, {found['refused']:,} refused; {', '.join(bad)}")


if __name__ == "__main__":
    main()
