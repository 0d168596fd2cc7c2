"""The first rows stand at the first paint, and stay; keys that come before the archive wait."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.style import Style
from textual.events import Key
from textual.strip import Strip

from cable_tui.archive.build.indexer import index
from cable_tui.demo import write
from cable_tui.settings import Paths, Settings
from cable_tui.tui.app import CableTui
from cable_tui.tui.first_rows import StartRequest

LAYOUTS = {(80, 24): 0, (120, 40): 30, (200, 60): 30}
"""Sizes of the terminal, and where the list begins in its lines."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, indexed."""
    place = tmp_path_factory.mktemp("first")
    write(place / "cables")
    for _ in index(place / "cables", place / "cache", workers=0):
        pass
    return place


def _program(place: Path, request: StartRequest | None = None) -> CableTui:
    state = place / "state"
    paths = Paths(state / "config.toml", state / "data", place / "cache", state)
    return CableTui(place / "cables", Settings(no_index=True), paths, request or StartRequest())


def _before_and_after(app: CableTui, size: tuple[int, int]) -> tuple[list[Strip], list[Strip]]:
    """The screen at its first paint, and when the session is rendered but no archive is open."""
    seen: list[list[Strip]] = []
    after_first_paint = app.after_first_paint

    def look_and_go_on() -> None:
        seen.append(app.screen._compositor.render_strips())
        after_first_paint()

    async def go() -> None:
        app.after_first_paint = look_and_go_on  # type: ignore[method-assign]
        app.choose = lambda path: None  # type: ignore[method-assign]
        async with app.run_test(size=size) as pilot:
            for _ in range(3000):
                await pilot.pause()
                if seen and app.room.has_cable_view:
                    break
            seen.append(app.screen._compositor.render_strips())

    asyncio.run(go())
    return seen[0], seen[1]


def _cells(strip: Strip, start: int, end: int) -> list[tuple[str, Style]]:
    """Every cell's sign with what can be seen of its style."""
    found = []
    for text, given, _ in strip:
        style = given or Style()
        plain = Style(color=style.color, bgcolor=style.bgcolor, bold=style.bold)
        found += [(sign, plain if sign.strip() else Style(bgcolor=style.bgcolor)) for sign in text]
    return found[start:end]


@pytest.mark.parametrize("theme", ["reading-room-dark", "reading-room-light", "dracula"])
@pytest.mark.parametrize("size", LAYOUTS, ids=str)
def test_the_first_rows_the_frames_and_the_bar_stay_as_they_are_painted_first(
    place: Path, size: tuple[int, int], theme: str
) -> None:
    app = _program(place)
    app.theme = theme
    first, rendered = _before_and_after(app, size)
    assert any("10SANTORIEL19" in strip.text for strip in first)
    start = LAYOUTS[size]
    lines = range(1, size[1] - 4)
    assert _cells(first[0], 0, size[0]) == _cells(rendered[0], 0, size[0])
    for y in lines:
        assert _cells(first[y], start, size[0]) == _cells(rendered[y], start, size[0]), y
    if start:
        assert _cells(first[1], 0, start) == _cells(rendered[1], 0, start)
        assert [_cells(first[y], 0, 1) for y in lines] == [_cells(rendered[y], 0, 1) for y in lines]


@pytest.mark.parametrize("size", [(59, 24), (80, 14)], ids=str)
def test_where_the_room_has_but_a_sentence_it_is_the_first_paint(
    place: Path, size: tuple[int, int]
) -> None:
    first, _ = _before_and_after(_program(place), size)
    said = " ".join(strip.text.strip() for strip in first if strip.text.strip())
    assert said == "cable-tui needs a window of at least 60 x 15. ^q quits."


def test_the_text_of_a_query_stands_in_the_bar_at_the_first_paint(place: Path) -> None:
    first, _ = _before_and_after(_program(place, StartRequest("tag:EFIS")), (80, 24))
    assert first[0].text.rstrip() == " tag:EFIS"


async def test_keys_that_come_before_the_archive_is_open_are_not_lost(place: Path) -> None:
    app = _program(place)
    after_first_paint = app.after_first_paint

    async def type_and_go_on() -> None:
        for key in ("slash", *"lobster", "enter"):
            app.post_message(_key(key))
        await asyncio.sleep(0.05)
        after_first_paint()

    app.after_first_paint = type_and_go_on  # type: ignore[assignment,method-assign]
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(3000):
            await pilot.pause(0.02)
            if app.room.session.text == "lobster" and app.room.session.pane == "list":
                break
        assert (app.room.session.text, app.room.session.pane) == ("lobster", "list")
    if app.builder is not None:
        app.builder.stop()


def _key(name: str) -> Key:
    signs = {"slash": "/", "enter": "\r"}
    return Key(name, signs.get(name, name))
