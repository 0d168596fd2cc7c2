"""Databases of others: nothing in them runs, writes or goes on without end."""

import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.child_process import Child, patience
from cable_tui.formats.tables import sqlite_reader
from cable_tui.formats.tables.cable_tables import (
    Database,
    Side,
    Table,
    database_of,
    joins,
    unread_journal,
)
from cable_tui.formats.tables.sqlite_reader import DatabaseReader, NotRead, path_of
from cable_tui.operating_system import confinement

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
        "CREATE VIEW cable AS SELECT a.refid, 'A lamp.' AS body FROM fact a, fact b, fact c;",
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


GOOD = "CREATE VIEW good AS SELECT refid, date, w AS body FROM fact;"
FACT = "CREATE TABLE fact (refid, date, w); INSERT INTO fact VALUES ('09LIMA1', '2009', 'x');"
TEN = ", ".join(["(1)"] * 10)
MANY_TIMES = [f"n AS n{at}" for at in range(16)]
MANY = "printf('%.*c', 15000000, 'a')"
SLOW = {
    "instr": f"instr({MANY}, printf('%.*c', 7000000, 'a') || 'b')",
    "replace": f"replace({MANY}, printf('%.*c', 7000000, 'a') || 'b', '')",
    "sub-select": f"(WITH n(i) AS (VALUES {TEN}) SELECT count(*) FROM {', '.join(MANY_TIMES)})",
}


@pytest.mark.parametrize("slow", SLOW.values(), ids=SLOW)
def test_a_view_that_takes_for_ever_is_named_and_the_others_are_read(
    tmp_path: Path, slow: str
) -> None:
    bad = f"CREATE VIEW bad AS SELECT refid, date, {slow} AS body FROM fact;"
    path = made(tmp_path, FACT, bad, GOOD)
    with path.open("rb") as file, patience(0.3) as waiting:
        database = Database(file)
        found = [list(database.rows(number)) for number in range(len(database.tables))]
        assert [len(rows) for rows in found] == [0, 1]
        with pytest.raises(BrokenRecord, match="reading a row of bad: it takes more than"):
            database.row(0, 0)
    (reason,) = database.unread()
    assert reason.startswith("not read: bad: it takes more than 0 s; copy its rows")
    assert waiting.lost >= 0.3


def test_of_many_slow_views_some_are_tried_and_all_are_counted(tmp_path: Path) -> None:
    bad = "".join(
        f"CREATE VIEW v{at} AS SELECT refid, {SLOW['instr']} AS body FROM fact;"
        for at in range(200)
    )
    path = made(tmp_path, FACT, bad)
    with path.open("rb") as file, patience(0.2):
        database = Database(file)
        (reason,) = database.unread()
    assert reason.startswith("not read: v0, v1, v2, v3, v4 and 195 more: it takes more than")
    tried = [why for why in database.slow.values() if why.startswith("it takes more than")]
    assert 1 <= len(tried) <= sqlite_reader.TURNS + 1
    assert len(database.slow) == 200


def test_tables_beyond_those_that_can_be_numbered_are_counted(tmp_path: Path) -> None:
    more = "".join(CABLES.replace("cable", f"cable{at}") for at in range(66))
    with made(tmp_path, more).open("rb") as file:
        database = Database(file)
    assert len(database.tables) == 64
    assert list(database.unread()) == [
        "2 more tables with cables were skipped, because at most 64 are read"
    ]


def test_a_row_that_takes_for_ever_ends_the_reading_after_those_before_it(tmp_path: Path) -> None:
    many = ", ".join(f"('09LIMA{number}', '2009', {number})" for number in range(1, 100))
    body = f"CASE WHEN w < 90 THEN 'x' ELSE {SLOW['instr']} END"
    path = made(
        tmp_path,
        f"CREATE TABLE fact (refid, date, w); INSERT INTO fact VALUES {many};",
        f"CREATE VIEW cable AS SELECT refid, date, {body} AS body FROM fact;",
    )
    with path.open("rb") as file, patience(0.5):
        database = Database(file)
        seen: list[int] = []
        with pytest.raises(BrokenRecord, match=r"it takes more than .* CREATE TABLE cables AS"):
            seen.extend(at for at, _ in database.rows(0))
        assert seen == list(range(len(seen)))
        with pytest.raises(BrokenRecord, match="reading a row of cable"):
            database.row(0, 95)


@pytest.mark.parametrize("size", [12_000_000, 17_000_000], ids=["as JSON", "for SQLite"])
def test_a_row_too_large_for_a_record_is_named_and_the_next_one_is_read(
    tmp_path: Path, size: int
) -> None:
    path = made(
        tmp_path,
        CABLES,
        f"INSERT INTO cable VALUES ('09LIMA2', '2009', zeroblob({size})),('09LIMA3', '2009', 'x');",
    )
    with path.open("rb") as file:
        found = [(at, bool(packed)) for at, packed in Database(file).rows(0)]
    assert found == [(1, True), (2, False), (3, True)]


def test_nothing_of_the_file_is_opened_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, CABLES)

    def refused(*_: object, **__: object) -> None:
        pytest.fail("opened here")

    monkeypatch.setattr(sqlite3, "connect", refused)
    assert rows(path) == [("cable", [1])]


