"""The recipes of CONTRIBUTING.md work: each is followed on a scratch copy of the package.

A recipe is a section `### ...`. Its steps are read from the text as a person reads them:

    New file `cable_tui/formats/crate.py`:           and a block with the whole file
    In `cable_tui/formats/__init__.py`, after the line `FORMATS = (`:      and a block to add
    In `cable_tui/x.py`, in place of the line `VERSION = 1`:               and a block instead of it

What a recipe promises is checked by a script of this file, in a process that sees the scratch copy
only. A copy in which the recipes that change documents and tests were followed together runs those
of the project's own tests that such changes can break, after the commands that make documents from
the program. A recipe touches two files of the package at most, apart from new ones; of a report, a
facet and a copy format all files are counted.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.documents

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MOST_FILES = 2
BARS = {"A report": (2, 2), "A facet": (1, 1), "A copy format": (1, 1)}
"""The most files of the package and of the tests that are changed or made by hand."""

_STEP = re.compile(
    r"^(?:New file `(?P<new>[^`]+)`|In `(?P<path>[^`]+)`, (?P<how>after|in place of) the line"
    r" `+(?P<line>.+?)`+):\n+```(?:python|text|json)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Step(NamedTuple):
    """One change of one file."""

    path: str
    how: str
    line: str
    code: str


def recipes() -> dict[str, list[Step]]:
    """The steps of every section that has some, by its title."""
    found = {}
    for section in TEXT.split("\n### ")[1:]:
        title, _, rest = section.partition("\n")
        text = rest.split("\n## ")[0]
        steps = [
            Step(
                each["new"] or each["path"], each["how"] or "new", each["line"] or "", each["code"]
            )
            for each in _STEP.finditer(text)
        ]
        if steps:
            found[title] = steps
    return found


RECIPES = recipes()


def follow(steps: list[Step], root: Path) -> None:
    """Do what the steps say in the copy of the package below `root`."""
    for step in steps:
        file = root / step.path
        if step.how == "new":
            assert not file.exists(), f"{step.path} is there already"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(step.code, encoding="utf-8")
            continue
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        places = [at for at, line in enumerate(lines) if line.strip() == step.line.strip()]
        assert places, f"{step.path} has no line {step.line!r}: the recipe is out of date"
        at = places[0]
        lines[at + (step.how == "after") : at + 1] = [step.code]
        file.write_text("".join(lines), encoding="utf-8")


CHECKS = {
    "A container format": """
from cable_tui.base.format_names import RANKS
(folder / "one.crate").write_text("CRATE 09RABAT27\\n2009-02-13 14:57\\nSECRET\\n\\n1. (S) Ice.\\n")
archive = indexed()
(row,) = archive.newest(10)[0]
assert row.reference_id == "09RABAT27", row
cable = archive.cable(row.id)
assert cable.facts.classification == "SECRET" and "Ice." in cable.body.text
assert RANKS["pdf-text"] < RANKS["crate"] < RANKS["html-page"]
""",
    "A facet": """
from cable_tui.query import parse
write("09RABAT27", header="PP RUEHTRO\\nDE RUEHRB #0027 0441457\\nZNY CCCCC ZZH\\nP 131457Z FEB 09")
write("09RABAT28", header="RR RUEHTRO\\nDE RUEHRB #0028 0441457\\nZNY CCCCC ZZH\\nR 131457Z FEB 09")
archive = indexed()
assert archive.search(parse("precedence:priority")).count == 1
assert archive.search(parse("precedence:>=routine")).count == 2
assert {each.value for each in archive.counts(parse(""))["precedence"]} == {"PRIORITY", "ROUTINE"}
assert "PRIORITY" in command("stats", folder, "--by", "precedence").stdout
done = command("stats", folder, "lamps")
assert (done.returncode, "Precedence" in done.stdout) == (0, True), done
""",
    "A format of rows": """
