"""The page of one record in the National Archives: a table of fields and their values."""

import pytest

from cable_tui import formats
from cable_tui.formats.base import CUT_OFF
from cable_tui.formats.tables.nara_record import FORMAT
from tests.formats.samples import DATA, NOWHERE, apart, cable, problem

PAGE = (DATA / "nara-record.html").read_text(encoding="utf-8")
TEXT = PAGE[PAGE.index("<tr><td>Message Text") : PAGE.index("</table>")]


def test_the_fields_and_the_text_are_a_telegram() -> None:
    raw = cable(PAGE.encode(), "a.html")
    assert raw.format == "nara-record-page"
    assert (raw.reference_id, raw.created, raw.origin) == (
        "1973LIMA02546",
        "1973-04-13",
        "Embassy Lima",
    )
    assert (raw.title, raw.tags) == ("BOATS & LAMPS", ("EFIS", "PE"))
    assert raw.classification == "CONFIDENTIAL"
    assert raw.header.startswith("R 131615Z APR 73\nFM AMEMBASSY LIMA\n")
    assert raw.body.startswith("C O N F I D E N T I A L LIMA 2546\n\nE.O. 11652: GDS\n")
    assert raw.body.endswith("\n\n1. THE HARBOR MASTER COUNTED 12 LAMPS.\nMONTAGUE")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<td>&nbsp;</td></tr>", "</tr>"),  # two columns
        ("<br />", "\n"),
        ("<td>Message Text</td><td>\n", "<td>Message Text</td><td><pre>"),
        ("td>", "TD>"),
        ("Field Title", "FIELD TITLE"),
        ("Document Number", "DOCUMENT NUMBER"),
        ("\n", "\r\n"),
    ],
)
def test_other_ways_to_write_the_table_say_the_same(old: str, new: str) -> None:
    raw, other = cable(PAGE.encode(), "a.html"), cable(PAGE.replace(old, new).encode(), "a.html")
    assert other.title == raw.title
    assert other.header.split("\n") == raw.header.split("\n")
    assert other.body.replace("\n", "") == raw.body.replace("\n", "")


@pytest.mark.parametrize(
    ("locator", "said"),
    [
        ("", "not in this record; film number D730070-0452"),
        (
            "TEXT ON MICROFILM",
            "not in this record; locator: text on microfilm; film number D730070-0452",
        ),
    ],
)
def test_a_record_without_a_text_says_where_it_is(locator: str, said: str) -> None:
    row = f"<tr><td>Locator</td><td>{locator}</td><td></td></tr>"
    raw = cable(PAGE.replace(TEXT, row).encode(), "a.html")
    assert raw.body == ""
    assert dict(raw.remarks) == {"Text": said}


def test_a_page_that_is_cut_off_says_so() -> None:
    (raw,), problems = apart(PAGE.partition("MONTAGUE")[0].encode(), "a.html")
    assert raw.cut_off
    assert [each.reason for each in problems] == [CUT_OFF]


def test_a_record_without_a_number_is_a_problem() -> None:
    data = PAGE.replace("\t\t1973LIMA02546\n", "\t\t&nbsp;\n").encode()
    assert "no document number" in problem(data, "a.html").reason
    with pytest.raises(formats.BrokenRecord, match="cut off before"):
        FORMAT.at(b"<html>", NOWHERE)


@pytest.mark.parametrize("title", ["Document Number", "Field Title"])
def test_records_of_other_series_are_left_alone(title: str) -> None:
    found = formats.sniff("a.html", PAGE.replace(title, "SERIAL NUMBER").encode())
    assert isinstance(found, formats.Skip)
