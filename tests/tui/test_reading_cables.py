"""A reader takes one cable of the demo apart: finds, selects, labels, explains, looks around."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from cable_tui.archive.archive import Archive
from cable_tui.base.cable import Cable
from cable_tui.tui.main.controller import PaintedState
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.first_rows import StartRequest
from tests.tui.rooms import MIDDLE, open_room, opened, press, until

CITED = "08PORTAMBER77"
"""Cites two cables of the demo, and two cite it."""
THERE = StartRequest(reference=CITED)


async def _open(app: CableTui, pilot: Pilot[int]) -> None:
    await until(pilot, opened(app, CITED), app)
    await until(pilot, lambda: app.room.cable.body.has_focus, app)


async def test_the_library_steps_back_while_a_cable_is_read_and_the_paragraph_stays_where_it_is(
    indexed: Path, tmp_path: Path
) -> None:
    async with open_room(indexed, tmp_path, size=MIDDLE, wanted=THERE) as (app, pilot):
        await _open(app, pilot)
        body, library = app.room.cable.body, app.room.filters

        def row() -> int:
            painted = app.screen._compositor.render_strips()
            return next(y for y, line in enumerate(painted) if line.text.startswith(" 3.", start()))

        def start() -> int:
            return body.content_region.x + body.EDGE - 1

        await until(pilot, lambda: not library.display and body.size.width == MIDDLE[0], app)
        await press(pilot, app, *["right_curly_bracket"] * 5)
        before, cells = row(), body.size.width
        for keys in (("s",), ("2",), ("slash", "escape")):
            await press(pilot, app, *keys)
            await until(pilot, lambda: body.size.width < cells and row() == before, app)
            assert (library.display, row()) == (True, before)
            await press(pilot, app, "5")
            await until(pilot, lambda: body.size.width == cells and row() == before, app)
            assert (library.display, row()) == (False, before)


async def test_a_cable_that_is_long_in_coming_is_waited_for_in_the_list(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    come = Event()
    read = Archive.cable

    def slowly(archive: Archive, id_: int, number: int = 0) -> Cable:
        assert come.wait(10)
        return read(archive, id_)

    async with open_room(indexed, tmp_path, wanted=THERE) as (app, pilot):
        await _open(app, pilot)
        await press(pilot, app, "escape", "j")
        room, before = app.room, app.room.session.opened
        monkeypatch.setattr(Archive, "cable", slowly)
        session = await press(pilot, app, "enter")
        await pilot.pause(3 * PaintedState.cable_patience)
        assert (session.pane, session.opened) == ("body", before)
        assert not room.has_class("-reading")
        assert room.results.display
        come.set()
        await until(pilot, lambda: room.has_class("-reading"), app)
        assert room.session.opened is not before
        assert room.focused is room.cable.body
        # Who turns away meanwhile stays there, once keys no longer wait for the cable.
        monkeypatch.setattr(PaintedState, "keys_patience", 0.0)
        come.clear()
        before = room.session.opened
        await press(pilot, app, "escape", "j", "enter")
        await pilot.pause(3 * PaintedState.cable_patience)
        await press(pilot, app, "s")
        assert room.filters.has_focus
        come.set()
        await until(pilot, lambda: room.session.opened is not before, app)
        await pilot.pause(0.05)
        assert room.session.pane == "filters"
        assert room.filters.has_focus


@pytest.mark.parametrize("size", [(60, 15), (120, 40)], ids=str)
async def test_an_open_header_shows_whom_it_is_for_and_is_scrolled_by_keys(
    indexed: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with open_room(indexed, tmp_path, size=size, wanted=THERE) as (app, pilot):
        await _open(app, pilot)
        header = app.room.cable.header

        def in_sight() -> list[str]:
            lines = (header._layout.lines[n] for n in range(header.lines))
            shown = [line.shown for line in lines]
            return shown[header.first_line : header.first_line + header.size.height]

        await press(pilot, app, "g", "h")
        await until(pilot, lambda: any(line.startswith("TO ") for line in in_sight()), app)
        await press(pilot, app, "end")
        last = header.first_line
        assert last + header.size.height == header.lines
        await press(pilot, app, "home")
        assert header.first_line == 0
        await press(pilot, app, "j")
        assert header.first_line == min(1, last)
        await press(pilot, app, "k")
        assert header.first_line == 0
        assert app.room.cable.body.first_line == 0
