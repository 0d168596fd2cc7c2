"""The dossier: places in order, with quotations, notes, citations, and a timeline at the head."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cable_tui.cable import Cable, CableWarning, Source
from cable_tui.exports import dossier
from cable_tui.exports.citation import Citation, Note
from cable_tui.exports.lists import once
from cable_tui.value import replace
from tests.exports.sample import PARAGRAPHS, cable, listed

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
READ_ON = date(2026, 11, 24)


def earlier() -> Cable:
    sample = cable(created="2008-12-18T09:00Z", subject="TERN: <FISH> & [CHIPS]")
    return replace(
        sample,
        facts=replace(sample.facts, reference_id="08TERN_9", canonical_id="08TERN9", origin="Tern"),
        warnings=(CableWarning("stub", "the text breaks off after 90 characters"),),
        sources=(Source("tern.txt", "nara-text"),),
    )


def undated() -> Cable:
    sample = cable(created="", subject="")
    return replace(sample, facts=replace(sample.facts, canonical_id="09X1", reference_id="09X1"))


def places() -> list[Citation]:
    return [
        Citation(
            cable(),
            (PARAGRAPHS[2],),
            read_on=READ_ON,
            notes=(
                Note("check the 220\nagainst *their* list", "mara", "2026-11-24T10:00:00Z"),
                Note("no", "juno_b"),
            ),
            caution="text changed since 2026-11-01",
        ),
        Citation(earlier(), read_on=READ_ON),
        Citation(undated(), read_on=READ_ON),
        Citation(cable(), (PARAGRAPHS[1],), read_on=READ_ON, notes=(Note("first"),)),
    ]


def written() -> str:
    return listed("markdown", places(), "TIP *story*")


def test_a_dossier_is_as_its_golden_file() -> None:
    assert written() == (GOLDEN / "dossier.md").read_text(encoding="utf-8")


def test_places_stand_in_their_order_and_the_timeline_by_day() -> None:
    text = listed("markdown", places())
    head, *sections = text.split("\n## ")[1:]
    days = [line[2:12] for line in head.splitlines() if line.startswith("- ")]
    assert days == ["2008-12-18", "2009-02-13", "no date · "]
    names = [section.splitlines()[0].partition(" · ")[0] for section in sections]
    assert names == ["1. 09CORVONA27 ¶2", "2. 08TERN\\_9", "3. 09X1", "4. 09CORVONA27 ¶1"]


def test_a_heading_has_date_post_class_and_subject() -> None:
    text = listed("markdown", places())
    heading = text.partition("## 2. ")[2].splitlines()[0]
    assert heading == (
        r"08TERN\_9 · 2008-12-18 · Tern · UNCLASSIFIED//FOUO · TERN: \<FISH\> & \[CHIPS\]"
    )


def test_a_line_of_a_note_makes_no_heading_and_no_code() -> None:
    ruled = Citation(cable(), notes=(Note("The port\n=====\n\n    it closed\n---"),))
    text = "".join(dossier.dossier([ruled], ""))
    lines = [line.rstrip() for line in text.partition("**Note:** ")[2].splitlines()]
    assert lines[:5] == ["The port", r"\=====", "", "it closed", r"\---"]


def test_a_long_dossier_passes_through_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = "".join(dossier.dossier(places(), ""))
    monkeypatch.setattr(dossier, "_IN_MEMORY", 10)
    monkeypatch.setattr(dossier, "_PIECE", 7)
    assert "".join(dossier.dossier(places(), "")) == whole


def test_formats_of_cables_have_each_once_with_all_its_notes() -> None:
    joined = once(places())
    assert [each.cable.canonical_id for each in joined] == ["09CORVONA27", "08TERN9", "09X1"]
    assert [note.text for note in joined[0].notes][1:] == ["no", "first"]
    assert joined[0].paras == "paras. 1–2"


def test_what_is_said_of_a_place_stays_when_places_are_joined() -> None:
    first, _, _, last = places()
    (joined,) = once([last, first, replace(last, caution="text changed since 2026-10-02")])
    assert joined.caution == "text changed since 2026-11-01; text changed since 2026-10-02"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "bibtex",
            "  note = {paras. 1–2. (para. 2) mara: check the 220 against *their* list. (para. 2)",
        ),
        (
            "ris",
            "against *their* list. (para. 2) juno_b: no. (para. 1) first",
        ),
        (
            "csl-json",
            "Paragraph: 1–2\\nNote: (para. 2) mara: check the 220 against *their* list\\nNote",
        ),
    ],
)
def test_notes_of_the_reader_go_into_items(name: str, line: str) -> None:
    assert line in listed(name, once(places()))


def test_a_table_has_a_row_for_each_place() -> None:
    text = listed("csv", places())
    assert text.count("09CORVONA27,09CORVONA27,") == 2
    assert "para. 2," in text
    assert "juno_b: no" in text


def test_plain_references_are_one_a_line() -> None:
    text = listed("references", places())
    assert text == "09CORVONA27 ¶2\n08TERN_9\n09X1\n09CORVONA27 ¶1\n"
