"""Telegrams of the National Archives: attributes and parts of their text, the list of a search."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import telegram
from cable_tui.base.cable import RawCable
from cable_tui.base.value import replace
from cable_tui.formats.nara import attributes, facts_of, joined
from tests.formats.samples import DATA, cable, cable_and_problem, cables, problem, read, wherever

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


@pytest.mark.parametrize(
    ("lost", "line", "reason"),
    [
        (
            b"Message Attributes",
            1,
            "there is no line 'Message Attributes': the file is cut off before it",
        ),
        (b"Document Number: 1973LIMA02545", 46, "no document number"),
    ],
)
def test_a_missing_part_is_a_problem(lost: bytes, line: int, reason: str) -> None:
    found = problem(FILE.replace(lost, b""), "a.txt")
    assert (found.line, found.reason) == (line, reason)


def test_without_its_heading_the_text_is_what_stands_above_the_attributes() -> None:
    assert cable(FILE.replace(b"Message Text", b""), "a.txt").body == cable(FILE, "a.txt").body


def test_attributes_alone_are_a_cable_of_facts() -> None:
    file = FILE[FILE.index(b"                              Message Attr") :]
    raw = cable(file.replace(b"TEXT ON-LINE", b"ON MICROFILM"), "a.txt")
    assert (raw.reference_id, raw.body, raw.header) == ("1973LIMA02545", "", "")
    assert raw.tags == ("EFIS", "PE")
    assert raw.remarks == (("Text", "not in this record; locator: on microfilm"),)


def dense(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


HEADS = {
    "without FM": FILE.replace(b"FM AMEMBASSY LIMA\n", b""),
    "without addressees": re.sub(rb"TO SECSTATE.*\nINFO.*\nCONFIDENTIAL\n", b"", FILE),
    "a misspelt class": FILE.replace(b"C O N F I D E N T I A L", b"CONFIDNETIAL"),
    "a class of another spelling": FILE.replace(
        b"C O N F I D E N T I A L", b"LIMITED OFFFICIAL USE"
    ),
    "without its class": FILE.replace(b"C O N F I D E N T I A L LIMA 2545\n", b""),
    "a page break among the addressees": FILE.replace(
        b"INFO AMEMBASSY QUITO\n",
        b"INFO AMEMBASSY QUITO\nCONFIDENTIAL\n\nPAGE 02  LIMA 02545  121830Z\n\nAMEMBASSY ROME\n",
    ),
}


@pytest.mark.parametrize("file", HEADS.values(), ids=HEADS)
def test_a_damaged_head_is_still_parted_from_the_text(file: bytes) -> None:
    raw = cable(file, "a.txt")
    assert telegram.facts_of(raw).created == "1973-04-12T16:15Z"
    assert raw.classification == "CONFIDENTIAL"
    assert "E.O. 11652" in raw.body[:90]
    assert "AMEMBASSY" not in raw.body


def test_without_a_day_the_year_is_that_of_the_document_number() -> None:
    raw = cable(FILE.replace(b"Draft Date: 12 APR 1973\n", b""), "a.txt")
    assert "73STATE66001" in [each.reference_id for each in telegram.parse(raw).references]


@pytest.mark.parametrize(
    ("text", "locator", "remark"),
    [
        (b"", b"TEXT ON-LINE", "not in this record; locator: text online"),
        (
            b"MRN: 1973LIMA002545  SEGMENT NUMBER: 000001  EXPAND ERROR ENCOUNTERED\n",
            b"TEXT ON-LINE",
            "not in this record; the National Archives could not read it; locator: text online",
        ),
    ],
)
def test_a_stamp_or_an_error_is_no_text(text: bytes, locator: bytes, remark: str) -> None:
    start, end = (
        FILE.index(b"                          CONF"),
        FILE.index(b"                              Message Attr"),
    )
    raw = cable((FILE[:start] + text + FILE[end:]).replace(b"TEXT ON-LINE", locator), "a.txt")
    assert raw.body == ""
    assert raw.remarks == (("Text", remark),)


_TO = FILE.index(b"INFO AMEMBASSY QUITO\n") + len(b"INFO AMEMBASSY QUITO\n")


@pytest.mark.parametrize(
    "rest",
    [
        b"",
        b"CONFIDENTIAL\n\n\nNNNN\n",
        b"CONFIDENTIAL\n\nPAGE 02        LIMA    02545  121830Z\n\nAMEMBASSY ROME\n\nNNNN\n",
        b"CONFIDENTIAL\n\nTEXT FOR THIS MRN IS UNAVAILABLE\n",
    ],
)
def test_a_header_alone_has_neither_a_body_nor_a_signer(rest: bytes) -> None:
    end = FILE.index(b"Declassified/Released", _TO)
    raw = cable(FILE[:_TO] + rest + FILE[end:], "a.txt")
    found = telegram.parse(raw)
    unread = "; the National Archives could not read it" if b"UNAVAILABLE" in rest else ""
    assert (raw.body, found.body.signed_by, found.body.paragraphs) == ("", (), ())
    assert [each.name for each in found.header.to] == ["SECSTATE WASHDC"]
    assert raw.remarks == (("Text", f"not in this record{unread}; locator: text online"),)


PRINTED = {
    "as it is": FILE,
    "blank lines lost": re.sub(rb"\n\s*\n", b"\n", FILE),
    "blanks at line starts lost": re.sub(rb"(?m)^[ \t]+", b"", FILE),
    "indented": re.sub(rb"(?m)^", b"        ", FILE),
    "form feeds before stamps": FILE.replace(
        b"Declassified/Released US", b"\fDeclassified/Released US"
    ),
    "page numbers": FILE.replace(b"PAGE 02", b"1\n\fPAGE 02").replace(b" << END", b"2\n\f << END"),
    "stamps on several lines": FILE.replace(
        b"Declassified/Released US", b"Declassified/Released\nUS"
    ),
    "Windows line endings": FILE.replace(b"\n", b"\r\n"),
    "old Macintosh line endings": FILE.replace(b"\n", b"\r"),
    "no-break blanks": FILE.replace(b"  ", b"\xc2\xa0 "),
    "UTF-16": FILE.decode().encode("utf-16"),
    "a mark at the start": b"\xef\xbb\xbf" + FILE,
}


@pytest.mark.parametrize("file", PRINTED.values(), ids=PRINTED)
def test_however_the_text_was_taken_out_it_is_the_same_telegram(file: bytes) -> None:
    raw, usual = cable(file, "a.txt"), cable(FILE, "a.txt")
    assert dense(raw.body) == dense(usual.body)
    assert dense(raw.header) == dense(usual.header)
    raw_facts, usual_facts = (
        replace(each, header="", body="", location=usual.location) for each in (raw, usual)
    )
    assert raw_facts == usual_facts
    body = telegram.parse(raw).body
    assert body.signed_by == ("MONTAGUE",)
    assert [each.text for each in body.paragraphs] == [
        "THE HARBOR MASTER COUNTED 12 BOATS.",
        "HE WILL COUNT THEM AGAIN.",
    ]


def test_a_page_line_in_two_is_out_of_the_text() -> None:
    raw = cable(FILE.replace(b"PAGE 02        LIMA", b"PAGE 02\n\nLIMA"), "a.txt")
    assert telegram.parse(raw).body.paragraphs[0].text.endswith("BOATS.")


OTHER = FILE.replace(b"02545", b"02546").replace(b"TWELVE", b"THIRTEEN")
STAMP_LINE = b"Declassified/Released US Department of State EO Systematic Review 30 JUN 2005\n"
FACTS = FILE[FILE.index(b"                              Message Attributes") :]


@pytest.mark.parametrize(
    "between", [b"", b"\n", b"\n\n\n", b"\x0c", b"\n" + STAMP_LINE + b"\x0c" + STAMP_LINE]
)
def test_messages_in_one_file_are_read_as_if_alone(between: bytes) -> None:
    alone = [cable(page, "a") for page in (FILE, OTHER, FILE)]
    assert wherever(cables(between.join([FILE, OTHER, FILE]), "all.txt")) == wherever(alone)


def test_attributes_without_a_message_are_a_record_of_their_own() -> None:
    found = read(FILE + FACTS + OTHER, "all.txt")
    cables = [each.reference_id for each in found if isinstance(each, RawCable)]
    assert len(found) == 3
    assert {"1973LIMA02545", "1973LIMA02546"} <= set(cables)


def test_a_second_heading_without_attributes_or_a_stamp_is_a_problem() -> None:
    quoting = FILE.replace(b"2. HE WILL", b"\n   Message Text\n\n2. HE WILL")
    raw, lost = cable_and_problem(quoting, "a.txt")
    assert "2. HE WILL COUNT" in raw.body
    assert lost.line == quoting[: quoting.rindex(b"Message Text")].count(b"\n") + 1


def test_a_message_cut_off_before_another_does_not_hide_it() -> None:
    cut = FILE[: FILE.index(b"NNNN")] + b"\x0c" + STAMP_LINE + b"\n" + OTHER
    raw, _ = cable_and_problem(cut, "all.txt")
    assert raw.reference_id == "1973LIMA02546"


STAMP = "Declassified/Released US Department of State EO Systematic Review 20 Mar 2014"


@pytest.mark.parametrize(
    ("lines", "key", "value"),
    [
        pytest.param("From: LIMA", "from", "LIMA", id="plain"),
        pytest.param("      From: LIMA", "from", "LIMA", id="indented"),
        pytest.param("From :   LIMA  ", "from", "LIMA", id="blanks"),
        pytest.param("TAGS: EFIS,\nPE\nTo: STATE", "tags", "EFIS, PE", id="further lines"),
        pytest.param(
            "Subject: A\nNOTE: B\nTo: X", "subject", "A NOTE: B", id="a colon in capitals"
        ),
        pytest.param(f"TAGS: EFIS,\n{STAMP}\nPE", "tags", "EFIS, PE", id="a stamp between"),
        pytest.param(
            f"TAGS: EFIS,\n\tAnn B. Example\n\t{STAMP.replace(' US', chr(10) + 'US')}\nPE",
            "tags",
            "EFIS, PE",
            id="a stamp on several lines",
        ),
        pytest.param("Reference: N/A", "reference", "", id="nothing"),
        pytest.param("From: A\nFrom: B", "from", "A", id="twice"),
        pytest.param(f"Markings: {STAMP}", "released", "2014-03-20", id="the day of the stamp"),
    ],
)
def test_a_value_is_found_by_its_key(lines: str, key: str, value: str) -> None:
    assert attributes(lines)[key] == value


def test_of_1977_the_day_is_that_of_sending() -> None:
    facts = {"document number": "1977LIMA00012", "sent date": "01-Jan-1977 12:00:00 am"}
    assert facts_of(facts, "").created == "01-Jan-1977 12:00:00 am"


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        pytest.param({}, "not in this record", id="nothing is said"),
        pytest.param(
            {"locator": "ON MICROFILM", "film number": "D770001-0012"},
            "not in this record; locator: on microfilm; film number D770001-0012",
            id="on film",
        ),
        pytest.param(
            {"review action": "WITHDRAWN", "review exemptions": "B1"},
            "not in this record; review: withdrawn; exemptions: B1",
            id="withdrawn",
        ),
        pytest.param(
            {"locator": "TEXT ON-LINE", "review action": "RELEASED, APPROVED"},
            "not in this record; locator: text online",
            id="said to be there",
        ),
    ],
)
def test_where_a_missing_text_is_is_a_remark(said: dict[str, str], remark: str) -> None:
    facts = facts_of({"document number": "1977LIMA00012", **said}, " \n")
    assert facts.remarks == (("Text", remark),)
    assert not facts.has_body


def test_a_text_that_is_there_needs_no_remark() -> None:
    facts = {"document number": "1977LIMA00012", "locator": "ON MICROFILM"}
    assert facts_of(facts, "FM AMEMBASSY LIMA\nUNCLAS LIMA 12\nA").remarks == ()
    assert facts_of(facts, "ERROR READING TEXT INDEX FILE").remarks
    assert facts_of({**facts, "locator": "TEXT ON-LINE"}, "WHATEVER").remarks == ()


@given(st.text(alphabet="Aa:\n /()TAGS", max_size=200))
def test_any_lines_have_attributes(lines: str) -> None:
    assert all(isinstance(value, str) for value in attributes(lines).values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A\n\fB\n", "A\n\nB\n", id="form feeds are line breaks"),
        pytest.param("A\n 1\n\fB\n 2\n", "A\n\n\nB\n\n", id="numbers at the foot"),
        pytest.param("Page 1 of 2\nA\n\f- 2 -\nB", "\nA\n\n\nB", id="numbers at the head"),
        pytest.param("A\n\f70\nB", "A\n\n70\nB", id="a number that is not the page's"),
        pytest.param("A\n1\nB\n\fC", "A\n1\nB\n\nC", id="a number within a page"),
        pytest.param("A\n1\n", "A\n1\n", id="no pages at all"),
        pytest.param("A\r\n1\r\n\fB", "A\r\n\n\nB", id="Windows line endings"),
    ],
)
def test_pages_are_joined_without_their_numbers(text: str, expected: str) -> None:
    assert joined(text) == expected


@given(st.text(alphabet="A1 \f\nPage-of/", max_size=80))
def test_no_word_is_lost(text: str) -> None:
    assert joined(text).count("A") == text.count("A")
    assert "\f" not in joined(text)
