"""A table as CSV, read by its columns; how it is written; its rows, whole or damaged."""

import csv
import io
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import RawCable
from cable_tui.formats import Kept, key
from cable_tui.formats.base import Record
from cable_tui.formats.tables.csv_table import CsvCutter, CsvTable, Dialect, claims, plan_of
from cable_tui.formats.tables.row_plan import Plan, TableRow
from tests.formats.samples import DATA, apart, cable_and_problem, cables, problem

FILE = (DATA / "table.csv").read_bytes()
UTF16 = FILE.decode().encode("utf-16-be")


def test_columns_are_found_by_their_headings() -> None:
    first, second = cables(FILE, "a.csv")
    assert (first.reference_id, first.created) == ("09PORTAMITY12", "2009-02-03 18:48")
    assert (first.classification, first.origin) == ("CONFIDENTIAL", "Embassy Port Amity")
    assert (first.title, first.tags) == ("HARBOR TOLLS", ("PREL", "AL"))
    assert first.header.startswith("R 031848Z FEB 09\nFM")
    assert first.body.startswith("C O N F I D E N T I A L PORT AMITY 000012\n\nTAGS: PREL")
    assert '1. (C) The "toll" is paid; so it\'s done.' in first.body
    assert second.reference_id == "09PORTAMITY77"


@pytest.mark.parametrize("data", [FILE, UTF16], ids=["UTF-8", "UTF-16"])
def test_known_rows_are_kept_at_their_places(data: bytes) -> None:
    form = CsvTable()
    first, second = form.records(BytesIO(data), "a.csv")
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    part = data[second.location.offset : second.location.offset + second.location.length]
    assert second.crc == zlib.crc32(part)
    known = {key(len(part), second.crc)}
    again = list(form.again(BytesIO(data), "a.csv", known))
    assert again == [first, Kept(second.location.offset, len(part), second.crc, second.line)]


def test_a_row_without_an_id_has_that_of_its_first_line_and_its_date() -> None:
    (_, second), (note,) = apart(FILE.replace(b"09PORTAMITY77", b"", 1), "a.csv")
    assert (second.reference_id, second.created) == ("09PORTAMITY77", "2009-12-28 09:30")
    assert [label for label, _ in second.remarks] == ["ID from"]
    assert (note.line, note.reason[:41]) == (0, "09PORTAMITY77 has no ID in the ID column:")


def test_a_row_whose_text_has_no_number_either_is_a_problem() -> None:
    bare = FILE.replace(b"09PORTAMITY77", b"", 1).replace(b"UNCLAS PORT AMITY 000077", b"UNCLAS")
    _, second = cable_and_problem(bare, "a.csv")
    assert second.line == 12
    assert second.reason.startswith("no reference")


def test_a_column_of_ids_may_be_empty_in_most_rows() -> None:
    # As in a public snapshot of a database: 441 rows, 176 with an id.
    def row(number: int, given: str, first: str) -> str:
        return f'{given},2006-10-0{number % 9 + 1},CONFIDENTIAL,"{first}\n\n1. (C) Lamps."\n'

    numbered = [row(n, "", f"C O N F I D E N T I A L NEW DELHI 00{n}") for n in range(6900, 6930)]
    bare = [row(n, "", "CONFIDENTIAL") for n in range(10)]
    known = [row(n, f"06NEWDELHI{n}", "CONFIDENTIAL") for n in range(7000, 7005)]
    data = "id,date,classification,content\n" + "".join(numbered + bare + known)
    found, problems = apart(data.encode(), "a.csv")
    numbers = [*range(6900, 6930), *range(7000, 7005)]
    assert [each.reference_id for each in found] == [f"06NEWDELHI{n}" for n in numbers]
    assert [each.reason[:12] for each in problems] == ["no reference"] * 10 + ["30 records h"]


UNKNOWN = (
    'Größe;Signatur;Tag;Inhalt\n12;NL-0001;3.2.2009;"UNCLAS\n\n1. (U) {}"\n13;NL-0002;4.2.2009;x\n'
).format("Lamps. " * 30)
NAMED = '{"id": "Signatur", "text": "Inhalt", "date": "Tag"}'


def test_a_table_that_no_rule_knows_has_a_line_for_the_settings() -> None:
    assert problem(UNKNOWN.encode(), "a/nachlass[1].csv").reason == (
        "it is unclear which column contains the cable IDs (Größe, Signatur, Tag, Inhalt); "
        "set the columns in config.toml, for example: "
        'tables = [{match = "nachlass[[]1].csv", id = "Signatur", text = "Inhalt"}]'
    )


def test_columns_that_the_reader_has_named_are_read() -> None:
    data = UNKNOWN.replace("Größe", "date").encode()
    form = formats.sniff("a.csv", data, tables=[NAMED])
    assert not isinstance(form, formats.Skip)
    assert form.known_as == f"table-csv {NAMED}"
    again = formats.named(form.known_as)
    assert again is not None
    first, second, *notes = formats.cables(again, BytesIO(data), "a.csv")
    assert isinstance(first, RawCable)
    assert (first.reference_id, first.created) == ("NL-0001", "2009-02-03")
    assert first.body.startswith("UNCLAS\n\n1. (U) Lamps")
    assert isinstance(second, RawCable)
    assert second.reference_id == "NL-0002"
    assert not notes


