"""The serial numbers of an archive, from its catalogue."""

from __future__ import annotations

from pathlib import Path

from cable_tui import demo
from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.archive.search.missing_references import missing
from cable_tui.archive.source_criticism.serial_numbers import numbers
from cable_tui.telegram import ids


def test_the_numbers_of_an_archive_are_those_of_its_ids(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    demo.write(pages)
    next(pages.rglob("09STATE88120.html")).unlink()
    list(index(pages, tmp_path / "cache", passes=("facts", "grammar"), workers=0))
    archive = open_archive(pages, tmp_path / "cache", readonly=True)
    try:
        found = numbers(archive)
        rows = archive.rows(range(1, 200))
        absent = {each.reference_id for each in missing(archive)}
    finally:
        archive.close()
    expected = {row.reference_id for row in rows}
    here = {
        ids.compose(year, station, serial)
        for (year, station), dated in found.here.items()
        for serial, _ in dated
    }
    assert here == expected
    assert found.unnumbered == 0
    cited = {
        ids.compose(year, station, serial)
        for (year, station), dated in found.cited.items()
        for serial, _ in dated
    }
    assert cited == absent
    assert "09STATE88120" in cited
    assert found.origins["PORTAMBER"] == "Embassy Port Amber"
    first = dict(found.cited[2009, "STATE"])[88120]
    assert first // 10**9 == 2009
