"""The answers of the process that reads PDFs, to the byte."""

from __future__ import annotations

from cable_tui.formats.child_process import Child
from cable_tui.formats.pdf.extract import PROBLEM, TEXT
from cable_tui.formats.pdf.reader import COMMAND
from tests.formats.pdf.written import pdf


def test_each_pdf_has_one_answer() -> None:
    child = Child(COMMAND)
    answers = [child.ask(each, 60) for each in (pdf(["A"]), b"junk", pdf(["B"]), b"")]
    child.close()
    assert [each[:1] for each in answers] == [TEXT, PROBLEM, TEXT, PROBLEM]
    assert answers[2] == TEXT + b"B"
