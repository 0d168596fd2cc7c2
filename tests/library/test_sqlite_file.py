"""The library's file while other programs make and write it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cable_tui import database
from cable_tui.errors import LibraryError
from cable_tui.library import schema, sqlite_file


class Overtaken(sqlite3.Connection):
    """Another program makes the tables between two of its statements."""

    file: Path
    statements_before = 0

    def execute(self, *statement: Any) -> sqlite3.Cursor:
        if self.statements_before == 0:
            with closing(sqlite3.connect(self.file)) as other:
                other.execute("BEGIN IMMEDIATE")
                schema.create(other)
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
        assert sqlite_file.version(connection, file) in (0, schema.VERSION)


def test_tables_of_another_program_are_told_from_an_empty_file(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        assert sqlite_file.version(connection, file) == 0
        connection.execute("CREATE TABLE theirs (id)")
        with pytest.raises(LibraryError, match="no library of cable-tui"):
            sqlite_file.version(connection, file)


def test_a_write_is_on_the_disk_when_it_is_left(tmp_path: Path) -> None:
    """SQLite's `EXTRA` is 3; `fullfsync` is what macOS needs beside it, off by default."""
    file = tmp_path / "library.sqlite"
    file.touch()
    with closing(database.connect(file, "rw")) as connection:
        with sqlite_file.transaction(connection, file):
            pass
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
        assert connection.execute("PRAGMA fullfsync").fetchone() == (1,)
