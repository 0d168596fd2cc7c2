"""docs/python.md: its examples print what they show; docs/recipes.md has the lines that are run."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from cable_tui import demo
from tests.api.test_arrow_stream import LINES

pytestmark = pytest.mark.documents
DOCS = Path(__file__).parents[2] / "docs"


def test_every_example_prints_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo.write(tmp_path / "cables")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(
        str(DOCS / "python.md"), module_relative=False, optionflags=doctest.REPORT_NDIFF
    )
    assert tried > 20
    assert failed == 0


def test_the_recipes_have_the_lines_that_the_tests_run() -> None:
    text = (DOCS / "recipes.md").read_text(encoding="utf-8")
    assert [line for line in LINES.values() if f"`{line}`" not in text] == []
