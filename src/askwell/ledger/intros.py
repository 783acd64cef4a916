"""Introductions with a life: proposed, one side asked, the other asked, made, met, told (MODEL.md 2e, 3.5).

An introduction is a row of entries of kind `intro` with the same introducer and the same two people. Each is
a step; an entry that names no state says that it was made. What was wanted in the end stands beside what was
said at first, and is kept for good.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from askwell.ledger.entries import Said
from askwell.ledger.person import ME

STATES = ("proposed", "asked", "agreed", "declined", "made", "met", "told", "dropped")
"""What a step says. `asked`, `agreed` and `declined` are of one side."""
STAGES = ("proposed", "asked_one", "asked_other", "made", "met", "told", "declined", "dropped")
"""How far an introduction has come; `declined` and `dropped` end it."""
ENDED = ("declined", "dropped")
ROLES = ("side", "for", "asked_by")
"""Additions to an entry whose value is somebody: a person's key or an address."""

STEP_OF = "step_of"
"""Marks an ask that is only known as a step of an introduction: mail may show the same ask."""

_OF_SIDE = ("asked", "agreed", "declined")
_DONE = ("made", "met", "told")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an introduction. `source` is an entry's id or a Message-ID; `read` says that
    it was read in mail and not said by the user."""

    at: datetime
    state: str
    side: str = ""
    text: str = ""
    source: str = ""
    read: bool = False

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Intro:
    """Two people and who brings them together (`by`; `me` or a key). `beneficiary` is whose wish it is, and
    `asked_by` who came with it, if known. `purpose` is what it was said to be for, `actually` what was asked
    in the end, `outcome` what came of it, `blurb` the text that may be passed on."""

    by: str
    one: str
    other: str
    beneficiary: str = ""
    asked_by: str = ""
    purpose: str = ""
    actually: str = ""
    outcome: str = ""
    blurb: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.one, self.other))

    @property
    def id(self) -> str:
        """The first entry or message that it rests on."""
        return self.steps[0].source if self.steps else ""

    @property
    def day(self) -> date:
        """When it began."""
        return self.steps[0].day

    @property
    def stage(self) -> str:
        """How far it has come: the furthest step, unless it has ended."""
        states = [one.state for one in self.steps]
        if states and states[-1] in ENDED:
            return states[-1]
        done = [state for state in _DONE if state in states]
        if done:
            return done[-1]
        asked = {one.side for one in self.steps if one.state in _OF_SIDE}
        return ("proposed", "asked_one", "asked_other")[min(2, len(asked))]

    @property
    def open(self) -> bool:
        """Whether it is on its way: neither made nor ended."""
        return self.stage not in (*_DONE, *ENDED)

    @property
    def turned(self) -> bool:
        """Whether something else was asked in the end than what it was said to be for."""
        return bool(self.actually) and " ".join(self.actually.lower().split()) != " ".join(
            self.purpose.lower().split()
        )

    @property
    def turned_at(self) -> Step | None:
        """The step that told so: the last one."""
        told = [one for one in self.steps if one.state == "told"] or list(self.steps)
        return told[-1] if self.turned else None

    @property
    def burned(self) -> tuple[str, ...]:
        """Those who were told one thing and asked another: all but whose wish it was."""
        if not self.turned:
            return ()
        return tuple(one for one in (self.one, self.other) if one not in (self.beneficiary, ME))

    def step(self, state: str, side: str = "") -> Step | None:
        """The last step of this state, of one side or of any."""
        found = [one for one in self.steps if one.state == state and side in ("", one.side)]
        return found[-1] if found else None

    def consent(self, side: str) -> str:
        """`yes`, `no`, `asked` or nothing, of one side. Who came with the wish has agreed by that."""
        found = [one.state for one in self.steps if one.side == side and one.state in _OF_SIDE]
        if found:
            return {"agreed": "yes", "declined": "no", "asked": "asked"}[found[-1]]
        return "yes" if side in (self.asked_by, ME) else ""


def life(entries: Iterable[Said], read: Iterable[Intro] = ()) -> tuple[Intro, ...]:
    """The introductions that the user has noted, in order of their beginning, with steps `read` in mail put
    in where the user has noted nothing of the kind."""
    found: list[Intro] = []
    for entry in sorted((one for one in entries if one.kind == "intro"), key=lambda one: one.at):
        if len(entry.to) != 2:
            continue
        at = _same(found, entry)
        if at is None:
            found.append(_begun(entry))
        else:
            found[at] = _gone_on(found[at], entry)
    for one in read:
        known = next((n for n, each in enumerate(found) if _is_same(each, one)), None)
        if known is None:
            found.append(one)
        else:
            found[known] = _with_read(found[known], one)
    return tuple(sorted(found, key=lambda one: (one.steps[0].at, one.id)))


def folded(entries: Iterable[Said], key: str) -> tuple[Said, ...]:
    """Entries as a history with the person `key` needs them: of an introduction one entry on the day on which
    it was made, with all that is known of it; and, where the user asked them for a friend's sake, an ask."""
    kept = [one for one in entries if one.kind not in ("intro", "vouch")]
    for intro in life(entries):
        made = intro.step("made") or intro.step("met") or intro.step("told")
        if made:
            kept.append(_made(intro, made))
        asked = intro.step("asked", key)
        if asked and intro.by == ME and intro.beneficiary not in ("", key):
            answer = {"yes": "granted", "no": "declined"}.get(intro.consent(key), "open")
            more = (("for", "third_party"), (STEP_OF, "intro"), ("outcome", answer))
            kept.append(Said(asked.at, "ask", ME, (key,), "chat", intro.purpose, more, id=asked.source))
    return tuple(sorted(kept, key=lambda one: one.at))


