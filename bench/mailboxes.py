"""Mail to measure on: real archives where they lie beside the project, else made from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from askwell.ledger.entries import Message
from askwell.sources import eml, maildir, mbox
from askwell.sources.folder import find
from askwell.sources.mail import UnreadableError, parse
from askwell.sources.record import Raw

SHARED = Path(__file__).parents[2] / "shared" / "data"
ME = "ingrid@example.no"
SENTENCES = (
    "Thank you for the report, it was a great help.",
    "Could you send me the minutes from Tuesday?",
    "I have been thinking about what you said on sensor data.",
    "Kunne du sett på utkastet mitt når det passer?",
    "Takk for sist, det var hyggelig å treffe deg igjen.",
    "Would you be willing to introduce me to Ola Vik?",
    "We are looking for somebody who can proofread a text.",
    "The meeting is moved to Friday at ten.",
    "Eg har lese rapporten, og kapittel tre var nyttig.",
    "I will let you know how it goes.",
    "Please find the numbers attached.",
    "It rained all week, but the garden is happy.",
)


def real() -> list[Path]:
    """The real archives at hand."""
    found = [SHARED / "r_mailing_lists" / "r-package-devel", SHARED / "enron_friday" / "maildir"]
    return [path for path in found if path.exists()]


def as_maildir(paths: list[Path], to: Path) -> int:
    """All messages of these archives as one Maildir; returns how many."""
    for part in ("cur", "new", "tmp"):
        (to / part).mkdir(parents=True, exist_ok=True)
    count = 0
    for path in paths:
        for found in find(path, (maildir.SOURCE, mbox.SOURCE, eml.SOURCE)):
            if not isinstance(found, tuple):
                continue
            for item in found[0].read(found[1]):
                if isinstance(item, Raw):
                    count += 1
                    (to / "cur" / f"{count}:2,S").write_bytes(item.data)
    return count


def made(path: Path, messages: int, people: int = 300, seed: int = 5) -> None:
    """An mbox of this many messages between the user and people, half of them replies."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as out:
        for n in range(messages):
            number = chance.randrange(people)
            who = f"person{number}@firm{number % 9}.example"
            sender, to = (ME, who) if chance.random() < 0.5 else (who, ME)
            reply = f"In-Reply-To: <{chance.randrange(n)}@made>\n" if n and chance.random() < 0.5 else ""
            body = "\n".join(chance.choices(SENTENCES, k=chance.randint(2, 14)))
            day, clock = 1 + n // 1000 % 28, f"{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}"
            out.write(
                f"From {sender} Mon Mar 04 11:20:34 2024\nFrom: {sender}\nTo: {to}\n{reply}"
                f"Date: {day} {'JanFebMarAprMayJunJulAugSepOctNovDec'[n % 12 * 3 :][:3]} 2025 {clock} +0000\n"
                f"Message-ID: <{n}@made>\nSubject: matter {chance.randrange(5000)}\n\n"
                f"Hi,\n\n{body}\n\nIngrid\n\n"
            )


def letters(path: Path) -> Iterator[Message]:
    """All messages of a set of mail that can be read."""
    for found in find(path, (maildir.SOURCE, mbox.SOURCE, eml.SOURCE)):
        if not isinstance(found, tuple):
            continue
        for item in found[0].read(found[1]):
            if isinstance(item, Raw):
                try:
                    yield parse(item.data)
                except UnreadableError:
                    continue
