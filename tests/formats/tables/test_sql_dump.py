"""Tables of cables in SQL dumps, and their rows, cut by their statements."""

import sqlite3
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.formats.base import BrokenRecord, Record
from cable_tui.formats.tables.sql_dump import Begun, SqlDump, Statements, copied, values
from tests.formats.samples import DATA, apart, problem, record_at

FILE = (DATA / "table.sql").read_bytes()


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
        data = record_at(fresh, stream, item.location)
        again = fresh.at(data, item.location)
        assert again.reference_id == item.cable.reference_id
        assert again.body
        assert zlib.crc32(fresh.fetch(stream, item.location)) == item.crc
    assert len({item.location.offset for item in items if isinstance(item, Record)}) == len(found)


def test_doubts_of_another_table_name_it() -> None:
    other = b"INSERT INTO more (refid, date, body) VALUES ('09LIMA1', '03/04/2009', 'x');\n"
    _, problems = apart(FILE + other, "a.sql")
    assert [problem.reason[:13] for problem in problems] == ["table 'more':"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"'HARBOR TOLLS'", b"'HARBOR TOLLS''", "an INSERT row never ends"),
        (b", 'HARBOR TOLLS'", b"", "the row has 7 columns instead of 8"),
    ],
)
def test_a_damaged_row_does_not_hide_the_next_one(old: bytes, new: bytes, reason: str) -> None:
    found, problems = apart(FILE.replace(old, new, 1), "a.sql")
    assert problems[0].reason.startswith(reason)
    assert [item.reference_id for item in found] == ["09PORTAMITY77"]


def test_a_dump_without_cables_is_a_problem_by_its_name_only() -> None:
    other = b"CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\n"
    assert isinstance(formats.sniff("a.txt", other), formats.Skip)
    found = problem(other, "a.sql")
    assert found.reason.startswith("no readable table has both an ID and a text")


# Statements and their rows

CUT = "the COPY rows never end: the file is cut off"
DUMP = rb"""-- a dump
CREATE TABLE IF NOT EXISTS `db`.`cables` (
  `id` int(11) NOT NULL, -- a number
  `ref id` varchar(40) DEFAULT 'a,b',
  body text,
  PRIMARY KEY (`id`), KEY `x` (`ref id`)
);
INSERT INTO `cables` VALUES (1,'a);\'','b
c'),
(2,'d','e');
COPY public.cable (id, body) FROM stdin;
1	a\
2	b
\.
INSERT INTO broken
"""


def test_statements_name_their_tables_and_columns() -> None:
    statements = Statements(BytesIO(DUMP), 1 << 20, escaped=True)
    found = []
    while begun := statements.next():
        rows = list(statements.rows(begun)) if begun.kind in {"insert", "copy"} else []
        found.append((begun, [(row.line, row.data) for row in rows]))
    assert found == [
        (Begun("create", "cables", ("id", "refid", "body")), []),
        (
            Begun("insert", "cables", ()),
            [(8, b"(1,'a);\\'','b\nc')"), (10, b"(2,'d','e')")],
        ),
        (Begun("copy", "cable", ("id", "body")), [(12, b"1\ta\\"), (13, b"2\tb")]),
        (Begun("damaged", "", ()), []),
    ]


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (b"INSERT INTO t VALUES (1,'a'),(2,'b", ["", "an INSERT row never ends"]),
        (b"INSERT INTO t VALUES (1) x, (2);\n", ["", "there is text after an INSERT row"]),
        (b"COPY t (a) FROM stdin;\n1\n2", ["", "", CUT]),
    ],
)
def test_damage_is_said(data: bytes, reasons: list[str]) -> None:
    statements = Statements(BytesIO(data), 1 << 20, escaped=False)
    begun = statements.next()
    assert begun
    assert [row.reason for row in statements.rows(begun)] == reasons


def test_rows_over_the_edges_of_what_is_read_at_once_are_whole() -> None:
    rows = [b"(%d,'%s')" % (number, b"x" * 300_000) for number in range(20)]
    data = b"INSERT INTO t VALUES " + b",".join(rows) + b";\nCREATE TABLE u (a int);\n"
    statements = Statements(BytesIO(data), 1 << 20, escaped=False)
    begun = statements.next()
    assert begun
    found = list(statements.rows(begun))
    assert [row.data for row in found] == rows
    assert all(data[row.offset : row.offset + len(row.data)] == row.data for row in found)
    assert statements.next() == Begun("create", "u", ("a",))


@given(st.text(alphabet="INSERTO tVALUES(1,'a');\n\\", max_size=80), st.booleans())
def test_any_text_is_cut(text: str, escaped: bool) -> None:
    data = ("INSERT INTO t VALUES (" + text).encode()
    statements = Statements(BytesIO(data), 20, escaped=escaped)
    while begun := statements.next():
        list(statements.rows(begun))


@pytest.mark.parametrize(
    ("row", "escaped", "expected"),
    [
        pytest.param("(1,'a',NULL)", False, ["1", "a", ""], id="plain"),
        pytest.param("(-1.5e3, 'it''s', TRUE)", False, ["-1.5e3", "it's", ""], id="doubled"),
        pytest.param(r"('it\'s','a\nb','c\\d')", True, ["it's", "a\nb", "c\\d"], id="MySQL"),
        pytest.param(r"('c:\d')", False, ["c:\\d"], id="a backslash that is one"),
        pytest.param(r"(E'a\nb', N'c', _utf8'd')", False, ["a\nb", "c", "d"], id="prefixes"),
        pytest.param("(X'6162', 0x6364)", True, ["ab", "cd"], id="hexadecimal"),
        pytest.param(r"(replace('a\nb','\n',char(10)))", False, ["a\nb"], id="SQLite, line breaks"),
        pytest.param(
            r"(replace(replace('a\r\nb','\r',char(13)),'\n',char(10)))",
            False,
            ["a\r\nb"],
            id="both",
        ),
        pytest.param(r"(unistr('a\u000ab'))", False, ["a\nb"], id="SQLite 3.50"),
        pytest.param("('a' || char(10) || 'b')", False, ["a\nb"], id="joined"),
        pytest.param("('2009'::timestamp, CAST('a' AS text))", False, ["2009", "a"], id="casts"),
        pytest.param("('(a),(b)')", False, ["(a),(b)"], id="brackets in a text"),
    ],
)
def test_a_row_of_insert(row: str, escaped: bool, expected: list[str]) -> None:
    assert values(row.encode(), escaped=escaped) == expected


@pytest.mark.parametrize(
    "row", ["", "(", "(1", "(1,", "('a", "('a'b)", "(1 2)", "(" * 1000, "(f(" * 100, "(1,2;"]
)
def test_a_row_that_cannot_be_read_is_broken(row: str) -> None:
    with pytest.raises(BrokenRecord):
        values(row.encode(), escaped=True)


@given(st.lists(st.text(alphabet="ab'\\\n\"(),;ñ"), min_size=1, max_size=4))
def test_what_sqlite_quotes_is_read(texts: list[str]) -> None:
    db = sqlite3.connect(":memory:")
    quoted = [db.execute("SELECT quote(?)", (text,)).fetchone()[0] for text in texts]
    db.close()
    assert values(f"({','.join(quoted)})".encode(), escaped=False) == texts


def test_a_line_of_copy() -> None:
    assert copied(b"1\ta\\nb\\tc\\\\d\t\\N\t") == ["1", "a\nb\tc\\d", "", ""]
