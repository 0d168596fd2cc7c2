"""The text of a page: its lines, and blank lines where the page has them."""

from __future__ import annotations

import pytest

from cable_tui.formats.child_process import Child
from cable_tui.formats.pdf import COMMAND
from cable_tui.formats.pdf_process import PROBLEM, TEXT, TooMuchText, text_of
from tests.formats.written_pdf import pdf_of


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("ONE LINE", id="one"),
        pytest.param("A\nB\n\nC\nD\nE", id="a blank line"),
        pytest.param("A\nB\n\n\nC\nD\nE", id="two blank lines"),
        pytest.param("THE PIER IS DI-\nVIDED\nAT ITS END", id="a divided word"),
        pytest.param("(A) \\ TERN's", id="signs"),
    ],
)
def test_lines_stand_as_on_the_page(page: str) -> None:
    assert text_of(pdf_of([page])) == page


def test_a_wide_gap_is_no_more_than_four_blank_lines() -> None:
    assert text_of(pdf_of(["A\nB\nC" + "\n" * 30 + "D"])) == "A\nB\nC\n\n\n\n\nD"


def test_pages_are_parted_by_a_form_feed() -> None:
    assert text_of(pdf_of(["A", "", "C"])) == "A\n\f\n\fC"


def test_more_text_than_any_telegram_has_is_given_up() -> None:
    with pytest.raises(TooMuchText):
        text_of(pdf_of(["A TERN IS LATE"]), most=10)


def test_each_pdf_has_one_answer() -> None:
    child = Child(COMMAND)
    answers = [child.ask(each, 60) for each in (pdf_of(["A"]), b"junk", pdf_of(["B"]), b"")]
    child.close()
    assert [each[:1] for each in answers] == [TEXT, PROBLEM, TEXT, PROBLEM]
    assert answers[2] == TEXT + b"B"