def _made(intro: Intro, made: Step) -> Said:
    known = {
        "for": intro.beneficiary,
        "purpose": intro.purpose,
        "actually": intro.actually,
        "outcome": intro.outcome,
    }
    more = tuple(sorted((name, value) for name, value in known.items() if value))
    return Said(
        made.at, "intro", intro.by, (intro.one, intro.other), text=made.text, more=more, id=made.source
    )


def _same(found: list[Intro], entry: Said) -> int | None:
    """The introduction that an entry goes on with: the last of these people that is not over."""
    for at in range(len(found) - 1, -1, -1):
        one = found[at]
        if (one.by, one.pair) != (entry.by, frozenset(entry.to)):
            continue
        state = dict(entry.more).get("state") or "made"
        over = one.stage in ENDED or (state == "proposed")
        again = state in ("made", "asked") and one.step("made") is not None
        return None if over or again else at
    return None


def _begun(entry: Said) -> Intro:
    return _gone_on(Intro(entry.by, entry.to[0], entry.to[1]), entry)


def _gone_on(intro: Intro, entry: Said) -> Intro:
    more = dict(entry.more)
    both = more.get("consent", "")
    agreed = tuple(entry.to) if both == "both" else tuple(filter(None, both.split(",")))
    steps = [Step(entry.at, "agreed", side, "", entry.id) for side in agreed]
    state = more.get("state") or ("made" if not agreed or both == "both" else "agreed")
    if state != "agreed" or not agreed:
        steps.append(Step(entry.at, state, more.get("side", ""), entry.text, entry.id))
    return replace(
        intro,
        beneficiary=more.get("for", intro.beneficiary),
        asked_by=more.get("asked_by", intro.asked_by or more.get("for", "")),
        purpose=more.get("purpose", intro.purpose),
        actually=more.get("actually", intro.actually),
        outcome=more.get("outcome", intro.outcome),
        blurb=more.get("blurb", intro.blurb),
        steps=(*intro.steps, *steps),
    )


_READ_WITHIN = 120
"""Days between a noted step and one read in mail for them to be of one introduction."""


def _is_same(said: Intro, read: Intro) -> bool:
    if (said.by, said.pair) != (read.by, read.pair):
        return False
    first, last = said.steps[0].day, said.steps[-1].day
    return (first - read.steps[-1].day).days <= _READ_WITHIN and (
        read.steps[0].day - last
    ).days <= _READ_WITHIN


def _with_read(said: Intro, read: Intro) -> Intro:
    """What the user has noted, and what mail adds to it. The user's word wins."""
    have = {(one.state, one.side) for one in said.steps}
    new = [one for one in read.steps if (one.state, one.side) not in have]
    steps = tuple(sorted((*said.steps, *new), key=lambda one: one.at))
    return replace(
        said,
        beneficiary=said.beneficiary or read.beneficiary,
        asked_by=said.asked_by or read.asked_by,
        purpose=said.purpose or read.purpose,
        actually=said.actually or read.actually,
        outcome=said.outcome or read.outcome,
        steps=steps,
    )
