"""The terminal given to one of the reader's programs, and taken back in every case."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cable_tui.session.features.external_programs import RunProgram
from cable_tui.tui.main.screen_effects import run_external_program
from cable_tui.tui.start.app import CableTui
from tests.tui.rooms import open_room, said

EDITORS: list[tuple[str, str | None, str]] = [
    ("import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('new')", "new", ""),
    ("import pathlib, sys; sys.exit(pathlib.Path(sys.argv[1]).write_text('new'))", "new", ""),
    ("pass", "old", ""),
    ("import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('')", "", ""),
    ("import sys; sys.exit(2)", None, "ended with status 2 and changed nothing."),
    (
        "import os, sys; os.remove(sys.argv[1])",
        None,
        "The editor cannot be used: No such file or directory.",
    ),
]
"""The code of an editor, the text after it, and what the reader is told."""


@pytest.mark.parametrize("editor", EDITORS)
async def test_the_room_returns_after_every_editor(
    indexed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    editor: tuple[str, str | None, str],
) -> None:
    code, text, told = editor
    resumed: list[bool] = []

    @contextmanager
    def suspend(_: CableTui) -> Iterator[None]:  # as in Textual, without `finally`
        yield
        resumed.append(True)

    (tmp_path / "edit.py").write_text(code)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {tmp_path / 'edit.py'}")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(CableTui, "suspend", suspend)
    async with open_room(indexed, tmp_path) as (app, pilot):
        assert run_external_program(app.room, RunProgram("editor", "Note", "old")) == text
        await pilot.pause()
        assert resumed == [True]
        assert (told in said(app)[-1]) if told else not said(app)
