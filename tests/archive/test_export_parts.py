"""Exports made by worker processes: the same bytes as in one process, and nothing lost unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.citable import LostCitations
from cable_tui.archive.export_parts import ExportPart, ExportSettings, export_parts
from cable_tui.base.tools import tool_formats
from cable_tui.exports.citation import Ways
from cable_tui.exports.lists import FORMATS
from cable_tui.library import Mark
from tests.archive.fiction import LAMPS, Fiction, archive_of, id_of

BOATS = Fiction(id="09RABAT28", text="1. The boats are out.\n\n2. The boats are back.\n")
MARKS = [
    Mark(BOATS.id, BOATS.id, "2", note="late", lists=("harbour",)),
    Mark(BOATS.id, BOATS.id, "1"),
]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with the cables of three tasks, and references, notes and a list in some."""
    cables = [Fiction(id=f"09RABAT{100 + n}", ref=f"09RABAT{99 + n}") for n in range(118)]
    with closing(archive_of(tmp_path_factory.mktemp("port"), *cables, LAMPS, BOATS)) as archive:
        yield archive


@pytest.mark.parametrize("form", [*FORMATS, *tool_formats()])
def test_workers_write_the_same_bytes_in_the_same_order(port: Archive, form: str) -> None:
    settings = ExportSettings(form, Ways(), port.root)
    ids = sorted(range(1, 121), key=lambda number: number * 7 % 121)
    lost = LostCitations()
    written = [
        _written(form, export_parts(port, ids, settings, lost, MARKS, workers=workers))
        for workers in (0, 2)
    ]
    assert written[0] == written[1]
    assert len(written[0]) > len(ids)
    assert lost.reasons == []


def test_cables_are_written_in_the_order_asked_for(port: Archive) -> None:
    settings = ExportSettings("jsonl", Ways(), port.root)
    ids = [id_of(port, each.id) for each in (BOATS, LAMPS)] * 60
    parts = list(export_parts(port, ids, settings, LostCitations(), MARKS, workers=1))
    assert [part.canonical_id for part in parts] == [BOATS.id, LAMPS.id] * 60


def _written(form: str, parts: Iterable[ExportPart]) -> bytes:
    """Return the file; of a format that a tool writes from citations, the citations."""
    contents = [each.part for each in parts]
    if form not in FORMATS:
        return repr(contents).encode()
    pieces = FORMATS[form].join(contents, "all")
    return b"".join(each if isinstance(each, bytes) else each.encode() for each in pieces)


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
