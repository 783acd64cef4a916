"""The line machine: one pass from top to bottom gives each line of a message its kind.

Structure decides before words: quote marks, attributions, header blocks and ruled lines first, then closings
and the blocks under them. Each step looks at a bounded number of lines, so that time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from . import lines as look
from .attribution import attribution_start
from .headers import header_block, is_header_block, lead_in
from .marks import Marks, marks
from .signature import after_closing, card_under_rule, is_delimiter, is_footer_rule, trailing_card
from .technical import may_hold_code, technical_runs

OWN: Final = "own"
GREETING: Final = "greeting"
CLOSING: Final = "closing"
SIGNATURE: Final = "signature"
QUOTE: Final = "quote"
ATTRIBUTION: Final = "attribution"
FORWARD: Final = "forward"
DISCLAIMER: Final = "disclaimer"
FOOTER: Final = "footer"
SEPARATOR: Final = "separator"
TECHNICAL: Final = "technical"
KEPT: Final = frozenset({OWN, GREETING, CLOSING})
_REGIONS: Final = frozenset({SIGNATURE, FOOTER, DISCLAIMER, TECHNICAL})
_OPENED: Final = {
    look.MOBILE: SIGNATURE,
    look.FOOTER: FOOTER,
    look.DISCLAIMER: DISCLAIMER,
    look.PATCH: TECHNICAL,
}
_WRAPPED_LINE: Final = 64
_WRAPPED_REST: Final = 30
_PASSES: Final = 6


def kinds(lines: Sequence[str], repeated: Sequence[bool] | None = None) -> list[str]:
    """The kind of each line, "" for blank ones. `repeated` marks lines that repeat the parent message.

    What is left when the strange parts are gone is read again until nothing more goes, so that a cleaned
    text is not cleaned differently a second time.
    """
    table = marks()
    left = list(lines)
    codes = [look.QUOTE if line[:1] == ">" else look.look(line, table) for line in left]
    if look.QUOTE in codes:
        _mend_quotes(left, codes)
    found = [""] * len(left)
    technical: dict[int, bool] = {}
    for _ in range(_PASSES):
        machine = _Machine(left, codes, table, repeated, technical)
        machine.run()
        gone = False
        for i in machine.live:
            found[i] = kind = machine.kinds[i]
            if kind not in KEPT:
                gone, left[i], codes[i] = True, "", look.BLANK
        if not gone:
            break
    return found


def _mend_quotes(lines: Sequence[str], codes: list[str]) -> None:
    """Two doings of mail programs: a long quoted line that was broken leaves its last words on a line without
    ">", and a mailbox file turns a writer's own "From" into ">From"."""
    last = len(codes) - 1
    for i, code in enumerate(codes):
        if code == look.TEXT:
            if 0 < i < last and codes[i - 1] == codes[i + 1] == look.QUOTE:
                short = len(lines[i]) <= _WRAPPED_REST and lines[i][:1].islower()
                if short and len(lines[i - 1]) >= _WRAPPED_LINE:
                    codes[i] = look.QUOTE
        elif code == look.QUOTE and lines[i].startswith(">From ") and _alone(codes, i):
            codes[i] = look.TEXT


def _alone(codes: Sequence[str], at: int) -> bool:
    return look.QUOTE not in codes[max(0, at - 1) : at] and look.QUOTE not in codes[at + 1 : at + 2]


