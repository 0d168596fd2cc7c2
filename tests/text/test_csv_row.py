"""A spreadsheet computes nothing that a cable says; a program gets what it says."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.text.csv_row import csv_row, raw_csv_row

# How a cell must begin to be computed: OWASP, "CSV Injection"; full-width signs are for East Asia.
CASES = [
    ('=HYPERLINK("http://x.example")', '\'=HYPERLINK("http://x.example")'),
    ("+1+cmd", "'+1+cmd"),
    ("-2+3", "'-2+3"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("\n=1", "'\n=1"),
    ("＝1", "'＝1"),
    ("-", "'-"),
    ("-dash first", "'-dash first"),
    ("'=1", "''=1"),
    ("kettle", "kettle"),
    ("a=b", "a=b"),
    ("'tis", "'tis"),
    ("", ""),
    # Numbers are what they are.
    ("12", "12"),
    ("-12", "-12"),
    ("-0.250000", "-0.250000"),
    ("+3.5", "+3.5"),
    ("-1-1", "'-1-1"),
    ("-1 apple", "'-1 apple"),
    ("-1\n", "'-1\n"),
]


def _cells(row: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(row, newline="")))


@pytest.mark.parametrize(("cell", "expected"), CASES)
def test_what_would_be_computed_has_a_quote_sign_before_it(cell: str, expected: str) -> None:
    assert _cells(csv_row((cell, "x"))) == [[expected, "x"]]


@given(st.lists(st.text(st.sampled_from("=+-@'\t\r\n\",1.a ＝")), min_size=2))
def test_programs_get_the_values_and_the_quote_sign_can_be_removed(cells: list[str]) -> None:
    assert _cells(raw_csv_row(tuple(cells))) == [cells]
    (marked,) = _cells(csv_row(tuple(cells)))
    for given_, cell in zip(cells, marked, strict=True):
        assert cell in {given_, f"'{given_}"}
        assert cell.lstrip("'")[:1] not in set("=@\t\r\n＝") or cell.startswith("'")
