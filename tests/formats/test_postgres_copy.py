"""The dump with tabs: line ends inside texts follow a backslash."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Problem, RawCable
from cable_tui.formats.postgres_copy import CopyText
from tests.formats.samples import DATA, read

DUMP = (DATA / "cables.tsv").read_bytes()
SECOND = DUMP.index(b"2\t2009-12-28")
LAST = DUMP.index(b"3\t2010-01-05")


def test_a_row_gives_its_facts() -> None:
    first = read(DUMP, "cables.tsv")[0]
    assert isinstance(first, RawCable)
    assert first.reference_id == "09PORTAMITY12"
    assert first.created == "2009-02-03 18:48"
    assert first.origin == "Embassy Port Amity"
    assert first.classification == "CONFIDENTIAL"
    assert first.references == ("09STATE4711", "09PORTAMITY9")
    assert first.header == "R 031848Z FEB 09\nFM AMEMBASSY PORT AMITY\nTO SECSTATE WASHDC"
    assert first.format == "dump-tsv"


def test_escapes_are_taken_out_of_the_texts() -> None:
    first = read(DUMP, "cables.tsv")[0]
    assert isinstance(first, RawCable)
    assert first.body.split("\n") == [
        "C O N F I D E N T I A L PORT AMITY 000012 ",
        "SUBJECT: HARBOR TOLLS",
        "",
        "1. (C) The book is in C:\\tolls.\ta",
        "b ",
        "MONTAGUE ",
    ]


def test_what_looks_like_a_row_inside_a_text_is_text() -> None:
    second = read(DUMP, "cables.tsv")[1]
    assert isinstance(second, RawCable)
    assert second.body.split("\n") == [
        "UNCLAS PORT AMITY 000077 ",
        "3\t2011-11-11 11:11:11\tis no row",
    ]


def test_the_mark_of_the_end_belongs_to_no_text() -> None:
    last = read(DUMP, "cables.tsv")[-1]
    assert isinstance(last, RawCable)
    assert (last.references, last.body) == ((), "S E C R E T STATE 000009")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"2\t2009-12-28 09:30:00\t09X1\tEmbassy\n", "the row has fewer than eight columns"),
        (b"2\t2009-12-28 09:30:00\t" + b"a\t" * 7 + b"a\n", "the row has more than eight columns"),
        (b"2\t2009-12-28 09:30:00\t" + b"a\t" * 5 + b"a\na\n", "text outside of any row"),
    ],
)
def test_a_damaged_row_does_not_hide_the_next(row: bytes, reason: str) -> None:
    items = read(DUMP[:SECOND] + row + DUMP[LAST:], "cables.tsv")
    problems = [item for item in items if isinstance(item, Problem)]
    assert [item.reason for item in problems] == [reason]
    assert isinstance(items[0], RawCable)
    last = items[-1]
    assert isinstance(last, RawCable)
    assert last.reference_id == "10STATE9"


@given(st.binary(max_size=40), st.integers(SECOND, LAST))
def test_any_damage_leaves_the_rows_before_it(junk: bytes, at: int) -> None:
    found = list(CopyText().records(BytesIO(DUMP[:at] + junk), "cables.tsv"))
    first = found[0]
    assert not isinstance(first, Problem)
    assert first.cable.reference_id == "09PORTAMITY12"
