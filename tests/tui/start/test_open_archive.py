"""What a room begins with."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.cache import cache_folder
from cable_tui.base.value import replace
from cable_tui.library import Library, Mark
from cable_tui.program import last_position
from cable_tui.program.settings import Paths, Settings
from cable_tui.tui.dialogs.pickers import Menu
from cable_tui.tui.main.screen import MainScreen
from cable_tui.tui.start import open_archive as starting
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.first_rows import StartRequest
from tests.archive.fiction import GOATS, build_index, write_page
from tests.tui.rooms import ONLY_READ, open_room, running, until


async def test_bookmarks_that_cannot_be_read_keep_nobody_out_of_the_archive(tmp_path: Path) -> None:
    write_page(tmp_path / "cables", GOATS)
    build_index(tmp_path / "cables", tmp_path / "cache")
    file = tmp_path / "state" / "data" / "library.sqlite"
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    before = file.read_bytes()

    async with open_room(tmp_path, tmp_path / "state") as (app, pilot):
        await pilot.pause()
        assert app.room.session.phase == "ready"
        assert len(app.room.session.hits.ids) == 1
        assert any("is not a library of cable-tui" in each.text for each in app.notices)
    assert file.read_bytes() == before


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("n", False)])
async def test_who_signs_with_another_name_is_asked_once_about_the_earlier_one(
    tmp_path: Path, key: str, answer: bool
) -> None:
    write_page(tmp_path / "cables", GOATS)
    build_index(tmp_path / "cables", tmp_path / "cache")
    home = tmp_path / "state"
    with closing(Library(home / "data" / "library.sqlite", author="root of old")) as library:
        library.add(Mark("09RABAT27", "09RABAT27", note="ask"))

    async with open_room(tmp_path, home) as (app, pilot):
        await pilot.pause()
        titles = [str(each.border_title) for each in app.screen.query("*")]
        assert "1 bookmark by root of old: yours?" in titles
        await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not isinstance(app.screen, Menu)
    with closing(Library(home / "data" / "library.sqlite")) as library:
        assert [each.is_mine for each in library.names.others()] == [answer]
    async with open_room(tmp_path, home) as (again, pilot):
        await pilot.pause()
        assert not isinstance(again.screen, Menu)


@pytest.fixture
def paths(indexed: Path, tmp_path: Path) -> Paths:
    return Paths(tmp_path / "config.toml", tmp_path / "data", indexed / "cache", tmp_path / "state")


async def visit(
    paths: Paths, *keys: str, settings: Settings = ONLY_READ, wanted: str = ""
) -> MainScreen:
    """A room that is opened, used and closed, as `tui.start.app.run` does it."""
    app = CableTui(paths.cache.parent / "cables", settings, paths, StartRequest(wanted))
    async with running(app, (80, 24)) as pilot:
        await until(pilot, lambda: app.entered is not None and app.room.session.has_answer, app)
        for key in ("", *keys):
            await pilot.press(*filter(None, [key]))
            await until(pilot, lambda: app.room.session.opening is None, app)
        await until(pilot, lambda: app.room.session.answered == "now", app)
    assert app.entered is not None
    if not settings.private:
        assert app.entered.services is not None
        archive = app.entered.services.archive
        starting.save_last_position(app.entered.session, archive, paths.state)
    return app.entered


async def test_query_cable_and_paragraph_are_there_again_but_not_in_a_fresh_or_private_room(
    paths: Paths,
) -> None:
    keys = ("slash", *"ship", "enter", "j", "enter", "right_curly_bracket")
    await visit(paths, *keys)
    for other in (replace(ONLY_READ, private=True), replace(ONLY_READ, fresh=True)):
        top = (await visit(paths, settings=other)).session
        assert (top.text, top.at, top.opened, top.past) == ("", 0, None, ())
    before = (await visit(paths, *keys)).session  # a fresh room leaves its own place
    after = (await visit(paths)).session
    assert (after.text, after.at) == ("ship", 1)
    assert after.opened is not None
    assert before.opened is not None
    assert after.opened.id == before.opened.id
    for name in ("at", "paragraph", "scroll", "past"):
        assert getattr(after, name) == getattr(before, name)
    # Where the command line asks for something else Back leads there.
    asked = await visit(paths, wanted="letter")
    assert asked.session.text == "letter"
    asked = await visit(paths, "backspace", wanted="kettle")
    assert asked.session.text == "letter"


async def test_a_damaged_trail_is_said_and_the_room_opens(paths: Paths) -> None:
    file = last_position.file_of(
        paths.state, cache_folder(paths.cache.parent / "cables", paths.cache).name
    )
    file.parent.mkdir(parents=True)
    file.write_text("{")
    assert (await visit(paths)).session.hits.count == 40
    assert last_position.read(file)[0] is not None


async def test_a_state_that_cannot_be_written_does_not_keep_the_room_open(paths: Paths) -> None:
    paths.state.parent.mkdir(parents=True, exist_ok=True)
    paths.state.write_text("a file where a folder should be")
    assert (await visit(paths, "j")).session.at == 1


_READ = """
import sys
from pathlib import Path
from cable_tui.archive.archive import open_archive
from cable_tui.tui.panes.cable.body_text import BodySpans
from cable_tui.tui.start.open_archive import read_ahead

archive = open_archive(Path(sys.argv[1]), Path(sys.argv[2]), readonly=True)
read_ahead(archive, 0)
before = set(sys.modules)
for row in archive.newest(40)[0]:
    BodySpans(archive.cable(row.id)).signs
print("imported", *(set(sys.modules) - before))
"""


def test_the_first_cable_that_is_opened_imports_nothing(tmp_path: Path) -> None:
    demo.write(tmp_path / "cables")
    build_index(tmp_path / "cables", tmp_path / "cache")
    command = [sys.executable, "-c", _READ, str(tmp_path / "cables"), str(tmp_path / "cache")]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["imported"]
