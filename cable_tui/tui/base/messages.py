"""News for the room: any widget or worker posts it, and the room takes the action."""

from __future__ import annotations

from textual.message import Message

from cable_tui.session.base import Action


class ActionPosted(Message):
    """Something was done, or a worker reports."""

    def __init__(self, action: Action) -> None:
        super().__init__()
        self.action = action
