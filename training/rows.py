"""Samples as numbers: the features of their sentences, and what is known of sentences and letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from askwell.text.features import BUCKETS, rows, see
from askwell.text.model import GAIN
from askwell.text.reading import ABOUTS, ACTS, BENEFICIARIES, PATTERNS, POSITIVES
from askwell.text.sentences import split
from training.letters import Sample, locate

NA, NP, NQ, NB, NF = len(ACTS), len(PATTERNS), len(POSITIVES), len(ABOUTS), len(BENEFICIARIES)
NS = NA + NP + NQ + NB + NF + 1
NL = NP + NQ
KEPT = 45_000
"""Features that have rows of their own: those that most sentences show."""


@dataclass
class Row:
    """A sample as numbers."""

    sample: Sample
    spans: list[tuple[int, int]]
    sentences: list[Any]
    act: Any
    pattern: Any
    about: Any
    beneficiary: Any
    favour: Any
    wanted: Any
    known: Any
    whole: bool


def row(sample: Sample) -> Row | None:
    """The numbers of a sample; None for an empty text."""
    spans = split(sample.text)
    if not spans:
        return None
    seen = [see(sample.text[a:b], sample.lang) for a, b in spans]
    count = len(spans)
    act, pattern = np.zeros((count, NA)), np.zeros((count, NP))
    about, who, favour = np.full(count, -1), np.full(count, -1), np.full(count, -1.0)
    for one in sample.acts:
        for k in _where(sample.text, one["text"], spans):
            act[k, ACTS.index(one["act"])] = 1
            if one["act"] == "ask":
                about[k] = ABOUTS.index(one["about"]) if one.get("about") in ABOUTS else -1
                who[k] = (
                    BENEFICIARIES.index(one["beneficiary"]) if one.get("beneficiary") in BENEFICIARIES else -1
                )
                favour[k] = float(bool(one.get("favour")))
    wanted = np.zeros(NL)
    for one in sample.patterns:
        wanted[PATTERNS.index(one["id"])] = 1
        for k in _where(sample.text, one["text"], spans):
            pattern[k, PATTERNS.index(one["id"])] = 1
    for name in sample.positives:
        wanted[NP + POSITIVES.index(name)] = 1
    known = np.ones(NL)
    if sample.known is not None:
        known = np.array([float(name in sample.known) for name in (*PATTERNS, *POSITIVES)])
    return Row(
        sample, spans, rows(seen), act, pattern, about, who, favour, wanted, known, sample.known is None
    )


def _where(text: str, part: str, spans: list[tuple[int, int]]) -> list[int]:
    place = locate(text, part)
    if place is None:
        return []
    found = []
    for k, (start, end) in enumerate(spans):
        shared = min(end, place[1]) - max(start, place[0])
        if shared > 0.5 * min(end - start, place[1] - place[0]):
            found.append(k)
    return found


def kept(rows: list[Row]) -> Any:
    """The features that are kept, in order."""
    often = np.bincount(np.concatenate([ids for one in rows for ids in one.sentences]), minlength=BUCKETS)
    most = np.argsort(-often, kind="stable")[:KEPT]
    return np.sort(most[often[most] > 1])


def bags_of(lists: list[Any], kept: Any) -> csr_matrix:
    """The features of many sentences among those kept. What is not kept counts in a sentence's length, so
    that one of unknown words shows little."""
    places = np.full(BUCKETS, -1)
    places[kept] = np.arange(len(kept))
    known = [found[found >= 0] for found in (places[one] for one in lists)]
    ends = np.cumsum([0] + [len(one) for one in known])
    gains = np.array([GAIN / np.sqrt(len(one)) for one in lists], np.float32)
    scale = np.repeat(gains, [len(one) for one in known])
    return csr_matrix((scale, np.concatenate(known), ends), shape=(len(lists), len(kept)))
