"""A document of an edition as a cable: what its mark-up says is taken, nothing is guessed."""

import pytest

from cable_tui import telegram
from cable_tui.base.cable import Edition, Paragraph, Reference
from cable_tui.base.value import replace
from cable_tui.telegram import edition, facts, top_fields, warnings
from tests.telegram.cables import record

ALSO = Reference("also", "cable", "57STRELSAU942", year_inferred=False, text="also")
CITED = Reference(None, "cable", "frus1955-57v97/d2", year_inferred=False, text="Document 2")
SAID = Edition(
    heading="Telegram From Strelsau",
    kind="telegram",
    number="942",
    day="1957-02-12",
    subject="Harbours",
    sender="Embassy in Ruritania",
    to=("Department of State",),
    info=("London",),
    precedences=("PRIORITY", "IMMEDIATE"),
    captions=("EYES ONLY",),
    signed_by=("SAPT",),
    notes=("[2] See it.",),
    paragraphs=(Paragraph("1", "par1", None, None, "942. One.", (0, 12)),),
    references=(CITED, ALSO),
)
RAW = record(
    "942. One.[2]\n\nSUBJECT: no label here\nTAGS: PREL",
    reference_id="frus1955-57v97/d1",
    created="1957-02-12 18:06",
    origin="Embassy in Ruritania",
    header="1. Telegram From Strelsau",
    edition=SAID,
)


def test_a_cable_is_what_the_edition_says() -> None:
    cable = telegram.parse(RAW)
    assert (cable.subject, cable.tags) == ("Harbours", ())
    assert cable.references == (CITED, ALSO)
    assert cable.header.sender == "Embassy in Ruritania"
    assert [each.name for each in cable.header.to] == ["Department of State"]
    assert [each.name for each in cable.header.info] == ["London"]
    assert (cable.header.precedence, cable.header.text) == ("IMMEDIATE", RAW.header)
    assert (cable.body.text, cable.body.notes) == (RAW.body, SAID.notes)
    assert (cable.body.signed_by, cable.body.captions) == (("SAPT",), ("EYES ONLY",))
    assert cable.body.paragraphs == SAID.paragraphs
    assert cable.warnings == ()
    assert edition.header_of(RAW) == cable.header
    assert edition.addressees_of(RAW) == (cable.header.to, cable.header.info)


@pytest.mark.parametrize(
    ("created", "iso", "source"),
    [
        ("1957-02-12 18:06", "1957-02-12T18:06", "page"),
        ("1957-02-12", "1957-02-12", "day only"),
        ("", "", "day only"),
    ],
)
def test_its_time_has_no_zone_and_right_minutes(created: str, iso: str, source: str) -> None:
    found = facts.facts_of(replace(RAW, created=created))
    assert (found.created, found.created_from) == (iso, source)


def test_the_catalogue_gets_the_same() -> None:
    known = facts.facts_of(RAW)
    top = top_fields.top_fields(RAW, known, frozenset())
    assert (top.subject, top.tags, top.references) == ("Harbours", (), (CITED, ALSO))
    assert facts.paragraph_count(RAW) == 1
    assert warnings.warnings(RAW, known, top) == ()


def test_damage_is_a_warning() -> None:
    (warning,) = telegram.parse(
        replace(RAW, edition=replace(SAID, damage="no element found"))
    ).warnings
    assert warning.code == "cut-off"


def test_a_file_that_was_altered_is_a_warning_too() -> None:
    damaged = replace(RAW, edition=replace(SAID, damage="no element found"), damaged=True)
    assert [each.code for each in telegram.parse(damaged).warnings] == ["damaged", "cut-off"]


def test_a_telegram_that_is_not_elsewhere_is_not_said_to_be() -> None:
    here, absent = replace(ALSO, in_archive=True), replace(ALSO, in_archive=False)
    assert edition.without_absent((CITED, here)) == (CITED, here)
    assert edition.without_absent((CITED, absent)) == (CITED,)
