"""The places of an archive that are written down."""

from __future__ import annotations

from pathlib import Path

from cable_tui.archive.archive import open_archive
from cable_tui.archive.citable import LostPlace, of_cables
from cable_tui.exports.citation import Ways
from cable_tui.library import Mark
from tests.archive.fiction import LAMPS, Fiction, build_index, write_page

BOATS = Fiction(id="09RABAT28", text="1. The boats are out.\n\n2. The boats are back.\n")


def test_a_marked_cable_is_each_marked_place_in_its_order_with_all_its_notes(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "cables"
    for cable in (LAMPS, BOATS):
        write_page(folder, cable)
    build_index(folder, tmp_path / "cache")
    marks = [
        Mark(BOATS.id, BOATS.id, "2", note="late", author="ada"),
        Mark(BOATS.id, BOATS.id, "1"),
        Mark(BOATS.id, BOATS.id, note="all of it"),
        Mark(BOATS.id, BOATS.id, "2", note="early", author="ben"),
    ]
    archive = open_archive(folder, tmp_path / "cache")
    keys = [archive.find(LAMPS.id) or 0, archive.find(BOATS.id) or 0]
    lost = LostPlace()
    found = list(of_cables(archive, keys, Ways(), lost, marks))
    archive.close()
    assert [(each.cable.reference_id, each.places) for each in found] == [
        (LAMPS.id, ""),
        (BOATS.id, ""),
        (BOATS.id, "1"),
        (BOATS.id, "2"),
    ]
    notes = [[note.text for note in each.notes] for each in found]
    assert notes == [[], ["all of it"], [], ["late", "early"]]
    assert lost.reasons == []
