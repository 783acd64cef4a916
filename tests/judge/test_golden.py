"""Golden cases: the worked examples of MODEL.md 3.4, our own, and the context-dependent phrases."""

from __future__ import annotations

from typing import Any

import pytest

from askwell.judge.asking import could_ask
from askwell.judge.case import VERDICTS
from askwell.judge.verdict import judge
from judge.golden import case_of, cases

ALL = [one for name in ("worked", "own", "context") for one in cases(name)]
NAMES = [one["id"] for one in ALL]


@pytest.mark.parametrize("one", ALL, ids=NAMES)
def test_golden(one: dict[str, Any]) -> None:
    verdict = judge(case_of(one), most=0)
    found = [finding.id for finding in verdict.findings]
    assert verdict.verdict == one["verdict"], (found, verdict.weight)
    for wanted in one.get("finds", []):
        assert any(id.endswith(wanted) for id in found), (wanted, found)
    for unwanted in one.get("silent_on", []):
        assert not any(id.endswith(unwanted) for id in found), (unwanted, found)
    if "not_before" in one:
        assert str(verdict.not_before) == one["not_before"]
    if verdict.verdict == "send":
        assert verdict.rewrite is None and not verdict.first
        assert {finding.level for finding in verdict.findings} <= {"note"}


def test_at_least_half_are_good_to_send() -> None:
    told = [one["verdict"] for name in ("worked", "own") for one in cases(name)]
    assert len(cases("own")) >= 20
    assert set(told) == set(VERDICTS)
    assert told.count("send") >= len(told) / 2


@pytest.mark.parametrize("one", ALL, ids=NAMES)
def test_what_is_said_is_calm_and_whole(one: dict[str, Any]) -> None:
    for lang in ("en", "nb", "nn"):
        verdict = judge(case_of(one, lang))
        assert len(verdict.findings) <= 3
        assert (
            verdict.summary.endswith((".", ")"))
            and "{" not in verdict.summary
            and ".." not in verdict.summary
        )
        for finding in verdict.findings:
            assert "{" not in finding.message + finding.why + finding.suggest
            for evidence in finding.evidence:
                assert len(evidence.quote) <= 160 and evidence.source
        assert verdict == judge(case_of(one, lang))


@pytest.mark.parametrize("one", ALL, ids=NAMES)
def test_what_could_ask_nothing_is_always_sent(one: dict[str, Any]) -> None:
    case = case_of(one)
    if not could_ask(case.reading, case.draft):
        assert judge(case).verdict == "send"
    if judge(case).verdict != "send":
        assert could_ask(case.reading, case.draft)
