"""What the tools share: a desk for each call, errors that help an assistant on, verdicts kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from askwell.app.desk import Desk, open_desk, profile
from askwell.errors import AskwellError
from askwell.settings import load
from askwell.words import say, set_language

Text = Annotated[str, Field(max_length=200_000)]
Short = Annotated[str, Field(max_length=300)]
Name = Annotated[str, Field(max_length=320, description="A short name, a name, or an address.")]
VERDICTS = 50
"""How many verdicts of this run can be asked for again."""


@dataclass(slots=True)
class Room:
    """A ledger as one assistant sees it. `on` stands still at a day, else it is today."""

    home: Path
    lang: str
    on: date | None = None
    verdicts: OrderedDict[str, dict[str, Any]] = field(default_factory=OrderedDict)
    named: int = 0
    opened: Desk | None = None
    stack: ExitStack = field(default_factory=ExitStack)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The ledger as it is now. An AskwellError becomes a message with its remedy."""
        set_language(self.lang)
        try:
            if self.opened is None:  # held open while the assistant is served: a call need not wait for it
                at_hand = open_desk(self.home, self.on or date.today(), self.lang)
                self.opened = self.stack.enter_context(at_hand)
            at = self.opened
            yield replace(
                at,
                today=self.on or date.today(),
                settings=load(self.home),
                profile=profile(at.store, self.home),
            )
        except AskwellError as error:
            raise ToolError(" ".join(say(one) for one in (error.message, error.hint) if one)) from None

    def keep(self, verdict: dict[str, Any]) -> dict[str, Any]:
        """Keep a verdict and give it the name of its resource."""
        self.named += 1
        name = f"askwell://verdict/{self.named}"
        self.verdicts[name] = verdict | {"resource": name}
        while len(self.verdicts) > VERDICTS:
            self.verdicts.popitem(last=False)
        return self.verdicts[name]
