"""A large ledger to measure on: 100,000 messages with 5,000 people over eight years, made from a seed.

Few people write often and most seldom, as in real mailboxes; what one writes about is answered in its
thread. `large(folder)` builds the ledger in a folder, or takes the one that is there, so that several
benches share it.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.mailboxes import ME

MESSAGES = 100_000
PEOPLE = 5_000
DAY = date(2026, 3, 2)
"""The day to look at the ledger on: the last mail is from the evening before."""
YEARS = 8
FORM = "1"
"""Raised whenever the made mail changes, so that a kept ledger is made anew."""
PLAIN = (
    "The meeting is moved to Friday at ten.",
    "It rained all week, but the garden is happy.",
    "I have been thinking about what you said on sensor data.",
    "The numbers are in the second sheet, with the old ones beside them.",
    "Vi hadde et godt møte i Bergen, og alle fikk sagt sitt.",
    "Eg har lese rapporten, og kapittel tre var nyttig.",
    "We start with the northern site and see how far we come before Easter.",
    "Det blir nok ikke ferdig før ferien, men grunnmuren står.",
    "The train was late again, so I read your paper twice.",
    "Marit and Jonas send their regards.",
    "The new office has windows on both sides.",
    "Prisene er de samme som i fjor.",
)
ROUTINE = (
    "Could you send me the minutes from Tuesday?",
    "Thank you for the report, it was a great help.",
    "Please find the numbers attached.",
    "I will let you know how it goes.",
    "Takk for sist, det var hyggelig å treffe deg igjen.",
    "We are looking for somebody who can proofread a text.",
)
ASKS = (
    "Could you introduce me to Ola Vik at Havvind?",
    "Would you be willing to refer me for the analyst position?",
    "Kunne du ha lest gjennom søknaden min?",
    "Could I ask your advice on whether to change to the energy field?",
    "Kan du anbefale meg til stillingen hos dere?",
)
ANSWERS = (
    "Yes, gladly, I will write to them tomorrow.",
    "Ja, det gjør jeg gjerne.",
    "I am sorry, I cannot do that just now.",
    "Let me see what I can do.",
)


@contextmanager
def large(cache: Path | None = None) -> Iterator[Path]:
    """The home of the large ledger: in the folder `cache`, where it stays, or a passing one."""
    if cache is None:
        with TemporaryDirectory() as folder:
            yield _built(Path(folder))
    else:
        yield _built(cache)


def _built(folder: Path) -> Path:
    home = folder / f"large-{FORM}-{MESSAGES}-{PEOPLE}"
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        box = folder / "large.mbox"
        lived(box)
        command = [sys.executable, "-m", "askwell", "--home", str(home), "import", str(box), "--me", ME]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        box.unlink()
        (home / "ready").touch()
    return home


def lived(path: Path, messages: int = MESSAGES, people: int = PEOPLE, seed: int = 11) -> None:
    """An mbox of a working life: talks of one to six messages between the user and one person each."""
    chance = random.Random(seed)
    weights = [1 / (rank + 8) for rank in range(people)]
    # Each person is known for a part of the years only: some left long ago, some are new.
    known = [sorted((chance.random(), chance.random())) for _ in range(people)]
    talks: list[tuple[float, int]] = []
    everybody = list(range(people))
    for number in [*everybody, *chance.choices(everybody, weights, k=messages)]:
        first, last = known[number]
        talks.append((first + (last - first) * chance.random(), number))
    # The user begins the first talk with each, so that all of them are people to Askwell.
    end = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    left, found = messages, list[tuple[datetime, str]]()
    for n, (share, number) in enumerate(talks):
        at = end - timedelta(days=YEARS * 365 * (1 - share))
        for turn, text in enumerate(_talk(chance)):
            at += timedelta(hours=chance.expovariate(1 / 30)) if turn else timedelta()
            if left and at < end:
                found.append((at, _letter(n, turn, number, at, text, begun=n < people or n % 2 == 0)))
                left -= 1
        if not left:
            break
    found.sort()
    with path.open("w", encoding="utf-8") as out:
        out.writelines(text for _, text in found)


def _talk(chance: random.Random) -> list[str]:
    """The texts of one talk. One of three letters has something of daily work in it; one talk of twenty
    begins with a favour asked, and the second letter answers it."""
    texts = [_text(chance) for _ in range(chance.randint(1, 6))]
    if chance.random() < 1 / 20:
        texts[0] = chance.choice(ASKS) + "\n" + texts[0]
        if len(texts) > 1:
            texts[1] = chance.choice(ANSWERS)
    return texts


def _text(chance: random.Random) -> str:
    lines = chance.choices(PLAIN, k=chance.randint(2, 14))
    return "\n".join([chance.choice(ROUTINE), *lines] if chance.random() < 1 / 3 else lines)


def _letter(talk: int, turn: int, number: int, at: datetime, text: str, *, begun: bool) -> str:
    who = f"Person {number} <person{number}@firm{number % 97}.example>"
    by_me = begun == (turn % 2 == 0)
    sender, to = (f"Ingrid Dahl <{ME}>", who) if by_me else (who, f"Ingrid Dahl <{ME}>")
    reply = f"In-Reply-To: <{talk}.{turn - 1}@made>\n" if turn else ""
    return (
        f"From {number}@made {at:%a %b %d %H:%M:%S %Y}\nFrom: {sender}\nTo: {to}\n{reply}"
        f"Date: {at:%a, %d %b %Y %H:%M:%S +0000}\nMessage-ID: <{talk}.{turn}@made>\n"
        f"Subject: {'Re: ' if turn else ''}matter {talk}\n\nHi,\n\n{text}\n\nRegards\n\n"
    )
