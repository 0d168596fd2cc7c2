"""A dossier that is opened in the reading room."""

from __future__ import annotations

from pathlib import Path

from cable_tui.tui.dialogs.pickers import Menu
from tests.archive.fiction import build_index
from tests.tools.dossiers.sample import sealed
from tests.tui.rooms import open_room


async def test_a_sealed_dossier_opens_on_a_fresh_home_and_offers_its_bookmarks(
    tmp_path: Path,
) -> None:
    _, dossier = sealed(tmp_path)
    build_index(dossier, tmp_path / "cache")

    before = dossier.read_bytes()
    async with open_room(tmp_path, tmp_path / "state", path=dossier) as (app, pilot):
        await pilot.pause()
        assert app.room.session.phase == "ready"
        assert len(app.room.session.hits.ids) == 3
        assert isinstance(app.screen, Menu)
        await pilot.press("t")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert any("4 bookmarks imported" in each.text for each in app.notices)
        assert dict(app.room.session.notebook.lists) == {"[name masked]'s lamps": 4}
    assert dossier.read_bytes() == before
