"""How a CSV file is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.tables.csv_dialect import claims, plan_of
from cable_tui.formats.tables.plan import Plan

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


def test_eight_columns_without_headings_are_those_of_the_dump() -> None:
    row = b'1,2/13/2009 14:57,09LIMA1,Embassy Lima,SECRET,,R 131457Z FEB 09,"S E C R E T, LIMA"\n'
    for before in (b"", b"0,"):
        found = plan(before + row)
        assert found.names[-8:] == (
            *("number", "created", "referenceid", "origin"),
            *("classification", "references", "header", "body"),
        )
        assert found.own == "referenceid"
        assert (found.start, found.doubts) == (0, ())


def test_an_index_column_has_an_empty_heading_or_none() -> None:
    for heading in (b"," + NAMES, NAMES):
        found = plan(heading + b"0," + ROW + b"1," + ROW)
        assert found.names == ("column0", "refid", "date", "origin", "body")


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
