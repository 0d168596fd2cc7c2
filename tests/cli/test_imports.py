"""What each command imports: asking needs neither the indexer, nor formats, nor the grammar."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.base.format_names import FORMATS
from tests.command_cases import commands, places_of
from tests.parts import START

_LOOK = """
import json, sys
from cable_tui.cli import main
for line in json.loads(sys.argv[1]):
    main(line)
    print("modules:", *sorted(sys.modules), file=sys.stderr)
"""
_NAMES = "import sys; print(*sys.modules)"

CASES = {
    "--version": {"", "cli", "errors", "operating_system"},
    "--help": START | {"settings"},
    **{line: parts for case in commands() for line, parts in case.imports.items()},
}
"""A command line, and the parts of the package that it may import."""
_LIGHT_RECORDS = {"further", "sortable_times", "walk"}
"""Modules of `archive.records` that open no file of a cable."""
NEVER = {
    "dataclasses",
    "inspect",
    "logging",
    "multiprocessing",
    "textual",
    "rich",
    "asyncio",
    "shtab",
    "ssl",
    "urllib.request",
}
"""What no question needs, of other packages."""
MOST_GRAMMAR_OF_A_PASSAGE = {
    "telegram",
    "telegram.body_labels",
    "telegram.captions",
    "telegram.classification_line",
    "telegram.ids",
    "telegram.pagebreaks",
    "telegram.reading",
    "telegram.paragraph_starts",
    "telegram.paragraphs",
    "telegram.times",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An indexed folder of cables, and the program's own folders."""
    folder, home = tmp_path_factory.mktemp("cables"), tmp_path_factory.mktemp("home")
    demo.write(folder)
    _after_each([["index", str(folder)]], home)
    return folder, home


@pytest.fixture(scope="module")
def imported(world: tuple[Path, Path]) -> dict[str, set[str]]:
    """The modules that are there after each case.

    Commands follow each other in one process where each may import all that those before it may:
    what these have left hides nothing then.
    """
    folder, home = world
    places = places_of(folder, home)

    def run(*words: str | Path) -> None:
        _after_each([list(map(str, words))], home)

    for each in commands():
        if each.imports and each.prepare is not None:
            each.prepare(run, places)
    rows: list[list[str]] = []
    for case in sorted(CASES, key=lambda case: len(CASES[case])):
        fits = (row for row in rows if CASES[row[-1]] <= CASES[case])
        row = max(fits, key=lambda row: len(CASES[row[-1]]), default=[])
        if not row:
            rows.append(row)
        row.append(case)
    found: dict[str, set[str]] = {}
    for row in rows:
        lines = [[str(places.get(word, word)) for word in case.split()] for case in row]
        found |= zip(row, _after_each(lines, home), strict=True)
    return found


def _after_each(lines: list[list[str]], home: Path) -> list[set[str]]:
    """The modules that are there after each of some commands in one process."""
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, json.dumps(lines)],
        capture_output=True,
        text=True,
        env={**os.environ, "CABLE_TUI_HOME": str(home)},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    named = (line.split() for line in done.stderr.splitlines() if line.startswith("modules:"))
    return [set(names) for names in named]


def _modules(argv: list[str], home: Path) -> set[str]:
    """Every module that a command imports."""
    (found,) = _after_each([argv], home)
    return found


def _parts(modules: set[str]) -> set[str]:
    """Parts of the package: `query` for `cable_tui.query.parser`; two levels of `archive`.

    A module of `base` or `program` is a part of its own name, a tool is `tools.NAME`.
    """
    ours = {name.removeprefix("cable_tui").lstrip(".") for name in modules if _is_ours(name)}
    return {_part(name) for name in ours}


def _is_ours(name: str) -> bool:
    return re.match(r"cable_tui(\.|$)", name) is not None


def _part(name: str) -> str:
    first, _, rest = name.partition(".")
    if first in {"base", "program"}:
        return rest
    if first == "tools":
        return first if rest in {"", "table"} else f"tools.{rest.partition('.')[0]}"
    if first != "archive" or not rest:
        return first
    second, _, third = rest.partition(".")
    if second == "records" and third and third not in _LIGHT_RECORDS:
        return "archive.records.read"
    return f"archive.{second}"


@pytest.mark.parametrize("case", CASES)
def test_a_command_imports_only_what_it_needs(case: str, imported: dict[str, set[str]]) -> None:
    modules = imported[case]
    assert _parts(modules) - CASES[case] == set()
    assert modules & NEVER - _of_argparse() == set()


def test_the_version_needs_no_slow_module_of_python() -> None:
    ask = "from cable_tui.cli import main; main(['--version'])"
    found, bare = (
        set(subprocess.check_output([sys.executable, "-c", f"{code}\n{_NAMES}"], text=True).split())
        for code in (ask, "")
    )
    assert {"argparse", "enum", "pathlib", "re", "threading", "typing"} & (found - bare) == set()


_NO_COMPILING = """
import builtins, sys
from cable_tui.cli import main
python = builtins.compile
def compile(source, name, *rest, **options):
    frame = sys._getframe(1)
    while frame.f_globals["__name__"] == "typing":
        frame = frame.f_back
    if frame.f_globals["__name__"].startswith("cable_tui"):
        print("compiled:", source, file=sys.stderr)
    return python(source, name, *rest, **options)
builtins.compile = compile
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    "line",
    [
        "search PATH kettle --refs",
        "search PATH kettle --passages",
        "show PATH 10QUAYHAVEN2",
        "cite PATH 10QUAYHAVEN2",
    ],
)
def test_common_commands_compile_no_annotations(line: str, world: tuple[Path, Path]) -> None:
    folder, home = world
    words = [str(folder) if word == "PATH" else word for word in line.split()]
    done = subprocess.run(
        [sys.executable, "-c", _NO_COMPILING, *words],
        capture_output=True,
        text=True,
        env={**os.environ, "CABLE_TUI_HOME": str(home)},
        timeout=60,
        check=False,
    )
    assert (done.returncode, "compiled:" in done.stderr) == (0, False), done.stderr


@cache
def _of_argparse() -> set[str]:
    """What Python's own parser imports: from 3.14 on its help has colors, and dataclasses."""
    code = "import argparse, sys; argparse.ArgumentParser().add_argument('x'); print(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", code], text=True).split())


def test_completions_load_the_words_of_commands_and_not_what_the_commands_need(
    world: tuple[Path, Path],
) -> None:
    modules = _modules(["completions", "bash"], world[1])
    never = {"asyncio", "ssl", "textual", "tantivy", "cable_tui.archive.build.indexer"}
    assert modules & never == set()


def test_reading_one_cable_imports_its_own_format_only(world: tuple[Path, Path]) -> None:
    folder, home = world
    modules = _modules(["show", str(folder), "10QUAYHAVEN2"], home)
    readers = {f"cable_tui.formats.{module}" for module in FORMATS.values()}
    assert modules & readers == {"cable_tui.formats.html_page"}


def test_a_passage_needs_a_part_of_the_grammar(world: tuple[Path, Path]) -> None:
    folder, home = world
    modules = _modules(["search", str(folder), "kettle", "--passages"], home)
    grammar = {name.removeprefix("cable_tui.") for name in modules if ".telegram" in name}
    assert grammar - MOST_GRAMMAR_OF_A_PASSAGE == set()


def test_a_folder_that_is_not_up_to_date_is_indexed(tmp_path: Path) -> None:
    demo.write(tmp_path / "cables")
    modules = _modules(["search", str(tmp_path / "cables"), "kettle", "--refs"], tmp_path)
    assert "cable_tui.archive.build.indexer" in modules
