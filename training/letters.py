"""The labelled letters and phrases, as samples with spans. One loader for training and for the bench."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
WHOLE_FILES = (
    "en",
    "nb",
    "nn",
    "en_long",
    "nb_long",
    "nn_long",
    "incoming",
    "replies",
    "en_more",
    "nb_more",
    "nn_more",
    "en_more2",
    "nb_more2",
    "nn_more2",
    "replies_more2",
    "en_more3",
    "nb_more3",
    "nn_more3",
    "en_more4",
    "en_more5",
    "nb_more4",
    "nn_more4",
    "office",
    "en_long2",
    "nb_long2",
    "replies_more3",
    "kinds",
    "en_more6",
    "nb_more5",
    "nn_more5",
    "lists",
    "made",
)
BANKS = ("bank", "bank_more", "bank_twins", "bank_everyday", "bank_own")
"""Sentences by what they are for: each pattern, more of it by another hand, pairs that differ in little,
ordinary talk and prose, and what Askwell itself writes with the examples of its rules."""

HARMFUL = ("third_party_ask", "hidden_goal", "contact_fishing", "entitlement_press", "pressure", "urgency",
           "minimiser", "debt_guilt")  # fmt: skip

GROUPS = {"thanks": "thanks", "offers": "offer", "easy_outs": "easy_out",
          "interest_opener": "interest_opener", "loop_closing": "loop_closing"}  # fmt: skip
"""Groups of phrases.yaml, and the positive that each must show (or, in its negative list, must not)."""


@dataclass
class Sample:
    """One text with its labels. `known` says which labels the writer decided on; None means all of them."""

    id: str
    file: str
    lang: str
    text: str
    acts: list[dict[str, Any]] = field(default_factory=list)
    patterns: list[dict[str, Any]] = field(default_factory=list)
    positives: list[str] = field(default_factory=list)
    known: frozenset[str] | None = None
    outcome: str = "none"
    acts_known: bool = True
    """Whether `acts` is all there is; False where nobody looked."""


def letters(files: tuple[str, ...] = WHOLE_FILES, data: Path = DATA) -> list[Sample]:
    """The letters of the files that are there. A line that is not whole JSON is left out."""
    found = []
    again = mended(data)
    for name in files:
        for line in _lines(data / f"{name}.jsonl"):
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                continue
            dropped, added = again.get(row["id"], (set(), []))
            patterns = [one for one in row["patterns"] if one["id"] not in dropped] + added
            found.append(
                Sample(row["id"], name, row["lang"], row["text"], row["acts"], patterns,
                       row["positive"], outcome=row.get("outcome", "none"))
            )  # fmt: skip
    return found


def mended(data: Path = DATA) -> dict[str, tuple[set[str], list[dict[str, Any]]]]:
    """By letter: the patterns whose label was wrong, and those that its writer had not marked."""
    found: dict[str, tuple[set[str], list[dict[str, Any]]]] = {}
    for line in _lines(data / "mended.tsv"):
        if line.startswith("#"):
            continue
        letter, pattern, what, words, _ = line.split("\t")
        dropped, added = found.setdefault(letter, (set(), []))
        if what == "remove":
            dropped.add(pattern)
        else:
            added.append({"id": pattern, "text": words})
    return found


def phrases(data: Path = DATA) -> list[Sample]:
    """Single phrases: harmful ones, their tricky negatives, and the gentle ones."""
    table = yaml.safe_load((data / "phrases.yaml").read_text("utf-8"))
    found: list[Sample] = []

    def add(group: str, name: str, wanted: list[str], positives: list[str], known: frozenset[str]) -> None:
        for lang, texts in table[group][name].items():
            for at, text in enumerate(texts):
                found.append(
                    Sample(f"{group}/{name}/{lang}/{at}", f"phrases:{group}:{name}", lang, text,
                           patterns=[{"id": one, "text": text} for one in wanted], positives=positives,
                           known=known, acts_known=False)
                )  # fmt: skip

    harmful = frozenset(table["harmful"])
    for name in table["harmful"]:
        add("harmful", name, [name], [], frozenset({name}))
    for name in table["negative"]:
        if name in harmful:
            add("negative", name, [], [], frozenset({name}))
        elif name in GROUPS:
            add("negative", name, [], [], frozenset({GROUPS[name]}))
    for name in table["gentle"]:
        positive = [GROUPS[name]] if name in GROUPS else []
        add("gentle", name, [], positive, harmful | frozenset(positive))
    return found


def bank(data: Path = DATA) -> list[Sample]:
    """Sentences written to show each pattern (+) and what only looks like it (-), by language."""
    found: list[Sample] = []
    harmful = frozenset(HARMFUL)
    for lang in ("en", "nb", "nn"):
        name, sign = "", ""
        lines = [line for part in BANKS for line in _lines(data / f"{part}_{lang}.txt")]
        for at, line in enumerate(lines):
            if line.startswith("["):
                name, sign = line.strip("[]").split()
                continue
            if line.startswith("#") or not line.strip():
                continue
            shows = sign == "+"
            is_pattern = name in harmful
            if name.startswith("ask"):
                acts = [_ask(line, name.partition(":")[2])] if shows else []
                sure = frozenset() if ":" in name else harmful
                found.append(Sample(f"bank/{lang}/{at}", "phrases:bank:ask", lang, line, acts, known=sure))
                continue
            sample = Sample(f"bank/{lang}/{at}", f"phrases:bank:{name}", lang, line, acts_known=False)
            sample.patterns = [{"id": name, "text": line}] if is_pattern and shows else []
            sample.positives = [name] if not is_pattern and shows else []
            sample.known = frozenset({name}) if is_pattern and shows else harmful | {name}
            found.append(sample)
    return found


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def _ask(text: str, about: str) -> dict[str, Any]:
    """An ask; of a kind, if one is named ("ask:chat"), and then a favour to the writer, unless it is work."""
    ask: dict[str, Any] = {"act": "ask", "text": text}
    if about == "routine_work":
        return ask | {"about": about, "favour": False}
    return ask | ({"about": about, "beneficiary": "self", "favour": True} if about else {})


def ordinary(data: Path = DATA) -> list[Sample]:
    """Ordinary sentences without a harmful pattern, each with its credit: talk, prose, business requests."""
    found: list[Sample] = []
    for at, line in enumerate((data / "ordinary.tsv").read_text("utf-8").rstrip("\n").split("\n")):
        lang, kind, text, _ = line.split("\t")
        acts = [{"act": "ask", "text": text}] if kind == "request" else []
        found.append(
            Sample(f"ordinary/{at}", f"phrases:ordinary:{kind}", lang, text, acts, known=frozenset(HARMFUL),
                   acts_known=kind != "talk")
        )  # fmt: skip
    return found


def locate(text: str, part: str) -> tuple[int, int] | None:
    """Where a label's words stand in the text, allowing for differences in white space."""
    at = text.find(part)
    if at >= 0:
        return at, at + len(part)
    squeezed, places = _squeeze(text)
    wanted, _ = _squeeze(part)
    at = squeezed.find(wanted)
    if at < 0 or not wanted:
        return None
    return places[at], places[at + len(wanted) - 1] + 1


def _squeeze(text: str) -> tuple[str, list[int]]:
    kept = [(char, at) for at, char in enumerate(text) if not char.isspace()]
    return "".join(char for char, _ in kept), [at for _, at in kept]
