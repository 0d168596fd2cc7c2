"""Rows of CSV files, whole or damaged."""

import csv
import io
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.tables.csv_rows import CsvCutter, Dialect
from cable_tui.formats.tables.plan import TableRow

COMMA = Dialect(",")
CELL = st.text(alphabet='ab";,\t\n\\ é', max_size=8)


def cut(
    data: bytes, dialect: Dialect = COMMA, width: int = 3, longest: int = 1 << 20
) -> list[TableRow]:
    found = list(CsvCutter(BytesIO(data), dialect, width, 0, longest).rows())
    for row in found:
        assert data[row.offset : row.offset + len(row.data)] == row.data
        end = b"\r" if dialect.carriage else b"\n"
        assert row.line == data.count(end, 0, row.offset) + 1
    return found


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=4))
def test_what_pythons_writer_writes_is_read(
    delimiter: str, quoting: int, end: str, rows: list[tuple[str, str, str]]
) -> None:
    text = io.StringIO(newline="")
    csv.writer(
        text,
        delimiter=delimiter,
        quoting=quoting,  # type: ignore[arg-type]
        lineterminator=end,
    ).writerows(rows)
    found = cut(text.getvalue().encode(), Dialect(delimiter))
    assert [tuple(cell.decode() for cell in row.columns) for row in found] == rows
    assert not any(row.reason for row in found)


@pytest.mark.parametrize(
    ("data", "dialect", "columns"),
    [
        pytest.param(b'1,"a\\"b",c\n', Dialect(",", escaped=True), (b"1", b'a"b', b"c"), id="\\"),
        pytest.param(b'1, "a, b", c\n', COMMA, (b"1", b"a, b", b" c"), id="blanks before quotes"),
        pytest.param(
            b"1,a,b,,,\n", COMMA, (b"1", b"a", b"b", b"", b"", b""), id="empty at its end"
        ),
        pytest.param(b"1,a,b", COMMA, (b"1", b"a", b"b"), id="no line end"),
        pytest.param(b"1,a\rb,c\n", COMMA, (b"1", b"a\rb", b"c"), id="a lone return"),
        pytest.param(
            b'1,a,"say "no" to, it"\n', COMMA, (b"1", b"a", b'say "no" to, it'), id="quotes alone"
        ),
        pytest.param(b"1,\0,c\n", COMMA, (b"1", b"\0", b"c"), id="a zero"),
    ],
)
def test_a_row_has_its_columns(data: bytes, dialect: Dialect, columns: tuple[bytes, ...]) -> None:
    (row,) = cut(data, dialect)
    assert row.columns == columns


def test_old_line_ends() -> None:
    rows = cut(b'1,a,b\r2,"c\rd",e\r', Dialect(",", carriage=True))[:2]
    assert [row.columns for row in rows] == [(b"1", b"a", b"b"), (b"2", b"c\rd", b"e")]


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (b'09LIMA1,"a,"b"\n', "column 2 goes on behind its quote: one is lost, or not doubled"),
        (b'09LIMA1,a,"b\n', "column 3 goes on behind its quote: one is lost, or not doubled"),
        (b"09LIMA1,a\n", "the row has 2 columns, the headings 3"),
        (b"09LIMA1,a,b,c\n", "the row has 4 columns, the headings 3"),
        (b"word\n", "text outside of any row"),
    ],
)
def test_a_damaged_row_does_not_hide_the_next_one(damaged: bytes, reason: str) -> None:
    first, second = cut(damaged + b'09LIMA2,"a\n1,""2",b\n')
    assert (first.data, first.columns, first.reason) == (damaged.rstrip(), (), reason)
    assert second.columns == (b"09LIMA2", b'a\n1,"2', b"b")


def test_a_row_that_is_too_long_is_said_and_those_behind_it_are_found() -> None:
    long = b'09LIMA1,a,"' + b"x" * 3_000_000 + b"\n"
    *first, second = cut(long + b"09LIMA2,a,b\n", longest=1 << 20)
    assert all(row.reason for row in first)
    assert second.columns == (b"09LIMA2", b"a", b"b")


def test_rows_over_the_edges_of_what_is_read_at_once_are_whole() -> None:
    data = b"".join(b'09LIMA%d,a,"%s"\n' % (number, b"x\n" * 40_000) for number in range(20))
    assert [row.columns[0] for row in cut(data)] == [b"09LIMA%d" % number for number in range(20)]


@given(st.binary(max_size=200))
def test_any_bytes_are_cut(data: bytes) -> None:
    covered = sum(len(row.data) for row in cut(data))
    assert covered <= len(data)
