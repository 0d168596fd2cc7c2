"""Tables of the History Lab: columns by their headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Problem, RawCable
from tests.formats.samples import DATA, problem, read

FILE = (DATA / "foia.csv").read_bytes()


def two(data: bytes) -> tuple[RawCable, RawCable]:
    first, second = read(data, "a.csv")
    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    return first, second


def test_columns_are_found_by_their_headings() -> None:
    first, second = two(FILE)
    assert first.reference_id == "1973LIMA02545"
    assert first.created == "1973-04-12"
    assert first.released == "2005-06-30"
    assert first.classification == "CONFIDENTIAL"
    assert first.origin == "Embassy Lima"
    assert first.title == 'BOATS, AND "MORE" BOATS'
    assert first.references == ("73STATE66001",)
    assert first.header.endswith("TO SECSTATE WASHDC 6013")
    assert first.body.startswith("C O N F I D E N T I A L LIMA 2545\n\nSUBJ: BOATS, AND")
    assert (second.reference_id, second.created) == ("1973STATE089296", "1973-05-13")


def test_windows_line_ends_and_a_mark_change_nothing() -> None:
    plain, marked = two(FILE), two(b"\xef\xbb\xbf" + FILE.replace(b"\n", b"\r\n"))
    assert [(raw.reference_id, raw.body) for raw in marked] == [
        (raw.reference_id, raw.body) for raw in plain
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"CONFIDENTIAL,", b"", "the row has 8 columns, the headings 9"),
        (b'BOATS"\n\n1.', b'BOATS"\n\n1.', ""),
        (
            b'2005\n"',
            b"2005\n",
            "column 7 goes on behind its quote: one is lost, or not doubled",
        ),
    ],
    ids=["a column lost", "whole", "a quote lost"],
)
def test_a_damaged_row_does_not_hide_the_next_one(old: bytes, new: bytes, reason: str) -> None:
    first, second = read(FILE.replace(old, new, 1), "a.csv")
    assert (first.reason if isinstance(first, Problem) else "") == reason
    assert isinstance(second, RawCable)
    assert second.reference_id == "1973STATE089296"


def test_text_between_rows_is_told() -> None:
    found = read(FILE + b"\nword\n", "a.csv")
    assert isinstance(found[2], Problem)
    assert found[2].reason == "text outside of any row"


def test_headings_without_a_number_are_a_problem() -> None:
    row = FILE.index(b'"1973STATE')
    data = b"doc_nbr,body\n" + FILE[row:]
    assert problem(data, "a.csv").reason == "the row has 9 columns, the headings 2"


@given(st.binary(max_size=100), st.integers(0, len(FILE)), st.integers(0, 100))
def test_any_damage_gives_cables_or_problems(junk: bytes, at: int, lost: int) -> None:
    for item in read(b"doc_nbr,body,\n" + FILE[:at] + junk + FILE[at + lost :], "a.csv"):
        assert isinstance(item, (RawCable, Problem))
