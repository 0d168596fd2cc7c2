"""docs/recipes.md: each recipe does what it says, where its programs are installed.

`tests/test_shown_commands.py` runs the blocks that need no other program.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from importlib.util import find_spec
from pathlib import Path

import pytest

from cable_tui import demo

pytestmark = [
    pytest.mark.documents,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the lines are those of a shell of POSIX"),
]
TEXT = (Path(__file__).parents[1] / "docs" / "recipes.md").read_text(encoding="utf-8")
RECIPES = {
    section.splitlines()[0]: section.split("```sh")[1].partition("```")[0]
    for section in re.split(r"(?m)^## ", TEXT)[1:]
}
NEEDS = {
    "Datasette": ("datasette",),
    "DuckDB": ("duckdb",),
    "pandas": ("pandas",),
    "VisiData": ("vd",),
    "Gephi": (),
    "Zotero": (),
    "IRaMuTeQ": (),
    "Obsidian": (),
    "git for shared notes": ("git",),
    "Two people in the same passages": (),
    "cron for new cables": (),
    "A skill for an assistant": (),
}
"""The programs, or the libraries of Python, of each recipe."""


def test_there_is_a_block_for_each_recipe() -> None:
    assert list(RECIPES) == list(NEEDS)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with cables, a note and a saved search."""
    home = tmp_path_factory.mktemp("reader")
    demo.write(home / "cables")
    (home / "bin").mkdir()
    for name, module in (("cable-tui", "-m cable_tui"), ("python3", "")):
        (home / "bin" / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
        (home / "bin" / name).chmod(0o755)
    _run(
        home,
        "cable-tui index ~/cables; cable-tui bookmarks add ~/cables 04PORTAMBER211 --note 'Ask'; "
        "cable-tui bookmarks save lobster --search lobster",
    )
    return home


def _run(home: Path, text: str) -> str:
    """What a block prints, in a folder of its own."""
    name = {"GIT_AUTHOR_NAME": "R", "GIT_AUTHOR_EMAIL": "r@example.org"}
    committer = {key.replace("AUTHOR", "COMMITTER"): value for key, value in name.items()}
    environ = {
        **os.environ,
        **name,
        **committer,
        "HOME": str(home),
        "CABLE_TUI_HOME": str(home / "own"),
        "PATH": f"{home / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    done = subprocess.run(
        ["sh", "-ec", text],
        cwd=home,
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def recipe(home: Path, title: str) -> str:
    """Run a recipe; skip where its programs are not installed."""
    for name in NEEDS[title]:
        if not (shutil.which(name) or find_spec(name)):
            pytest.skip(f"{name} is not installed")
    return _run(home, RECIPES[title])


def test_datasette_answers_from_the_database(reader: Path) -> None:
    rows = json.loads(recipe(reader, "Datasette"))
    assert {row["origin"] for row in rows} == {"Embassy Port Amber"}


def test_duckdb_counts_the_lines_of_the_export(reader: Path) -> None:
    assert re.search(r"Embassy Port Amber\D+19\b", recipe(reader, "DuckDB"))


def test_pandas_groups_the_rows_of_the_export(reader: Path) -> None:
    assert re.search(r"Embassy Port Amber +\d", recipe(reader, "pandas"))


def test_visidata_opens_the_rows_of_a_report(reader: Path) -> None:
    recipe(reader, "VisiData")
    rows = (reader / "posts.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("post\ttitle\t2004")
    assert len(rows) == 5  # four posts


def test_gephi_gets_a_graph_with_nodes_and_edges(reader: Path) -> None:
    recipe(reader, "Gephi")
    names = [each.tag.rpartition("}")[2] for each in ET.parse(reader / "traffic.graphml").iter()]
    assert {"node", "edge"} <= set(names)


def test_zotero_gets_an_item_for_each_cable(reader: Path) -> None:
    recipe(reader, "Zotero")
    items = (reader / "lobster.ris").read_text(encoding="utf-8")
    assert items.count("TY  -") == items.count("ER  -") == 11


def test_iramuteq_gets_a_text_for_each_cable(reader: Path) -> None:
    recipe(reader, "IRaMuTeQ")
    lines = (reader / "corpus.txt").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("**** *post_") for line in lines) == 11


def test_obsidian_gets_a_file_for_each_note(reader: Path) -> None:
    recipe(reader, "Obsidian")
    notes = list((reader / "vault" / "cables").rglob("*.md"))
    assert any("Ask" in note.read_text(encoding="utf-8") for note in notes)


def test_git_keeps_the_shared_notes(reader: Path) -> None:
    recipe(reader, "git for shared notes")
    assert _run(reader, "git -C ~/marks log --format=%s") == "Notes of today\n"
    assert _run(reader, "git -C ~/marks ls-files")


def test_two_people_are_in_the_printed_passages(reader: Path) -> None:
    printed = recipe(reader, "Two people in the same passages").partition("04PORTAMBER")[2]
    assert "Marchetti" in printed
    assert "Dray" in printed


def test_cron_prints_what_is_new(reader: Path) -> None:
    recipe(reader, "cron for new cables")


def test_a_skill_is_a_file(reader: Path) -> None:
    recipe(reader, "A skill for an assistant")
    assert (reader / "SKILL.md").read_text(encoding="utf-8").startswith("---\n")
