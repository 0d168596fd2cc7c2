"""`Modal`, the base of every dialog: it closes only once, even if more keys are waiting.

Textual's `dismiss` removes the topmost screen. A second key or click already in the queue would
remove the screen below, and eventually the main screen. While a dialog is open the room receives no
keys: `MainScreen.on_key` passes them on. A dialog handles only the keys in its own `on_key` and in
`LEAVES`.

To add a dialog:

1. Write a `Modal[T]` in a module of this folder. It takes its content as arguments, keeps no
   session, and ends with `dismiss(value)`; `T` is the type of the value, and a cancelled dialog
   returns None. Put texts from files into `Content`, never into markup. A short list of choices
   needs no class: a step asks for it with `AskMenu` of `session/effects.py`, whose lines have
   their actions.
2. In the feature's module of `session/features/`, write an `Effect` that opens the dialog, which
   the step of some action returns, and an action for the answer.
3. Write its handler in `tui/main/dialog_effects.py`, and add it to `ON_SCREEN` there: it opens
   the dialog, and dispatches the action for the answer.
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
    """A screen that covers the main screen. After it has closed, it ignores keys and clicks."""

    LEAVES: ClassVar[frozenset[str]] = frozenset()
    """The keys that close the dialog without a value."""
    _has_closed = False

    @staticmethod
    def box(title: str, keys: str = "", classes: str = "menu-box") -> Vertical:
        """Return a frame with a title above and a line of keys below."""
        framed_box = Vertical(classes=classes)
        framed_box.border_title, framed_box.border_subtitle = (
            Content(clean_line(title)),
            Content(keys),
        )
        return framed_box

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close the dialog, unless it has closed already or another screen covers it."""
        if self._has_closed or self.app.screen is not self:
            return AwaitComplete()
        self._has_closed = True
        return super().dismiss(result)

    def give_way(self) -> None:
        """Close without a value, unless this is a page or a note is being written."""
        if self.LEAVES:
            self.dismiss(None)

    def on_mount(self) -> None:
        """Keep the hint line visible."""
        self.set_class(self.app.screen_stack[0].has_class("-hinting"), "-hinting")

    def on_key(self, event: events.Key) -> None:
        """Close the dialog, or run a command that also works over dialogs."""
        command = command_for("everywhere", event.key)
        if event.key in self.LEAVES:
            event.stop()
            self.dismiss(None)
        elif command is not None and command.in_dialogs and isinstance(self.app, Host):
            event.stop()
            self.app.tell(command.in_dialogs)

    async def _on_message(self, message: Message) -> None:
        """Drop keys and clicks that were in the queue when the dialog closed."""
        if self._has_closed and _is_input(message):
            message.stop()
        else:
            await super()._on_message(message)


CLOSE = frozenset({"escape", "q", "backspace"})
"""The keys that close most dialogs."""


def _is_input(message: Message) -> bool:
    """Return whether a message is a key or a click, or was sent by a widget in response to one."""
    return isinstance(message, events.InputEvent) or message.control is not None


class EagerOptionList(OptionList):
    """A list of options that ignores paging until it is laid out.

    Textual looks up the lines to turn a page, but no lines exist before the width is known: a key
    typed ahead, or a screen too small for the list, would crash the room.
    """

    def action_page_up(self) -> None:
        """Scroll one page up, if the list is laid out."""
        if is_laid_out(self):
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Scroll one page down, if the list is laid out."""
        if is_laid_out(self):
            super().action_page_down()  # type: ignore[no-untyped-call]

    def move(self, unit: Unit, by: int) -> None:
        """Move the cursor by a line or a page, or to either end."""
        {
            ("line", 1): self.action_cursor_down,
            ("line", -1): self.action_cursor_up,
            ("page", 1): self.action_page_down,
            ("page", -1): self.action_page_up,
            ("end", 1): self.action_last,
            ("end", -1): self.action_first,
        }[unit, by]()


def is_laid_out(option_list: OptionList) -> bool:
    """Return whether the lines of a list are laid out."""
    return bool(option_list.scrollable_content_region)
