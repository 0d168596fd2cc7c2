"""The key queue: keys that are typed ahead are handled one after another.

Textual sends every key to the widget that has the focus at that moment, although the effect of the
previous key takes a few more messages: `/lobster` typed quickly would end up in the list. A key
therefore waits until a barrier, sent after the previous key through the same message queues, has
come back.

Gain: keys typed quickly have the same effect as keys typed slowly, and no key is lost before the
room is ready. Measured by `tests/tui/textual_patches/test_type_ahead.py`; `python -m benchmarks
--only keys` loses no key at 30 keys per second. Replaced by: a method of `App` that sends a key and
returns when its messages are handled, as `Pilot.press` does in tests.
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
"""The number of rounds that a barrier makes for typed letters and in dialogs, where effects are
posted in messages that follow the key.
"""
_LOOK_EVERY = 0.3
"""The interval, in seconds, between two checks for a lost barrier: a widget may close before it has
handled the barrier.
"""


class QueueBarrier(Message):
    """The barrier. Once it is back, every widget on its path has handled earlier messages."""

    def __init__(self, number: int, rounds: int) -> None:
        super().__init__()
        self.number = number
        self.rounds = rounds
        """The number of remaining rounds."""


class KeyQueue:
    """The queue of waiting keys. `next` returns a key when it may be sent.

    Keys also wait for the first archive, for a cable or a dialog that is about to appear, and for a
    new screen on top: until then no widget could handle them.
    """

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._waiting_keys: deque[KeyEvent] = deque()
        self._barrier_number = 0
        """The number of the last barrier."""
        self._watched_number = 0
        """The number of the barrier that is checked regularly."""
        self._barrier_target: Widget | Screen[Any] | None = None
        """The widget to which the barrier was last posted."""
        self.begun = 0.0
        """The time of the first of several keys in quick succession, in seconds of the monotonic
        clock.
        """
        self._has_barrier = False
        """Whether a barrier is still on its way."""
        self._is_waiting: Callable[[], bool] = bool
        self._screen: Screen[Any] | None = None
        """The top screen through which a barrier has passed, so it can receive keys."""
        self.blocked = True
        """Whether the first archive is not open yet."""

    @property
    def is_idle(self) -> bool:
        """Whether no key is waiting or being handled."""
        return not (self._waiting_keys or self._has_barrier)

    def add(self, event: KeyEvent) -> None:
        """Append a key to the queue.

        An Enter typed before the program controlled the terminal becomes a line feed, which Textual
        reads as `^j`. Commands must not use that key.
        """
        if isinstance(event, events.Key) and event.key == "ctrl+j":
            event = events.Key("enter", "\r")
        if self.is_idle:
            self.begun = monotonic()
        self._waiting_keys.append(event)
        self._watch()

    def next(self) -> KeyEvent | None:
        """Return the next key if it may be sent now, or else None.

        The caller then calls `key_sent`.
        """
        if self.blocked or self._has_barrier or not self._waiting_keys or self._is_waiting():
            return None
        if self._app.screen is not self._screen:
            # It first gives the focus to a widget, or gets the result of the screen above it.
            self._screen = self._app.screen
            self._send_barrier(self._app.focused or self._screen, 1)
            return None
        return self._waiting_keys.popleft()

    def begin(self, is_waiting: Callable[[], bool]) -> None:
        """Begin to send keys; the first key waits until the room has set the focus.

        `is_waiting` returns whether the room is waiting for something. When the waiting ends, the
        room posts a `QueueBarrier`.
        """
        if not self.blocked:
            return
        self.blocked, self._is_waiting = False, is_waiting
        self._send_barrier(self._app.screen, _ROUNDS)

    def key_sent(self, target: Widget | Screen[object]) -> None:
        """Record that a key was sent to a widget; the next one waits until it is handled."""
        is_in_dialog = self._screen is not None and self._screen.is_modal
        needs_rounds = is_in_dialog or isinstance(target, Input)
        self._send_barrier(target, _ROUNDS if needs_rounds else 1)

    def _send_barrier(self, target: Widget | Screen[object], rounds: int) -> None:
        self._barrier_number += 1
        self._post(target, rounds)
        self._watch()

    def _post(self, target: Widget | Screen[object], rounds: int) -> None:
        self._barrier_target = target
        self._has_barrier = target.post_message(QueueBarrier(self._barrier_number, rounds))

    def _watch(self) -> None:
        """Check at intervals whether the barrier is lost, while a key is waiting for it."""
        if (
            self._has_barrier
            and self._waiting_keys
            and self._watched_number != self._barrier_number
        ):
            self._watched_number = self._barrier_number
            self._app.set_timer(_LOOK_EVERY, partial(self._look, self._barrier_number))

    def _look(self, number: int) -> None:
        """Replace a barrier whose widget has closed; if the machine is only slow, keep waiting."""
        if number != self._barrier_number or not self._has_barrier:
            return
        if self._barrier_target is None or _is_closed(self._barrier_target):
            self._app.post_message(QueueBarrier(number, 1))
        else:
            self._app.set_timer(_LOOK_EVERY, partial(self._look, number))

    def passed(self, barrier: QueueBarrier) -> None:
        """Handle a barrier that came back: send it again, or let the next key be sent."""
        if barrier.number != self._barrier_number or not self._has_barrier:
            return
        if barrier.rounds > 1:
            self._post(self._app.focused or self._app.screen, barrier.rounds - 1)
        else:
            self._has_barrier = False


def begun_at(app: App[Any]) -> float:
    """Return the time of the first of several keys in quick succession.

    Without a queue, return now.
    """
    key_queue = getattr(app, "key_queue", None)
    return key_queue.begun if isinstance(key_queue, KeyQueue) else monotonic()


def _is_closed(widget: Widget | Screen[Any]) -> bool:
    """Return whether a widget no longer reads messages, or no longer passes them on."""
    return widget._closing or widget._closed or not widget.is_attached
