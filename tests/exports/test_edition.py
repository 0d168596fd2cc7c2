"""Citations of documents in a printed edition: by volume and document, with its own address."""

from datetime import date

import pytest

from cable_tui import telegram
from cable_tui.base.cable import EditorsName, EditorsTerm, Source
from cable_tui.base.value import replace
from cable_tui.exports import bibliography, citation, copy_formats, footnotes
from cable_tui.exports.cable_json import cable_json
from cable_tui.exports.citation import Citation
from cable_tui.exports.plain_text import drawn, plain
from tests.telegram.test_edition import RAW, SAID

ADDRESS = "https://history.state.gov/historicaldocuments/frus1955-57v97/d1"
PLACE = "FRUS, 1955-1957, vol. XCVII, doc. 1"


def cited(**said: object) -> Citation:
    raw = replace(RAW, edition=replace(SAID, **said))  # type: ignore[arg-type]
    cable = replace(telegram.parse(raw), sources=(Source("frus1955-57v97.xml", "frus"),))
    return Citation(cable, cable.body.paragraphs, read_on=date(2026, 11, 26))


@pytest.mark.parametrize(
    ("style", "words"),
    [
        (
            "footnote",
            (
                "Embassy in Ruritania to Department of State, telegram 942, February 12, 1957, "
                f"para. 1, CONFIDENTIAL, {PLACE}, {ADDRESS}."
            ),
        ),
        (
            "note",
            (
                "Embassy in Ruritania to Department of State, telegram 942, February 12, 1957, "
                f"para. 1, {PLACE}, {ADDRESS}, accessed November 26, 2026."
            ),
        ),
        ("short-note", f"Embassy in Ruritania, telegram 942, para. 1, {PLACE}."),
    ],
)
def test_notes_name_the_volume(style: str, words: str) -> None:
    assert footnotes.written(style, cited()) == words


def test_a_bibliography_names_the_document() -> None:
    assert footnotes.bibliography_entry(cited()) == (
        "Embassy in Ruritania. Telegram 942 to Department of State, February 12, 1957. "
        f"{PLACE}. {ADDRESS}. Accessed November 26, 2026."
    )


def test_what_has_no_number_goes_by_its_heading() -> None:
    place = cited(kind="", number="", heading="Memorandum of “Talks”, March 1", day="1957-03")
    assert footnotes.written("note", replace(place, paragraphs=())) == (
        f"“Memorandum of ‘Talks’, March 1,” March 1957, {PLACE}, {ADDRESS}, "
        "accessed November 26, 2026."
    )


def test_the_day_is_that_of_the_dateline() -> None:
    assert "February 13, 1957" in footnotes.written("footnote", cited(day="1957-02-13"))
    assert "February 12, 1957" in footnotes.written("footnote", cited(day=""))


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("cablegate", ADDRESS),
        ("plusd", ADDRESS),
        ("https://example.org/{id}", "https://example.org/frus1955-57v97/d1"),
    ],
)
def test_the_address_is_that_of_the_edition(template: str, address: str) -> None:
    assert citation.link(replace(cited(), link_template=template)) == address


def test_other_ways_to_name_it() -> None:
    assert copy_formats.as_cited(cited()) == PLACE
    assert copy_formats.reference(cited()) == "frus1955-57v97/d1 ¶1"
    assert citation.hashtags(cited()) == "#FRUS frus1955-57v97/d1"


def test_json_says_what_the_edition_calls_it() -> None:
    sapt = EditorsName("Sapt", "frus1955-57v97#p_S1", "Sapt, R.", "Envoy", signed=True)
    people = (sapt, EditorsName("Rose", "", span=(1, 2)))
    cable = cited(people=people, terms=(EditorsTerm("ROR", "Ruritania", True),)).cable
    value = cable_json(cable)
    known = {"key": "frus1955-57v97#p_S1", "name": "Sapt, R.", "role": "Envoy"}
    nobody = {"key": None, "name": None, "role": None}
    assert value["edition"] == {
        "heading": "Telegram From Strelsau",
        "kind": "telegram",
        "number": "942",
        "day": "1957-02-12",
        "people": [
            {"text": "Sapt", **known, "signed": True},
            {"text": "Rose", **nobody, "signed": False},
        ],
        "terms": [{"text": "ROR", "meaning": "Ruritania", "marked": True}],
    }
    assert "Person: Sapt: Sapt, R., Envoy\nPerson: Rose: a person not named" in plain(cable)
    assert value["body"]["notes"] == ["[2] See it."]
    assert "edition" not in cable_json(replace(cited().cable, edition=None))


def test_the_box_above_the_text_is_no_transmission_header() -> None:
    lines = "\n".join(drawn(cited().cable, 60))
    assert "heading" in lines
    assert "transmission" not in lines


def test_reference_managers_get_kind_place_and_author() -> None:
    item = bibliography.csl_item(cited())
    assert (item["genre"], item["archive"]) == ("Telegram", PLACE)
    assert item["author"] == [{"literal": "Embassy in Ruritania"}]
    assert item["URL"] == ADDRESS
    assert f"DB  - {PLACE}" in bibliography.ris(cited())
    assert f"howpublished = {{{PLACE}}}" in bibliography.bibtex(cited())
    assert "type = {Document}" in bibliography.biblatex(cited(kind=""))
