"""The first rows are there at the first paint, and stay; keys that come before the archive wait."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.style import Style
from textual.events import Key
from textual.strip import Strip

from cable_tui.tui.pages.report_page import RowList
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.first_rows import StartRequest
from cable_tui.tui.widgets.looks import DARK, LIGHT
from tests.tui.rooms import open_room, press, room, running, until

LAYOUTS = {(80, 24): 0, (120, 40): 30, (200, 60): 48}
"""Sizes of the terminal, and where the list begins in its lines."""


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


@pytest.mark.parametrize(
    ("size", "theme"),
    [*((size, DARK.name) for size in LAYOUTS), ((80, 24), LIGHT.name), ((120, 40), "dracula")],
    ids=str,
)
def test_the_first_rows_the_frames_and_the_bar_stay_as_they_are_painted_first(
    indexed: Path, tmp_path: Path, size: tuple[int, int], theme: str
) -> None:
    app = room(indexed, tmp_path)
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
        edges = [[_cells(every[y], start - 1, start) for y in lines] for every in (first, rendered)]
        assert edges[0] == edges[1]


@pytest.mark.parametrize("size", [(39, 24), (80, 14)], ids=str)
def test_where_the_room_has_but_a_sentence_it_is_the_first_paint(
    indexed: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    first, _ = _before_and_after(room(indexed, tmp_path), size)
    said = " ".join(strip.text.strip() for strip in first if strip.text.strip())
    assert said == "cable-tui needs a window of at least 40 x 15. ^q quits."


def test_the_text_of_a_query_stands_in_the_bar_at_the_first_paint(
    indexed: Path, tmp_path: Path
) -> None:
    app = room(indexed, tmp_path, wanted=StartRequest("tag:EFIS"))
    first, _ = _before_and_after(app, (80, 24))
    assert first[0].text.rstrip() == " tag:EFIS"


async def test_keys_that_come_before_the_archive_is_open_are_not_lost(
    indexed: Path, tmp_path: Path
) -> None:
    app = room(indexed, tmp_path)
    after_first_paint = app.after_first_paint

    async def type_and_go_on() -> None:
        for key in ("slash", *"lobster", "enter"):
            app.post_message(_key(key))
        await asyncio.sleep(0.05)
        after_first_paint()

    app.after_first_paint = type_and_go_on  # type: ignore[assignment,method-assign]
    async with running(app) as pilot:
        await until(pilot, lambda: app.room.session.text == "lobster", app)
        await until(pilot, lambda: app.room.session.pane == "list", app)


async def test_the_menu_opens_over_a_page(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path, wanted=StartRequest()) as (app, pilot):
        await press(pilot, app, "g", "W")
        await until(pilot, lambda: bool(_rows(app).lines), app)
        await press(pilot, app, "G", "g", "g")  # the top of the page, not of the list below it
        assert _rows(app).at == 0
        await press(pilot, app, "g", "x")  # another page opens above it
        await until(pilot, lambda: app.room.session.past[-1].page is not None, app)
        assert app.room.session.page is not None
        assert app.room.session.page.of.name == "missing"
        await press(pilot, app, "g", "n")  # a search is in the room
        await until(pilot, lambda: app.room.session.text == "is:noted", app)
        assert app.screen is app.room


def _rows(app: CableTui) -> RowList:
    return app.screen.query_one(RowList)


def _key(name: str) -> Key:
    signs = {"slash": "/", "enter": "\r"}
    return Key(name, signs.get(name, name))
