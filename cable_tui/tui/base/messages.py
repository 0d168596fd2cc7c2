"""The message that carries an action: any widget or worker posts it to the main screen."""

from __future__ import annotations

from textual.message import Message

from cable_tui.session.base import Action


class ActionPosted(Message):
    """Posted with the action that the session is to take."""

    def __init__(self, action: Action) -> None:
        super().__init__()
        self.action = action
