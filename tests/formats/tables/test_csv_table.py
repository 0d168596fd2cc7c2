"""A table as CSV, read by its columns."""

import zlib
from io import BytesIO

import pytest

from cable_tui.cable import Problem, RawCable
from cable_tui.formats import Kept, key, row_reader
from cable_tui.formats.base import Record
from cable_tui.formats.tables.csv_table import CsvTable
from tests.formats.samples import DATA, problem, read

FILE = (DATA / "table.csv").read_bytes()
UTF16 = FILE.decode().encode("utf-16-be")


def test_columns_are_found_by_their_headings() -> None:
    first, second = read(FILE, "a.csv")
    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    assert (first.reference_id, first.created) == ("09PORTAMITY12", "2009-02-03 18:48")
    assert (first.classification, first.origin) == ("CONFIDENTIAL", "Embassy Port Amity")
    assert (first.title, first.tags) == ("HARBOR TOLLS", ("PREL", "AL"))
    assert first.header.startswith("R 031848Z FEB 09\nFM")
    assert first.body.startswith("C O N F I D E N T I A L PORT AMITY 000012\n\nTAGS: PREL")
    assert '1. (C) The "toll" is paid; so it\'s done.' in first.body
    assert second.reference_id == "09PORTAMITY77"


@pytest.mark.parametrize("data", [FILE, UTF16], ids=["UTF-8", "UTF-16"])
def test_known_rows_are_kept_at_their_places(data: bytes) -> None:
    form = row_reader("table-csv")
    assert form is not None
    first, second = CsvTable().records(BytesIO(data), "a.csv")
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    part = data[second.place.offset : second.place.offset + second.place.length]
    assert second.crc == zlib.crc32(part)
    known = {key(len(part), second.crc)}
    again = list(form.again(BytesIO(data), "a.csv", known))
    assert again == [first, Kept(second.place.offset, len(part), second.crc, second.line)]


def test_a_row_without_an_id_is_a_problem() -> None:
    (_, second) = read(FILE.replace(b"09PORTAMITY77", b"", 1), "a.csv")
    assert isinstance(second, Problem)
    assert second.reason.startswith("no reference")


def test_an_empty_text_is_said_once() -> None:
    rows = b"".join(b"09LIMA%d,2009-02-13,\n" % number for number in range(1, 4))
    found = read(b"refid,date,body\n" + rows, "a.csv")
    assert [item.reference_id for item in found if isinstance(item, RawCable)] == [
        "09LIMA1",
        "09LIMA2",
        "09LIMA3",
    ]
    (problem,) = (item for item in found if isinstance(item, Problem))
    assert problem.reason.startswith("3 records have no text, the first is 09LIMA1")


def test_a_file_whose_rows_cannot_be_told_is_a_problem() -> None:
    (problem,) = read(b'1;13.02.2009;09LIMA1;"S E C', "a.csv")
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("it is no table of cables")


FOIA_FILE = (DATA / "foia.csv").read_bytes()


def two(data: bytes) -> tuple[RawCable, RawCable]:
    first, second = read(data, "a.csv")
    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    return first, second


def test_columns_of_the_history_lab_are_found_by_their_headings() -> None:
    first, second = two(FOIA_FILE)
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
    plain, marked = two(FOIA_FILE), two(b"\xef\xbb\xbf" + FOIA_FILE.replace(b"\n", b"\r\n"))
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
    first, second = read(FOIA_FILE.replace(old, new, 1), "a.csv")
    assert (first.reason if isinstance(first, Problem) else "") == reason
    assert isinstance(second, RawCable)
    assert second.reference_id == "1973STATE089296"


def test_text_between_rows_is_told() -> None:
    found = read(FOIA_FILE + b"\nword\n", "a.csv")
    assert isinstance(found[2], Problem)
    assert found[2].reason == "text outside of any row"


def test_headings_without_a_number_are_a_problem() -> None:
    row = FOIA_FILE.index(b'"1973STATE')
    data = b"doc_nbr,body\n" + FOIA_FILE[row:]
    assert problem(data, "a.csv").reason == "the row has 9 columns, the headings 2"
