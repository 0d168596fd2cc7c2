"""Databases of others: nothing in them runs, writes or goes on without end."""

import gc
import sqlite3
import warnings
import weakref
from io import BytesIO
from pathlib import Path

import pytest

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.tables.sqlite_file import Database, path_of, unread_journal

CABLES = (
    "CREATE TABLE cable (refid, date, body); INSERT INTO cable VALUES ('09LIMA1', '2009', 'x');"
)


def made(tmp_path: Path, *scripts: str) -> Path:
    path = tmp_path / "a b?.db"
    db = sqlite3.connect(path)
    for script in scripts:
        db.executescript(script)
    db.close()
    return path


def rows(path: Path) -> list[tuple[str, list[int]]]:
    with path.open("rb") as file:
        database = Database(file)
        return [
            (table.name, [at for at, _ in database.rows(number)])
            for number, table in enumerate(database.tables)
        ]


def test_tables_are_read_by_their_own_numbers(tmp_path: Path) -> None:
    more = "INSERT INTO cable (rowid, refid, body) VALUES (77, '09LIMA2', 'y');"
    path = made(tmp_path, CABLES, more)
    assert rows(path) == [("cable", [1, 77])]
    with path.open("rb") as file:
        database = Database(file)
        assert dict(database.rows(0))[77] == database.row(0, 77)
        assert database.row(0, 5) == b""


@pytest.mark.parametrize(
    "columns",
    ["refid PRIMARY KEY, body) WITHOUT ROWID", "rowid, _rowid_, oid, refid, body)"],
    ids=["without rowid", "taken"],
)
def test_rows_without_numbers_are_counted(tmp_path: Path, columns: str) -> None:
    path = made(
        tmp_path,
        f"CREATE TABLE cable ({columns};",
        "INSERT INTO cable (refid, body) VALUES ('09LIMA1', 'x'), ('09LIMA2', 'y');",
    )
    with path.open("rb") as file:
        database = Database(file)
        both = list(database.rows(0))
        assert [at for at, _ in both] == [0, 1]
        for at in (1, 0, 1, 1):
            assert database.row(0, at) == both[at][1]
        assert database.row(0, 9) == b""


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


@pytest.mark.parametrize(
    "view",
    [
        f"{ENDLESS} SELECT '09LIMA' || i AS refid, 'x' AS body FROM n",
        "SELECT refid, load_extension('x') AS body FROM fact",
        "SELECT refid, zeroblob(999999999) AS body FROM fact",
        "SELECT refid, body FROM gone",
    ],
    ids=["endless", "extension", "huge", "gone"],
)
def test_a_view_that_does_more_than_select_is_refused(tmp_path: Path, view: str) -> None:
    path = made(
        tmp_path,
        "CREATE TABLE fact (refid); INSERT INTO fact VALUES ('09LIMA1');",
        f"CREATE VIEW cable AS {view};",
    )
    with path.open("rb") as file:
        database = Database(file)
        assert database.tables == []
        assert database.damage


def test_a_view_that_gives_more_than_the_file_can_hold_is_stopped(tmp_path: Path) -> None:
    many = ", ".join(f"('09LIMA{number}')" for number in range(200))
    path = made(
        tmp_path,
        f"CREATE TABLE fact (refid); INSERT INTO fact VALUES {many};",
        "CREATE VIEW cable AS SELECT a.refid, 'x' AS body FROM fact a, fact b, fact c;",
    )
    with pytest.raises(BrokenRecord, match="more rows than the file can hold"):
        rows(path)


def test_nothing_is_written_beside_the_file(tmp_path: Path) -> None:
    path = made(tmp_path, "PRAGMA journal_mode = WAL;", CABLES)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert rows(path) == [("cable", [1])]
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_a_journal_that_is_not_read_is_named(tmp_path: Path) -> None:
    path = made(tmp_path, CABLES)
    with path.open("rb") as file:
        assert unread_journal(file) == ""
        Path(f"{path}-wal").write_bytes(b"x")
        assert unread_journal(file) == "a b?.db-wal"
    assert unread_journal(BytesIO(b"")) == ""


def test_a_database_in_an_archive_is_read_in_memory(tmp_path: Path) -> None:
    data = made(tmp_path, "PRAGMA journal_mode = WAL;", CABLES).read_bytes()
    database = Database(BytesIO(data))
    assert [table.name for table in database.tables] == ["cable"]
    assert path_of(BytesIO(data)) is None


@pytest.mark.parametrize("data", [b"SQLite format 3\0", b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_database_is_broken(data: bytes) -> None:
    with pytest.raises(BrokenRecord, match="the database cannot be read"):
        Database(BytesIO(data))


def test_a_database_that_is_dropped_is_closed_without_a_warning(tmp_path: Path) -> None:
    """Its guard holds it in a circle; Python 3.13 warns of connections that nobody closed."""
    path = made(tmp_path, CABLES)
    gc.disable()
    try:
        with path.open("rb") as file:
            database = Database(file)
        guarded = weakref.ref(database)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            del database
            gc.collect()
    finally:
        gc.enable()
    assert guarded() is None
