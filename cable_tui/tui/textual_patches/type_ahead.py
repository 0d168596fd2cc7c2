"""The key queue: keys that are typed ahead are handled one after the other.

Textual sends every key to the widget that has the focus at that moment, while the effect of the key
before it takes some messages more: `/lobster` typed in one go would end in the list. So a key waits
until a barrier, sent behind the key before it through the same message queues, has come back.

Buys: keys in one go do what they do one by one, and none is lost before the room is ready. Measured
by `tests/tui/textual_patches/test_type_ahead.py`; `python -m benchmarks --only keys` loses no key
at 30 a second. Replaced by: a method of `App` that sends a key and returns when its messages are
handled, as `Pilot.press` does in tests.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from time import monotonic
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
"""Number of rounds of the barrier for typed letters, and in a dialog: effects are posted in
messages that follow the key."""
_LOOK_EVERY = 0.3
"""Seconds between two looks whether a barrier is lost: a widget may close before it has read it."""


class QueueBarrier(Message):
    """The barrier: every widget on the way has handled the messages before it."""

    def __init__(self, number: int, rounds: int) -> None:
        super().__init__()
        self.number = number
        self.rounds = rounds
        """Number of rounds that are left."""


class KeyQueue:
    """The keys that wait. `next` returns the one that may be sent now.

    They also wait for the first archive, for a cable or a dialog that is on its way, and for a
    screen that is new on top: before that nobody could handle them.
    """

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._waiting: deque[KeyEvent] = deque()
        self._number = 0
        """The number of the last barrier."""
        self._watched = 0
        """The barrier that is looked for now and then."""
        self._target: Widget | Screen[Any] | None = None
        """The widget to which the barrier was posted last."""
        self.begun = 0.0
        """When the first key came of those that came without a rest; seconds of the clock."""
        self._busy = False
        """Whether a barrier is on its way."""
        self._is_waiting: Callable[[], bool] = bool
        self._screen: Screen[Any] | None = None
        """The top screen that a barrier has passed: it takes keys."""
        self.blocked = True
        """Whether the first archive is not open yet."""

    @property
    def is_idle(self) -> bool:
        """Whether no key waits or is being handled."""
        return not (self._waiting or self._busy)

    def add(self, event: KeyEvent) -> None:
        """Add a key at the end.

        An Enter typed before the program has the terminal becomes a line feed, which Textual reads
        as ^j. Commands must not use that key.
        """
        if isinstance(event, events.Key) and event.key == "ctrl+j":
            event = events.Key("enter", "\r")
        if self.is_idle:
            self.begun = monotonic()
        self._waiting.append(event)
        self._watch()

    def next(self) -> KeyEvent | None:
        """Return the next key, if one may be sent now; the caller then calls `key_sent`."""
        if self.blocked or self._busy or not self._waiting or self._is_waiting():
            return None
        if self._app.screen is not self._screen:
            # It first gives the focus to a widget, or gets the result of the screen above it.
            self._screen = self._app.screen
            self._send_barrier(self._app.focused or self._screen, 1)
            return None
        return self._waiting.popleft()

    def begin(self, is_waiting: Callable[[], bool]) -> None:
        """Begin to send keys; the first one waits until the room has given the focus to a pane.

        `is_waiting` says whether the room waits for something. When it ends, the room posts a
        `QueueBarrier`.
        """
        if not self.blocked:
            return
        self.blocked, self._is_waiting = False, is_waiting
        self._send_barrier(self._app.screen, _ROUNDS)

    def key_sent(self, target: Widget | Screen[object]) -> None:
        """Note that a key was sent to a widget: the next one waits until it is handled."""
        in_dialog = self._screen is not None and self._screen.is_modal
        goes_round = in_dialog or isinstance(target, Input)
        self._send_barrier(target, _ROUNDS if goes_round else 1)

    def _send_barrier(self, target: Widget | Screen[object], rounds: int) -> None:
        self._number += 1
        self._post(target, rounds)
        self._watch()

    def _post(self, target: Widget | Screen[object], rounds: int) -> None:
        self._target = target
        self._busy = target.post_message(QueueBarrier(self._number, rounds))

    def _watch(self) -> None:
        """Look now and then whether the barrier is lost, if a key waits for it."""
        if self._busy and self._waiting and self._watched != self._number:
            self._watched = self._number
            self._app.set_timer(_LOOK_EVERY, partial(self._look, self._number))

    def _look(self, number: int) -> None:
        """Give a barrier up if its widget is closed. A slow machine only takes its time."""
        if number != self._number or not self._busy:
            return
        if self._target is None or _is_closed(self._target):
            self._app.post_message(QueueBarrier(number, 1))
        else:
            self._app.set_timer(_LOOK_EVERY, partial(self._look, number))

    def passed(self, barrier: QueueBarrier) -> None:
        """Note that a barrier came back: send it again, or let the next key be sent."""
        if barrier.number != self._number or not self._busy:
            return
        if barrier.rounds > 1:
            self._post(self._app.focused or self._app.screen, barrier.rounds - 1)
        else:
            self._busy = False


def begun_at(app: App[Any]) -> float:
    """Return when the first key came of those that came without a rest; now without a queue."""
    queue = getattr(app, "key_queue", None)
    return queue.begun if isinstance(queue, KeyQueue) else monotonic()


def _is_closed(widget: Widget | Screen[Any]) -> bool:
    """Return whether a widget reads no more messages, or its messages go no further."""
    return widget._closing or widget._closed or not widget.is_attached
