"""Exports made by worker processes: the same bytes as in one process, and nothing lost unsaid."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.citable import LostCitations
from cable_tui.archive.export_parts import ExportSettings, export_parts
from cable_tui.exports.citation import Ways
from cable_tui.exports.lists import FORMATS
from cable_tui.library import Mark
from tests.archive.fiction import LAMPS, Fiction, archive_of, id_of

BOATS = Fiction(id="09RABAT28", text="1. The boats are out.\n\n2. The boats are back.\n")
MARKS = [Mark(BOATS.id, BOATS.id, "2", note="late"), Mark(BOATS.id, BOATS.id, "1")]


@pytest.mark.parametrize("form", ["jsonl", "html", "csv"])
def test_workers_write_the_same_bytes_in_the_same_order(tmp_path: Path, form: str) -> None:
    with closing(archive_of(tmp_path, LAMPS, BOATS)) as archive:
        settings = ExportSettings(form, Ways(), archive.root)
        ids = [id_of(archive, each.id) for each in (BOATS, LAMPS)] * 60
        written = []
        for workers in (0, 1, 2):
            lost = LostCitations()
            parts = export_parts(archive, ids, settings, lost, MARKS, workers=workers)
            written.append("".join(map(str, FORMATS[form].join((p.part for p in parts), "all"))))
            assert lost.reasons == []
    assert written[0] == written[1] == written[2]
    assert written[0].index(BOATS.id) < written[0].index(LAMPS.id)


def test_a_cable_whose_file_is_gone_is_named(tmp_path: Path) -> None:
    with closing(archive_of(tmp_path, LAMPS, BOATS)) as archive:
        settings = ExportSettings("jsonl", Ways(), archive.root)
        ids = [id_of(archive, each.id) for each in (LAMPS, BOATS)]
        for file in archive.root.rglob("*"):
            if file.is_file():
                file.unlink()
        lost = LostCitations()
        assert list(export_parts(archive, ids, settings, lost, workers=1)) == []
    assert len(lost.reasons) == len(ids)
