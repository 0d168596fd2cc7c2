"""Keys typed ahead: they are worked off one after the other, however fast they come.

Textual hands every key to the widget that has the focus at that moment, and what a key does takes
some messages more: `/lobster` typed in one go would end in the list. So a key waits until a mark
that was sent behind the one before it has come back, on the same way through the same queues.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen
    from textual.widget import Widget

KeyEvent = events.Key | events.Paste
_ROUNDS = 3
"""Times that the mark goes round where letters are typed, and over the room: what a letter changed
and what Enter chose is told in messages that follow it."""
_PATIENCE = 0.3
"""Seconds after which a mark counts as lost: a widget may close before it has read it."""


class QueueBarrier(Message):
    """The mark: what was sent before it has been worked off by every widget on the way."""

    def __init__(self, number: int, rounds: int) -> None:
        super().__init__()
        self.number = number
        self.rounds = rounds
        """Times that it goes round yet."""


class KeyQueue:
    """The keys that wait. `next` says which one may be handed on now.

    They also wait for the first archive, for a cable or a box that is on its way, and for a screen
    that is new on top: nothing could be done about them before.
    """

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._waiting: deque[KeyEvent] = deque()
        self._number = 0
        """Of the key that was handed on last."""
        self._patient_for = 0
        """The key whose mark counts as lost after a while."""
        self._busy = False
        self._awaits: Callable[[], bool] = bool
        self._screen: Screen[Any] | None = None
        """The one on top that a mark went through: it takes keys."""
        self.held = True
        """The room is not there yet, or no archive is open in it."""

    def add(self, event: KeyEvent) -> None:
        """One more."""
        self._waiting.append(event)
        self._be_patient()

    def next(self) -> KeyEvent | None:
        """The key whose turn it is, if it is one's turn; `sent` must follow."""
        if self.held or self._busy or not self._waiting or self._awaits():
            return None
        if self._app.screen is not self._screen:
            # It gives the focus to a widget first; or it is told what became of the one over it.
            self._screen = self._app.screen
            self._mark(self._app.focused or self._screen, 1)
            return None
        return self._waiting.popleft()

    def begin(self, awaits: Callable[[], bool]) -> None:
        """Keys may come; the first one waits until the room has given the focus to a pane.

        `awaits` says whether the room has something to wait for; what it has to wait for no longer,
        a `Passed` tells.
        """
        if not self.held:
            return
        self.held, self._awaits = False, awaits
        self._mark(self._app.screen, _ROUNDS)

    def sent(self, target: Widget | Screen[object]) -> None:
        """A key was handed to a widget: the next one waits for it."""
        told = isinstance(target, Input) or (self._screen is not None and self._screen.is_modal)
        self._mark(target, _ROUNDS if told else 1)

    def _mark(self, target: Widget | Screen[object], rounds: int) -> None:
        self._number += 1
        self._busy = target.post_message(QueueBarrier(self._number, rounds))
        self._be_patient()

    def _be_patient(self) -> None:
        """Where a key waits for a mark, it does not wait for ever."""
        number = self._number
        if self._busy and self._waiting and self._patient_for != number:
            self._patient_for = number
            self._app.set_timer(_PATIENCE, lambda: self._app.post_message(QueueBarrier(number, 1)))

    def passed(self, mark: QueueBarrier) -> None:
        """The mark came back to the program: once more round, or the way is free."""
        if mark.number != self._number or not self._busy:
            return
        if mark.rounds > 1:
            target = self._app.focused or self._app.screen
            self._busy = target.post_message(QueueBarrier(mark.number, mark.rounds - 1))
        else:
            self._busy = False
