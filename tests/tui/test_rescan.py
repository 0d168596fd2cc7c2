"""F5 in the room: what changed in the folder since is read, and said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cable_tui import demo
from cable_tui.archive import cache
from cable_tui.archive.build.indexer import index
from cable_tui.settings import Paths, Settings
from cable_tui.tui.app import CableTui
from cable_tui.tui.first_rows import StartRequest


@pytest.fixture
def app(tmp_path: Path) -> CableTui:
    """A room on the demo, indexed."""
    demo.write(tmp_path / "cables")
    for _ in index(tmp_path / "cables", tmp_path / "cache", workers=0):
        pass
    paths = Paths(
        tmp_path / "config.toml", tmp_path / "data", tmp_path / "cache", tmp_path / "state"
    )
    return CableTui(tmp_path / "cables", Settings(), paths, StartRequest())


async def until(pilot: Pilot[int], holds: Callable[[], bool], app: CableTui) -> None:
    for _ in range(600):
        await pilot.pause(0.02)
        if holds():
            return
    raise AssertionError(f"{app.room.session} {said(app)}")


def said(app: CableTui) -> list[str]:
    return [notice.message for notice in app._notifications]


async def test_a_file_that_was_removed_and_one_that_was_added_are_noticed(
    app: CableTui, tmp_path: Path
) -> None:
    pages = sorted((tmp_path / "cables").glob("cable/*/*/*.html"))

    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.room.session.checked, app)
        assert app.room.session.hits.count == 40
        content = pages[0].read_bytes()
        pages[0].unlink()
        await pilot.press("f5")
        await until(pilot, lambda: app.room.session.hits.count == 39, app)
        await until(pilot, lambda: "1 removed." in said(app), app)
        pages[0].write_bytes(content)
        await pilot.press("f5")
        await until(pilot, lambda: app.room.session.hits.count == 40, app)
    if app.builder is not None:
        app.builder.stop()


async def test_a_cache_that_is_only_read_starts_no_builder(
    app: CableTui, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "is_own", lambda _: False)

    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.room.session.index_status.readonly, app)
        await until(pilot, lambda: app.room.session.hits.count == 40, app)
        await pilot.press("f5")
        await until(pilot, lambda: any("read-only" in line for line in said(app)), app)
        assert "read-only cache" in app.room.status._ends[0][1]
    if app.builder is not None:
        app.builder.stop()
