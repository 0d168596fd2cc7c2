"""Cables in SQLite databases."""

import sqlite3
from io import BytesIO
from pathlib import Path

import pytest

from cable_tui import formats
from cable_tui.base.cable import Location, Problem
from cable_tui.formats.base import BrokenRecord, Record
from cable_tui.formats.tables.sqlite_reader import DatabaseReader, NotRead
from cable_tui.formats.tables.sqlite_table import SqliteTable
from tests.formats.samples import DATA, apart, cables, problem, record_at

FILE = (DATA / "table.db").read_bytes()


def database(tmp_path: Path, script: str) -> bytes:
    path = tmp_path / "made.db"
    db = sqlite3.connect(path)
    db.executescript(script)
    db.close()
    return path.read_bytes()


def test_several_tables_are_read(tmp_path: Path) -> None:
    tables = "".join(
        f"CREATE TABLE y{year} (refid, date, body);"
        f"INSERT INTO y{year} VALUES ('{year}LIMA1', '20{year}-02-13', 'text {year}');"
        for year in ("08", "09")
    )
    data = database(tmp_path, tables)
    found = [(raw.reference_id, raw.body) for raw in cables(data, "a.db")]
    assert found == [("08LIMA1", "text 08"), ("09LIMA1", "text 09")]


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    data = database(tmp_path, "CREATE TABLE color (hue, shade);")
    assert isinstance(formats.sniff("a.db", data), formats.Skip)


FACTS = (
    "CREATE TABLE {0} ({1}, refid, date); "
    "INSERT INTO {0} VALUES ({2}1, '09LIMA1', '2009-02-13'), ({2}2, '09LIMA2', '2009-02-14');"
)
TEXTS = "CREATE TABLE {0} ({1}, body); INSERT INTO {0} VALUES ({2}1, 'one'), ({2}2, 'two');"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(FACTS.format("f", "n", "") + TEXTS.format("w", "n", ""), id="one name"),
        pytest.param(
            FACTS.format("cables", "id INTEGER PRIMARY KEY", "")
            + TEXTS.format("w", "cable_id", ""),
            id="named after the other table",
        ),
        pytest.param(
            FACTS.format("f", "id", "").replace(" refid", " ref")
            + TEXTS.format("t", "n INTEGER PRIMARY KEY, f_id UNIQUE", "7"),
            id="with numbers of its own",
        ),
        pytest.param(
            "CREATE TABLE f (refid, date) ; INSERT INTO f VALUES ('09LIMA1', '2009-02-13'),"
            "('09LIMA2', '2009-02-14');"
            "CREATE TABLE w (refid, body); INSERT INTO w VALUES ('09LIMA1', 'one'),"
            "('09LIMA2', 'two');",
            id="by the id of the cable, where the texts would do alone",
        ),
    ],
)
def test_facts_and_texts_in_two_tables_are_joined(tmp_path: Path, script: str) -> None:
    if "f_id UNIQUE" in script:
        script = script.replace("(71, 'one'), (72, 'two')", "(8, 1, 'one'), (9, 2, 'two')")
    data = database(tmp_path, script)
    found = [(raw.reference_id, raw.created, raw.body) for raw in cables(data, "a.db")]
    assert found == [("09LIMA1", "2009-02-13", "one"), ("09LIMA2", "2009-02-14", "two")]


def test_facts_without_a_text_are_cables_of_facts(tmp_path: Path) -> None:
    script = FACTS.format("cables", "id", "") + TEXTS.format("w", "cable_id", "")
    data = database(tmp_path, f"{script}DELETE FROM w WHERE cable_id = 1;")
    form, stream = SqliteTable(), BytesIO(data)
    records = [each for each in form.records(stream, "a.db") if isinstance(each, Record)]
    again = [form.at(record_at(form, stream, each.location), each.location) for each in records]
    assert [(raw.reference_id, raw.body) for raw in again] == [("09LIMA2", "two"), ("09LIMA1", "")]
    _, (empty,) = apart(data, "a.db")
    assert empty.reason.startswith("09LIMA1 has no text")


def test_many_texts_without_facts_are_counted(tmp_path: Path) -> None:
    many = ",".join(f"({n}, '09LIMA{n}', '2009-02-13')" for n in range(1, 80))
    words = ",".join(f"({n}, 'Text {n}.')" for n in range(1, 83))
    script = (
        f"CREATE TABLE cables (id, refid, date); INSERT INTO cables VALUES {many};"
        f"CREATE TABLE w (cable_id, body); INSERT INTO w VALUES {words};"
    )
    found, (lost,) = apart(database(tmp_path, script), "a.db")
    assert len(found) == 79
    assert lost.reason.startswith("3 rows of w and cables have a text but no metadata")


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(
            FACTS.format("f", "id", "") + TEXTS.format("notes", "id", "").replace("2, 't", "3, 't"),
            id="numbers that every table has",
        ),
        pytest.param(
            FACTS.format("f", "n", "").replace("(2,", "(1,") + TEXTS.format("w", "n", ""),
            id="two facts of a text",
        ),
        pytest.param(
            FACTS.format("f", "n", "") + TEXTS.format("w", "key", ""), id="no common name"
        ),
    ],
)
def test_a_database_whose_facts_and_texts_stand_apart_says_what_to_do(
    tmp_path: Path, script: str
) -> None:
    found = problem(database(tmp_path, script), "a.db")
    assert "create a view that joins them" in found.reason


def test_a_view_says_better_what_is_joined(tmp_path: Path) -> None:
    script = (
        FACTS.format("f", "n", "")
        + TEXTS.format("w", "n", "")
        + "CREATE VIEW v AS SELECT refid, date, upper(body) AS body FROM f JOIN w ON f.n = w.n;"
    )
    assert [raw.body for raw in cables(database(tmp_path, script), "a.db")] == ["ONE", "TWO"]


def test_a_record_that_is_gone_is_broken() -> None:
    form = SqliteTable()
    location = Location("a.db", 99 << 6, 10)
    assert form.fetch(BytesIO(FILE), location) == b""
    with pytest.raises(BrokenRecord):
        form.at(form.context(BytesIO(FILE)), location)
    with pytest.raises(BrokenRecord):
        form.at(b"0\n[]", location)
    with pytest.raises(OSError, match="cannot be read"):
        form.fetch(BytesIO(b"SQLite format 3\0" + b"x" * 2000), location)


@pytest.mark.parametrize("at", range(0, len(FILE), 97))
def test_any_damage_gives_cables_or_problems(at: int) -> None:
    for damaged in (FILE[:at] + b"\xff" + FILE[at + 1 :], FILE[:at]):
        for item in SqliteTable().records(BytesIO(damaged), "a.db"):
            assert isinstance(item, Problem) or item.cable.reference_id


def test_the_whole_file_is_checked_only_if_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(_: object) -> str:
        raise NotRead("that takes more than 60 s")

    assert SqliteTable().damage(BytesIO(FILE)) == ""
    monkeypatch.setattr(DatabaseReader, "check", late)
    assert cables(FILE, "a.db")
    told = "not checked for damage: that takes more than 60 s"
    assert SqliteTable().damage(BytesIO(FILE)) == told
