"""The message that carries an action: any widget or worker posts it to the main screen."""

from __future__ import annotations

from typing import NamedTuple

from textual.message import Message

from cable_tui.session.values import Action


class RunStamp(NamedTuple):
    """One run of the effects of a group, of which only the newest counts."""

    group: str
    """As `Effect.latest`."""
    number: int


class ActionPosted(Message):
    """Posted with the action that the session is to take."""

    def __init__(self, action: Action, run: RunStamp | None = None) -> None:
        """`run` is the run that reports it: an older one than the newest of its group is late."""
        super().__init__()
        self.action = action
        self.run = run
