"""Between two rooms: the second one begins where the first one ended, unless that is unwanted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cable_tui import demo, last_position
from cable_tui.archive.build.indexer import index
from cable_tui.archive.cache import cache_folder
from cable_tui.settings import Paths, Settings
from cable_tui.tui.app import CableTui
from cable_tui.tui.startup import last_position as starting
from cable_tui.tui.startup.first_rows import StartRequest
from cable_tui.value import replace


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
