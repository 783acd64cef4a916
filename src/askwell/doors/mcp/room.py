"""What the tools share: a desk for each call, errors that help an assistant on, verdicts kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from askwell.app.desk import Desk, open_desk
from askwell.errors import AskwellError
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

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The ledger as it is now. An AskwellError becomes a message with its remedy."""
        set_language(self.lang)
        try:
            with open_desk(self.home, self.on or date.today(), self.lang) as desk:
                yield desk
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
