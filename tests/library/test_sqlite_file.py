"""The library's file while other programs make and write it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.library import Library, Mark, check, recovery, sqlite_file
from cable_tui.program import database


class Overtaken(sqlite3.Connection):
    """Another program makes the tables between two of its statements."""

    file: Path
    statements_before = 0

    def execute(self, *statement: Any) -> sqlite3.Cursor:
        if self.statements_before == 0:
            with closing(sqlite3.connect(self.file)) as other:
                other.execute("BEGIN IMMEDIATE")
                sqlite_file.create(other)
                other.execute("COMMIT")
        self.statements_before -= 1
        return super().execute(*statement)


@pytest.mark.parametrize("statements", range(4))
def test_a_file_that_another_program_begins_meanwhile_is_known_as_a_library(
    tmp_path: Path, statements: int
) -> None:
    file = tmp_path / "library.sqlite"
    file.touch()
    with closing(sqlite3.connect(file, factory=Overtaken)) as connection:
        connection.file, connection.statements_before = file, statements
        assert sqlite_file.version(connection, file) in (0, sqlite_file.VERSION)


def test_a_write_is_on_the_disk_when_it_is_left(tmp_path: Path) -> None:
    """SQLite's `EXTRA` is 3; `fullfsync` is what macOS needs beside it, off by default."""
    file = tmp_path / "library.sqlite"
    file.touch()
    with closing(database.connect(file, "rw")) as connection:
        with sqlite_file.transaction(connection, file):
            pass
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
        assert connection.execute("PRAGMA fullfsync").fetchone() == (1,)


SCHEMA_1 = """
CREATE TABLE mark (
  id           INTEGER PRIMARY KEY,
  reference_id TEXT NOT NULL,  -- as the archive gives it
  canonical_id TEXT NOT NULL,  -- what marks are found by
  paragraph    TEXT NOT NULL,  -- label; '' is the whole cable
  fingerprint  TEXT NOT NULL,  -- of the paragraph's text; '' where it was not at hand
  note         TEXT NOT NULL,
  author       TEXT NOT NULL,
  created      TEXT NOT NULL,  -- ISO 8601, UTC
  UNIQUE (canonical_id, paragraph, note, author)
);
PRAGMA application_id = 1128418373;
PRAGMA user_version = 1;
"""
ROWS = [
    (2, "09TESTPOST1", "09TESTPOST1", "3", "00ff00ff00ff00ff", "ask Mara", "mara", "2026-01-02"),
    (5, "06TEST", "06TESTPOST9", "", "", "“quoted” & 水", "", "2026-01-03T04:05:06Z"),
]
LATER = Mark("09TESTPOST2", "09TESTPOST2")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMA_1)
        connection.executemany("INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ROWS)
        connection.commit()
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
        return int(number)


def facts(library: Library) -> list[tuple[object, ...]]:
    names = "id reference_id canonical_id paragraph fingerprint note author created".split()
    return [tuple(getattr(mark, name) or "" for name in names) for mark in library.marks()]


def test_reading_an_old_file_leaves_it_as_it_is(file: Path) -> None:
    before = file.read_bytes()
    library = Library(file)
    assert facts(library) == ROWS
    assert library.lists.names() == []
    assert library.lists.marks("any") == []
    assert library.searches.queries() == {}
    assert library.read_cables.ids() == frozenset()
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_the_first_change_takes_the_old_marks_over_and_keeps_the_old_file(file: Path) -> None:
    library = Library(file)
    read = library.marks()
    library.add(LATER)
    assert version(file) == 4
    assert facts(library)[:2] == ROWS
    assert library.marks()[:2] == read
    assert check(file) == ""
    (kept,) = [each for each in recovery.copies(file) if "-schema-1" in each.name]
    assert version(kept) == 1
    assert facts(Library(kept)) == ROWS
    library.undo()
    assert library.undo() == "", "the take-over itself cannot be undone by accident"
    assert facts(library) == ROWS


def test_without_that_copy_nothing_is_changed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cable_tui.library.recovery.write_private", refuse)
    before = file.read_bytes()
    library = Library(file)
    with pytest.raises(LibraryError, match="No space left"):
        library.add(LATER)
    assert file.read_bytes() == before


def test_a_change_that_fails_leaves_the_old_schema(file: Path) -> None:
    library = Library(file)
    with pytest.raises(LibraryError, match="needs a name"):
        library.searches.save("  ", "lobster")
    assert version(file) == 1
    assert facts(Library(file)) == ROWS


def test_new_ids_do_not_come_back(tmp_path: Path) -> None:
    library = Library(tmp_path / "new.sqlite")
    first = library.add(LATER)
    library.remove(first)
    assert library.add(LATER).id > first.id


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A file of the last program with schema 2: three marks, a list moved, a search, an undo."""
    path = tmp_path / "second.sqlite"
    dump = Path(__file__).with_name("schema_2.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump)
    return path


def test_a_file_of_schema_2_is_read_as_it_is_and_then_taken_over(second: Path) -> None:
    before = second.read_bytes()
    library = Library(second, author="mara")
    read = library.bundle()
    assert library.lists.private() == frozenset()
    assert list(read.lists) == ["story", "later"]
    assert [mark.canonical_id for mark in library.lists.marks("story")] == ["09POST3", "09POST1"]
    assert second.read_bytes() == before
    library.add(LATER)
    assert version(second) == 4
    library.undo()
    assert library.bundle() == read
    assert check(second) == ""
    (kept,) = [each for each in recovery.copies(second) if "-schema-2" in each.name]
    assert version(kept) == 2
    # What was done with the older program can still be undone.
    assert library.undo_last() == "note to 09POST3"


def test_an_older_program_refuses_to_write_politely(
    second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library(second).add(LATER)
    monkeypatch.setattr("cable_tui.library.sqlite_file.VERSION", 2)
    library = Library(second)
    assert len(library.marks()) == 4
    with pytest.raises(LibraryError, match="newer cable-tui"):
        library.remove(library.marks()[0])
