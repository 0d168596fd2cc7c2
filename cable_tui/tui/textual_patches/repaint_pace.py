"""When a screen is painted: soon after something is new, and then not again for a moment.

Textual paints at the ticks of a clock. What is new at rest is painted before the messages have come
that belong to it; what is new right after a paint waits for the next tick but one, 17 to 33 ms.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

ROUNDS = 12
"""Rounds of messages that a paint waits for: widgets tell each other what a key changed, and all of
it is one paint."""
APART = 0.012
"""Seconds from the end of a paint to the next one."""


class RepaintTimer:
    """Calls `paint` at its time, once for all that was asked for until then."""

    def __init__(self, paint: Callable[[], None]) -> None:
        self._paint = paint
        self._due: asyncio.Handle | None = None
        self._last = 0.0

    def resume(self) -> None:
        """Something is new."""
        if self._due is None:
            wait = max(self._last + APART - time.monotonic(), 0)
            self._due = asyncio.get_running_loop().call_later(wait, self._round, ROUNDS)

    def pause(self) -> None:
        """All that was new is being painted."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        self._last = time.monotonic()

    def _round(self, rounds: int) -> None:
        if rounds:
            self._due = asyncio.get_running_loop().call_soon(self._round, rounds - 1)
        else:
            self._due = None
            self._paint()


class PacedScreen(Screen[None]):
    """A screen with a pace of its own, and without the paints that change nothing."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Who gets and who loses the focus paint themselves; nobody else looks otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._pace = RepaintTimer(lambda: self.call_next(self._on_timer_update))

    @property
    def _update_timer(self) -> RepaintTimer:  # type: ignore[override]  # it has all that is asked of one
        return self._pace

    def _compositor_refresh(self) -> None:
        """Not while the program holds paints back: it would be done, and then be thrown away."""
        if not self.app._batch_count:
            super()._compositor_refresh()
