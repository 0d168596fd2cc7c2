"""A checklist: lines to tick, such as the spellings of a name."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cable_tui.text import clean_line, width
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.widgets.option_list import EagerOptionList


class Checklist(Modal[tuple[str, ...] | None]):
    """A checklist that ends with what was ticked, or None; at first all lines are ticked."""

    def __init__(self, title: str, lines: Sequence[tuple[str, int]]) -> None:
        super().__init__(classes="ticks")
        self._title = clean_line(title)
        self._lines = lines
        self._ticked = {name for name, _ in lines}

    def compose(self) -> ComposeResult:
        """The lines."""
        with Vertical(classes="menu-box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("Space ticks · a all or none · Enter takes them · Esc")
            yield EagerOptionList(*map(self._option, self._lines), markup=False, compact=True)

    def _option(self, line: tuple[str, int]) -> Option:
        name, count = line
        cells = max(width(clean_line(each)) for each, _ in self._lines)
        label = clean_line(name)
        box = "[x]" if name in self._ticked else "[ ]"
        return Option(Content(f"{box} {label}{' ' * (cells - width(label))}  {count:>9,}"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter takes what is ticked; a click ticks."""
        event.stop()
        self.dismiss(tuple(name for name, _ in self._lines if name in self._ticked))

    def on_key(self, event: events.Key) -> None:
        """Ticks, moves, and the way out."""
        lines = self.query_one(OptionList)
        if event.key in ("escape", "q"):
            self.dismiss(None)
        elif event.key == "space" and lines.highlighted is not None:
            self._ticked ^= {self._lines[lines.highlighted][0]}
            self._again()
        elif event.key == "a":
            everything = {name for name, _ in self._lines}
            self._ticked = set() if self._ticked == everything else everything
            self._again()
        elif event.key in ("j", "k"):
            (lines.action_cursor_down if event.key == "j" else lines.action_cursor_up)()
        else:
            return
        event.stop()
        event.prevent_default()

    def _again(self) -> None:
        lines = self.query_one(OptionList)
        for index, line in enumerate(self._lines):
            lines.replace_option_prompt_at_index(index, self._option(line).prompt)
