"""The painted state: which session the screen shows, and when it follows the current one.

A key that opens a cable is painted together with the cable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.session.state import Session
from cable_tui.session.values import READING
from cable_tui.tui.main import render
from cable_tui.tui.textual_patches.type_ahead import QueueBarrier
from cable_tui.value import replace

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View

CABLE_PATIENCE = 0.04
"""Seconds that a paint waits for the requested cable."""


class PaintedState:
    """The session that the widgets show."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.session = Session()
        self._overdue: bool | None = None
        """Whether the awaited cable is late; None where none is awaited."""

    @property
    def is_waiting(self) -> bool:
        """Whether a cable was requested and is not late."""
        return self._overdue is False

    def show(self, new: Session) -> None:
        """Render what differs; a key that opens a cable waits for the cable.

        When the cable is late, the screen stays at the list, and never shows the one before.
        """
        old = self.session
        if new.opening is not None and self._overdue is None:
            self._overdue = False
            self._view.set_timer(CABLE_PATIENCE, self._stop_waiting)
        if new.opening is None:
            self._set_overdue(None)
        elif self.is_waiting:
            return
        elif new.pane in READING and not old.reading:
            new = replace(new, pane=old.pane, reading=False, library_open=old.library_open)
        self.session = new
        render.render(self._view, old, new)

    def _stop_waiting(self) -> None:
        if self.is_waiting:
            self._set_overdue(True)
            self.show(self._view.session)

    def _set_overdue(self, overdue: bool | None) -> None:
        """The cable has come, or it is late: keys that wait for it go on."""
        if self.is_waiting:
            self._view.app.post_message(QueueBarrier(0, 0))
        self._overdue = overdue
