"""The curtain looks as the room that rises behind it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.events import Key
from textual.screen import Screen
from textual.strip import Strip

from cable_tui.archive.build.indexer import index
from cable_tui.archive.catalogue.first_rows import FirstRow
from cable_tui.demo import write
from cable_tui.settings import Paths, Settings
from cable_tui.tui.app import CableTui
from cable_tui.tui.startup.first_rows import FirstRows, StartRequest
from cable_tui.tui.startup.splash import SplashScreen, splash_lines

LAYOUTS = {(80, 24): 0, (120, 40): 30, (200, 60): 30}
"""Sizes of the terminal, and where the list begins in its lines."""
SIZES = list(LAYOUTS)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, indexed."""
    place = tmp_path_factory.mktemp("curtain")
    write(place / "cables")
    for _ in index(place / "cables", place / "cache", workers=0):
        pass
    return place


def _program(place: Path) -> CableTui:
    state = place / "state"
    paths = Paths(state / "config.toml", state / "data", place / "cache", state)
    return CableTui(place / "cables", Settings(), paths, StartRequest())


def _strips(screen: Screen[None]) -> list[Strip]:
    return screen._compositor.render_strips()


def _both(place: Path, size: tuple[int, int], theme: str) -> tuple[list[Strip], list[Strip]]:
    """The curtain, and the room as it rises, before its archive is open."""

    async def go() -> tuple[list[Strip], list[Strip]]:
        app = _program(place)
        app.theme = theme
        seen: list[list[Strip]] = []
        rise = app._rise

        async def rise_and_look() -> None:
            assert isinstance(app.screen, SplashScreen)
            seen.append(_strips(app.screen))
            await rise()

        app._rise = rise_and_look  # type: ignore[method-assign]
        app.choose = lambda path: None  # type: ignore[method-assign]
        async with app.run_test(size=size) as pilot:
            for _ in range(200):
                await pilot.pause()
                if app.screen is app.room and app.room.results.size:
                    break
            seen.append(_strips(app.room))
        return seen[0], seen[1]

    return asyncio.run(go())


def _cells(strip: Strip, start: int, end: int) -> list[tuple[str, Style]]:
    """Every cell's sign with what can be seen of its style."""
    found = []
    for text, given, _ in strip:
        style = given or Style()
        plain = Style(color=style.color, bgcolor=style.bgcolor, bold=style.bold)
        found += [(sign, plain if sign.strip() else Style(bgcolor=style.bgcolor)) for sign in text]
    return found[start:end]


@pytest.mark.parametrize("theme", ["reading-room-dark", "reading-room-light", "dracula"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_list_the_frames_and_the_bar_do_not_change_when_the_room_rises(
    place: Path, size: tuple[int, int], theme: str
) -> None:
    curtain, room = _both(place, size, theme)
    start = LAYOUTS[size]
    scrollbar = size[0] - 2
    lines = range(1, size[1] - 4)
    assert _cells(curtain[0], 0, size[0]) == _cells(room[0], 0, size[0])
    for y in lines:
        assert _cells(curtain[y], start, scrollbar) == _cells(room[y], start, scrollbar), y
    if start:
        assert _cells(curtain[1], 0, start) == _cells(room[1], 0, start)
        assert [_cells(curtain[y], 0, 1) for y in lines] == [_cells(room[y], 0, 1) for y in lines]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_picture_fills_its_lines_exactly(size: tuple[int, int]) -> None:
    line = FirstRow(
        1, "09ZENDA1", "09ZENDA1", "2009-02-13T14:57Z", "SECRET", "一二三 [/x] " * 20, True, False
    )
    for parts in splash_lines(FirstRows("", [line] * 3, 1, 3, 3), *size):
        if parts:
            assert cell_len("".join(text for text, _ in parts)) == size[0]


@pytest.mark.parametrize("size", [(59, 24), (80, 14)], ids=str)
def test_where_the_room_has_but_a_sentence_the_curtain_is_blank(size: tuple[int, int]) -> None:
    assert splash_lines(FirstRows("lobster"), *size) == []


def test_the_text_of_a_query_stands_in_the_bar() -> None:
    bar = splash_lines(FirstRows("tag:EFIS"), 80, 24)[0]
    assert bar == [(" tag:EFIS".ljust(80), "query")]


def test_keys_that_come_before_the_room_are_not_lost(place: Path) -> None:
    async def go() -> None:
        app = _program(place)
        rise = app._rise

        async def type_and_rise() -> None:
            for key in ("slash", *"lobster", "enter"):
                app.post_message(_key(key))
            await asyncio.sleep(0.05)
            await rise()

        app._rise = type_and_rise  # type: ignore[method-assign]
        async with app.run_test(size=(120, 40)) as pilot:
            for _ in range(400):
                await pilot.pause(0.02)
                if app.room.session.text == "lobster" and app.room.session.pane == "list":
                    break
            assert (app.room.session.text, app.room.session.pane) == ("lobster", "list")
        if app.builder is not None:
            app.builder.stop()

    asyncio.run(go())


def _key(name: str) -> Key:
    signs = {"slash": "/", "enter": "\r"}
    return Key(name, signs.get(name, name))
