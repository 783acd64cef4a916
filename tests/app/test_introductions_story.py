"""The article's own story, in English and in Norwegian, noted and by mail alone: a friend wants to meet my
boss "to learn about her work", I introduce her, she asks for a job, my boss is angry; a month later she asks
again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from askwell.app.check import check
from askwell.app.desk import Desk, open_desk, profile
from askwell.app.draft import Draft
from askwell.app.histories import history
from askwell.app.importing import import_
from askwell.app.intro import apology, intro
from askwell.app.intros import introductions
from askwell.app.triage import triage
from askwell.text.read import read

STORIES = Path(__file__).parent / "introductions"
EN, NB, NN = ((STORIES / f"{lang}.story").read_text("utf-8") for lang in ("en", "nb", "nn"))
PAST = "\n".join(line for line in EN.split("\n") if not line.startswith("2026"))
PRIVATE = (
    "job",
    "jobb",
    "angry",
    "not happy",
    "ikke glad",
    "ikkje glad",
    "three times",
    "tre gang",
    "tre gong",
    "March",
    "mars",
)
"""Words of what passed with the boss, none of which may stand in a letter to the friend."""


def tell(path: Path, text: str, on: str = "2026-04-15", lang: str = "en") -> Desk:
    path.mkdir()
    (path / "told.story").write_text(text, "utf-8")
    stack = open_desk(path / "home", date.fromisoformat(on), lang)
    desk = stack.__enter__()
    import_(desk, [path / "told.story"])
    return replace(desk, profile=profile(desk.store, desk.home))


@pytest.mark.parametrize(("text", "lang"), [(EN, "en"), (NB, "nb"), (NN, "nn")])
def test_by_mail_alone(tmp_path: Path, text: str, lang: str) -> None:
    desk = tell(tmp_path / "a", text)
    (one,) = introductions(desk)
    assert one.stage == "told" and one.turned and one.burned == ("ruth",)
    assert (one.beneficiary, one.steps[0].source) == ("siv", "m1")
    assert {step.source for step in one.steps if step.state in ("met", "told")} == {"m5"}

    letter = apology(desk, ["siv", "ruth"]).letter
    assert letter is not None and letter.lang == lang
    assert all(clause.sources for clause in letter.clauses[:2])
    assert not read(letter.text, lang=lang).patterns
    assert not any(act.act == "ask" for act in read(letter.text, lang=lang).acts)

    message = desk.store.message("m6")
    assert message is not None
    found = triage(desk, message)
    assert found is not None
    assert found.recommended == "decline" and found.reasons[0].id == "burned"
    assert {proof.source for proof in found.reasons[0].evidence} == {"m4", "m5"}
    assert found.request.for_whom == "third_party" and found.request.friend == "Leo"
    for draft in found.drafts:
        assert draft.lang == lang
        assert not any(word in draft.text for word in PRIVATE), draft.text
        assert not read(draft.text, lang=lang).patterns


def test_noted_by_the_user(tmp_path: Path) -> None:
    talk = "\n".join(line for line in EN.split("\n") if 'id="m5"' not in line)
    noted = talk + '2026-03-12 intro me: siv <-> ruth state=told actually="asked for a job"\n'
    desk = tell(tmp_path / "a", noted)
    (one,) = introductions(desk)
    assert one.turned and one.actually == "asked for a job"
    message = desk.store.message("m6")
    assert message is not None
    found = triage(desk, message)
    assert found is not None and found.reasons[0].id == "burned"
    assert "asked for a job" in found.reasons[0].message


def test_what_came_of_it_is_recorded_step_by_step_with_the_letters_and_undone(tmp_path: Path) -> None:
    desk = tell(tmp_path / "a", PAST)
    more = {"purpose": "learn about her work", "for": "siv"}
    assert intro(desk, "propose", ["siv", "ruth"], more=more).intro.stage == "proposed"
    asked = intro(desk, "ask", ["siv", "ruth"])
    assert asked.to == "ruth" and asked.letter is not None
    assert asked.letter.subject == "Siv Bakke / Ruth Hansen" and asked.letter.words < 120
    agreed = intro(desk, "agreed", ["siv", "ruth"])
    assert agreed.letter is not None and agreed.to == "both" and agreed.letter.words < 120
    assert intro(desk, "made", ["siv", "ruth"]).intro.stage == "made"
    told = intro(desk, "told", ["siv", "ruth"], more={"actually": "asked for a job"})
    assert told.to == "ruth" and told.letter is not None and told.letter.do == "apology"
    desk.store.undo(desk.store.actions()[0].id)
    assert introductions(desk)[0].stage == "made"


def test_an_ask_that_is_noted_and_in_the_mail_is_one(tmp_path: Path) -> None:
    noted = EN + "2026-03-03 intro me: siv <-> ruth state=asked side=ruth for=siv\n"
    for number, text in enumerate((EN, noted)):
        desk = tell(tmp_path / str(number), text)
        person = desk.store.person("ruth")
        assert person is not None
        assert len([one for one in history(desk.store, person).of("ask", by="me") if one.favour]) == 1


def test_a_favour_for_a_friend_is_not_brought_to_one_who_was_burned(tmp_path: Path) -> None:
    desk = tell(tmp_path / "a", EN)
    verdict = check(desk, Draft("Hi Ruth, could you find my friend Leo a job?", to=("ruth",)))
    assert "record/burned-before" in {one.id for one in verdict.findings}


def test_the_same_in_a_calm_story_says_nothing_of_the_kind(told: Callable[[str], Desk]) -> None:
    calm = EN.replace(
        "She asked me for a job, three times. I am not happy.", "A good hour, and good questions."
    )
    desk = told(calm)
    (one,) = introductions(desk)
    assert not one.turned
    message = desk.store.message("m6")
    assert message is not None
    found = triage(desk, message)
    assert found is not None and "burned" not in {reason.id for reason in found.reasons}
