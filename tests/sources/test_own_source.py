"""The source that docs/sources.md shows how to write is one."""

import re
from pathlib import Path

from askwell.sources.folder import find
from askwell.sources.record import Contact, Skipped

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"


def test_the_source_on_the_page_works(tmp_path: Path) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    made: dict[str, object] = {}
    exec(compile(code, PAGE.name, "exec"), made)
    source = made["SOURCE"]
    path = tmp_path / "any name"
    path.write_text("MY CARDS\nKari Nordmann <kari@nordlys.example>\nnobody\n")
    ((found, inside),) = find(path, [source])  # type: ignore[list-item]
    assert (found, inside) == (source, path)
    assert list(found.read(inside)) == [
        Contact("Kari Nordmann", addresses=("kari@nordlys.example",), where="any name, line 2"),
        Skipped("any name, line 3", "no address"),
    ]
