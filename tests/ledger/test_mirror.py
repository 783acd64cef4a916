"""The mirror: counts over everybody, on nobody; without what is earlier or still to come."""

import json
from datetime import UTC, date, datetime

from askwell.ledger import favours
from askwell.ledger.history import Event, History
from askwell.ledger.mirror import Mirror, asking, middle, mirror, packed, unpacked
from askwell.ledger.person import Person

TODAY = date(2026, 5, 4)


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)


def ask(day: str, outcome: str = "open", closed: str = "", **more: object) -> Event:
    end = at(closed) if closed else None
    return Event(
        at(day),
        "ask",
        "me",
        "would you?",
        f"<{day}>",
        "advice",
        favour=True,
        size=2.0,
        outcome=outcome,
        closed=end,
        **more,
    )  # type: ignore[arg-type]


def event(day: str, kind: str, by: str = "me", **more: object) -> Event:
    return Event(at(day), kind, by, source="said:1", **more)  # type: ignore[arg-type]


def seen(*events: Event, since: date | None = None) -> Mirror:
    history = History(Person("kari", "Kari"), tuple(sorted(events, key=lambda one: one.at)))
    acts = History(history.person, tuple(one for one in history.events if one.at.date() <= TODAY))
    part = asking(acts, TODAY, favours.received(acts, TODAY), favours.given(acts, TODAY))
    assert unpacked(json.loads(json.dumps(packed(part)))) == part
    whole = mirror([("kari", "Kari", part)], TODAY)
    return whole.narrowed(since) if since else whole


def test_answers_are_timed() -> None:
    found = seen(
        ask("2026-01-01", "granted", "2026-01-03"),
        ask("2026-02-01", "answered", "2026-02-11"),
        ask("2026-04-01"),
    )
    assert found.waits == (2.0, 10.0)
    assert [one.answered for one in found.asked] == [True, True, False]
    assert [one.waiting for one in found.asked] == [False, False, True]


def test_a_holding_answer_is_no_answer() -> None:
    found = seen(ask("2026-01-01", "holding", "2026-01-03"))
    assert found.waits == ()
    assert found.asked[0].waiting


def test_reminders_belong_to_the_ask_before_them() -> None:
    found = seen(
        ask("2026-01-01", "granted", "2026-02-01"),
        event("2026-01-10", "nudge"),
        event("2026-01-20", "nudge"),
        event("2026-02-10", "nudge"),
        ask("2026-03-01"),
    )
    assert [one.nudges for one in found.asked] == [2, 0]


def test_thanks_are_timed_and_missing_thanks_are_known() -> None:
    helped = event("2026-01-01", "favour", "them", about="advice", favour=True)
    assert seen(helped, event("2026-01-03", "thanks")).thanks_waits == (2.0,)
    assert seen(helped, event("2026-01-01", "thanks")).thanks_waits == (0.5,)
    missing = seen(helped)
    assert missing.thanks_waits == ()
    assert [one.thanked for one in missing.had] == [False]


def test_a_pressing_letter_counts_once_whatever_it_holds() -> None:
    twice = (ask("2026-01-01", patterns=("urgency", "pressure")), ask("2026-01-01", patterns=("urgency",)))
    assert len(seen(*twice).pressed) == 1
    assert len(seen(ask("2026-01-01", patterns=("third_party_ask",))).pressed) == 0


def test_asking_whom_somebody_knows_counts_only_where_it_is_wide() -> None:
    assert seen(ask("2026-01-01", patterns=("contact_fishing",))).with_pattern("contact_fishing") == ()


def test_what_is_still_to_come_or_earlier_is_left_out() -> None:
    assert seen(ask("2026-06-01")).asked == ()
    assert [
        one.day.year for one in seen(ask("2024-01-01"), ask("2026-01-01"), since=date(2025, 1, 1)).asked
    ] == [2026]


def test_giving_is_seen_too() -> None:
    found = seen(
        event("2026-01-01", "favour", about="tip", favour=True),
        event("2026-01-02", "offer"),
        event("2026-01-03", "report_back"),
    )
    assert (len(found.helped), len(found.offered), len(found.told)) == (1, 1, 1)


def test_nothing_known_is_nothing_seen() -> None:
    empty = mirror((), TODAY)
    assert (empty.asked, empty.had, empty.since) == ((), (), TODAY)
    assert middle(()) is None
