"""What is reported once of a table: how many records have no text, or that it has no records."""

from __future__ import annotations

from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.formats.tables.text_table import RowNotes, said
from tests.formats.samples import read


def cable(number: int, body: str) -> RawCable:
    location = Location("a", 0, 1)
    return RawCable(f"09LIMA{number}", "", "", "", "", "", "", body, "table-csv", location)


def test_cables_without_a_text_are_counted_and_the_first_is_named() -> None:
    notes = RowNotes()
    for number, body in enumerate(("text", " \n", "", "text"), 7):
        notes.see(cable(number, body), texts=True)
    notes.see(cable(12, ""), texts=False)
    reason = (
        "2 records have no text; the first is 09LIMA8: the text column is empty; the metadata is "
        "kept"
    )
    assert list(notes.problems("a")) == [Problem("a", 0, reason)]


def test_nothing_is_said_where_all_have_one() -> None:
    assert list(RowNotes().problems("a")) == []


def test_a_file_that_gives_nothing_is_a_problem() -> None:
    assert list(said(iter((1, 2)), "a")) == [1, 2]
    (found,) = said(iter(()), "a")
    assert isinstance(found, Problem)
    assert found.reason.startswith("it begins like a table of cables")


def test_cells_that_excel_cut_are_counted_for_the_file() -> None:
    long = "1. (U) Lamps.".ljust(32_767, "x")
    data = f"refid,date,body\n09LIMA1,2009-01-01,{long}\n09LIMA2,2009-01-02,Short.\n"
    found = read(data.encode(), "a.csv")
    (said,) = (each for each in found if isinstance(each, Problem))
    assert said.reason.startswith(
        "09LIMA1 has no end of the text: Excel cuts off cells after 32,767 characters"
    )
