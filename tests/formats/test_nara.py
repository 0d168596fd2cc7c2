"""Telegrams of the National Archives as text: their attributes and their parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Problem, RawCable
from tests.formats.samples import DATA, cable, problem, read

FILE = (DATA / "nara.txt").read_bytes()


def test_attributes_are_the_facts() -> None:
    raw = cable(FILE, "a.txt")
    assert raw.reference_id == "1973LIMA02545"
    assert raw.created == "1973-04-12"
    assert raw.released == "2005-06-30"
    assert raw.classification == "CONFIDENTIAL"
    assert raw.origin == "Embassy Lima"
    assert raw.title == "A HARBOR MASTER COUNTS HIS BOATS"
    assert raw.references == ("73STATE66001", "73QUITO12")
    assert raw.format == "nara-text"


def test_the_body_begins_at_the_class_line_with_the_serial() -> None:
    raw = cable(FILE, "a.txt")
    assert raw.header.startswith("                          CONFIDENTIAL\n\nPAGE 01        LIMA")
    assert raw.header.endswith("INFO AMEMBASSY QUITO\nCONFIDENTIAL")
    assert raw.body.startswith("C O N F I D E N T I A L LIMA 2545\n\nE.O. 11652: GDS")


def test_pages_of_the_telegram_stay_and_stamps_of_the_archive_go() -> None:
    raw = cable(FILE, "a.txt")
    assert "PAGE 02        LIMA    02545  121830Z" in raw.body
    assert raw.body.endswith("MONTAGUE\n\nCONFIDENTIAL\n\nNNNN")
    assert "Declassified" not in raw.header + raw.body


def test_without_a_text_what_the_archive_says_stands_as_the_header() -> None:
    start, end = FILE.index(b"PAGE 01"), FILE.index(b"                              Message Attr")
    file = FILE[:start] + b"MRN: 1973LIMA002545  ERROR READING TEXT INDEX FILE;\n" + FILE[end:]
    raw = cable(file.replace(b"TEXT ON-LINE", b"TEXT ON MICROFILM"), "a.txt")
    assert raw.header.endswith("ERROR READING TEXT INDEX FILE;")
    assert raw.body == ""
    assert raw.title == "A HARBOR MASTER COUNTS HIS BOATS"


def test_windows_line_ends_change_nothing() -> None:
    raw = cable(FILE.replace(b"\n", b"\r\n"), "a.txt")
    assert (raw.header, raw.body) == (cable(FILE, "a.txt").header, cable(FILE, "a.txt").body)


@pytest.mark.parametrize(
    ("lost", "line", "reason"),
    [
        (b"Message Text", 1, "no line 'Message Text'"),
        (b"Message Attributes", 1, "no line 'Message Attributes'"),
        (b"Document Number: 1973LIMA02545", 46, "no document number"),
    ],
)
def test_a_missing_part_is_a_problem(lost: bytes, line: int, reason: str) -> None:
    found = problem(FILE.replace(lost, b""), "a.txt")
    assert (found.line, found.reason) == (line, reason)


@given(st.binary(max_size=100), st.integers(0, len(FILE)), st.integers(0, 100))
def test_any_damage_gives_a_cable_or_a_problem(junk: bytes, at: int, lost: int) -> None:
    (item,) = read(b"  Message Text\n" + FILE[:at] + junk + FILE[at + lost :], "a.txt")
    assert isinstance(item, (RawCable, Problem))
