"""Tables of cables in SQL dumps."""

import zlib
from io import BytesIO

import pytest

from cable_tui import formats
from cable_tui.cable import Problem, RawCable
from cable_tui.formats.base import Record
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


_PART = "COPY public.cables_{} (refid, subject, body) FROM stdin;\n{}\\.\n\n"
_ROW = "{}TERN{}\tTHE TERN\tThe tern of {}.\n"


@pytest.mark.parametrize(
    ("dump", "found"),
    [
        pytest.param(
            FILE + b"INSERT INTO more (refid, body) VALUES ('09LIMA1', 'x');\n",
            ["09PORTAMITY12", "09PORTAMITY77", "09LIMA1"],
            id="another shape",
        ),
        pytest.param(
            "".join(
                _PART.format(year, "".join(_ROW.format(year, n, year) for n in range(1, 4)))
                for year in ("08", "09")
            ).encode(),
            [f"{year}TERN{n}" for year in ("08", "09") for n in range(1, 4)],
            id="the parts of one table",
        ),
        pytest.param(
            FILE + b"INSERT INTO post (id, body) VALUES (1, 'x');\n"
            b"CREATE TABLE b (body text, refid text, note text);\n"
            b"INSERT INTO b VALUES ('A long day at the lighthouse.', '09LIMA2', 'x');\n",
            ["09PORTAMITY12", "09PORTAMITY77", "09LIMA2"],
            id="columns named by the table, and a table of other things",
        ),
    ],
)
def test_every_table_of_cables_is_read(dump: bytes, found: list[str]) -> None:
    form, stream = SqlDump(), BytesIO(dump)
    items = list(form.records(stream, "a.sql"))
    assert [item.cable.reference_id for item in items if isinstance(item, Record)] == found
    for item in items:
        assert isinstance(item, Record), item
        fresh = SqlDump()
        data = formats.record_at(fresh, stream, item.place)
        again = fresh.at(data, item.place)
        assert again.reference_id == item.cable.reference_id
        assert again.body
        assert zlib.crc32(fresh.fetch(stream, item.place)) == item.crc
    assert len({item.place.offset for item in items if isinstance(item, Record)}) == len(found)


def test_doubts_of_another_table_name_it() -> None:
    other = b"INSERT INTO more (refid, date, body) VALUES ('09LIMA1', '03/04/2009', 'x');\n"
    problems = [item for item in read(FILE + other, "a.sql") if isinstance(item, Problem)]
    assert [problem.reason[:13] for problem in problems] == ["table 'more':"]


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
