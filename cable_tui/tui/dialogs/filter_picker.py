"""The filter picker: a line to type in over the lines that match, one of which is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cable_tui.text import clean_line, crop, fold, width
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.sidebar.lines import Item
from cable_tui.tui.widgets.option_list import EagerOptionList


class PickerChoice(NamedTuple):
    """One line."""

    value: str
    """What the screen ends with when it is taken."""
    label: str


class FilterPicker(Modal[str | None]):
    """Ends with the value that is taken, or None. Subclasses say what there is to take."""

    PLACEHOLDER = "Filter"
    HINT = "Enter takes it · Esc leaves"

    def __init__(self, title: str) -> None:
        super().__init__(classes="picker")
        self._title = clean_line(title)
        self._found: Sequence[PickerChoice] = ()

    def choices(self, typed: str) -> tuple[Sequence[PickerChoice], str]:
        """The lines for what was typed, and a note that stands below them or is empty."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """A line over the values."""
        with Vertical(classes="menu-box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(self.HINT)
            yield Input(placeholder=self.PLACEHOLDER, compact=True)
            yield EagerOptionList(markup=False, compact=True)
            yield Static(classes="menu-note", markup=False)

    def on_mount(self) -> None:
        """All there is."""
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is left by what was typed."""
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        self._found, note = self.choices(typed)
        lines = self.query_one(OptionList)
        lines.clear_options()
        lines.add_options(Option(Content(each.label)) for each in self._found)
        lines.highlighted = 0 if self._found else None
        below = self.query_one(Static)
        below.update(Content(note))
        below.display = bool(note)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the highlighted line."""
        event.stop()
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(self._found[at].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        event.stop()
        self.dismiss(self._found[event.option_index].value)

    def on_key(self, event: events.Key) -> None:
        """Up, down and pages while the line keeps the keys; Esc leaves."""
        lines = self.query_one(OptionList)
        moves: dict[str, Callable[[], None]] = {
            "down": lines.action_cursor_down,
            "up": lines.action_cursor_up,
            "pagedown": lines.action_page_down,
            "pageup": lines.action_page_up,
        }
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in moves:
            event.stop()
            event.prevent_default()
            moves[event.key]()


MOST_LISTED = 500
"""Values that are listed at once; the filter finds the others."""
_CELLS = 54
"""Of a value's name, before its number."""


class ValuePicker(FilterPicker):
    """The values with their boxes and numbers."""

    HINT = "Enter adds or removes it · Esc leaves"

    def __init__(self, title: str, items: Sequence[Item]) -> None:
        super().__init__(title)
        self._items = items

    def choices(self, typed: str) -> tuple[Sequence[PickerChoice], str]:
        """As in `FilterPicker`."""
        found = matching_values(self._items, typed)
        note = "" if found else "No value holds these words."
        if len(found) > MOST_LISTED:
            note = f"The first {MOST_LISTED:,} of {len(found):,}."
        return [PickerChoice(each.value, _line(each)) for each in found[:MOST_LISTED]], note


def matching_values(items: Sequence[Item], typed: str) -> list[Item]:
    """The values in whose names every word that was typed begins a word."""
    wanted = [fold(word) for word in typed.split()]
    return [each for each in items if all(f" {word}" in f" {fold(each.label)}" for word in wanted)]


def _line(item: Item) -> str:
    box = {"": "   ", "included": "[x]", "excluded": "[-]"}[item.state]
    label = crop(clean_line(item.label), _CELLS)
    count = f"{item.count:>9,}" if item.count is not None else f"{'…' if item.counted else '':>9}"
    return f"{box} {label}{' ' * (_CELLS - width(label))}{count}"
