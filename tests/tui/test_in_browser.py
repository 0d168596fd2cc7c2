"""The room where it is shown in a browser: what its reader may not do on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from cable_tui.background.indexer_process import IndexFollower
from cable_tui.program.own_commands import OwnCommand
from cable_tui.program.settings import Settings
from cable_tui.session.features import external_programs, panes
from cable_tui.tui.commands import keyboard
from cable_tui.tui.commands.keyboard import COMMANDS
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.widgets.host import in_browser
from tests.tui.rooms import open_room, press, said, until

SERVED = Settings(in_browser=True, no_index=True, author="")


async def test_nothing_is_indexed_and_what_would_act_on_this_machine_is_not_there(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subprocess.Popen", lambda *a, **b: pytest.fail("an indexer was started"))
    written: list[str] = []
    monkeypatch.setattr(CableTui, "write_to_terminal", lambda app, text: written.append(text))
    (tmp_path / "secret").mkdir()
    async with open_room(indexed, tmp_path, settings=SERVED) as (app, pilot):
        assert in_browser(app)
        left_out = {each.id for each in COMMANDS} - {each.id for each in keyboard.current()}
        assert left_out == {"cable.pager", "cable.editor", "room.suspend", "room.rescan"}
        await until(pilot, lambda: app.builder is not None, app)
        assert isinstance(app.builder, IndexFollower)
        status = app.room.session
        # The label `read-only cache` would be read as if of the bookmarks.
        assert not status.index_status.readonly
        assert (status.building, status.checked) == (None, True)
        # No path is shown, and no other archive is opened.
        for keys in (["o"], ["escape", "g", "i"]):
            await press(pilot, app, *keys)
            await until(pilot, lambda: app.screen is not app.room, app)
            await pilot.pause()
            shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
            assert "10SANTORIEL19" in shown or "This archive" in shown
            assert str(indexed) not in shown
            assert os.sep + "cables" not in shown
        await press(pilot, app, "escape")
        # The page gets the color of the theme: those of our two themes, then the terminal's own.
        terminals_own = next(
            name for name in ("ansi-dark", "textual-ansi") if name in app.available_themes
        )
        for name in ("reading-room-light", terminals_own):
            app.theme = name
            await pilot.pause()
        colors = [each for each in written if each.startswith("\x1b]11")]
        assert colors == ["\x1b]11;#14171B\x07", "\x1b]11;#F7F4EC\x07", "\x1b]111\x07"]
        app.choose(tmp_path / "secret")
        app.room.dispatch(panes.ArchiveUnreadable("The folder is gone."))
        await pilot.pause()
        assert not app.room.query_one("Empty Input", Input).display
        await press(pilot, app, *"/etc", "enter")
        assert app.path == indexed / "cables"
    assert said(app) == ["Only the person who serves this archive can open another one."]


@pytest.mark.parametrize("program", ["pager", "editor"])
async def test_no_program_is_started_even_where_the_effect_comes_through(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Any
) -> None:
    started: list[object] = []
    monkeypatch.setattr("subprocess.run", lambda *a, **b: started.append(a))
    monkeypatch.setattr("subprocess.Popen", lambda *a, **b: started.append(a))

    async with open_room(indexed, tmp_path, settings=SERVED) as (app, pilot):
        app.room.dispatch(external_programs.OpenInProgram(program))
        await until(pilot, lambda: bool(app.notices), app)
        app.room.dispatch(external_programs.RunProgram(program, "09ZENDA1", "text"))
        await pilot.pause()
    assert set(said(app)) == {"In a browser, other programs cannot be started."}
    assert started == []


async def test_no_own_command_is_started_even_where_the_effect_comes_through(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subprocess.Popen", lambda *a, **b: pytest.fail("a program was started"))
    own = OwnCommand("translate", ("sh", "-c", "true"))
    for settings in (SERVED, Settings(no_index=True, private=True)):
        async with open_room(indexed, tmp_path, settings=settings) as (app, pilot):
            app.room.dispatch(external_programs.StartOwnCommand(1, own))
            await until(pilot, lambda app=app: bool(app.notices), app)  # type: ignore[misc]
            assert (
                said(app)[-1] == "In a served or private session, other programs cannot be started."
            )
            assert app.room.session.own_command == ""


@pytest.mark.parametrize(
    ("address", "opened", "sentence"),
    [
        ("https://example.org/1", True, "Opened in another tab of your browser."),
        ("file:///etc/passwd", False, "It is on another machine."),
        ("javascript:alert(1)", False, "It is on another machine."),
    ],
)
async def test_an_address_is_opened_by_the_browser_that_asked(  # noqa: PLR0917 - fixtures and cases
    indexed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    opened: bool,
    sentence: str,
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("subprocess.Popen", lambda *a, **b: pytest.fail("a program was started"))
    asked: list[str] = []
    monkeypatch.setattr(CableTui, "open_url", lambda app, url: asked.append(url))

    async with open_room(indexed, tmp_path, settings=SERVED) as (app, pilot):
        app.room.dispatch(external_programs.OpenBrowser(address))
        await pilot.pause()
    assert asked == ([address] if opened else [])
    assert said(app) == [sentence]
