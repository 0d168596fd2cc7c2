"""`cable-tui demo`: the reading room on a small fictional archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cable_tui import demo
from cable_tui.base.errors import CacheError
from cable_tui.cli.open import enter, need_terminal, room_entered
from cable_tui.cli.shared.command_context import CommandContext
from cable_tui.cli.shared.options import Parser
from cable_tui.program.settings import private_folder


def configure(parser: Parser) -> None:
    """Add no options: the general ones are enough."""


def run(context: CommandContext) -> int:
    """Write the archive's pages beside the caches, and open the room on them."""
    return open_demo(context)


def open_demo(context: CommandContext, **asked: Any) -> int:
    """Open the room on the demo; arguments as in `tui.start.app.run`."""
    need_terminal(context)
    folder = written(context)
    with room_entered(context, folder):
        return enter(context, folder, **asked)


def written(context: CommandContext) -> Path:
    """Return the folder of the demo, with its pages."""
    folder = context.paths.cache / "demo"
    try:
        demo.write(private_folder(folder))
    except OSError as error:
        raise CacheError(f"{folder}: the demo cannot be written: {error.strerror}") from error
    return folder
