"""`marks`: bookmarks without the room, with an archive and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_any_text_can_be_marked(run: Run) -> None:
    done = run("marks", "add", "see the blue folder", "--note", "ask Mara")
    assert (done.status, done.err) == (0, "cable-tui: marked see the blue folder\n")
    assert run("marks", "list").out == "see the blue folder  ask Mara\n"


def test_the_list_has_the_shape_of_the_contract(run: Run) -> None:
    run("marks", "add", "04portamber211#2", "--note", "why?")
    (mark,) = run("marks", "list", "--json").value
    assert list(mark) == ["ref", "paragraph", "note", "lists", "author", "created"]
    assert (mark["ref"], mark["paragraph"], mark["note"]) == ("04PORTAMBER211", "2", "why?")
    assert mark["lists"] == []


def test_an_empty_list_is_empty_json_and_status_1(run: Run) -> None:
    done = run("marks", "list", "--json")
    assert (done.status, done.value) == (1, [])


def test_an_archive_gives_the_mark_its_fingerprint(run: Run, archive: Path, home: Path) -> None:
    from cable_tui.library import Library

    run("index", archive)
    assert run("marks", "add", archive, "04PORTAMBER211#2").status == 0
    (mark,) = Library(home / "data" / "library.sqlite").marks()
    assert mark.paragraph == "2"
    assert len(mark.fingerprint or "") == 16


def test_a_mark_does_not_wait_for_a_cache(run: Run, archive: Path, tmp_path: Path) -> None:
    done = run("marks", "add", archive, "04PORTAMBER211", "--cache", tmp_path / "none")
    assert done.status == 0
    assert "marked without its text" in done.err
    assert "marked 04PORTAMBER211" in done.err


def test_a_missing_archive_is_said_and_nothing_marked(run: Run) -> None:
    assert run("marks", "add", "/nowhere", "04PORTAMBER211").status == 3
    assert run("marks", "list").status == 1


def test_marks_of_other_archives_are_listed_as_such(run: Run, archive: Path) -> None:
    run("index", archive)
    run("marks", "add", "04PORTAMBER211")
    run("marks", "add", "99NOWHERE1")
    lines = run("marks", "list", archive).lines
    assert lines == ["04PORTAMBER211", "99NOWHERE1  (not in this archive)"]


def test_a_mark_is_removed(run: Run) -> None:
    run("marks", "add", "04PORTAMBER211#2")
    run("marks", "add", "04PORTAMBER211")
    assert run("marks", "remove", "04portamber211#2").status == 0
    assert run("marks", "list").lines == ["04PORTAMBER211"]
    assert run("marks", "remove", "04PORTAMBER211#2").status == 1


@pytest.mark.parametrize("words", [("add",), ("add", "a", "b", "c"), ("list", "a", "b"), ()])
def test_wrong_words_are_a_usage_error(run: Run, words: tuple[str, ...]) -> None:
    assert run("marks", *words).status == 2


def test_a_library_that_cannot_be_written_is_status_4(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "data").write_text("a file where the folder should be")
    done = run("marks", "add", "04PORTAMBER211")
    assert done.status == 4
    assert "could not be written" in done.err
    assert "marked" not in done.err


def test_a_damaged_library_is_said(run: Run, home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "library.sqlite").write_bytes(b"x" * 9000)
    done = run("marks", "add", "04PORTAMBER211")
    assert done.status == 0
    assert "was damaged. It is kept" in done.err
