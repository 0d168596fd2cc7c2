"""From the values of a record to a cable."""

import pytest

from cable_tui.base.cable import Location, RawCable
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.tables import table_record

PLACE = Location("a", 0, 1)
SENT = "R 031848Z FEB 09\nFM AMEMBASSY PORT AMITY\nTO SECSTATE WASHDC"
TEXT = "S E C R E T PORT AMITY 000012\n\nSUBJECT: TOLLS\n\n1. (S) Paid."


def made(**facts: str) -> RawCable:
    return table_record.cable(
        {"refid": "09PORTAMITY12", **facts}, "table-csv", PLACE, "month first"
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("SECRET,NOFORN", "SECRET//NOFORN"),
        ("UNCLASSIFIED, FOR OFFICIAL USE ONLY", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        (" UNCLASSIFIED (1339531 documents)", "UNCLASSIFIED"),
        ("Confidential", "CONFIDENTIAL"),
        ("-- N/A or Blank -- (3 documents)", "SECRET"),
        ("NaN", "SECRET"),
        ("", "SECRET"),
    ],
)
def test_a_class_is_written_as_on_the_pages_of_2010(given: str, expected: str) -> None:
    assert made(classification=given, body=TEXT).classification == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("IZ - Iraq | PREL - External; Political", ("IZ", "PREL")),
        ("PREL, PGOV", ("PREL", "PGOV")),
        ("PREL PGOV", ("PREL", "PGOV")),
        ("PREL; PGOV", ("PREL", "PGOV")),
        ("EMIN, BL, (MORAN, J ANTHONY)", ("EMIN", "BL", "MORAN, J ANTHONY")),
        (
            '["EMIN", "MORAN, J ANTHONY", "US FOREIGN POLICY"]',
            ("EMIN", "MORAN, J ANTHONY", "US FOREIGN POLICY"),
        ),
        ("['PREL', 'PGOV KDEM', \"O'HARA, M\"]", ("PREL", "PGOV", "KDEM", "O'HARA, M")),
        ("{PREL,PGOV}", ("PREL", "PGOV")),
        ('["PREL PGOV"]', ("PREL", "PGOV")),
        ("BL | EXECUTIVE ORDER: GS 19850108 MONTAGUE, RALPH R", ("BL",)),
        ("EMIN, BL, EXECUTIVE ORDER: GS", ("EMIN", "BL")),
        ("BL | US FOREIGN POLICY | (MORAN, J)", ("BL", "US FOREIGN POLICY", "MORAN, J")),
        ("-- Not Assigned --", ()),
    ],
)
def test_tags_are_codes_however_they_are_listed(given: str, expected: tuple[str, ...]) -> None:
    assert made(tags=given).tags == expected


def test_concepts_are_tags_where_they_are_codes() -> None:
    assert made(concepts="HOLIDAY, PREL").tags == ("PREL",)


def test_header_and_body_stand_in_two_columns_or_run_on_in_one() -> None:
    for raw in (made(header=SENT, body=TEXT), made(content=f"{SENT}\n\n{TEXT}")):
        assert (raw.header, raw.body) == (SENT, TEXT)


def test_a_text_with_each_link_on_its_own_line_is_joined() -> None:
    raw = made(text=f"{SENT}\nSECRET PORT AMITY 12\n\nTAGS: \nPREL\n \nMO\n\n¶\n1. (S) Paid.")
    assert raw.body == "SECRET PORT AMITY 12\n\nTAGS: PREL MO\n\n1. (S) Paid."


def test_the_raw_text_of_the_history_lab_holds_what_its_body_lacks() -> None:
    body = "1. (S) Paid."
    head = TEXT.removesuffix(body)
    for raw_text in (f"{SENT}\n\n{head}", f"{SENT}\n\n{TEXT}"):
        raw = made(rawbody=raw_text, body=body)
        assert raw.header == SENT
        assert raw.body.split() == TEXT.split()


def test_a_raw_text_that_is_the_header_alone_is_one() -> None:
    raw = made(rawbody="CONFIDENTIAL  PAGE 01  PORT A 00012  031848Z", body="1. (S) Paid.")
    assert (raw.header, raw.body) == (
        "CONFIDENTIAL  PAGE 01  PORT A 00012  031848Z",
        "1. (S) Paid.",
    )


def test_references_are_ids_and_what_people_type() -> None:
    raw = made(references="66STATE106206|06ASTANA|73 STATE 66001|n/a|")
    assert raw.references == ("66STATE106206", "06ASTANA", "73STATE66001")


def test_an_origin_of_another_archive_is_named_as_the_site_names_it() -> None:
    given = {"docnbr": "1973LIMA02545", "fromfield": "LIMA"}
    assert table_record.cable(given, "foia-csv", PLACE, "day first").origin == "Embassy Lima"
    assert made(origin="Embassy Port Amity").origin == "Embassy Port Amity"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"canonicalid": " 10BAGHDAD3379_a"}, "10BAGHDAD3379"),
        ({"docid": "1974TEHRAN A-100"}, "1974TEHRAN A-100"),
        ({"url": "http://wikileaks.org/cable/2009/02/09LIMA27.html"}, "09LIMA27"),
    ],
)
def test_ids_are_kept_as_given(facts: dict[str, str], expected: str) -> None:
    assert table_record.cable(facts, "table-csv", PLACE, "day first").reference_id == expected


def test_a_record_without_an_id_is_broken() -> None:
    with pytest.raises(BrokenRecord, match="no reference"):
        table_record.cable({"body": "text"}, "table-csv", PLACE, "day first")


def test_a_time_in_a_column_of_its_own_belongs_to_the_day() -> None:
    assert made(date="2/3/2009", time="18:48").created == "2009-02-03 18:48"


def test_a_text_in_quotes_loses_them_only_as_a_pair() -> None:
    assert table_record.plain('"A"') == "A"
    assert table_record.plain('THE "A"') == 'THE "A"'


def test_a_record_without_its_text_says_where_it_is_or_is_broken() -> None:
    facts = {"locator": "TEXT ON MICROFILM (3 documents)"}
    raw = table_record.without_text(made(), facts)
    assert raw.remarks == (("Text", "not in the archive: TEXT ON MICROFILM"),)
    with pytest.raises(BrokenRecord, match="09PORTAMITY12: its text is missing from the file"):
        table_record.without_text(made(), {"locator": "TEXT ONLINE"})


@pytest.mark.parametrize("post", ["10-CAIRO-203", "10_cairo_0203", "#10CAIRO203"])
def test_an_id_in_parts_is_that_of_its_cable(post: str) -> None:
    assert made(refid=post, body=TEXT).reference_id == "10CAIRO203"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (TEXT.ljust(table_record.CELL, "x"), True),
        (TEXT.ljust(table_record.CELL - 1, "x"), False),
        (TEXT.ljust(table_record.CELL + 1, "x"), False),
        (f"{TEXT}😀".ljust(table_record.CELL - 1, "x"), True),
        (f"{TEXT}\r\n".ljust(table_record.CELL + 1, "x"), True),
        ("", False),
    ],
)
def test_a_text_that_fills_a_cell_of_excel_is_cut_off(text: str, cut: bool) -> None:
    assert made(body=text).cut_off is cut
    assert made(header=text, body="1. (U) Paid.").cut_off is cut
