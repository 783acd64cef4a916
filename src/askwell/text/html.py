"""From a mail's HTML to lines of text, with quotes kept as "> " lines so that `clean.mask` sees them.

Nothing is fetched and nothing runs. Walks lexbor's tree (selectolax) without recursion; if selectolax is not
installed, the standard library's parser gives the same lines for ordinary mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from typing import Any, Final

LARGEST: Final = 5_000_000
"""Code points of HTML that are read; the rest is left out."""
LONGEST: Final = 2_000_000
"""Code points of text that are given back."""
DEEPEST_QUOTE: Final = 20

DEEPEST: Final = 1_000
"""Tags inside each other above which lexbor, whose time grows with the square of the depth, is not used."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS: Final = _names(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul"
)
_SPACED: Final = _names("p h1 h2 h3 h4 h5 h6 blockquote ul ol table pre")
_DROPPED: Final = _names(
    "script style head title meta link noscript template svg math object embed iframe audio video canvas "
    "select textarea button map"
)
_VOID: Final = _names("area base br col embed hr img input link meta param source track wbr")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_QUOTE_MARKS: Final = (
    "gmail_quote_container",
    "gmail_quote",
    "gmail_extra_quote",
    "yahoo_quoted",
    "moz-cite-prefix",
    "protonmail_quote",
    "zmail_extra",
    "tutanota_quote",
    "divrplyfwdmsg",
    "ms-outlook-mobile-reference-message",
    "appendonsend",
    "olk_src_body_section",
    "mail-editor-reference-message-container",
)
# From these on, all that follows in the same parent is the quoted message.
_QUOTE_FROM_HERE: Final = ("divrplyfwdmsg", "appendonsend", "stopspelling", "hotmail_quote_start")
_HIDDEN: Final = ("display:none", "mso-hide:all", "font-size:0px;line-height:0", "visibility:hidden")


def to_text(html: str) -> str:
    """The readable text: one line a block, list items as "- ", links as their text, quotes as "> " lines."""
    return _Lines(_events(html), keep_quotes=True).text()


def own_part(html: str) -> str:
    """As `to_text`, without what the HTML itself marks as a quote or as the message replied to."""
    return _Lines(_events(html), keep_quotes=False).text()


Event = tuple[str, str, str]
"""What happens (open, close, text), the tag or the text, and the tag's class, id and style in lower case."""


def _events(html: str) -> Iterator[Event]:
    head = html[:LARGEST].replace("\0", "")
    if find_spec("selectolax") is None or (head.count("<") > DEEPEST and _depth(head) > DEEPEST):
        return _standard_events(head)
    return _lexbor_events(head)


def _depth(html: str) -> int:
    """How deep the tags stand inside each other, at most; counted one tag at a time, up to `DEEPEST`."""
    depth = deepest = 0
    for closing, tag in _TAG.findall(html):
        if closing:
            depth = max(0, depth - 1)
        elif tag.lower() not in _VOID:
            depth += 1
            if depth > deepest:
                deepest = depth
                if deepest > DEEPEST:
                    break
    return deepest


def _lexbor_events(html: str) -> Iterator[Event]:
    from selectolax.lexbor import LexborHTMLParser  # 2 ms that plain text need not pay

    node: Any = LexborHTMLParser(html).root
    depth = 0  # nodes are never compared: selectolax compares them by their whole HTML
    while node is not None:
        tag = node.tag
        child = None
        if tag == "-text":
            yield "text", node.text_content or "", ""
        elif tag and tag[0] not in "-!_" and tag not in _DROPPED:
            yield "open", tag, _marks(node.attributes)
            child = node.child
            if child is None:
                yield "close", tag, ""
        if child is not None:
            node, depth = child, depth + 1
            continue
        following = node.next
        while following is None and depth:
            node, depth = node.parent, depth - 1
            yield "close", node.tag, ""
            following = node.next
        node = following


def _marks(attributes: dict[str, str | None]) -> str:
    if not attributes:
        return ""
    found = " ".join((attributes.get(name) or "")[:400] for name in ("class", "id", "style", "name"))
    if "hidden" in attributes:
        found += " display:none"
    return found.lower() if found != "   " else ""