def test_a_file_is_looked_at_once_however_often_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each record that was read used to look at all tables again, and to keep what it had found."""
    path = made(tmp_path, CABLES)
    looked: list[object] = []
    before = Database._tables

    def counted(self: Database) -> list[Table]:
        looked.append(self)
        return before(self)

    monkeypatch.setattr(Database, "_tables", counted)
    for _ in range(3):
        with path.open("rb") as file:
            assert database_of(file).row(0, 1)
    with path.open("rb") as file, patience(5):  # whoever waits less may find less
        database_of(file)
    assert len(looked) == 2
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO cable VALUES ('09LIMA2', '2009', 'y')")
    with path.open("rb") as file:
        assert database_of(file).row(0, 2)


def test_the_ends_of_the_numbers_are_found_without_looking_at_every_row(tmp_path: Path) -> None:
    """SQLite looks at each row for `min(rowid), max(rowid)`, and at one for either alone."""
    path = made(tmp_path, CABLES)
    asked: list[str] = []
    with path.open("rb") as file:
        database = Database(file)
        before = database._reader.ask

        def kept(sql: str, values: tuple[int, ...] = ()) -> tuple[list[str], list[list[object]]]:
            asked.append(sql)
            return before(sql, values)

        database._reader.ask = kept  # type: ignore[method-assign,assignment]
        assert database._rowid("cable", ["refid"], "table") == "rowid"
    assert len(asked) == 2
    few = [_steps(path, sql) for sql in asked]
    many = ", ".join(f"('09LIMA{number}')" for number in range(500))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"INSERT INTO cable (refid) VALUES {many}")
    assert [_steps(path, sql) for sql in asked] == few


def _steps(path: Path, sql: str) -> int:
    """Steps of SQLite's machine that a query takes."""
    taken: list[int] = []
    with closing(sqlite3.connect(path)) as db:
        db.set_progress_handler(lambda: taken.append(1), 1)
        db.execute(sql).fetchall()
    return len(taken)


def test_two_databases_use_a_process_in_turns_and_it_can_read_only_one(tmp_path: Path) -> None:
    path, other = made(tmp_path, CABLES), tmp_path / "b.db"
    with closing(sqlite3.connect(other)) as db, db:
        db.executescript(CABLES.replace("09LIMA1", "09QUITO7"))
    child = Child(sqlite_reader.COMMAND)
    with path.open("rb") as one, other.open("rb") as two:
        readers = [DatabaseReader(one, child), DatabaseReader(two, child)]
        found = [reader.ask("SELECT refid FROM cable")[1] for reader in (*readers, *readers)]
    assert found == [[["09LIMA1"]], [["09QUITO7"]]] * 2
    assert child.started == (4 if confinement.possible().files else 1)
    child.close()


def test_a_process_that_was_ended_reads_the_file_again_though_it_is_closed(tmp_path: Path) -> None:
    """Another thread may have opened it last, and closed it."""
    path = made(tmp_path, CABLES)
    child = Child(sqlite_reader.COMMAND)
    with path.open("rb") as file:
        reader = DatabaseReader(file, child)
        packed = DatabaseReader(BytesIO(path.read_bytes()), child)
        assert packed.ask("SELECT refid FROM cable")[1] == [["09LIMA1"]]
    assert reader.ask("SELECT refid FROM cable")[1] == [["09LIMA1"]]
    child.close()
    assert reader.ask("SELECT refid FROM cable")[1] == [["09LIMA1"]]
    packed.file.close()
    with pytest.raises(NotRead, match="since been closed"):
        packed.ask("SELECT refid FROM cable")
    path.write_bytes(path.read_bytes() + b"x")
    child.close()
    with pytest.raises(NotRead, match="the file has changed"):
        reader.ask("SELECT refid FROM cable")


TEXTS = Side("texts", "rowid", ("key", "cable_id", "body"))
FACTS = Side("cables", "rowid", ("id", "refid", "date"))


def keys(*sides: Side) -> list[tuple[str, str]]:
    return [(join.texts_key, join.facts_key) for join in joins(sides)]


@pytest.mark.parametrize(
    ("texts", "facts", "found"),
    [
        (TEXTS.columns, FACTS.columns, [("cable_id", "id")]),
        (("Cables ID", "text"), ("ID", "refid", "date"), [("Cables ID", "ID")]),
        (("id", "refid", "body"), FACTS.columns, [("refid", "refid"), ("id", "id")]),
        (("n", "body"), ("n", "refid", "date"), [("n", "n")]),
        (("n", "body"), ("m", "refid", "date"), []),
        (("n", "body", "subject"), ("n", "refid", "date"), []),
        (("n", "words"), ("n", "refid", "date"), []),
        (("n", "body"), ("n", "refid"), []),
        (("n", "body"), ("n", "refid", "date", "text"), []),
    ],
)
def test_columns_of_one_meaning_join_texts_and_facts(
    texts: tuple[str, ...], facts: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    sides = TEXTS._replace(columns=texts), FACTS._replace(columns=facts)
    assert keys(*sides) == found
    assert keys(*reversed(sides)) == found


def test_columns_of_both_are_named_once() -> None:
    texts = TEXTS._replace(columns=("id", "Ref ID", "body"))
    (join, *_) = joins([texts, FACTS])
    assert join.columns == ("id", "refid", "date", "body")


def test_numbers_that_any_table_has_want_more_proof() -> None:
    by_number, by_name = (
        next(joins([TEXTS._replace(columns=columns), FACTS]))
        for columns in (("id", "body"), ("refid", "body"))
    )
    assert len(by_number.proofs) > len(by_name.proofs)


def test_a_view_that_sorts_more_than_memory_holds_is_read(tmp_path: Path) -> None:
    """SQLite then needs a file: the one place where its process may write."""
    path = made(tmp_path, "CREATE TABLE t (a, b)")
    texts = ((f"09LIMA{at}", f"UNCLAS {at * 7919 % 4001} " * 300) for at in range(4000))
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany("INSERT INTO t VALUES (?, ?)", texts)
        db.execute("CREATE VIEW v AS SELECT a AS refid, b AS body FROM t ORDER BY b")
    assert [(name, len(found)) for name, found in rows(path)] == [("v", 4000)]
