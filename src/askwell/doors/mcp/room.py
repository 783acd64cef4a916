"""What the tools share: a desk for each call, errors that help an assistant on, verdicts kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, cast

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
    kept: AbstractContextManager[Desk] | None = None
    at: Desk | None = None

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The ledger as it is now. An AskwellError becomes a message with its remedy."""
        set_language(self.lang)
        try:
            if (
                self.kept is None
            ):  # held open for as long as the assistant is served: a call need not wait for it
                self.kept = open_desk(self.home, self.on or date.today(), self.lang)
                self.at = self.kept.__enter__()
            at = cast(Desk, self.at)
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
        name = f"askwell://verdict/{len(self.verdicts) + 1}"
        while name in self.verdicts:
            name = f"askwell://verdict/{int(name.rsplit('/', 1)[1]) + 1}"
        self.verdicts[name] = verdict | {"resource": name}
        while len(self.verdicts) > VERDICTS:
            self.verdicts.popitem(last=False)
        return self.verdicts[name]
