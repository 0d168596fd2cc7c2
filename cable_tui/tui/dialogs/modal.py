"""`Modal`, the base of every dialog: it is left once, whatever keys are on their way.

Textual's `dismiss` takes away whatever screen is on top. A second key or click that was on its way
already would take away the one below, in the end the main screen.

To add a dialog:

1. Write a `Modal[T]` in a module of this folder. It takes what it shows as arguments, keeps no
   session, and ends with `dismiss(value)`; `T` is the type of that value, None where it is left.
   Texts from files go into `Content`, never into markup. A few lines to choose from need no class:
   a step asks for them with `AskMenu` of `session/effects.py`, whose lines carry what they do.
2. Write an `Effect` that asks for it in the feature's module of `session/features/`, where the step
   of some action returns it, and an action for the answer.
3. Write its handler in `tui/main/dialog_effects.py`, under `@performs(TheEffect, "screen")`: it
   pushes the dialog, and dispatches the action for the answer.
"""

from __future__ import annotations

from textual import events
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType

from cable_tui.session.features import tour
from cable_tui.tui.base.host import Host
from cable_tui.tui.commands.table import command_for


class Modal(ModalScreen[ScreenResultType]):
    """A screen over the main screen. Once it is left, it handles no key and no click."""

    _left = False

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave; does nothing where it was left already, or where another screen is over it."""
        if self._left or self.app.screen is not self:
            return AwaitComplete()
        self._left = True
        return super().dismiss(result)

    def on_key(self, event: events.Key) -> None:
        """Leave the tour: its line is in sight, and says that it can be left."""
        command = command_for("everywhere", event.key)
        if command is not None and command.id == "help.tour" and isinstance(self.app, Host):
            event.stop()
            self.app.tell(tour.LeaveTour())

    async def _on_message(self, message: Message) -> None:
        """Drop keys and clicks that were in the queue when it was left."""
        if self._left and _is_input(message):
            message.stop()
        else:
            await super()._on_message(message)


def _is_input(message: Message) -> bool:
    """Whether it is a key or a click, or a message that a widget made of one."""
    return isinstance(message, events.InputEvent) or message.control is not None