from cable_tui.base.format_names import RANKS
from cable_tui.query import parse
row = "{0}|2009-02-13 14:57|09RABAT{0}|Embassy Rabat|SECRET|||1. (S) Ice.\\\\n\\\\n2. (S) Tea.\\n"
(folder / "one.ledger").write_text(row.format(27) + row.format(28))
archive = indexed()
for cable in map(archive.cable, archive.search(parse("tea")).ids):
    assert cable.facts.classification == "SECRET"
    assert [each.label for each in cable.body.paragraphs] == ["1", "2"]
assert archive.search(parse("tea")).count == 2
assert RANKS["ledger"] < RANKS["dump-csv"]
""",
    "A word in a table": """
from cable_tui.glossary import tables
assert [each.expansion for each in tables.acronym("LKB")] == ["Lamp Keepers' Board"]
""",
    "A setting": """
write("09RABAT27"); indexed()
plain = command("search", folder, "lamps")
asked = command("search", folder, "lamps", "--fold-copies")
(home / "config").mkdir(parents=True, exist_ok=True)
(home / "config" / "config.toml").write_text("fold_copies = true\\n")
assert plain.stderr != asked.stderr == command("search", folder, "lamps").stderr
""",
    "The wording of a message": """
done = command("--config", home / "nowhere.toml", "paths")
assert (done.returncode, "there is no such settings file" in done.stderr) == (2, True), done
""",
    "A page of the documents": """
index = (scratch / "docs" / "index.md").read_text()
assert "(lamps.md)" in index and (scratch / "docs" / "lamps.md").is_file()
""",
    "A prefix of the query": """
from cable_tui.query import parse
write("09RABAT27"); write("09RABAT1028")
archive = indexed()
assert archive.search(parse("serial:27")).count == 1
assert parse("serial:seven").complaints
""",
    "A key": """
from cable_tui.session.features.copy import Copy
from cable_tui.tui.commands.keyboard import COMMANDS
here = {"body", "everywhere"}
found = [each for each in COMMANDS if "ctrl+k" in each.keys and here & {*each.where}]
assert [each.does for each in found] == [Copy("link")], "the key is taken"
""",
    "A dialog": """
import asyncio
from cable_tui.program.settings import find_paths, read_settings
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.first_rows import StartRequest
write("09RABAT27"); indexed()
async def look():
    paths = find_paths({**os.environ, "CABLE_TUI_HOME": str(home)})
    app = CableTui(folder, read_settings(paths.config, required=False), paths, StartRequest())
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(3000):
            if app.room.session.phase == "ready" and app.room.session.has_answer:
                break
            await pilot.pause(0.02)
        await pilot.press("ctrl+g")
        for _ in range(3000):
            if type(app.screen).__name__ == "Tally":
                break
            await pilot.pause(0.02)
        assert type(app.screen).__name__ == "Tally", app.screen
        await pilot.press("escape")
        await pilot.pause()
        assert type(app.screen).__name__ == "MainScreen"
        if app.builder is not None:
            app.builder.stop()
asyncio.run(look())
""",
    "A copy format": """
from cable_tui.exports.copy_formats import EXPORTS
assert EXPORTS["shout"].key == "S"
""",
    "A list format": """
write("09RABAT27"); indexed()
done = command("export", folder, "--format", "ids")
assert done.stdout == "09RABAT27\\n", done
""",
    "A report": """
import json
write("09RABAT27"); write("09RABAT28", caption="SIPDIS" * 9); archive = indexed()
done = command("lengths", folder, "lamps", "--json")
assert [each["cable"] for each in json.loads(done.stdout)["cables"]] == ["09RABAT28", "09RABAT27"]
assert json.loads(done.stdout)["tally"]["read"] == 2
assert command("lengths", folder, "lamps", "--sort", "shortest").stdout.startswith("  ")
assert "how long the texts" in command("--help").stdout
from pathlib import Path
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session.features.pages import LeaveFor, OpenPage, ReadPage, RowsCame
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.text.tally import Tally
from cable_tui.tui.dialogs.go_menu import go_menu
from cable_tui.base.value import replace
of = REPORTS["lengths"]
assert "lengths of these cables" in {each.label for each in go_menu()._choices}
session, (wanted,) = step(replace(Session(), text="lamps"), OpenPage(of))
assert isinstance(wanted, ReadPage), wanted
look = Look(archive, wanted.ask, Path("x"), in_room=True)
rows = [row for some in of.report.read(look) for row in some.rows]
session, _ = step(session, RowsCame(rows, look.tally, done=True))
(enter,) = of.report.keys
assert enter.does(session.page, rows[0]) == LeaveFor(rows[0].id, text="lamps")
""",
    "A command": """
