"""`Modal`, the base of every dialog: it is left once, even if more keys are waiting.

Textual's `dismiss` removes whatever screen is on top. A second key or click that was on its way
already would remove the one below, in the end the main screen.

While a dialog is open the room gets no key: `MainScreen.on_key` hands it on. A dialog has only the
keys in its own `on_key`, and those of `LEAVES`.

To add a dialog:

1. Write a `Modal[T]` in a module of this folder. It takes what it shows as arguments, keeps no
   session, and ends with `dismiss(value)`; `T` is the type of that value, None if it is left.
   Texts from files go into `Content`, never into markup. A few lines to choose from need no class:
   a step asks for them with `AskMenu` of `session/effects.py`, whose lines carry what they do.
2. Write an `Effect` that asks for it in the feature's module of `session/features/`, where the step
   of some action returns it, and an action for the answer.
3. Write its handler in `tui/main/dialog_effects.py`, and name it in `ON_SCREEN` there: it
   pushes the dialog, and dispatches the action for the answer.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import OptionList

from cable_tui.text import clean_line
from cable_tui.tui.commands.keyboard import command_for
from cable_tui.tui.widgets.host import Host
from cable_tui.tui.widgets.line_list import Unit


class Modal(ModalScreen[ScreenResultType]):
    """A screen over the main screen. After it is left, it ignores keys and clicks."""

    LEAVES: ClassVar[frozenset[str]] = frozenset()
    """The keys that leave it without a value."""
    _left = False

    @staticmethod
    def box(title: str, keys: str = "", classes: str = "menu-box") -> Vertical:
        """Return a frame with a title above, and its keys below."""
        framed_box = Vertical(classes=classes)
        framed_box.border_title, framed_box.border_subtitle = (
            Content(clean_line(title)),
            Content(keys),
        )
        return framed_box

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave; does nothing if it was left already, or if another screen is over it."""
        if self._left or self.app.screen is not self:
            return AwaitComplete()
        self._left = True
        return super().dismiss(result)

    def give_way(self) -> None:
        """Leave without a value; a page, and a note that is written, stay."""
        if self.LEAVES:
            self.dismiss(None)

    def on_mount(self) -> None:
        """Leave the line with a hint in sight."""
        self.set_class(self.app.screen_stack[0].has_class("-hinting"), "-hinting")

    def on_key(self, event: events.Key) -> None:
        """Leave; or do what a key does over a dialog too."""
        command = command_for("everywhere", event.key)
        if event.key in self.LEAVES:
            event.stop()
            self.dismiss(None)
        elif command is not None and command.in_dialogs and isinstance(self.app, Host):
            event.stop()
            self.app.tell(command.in_dialogs)

    async def _on_message(self, message: Message) -> None:
        """Drop keys and clicks that were in the queue when it was left."""
        if self._left and _is_input(message):
            message.stop()
        else:
            await super()._on_message(message)


CLOSE = frozenset({"escape", "q", "backspace"})
"""The keys that leave most dialogs."""


def _is_input(message: Message) -> bool:
    """Return whether it is a key or a click, or a message that a widget made of one."""
    return isinstance(message, events.InputEvent) or message.control is not None


class EagerOptionList(OptionList):
    """A list that ignores paging until it is on the screen.

    Textual looks its lines up to turn a page, and it has none before it knows its width: a key
    typed ahead, or on a screen that is too small for the list, would end the room.
    """

    def action_page_up(self) -> None:
        """Scroll a page up."""
        if is_laid_out(self):
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Scroll a page down."""
        if is_laid_out(self):
            super().action_page_down()  # type: ignore[no-untyped-call]

    def move(self, unit: Unit, by: int) -> None:
        """Move the cursor."""
        {
            ("line", 1): self.action_cursor_down,
            ("line", -1): self.action_cursor_up,
            ("page", 1): self.action_page_down,
            ("page", -1): self.action_page_up,
            ("end", 1): self.action_last,
            ("end", -1): self.action_first,
        }[unit, by]()


def is_laid_out(lines: OptionList) -> bool:
    """Return whether its lines are laid out."""
    return bool(lines.scrollable_content_region)
