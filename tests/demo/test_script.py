"""The demo's cables have what a newcomer should meet."""

import re

from cable_tui.demo import drafts

CABLES = {draft.reference_id: draft for draft in drafts()}


def test_there_are_about_forty_cables_over_several_years() -> None:
    assert 38 <= len(CABLES) <= 45
    assert {draft.created.year for draft in CABLES.values()} == set(range(2004, 2011))


def test_every_classification_of_the_site_occurs() -> None:
    assert {draft.classification for draft in CABLES.values()} == {
        "UNCLASSIFIED",
        "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        "CONFIDENTIAL",
        "CONFIDENTIAL//NOFORN",
        "SECRET",
        "SECRET//NOFORN",
    }


def test_an_id_agrees_with_its_date_and_its_originator_line() -> None:
    for draft in CABLES.values():
        assert draft.reference_id.startswith(f"{draft.created:%y}")
        if found := re.search(r"^DE \w+ #(\d{4})", draft.header, re.MULTILINE):
            serial = re.search(r"\d+$", draft.reference_id)
            assert serial
            assert int(found[1]) == int(serial[0]) % 10_000


def test_a_message_in_sections_has_its_page_breaks() -> None:
    body = CABLES["05PORTAMBER140"].body
    assert "SECTION 01 OF 03" in body
    assert re.findall(r"^PORT AMBER 00000140  (\d{3}) OF 003", body, re.MULTILINE) == ["002", "003"]
    assert body.rstrip().endswith("HALE")


def test_a_partial_extract_has_no_header_and_some_cables_were_used_by_articles() -> None:
    assert CABLES["08STATE99999"].header.startswith("This record is a partial extract")
    assert sum(bool(draft.articles) for draft in CABLES.values()) >= 4
