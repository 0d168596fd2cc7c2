"""Files are opened alike, and closed when nobody holds them."""

import gc
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.program import database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kelp and tuna?.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE fish (name TEXT)")
        made.execute("INSERT INTO fish VALUES (CAST(X'6bff' AS TEXT))")
        made.commit()
    return path


def test_broken_text_is_read_with_a_stand_in(file: Path) -> None:
    with closing(database.connect(file, "ro")) as connection:
        assert connection.execute("SELECT name FROM fish").fetchone() == ("k\ufffd",)


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        database.connect(tmp_path / "none.sqlite", "rw")
    assert not (tmp_path / "none.sqlite").exists()


def test_a_connection_that_is_dropped_in_a_circle_is_closed_without_a_warning(file: Path) -> None:
    held: list[object] = [database.connect(file, "rw")]
    held.append(held)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        del held
        gc.collect(0)  # it is new
    with closing(database.connect(file, "rw")) as other:
        other.execute("BEGIN EXCLUSIVE")
