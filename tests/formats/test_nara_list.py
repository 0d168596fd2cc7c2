"""The list of a search of the National Archives: a cable for each row, without its text."""

from io import BytesIO

import pytest

from cable_tui import formats, telegram
from cable_tui.base.cable import Problem
from cable_tui.base.value import replace
from cable_tui.formats import nara_list
from cable_tui.formats.base import LONGEST_PAGE
from tests.formats.samples import DATA, cables, read, wherever

LIST = (DATA / "nara-list.csv").read_bytes()
PAGE = (DATA / "nara-list.html").read_bytes()


def test_a_row_is_a_cable_of_facts() -> None:
    raw, other = cables(LIST, "a.csv")
    assert (raw.reference_id, raw.created, raw.origin) == (
        "1973LIMA02545",
        "1973-04-12",
        "Embassy Lima",
    )
    assert raw.title == "A HARBOR MASTER COUNTS HIS BOATS"
    assert raw.tags == ("EFIS", "PE", "MONTAGUE, ANN")
    assert (raw.header, raw.body) == ("", "")
    assert other.title == '"TERNS" AND TERNS'
    assert telegram.canonical_id(other.reference_id) == "74VICTORIA12"
    assert other.origin == "Embassy Victoria"


def test_where_the_text_is_stands_beside_the_facts() -> None:
    raw, other = cables(LIST, "a.csv")
    assert dict(raw.remarks) == {
        "Text": "not in this list; its record: "
        "https://aad.archives.example/aad/createpdf?rid=1&dt=2474&dl=1345",
        "Film number": "D730070-0451",
        "To": "STATE",
        "Found": "THE HARBOR MASTER... COUNTED TWELVE",
    }
    assert list(dict(other.remarks)) == ["Text", "To"]


def test_a_list_in_utf_16_is_read_alike_and_again_from_its_place() -> None:
    coded = LIST.decode().encode("utf-16")
    found = cables(coded, "a.csv")
    assert wherever(found) == wherever(cables(LIST, "a.csv"))
    for raw in found:
        part = coded[raw.location.offset : raw.location.offset + raw.location.length]
        assert nara_list.FORMAT.at(part, raw.location) == raw


def test_rows_of_other_series_are_counted_in_one_problem() -> None:
    other = b"https://aad.archives.example/x?rid=3,NA,NA,NA,NA,NA,NA,NA,NA\n"
    found = read(LIST + other + other, "a.csv")
    assert len(found) == 3
    assert isinstance(found[2], Problem)
    assert found[2].line == 5
    assert found[2].reason.startswith("2 rows, starting here, have no document number")


def test_a_row_with_too_few_columns_is_a_problem() -> None:
    *_, last = read(LIST + b"https://aad.archives.example/x,12 APR 1973\n", "a.csv")
    assert isinstance(last, Problem)
    assert last.line == 5
    assert last.reason == (
        "a row with 2 of the 8 columns is not a record (https://aad.archives.example/x 12 APR "
        "1973): "
        "fetch the list again if a telegram is missing"
    )


def test_text_below_the_headings_is_a_problem() -> None:
    heading, _, rows = LIST.partition(b"\n")
    first, *_ = read(heading + b"\nsomething\n" + rows, "a.csv")
    assert first == Problem("a.csv", 2, "text outside any row")


@pytest.mark.parametrize("name", [b"Record URL", b"URL"])
@pytest.mark.parametrize("day", [b"Draft Date", b"Sent Date"])
def test_headings_of_other_years_are_known(name: bytes, day: bytes) -> None:
    file = LIST.replace(b"Record URL", name, 1).replace(b"Draft Date", day, 1)
    assert len(read(file, "a.csv")) == 2


# The saved page


def test_a_saved_page_of_results_is_read_as_its_csv_is() -> None:
    page, table = (wherever(cables(data, "a")) for data in (PAGE, LIST))
    assert [replace(each, remarks=()) for each in page] == [
        replace(each, remarks=(), format="nara-list-page") for each in table
    ]
    assert [dict(each.remarks) for each in page] == [
        {
            "Text": "not in this list; its record: "
            "https://aad.archives.gov/aad/createpdf?rid=1&dt=2474&dl=1345",
            "Film number": "D730070-0451",
            "To": "STATE",
            "Found": "THE HARBOR MASTER... COUNTED TWELVE PAGE 01",
        },
        {
            "Text": "not in this list; its record: https://aad.archives.example/aad/createpdf?rid=2",
            "To": "STATE",
        },
    ]


def test_columns_of_a_page_may_have_another_order() -> None:
    moved = PAGE.replace(b"<th>Film Number</th><th>From</th>", b"<th>From</th><th>Film Number</th>")
    moved = moved.replace(
        b"<td>D730070-0451</td><td>LIMA</td>", b"<td>LIMA</td><td>D730070-0451</td>"
    )
    assert wherever(cables(moved, "a.html"))[0] == wherever(cables(PAGE, "a.html"))[0]


def test_rows_of_a_page_that_say_too_little_are_problems() -> None:
    file = PAGE.replace(b"1973LIMA02545", b"NA").replace(b"<TD>NA</TD></TR>", b"</TR>")
    short, other = read(file, "a.html")
    assert isinstance(short, Problem)
    assert (short.line, short.reason[:29]) == (18, "a row with 8 of the 9 columns")
    assert isinstance(other, Problem)
    assert (other.line, other.reason[:26]) == (13, "1 rows, starting here, hav")


@pytest.mark.parametrize("lost", [b"createpdf?", b"Document&nbsp;Number"])
def test_another_page_with_such_a_table_is_none(lost: bytes) -> None:
    file = PAGE.replace(lost, b"").replace(b"\nMessage Text\n", b"Message Text")
    assert isinstance(formats.sniff("a.html", file), formats.Skip)


def test_a_page_that_is_too_long_says_so() -> None:
    long = BytesIO(PAGE + b" " * LONGEST_PAGE)
    (item,) = nara_list.PAGE.records(long, "a.html")
    assert isinstance(item, Problem)
