"""How right the relationship is, on real mail: does the stage order who answers, and is a quiet contact
really quiet? Metadata only, no reading. Run it with `python -m bench.relationship`.

Every opening message (none between the two for three days) of each mailbox owner is looked at on its day,
with what was known before it; an answer is the next message back within 30 days. Nothing here is tuned.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from askwell.ledger.entries import Message
from askwell.ledger.history import MINE, THEIRS, Event, History
from askwell.ledger.person import Person
from askwell.ledger.quiet import quiet
from askwell.ledger.rapport import rapport
from bench import mailboxes
from bench.intervals import wilson

OWNERS = 60
FEWEST_SENT = 5
OPENING_AFTER = timedelta(days=3)
WITHIN = timedelta(days=30)
ORDER = ("unknown", "new", "warming", "established", "close", "dormant")


def main() -> None:
    for path in mailboxes.real():
        messages = list(mailboxes.letters(path))
        end = max(one.at for one in messages)
        histories = [one for owner in _owners(messages) for one in _histories(owner, messages)]
        openings = list(_openings(histories, end))
        print(f"{path.parent.name}/{path.name}: {len(messages):,} messages, {len(openings):,} openings")
        _by_stage(openings)
        _ordering("all openings", openings)
        _ordering("to people with earlier contact", [one for one in openings if one[0] != "unknown"])
        _quiet(histories)


def _owners(messages: list[Message]) -> list[str]:
    sent = Counter(one.sender for one in messages if not one.bulk)
    return [owner for owner, count in sent.most_common(OWNERS) if count >= FEWEST_SENT]


def _histories(owner: str, messages: list[Message]) -> list[History]:
    """The histories of one mailbox owner. Without a To line, a reply goes to whom it answers."""
    author = {one.id: one.sender for one in messages}
    events: dict[str, list[Event]] = defaultdict(list)
    for one in messages:
        to = (*one.to, *one.cc) or tuple(filter(None, [author.get(one.reply_to, "")]))
        if one.bulk or len(to) > 4:
            continue
        words = len(one.text.split())
        if one.sender == owner:
            for other in set(to) - {owner}:
                events[other].append(
                    Event(one.at, "message", MINE, source=one.id, words=words, people=len(to))
                )
        elif owner in to:
            events[one.sender].append(
                Event(one.at, "message", THEIRS, source=one.id, words=words, people=len(to))
            )
    known = ((Person(key, key), sorted(found, key=lambda one: one.at)) for key, found in events.items())
    return [History(person, tuple(found)) for person, found in known]


def _event(one: Message, by: str, words: int, people: int) -> Event:
    return Event(one.at, "message", by, source=one.id, words=words, people=people)


def _openings(histories: Iterable[History], end: datetime) -> Iterator[tuple[str, float, bool]]:
    """(stage, score, answered) of each opening, as known the day before it."""
    for history in histories:
        events = history.events
        for at, event in enumerate(events):
            fresh = at == 0 or event.at - events[at - 1].at >= OPENING_AFTER
            if event.by != MINE or not fresh or event.at + WITHIN > end:
                continue
            before = History(history.person, events[:at])
            tie = rapport(before, event.at.date())
            answered = any(one.by == THEIRS and one.at - event.at <= WITHIN for one in events[at + 1 :])
            yield tie.stage, tie.score, answered


def _by_stage(openings: list[tuple[str, float, bool]]) -> None:
    for stage in ORDER:
        answers = [answered for name, _, answered in openings if name == stage]
        if answers:
            print(f"  {stage:<12} answered within 30 days: {wilson(sum(answers), len(answers))}")


def _ordering(which: str, openings: list[tuple[str, float, bool]]) -> None:
    yes = sorted(score for _, score, answered in openings if answered)
    no = Counter(score for _, score, answered in openings if not answered)
    if not yes or not no:
        return
    above = sum(sum(n for s, n in no.items() if s < one) + no[one] / 2 for one in yes)
    auc = above / (len(yes) * no.total())
    print(f"  AUC of the rapport value, {which} ({len(openings):,}): {auc:.3f} (wanted: 0.70)")


def _quiet(histories: list[History]) -> None:
    """Whom is called quiet 21 or 28 days after a letter, and writes before the 30th day all the same."""
    flagged = wrote = 0
    for history in histories:
        for letter in (one for one in history.events if one.by == MINE):
            day = next((day for day in _days(letter) if _is_quiet(history, letter, day)), None)
            if day:
                end = letter.at.date() + WITHIN
                flagged += 1
                wrote += any(one.by == THEIRS and day < one.at.date() <= end for one in history.events)
    print(f"  called quiet, wrote before day 30 (wanted: at most 10 %): {wilson(wrote, flagged)}")


def _days(letter: Event) -> tuple[date, ...]:
    return tuple(letter.at.date() + timedelta(days=days) for days in (21, 28))


def _is_quiet(history: History, letter: Event, day: date) -> bool:
    asked = replace(letter, kind="ask", favour=True, size=3.0, outcome="open", about="chat")
    before = [one for one in history.events if one.at.date() <= day]
    return quiet(History(history.person, (*before, asked)), day).state == "quiet"


if __name__ == "__main__":
    main()
