"""What of the session is on the screen, and when it follows: a cable is painted with its key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cable_tui.session.state import Session
from cable_tui.session.values import READING
from cable_tui.tui.main import render
from cable_tui.tui.textual_patches.type_ahead import QueueBarrier

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View

CABLE_PATIENCE = 0.04
"""Seconds for which a paint waits for the cable that was asked for."""


class PaintedState:
    """The session that the widgets of a room show."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.session = Session()
        self._overdue: bool | None = None
        """Whether a cable is long in coming; None where none is awaited."""

    @property
    def is_waiting(self) -> bool:
        """Whether a cable was asked for that will be here in a moment."""
        return self._overdue is False

    def show(self, new: Session) -> None:
        """Paint what differs; a key that opens a cable is painted with what it brings.

        One that is long in coming is waited for where the reader was, never over the one before.
        """
        old = self.session
        if new.opening is not None and self._overdue is None:
            self._overdue = False
            self._view.set_timer(CABLE_PATIENCE, self._wait_no_longer)
        if new.opening is None:
            self._expect(None)
        elif self.is_waiting:
            return
        elif new.pane in READING and not old.reading:
            new = replace(new, pane=old.pane, reading=False, library_open=old.library_open)
        self.session = new
        render.render(self._view, old, new)

    def _wait_no_longer(self) -> None:
        if self.is_waiting:
            self._expect(True)
            self.show(self._view.session)

    def _expect(self, overdue: bool | None) -> None:
        """The cable is here, or it takes its time: what waits for it goes on."""
        if self.is_waiting:
            self._view.app.post_message(QueueBarrier(0, 0))
        self._overdue = overdue
