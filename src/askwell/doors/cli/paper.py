"""Putting text on a terminal or into a pipe: calm on the one, plain in the other."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import click

from askwell.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

WIDEST = 96
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "quiet": {"dim": True},
    "send": {"fg": "green", "bold": True},
    "soften": {"fg": "yellow", "bold": True},
    "wait": {"fg": "yellow", "bold": True},
    "dont": {"fg": "red", "bold": True},
    "quote": {"italic": True},
}


class Paper:
    """Lines of text with a style. Colours only on a terminal and without NO_COLOR."""

    def __init__(self) -> None:
        self.terminal = sys.stdout.isatty()
        self.colour = self.terminal and not os.environ.get("NO_COLOR")
        self.width = min(WIDEST, shutil.get_terminal_size().columns) if self.terminal else WIDEST

    def put(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """One paragraph, wrapped, with all lines indented."""
        pad = " " * indent
        for line in text.split("\n"):
            wrapped = textwrap.wrap(line, max(20, self.width - indent), break_long_words=False) or [""]
            for part in wrapped:
                self._line((pad + part).rstrip(), style)

    def quote(self, words: str, indent: int) -> None:
        """Words from a message, in quotation marks, without the line ends that they had there."""
        self.put(quoted(" ".join(words.split())), "quote", indent)

    def letter(self, text: str, indent: int = 4) -> None:
        """A letter as it would be sent, not wrapped otherwise than the reader's screen needs."""
        self.put(text, "quote", indent)

    def rows(self, rows: Sequence[tuple[str, ...]], indent: int = 2) -> None:
        """A plain table: columns as wide as their widest cell, the last as it comes."""
        widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)][:-1]
        for row in rows:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
            self._line(" " * indent + "  ".join([*cells, row[-1]]).rstrip())

    def _line(self, line: str, style: str = "") -> None:
        click.echo(click.style(line, **STYLES.get(style, {})) if self.colour and style else line)


@contextmanager
def bar(label: str, counts: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, with time left; silence in a pipe. It is told bytes, and shows their
    rate, or with `counts` how many of something. Nothing is loaded or shown before it is told anything."""
    if not sys.stderr.isatty():
        yield _silence
        return
    with ExitStack() as stack:
        shown: list[Callable[[int, int], None]] = []

        def tell(done: int, total: int) -> None:
            if not shown:
                shown.append(_started(stack, label, counts))
            shown[0](done, total)

        yield tell


def _started(stack: ExitStack, label: str, counts: bool) -> Callable[[int, int], None]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Left
    from rich.progress import TransferSpeedColumn as Speed

    done = (MofNCompleteColumn(),) if counts else (DownloadColumn(), Speed())
    columns = (TextColumn(label), BarColumn(), *done, Left())
    progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    task = progress.add_task(label)
    return lambda done, total: progress.update(task, completed=done, total=total or None)


def _silence(done: int, total: int) -> None:
    """No progress is shown in a pipe."""
