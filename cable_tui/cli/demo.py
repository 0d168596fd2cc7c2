"""`cable-tui demo`: open the reading room on a small archive of invented cables."""

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
    """Add no options, because the general options are enough."""


def run(context: CommandContext) -> int:
    """Write the demo's pages next to the caches, and open the room on them."""
    return open_demo(context)


def open_demo(context: CommandContext, **room_arguments: Any) -> int:
    """Open the room on the demo. Other arguments are passed to `tui.start.app.run`."""
    need_terminal(context)
    demo_folder = written(context)
    with room_entered(context, demo_folder):
        return enter(context, demo_folder, **room_arguments)


def written(context: CommandContext) -> Path:
    """Write the demo's pages and return their folder. Raises `CacheError`."""
    demo_folder = context.paths.cache / "demo"
    try:
        demo.write(private_folder(demo_folder))
    except OSError as error:
        raise CacheError(f"{demo_folder}: the demo cannot be written: {error.strerror}") from error
    return demo_folder
