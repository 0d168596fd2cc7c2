"""What of the session is on the screen, and when it follows: a cable is painted with its key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cable_tui.session import READING, Session
from cable_tui.tui import paint
from cable_tui.tui.ahead import Passed

if TYPE_CHECKING:
    from cable_tui.tui.screen import Room

PATIENCE = 0.04
"""Seconds for which a paint waits for the cable that was asked for."""


class Picture:
    """The session that the widgets of a room show."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.session = Session()
        self._overdue: bool | None = None
        """Whether a cable is long in coming; None where none is awaited."""

    @property
    def awaits(self) -> bool:
        """Whether a cable was asked for that will be here in a moment."""
        return self._overdue is False

    def show(self, new: Session) -> None:
        """Paint what differs; a key that opens a cable is painted with what it brings.

        One that is long in coming is waited for where the reader was, never over the one before.
        """
        old = self.session
        if new.opening is not None and self._overdue is None:
            self._overdue = False
            self._room.set_timer(PATIENCE, self._wait_no_longer)
        if new.opening is None:
            self._expect(None)
        elif self.awaits:
            return
        elif new.pane in READING and not old.reading:
            new = replace(new, pane=old.pane, reading=False, drawer=old.drawer)
        self.session = new
        paint.paint(self._room, old, new)

    def _wait_no_longer(self) -> None:
        if self.awaits:
            self._expect(True)
            self.show(self._room.session)

    def _expect(self, overdue: bool | None) -> None:
        """The cable is here, or it takes its time: what waits for it goes on."""
        if self.awaits:
            self._room.app.post_message(Passed(0, 0))
        self._overdue = overdue
