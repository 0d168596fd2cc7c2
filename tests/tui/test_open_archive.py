"""What a room begins with."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cable_tui import demo, last_position
from cable_tui.archive.build.indexer import index
from cable_tui.archive.cache import cache_folder
from cable_tui.library import Library, Mark
from cable_tui.settings import Paths, Settings
from cable_tui.tui import open_archive as starting
from cable_tui.tui.app import CableTui
from cable_tui.tui.dialogs.pickers import Menu
from cable_tui.tui.first_rows import StartRequest
from cable_tui.value import replace
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, indexed."""
    place = tmp_path_factory.mktemp("trails")
    demo.write(place / "cables")
    for _ in index(place / "cables", place / "cache"):
        pass
    return place


@pytest.fixture
def paths(folder: Path, tmp_path: Path) -> Paths:
    return Paths(tmp_path / "config.toml", tmp_path / "data", folder / "cache", tmp_path / "state")


def visit(paths: Paths, *keys: str, settings: Settings | None = None, wanted: str = "") -> CableTui:
    """A room that is opened, used and closed, as `tui.app.run` does it."""
    settings = replace(settings or Settings(), no_index=True)
    app = CableTui(paths.cache.parent / "cables", settings, paths, StartRequest(wanted))

    async def run() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda: app.room.session.has_answer, app)
            await until(pilot, lambda: app.room.session.opening is None, app)
            for key in keys:
                await pilot.press(key)
                await until(pilot, lambda: app.room.session.opening is None, app)
            await until(pilot, lambda: app.room.session.answered == "now", app)
        if app.builder is not None:
            app.builder.stop()

    asyncio.run(run())
    assert app.entered is not None
    if not settings.private:
        assert app.entered.services is not None
        archive = app.entered.services.archive
        starting.save_last_position(app.entered.session, archive, paths.state)
    return app


async def until(pilot: Pilot[int], holds: Callable[[], bool], app: CableTui) -> None:
    for _ in range(3000):
        await pilot.pause(0.02)
        if holds():
            return
    raise AssertionError(str(app.room.session))


def test_query_cable_and_paragraph_are_there_again(paths: Paths) -> None:
    before = visit(paths, "slash", *"ship", "enter", "j", "enter", "right_curly_bracket").room
    after = visit(paths).room
    assert after.session.text == "ship"
    assert after.session.opened is not None
    assert before.session.opened is not None
    assert after.session.opened.id == before.session.opened.id
    assert after.session.at == before.session.at == 1
    assert (after.session.paragraph, after.session.scroll) == (
        before.session.paragraph,
        before.session.scroll,
    )
    assert after.session.past == before.session.past


@pytest.mark.parametrize("option", ["fresh", "private"])
def test_a_fresh_or_private_room_begins_at_the_top(paths: Paths, option: str) -> None:
    visit(paths, "slash", *"ship", "enter", "j", "enter")
    settings = replace(Settings(), fresh=option == "fresh", private=option == "private")
    session = visit(paths, settings=settings).room.session
    assert (session.text, session.at, session.opened, session.past) == ("", 0, None, ())


def test_a_private_room_leaves_nothing(paths: Paths) -> None:
    visit(paths, "slash", *"ship", "enter", "enter", settings=Settings(private=True))
    assert not paths.state.exists()


def test_where_the_command_line_asks_for_something_else_back_leads_there(paths: Paths) -> None:
    visit(paths, "slash", *"ship", "enter")
    session = visit(paths, "backspace", wanted="letter").room.session
    assert session.text == "ship"


def test_a_damaged_trail_is_said_and_the_room_opens(paths: Paths) -> None:
    file = last_position.file_of(
        paths.state, cache_folder(paths.cache.parent / "cables", paths.cache).name
    )
    file.parent.mkdir(parents=True)
    file.write_text("{")
    assert visit(paths).room.session.hits.count == 40
    assert last_position.read(file)[0] is not None


def test_a_state_that_cannot_be_written_does_not_keep_the_room_open(paths: Paths) -> None:
    paths.state.parent.mkdir(parents=True, exist_ok=True)
    paths.state.write_text("a file where a folder should be")
    assert visit(paths, "j").room.session.at == 1
