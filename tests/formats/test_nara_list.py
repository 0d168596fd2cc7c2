"""The list of a search in the archive: a cable for each row, without its text."""

from __future__ import annotations

import pytest

from cable_tui import telegram
from cable_tui.cable import Problem, RawCable
from tests.formats.samples import DATA, read

FILE = (DATA / "nara-list.csv").read_bytes()


def test_a_row_is_a_cable_of_facts() -> None:
    raw, other = read(FILE, "a.csv")
    assert isinstance(raw, RawCable)
    assert isinstance(other, RawCable)
    assert (raw.reference_id, raw.created, raw.origin) == (
        "1973LIMA02545",
        "1973-04-12",
        "Embassy Lima",
    )
    assert raw.title == "A HARBOR MASTER COUNTS HIS BOATS"
    assert raw.tags == ("EFIS", "PE", "MONTAGUE, ANN")
    assert (raw.header, raw.body) == ("", "")
    assert other.title == '"TERNS" AND TERNS'
    assert telegram.canonical_id(other.reference_id) == "74VICTORIA12"
    assert other.origin == "Embassy Victoria"


def test_where_the_text_is_stands_beside_the_facts() -> None:
    raw, other = read(FILE, "a.csv")
    assert isinstance(raw, RawCable)
    assert isinstance(other, RawCable)
    assert dict(raw.remarks) == {
        "Text": "not in this list; its record: "
        "https://aad.archives.example/aad/createpdf?rid=1&dt=2474&dl=1345",
        "Film number": "D730070-0451",
        "To": "STATE",
        "Found": "THE HARBOR MASTER... COUNTED TWELVE",
    }
    assert list(dict(other.remarks)) == ["Text", "To"]


def test_rows_of_other_series_are_counted_in_one_problem() -> None:
    other = b"https://aad.archives.example/x?rid=3,NA,NA,NA,NA,NA,NA,NA,NA\n"
    found = read(FILE + other + other, "a.csv")
    assert len(found) == 3
    assert isinstance(found[2], Problem)
    assert found[2].line == 5
    assert found[2].reason.startswith("2 rows from here on have no document number")


def test_a_row_with_too_few_columns_is_a_problem() -> None:
    *_, last = read(FILE + b"https://aad.archives.example/x,12 APR 1973\n", "a.csv")
    assert last == Problem("a.csv", 5, "a row of 2 columns, where there are 8")


def test_text_below_the_headings_is_a_problem() -> None:
    heading, _, rows = FILE.partition(b"\n")
    first, *_ = read(heading + b"\nsomething\n" + rows, "a.csv")
    assert first == Problem("a.csv", 2, "text outside of any row")


@pytest.mark.parametrize("name", [b"Record URL", b"URL"])
@pytest.mark.parametrize("day", [b"Draft Date", b"Sent Date"])
def test_headings_of_other_years_are_known(name: bytes, day: bytes) -> None:
    file = FILE.replace(b"Record URL", name, 1).replace(b"Draft Date", day, 1)
    assert len(read(file, "a.csv")) == 2
