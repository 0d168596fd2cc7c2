"""A table as CSV, read by its columns."""

import zlib
from io import BytesIO

import pytest

from cable_tui.cable import Problem, RawCable
from cable_tui.formats import Kept, key, row_reader
from cable_tui.formats.base import Record
from cable_tui.formats.tables.csv_table import CsvTable
from tests.formats.samples import DATA, read

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