def test_columns_that_are_not_there_name_nothing() -> None:
    data = UNKNOWN.replace("Signatur", "Kennung").encode()
    form = formats.sniff("a.csv", data, tables=[NAMED])
    assert not isinstance(form, formats.Skip)
    assert form.known_as == "table-csv"
    assert formats.sniff("a.txt", b"word", tables=[NAMED]) == formats.Skip(
        "text without the features of a telegram"
    )


# How it is written

NAMES = b"refid,date,origin,body\n"
ROW = b"09LIMA1,2009-02-13,Embassy Lima,UNCLAS\n"


def plan(data: bytes) -> Plan:
    found = plan_of(data, whole=True)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("data", "delimiter", "start"),
    [
        pytest.param(NAMES + ROW, ",", len(NAMES), id="comma"),
        pytest.param((NAMES + ROW).replace(b",", b";"), ";", len(NAMES), id="semicolon"),
        pytest.param((NAMES + ROW).replace(b",", b"\t"), "\t", len(NAMES), id="tab"),
        pytest.param(b"\xef\xbb\xbf" + NAMES + ROW, ",", len(NAMES) + 3, id="mark"),
        pytest.param(b"\n\n" + NAMES + ROW, ",", len(NAMES) + 2, id="empty lines"),
        pytest.param(b"sep=,\r\n" + NAMES + ROW, ",", len(NAMES) + 7, id="sep"),
        pytest.param(
            (NAMES + ROW).replace(b",", b";").replace(b"Lima", b"Lima, Peru"),
            ";",
            len(NAMES),
            id="commas in a value",
        ),
    ],
)
def test_the_delimiter_is_the_one_that_gives_columns(
    data: bytes, delimiter: str, start: int
) -> None:
    found = plan(data)
    assert (found.dialect[0], found.start) == (delimiter, start)
    assert found.names == ("refid", "date", "origin", "body")
    assert found.own == "refid"


def test_quotes_after_a_backslash_are_told_from_doubled_ones() -> None:
    row = b'"09LIMA1","2009-02-13","Embassy Lima","say \\"no\\", twice"\n'
    assert plan(NAMES + row).dialect[1] == "1"
    assert plan(NAMES + row.replace(b'\\"', b'""')).dialect[1] == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"word",
        b"a,b\n1,2\n",
        b"id,text,created_at\n17,hello,2009-02-13\n18,you,2009-02-14\n",
        b"reference,price\nA-1,3\n",
        b"<html>\n<p>09LIMA1, 2009-02-13, 09LIMA2\n",
        b"{\n",
        pytest.param(
            b"date,text\n" + b'2010-11-28,"Secret plan 2009: what the cables say."\n' * 9,
            id="posts",
        ),
        pytest.param(
            b"filename,date\n" + b"".join(b"a/09LIMA%d.html,2010-11-28\n" % n for n in range(9)),
            id="a list of files",
        ),
        pytest.param(
            b"reference,date,title\n22ABC12,2022-03-01,Pump\n" + b",2022-03-01,Pump\n" * 30,
            id="tickets",
        ),
    ],
)
def test_other_tables_are_left_alone(data: bytes) -> None:
    assert plan_of(data, whole=True) is None


def test_a_first_row_that_is_damaged_does_not_hide_the_others() -> None:
    assert plan(NAMES + b'09LIMA0,"a\n' + ROW + ROW).own == "refid"
    row = b'09LIMA1,2009-02-13,Embassy Lima,"%s"\n' % (b"UNCLAS LIMA\n" * 20)
    found = plan(b'"refid,date,origin,body\n' + row * 2)
    assert found.own
    assert len(found.doubts) == 3


def test_a_file_of_which_nothing_can_be_read_claims_to_hold_cables() -> None:
    assert claims(b'1;13.02.2009;09LIMA1;"S E C')


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_have_a_plan_or_none(data: bytes, whole: bool) -> None:
    plan_of(data, whole=whole)
    claims(data)


# Its rows

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


@settings(max_examples=200)
@given(
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
    rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=4),
)
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
        pytest.param(b"1,a,b", COMMA, (b"1", b"a", b"b"), id="no line ending"),
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
        (
            b'09LIMA1,"a,"b"\n',
            "column 2 continues after its closing quote: a quote is missing or was not doubled",
        ),
        (
            b'09LIMA1,a,"b\n',
            "column 3 continues after its closing quote: a quote is missing or was not doubled",
        ),
        (b"09LIMA1,a\n", "the row has 2 columns, but there are 3 headings"),
        (b"09LIMA1,a,b,c\n", "the row has 4 columns, but there are 3 headings"),
        (b"word\n", "text outside any row"),
    ],
)
def test_a_damaged_row_of_any_table_does_not_hide_the_next_one(damaged: bytes, reason: str) -> None:
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
