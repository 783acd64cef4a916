"""The story form: read, written, read again; mistakes named by line."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.errors import AskwellError
from askwell.ledger.entries import Correction, Message, Said
from askwell.ledger.person import Person, Profile
from askwell.ledger.story import Story, in_order, parse, write

STORY = """
me      Ingrid Dahl <ingrid@example.no>
offer   "I read proofs"
person  kari  "Kari Nordmann" <kari@nordlys.example> org="Nordlys" title="Head of Data" tags=mentor,data
person  ola   "Ola Vik" floor=close say=1.5
# a remark
2026-03-02  ask      me -> kari  referral  "could you refer me for the analyst role?"
2026-03-05  favour   kari -> me  contact_detail  "gave me the address of HR"
2026-03-06  thanks   me -> kari
2026-03-20  meeting  me, kari  "coffee at Fuglen"
2026-03-21  message  me -> kari  "Takk for sist! …"
2026-04-01  intro    kari: me <-> ola  purpose="learn about wind power"  actually="asked for a job"
"""


def test_a_story_says_who_what_and_when() -> None:
    story = parse(STORY)
    assert story.profile == Profile("Ingrid Dahl", ("ingrid@example.no",), offers=("I read proofs",))
    assert story.people[0] == Person(
        "kari",
        "Kari Nordmann",
        ("kari@nordlys.example",),
        org="Nordlys",
        title="Head of Data",
        tags=("mentor", "data"),
    )
    ask = story.entries[0]
    assert isinstance(ask, Said)
    assert (ask.kind, ask.by, ask.to, ask.about) == ("ask", "me", ("kari",), "referral")
    intro = story.entries[-1]
    assert isinstance(intro, Said)
    assert dict(intro.more) == {"purpose": "learn about wind power", "actually": "asked for a job"}


def test_written_and_read_again_it_is_the_same() -> None:
    story = parse(STORY)
    assert parse(write(story)) == story


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('person Kari "Kari"', "s:1: `Kari` cannot name a person"),
        ("2026-13-01 ask me -> kari", "s:1: `2026-13-01` is no date"),
        ("2026-03-01T10:00 ask me -> kari", "has no time zone; expected a Z"),
        ("2026-03-01 ask me kari", "s:1: found kari; expected `->`"),
        ("2026-03-01 beg me -> kari", "s:1: `beg` is unknown; expected message"),
        ('2026-03-01 ask me -> a@b.no "x', "s:1: a quote is not closed"),
        ("2026-03-01 ask me -> a@b.no colour=red", "`colour` is unknown here"),
        ("2026-03-01 ask me -> kari", "s:1: kari is nobody in this story"),
        ('person kari "Kari" say=3', "`3` is out of range; expected a number from 0 to 2"),
        ('person kari "K"\nperson kari "K"', "s:2: person kari stands twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(line: str, said: str) -> None:
    with pytest.raises(AskwellError) as caught:
        parse(line, "s")
    assert said in caught.value.message


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
addresses = st.from_regex(r"[a-z@|]{1,8}@[a-z]{1,8}\.no", fullmatch=True)
ends = st.sampled_from(["me", "kari", "ola"]) | addresses
times = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)).map(lambda t: t.replace(tzinfo=UTC))
messages = st.builds(
    Message,
    id=st.from_regex(r"[!-~]{1,12}", fullmatch=True),
    at=times,
    sender=ends,
    to=st.lists(ends, max_size=3).map(tuple),
    cc=st.lists(addresses, max_size=2).map(tuple),
    subject=words,
    text=words,
)
said = st.builds(
    Said,
    at=times,
    kind=st.sampled_from(["ask", "thanks", "favour", "offer"]),
    by=ends,
    to=st.lists(ends, min_size=1, max_size=3).map(tuple),
    about=st.sampled_from(["", "job"]),
    text=words,
    whole_day=st.just(False),
)
corrections = st.builds(Correction, at=times, message=words.filter(bool), words=words, what=st.just("no_ask"))
people = (Person("kari", "Kari"), Person("ola", "Ola"))


@given(st.lists(messages | said | corrections, max_size=5))
def test_any_entries_survive_being_written(entries: list[Message | Said | Correction]) -> None:
    story = Story(Profile("I D", ("i@d.no",)), people, in_order(entries))
    assert parse(write(story)) == story


@given(st.text(max_size=200))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        parse(text)
    except AskwellError as error:
        assert error.message.startswith("story:")


def test_a_long_line_survives() -> None:
    note = Said(datetime(2026, 1, 1, 12, tzinfo=UTC), "note", "me", ("ola",), text='"\\' * 500_000)
    assert parse(write(Story(people=people, entries=(note,)))).entries == (note,)
