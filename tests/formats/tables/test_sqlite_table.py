"""Cables in SQLite databases."""

import sqlite3
from io import BytesIO
from pathlib import Path

import pytest

from cable_tui import formats
from cable_tui.cable import Place, Problem, RawCable
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.tables.sqlite_table import SqliteTable
from tests.formats.samples import DATA, read

FILE = (DATA / "table.db").read_bytes()


def database(tmp_path: Path, script: str) -> bytes:
    path = tmp_path / "made.db"
    db = sqlite3.connect(path)
    db.executescript(script)
    db.close()
    return path.read_bytes()


def test_rows_are_cables() -> None:
    first, second = read(FILE, "a.db")
    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    assert (first.reference_id, first.created) == ("09PORTAMITY12", "2009-02-03 18:48")
    assert first.tags == ("PREL", "AL")
    assert second.body.endswith("CAPULET")


def test_several_tables_are_read(tmp_path: Path) -> None:
    tables = "".join(
        f"CREATE TABLE y{year} (refid, date, body);"
        f"INSERT INTO y{year} VALUES ('{year}LIMA1', '20{year}-02-13', 'text {year}');"
        for year in ("08", "09")
    )
    data = database(tmp_path, tables)
    found = read(data, "a.db")
    assert [(raw.reference_id, raw.body) for raw in found if isinstance(raw, RawCable)] == [
        ("08LIMA1", "text 08"),
        ("09LIMA1", "text 09"),
    ]


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    data = database(tmp_path, "CREATE TABLE colour (hue, shade);")
    assert isinstance(formats.sniff("a.db", data), formats.Skip)


def test_a_database_whose_facts_and_texts_stand_apart_says_what_to_do(tmp_path: Path) -> None:
    script = (
        "CREATE TABLE fact (n, refid, date); CREATE TABLE words (n, body);"
        "INSERT INTO fact VALUES (1, '09LIMA1', '2009-02-13'); INSERT INTO words VALUES (1, 'x');"
    )
    (problem,) = read(database(tmp_path, script), "a.db")
    assert isinstance(problem, Problem)
    assert "make a view that joins them" in problem.reason


def test_a_record_that_is_gone_is_broken() -> None:
    form = SqliteTable()
    place = Place("a.db", 99 << 6, 10)
    assert form.fetch(BytesIO(FILE), place) == b""
    with pytest.raises(BrokenRecord):
        form.at(form.context(BytesIO(FILE)), place)
    with pytest.raises(BrokenRecord):
        form.at(b"0\n[]", place)
    with pytest.raises(OSError, match="cannot be read"):
        form.fetch(BytesIO(b"SQLite format 3\0" + b"x" * 2000), place)


@pytest.mark.parametrize("at", range(0, len(FILE), 97))
def test_any_damage_gives_cables_or_problems(at: int) -> None:
    for damaged in (FILE[:at] + b"\xff" + FILE[at + 1 :], FILE[:at]):
        for item in SqliteTable().records(BytesIO(damaged), "a.db"):
            assert isinstance(item, Problem) or item.cable.reference_id
