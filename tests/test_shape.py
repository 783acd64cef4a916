"""The shape of the house: sizes, names, and that every line has a room."""

import ast
import statistics
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "askwell"
MODULES = sorted(path for path in SRC.rglob("*.py"))
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "core", "manager", "base", "tools"}


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text("utf-8"))
    found = (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(one.name, (one.end_lineno or one.lineno) - one.lineno + 1) for one in found]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_no_module_and_no_function_is_long(path: Path) -> None:
    assert lines(path) <= 400
    assert [(name, size) for name, size in functions(path) if size > 60] == []


def test_most_are_short() -> None:
    assert statistics.median(lines(path) for path in MODULES if path.name != "__init__.py") <= 150
    assert statistics.median(size for path in MODULES for _, size in functions(path)) <= 12


def test_no_module_is_named_after_nothing() -> None:
    assert [path for path in SRC.rglob("*") if path.stem in BANNED] == []


def test_every_module_says_what_it_is_for() -> None:
    empty = [
        path
        for path in MODULES
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert empty == []


def test_public_functions_and_classes_are_explained() -> None:
    bare = []
    for path in MODULES:
        for one in ast.parse(path.read_text("utf-8")).body:
            public = isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.name.startswith("_")
            if public and not ast.get_docstring(one) and (one.end_lineno or 0) - one.lineno > 8:
                bare.append(f"{path.relative_to(SRC)}: {one.name}")
    assert bare == []


def test_the_tests_mirror_the_house() -> None:
    rooms = {path.name for path in SRC.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    tested = {path.name for path in Path(__file__).parent.iterdir() if path.is_dir()}
    assert {"app", "doors", "judge", "ledger", "sources", "store", "text"} <= rooms & tested


def test_nothing_names_this_machine() -> None:
    top = SRC.parents[1]
    texts = [*top.glob("*.md"), *top.glob("docs/**/*.md"), *SRC.rglob("*.py"), *top.glob("bench/*.py")]
    assert [
        path for path in texts if "/work/" in path.read_text("utf-8") or "/root/" in path.read_text("utf-8")
    ] == []
