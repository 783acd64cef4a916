"""How well requests for one's contacts are told, and what the letters hold: `python bench/triage.py`.

- The `incoming` lists of `phrases.yaml`, never trained on, through the reader as the app does it.
- `incoming.jsonl` in five blocks of neighbours, each left out of training in turn: wants, for whom, purpose.
- Real mail of `../shared/data/enron_friday`, where it lies beside the project: how often something is called.
  Who reads those calls by hand finds them with `--show`; none of them is kept in the project.
- The three answers to each request of `incoming.jsonl`: words, and harmful patterns found by our own reader.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from training.incoming import DATA, MORE, load, models, seen  # noqa: E402

from askwell.judge.triage import Request, replies  # noqa: E402
from askwell.ledger.person import Person  # noqa: E402
from askwell.text.clean import mask  # noqa: E402
from askwell.text.incoming import wants_my_contacts  # noqa: E402
from askwell.text.read import read  # noqa: E402
from bench.incoming import guess  # noqa: E402
from bench.intervals import wilson  # noqa: E402

SHARED = ROOT.parent / "shared/data"
DAY = date(2026, 5, 4)


def called(text: str) -> bool:
    """Whether the app would call this a request."""
    own = mask(text)
    reading = read(own, masked=True)
    return wants_my_contacts(own, reading, reading.language).wants


def of_phrases() -> None:
    lists = yaml.safe_load((DATA / "phrases.yaml").read_text(encoding="utf-8"))
    for group, name in (("incoming", "third_party_ask"), ("negative", "incoming_third_party")):
        for lang, texts in lists[group][name].items():
            got = sum(map(called, texts))
            print(f"phrases {group} {lang}: called {wilson(got, len(texts))}")


def of_letters() -> None:
    """As the shipped models would do on letters that they never saw."""
    own = seen(load("incoming"))
    rest = seen([row for name in MORE for row in load(name)])
    count: Counter[tuple[str, str, str]] = Counter()
    for fold in range(5):
        trained = models([pair for i, pair in enumerate(own) if i * 5 // len(own) != fold] + rest)
        for row, known in (pair for i, pair in enumerate(own) if i * 5 // len(own) == fold):
            wants = guess(trained, "wants", row)
            count["wants", known["wants"], wants] += 1
            for task in ("for", "purpose"):
                if task in known and wants == "yes":
                    count[task, "right" if guess(trained, task, row) == known[task] else "wrong", ""] += 1
                elif task in known:
                    count[task, "missed", ""] += 1
    hit, missed = count["wants", "yes", "yes"], count["wants", "yes", "no"]
    false = count["wants", "no", "yes"]
    print(f"incoming.jsonl, left out of training: wants F1 {2 * hit / (2 * hit + missed + false):.3f}")
    print(f"  recall {wilson(hit, hit + missed)}, precision {wilson(hit, hit + false)}")
    for task in ("for", "purpose"):
        right, wrong = count[task, "right", ""], count[task, "wrong", ""]
        both = right + wrong + count[task, "missed", ""]
        print(f"  {task}: right of those called {wilson(right, right + wrong)}; of all {wilson(right, both)}")


def of_real_mail(show: bool) -> None:
    """How many real mails are called requests; by hand all of them are read."""
    folder = SHARED / "enron_friday/maildir"
    if not folder.exists():
        print("enron_friday does not lie beside the project")
        return
    from askwell.sources.mail import UnreadableError, parse

    read_in = found = 0
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        try:
            message = parse(path.read_bytes())
        except UnreadableError:
            continue
        if message.bulk:
            continue
        read_in += 1
        if called(message.text):
            found += 1
            if show:
                print("---", path.relative_to(folder), "\n", message.text[:1200])
    print(f"enron_friday: called {found} of {read_in} mails")


def of_answers() -> None:
    """The three answers to each request: their length, and whether our own reader finds harm in them."""
    words: dict[str, list[int]] = {}
    harm: Counter[str] = Counter()
    number = 0
    for row in load("incoming"):
        told: dict[str, Any] = row["incoming"]
        if not told["wants_my_contacts"]:
            continue
        request = Request(
            row["id"],
            DAY,
            "",
            row["lang"],
            Person("a", "Anna Vik"),
            told["for_whom"],
            told["purpose"],
            row["text"][:100],
            target=told["target"] or "",
        )
        for note in replies(request, "Ingrid Dahl"):
            number += 1
            words.setdefault(row["lang"], []).append(note.words)
            harm.update(one.id for one in read(note.text, lang=row["lang"]).patterns)
    for lang, counts in sorted(words.items()):
        print(f"answers {lang}: {min(counts)} to {max(counts)} words with greeting and name")
    print(f"harmful patterns in {number} answers: {dict(harm) or 0}")


def main() -> None:
    of_phrases()
    of_letters()
    of_real_mail("--show" in sys.argv)
    of_answers()


if __name__ == "__main__":
    main()
