"""A menu over the main screen: one key picks a line, Enter the line under the cursor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cable_tui.session.effects import MenuItem
from cable_tui.session.values import Action
from cable_tui.text import clean_line, width
from cable_tui.tui.commands.model import WidgetAction
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.widgets.option_list import EagerOptionList


class Menu(Modal[Action | WidgetAction]):
    """A menu of lines to choose from; it ends with what the chosen one does, or None."""

    MOVES: ClassVar[dict[str, str]] = {"j": "cursor_down", "k": "cursor_up"}

    def __init__(
        self, title: str, choices: Sequence[MenuItem], note: str = "", start: int = 0
    ) -> None:
        """`start` is the line under the cursor at first. Raises `ValueError` if a key is taken."""
        super().__init__(classes="menu")
        for key, number in Counter(each.key for each in choices if each.key).items():
            if number > 1:
                raise ValueError(f"{title}: two lines of the menu have the key {key}")
        self._title = clean_line(title)
        self._choices = choices
        self._note = clean_line(note)
        self._start = start

    def compose(self) -> ComposeResult:
        """A box with the lines."""
        with Vertical(classes="menu-box") as box:
            box.border_title = Content(self._title)
            if not all(choice.key for choice in self._choices):  # the keys say themselves
                box.border_subtitle = Content("Enter takes it · Esc leaves")
            if self._note:
                yield Static(Content(self._note), classes="menu-note", markup=False)
            labels = max((width(clean_line(choice.label)) for choice in self._choices), default=0)
            lines = [_option(choice, labels) for choice in self._choices]
            yield EagerOptionList(*lines, markup=False, compact=True)

    def on_mount(self) -> None:
        """Put the cursor on its first line."""
        self.query_one(OptionList).highlighted = self._start

    def on_key(self, event: events.Key) -> None:
        """A line's key picks it; j and k move where no line has them for a key."""
        pressed = event.character or event.key
        for choice in self._choices:
            if choice.key and choice.key == pressed:
                event.stop()
                self.dismiss(choice.does)
                return
        if event.key in ("escape", "q", "backspace"):
            event.stop()
            self.dismiss(None)
        elif event.key in self.MOVES:
            event.stop()
            lines = self.query_one(OptionList)
            (lines.action_cursor_down if event.key == "j" else lines.action_cursor_up)()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.dismiss(self._choices[event.option_index].does)


def _option(choice: MenuItem, labels: int) -> Option:
    """A line of the menu; details stand below each other, after labels of so many cells."""
    key = f"{choice.key:2}" if choice.key else "  "
    label = clean_line(choice.label)
    gap = " " * (labels - width(label) + 2) if choice.detail else ""
    return Option(
        Content.assemble((key, "bold"), " ", label, gap, (clean_line(choice.detail), "dim"))
    )
