"""Values of SQL dumps."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.tables.sql_values import copied, values


@pytest.mark.parametrize(
    ("row", "escaped", "expected"),
    [
        pytest.param("(1,'a',NULL)", False, ["1", "a", ""], id="plain"),
        pytest.param("(-1.5e3, 'it''s', TRUE)", False, ["-1.5e3", "it's", ""], id="doubled"),
        pytest.param(r"('it\'s','a\nb','c\\d')", True, ["it's", "a\nb", "c\\d"], id="MySQL"),
        pytest.param(r"('c:\d')", False, ["c:\\d"], id="a backslash that is one"),
        pytest.param(r"(E'a\nb', N'c', _utf8'd')", False, ["a\nb", "c", "d"], id="prefixes"),
        pytest.param("(X'6162', 0x6364)", True, ["ab", "cd"], id="hexadecimal"),
        pytest.param(r"(replace('a\nb','\n',char(10)))", False, ["a\nb"], id="SQLite, line ends"),
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