class _Parser(HTMLParser):
    """Collects the events of the standard library's parser."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Event] = []
        self.dropped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self.dropped += tag not in _VOID
        elif not self.dropped:
            self.found.append(("open", tag, _marks(dict(attrs))))
            if tag in _VOID:
                self.found.append(("close", tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self.dropped = max(0, self.dropped - 1)
        elif not self.dropped and tag not in _VOID:
            self.found.append(("close", tag, ""))

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.found.append(("text", data, ""))


def _standard_events(html: str) -> Iterator[Event]:
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return iter(parser.found)


class _Lines:
    """Puts events together to lines. Keeps a stack of open tags only for what changes the lines."""

    def __init__(self, events: Iterator[Event], *, keep_quotes: bool) -> None:
        self.keep_quotes = keep_quotes
        self.lines: list[str] = []
        self.line: list[str] = []
        self.size = 0
        self.stack: list[tuple[str, str]] = []  # tag and what it opened: quote, hidden, pre, ""
        self.quotes = self.hidden = self.pre = 0
        self.rest_quoted_at: int | None = None
        for kind, what, marks in events:
            if kind == "text":
                self._words(what)
            elif kind == "open":
                self._open(what, marks)
            else:
                self._close(what)
            if self.size > LONGEST:
                break
        self._end_line()

    def text(self) -> str:
        kept: list[str] = []
        for line in self.lines:
            if line.strip("> ") or (kept and kept[-1].strip("> ")):
                kept.append(line)
        while kept and not kept[-1].strip("> "):
            kept.pop()
        return "\n".join(kept)[:LONGEST]

    def _open(self, tag: str, marks: str) -> None:
        if tag == "br":
            self._end_line(force=True)
        elif tag in _BLOCKS:
            self._end_line()
            if tag in _SPACED and self.lines and self.lines[-1].strip("> "):
                self.lines.append(self._prefix().rstrip())
        if tag == "li":
            self.line.append("- ")
        elif tag in ("td", "th"):
            self.line.append(" ")
        opened = self._opened(tag, marks)
        if opened == "quote":
            self._end_line()
            self.quotes += 1
        elif opened == "hidden":
            self.hidden += 1
        elif opened == "pre":
            self.pre += 1
        if tag not in _VOID:
            self.stack.append((tag, opened))

    def _opened(self, tag: str, marks: str) -> str:
        if tag == "pre":
            return "pre"
        if marks:
            packed = marks.replace(" ", "")
            if any(sign in packed for sign in _HIDDEN):
                return "hidden"
            if any(sign in marks for sign in _QUOTE_FROM_HERE) and self.rest_quoted_at is None:
                self._end_line()
                self.rest_quoted_at = max(0, len(self.stack) - 1)
                self.quotes += 1
                return ""
        if tag == "blockquote" and "gmail_quote" not in marks and "40px" in marks:
            return ""  # an indented paragraph of Gmail's, no quote
        if tag == "blockquote" or any(sign in marks for sign in _QUOTE_MARKS):
            return "quote"
        return ""

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
        for depth in range(len(self.stack) - 1, max(-1, len(self.stack) - 40), -1):
            if self.stack[depth][0] == tag:
                while len(self.stack) > depth:
                    self._leave(self.stack.pop()[1])
                break
        if tag in _SPACED and self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._prefix().rstrip())

    def _leave(self, opened: str) -> None:
        if opened == "quote":
            self._end_line()
            self.quotes -= 1
        elif opened == "hidden":
            self.hidden -= 1
        elif opened == "pre":
            self.pre -= 1
        if self.rest_quoted_at is not None and len(self.stack) < self.rest_quoted_at:
            self._end_line()
            self.rest_quoted_at = None
            self.quotes -= 1

    def _words(self, text: str) -> None:
        if self.hidden or (self.quotes and not self.keep_quotes):
            return
        if self.pre:
            first, *rest = text.split("\n")
            self.line.append(first)
            for line in rest:
                self._end_line(force=True)
                self.line.append(line)
            return
        plain = " ".join(text.split())
        if plain:
            before = " " if text[0].isspace() else ""
            self.line.append(before + plain + (" " if text[-1].isspace() else ""))
        elif text:
            self.line.append(" ")

    def _prefix(self) -> str:
        return "> " * min(self.quotes, DEEPEST_QUOTE) if self.quotes and self.keep_quotes else ""

    def _end_line(self, *, force: bool = False) -> None:
        whole = "".join(self.line)
        self.line.clear()
        line = whole.replace("\xa0", " ").rstrip() if self.pre else " ".join(whole.split())
        if self.quotes and not self.keep_quotes:
            return
        if line or force:
            self.lines.append((self._prefix() + line).rstrip())
            self.size += len(self.lines[-1]) + 1
