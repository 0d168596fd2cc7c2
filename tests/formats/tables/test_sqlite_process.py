"""The inside of the process that reads databases: rows in their order and out of it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cable_tui.formats.tables import sqlite_process
from cable_tui.formats.tables.sqlite_process import Asked, OpenDatabase, Server, Walk

COUNT = 300
VIEW = Asked("SELECT NULL, * FROM v LIMIT -1 OFFSET ?", 0, ("refid", "body"), numbered=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "made.db"
    with closing(sqlite3.connect(made)) as db, db:
        db.execute("CREATE TABLE t (refid, body)")
        rows = ((f"09LIMA{at}", f"text {at}") for at in range(COUNT))
        db.executemany("INSERT INTO t VALUES (?, ?)", rows)
        db.execute("CREATE VIEW v AS SELECT refid, body FROM t")
    return made


def rows_of(answer: bytes) -> dict[int, dict[str, str]]:
    line, _, data = answer.partition(b"\n")
    assert json.loads(line)["error"] == ""
    found = {}
    while data:
        at, size = sqlite_process.RECORD.unpack_from(data)
        begin = sqlite_process.RECORD.size
        found[at] = dict(json.loads(data[begin : begin + size]))
        data = data[begin + size :]
    return found


def answer(server: Server, **asked: object) -> dict[str, Any]:
    whole = server.answer(json.dumps(asked).encode())
    took = sqlite_process.TOOK.unpack_from(whole)[0]
    assert took >= 0
    made: dict[str, Any] = json.loads(whole[sqlite_process.TOOK.size :])
    return made


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    taken: list[int] = []
    before = Walk.row

    def counted(self: Walk) -> tuple[int, sqlite_process.Row] | None:
        taken.append(self.next)
        return before(self)

    monkeypatch.setattr(Walk, "row", counted)
    return taken


ORDERS = {
    "forward": list(range(COUNT)),
    "backward": list(range(COUNT))[::-1],
    "in groups, the last one first": [
        group + at for group in range(COUNT - 30, -1, -30) for at in range(30)
    ],
    "at random": Random(7).sample(range(COUNT), COUNT),
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_the_rows_of_a_view_cost_a_step_each_in_any_order(
    path: Path, steps: list[int], order: list[int]
) -> None:
    """Each used to be found by counting from the first: 300 backward were 45,000 steps."""
    database = OpenDatabase(str(path), b"")
    for at in order:
        found = rows_of(database.row(VIEW._replace(first=at)))
        assert found == {at: {"refid": f"09LIMA{at}", "body": f"text {at}"}}
    # Before they are kept, a few are passed over.
    assert len(steps) < (OpenDatabase.most_jumps + 2) * COUNT


def test_rows_that_are_far_are_kept_over_several_answers(
    path: Path,
) -> None:
    database = OpenDatabase(str(path), b"")
    database.most_jumps = 0
    assert rows_of(database.row(VIEW._replace(first=0)))
    database.moment = 0.0
    assert rows_of(database.row(VIEW._replace(first=COUNT - 1))) == {}
    database.moment = 60.0
    assert list(rows_of(database.row(VIEW._replace(first=COUNT - 1)))) == [COUNT - 1]
    assert rows_of(database.row(VIEW._replace(first=COUNT))) == {}


def test_rows_go_on_where_the_last_answer_ended(path: Path, steps: list[int]) -> None:
    database = OpenDatabase(str(path), b"")
    database.most_bytes = 1000
    found: dict[int, dict[str, str]] = {}
    while some := rows_of(database.rows(VIEW._replace(first=len(found)))):
        found |= some
    assert list(found) == list(range(COUNT))
    assert len(steps) == COUNT + 2  # the end, once more


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO t VALUES (1, 2)",
        "ATTACH ':memory:' AS other",
        "PRAGMA writable_schema = ON",
        "SELECT load_extension('x')",
        "SELECT zeroblob(999999999)",
        "SELECT randomblob(9)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        "no SQL",
    ],
)
def test_what_is_no_plain_select_is_refused(path: Path, sql: str) -> None:
    server = Server()
    assert answer(server, open=str(path)) == {}
    assert answer(server, ask=sql, values=[])["error"]
    assert answer(server, ask="SELECT count(*) FROM t", values=[])["rows"] == [[COUNT]]


def test_without_a_database_there_is_a_reason() -> None:
    assert "no database is open" in answer(Server(), ask="SELECT 1", values=[])["error"]


def with_pages_exchanged(path: Path, one: int, other: int) -> Path:
    """Exchange two pages of a database, as a file system may that lost its order."""
    data = path.read_bytes()
    size = int.from_bytes(data[16:18], "big")
    pages = [data[at : at + size] for at in range(0, len(data), size)]
    pages[one], pages[other] = pages[other], pages[one]
    path.write_bytes(b"".join(pages))
    return path


def test_the_check_of_a_sound_file_finds_nothing(path: Path) -> None:
    assert json.loads(OpenDatabase(str(path), b"").check()) == {"fault": ""}
    assert json.loads(OpenDatabase(None, path.read_bytes()).check()) == {"fault": ""}


def test_the_check_names_a_fault_that_reading_may_not_meet(path: Path) -> None:
    with_pages_exchanged(path, 2, 3)
    assert "out of order" in json.loads(OpenDatabase(str(path), b"").check())["fault"]


def test_only_the_check_itself_may_ask_for_it(path: Path) -> None:
    server = Server()
    answer(server, open=str(path))
    assert answer(server, check=True) == {"fault": ""}
    assert "not authorized" in answer(server, ask="PRAGMA quick_check", values=[])["error"]


def test_a_row_longer_than_a_record_is_no_fault_of_the_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE u (a NOT NULL)")
        db.execute("INSERT INTO u VALUES (zeroblob(17000000))")
    assert json.loads(OpenDatabase(str(path), b"").check()) == {"fault": ""}
