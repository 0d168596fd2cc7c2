"""Tables of cables in SQL dumps."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.cable import Problem, RawCable
from cable_tui.formats.tables.sql_dump import SqlDump
from tests.formats.samples import DATA, read

FILE = (DATA / "table.sql").read_bytes()


def test_the_first_table_of_cables_is_read() -> None:
    before = b"CREATE TABLE tag (id int, text text);\nINSERT INTO tag VALUES (1,'PREL');\n"
    first, second = read(before + FILE, "a.sql")
    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    assert (first.reference_id, second.reference_id) == ("09PORTAMITY12", "09PORTAMITY77")
    assert "so it's done." in first.body


def test_another_table_of_cables_is_said() -> None:
    other = b"INSERT INTO more (refid, body) VALUES ('09LIMA1', 'x');\n"
    *_, problem = read(FILE + other, "a.sql")
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("table 'more' looks like one of cables too")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"'HARBOR TOLLS'", b"'HARBOR TOLLS''", "a row of INSERT has no end"),
        (b", 'HARBOR TOLLS'", b"", "the row has 7 columns, the table 8"),
    ],
)
def test_a_damaged_row_does_not_hide_the_next_one(old: bytes, new: bytes, reason: str) -> None:
    found = read(FILE.replace(old, new, 1), "a.sql")
    problems = [item for item in found if isinstance(item, Problem)]
    assert problems[0].reason.startswith(reason)
    assert [item.reference_id for item in found if isinstance(item, RawCable)] == ["09PORTAMITY77"]


def test_a_dump_without_cables_is_a_problem_by_its_name_only() -> None:
    other = b"CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\n"
    assert isinstance(formats.sniff("a.txt", other), formats.Skip)
    (problem,) = read(other, "a.sql")
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("no table of it has both an id and a text")


@given(st.binary(max_size=60), st.integers(0, len(FILE)), st.integers(0, 60))
def test_any_damage_gives_cables_or_problems(junk: bytes, at: int, lost: int) -> None:
    data = FILE[:at] + junk + FILE[at + lost :]
    assert list(SqlDump().records(BytesIO(data), "a.sql"))
