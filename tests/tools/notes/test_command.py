"""`bookmarks notes` and `bookmarks links`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cable_tui.tools.notes.command import LinkOfNote
from tests.cli.conftest import Run
from tests.command_cases import Answer, CommandCase
from tests.parts import MARKS

MARKS_WITH_ARCHIVE = MARKS | {
    "archive",
    "archive.archive",
    "archive.cache",
    "archive.catalogue",
    "archive.records",
    "format_names",
    "glossary",
    "index_state",
    "kinds",
    "tools.notes",
}


def _noted(run: Callable[..., Any], places: Mapping[str, Path]) -> None:
    """A note that names another cable."""
    run("bookmarks", "add", "05STATE130422#1", "--note", "as 04PORTAMBER211#2")


CASE = CommandCase(
    shapes={"bookmarks-links": tuple[LinkOfNote, ...]},
    answers=(Answer("bookmarks links --json", 0, "bookmarks-links"),),
    imports={"bookmarks links": MARKS_WITH_ARCHIVE},
    prepare=_noted,
)


@pytest.fixture
def noted(run: Run) -> Run:
    _noted(run, {})
    return run


@pytest.mark.parametrize("ref", ["", "04PORTAMBER211", "05state130422"])
def test_links_are_listed_from_both_ends(noted: Run, ref: str) -> None:
    done = noted("bookmarks", "links", *filter(None, [ref]))
    assert done.out == "05STATE130422 ¶1 -> 04PORTAMBER211 ¶2  as 04PORTAMBER211#2\n"


def test_a_cable_without_links_is_said(noted: Run) -> None:
    assert noted("bookmarks", "links", "09ZENDA1").says(1, "no note links 09ZENDA1")
    assert noted("bookmarks", "links", "09ZENDA1", "09ZENDA2").refuses(2, "takes one REF")


def test_a_word_that_is_no_reference_is_refused_unless_a_cable_is_called_so(noted: Run) -> None:
    refused = noted("bookmarks", "links", "nonsense")
    assert refused.refuses(2, "nonsense: not a reference ID, such as 09RABAT27")
    noted("bookmarks", "add", "lobsters", "--note", "as 04PORTAMBER211")
    assert noted("bookmarks", "links", "lobsters").out.startswith("lobsters -> 04PORTAMBER211")


def test_a_folder_has_the_facts_of_the_archive(
    noted: Run, demo_archive: Path, tmp_path: Path
) -> None:
    done = noted("bookmarks", "notes", demo_archive, tmp_path / "notes", "--private")
    assert done.says(0, "1 file written to")
    text = (tmp_path / "notes" / "05STATE130422.md").read_text("utf-8")
    assert 'origin: "Secretary of State"' in text
    assert "[[04PORTAMBER211]] ¶2" in text


def test_a_changed_file_stays_and_is_named(noted: Run, tmp_path: Path) -> None:
    file = tmp_path / "05STATE130422.md"
    file.write_text("mine")
    assert noted("bookmarks", "notes", tmp_path).says(0, "left as it is")
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [([], "needs a FOLDER"), (["x", "--list", "gone"], "there is no list called gone")],
)
def test_a_wrong_use_is_refused(noted: Run, words: list[str], refusal: str) -> None:
    done = noted("bookmarks", "notes", *words)
    assert done.status in (1, 2)
    assert refusal in done.err


@pytest.mark.parametrize("below", [".", "new/notes"])
def test_notes_are_not_written_into_an_archive(
    noted: Run, demo_archive: Path, tmp_path: Path, below: str
) -> None:
    cables = tmp_path / "cables"
    shutil.copytree(demo_archive / "cable" / "2004", cables)
    before = sorted(cables.rglob("*"))
    message = "which must not be changed; choose another place"
    assert noted("bookmarks", "notes", cables, cables / below).refuses(2, message)
    noted("index", cables)
    assert noted("bookmarks", "notes", cables / below).refuses(2, message)
    assert sorted(cables.rglob("*")) == before


def test_nothing_to_write_is_said(run: Run, tmp_path: Path) -> None:
    assert run("bookmarks", "notes", tmp_path / "notes").says(1, "no bookmarks")
