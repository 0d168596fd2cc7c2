"""The answers of the process that reads PDFs, to the byte."""

from __future__ import annotations

import subprocess

from cable_tui.formats.pdf.extract import PROBLEM, SIZE, TEXT
from cable_tui.formats.pdf.reader import COMMAND
from tests.formats.pdf.written import pdf


def asked(*pdfs: bytes) -> list[bytes]:
    given = b"".join(SIZE.pack(len(each)) + each for each in pdfs)
    done = subprocess.run(COMMAND, input=given, capture_output=True, timeout=60, check=True)
    answers, left = [], done.stdout
    while left:
        end = SIZE.size + SIZE.unpack(left[: SIZE.size])[0]
        answers.append(left[SIZE.size : end])
        left = left[end:]
    return answers


def test_each_pdf_has_one_answer_and_the_process_ends_with_its_input() -> None:
    answers = asked(pdf(["A"]), b"junk", pdf(["B"]), b"")
    assert [each[:1] for each in answers] == [TEXT, PROBLEM, TEXT, PROBLEM]
    assert answers[2] == TEXT + b"B"


def test_without_a_question_there_is_no_answer() -> None:
    assert asked() == []
