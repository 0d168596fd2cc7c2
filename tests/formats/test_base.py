"""A file that is one record becomes a record or a problem."""

import zlib
from io import BytesIO

import pytest

from cable_tui.base.cable import UNKNOWN, Location, Problem, RawCable
from cable_tui.base.errors import ArchiveError
from cable_tui.base.value import replace
from cable_tui.formats.base import (
    CUT_OFF,
    HEAD,
    LONGEST_PAGE,
    BrokenRecord,
    ContentSize,
    PageFormat,
    Record,
    content_size,
)


class Echo(PageFormat):
    """A format whose files are their own body."""

    name = "echo"
    label = "a file that is its own body"

    def matches(self, path: str, head: bytes) -> bool:
        return path.endswith(".echo") and bool(head)

    def at(self, record: bytes, location: Location) -> RawCable:
        if not record:
            raise BrokenRecord("nothing in it", line=2)
        return RawCable("09X1", "", "", "", "", "", "", record.decode(), "echo", location)


def test_a_format_of_one_file_needs_no_repository() -> None:
    assert Echo().repository == UNKNOWN


def test_a_file_is_one_whole_record() -> None:
    (item,) = Echo().records(BytesIO(b"text"), "a/b")
    location = Location("a/b", 0, 4)
    assert item == Record(
        location, zlib.crc32(b"text"), 1, Echo().at(b"text", location), whole=True
    )


def test_a_broken_record_is_a_problem_at_its_line() -> None:
    assert list(Echo().records(BytesIO(b""), "a/b")) == [Problem("a/b", 3, "nothing in it")]


def test_a_file_too_long_for_a_page_is_a_problem() -> None:
    (item,) = Echo().records(BytesIO(bytes(LONGEST_PAGE + 1)), "a/b")
    assert item == Problem("a/b", 1, "a page of more than 8 MiB")


def test_a_broken_record_is_an_error_of_the_archive() -> None:
    assert issubclass(BrokenRecord, ArchiveError)
    assert str(BrokenRecord("why")) == "why"


def test_a_record_is_fetched_by_its_place_and_needs_nothing_else_of_the_file() -> None:
    file = BytesIO(b"one two")
    assert Echo().fetch(file, Location("a/b", 4, 3)) == b"two"
    assert Echo().context(file) == b""


def test_a_page_that_is_cut_off_is_a_record_and_a_problem() -> None:
    class Cut(Echo):
        def at(self, record: bytes, location: Location) -> RawCable:
            return replace(super().at(record, location), cut_off=True)

    problem, record = Cut().records(BytesIO(b"text"), "a/b")
    assert problem == Problem("a/b", 1, CUT_OFF)
    assert isinstance(record, Record)
    assert record.extent is not None
    assert record.extent.cut


def test_a_sign_of_another_format_beyond_what_sniff_saw_is_a_problem() -> None:
    data = b"text\n" * (HEAD // 5) + b"<h3>Viewing cable 09X2, A</h3>\n"
    record, problem = Echo().records(BytesIO(data), "a/b")
    assert isinstance(record, Record)
    assert isinstance(problem, Problem)
    assert problem.line == data.count(b"\n")
    assert problem.reason.startswith("a page of the WikiLeaks site begins here")


NOTE = "This record is a partial extract of the original cable. The full text is not available."


@pytest.mark.parametrize(
    ("header", "body", "expected"),
    [
        pytest.param("", "", ContentSize(0, 0, False), id="facts only"),
        pytest.param("FM X\n", " A text.\n", ContentSize(4, 7, False), id="blanks do not count"),
        pytest.param(NOTE, "A text.", ContentSize(len(NOTE), 7, True), id="the note in the header"),
        pytest.param("", NOTE, ContentSize(0, len(NOTE), True), id="the note in the body"),
        pytest.param("", "It breaks off...\n", ContentSize(0, 16, True), id="a beginning"),
        pytest.param(
            "", "x" * 700 + "...", ContentSize(0, 703, False), id="a long text may end so"
        ),
    ],
)
def test_sizes_and_cuts(header: str, body: str, expected: ContentSize) -> None:
    assert content_size(header, body) == expected
    assert content_size(header.encode(), body.encode()) == expected
