"""What all screens over the room have in common: each is left once.

Textual's `dismiss` takes away whatever screen is on top. A second key or click that was on its way
already would take away the one below, in the end the room.
"""

from __future__ import annotations

from textual import events
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType


class Modal(ModalScreen[ScreenResultType]):
    """A screen over the room. Once it is left, it hears nothing more of hands."""

    _left = False

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave; nothing where it was left already, or where another screen stands over it."""
        if self._left or self.app.screen is not self:
            return AwaitComplete()
        self._left = True
        return super().dismiss(result)

    async def _on_message(self, message: Message) -> None:
        """Clicks that came together are in the queue together, and each would do something."""
        if self._left and _by_hand(message):
            message.stop()
        else:
            await super()._on_message(message)


def _by_hand(message: Message) -> bool:
    """Whether it is a key or a click, or what a widget makes of one."""
    return isinstance(message, events.InputEvent) or message.control is not None
