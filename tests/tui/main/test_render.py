"""What the widgets of the room get to show, and when."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from cable_tui.base.value import replace
from cable_tui.query.answers import Jump
from cable_tui.session.feature_state import Context
from cable_tui.session.features.results import ArchiveGrew
from cable_tui.session.sidebar_lines import FilterLines
from cable_tui.session.values import Answered
from cable_tui.tui.main import render
from cable_tui.tui.panes.sidebar import Sidebar
from cable_tui.tui.start.first_rows import StartRequest
from tests.tui.rooms import MIDDLE, open_room, opened, press, until

PORT = Jump("Port Amber", text="origin:Port")
OTHER = Jump("Amber tag", text="tag:AMBR")


THERE = StartRequest(reference="04PORTAMBER305")


async def test_what_the_text_may_name_comes_with_the_list_or_with_its_choice(
    indexed: Path, tmp_path: Path
) -> None:
    async with open_room(indexed, tmp_path, wanted=THERE) as (app, _):
        room, old = app.room, app.room.session

        def shown(jumps: tuple[Jump, ...], answered: Answered, choice: int | None = None) -> str:
            bar = replace(old, pane="bar", answered=answered)
            render.render(room, old, replace(bar, jumps=jumps, choice=choice))
            return room.jumps.render().plain

        assert shown((PORT,), "before") == ""
        assert "Show Port" in shown((PORT,), "now")
        assert "Show Port" in shown((OTHER,), "before")
        assert "Show Ambe" in shown((OTHER,), "before", choice=0)
        render.render(room, old, replace(old, jumps=(OTHER,)))
        assert room.jumps.render().plain == ""


async def test_opening_draws_the_filters_once(indexed: Path, tmp_path: Path) -> None:
    shown = []

    def show(sidebar: Sidebar, head: str, lines: FilterLines) -> None:
        shown.append((head, lines.lines))
        present(sidebar, head, lines)

    present = Sidebar.show
    with patch.object(Sidebar, "show", show):
        async with open_room(indexed, tmp_path, size=MIDDLE) as (app, pilot):
            await until(pilot, lambda: app.room.session.filter_lines.filled, app)
            await until(pilot, lambda: bool(app.room.session.timeline.data.starts), app)
            app.room.dispatch(ArchiveGrew())
            await until(pilot, lambda: not app.room.session.is_waiting, app)
    heads = [head for head, _ in shown]
    assert heads[-1] == "40 cables · 2004-2010"
    assert set(heads) <= {"40 cables", heads[-1]}, "the years may be counted last"
    assert len({lines for _, lines in shown}) == 1


async def test_the_reading_pane_follows_a_resting_cursor_and_q_closes_it(
    indexed: Path, tmp_path: Path
) -> None:
    async with open_room(indexed, tmp_path) as (app, pilot):
        await press(pilot, app, "enter")
        await until(pilot, opened(app), app)
        first = app.room.session.cable
        await press(pilot, app, "escape", "j")
        await until(pilot, lambda: app.room.session.preview.shown, app)
        shown = app.room.session.cable
        assert shown is not None
        assert shown is not first
        assert app.room.session.pane == "list"
        top = app.room.cable.top
        assert str(top.border_title).startswith(" 3 Preview: ")
        await press(pilot, app, "slash", "x")
        await until(pilot, lambda: app.room.session.left_behind, app)
        assert app.room.cable.has_class("-left-behind")
        assert str(top.border_title).startswith(" 3 Still open: ")
        await press(pilot, app, "escape")
        await until(pilot, lambda: not app.room.session.left_behind, app)
        await press(pilot, app, "5")
        assert not app.room.cable.has_class("-left-behind")
        assert "Preview" not in str(top.border_title)
        await press(pilot, app, "escape", "q")
        assert app.room.session.opened is None
        assert not app.room.cable.display
        assert app.is_running


async def test_an_empty_context_gives_its_lines_back(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path, size=(200, 60), wanted=THERE) as (app, pilot):
        await until(pilot, lambda: app.room.session.context.listed, app)
        room, full = app.room, app.room.session

        async def show(context: Context) -> None:
            room.session = replace(full, context=context)
            room.controller.painted_state.show(room.session)
            await pilot.pause()

        async def spared(context: Context) -> bool:
            await show(context)
            assert room.context_pane.display is (room.results.region.bottom < below)
            return not room.context_pane.display

        below = room.cable.region.bottom
        assert await spared(replace(full.context, cited=(), citing=(), more=0))
        assert await spared(Context(full.context.id)), "no flicker while the next one is read"
        assert not await spared(full.context)


async def test_the_palette_stands_in_the_frame_of_the_menus(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path) as (app, pilot):
        await press(pilot, app, "ctrl+p")
        await pilot.pause(0.3)
        frame = app.screen.query_one("#--container")
        assert frame.styles.border_top[0] == "round"
        assert "Commands" in str(frame.border_title)
        assert app.screen.query_one("CommandList").region.bottom <= frame.region.bottom
        assert app.screen.query_one("CommandInput").region.height == 1
