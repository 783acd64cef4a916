"""What the store costs: `python bench/store.py [messages]`. Invented mail, a new ledger, one process."""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from askwell.ledger.entries import Message
from askwell.store.contract import Kept, Place
from askwell.store.opening import FILE, open_store
from askwell.text.reading import Act, Positive, Reading

START = datetime(2020, 1, 1, tzinfo=UTC)
CHUNK = 500
ME = "ingrid@example.no"


def invented(count: int, words: int = 250, seed: int = 1) -> Iterator[Kept]:
    """Mail of a person with some thousand contacts: threads, two languages, about 1.6 kB of text each."""
    chance = random.Random(seed)
    syllables = [a + b for a in "bdfghjklmnprstv" for b in ("a", "e", "i", "o", "u", "å", "ø")]
    vocabulary = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(30_000)]
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    pool = chance.choices(vocabulary, weights, k=400_000)
    people = [f"person{n}@work{n % 300}.example" for n in range(max(count // 50, 10))]
    asked = Act(
        "ask", (0, 40), "Kan du sende meg adressen til Ola Nordmann?", 0.9, ("kan du",), "contact_detail"
    )
    thanked = Act("thanks", (41, 60), "Tusen takk for sist", 0.97, ("takk for",))
    readings = (
        Reading(
            "nb", (asked, thanked), (), (Positive("thanks", (41, 60), "Tusen takk for sist"),), bluntness=0.1
        ),
        Reading("en"),
        Reading("nn"),
    )
    thread: list[str] = []
    for n in range(count):
        thread = [] if n % 4 == 0 else thread
        who = people[(n // 4) % len(people)]
        by_me = n % 2 == 0
        start = chance.randrange(len(pool) - words)
        mid = f"{n:08d}.{seed}@mail.example"
        message = Message(
            id=mid,
            at=START + timedelta(minutes=30 * n),
            sender=ME if by_me else who,
            to=(who,) if by_me else (ME,),
            cc=(people[n % len(people)],) if n % 5 == 0 else (),
            subject=("Re: " if thread else "") + " ".join(pool[n // 4 : n // 4 + 4]),
            text=" ".join(pool[start : start + words]),
            reply_to=thread[-1] if thread else "",
            references=tuple(thread),
            names=((who, f"Person {who[6:10]}"),),
        )
        thread.append(mid)
        topic = message.subject.removeprefix("Re: ")
        yield Kept(message, by_me, readings[n % 3], "1", words, False, topic)


def timed(label: str, seconds: float, per: int = 0) -> None:
    each = f"  {1000 * seconds / per:7.3f} ms each" if per else ""
    print(f"{label:<44}{seconds:9.3f} s{each}", flush=True)


def clock(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def main(count: int) -> None:
    folder = Path(tempfile.mkdtemp())
    store = open_store(folder / FILE)
    action = store.begin(START, "import", "invented mail")
    spent = 0.0
    chunk: list[Kept] = []
    for n, kept in enumerate(invented(count), 1):
        chunk.append(kept)
        if len(chunk) == CHUNK or n == count:
            spent += clock(lambda: store.add(action, chunk, Place("bench", "1", n)))  # noqa: B023
            chunk.clear()
    timed(f"add {count} messages", spent, count)
    timed("settle all threads", clock(store.settle), count)
    timed("settle when nothing is new", clock(store.settle))
    somebody = "person7@work7.example"
    found = list(store.exchanges([somebody]))
    runs = [clock(lambda: list(store.exchanges([somebody]))) for _ in range(9)]
    timed(f"exchanges with one person ({len(found)})", statistics.median(runs))
    timed("exchanges with everybody", clock(lambda: sum(1 for _ in store.exchanges())), count)
    timed("correspondents", clock(lambda: sum(1 for _ in store.correspondents())))
    ids = [f"{n:08d}.1@mail.example" for n in range(0, 2 * count, 20)]
    timed(f"known, of {len(ids)} ids", clock(lambda: store.known(ids)), len(ids))
    timed("search for two words", clock(lambda: store.search("lå ba")))
    timed("claim (nothing changes)", clock(lambda: store.claim([ME])))
    timed("trouble", clock(store.trouble))
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    store.close()
    print(f"on disk {sum(file.stat().st_size for file in folder.iterdir()) / 1e6:.0f} MB")
    code = "from pathlib import Path;from askwell.store.opening import open_store;"
    code += f"open_store(Path({str(folder)!r}))"
    for what, line in (
        ("python alone", "pass"),
        ("sqlalchemy", "import sqlalchemy"),
        ("an open ledger", code),
    ):
        runs = [clock(lambda: subprocess.run([sys.executable, "-c", line], check=True)) for _ in range(7)]  # noqa: B023
        timed(f"cold: {what}", statistics.median(runs))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
