"""What waits for the disk when the room closes is written, or put where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cable_tui.library import Library, Mark, NotWrittenError, jsonfile
from cable_tui.tui.parting import part
from tests.tui.test_watch import Shelf

ONE = Mark("09ZENDA1", "09ZENDA1", "3", note="why?", lists=("harbour",))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """One bookmark is new, another has a new note; the disk has taken neither."""
    with closing(Shelf(tmp_path / "data" / "library.sqlite")) as library:
        old = replace(ONE, paragraph="4", note="old", created="2026-01-01T00:00:00Z")
        stored = library.add(old)
        library.full = True
        with pytest.raises(NotWrittenError):
            library.add(ONE)
        with pytest.raises(NotWrittenError):
            library.note(stored, "new")
        yield library


def test_it_is_tried_once_more(shelf: Shelf) -> None:
    shelf.full = False
    assert part(shelf) == ""
    assert [mark.note for mark in shelf.marks()] == ["new", "why?"]


def _taken(folder: Path, shelf: Shelf) -> tuple[Path, list[tuple[str | None, str]]]:
    """The file that was written, and the notes once the library has taken it in."""
    (file,) = folder.glob("cable-tui-bookmarks-*.json")
    with closing(Library(shelf.path)) as library:
        library.take_in(jsonfile.loads(jsonfile.read(file), file.name))
        assert [mark.paragraph for mark in library.lists.marks("harbour")] == ["4", "3"]
        return file, [(mark.paragraph, mark.note) for mark in library.marks()]


def test_it_goes_into_a_file_that_is_taken_in_later(shelf: Shelf) -> None:
    said = part(shelf)
    file, notes = _taken(shelf.path.parent, shelf)
    assert said.startswith(f"2 bookmarks could not be written to {shelf.path}.")
    assert f"`cable-tui marks import {file}`" in said
    assert notes == [("4", "new"), ("3", "why?")]
    assert file.stat().st_mode & 0o077 == 0


def test_that_file_is_where_there_is_room(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    home = shelf.path.parents[1] / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    folder = shelf.path.parent
    aside = folder.rename(folder.with_name("gone"))
    said = part(shelf)
    aside.rename(folder)
    file, notes = _taken(home, shelf)
    assert str(file) in said
    assert notes == [("4", "new"), ("3", "why?")]


def test_where_there_is_none_that_is_said(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nowhere/at/all")
    monkeypatch.setattr("tempfile.tempdir", "/nowhere/at/all")
    folder = shelf.path.parent
    aside = folder.rename(folder.with_name("gone"))
    said = part(shelf)
    aside.rename(folder)
    assert said == f"2 bookmarks could not be written to {shelf.path} or anywhere else"
