"""A cable for Python: paragraphs by their printed numbers, who speaks, what is protected."""

from __future__ import annotations

from datetime import date

import pytest

import cable_tui as ct


def test_a_paragraph_is_found_by_its_printed_number(archive: ct.Archive) -> None:
    cable = archive["04PORTAMBER305"]
    third = cable.paragraphs[3]
    assert third.text.startswith("The Kettle Rocks are two stones")
    assert (third.ref, third.marking) == ("04PORTAMBER305#3", "SBU")
    assert cable.paragraphs["3"].text == third.text
    assert [paragraph.label for paragraph in cable.paragraphs if paragraph.label][:3] == list("123")
    assert len(cable.paragraphs) == len([*cable.paragraphs])
    assert third.cite("reference") == "04PORTAMBER305 ¶3"


def test_a_cable_has_its_facts_and_citations(archive: ct.Archive) -> None:
    cable = archive["https://wikileaks.org/cable/2004/09/04PORTAMBER305.html"]
    assert (cable.date, cable.origin) == (date(2004, 9, 20), "Embassy Port Amber")
    assert cable.cite("link").endswith("/2004/09/04PORTAMBER305.html")
    assert cable.as_json()["reference_id"] == cable.ref
    assert repr(cable).startswith("<Cable 04PORTAMBER305: FISHERIES MINISTER DRAY")


@pytest.mark.tool("voices")
def test_a_paragraph_says_who_speaks(archive: ct.Archive) -> None:
    voices = archive["08SANTORIEL27"].paragraphs[4].voices
    assert voices[0].kind == "comment"
    assert voices[0].text.startswith("Comment: The sketches would have shown")


@pytest.mark.tool("protection")
def test_protection_requests_and_names_are_told(archive: ct.Archive) -> None:
    cable = archive["06PORTAMBER95"]
    assert [(each.paragraph, each.words) for each in cable.requests] == [("2", "please protect")]
    assert archive["04PORTAMBER305"].requests == ()
