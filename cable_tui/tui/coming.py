"""What is on its way: a box that opens, or a cable, once a worker has answered.

Keys that come meanwhile are meant for it, and wait.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.worker import Worker

from cable_tui.session import Effect
from cable_tui.tui import workers
from cable_tui.tui.ahead import Passed

if TYPE_CHECKING:
    from cable_tui.tui.screen import Room

PATIENCE = 1.0
"""Seconds after which it is waited for no longer: a library may be slow."""


class Coming:
    """The workers whose answers bring something. One that has ended has brought it, or will not."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._asked: set[Worker[Any]] = set()

    @property
    def awaits(self) -> bool:
        """Whether something is on its way."""
        return bool(self._asked)

    def run(self, effect: Effect) -> None:
        """Do what `step` asked for, and wait for what that brings."""
        worker = workers.run(self._room, effect)
        if effect.brings and worker is not None:
            self._asked.add(worker)
            self._room.set_timer(PATIENCE, partial(self.ended, worker))

    def ended(self, worker: Worker[Any]) -> None:
        """Its answers are behind it, whatever they were: the next key may go on."""
        if worker in self._asked:
            self._asked.remove(worker)
            self._room.app.post_message(Passed(0, 0))