write("09RABAT27"); indexed()
assert command("oldest", folder).stdout.strip() == "09RABAT27"
assert "oldest" in command("--help").stdout
""",
    "A rule of the grammar": """
from cable_tui.archive.catalogue.passes import stamp
write("09RABAT27", caption="PROPAC")
archive = indexed()
(row,) = archive.newest(10)[0]
assert "PROPAC" in archive.cable(row.id).body.captions
""",
}
"""By the title of the recipe: what holds when it has been followed."""

TOGETHER = tuple(title for title in CHECKS if title != "A rule of the grammar")
"""Recipes that change documents and tests too: the project's own tests hold with all of them."""
AFTER = (
    "tests.archive.catalogue.test_passes",
    "tests.doc_tables",
    "tests.man_page",
    "tests.exports.goldens",
)
"""Of `make generated`, what makes what the tests that follow compare."""
OWN_TESTS = (
    *(f"tests/cli/test_{each}.py" for each in ("oldest", "show")),
    *(f"tests/tools/drafts/test_{each}.py" for each in ("citations", "stated")),
    *(f"tests/exports/test_{each}.py" for each in ("citation", "copy_formats", "lists")),
    "tests/glossary/test_tables.py",
    "tests/program/test_settings.py",
    "tests/reports/test_lengths.py",
    "tests/archive/catalogue/test_facet_columns.py",
    "tests/tui/commands",
    "tests/archive/catalogue/test_passes.py",
    "tests/archive/records",
    *(f"tests/archive/search/test_{each}.py" for each in ("breakdown", "facet_counts", "row_sets")),
    "tests/cli/test_completions.py",
    "tests/reports/test_stats.py",
    "tests/cli/shared/test_options.py",
    "tests/formats/test_registry.py",
    *(f"tests/query/test_{each}.py" for each in ("facets", "fields", "parser", "plan")),
    "tests/query/test_reference_table.py",
    *(f"tests/reports/test_{each}.py" for each in ("report", "table")),
    "tests/base/test_format_names.py",
    "tests/test_man_page.py",
    "tests/tui/dialogs/test_pickers.py",
    # Of the pages, the new one: each of the others takes more than a second.
    (
        "tests/tui/pages/test_every_page.py"
        "::test_each_page_stops_closes_filters_lists_its_keys_and_is_come_back_to[lengths]"
    ),
    "tests/tui/pages/test_every_page.py::test_every_report_has_a_case_beside_its_tests",
)
"""Of all that such changes can break."""
COMMON_TESTS = (
    *(f"tests/cli/test_{each}.py" for each in ("csv_options", "imports", "json", "stopped")),
    "tests/test_docs.py",
    "tests/test_screen_readers.py",
    "-k",
    "lengths or oldest or schema or page or case or link or table or named or every_command",
)
"""Tests of all commands and documents: those of the new ones."""
COPIED = (
    "cable_tui",
    "tests",
    "docs",
    "man",
    "completions",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "ROADMAP.md",
    "SECURITY.md",
    "benchmarks",
    "screenshots",
)

