"""How right the reader is, and what it costs: `python -m bench.reading`; `--write` puts it into the card.

Letters: four groups of whole files (other writers, other languages); each group is scored by a model that saw
none of it, with bars set on the other three. Phrases: the same four folds by text. What is measured on the
shipped model (real mail, ordinary text, requests, cost) is said so; none of those rows is trained on.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from training.__main__ import GROUPS, left_out, rows_of_all
from training.bars import CORE, act_bars, bars
from training.rows import NA, NB, NP, NQ, Row

from askwell.text import model
from askwell.text.model import size_of
from askwell.text.read import borne, read, read_many
from askwell.text.reading import ABOUTS, ACTS, BENEFICIARIES, PATTERNS, POSITIVES
from askwell.text.sentences import split
from bench.intervals import wilson

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
CARD = ROOT / "docs" / "reading.md"
LANGUAGES = ("en", "nb", "nn")

CORPUS = ("en", "nb", "nn", "en_long", "nb_long", "nn_long", "incoming", "replies")
"""The files of data/corpus; the others were written for Askwell later, most of them in near-twins."""

Found = tuple[Row, Any, Any]
Line = tuple[str, str]


def f1(right: int, false: int, missed: int) -> str:
    """F1 with precision, recall and counts."""
    value = 2 * right / max(1, 2 * right + false + missed)
    precision, recall = right / max(1, right + false), right / max(1, right + missed)
    return f"{value:.3f} (P {precision:.2f}, R {recall:.2f}; {right} right, {false} false, {missed} missed)"


def group_of(one: Row) -> int:
    if one.whole:
        return next(at for at, group in enumerate(GROUPS) if one.sample.file in group)
    return sum(one.sample.text.encode()) % len(GROUPS)


def decided(found: list[Found]) -> list[tuple[Row, Any, Any, Any]]:
    """Each row with what fires and with its bars for acts, by bars that were set on the other groups."""
    result = []
    for at in range(len(GROUPS)):
        rest = [each for each in found if group_of(each[0]) != at]
        table, acts = bars(rest), act_bars(rest)
        for row, z, letter in found:
            if group_of(row) == at:
                size = size_of(len(row.sentences))
                over = letter - table[size]
                result.append((row, z, (over > 0) & (size == 0 or among(z, over, acts[size])), acts[size]))
    return result


def among(z: Any, over: Any, acts: Any) -> Any:
    """Which labels the acts of a note or letter bear; positives always."""
    asked = z[:, 0] > acts[0]
    nudged = (z[:, ACTS.index("nudge")] > acts[ACTS.index("nudge")]).any()
    favour = bool(nudged or (asked & (z[:, -1] > 0)).any())
    sure = [model.chance(each + model.AT_BAR) for each in over[:NP]]
    told = [borne(*one, asked=bool(asked.any()), favour=favour) for one in zip(PATTERNS, sure, strict=True)]
    return np.array([*told, *(True for _ in POSITIVES)])


def letters_part(result: list[tuple[Row, Any, Any, Any]]) -> Iterator[Line]:
    """Core patterns, alarms, kinds of asks by file."""
    by_file: dict[str, list[tuple[Row, Any, Any, Any]]] = defaultdict(list)
    for each in result:
        if each[0].whole:
            by_file[each[0].sample.file].append(each)
            by_file["all files"].append(each)
            if each[0].sample.file in CORPUS:
                by_file["all of data/corpus"].append(each)
    core = [PATTERNS.index(name) for name in CORE]
    for name, rows in sorted(by_file.items()):
        wanted = np.array([row.wanted for row, *_ in rows]) > 0
        fired = np.array([fire for _, _, fire, _ in rows])
        clean = ~wanted[:, :NP].any(axis=1)
        w, f = wanted[:, core], fired[:, core]
        yield f"{name}: core F1 per message", f1(int((w & f).sum()), int((f & ~w).sum()), int((w & ~f).sum()))
        alarmed = int(fired[clean][:, :NP].any(axis=1).sum())
        yield f"{name}: messages without a pattern, alarmed", wilson(alarmed, int(clean.sum()))
    rows = by_file["all files"]
    wanted = np.array([row.wanted for row, *_ in rows]) > 0
    fired = np.array([fire for _, _, fire, _ in rows])
    for at, label in enumerate((*PATTERNS, *POSITIVES)):
        w, f = wanted[:, at], fired[:, at]
        yield f"all files: {label}", f1(int((w & f).sum()), int((f & ~w).sum()), int((w & ~f).sum()))
    yield from asks_part(rows)
    yield from ((f"data/corpus: {what}", value) for what, value in asks_part(by_file["all of data/corpus"]))


def asks_part(rows: list[tuple[Row, Any, Any, Any]]) -> Iterator[Line]:
    """Asks found, and their kinds where they were found."""
    count: Counter[str] = Counter()
    favours: Counter[tuple[bool, bool]] = Counter()
    start = NA + NP + NQ
    for row, z, _, act in rows:
        seen = z[:, 0] > act[0]
        count["right"] += int((seen & (row.act[:, 0] > 0)).sum())
        count["false"] += int((seen & (row.act[:, 0] == 0)).sum())
        count["missed"] += int((~seen & (row.act[:, 0] > 0)).sum())
        for k in np.flatnonzero(row.about >= 0):
            count["of"] += 1
            count["about"] += z[k, start : start + NB].argmax() == row.about[k]
            count["who"] += z[k, start + NB : -1].argmax() == row.beneficiary[k]
            favours[bool(z[k, -1] > 0), bool(row.favour[k])] += 1
    yield "asks by sentence", f1(count["right"], count["false"], count["missed"])
    yield f"what is asked, of {len(ABOUTS)}", wilson(count["about"], count["of"])
    yield f"for whom, of {len(BENEFICIARIES)}", wilson(count["who"], count["of"])
    right, false, missed = favours[True, True], favours[True, False], favours[False, True]
    yield "favour against routine", f1(right, false, missed)


def phrases_part(result: list[tuple[Row, Any, Any, Any]]) -> Iterator[Line]:
    """Recall on harmful phrases and false alarms on tricky negatives, by pattern and language."""
    hits: Counter[tuple[str, str]] = Counter()
    of: Counter[tuple[str, str]] = Counter()
    for row, _, fire, _ in result:
        file = row.sample.file
        if not file.startswith("phrases:") or ":bank:" in file or row.sample.known is None:
            continue
        for at, label in enumerate((*PATTERNS, *POSITIVES)):
            if label not in row.sample.known:
                continue
            kind = "recall" if row.wanted[at] else "false alarms"
            if kind == "false alarms" and not file.startswith("phrases:negative"):
                continue
            for key in ((label, kind), (f"{label} {row.sample.lang}", kind), ("all", kind)):
                of[key] += 1
                hits[key] += bool(fire[at])
    for key in sorted(of):
        yield f"phrases, {key[0]}: {key[1]}", wilson(hits[key], of[key])


def real_part() -> Iterator[Line]:
    """Hand-labelled real mail, by the shipped model."""
    path = SHARED / "corpus" / "real_labels.jsonl"
    if not path.exists():
        return
    count: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        reading = read(row["new_text"], lang=row["lang"])
        wanted = any(act["act"] in ("ask", "nudge") for act in row["acts"])
        got = any(act.act in ("ask", "nudge") for act in reading.acts)
        count["right" if wanted and got else "false" if got else "missed" if wanted else "none"] += 1
        if not row["patterns"]:
            count["clean"] += 1
            count["alarmed"] += bool(reading.patterns)
    yield "real mail: ask found or not", f1(count["right"], count["false"], count["missed"])
    yield "real mail without a pattern, alarmed", wilson(count["alarmed"], count["clean"])


def ordinary_part() -> Iterator[Line]:
    """Ordinary sentences, one message each, by the shipped model."""
    for name, lang, texts in ordinary_texts():
        alarmed = sum(bool(read(text, lang=lang).patterns) for text in texts)
        yield f"{name}: sentences with a harmful pattern", wilson(alarmed, len(texts))
    folder = SHARED / "nob_nno_parallel"
    same = asks = of = 0
    for nb, nn in (("1441.nb.snt", "1441.nn.snt"), ("500.nb.snt", "500.nn.snt")):
        if (folder / nb).exists():
            pairs = zip(lines(folder / nb), lines(folder / nn), strict=False)
            for left, right in pairs:
                of += 1
                a, b = read(left, lang="nb"), read(right, lang="nn")
                same += {x.id for x in a.patterns} == {x.id for x in b.patterns}
                asks += bool(a.asks) == bool(b.asks)
    yield "bokmål and nynorsk sides agree on patterns", wilson(same, of)
    yield "bokmål and nynorsk sides agree on asks", wilson(asks, of)


def lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def ordinary_texts() -> Iterator[tuple[str, str, list[str]]]:
    for lang in ("nb", "nn"):
        texts: list[str] = []
        for path in sorted((SHARED / "ud_norwegian").rglob("*.conllu")):
            if (lang == "nn") == ("nynorsk" in path.name.lower() or "_nn" in path.name.lower()):
                texts += re.findall(r"^# text = (.+)$", path.read_text("utf-8"), re.MULTILINE)
        if texts:
            yield f"UD Norwegian {lang}", lang, texts[:6000]
    folder = SHARED / "nob_nno_parallel"
    prose = (("nb", ("1441.nb.snt", "noreg.no-nb.snt")), ("nn", ("1441.nn.snt", "noreg.no-nn.snt")))
    for lang, files in prose:
        texts = [line for name in files if (folder / name).exists() for line in lines(folder / name)]
        if texts:
            yield f"public prose {lang}", lang, texts
    path = SHARED / "tatoeba_eng_nob" / "nob.txt"
    if path.exists():
        rows = [line.split("\t") for line in lines(path)]
        yield "tatoeba en, odd rows", "en", [row[0] for row in rows[1::2]]
        yield "tatoeba nb, odd rows", "nb", [row[1] for row in rows[1::2]]


def requests_part() -> Iterator[Line]:
    """Business sentences and directives, by the shipped model, which saw none of them."""
    path = SHARED / "parakweet" / "Ask0729-fixed.txt"
    if path.exists():
        text = path.read_text("utf-8", errors="replace")
        rows = [line.split("\t", 1) for line in text.splitlines() if "\t" in line]
        count: Counter[str] = Counter()
        for label, text in rows[::5]:
            got, wanted = asked(text, "en"), label == "Yes"
            count["right" if wanted and got else "false" if got else "missed" if wanted else "none"] += 1
        yield (
            "parakweet, every fifth row: request or not",
            f1(count["right"], count["false"], count["missed"]),
        )
    directives = list(xsid())
    if directives:
        yield (
            "xsid bokmål: seen as requests",
            wilson(sum(asked(text, "nb") for text in directives), len(directives)),
        )


def asked(text: str, lang: str) -> bool:
    return any(act.act in ("ask", "nudge") for act in read(text, lang=lang).acts)


def xsid() -> Iterable[str]:
    for path in sorted((SHARED / "xsid_no").rglob("*.conll")):
        found = re.split(r"\n\s*\n", path.read_text("utf-8"))
        for block in found:
            dialect = re.search(r"^#\s*dialect\s*[:=]\s*(\S+)", block, re.MULTILINE)
            text = re.search(r"^#\s*text\s*[:=]\s*(.+)$", block, re.MULTILINE)
            if text and (dialect is None or dialect.group(1) in ("B", "nb", "bokmål")):
                yield text.group(1)


def cost_part() -> Iterator[Line]:
    """Sentences a second on letters and on ordinary text, a draft's time, the cold start, hostile texts."""
    texts = [json.loads(line) for line in lines(ROOT / "training/data/en_long.jsonl")]
    count = sum(len(split(one["text"])) for one in texts)
    for one in texts[:30]:
        read(one["text"], lang="en")
    start = time.process_time()
    read_many([one["text"] for one in texts], lang="en")
    yield "letters full of asks in bulk, sentences a second", f"{count / (time.process_time() - start):,.0f}"
    plain = [text for _, _, some in ordinary_texts() for text in some[:1500]]
    messages = [" ".join(plain[at : at + 8]) for at in range(0, len(plain), 8)]
    count = sum(len(split(one)) for one in messages)
    start = time.process_time()
    read_many(messages, lang="nb")
    yield (
        "ordinary text in messages of eight in bulk, sentences a second",
        f"{count / (time.process_time() - start):,.0f}",
    )
    draft = " ".join(one["text"] for one in texts[:2])
    draft = " ".join(draft.split()[:200])
    took = []
    for _ in range(30):
        start = time.process_time()
        read(draft)
        took.append(time.process_time() - start)
    yield "a draft of 200 words, ms (median)", f"{sorted(took)[15] * 1000:.1f}"
    code = (
        "import time; t = time.process_time(); from askwell.text.read import read;"
        "read('Could you help me?');"
        "print(time.process_time() - t)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    yield "cold start with imports and weights, ms", f"{float(out) * 1000:.0f}"
    for name, text in HOSTILE.items():
        start = time.process_time()
        read(text)
        yield f"hostile: {name}, s", f"{time.process_time() - start:.2f}"


HOSTILE = {
    "1 MB of newlines": "\n" * 1_000_000,
    "one word of 1 MB": "a" * 1_000_000,
    "On On On": "On " * 330_000,
    "Fra: lines": "Fra: \n" * 170_000,
    "nested quotes": "> " * 500_000,
    "asks without end": "Could you help my nephew? " * 40_000,
}


def measured() -> Iterator[tuple[str, Iterable[Line]]]:
    result = decided(left_out(rows_of_all()))
    yield "Letters, by models that never saw their files", letters_part(result)
    yield "Phrases, four folds by text", phrases_part(result)
    yield "Real mail, never trained on", real_part()
    yield "Ordinary text, never trained on", ordinary_part()
    yield "Requests, never trained on", requests_part()
    yield "Cost", cost_part()


def main() -> None:
    card = ["<!-- generated: bench.reading -->", ""]
    for title, part in measured():
        print(f"\n{title}")
        card += [f"### {title}", "", "| what | measured |", "|---|---|"]
        for what, value in part:
            print(f"  {what:58} {value}", flush=True)
            card.append(f"| {what} | {value} |")
        card.append("")
    if "--write" in sys.argv:
        text = CARD.read_text("utf-8")
        before, rest = text.split("<!-- generated: bench.reading -->", 1)
        after = rest.split("<!-- end -->", 1)[1]
        CARD.write_text(before + "\n".join(card) + "<!-- end -->" + after, "utf-8")


if __name__ == "__main__":
    main()
