"""Asks a reader for one line: a name, a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.session.base import Action
from cable_tui.tui.base.host import in_browser

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View


def ask_line(
    view: View, typed: Callable[[str], Action], title: str, proposed: str = "", note: str = ""
) -> None:
    """Ask for one line, and dispatch what is made of it; without one nothing happens."""
    from cable_tui.tui.dialogs.prompts import NameBox

    def take(line: str | None) -> None:
        if line:
            view.dispatch(typed(line))

    view.app.push_screen(NameBox(title, proposed, note), take)


def ask_file(view: View, named: Callable[[str], Action], what: str, name: str) -> None:
    """Ask where to write something: in this folder, or in a browser as a download."""
    if in_browser(view.app):
        ask_line(view, named, f"Download {what} as", name)
    else:
        ask_line(view, named, f"Write {what} to", str(Path.cwd() / name))