_PRELUDE = """
import os, subprocess, sys
from pathlib import Path
scratch, work = Path(sys.argv[1]), Path(sys.argv[2])
import cable_tui
assert Path(cable_tui.__file__).is_relative_to(scratch), cable_tui.__file__
folder, home = work / "cables", work / "home"
folder.mkdir()
from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.program.settings import find_paths
def write(id_, header="DE RUEHRB #0027 0441457\\nP 131457Z FEB 09", caption="SIPDIS"):
    body = (
        f"C O N F I D E N T I A L RABAT 000027\\n\\n{caption}\\n\\nE.O. 12958: DECL: 02/12/2019\\n"
        "TAGS: PGOV, MO\\nSUBJECT: LAMPS\\n\\n1. (C) The keepers asked for lamps.\\n"
    )
    cells = ("1", "2/13/2009 14:57", id_, "Embassy Rabat", "CONFIDENTIAL", "", header, body)
    with (folder / "cables.csv").open("a") as file:
        file.write(",".join(f'"{cell}"' for cell in cells) + "\\n")
def indexed():
    cache = find_paths({**os.environ, "CABLE_TUI_HOME": str(home)}).cache
    for _ in index(folder, cache, workers=0):
        pass
    return open_archive(folder, cache)
def command(*words):
    return subprocess.run(
        [sys.executable, "-m", "cable_tui", *map(str, words)], capture_output=True, text=True,
        env={**os.environ, "CABLE_TUI_HOME": str(home)}, timeout=120,
    )
"""


def test_every_recipe_is_checked() -> None:
    assert set(RECIPES) == set(CHECKS)


def test_what_a_new_file_imports_is_there_for_types_alone_too() -> None:
    new = [step for steps in RECIPES.values() for step in steps if step.how == "new"]
    parts = [
        part for step in new if step.path.endswith(".py") for part in ast.walk(ast.parse(step.code))
    ]
    found = [part for part in parts if isinstance(part, ast.ImportFrom) and part.module]
    made = {step.path.removesuffix(".py").replace("/", ".") for step in new}
    for part in found:
        if str(part.module) not in made:
            module = importlib.import_module(str(part.module))
            assert [each.name for each in part.names if not hasattr(module, each.name)] == []


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_changes_few_files(title: str) -> None:
    by_hand = {step.path: step.how for step in RECIPES[title]}
    package, tests = (
        [each for each in by_hand if each.startswith(f)] for f in ("cable_tui/", "tests/")
    )
    assert len([each for each in package if by_hand[each] != "new"]) <= MOST_FILES
    if title in BARS:
        assert (len(package), len(tests)) <= BARS[title]
        assert len(tests) <= BARS[title][1]


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_works_as_written(title: str, tmp_path: Path) -> None:
    scratch, work = tmp_path / "scratch", tmp_path / "work"
    work.mkdir()
    # With what Python has compiled: it knows by size and time what the recipe has changed.
    for name in ("cable_tui", "docs"):
        shutil.copytree(ROOT / name, scratch / name)
    follow([step for step in RECIPES[title] if not step.path.startswith("tests/")], scratch)
    _run(scratch, work, "-c", _PRELUDE + CHECKS[title], str(scratch), str(work))


@pytest.mark.slow
def test_the_projects_own_tests_hold_when_recipes_were_followed(tmp_path: Path) -> None:
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    for title in TOGETHER:
        follow(RECIPES[title], tmp_path)
    for module in AFTER:
        _run(tmp_path, tmp_path, "-m", module)
    run_tests = ("-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider")
    for tests in (OWN_TESTS, COMMON_TESTS):
        _run(tmp_path, tmp_path, *run_tests, *tests)


def _run(scratch: Path, folder: Path, *words: str) -> None:
    """Run Python with the copy in place of the package."""
    done = subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(scratch)},
        cwd=folder,
    )
    assert done.returncode == 0, f"{done.stdout[-4000:]}{done.stderr}"


def test_the_commands_for_regenerating_are_modules() -> None:
    named = set(re.findall(r"python -m ((?:tests|benchmarks)[\w.]*)", TEXT))
    assert {"tests.doc_tables", "tests.tui.test_screens", "benchmarks.screenshots"} <= named
    for module in named:
        path = ROOT / Path(*module.split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
