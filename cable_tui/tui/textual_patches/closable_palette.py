"""Textual's command palette, which may also be closed while it begins to look for commands.

Buys: a room that goes on. Textual's palette fails where its list is gone before the look begins,
and ends the app. Measured by `tests/tui/textual_patches/test_closable_palette.py`.

Replaced by: the same check in Textual's `_gather_commands`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from textual import work
from textual.command import CommandPalette
from textual.css.query import NoMatches

_gathered: Callable[[CommandPalette, str], Awaitable[None]]
_gathered = CommandPalette._gather_commands.__wrapped__  # type: ignore[attr-defined]
"""How Textual's palette looks for commands."""


class ClosablePalette(CommandPalette):
    """The palette; otherwise as Textual's."""

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        with suppress(NoMatches):
            await _gathered(self, search_value)
