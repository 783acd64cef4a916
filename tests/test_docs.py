"""The docs say what is so: sessions print what they show, generated parts are fresh, nothing is missing."""

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest
from upkeep import facts, pages, sessions

from askwell.doors.cli import COMMANDS, main
from askwell.judge.packs import Rules
from askwell.settings import Settings

DOCS = pages.ROOT / "docs"
MEND = "run .venv/bin/python -m upkeep, and read what it changed"
INSIDE = ("model", "reading", "rewriting")
"""Pages for those who look inside."""
GUIDES = tuple(sorted(path.stem for path in DOCS.glob("*.md") if path.stem not in INSIDE))


def text(name: str) -> str:
    return (DOCS / f"{name}.md").read_text("utf-8")


def parts() -> list[str]:
    every = "".join(path.read_text("utf-8") for path in pages.all_pages())
    return re.findall(r"<!-- generated: ([a-z-]+) -->", every)


@pytest.mark.parametrize("path", pages.all_pages(), ids=lambda path: path.relative_to(pages.ROOT).as_posix())
def test_a_page_is_as_the_program_is(path: Path) -> None:
    page = path.read_text("utf-8")
    assert page == pages.refreshed(page), MEND


@pytest.mark.parametrize("path", pages.all_pages(), ids=lambda path: path.relative_to(pages.ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    assert pages.dead_links(path) == []


def test_a_program_that_falls_over_is_not_written_down() -> None:
    with pytest.raises(sessions.BrokenError, match="Traceback"):
        sessions.refreshed("```console\n$ python3 -c 'raise SystemError'\n```\n")


def test_every_command_and_option_is_documented() -> None:
    page = text("commands")
    for name in COMMANDS:
        assert f"## askwell {name}\n" in page
        command = main.get_command(click.Context(main), name)
        assert command is not None
        for option in (one for each in (main, command) for param in each.params for one in param.opts):
            assert not option.startswith("--") or option in page, f"{name} {option}"


def test_every_setting_is_documented() -> None:
    assert [one.name for one in fields(Settings) if f"| `{one.name}` |" not in text("settings")] == []


def test_every_rule_is_documented() -> None:
    assert [id for id in Rules().ids() if f"| `{id}` |" not in text("rules")] == []


def test_every_generated_part_is_used_and_known() -> None:
    assert set(parts()) == set(facts.PARTS)


@pytest.mark.parametrize("name", GUIDES)
def test_the_readme_leads_to_every_guide(name: str) -> None:
    assert f"(docs/{name}.md)" in (pages.ROOT / "README.md").read_text("utf-8")


def test_a_false_session_is_seen() -> None:
    page = "```console\n$ echo one\ntwo\n$ cat <<END\n> three\n> END\n$ false\n$ echo $?\n```\n"
    fresh = "```console\n$ echo one\none\n$ cat <<END\n> three\n> END\nthree\n$ false\n$ echo $?\n1\n```\n"
    assert sessions.refreshed(page) == fresh
    assert sessions.refreshed(fresh) == fresh


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One two\n[a](page.md#one-two) [b](#nowhere) [c](gone.md) [d](https://example.org)\n")
    assert pages.dead_links(page) == ["#nowhere", "gone.md"]