class _Machine:
    """The state of one pass: the kinds so far, and the region (signature, footer …) that is open."""

    def __init__(
        self,
        lines: Sequence[str],
        codes: Sequence[str],
        table: Marks,
        repeated: Sequence[bool] | None,
        technical: dict[int, bool],
    ) -> None:
        self.lines, self.codes, self.table = lines, codes, table
        self.repeated, self.technical = repeated, technical
        self.kinds = [""] * len(lines)
        self.live = [i for i, code in enumerate(codes) if code != look.BLANK]
        self.region = ""
        self.own_seen = False

    def run(self) -> None:
        codes, marked, plain = self.codes, self.kinds, self.repeated is None
        for at in self.live:
            if marked[at]:
                continue
            code = codes[at]
            if code == look.QUOTE:  # the common lines, at once
                marked[at], self.region = QUOTE, ""
            elif plain and code == look.TEXT and not self.region:
                marked[at], self.own_seen = OWN, True
            else:
                self._step(at)
        self._cards()
        self._technical()

    def _step(self, at: int) -> int:
        code = self.codes[at]
        if self.repeated is not None and self.repeated[at]:
            self.region = ""
            return self._mark(at, QUOTE)
        if self.region == TECHNICAL and not self._ends_patch(at, code):
            return self._mark(at, TECHNICAL)
        after = self._structure(at, code) if code != look.TEXT else 0
        if after or self.region:
            return after or self._mark(at, self.region)
        return self._words(at, code)

    def _ends_patch(self, at: int, code: str) -> bool:
        """A patch runs to its "-- ", to a list's footer or to a line that no patch has."""
        if code == look.RULE:
            return is_footer_rule(self.lines, self.codes, at, self.table)
        if code == look.DASH:
            return self.lines[at][:3].rstrip("\r\n") == "-- "
        return code in (look.FORWARD, look.FOOTER, look.MOBILE)

    def _mark(self, at: int, kind: str, end: int = 0) -> int:
        """Mark lines `at` to `end` (or the one line) that are not blank; give the line to go on with."""
        end = end or at + 1
        for i in range(at, end):
            if self.codes[i] != look.BLANK:
                self.kinds[i] = kind
        return end

    def _structure(self, at: int, code: str) -> int:
        """Attributions, forwards and header blocks; 0 if there is none here."""
        if code == look.FORWARD:
            return self._forward(at)
        if code == look.HEADER:
            after = self._headers(at)
            if after:
                return after
        if code in (look.COLON, look.ANGLE) or (code == look.HEADER and self.lines[at].rstrip()[-1:] == ":"):
            found = attribution_start(self.lines, self.codes, at, self.table)
            if found:
                start, tail = found
                self._mark(start, ATTRIBUTION, at + 1)
                self.region = ""
                return self._tail(at + 1, QUOTE) if tail else at + 1
        return 0

    def _breaks(self, at: int) -> bool:
        """Whether a quoted message begins at a line that looks like a header or an attribution."""
        if self.codes[at] == look.HEADER:
            end, fields = header_block(self.lines, self.codes, at, self.table)
            if is_header_block(self.lines, fields, at, end):
                return True
        return attribution_start(self.lines, self.codes, at, self.table) is not None

    def _forward(self, at: int) -> int:
        self._mark(at, FORWARD)
        start = at + 1
        while start < len(self.lines) and self.codes[start] == look.BLANK:
            start += 1
        end, fields = header_block(self.lines, self.codes, start, self.table)
        return self._below_headers(at, end if fields else at + 1)

    def _headers(self, at: int) -> int:
        end, fields = header_block(self.lines, self.codes, at, self.table)
        if not is_header_block(self.lines, fields, at, end):
            return 0
        start = at if "from" in fields else lead_in(self.lines, self.codes, at)
        if start == at and "from" not in fields and not self.own_seen:
            return self._mark(at, FORWARD, end)  # a draft with its own To and Subject on top
        return self._below_headers(start, end)

    def _below_headers(self, start: int, end: int) -> int:
        """Under a header block stands the other's message, unless it is marked with ">" as well."""
        self._mark(start, FORWARD, end)
        self.region = ""
        for i in range(end, min(len(self.lines), end + 6)):
            if self.codes[i] != look.BLANK:
                return end if self.codes[i] == look.QUOTE else self._tail(end, FORWARD)
        return self._tail(end, FORWARD)

    def _tail(self, at: int, kind: str) -> int:
        return self._mark(at, kind, len(self.lines)) if at < len(self.lines) else at

    def _words(self, at: int, code: str) -> int:
        """What a line's own words say, outside every region."""
        if code == look.CLOSING and self.own_seen:  # "Takk!" on top is no closing
            return self._closing(at)
        if code == look.RULE:
            return self._rule(at)
        kind = self._opened(at, code)
        if kind == DISCLAIMER and not self.own_seen:  # on top it is one paragraph, and the letter follows
            return self._mark(at, kind, self._paragraph_end(at))
        if kind:
            self.region = kind if kind in _REGIONS and code != look.MOBILE else ""
            return self._mark(at, kind)
        kind = GREETING if code == look.GREETING and not self.own_seen else OWN
        self.own_seen = True
        return self._mark(at, kind)

    def _paragraph_end(self, at: int) -> int:
        while at < len(self.codes) and self.codes[at] != look.BLANK:
            at += 1
        return at

    def _opened(self, at: int, code: str) -> str:
        """The kind of a line that is not the writer's, "" if it is."""
        if code == look.DASH:
            return SIGNATURE if is_delimiter(self.lines, self.codes, at) else SEPARATOR
        if code == look.DISCLAIMER and not self._is_disclaimer(at):
            return ""
        return _OPENED.get(code, "")

    def _rule(self, at: int) -> int:
        if is_footer_rule(self.lines, self.codes, at, self.table):
            self.region = FOOTER
        elif card_under_rule(self.lines, self.codes, at, self._breaks):
            self.region = SIGNATURE
        return self._mark(at, self.region or SEPARATOR)

    def _closing(self, at: int) -> int:
        signed = look.closing_rest(self.lines[at], self.table) != ""
        named, card = after_closing(self.lines, self.codes, at, self._breaks, self.table, signed=signed)
        self._mark(at, CLOSING)
        if named != at:
            self._mark(named, CLOSING)
        for i in card:
            self._mark(i, SIGNATURE)
        return max(at, named, *card) + 1 if card else max(at, named) + 1

    def _is_disclaimer(self, at: int) -> bool:
        paragraph = " ".join(line[:300] for line in self.lines[at : at + 8]).lower()
        return any(sign in paragraph for sign in self.table.disclaimer_signs)

    def _cards(self) -> None:
        """Unannounced signatures: where the writer's own lines end, a name with numbers and addresses."""
        own: list[bool] = []
        last = -1
        for i in [*self.live, -1]:
            if i >= 0 and self.kinds[i] in KEPT:
                last = i
            elif last >= 0:
                own = own or [kind == OWN for kind in self.kinds]
                for k in trailing_card(self.lines, own, last, self.table):
                    self.kinds[k] = SIGNATURE
                last = -1

    def _technical(self) -> None:
        live = [(i, self.kinds[i] in KEPT) for i in self.live]
        if may_hold_code("\n".join([self.lines[i] for i, own in live if own])):
            for i in technical_runs(self.lines, live, self.technical):
                self.kinds[i] = TECHNICAL
