"""What a room begins with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cable_tui.library import Library, Mark
from cable_tui.tui.app import CableTui
from cable_tui.tui.dialogs.menu import Menu
from tests.archive.fiction import GOATS, build_index, write_page
from tests.exports.sealed.sample import sealed
from tests.tui.test_app import walk


def test_bookmarks_that_cannot_be_read_keep_nobody_out_of_the_archive(tmp_path: Path) -> None:
    write_page(tmp_path / "cables", GOATS)
    build_index(tmp_path / "cables", tmp_path / "cache")
    file = tmp_path / "state" / "data" / "library.sqlite"
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    before = file.read_bytes()

    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await pilot.pause()
        assert app.room.session.phase == "ready"
        assert len(app.room.session.hits.ids) == 1
        assert any("is no library of cable-tui" in each.text for each in app.notices)

    walk(tmp_path, tmp_path / "state", steps)
    assert file.read_bytes() == before


def test_a_sealed_dossier_opens_on_a_fresh_home_and_offers_its_bookmarks(tmp_path: Path) -> None:
    _, dossier = sealed(tmp_path)
    build_index(dossier, tmp_path / "cache")

    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await pilot.pause()
        assert app.room.session.phase == "ready"
        assert len(app.room.session.hits.ids) == 3
        assert isinstance(app.screen, Menu)
        await pilot.press("t")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert any("4 bookmarks taken in" in each.text for each in app.notices)
        assert dict(app.room.session.notebook.lists) == {"[name masked]'s lamps": 4}

    before = dossier.read_bytes()
    walk(tmp_path, tmp_path / "state", steps, path=dossier)
    assert dossier.read_bytes() == before


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("n", False)])
def test_who_signs_with_another_name_is_asked_once_about_the_earlier_one(
    tmp_path: Path, key: str, answer: bool
) -> None:
    write_page(tmp_path / "cables", GOATS)
    build_index(tmp_path / "cables", tmp_path / "cache")
    home = tmp_path / "state"
    with closing(Library(home / "data" / "library.sqlite", author="root of old")) as library:
        library.add(Mark("09RABAT27", "09RABAT27", note="ask"))

    async def asked(app: CableTui, pilot: Pilot[int]) -> None:
        await pilot.pause()
        assert isinstance(app.screen, Menu)
        titles = [str(each.border_title) for each in app.screen.query("*")]
        assert "1 bookmark by root of old: yours?" in titles
        await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not isinstance(app.screen, Menu)

    async def not_asked(app: CableTui, pilot: Pilot[int]) -> None:
        await pilot.pause()
        assert not isinstance(app.screen, Menu)

    walk(tmp_path, home, asked)
    with closing(Library(home / "data" / "library.sqlite")) as library:
        assert [each.is_mine for each in library.names.others()] == [answer]
    walk(tmp_path, home, not_asked)
