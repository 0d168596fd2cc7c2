"""F5 in the room: what changed in the folder since is read, and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive import cache
from cable_tui.archive.build.indexer import index
from cable_tui.program.settings import Settings
from cable_tui.tui.start.app import CableTui
from tests.tui.rooms import room, running, said, until


@pytest.fixture
def app(tmp_path: Path) -> CableTui:
    """A room on the demo, indexed."""
    demo.write(tmp_path / "cables")
    for _ in index(tmp_path / "cables", tmp_path / "cache", workers=0):
        pass
    return room(tmp_path, tmp_path / "home", settings=Settings())


async def test_a_file_that_was_removed_and_one_that_was_added_are_noticed(
    app: CableTui, tmp_path: Path
) -> None:
    pages = sorted((tmp_path / "cables").glob("cable/*/*/*.html"))

    async with running(app, (80, 24)) as pilot:
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


async def test_a_cache_that_is_only_read_starts_no_builder(
    app: CableTui, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "is_own", lambda _: False)

    async with running(app, (80, 24)) as pilot:
        await until(pilot, lambda: app.room.session.index_status.readonly, app)
        await until(pilot, lambda: app.room.session.hits.count == 40, app)
        await pilot.press("f5")
        await until(pilot, lambda: any("read-only" in line for line in said(app)), app)
        assert "read-only cache" in app.room.status._end_texts[0][1]
