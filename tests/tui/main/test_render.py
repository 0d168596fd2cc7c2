"""What the widgets of the room are told, and when."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from cable_tui import demo
from cable_tui.archive.build.indexer import index
from cable_tui.session.values import Jump
from cable_tui.tui.app import CableTui
from cable_tui.tui.main import render
from cable_tui.tui.startup.first_rows import StartRequest
from cable_tui.value import replace
from tests.tui.test_app import opened, press, until, walk

PORT = Jump("Port Amber", text="origin:Port")
OTHER = Jump("Amber tag", text="tag:AMBR")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, indexed."""
    place = tmp_path_factory.mktemp("paint")
    demo.write(place / "cables")
    for _ in index(place / "cables", place / "cache", workers=0):
        pass
    return place


def test_what_the_text_may_name_comes_with_the_list_or_with_its_choice(
    folder: Path, tmp_path: Path
) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await until(pilot, opened(app, "04PORTAMBER305"), app)
        room, old = app.room, app.room.session

        def shown(jumps: tuple[Jump, ...], answered: int, choice: int | None = None) -> str:
            bar = replace(old, pane="bar", ticket=old.ticket + 1, answered=answered)
            render.render(room, old, replace(bar, jumps=jumps, choice=choice))
            return room.jumps.render().plain

        assert shown((PORT,), old.answered) == ""
        assert "Show Port" in shown((PORT,), old.ticket + 1)
        assert "Show Port" in shown((OTHER,), old.answered)
        assert "Show Ambe" in shown((OTHER,), old.answered, choice=0)
        render.render(room, old, replace(old, jumps=(OTHER,)))
        assert room.jumps.render().plain == ""

    walk(folder, tmp_path, steps, wanted=StartRequest(reference="04PORTAMBER305"))


def test_the_reading_pane_follows_a_resting_cursor_and_q_closes_it(
    folder: Path, tmp_path: Path
) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)
        first = app.room.session.cable
        await press(pilot, app, "escape", "j")
        await until(pilot, lambda: app.room.session.preview.shown, app)
        shown = app.room.session.cable
        assert shown is not None
        assert shown is not first
        assert app.room.session.pane == "list"
        top = app.room.cable.top
        assert str(top.border_title).startswith("3 Preview: ")
        await press(pilot, app, "slash", "x")
        await until(pilot, lambda: app.room.session.left_behind, app)
        assert app.room.cable.has_class("-left-behind")
        assert str(top.border_title).startswith("3 Still open: ")
        await press(pilot, app, "escape")
        await until(pilot, lambda: not app.room.session.left_behind, app)
        await press(pilot, app, "5")
        assert not app.room.cable.has_class("-left-behind")
        assert "Preview" not in str(top.border_title)
        await press(pilot, app, "escape", "q")
        assert app.room.session.opened is None
        assert not app.room.cable.display
        assert app.is_running

    walk(folder, tmp_path, steps)
