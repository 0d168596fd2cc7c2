"""A document's page of history.state.gov, saved: read as its volume has it."""

from io import BytesIO

import pytest

from cable_tui import formats
from cable_tui.base.cable import RawCable
from cable_tui.base.value import replace
from cable_tui.formats.base import CUT_OFF, LONGEST_PAGE, Record
from cable_tui.formats.frus.page import FORMAT
from cable_tui.formats.frus.volume import NO_TELEGRAM
from tests.formats.frus.volumes import cables, document, volume
from tests.formats.samples import DATA, NOWHERE, apart, cable, read

PAGE = (DATA / "frus-page.html").read_text(encoding="utf-8")
ADDRESS = PAGE.split("\n")[1]
SOURCE = (
    "Source: Department of State, Central Files, 674.00/3–457. Confidential; Priority."
    " Repeated to London."
)
TWIN = f"""<head>11. Telegram From the Embassy in Ruritania to the Department of State
<note n="1" type="source">{SOURCE}</note></head>
<dateline><hi><placeName>Strelsau</placeName>,
<date when="1957-03-04T21:30:00">March 4, 1957—9:30 p.m.</date></hi></dateline>
<p>951. Reference Embtel 942.<note n="2">See
<ref target="frus1955-57v97p2#d1">Document 1</ref>.</note>
<persName>Rassendyll</persName> called &amp; spoke <hi>in camera</hi>
<pb n="41"/>about the lamps.</p>
<p>He asked for these things:</p><list><item>a loan;</item><item>a visit.</item></list>
<closer><signed><persName>Tarlenheim</persName></signed></closer>"""
"""The same document in TEI, without what the site does not show."""


def page(text: str, path: str = "a.html") -> RawCable:
    return cable(text.encode(), path)


def test_a_page_says_what_its_volume_says() -> None:
    own_id = ' xml:id="frus1955-57v97p2"'
    (twin,) = cables(volume(document(11, TWIN), id_=own_id))
    raw = page(PAGE)
    assert raw.format == "frus-page"
    assert raw.created == "1957-03-04 21:30"
    assert replace(raw, format="frus", location=NOWHERE) == replace(twin, location=NOWHERE)


@pytest.mark.parametrize(
    ("address", "path", "own"),
    [
        (ADDRESS, "x.html", "frus1955-57v97p2/d11"),
        (
            '<link rel="canonical" href="/historicaldocuments/frus1950v01/d7"/>',
            "x.html",
            "frus1950v01/d7",
        ),
        ("", "history.state.gov/historicaldocuments/frus1861/d10", "frus1861/d10"),
        ("", "frus1955-57v17-d89.html", "frus1955-57v17/d89"),
        ("", "x.html", "frus1955-57v97p2/d11"),
    ],
)
def test_the_id_is_that_of_the_address_the_name_or_the_heading(
    address: str, path: str, own: str
) -> None:
    assert page(PAGE.replace(ADDRESS, address), path).reference_id == own


@pytest.mark.parametrize(
    "text",
    [
        PAGE.replace("/d11 -->", "/ch3 -->"),
        PAGE.replace("tei-head7", "title"),
        PAGE.replace("historicaldocuments/frus", "historicaldocuments/x"),
        PAGE.replace(ADDRESS, "").replace(">11. Telegram", ">Telegram"),
    ],
)
def test_a_page_of_no_document_is_left_alone(text: str) -> None:
    assert isinstance(formats.sniff("a.html", text.encode()), formats.Skip)


def test_a_record_that_has_changed_is_broken() -> None:
    with pytest.raises(formats.BrokenRecord, match="without a volume"):
        FORMAT.at(b"<html>", NOWHERE)


@pytest.mark.parametrize(
    ("printed", "created"),
    [
        ("April 2, 1971, 2311Z", "1971-04-02 23:11"),
        ("May 3, 1970, noon", "1970-05-03"),
        ("June 31, 1970", ""),
        ("undated", ""),
        ("December 1, 1948—5&nbsp;a. m.", "1948-12-01"),
        ("December 1, 1948—5 a.m.", "1948-12-01 05:00"),
    ],
)
@pytest.mark.parametrize("span", ['<span class="tei-date">', "<span>"])
def test_the_day_is_read_from_its_words(span: str, printed: str, created: str) -> None:
    text = PAGE.replace('<span class="tei-date">', span)
    assert page(text.replace("March 4, 1957—9:30 p.m.", printed)).created == created


def test_other_documents_are_left_alone_as_in_a_volume() -> None:
    for heading, left in (("Telegram", ""), ("Memorandum", NO_TELEGRAM)):
        data = PAGE.replace("11. Telegram", f"11. {heading}").encode()
        (found,) = FORMAT.records(BytesIO(data), "a.html")
        assert isinstance(found, Record)
        assert found.left == left


@pytest.mark.parametrize("end", ["<ul class=", "</li></ul>", '<li class="footnote" id="fn:2_7"'])
def test_a_page_that_is_cut_off_says_so(end: str) -> None:
    (raw,), problems = apart(PAGE.partition(end)[0].encode(), "a.html")
    assert raw.cut_off
    assert [each.reason for each in problems] == [CUT_OFF]
    assert raw.body.startswith("951. Reference Embtel 942.[2] Rassendyll called")


def test_tags_that_are_not_closed_or_not_opened_lose_no_words() -> None:
    text = PAGE.replace("a loan;</li>", "a loan;</b></li>").replace(
        "<span class=", "<b><span class="
    )
    assert page(text).body == page(PAGE).body
    deep = PAGE.replace("He asked", "<div>" * 500 + "He asked")
    assert "He asked for these things:" in page(deep).body


def test_a_paragraph_in_the_middle_and_an_inline_note_are_as_in_tei() -> None:
    text = PAGE.replace('<p class="tei-p3">He asked', '<p class="tei-p1 center">He asked')
    text = text.replace(
        '<h4 class="tei-head7">', '<p class="tei-note1">874.001: Telegram</p><h4 class="tei-head7">'
    )
    raw = page(text)
    assert raw.header.startswith("874.001: Telegram")
    assert raw.edition is not None
    assert [each.label for each in raw.edition.paragraphs] == ["1", "2"]
    assert raw.edition.paragraphs[1].heading == "He asked for these things:"


def test_a_page_that_is_too_long_is_a_problem() -> None:
    (found,) = read(PAGE.encode() + b" " * LONGEST_PAGE, "a.html")
    assert "a page of more than" in str(found)
