"""Cables that are cited and not here."""

from __future__ import annotations

from pathlib import Path

from cable_tui import demo
from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.archive.search.missing_references import Missing, missing


def test_only_cited_cables_that_are_absent_are_missing(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    demo.write(pages)
    before = _missing(pages, tmp_path / "before")
    # 09PORTAMBER91 cites it.
    next(pages.rglob("09STATE88120.html")).unlink()
    after = _missing(pages, tmp_path / "after")
    assert "09STATE88120" not in {each.reference_id for each in before}
    assert Missing("09STATE88120", 1) in after


def _missing(pages: Path, cache: Path) -> list[Missing]:
    list(index(pages, cache, passes=("facts", "grammar"), workers=0))
    archive = open_archive(pages, cache, readonly=True)
    try:
        return missing(archive)
    finally:
        archive.close()
