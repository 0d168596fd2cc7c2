"""The places of an archive that are written down."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cable_tui.archive.citable import of_cable
from cable_tui.exports.citation import Ways
from cable_tui.library import Mark
from tests.archive.fiction import LAMPS, Fiction, archive_of, id_of

BOATS = Fiction(id="09RABAT28", text="1. The boats are out.\n\n2. The boats are back.\n")


def test_a_marked_cable_is_each_marked_place_in_its_order_with_all_its_notes(
    tmp_path: Path,
) -> None:
    marks = [
        Mark(BOATS.id, BOATS.id, "2", note="late", author="ada"),
        Mark(BOATS.id, BOATS.id, "1"),
        Mark(BOATS.id, BOATS.id, note="all of it"),
        Mark(BOATS.id, BOATS.id, "2", note="early", author="ben"),
    ]
    with closing(archive_of(tmp_path, LAMPS, BOATS)) as archive:
        found = [
            cited
            for each, own in ((LAMPS, []), (BOATS, marks))
            for cited in of_cable(archive, archive.cable(id_of(archive, each.id)), Ways(), own)
        ]
    assert [(each.cable.reference_id, each.places) for each in found] == [
        (LAMPS.id, ""),
        (BOATS.id, ""),
        (BOATS.id, "1"),
        (BOATS.id, "2"),
    ]
    notes = [[note.text for note in each.notes] for each in found]
    assert notes == [[], ["all of it"], [], ["late", "early"]]
