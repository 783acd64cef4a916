"""Requests for one's contacts: who is meant, what is weighed, which answer fits, and what is noted of it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from askwell.app.choice import answer, vouch_for
from askwell.app.desk import Desk
from askwell.app.letters_in import letter_in, letter_of
from askwell.app.triage import Triage, inbox, to_json, triage
from askwell.errors import AskwellError
from askwell.ledger.entries import Message

LEDGER = """
me Ingrid Dahl <ingrid@example.no>
person ruth "Ruth Hansen" <ruth@harbour.example> org="Harbour Data" title="Head of Data" tags=boss floor=close
person siv "Siv Bakke" <siv@fjord.example> floor=established
person nils "Nils Berg" <nils@yard.example> org="The Yard"
person tom "Tom Becker" <tom@bank.example> org="Fjord Bank" floor=established
"""
CLEAR = (
    "Hi Ingrid. Could you introduce me to Ruth? I am writing a thesis on sensor drift and would like to ask "
    'how her team finds it. You can forward these lines as they are: "Siv Bakke is writing a thesis on '
    'sensor drift at the university and would be glad of half an hour with somebody who works with it." Siv'
)


def mail(text: str, sender: str = "siv@fjord.example", id: str = "r1", day: int = 2) -> Message:
    at = datetime(2026, 5, day, 9, tzinfo=UTC)
    return Message(id, at, sender, ("ingrid@example.no",), subject="A question", text=text)


def one(desk: Desk, text: str, **more: object) -> Triage:
    found = triage(desk, mail(text, **more))  # type: ignore[arg-type]
    assert found is not None
    return found


def ids(found: Triage) -> list[str]:
    return [reason.id for reason in found.reasons]


def test_without_a_reason_an_introduction_may_do_good(told: Callable[[str], Desk]) -> None:
    found = one(told(LEDGER), CLEAR)
    assert (ids(found), found.recommended) == ([], "introduce")
    assert "thesis" in found.request.blurb
    assert found.draft("introduce").subject == "Re: A question"


def test_one_reason_makes_it_a_question_and_two_a_no(told: Callable[[str], Desk]) -> None:
    no_text = CLEAR.partition(" You can forward")[0]
    desk = told(LEDGER)
    assert (ids(one(desk, no_text)), one(desk, no_text).recommended) == (["no_text"], "question")
    thin = one(desk, no_text.replace("Ruth", "Nils"))
    assert set(ids(thin)) == {"no_text", "thin_rapport"} and thin.recommended == "decline"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Could you introduce me to your boss?", "ruth"),
        ("Could you introduce me to the Head of Data at Harbour Data?", "ruth"),
        ("Would you put me in touch with Nils at The Yard?", "nils"),
        ("Would you pass my CV on to tom@bank.example?", "tom"),
        ("You know somebody at Fjord Bank, don't you? Could you introduce me?", "tom"),
    ],
)
def test_the_one_who_is_meant_is_found_by_role_name_firm_or_address(
    told: Callable[[str], Desk], words: str, key: str
) -> None:
    found = one(told(LEDGER), f"Hi Ingrid. {words} I would like to learn how they work. Siv")
    assert found.known.contact is not None and found.known.contact.person.key == key


def test_somebody_whom_the_ledger_does_not_know_is_said_and_can_be_named(told: Callable[[str], Desk]) -> None:
    desk = told(LEDGER)
    text = "Hi Ingrid. Could you introduce me to Petra Lund? I want to learn how she paints. Siv"
    assert "unknown_contact" in ids(one(desk, text))
    named = triage(desk, mail(text), "tom")
    assert named is not None and named.known.contact is not None
    assert named.known.contact.person.key == "tom"
    with pytest.raises(AskwellError):
        triage(desk, mail(text), "nobody at all")


def test_my_own_ask_there_speaks_for_care_with_its_words(told: Callable[[str], Desk]) -> None:
    asked = LEDGER + '2026-04-28 ask me -> ruth referral "would you recommend me?"\n'
    (reason,) = one(told(asked), CLEAR).reasons
    assert reason.id == "own_ask_open"
    assert reason.evidence[0].quote == "would you recommend me?"


def test_the_second_request_within_ninety_days_is_enough_for_a_no(told: Callable[[str], Desk]) -> None:
    before = LEDGER + '2026-03-28 ask siv -> me specific_introduction "to your cousin?"\n'
    found = one(told(before), CLEAR)
    assert ids(found)[0] == "again" and found.recommended == "decline"
    assert found.reasons[0].evidence[0].quote == "to your cousin?"


def test_a_request_of_last_year_is_none_of_these(told: Callable[[str], Desk]) -> None:
    before = LEDGER + '2025-12-28 ask siv -> me specific_introduction "to your cousin?"\n'
    assert ids(one(told(before), CLEAR)) == []


def test_a_mail_that_asks_again_within_a_day_is_no_second_request(told: Callable[[str], Desk]) -> None:
    text = CLEAR.replace('"', "'")
    first = f'2026-05-01T20:00:00Z message siv -> me "{text}" id="r0" subject="A question"\n'
    again = (
        first.replace("05-01T20", "05-02T09").replace('id="r0"', 'id="r1"').replace("A quest", "Re: A quest")
    )
    desk = told(LEDGER + first + again.replace("\n", ' reply_to="r0"\n'))
    kept = desk.store.message("r1")
    assert kept is not None
    found = triage(desk, kept)
    assert found is not None and "chasing" in ids(found) and "again" not in ids(found)


def test_a_purpose_that_hides_another_is_enough_for_a_no(told: Callable[[str], Desk]) -> None:
    text = (
        "Hi Ingrid. Could you introduce me to Ruth? Tell her that I want to learn about her work; between "
        "us, I am really after the job, so don't mention that. Siv"
    )
    found = one(told(LEDGER), text)
    assert ids(found)[0] == "hidden_purpose" and found.recommended == "decline"


FRIEND = (
    "Hi Ingrid. My friend Leo Moe is looking for work as an analyst. Could you pass his CV on to Ruth? "
    "Best, Siv"
)


def test_whether_i_vouch_is_asked_stored_and_weighed(told: Callable[[str], Desk]) -> None:
    desk = told(LEDGER)
    found = one(desk, FRIEND)
    assert found.known.vouched == "" and "work_unknown" in ids(found)
    vouch_for(desk, found, yes=False)
    denied = one(desk, FRIEND)
    assert denied.known.vouched == "no" and ids(denied)[0] == "no_vouch"
    desk.store.undo(desk.store.actions()[0].id)
    vouch_for(desk, one(desk, FRIEND), yes=True)
    vouched = one(desk, FRIEND)
    assert vouched.known.vouched == "yes" and "work_unknown" not in ids(vouched)
    assert [said.about for said in desk.store.said() if said.kind == "vouch"] == ["yes"]


def test_the_answer_is_the_users_and_is_noted(told: Callable[[str], Desk]) -> None:
    desk = told(LEDGER)
    note = answer(desk, one(desk, CLEAR), "decline")
    assert note.do == "decline"
    assert [said.kind for said in desk.store.said()] == ["ask", "decline"]
    later = one(desk, CLEAR, id="r2", day=20)
    assert ids(later)[0] == "again"
    desk.store.undo(desk.store.actions()[0].id)
    assert desk.store.said() == ()
    answer(desk, one(desk, FRIEND), "introduce")
    entry = next(said for said in desk.store.said() if said.kind == "intro")
    assert dict(entry.more)["asked_by"] == "siv" and entry.to == ("leo-moe", "ruth")
    with pytest.raises(AskwellError):
        answer(desk, one(desk, CLEAR), "shout")


def test_no_letter_knows_more_than_the_mail(told: Callable[[str], Desk]) -> None:
    past = LEDGER + (
        '2026-04-28 ask me -> ruth referral "would you recommend me?"\n'
        '2026-01-02 note ruth "is getting divorced"\n'
        '2026-02-02 intro me: siv <-> tom for=siv purpose="a talk" actually="asked for a loan"\n'
    )
    found = one(told(past), "Hi Ingrid. Could you introduce me to your boss? I want to learn her trade. Siv")
    for draft in found.drafts:
        for secret in ("Ruth", "Tom", "loan", "divorc", "recommend", "talk"):
            assert secret not in draft.text
        for clause in draft.clauses:
            assert not clause.sources or clause.sources == (found.request.id,)


def test_the_inbox_shows_what_came_in_and_is_not_answered(told: Callable[[str], Desk]) -> None:
    words = "Could you introduce me to Ruth? I want to learn how she works."
    asked = f'2026-04-20T09:00:00Z message siv -> me "{words}" id="a"\n'
    other = '2026-04-21T09:00:00Z message tom -> me "The minutes are attached. See you on Friday." id="b"\n'
    old = asked.replace("2026-04", "2026-02").replace('"a"', '"c"')
    desk = told(LEDGER + asked + other + old)
    found, read = inbox(desk)
    assert ([item.request.id for item in found], read) == (["a"], 2)
    assert to_json(found, read)["requests"][0]["message"]["answered"] is False
    answer(desk, found[0], "decline")
    assert inbox(desk)[0][0].answered


def test_ordinary_mail_is_no_request(told: Callable[[str], Desk]) -> None:
    assert triage(told(LEDGER), mail("Could you send me the minutes from Tuesday, Ingrid?")) is None


def test_a_letter_may_be_a_mail_a_text_or_in_the_ledger(told: Callable[[str], Desk]) -> None:
    desk = told(LEDGER + '2026-04-20T09:00:00Z message siv -> me "Hello" id="a@b"\n')
    assert letter_in(desk, "<a@b>", lambda _: b"").text == "Hello"
    text = letter_of(desk, CLEAR.encode(), "x", "siv")
    assert text.sender == "siv@fjord.example"
    with pytest.raises(AskwellError, match="who wrote it"):
        letter_of(desk, CLEAR.encode())
    with pytest.raises(AskwellError):
        letter_in(desk, "<nothing@b>", lambda _: b"")


@pytest.mark.parametrize(
    "text", ["", "\x00", "?" * 5000, "Introduce me! " * 900, "«" * 3000, "Kan du " * 2000]
)
def test_awkward_mail_does_no_harm(told: Callable[[str], Desk], text: str) -> None:
    desk = told(LEDGER)
    found = triage(desk, mail(text))
    assert found is None or len(found.drafts) == 3
