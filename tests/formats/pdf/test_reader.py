"""The process that reads PDFs: whatever it meets, the next PDF is read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.child_process import patience
from cable_tui.formats.pdf.extract import ENCRYPTED, SCANNED
from cable_tui.formats.pdf.reader import Reader, reader
from tests.formats.pdf.written import pdf

ONE = pdf(["A TERN IS LATE"])


@pytest.fixture
def fresh() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def test_one_process_reads_many_pdfs(fresh: Reader) -> None:
    assert fresh.text(ONE) == "A TERN IS LATE"
    assert fresh.text(pdf(["ONE", "TWO"])) == "ONE\n\fTWO"
    assert fresh.child.started == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(pdf(["", ""]), SCANNED, id="scanned"),
        pytest.param(pdf(["A"], encrypted=True), ENCRYPTED, id="encrypted"),
        pytest.param(b"%PDF-1.4\n%%EOF\n", "a broken PDF", id="empty"),
        pytest.param(ONE[:300], "a broken PDF", id="cut off"),
        pytest.param(b"%PDF-1.4" + b"\xff" * 5000, "a broken PDF", id="junk"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(fresh: Reader, data: bytes, reason: str) -> None:
    with pytest.raises(BrokenRecord, match=reason.split(":", maxsplit=1)[0]) as raised:
        fresh.text(data)
    assert ":" in str(raised.value)
    assert fresh.text(ONE) == "A TERN IS LATE"


def program(answer: str) -> tuple[str, ...]:
    """The command of a process that has this answer to every PDF."""
    start = "import os, time; from cable_tui.formats.child_answers import answer_requests"
    return (sys.executable, "-c", f"{start}; answer_requests(lambda data: {answer})")


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    hangs = Reader(program("time.sleep(600)"), longest=0.2)
    with pytest.raises(BrokenRecord, match=r"more than 0\.2 seconds"):
        hangs.text(ONE)


def test_what_was_lost_is_counted_and_little_patience_is_kept_to() -> None:
    hangs = Reader(program("time.sleep(600)"))
    with patience(0.2) as waiting, pytest.raises(BrokenRecord, match=r"more than 0\.2 seconds"):
        hangs.text(ONE)
    assert waiting.lost >= 0.2


def test_a_pdf_that_ends_its_reader_is_given_up() -> None:
    dies = Reader(program("os._exit(75)"))
    with pytest.raises(BrokenRecord, match="ends its reader"):
        dies.text(ONE * 1000)


def test_a_reader_that_cannot_be_started_is_a_problem() -> None:
    with pytest.raises(BrokenRecord, match="does not start"):
        Reader(("/nowhere/python",)).text(ONE)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(ONE)), st.binary(max_size=40), st.integers(0, 60))
def test_any_damage_gives_a_text_or_a_reason(at: int, junk: bytes, lost: int) -> None:
    with suppress(BrokenRecord):
        assert isinstance(reader().text(ONE[:at] + junk + ONE[at + lost :]), str)
