"""Dialogs to choose a line from: a menu, a checklist, a filter over values, link hints (`f`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_letters, digits

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cable_tui.base.cable import Span
from cable_tui.base.value import Value
from cable_tui.exports.copy_formats import EXPORTS
from cable_tui.session.effects import MenuItem
from cable_tui.session.features import (
    copy,
    goto,
    opened_cable,
)
from cable_tui.session.sidebar_lines import FilterItem
from cable_tui.session.values import Action
from cable_tui.text import clean_line, crop, fold, width
from cable_tui.tui.commands.key_command import WidgetAction
from cable_tui.tui.dialogs.modal import CLOSE, EagerOptionList, Modal
from cable_tui.tui.widgets.line_list import WithCursor, take_move
from cable_tui.tui.widgets.looks import THEMES

SHORT = 5
"""Lines of a menu that opens where the reader looks."""
TWO_COLUMNS = 72
"""Cells of a screen on which a menu with groups has two columns or more."""
MOVES = "jkq"
"""Keys that move in a menu or leave it, if no line has them."""
FRAME = 3
"""Rows of a screen that a menu leaves: its frame, and a row that shows where it is."""
Columns = Sequence[Sequence[str]]
"""The groups of each column."""


class Menu(Modal[Action | WidgetAction]):
    """A menu of lines; it ends with the action of the chosen one, or None."""

    LEAVES = CLOSE

    def __init__(
        self,
        title: str,
        choices: Sequence[MenuItem],
        note: str = "",
        start: int = 0,
        layouts: Sequence[Columns] = (),
    ) -> None:
        """Take the lines; `start` is the one under the cursor at first.

        If the lines have groups, `layouts` are ways to put these into columns, the densest last.
        Raises `ValueError` if a key is taken.
        """
        super().__init__(classes="menu")
        key_counts = Counter(choice.key for choice in choices if choice.key)
        for key, key_count in key_counts.items():
            if key_count > 1:
                free_keys = " ".join(sorted({*ascii_letters, *digits} - {*key_counts, *MOVES}))
                message = f"two lines of the menu have the key {key}; free keys: {free_keys}"
                raise ValueError(f"{title}: {message}")
        self._title = title
        self._choices = choices
        self._note = clean_line(note)
        self._start = start
        self._layouts = layouts

    def compose(self) -> ComposeResult:
        """Return a box with the lines."""
        says_keys = all(choice.key for choice in self._choices)
        columns = self._columns()
        with self.box(self._title, "" if says_keys else "Enter chooses · Esc cancels") as box:
            box.set_class(len(columns) > 2, "-dense")
            if self._note:
                yield Static(Content(self._note), classes="menu-note", markup=False)
            with Horizontal(classes="menu-columns"):
                for column_groups in columns:
                    yield EagerOptionList(*self._lines(column_groups), markup=False, compact=True)

    def _columns(self) -> Columns:
        """Return the first layout whose lines are all in sight; else the last, which scrolls."""
        group_sizes = Counter(choice.group for choice in self._choices)
        columns: Columns = [[""]]
        for columns in self._layouts:
            rows = max(
                sum(group_sizes[menu_group] + 2 for menu_group in groups) - 1 for groups in columns
            )
            if rows <= self.app.size.height - FRAME:
                break
        if self.app.size.width < TWO_COLUMNS:
            return [[menu_group for groups in columns for menu_group in groups]]
        return columns

    def _lines(self, groups: Sequence[str]) -> Iterator[Option]:
        """Yield the lines of some groups, under their headings."""
        labels = max((width(clean_line(choice.label)) for choice in self._choices), default=0)
        for menu_group in groups:
            if menu_group:
                line_above = "" if menu_group == groups[0] else "\n"
                yield Option(Content.styled(f"{line_above}{menu_group}", "bold"), disabled=True)
            for number, choice in enumerate(self._choices):
                if choice.group == menu_group:
                    yield _option(choice, labels, number)

    def on_mount(self) -> None:
        """Put the cursor on its first line, in one column only."""
        lines, *other_columns = self.query(EagerOptionList)
        lines.highlighted = lines.get_option_index(str(self._start))
        for column in other_columns:
            column.highlighted = None

    def on_resize(self) -> None:
        """Place a short menu, at first and in another size."""
        if len(self._choices) <= SHORT:
            self.call_after_refresh(self._open_at_cursor)

    def _open_at_cursor(self) -> None:
        """Put the box below the line under the cursor of what it lies over, or above that."""
        pane = self.app.screen_stack[-2].focused if self.is_current else None
        if pane is None or not isinstance(pane, WithCursor):
            return
        box, region = self.query_one(".menu-box"), pane.content_region
        cells, rows = box.outer_size
        row = region.y + min(max(pane.cursor_row, 0), max(region.height - 1, 0))
        has_room = row + 1 + rows <= self.size.height
        y = row + 1 if has_room else max(row - rows, 0)
        x = min(region.x + 1, max(self.size.width - cells, 0))
        self.styles.align = ("left", "top")
        box.styles.offset = (x, y)

    def on_key(self, event: events.Key) -> None:
        """Pick the line of a key; j and k move if they are not keys of lines."""
        pressed = event.character or event.key
        for choice in self._choices:
            if choice.key and choice.key == pressed:
                event.stop()
                self.dismiss(choice.does)
                return
        lines = list(self.query(EagerOptionList))
        column_here = next((column for column in lines if column.has_focus), lines[0])
        if event.key in ("left", "right"):
            place = lines.index(column_here) + (-1 if event.key == "left" else 1)
            column_beside = lines[min(max(place, 0), len(lines) - 1)]
            if column_beside is not column_here:
                row, column_here.highlighted = column_here.highlighted, None
                column_beside.highlighted = min(row or 1, column_beside.option_count - 1)
                column_beside.focus()
        elif not take_move(column_here, event.key):
            return
        event.stop()
        event.prevent_default()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the line on Enter or a click."""
        event.stop()
        self.dismiss(self._choices[int(event.option_id or 0)].does)


def _option(choice: MenuItem, labels: int, number: int) -> Option:
    """Return a line of the menu; details are below each other, after labels `labels` cells wide."""
    key_text = f"{choice.key:2}" if choice.key else "  "
    label = clean_line(choice.label)
    gap = " " * (labels - width(label) + 2) if choice.detail else ""
    return Option(
        Content.assemble((key_text, "bold"), " ", label, gap, (clean_line(choice.detail), "dim")),
        id=str(number),
    )


class Checklist(Modal[tuple[str, ...] | None]):
    """A checklist that ends with the selected lines, or None; at first all lines are selected."""

    LEAVES = CLOSE

    def __init__(self, title: str, lines: Sequence[tuple[str, int]]) -> None:
        super().__init__(classes="ticks")
        self._title = title
        self._lines = lines
        self._ticked = {name for name, _ in lines}

    def compose(self) -> ComposeResult:
        """Return the lines."""
        with self.box(self._title, "Space selects · a all or none · Enter chooses · Esc"):
            yield EagerOptionList(*map(self._option, self._lines), markup=False, compact=True)

    def _option(self, line: tuple[str, int]) -> Option:
        name, count = line
        cells = max(width(clean_line(value)) for value, _ in self._lines)
        label = clean_line(name)
        box = "[x]" if name in self._ticked else "[ ]"
        return Option(Content(f"{box} {label}{' ' * (cells - width(label))}  {count:>9,}"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the selected lines at Enter; a click selects one."""
        event.stop()
        self.dismiss(tuple(name for name, _ in self._lines if name in self._ticked))

    def on_key(self, event: events.Key) -> None:
        """Select, move, or leave."""
        lines = self.query_one(EagerOptionList)
        if event.key == "space" and lines.highlighted is not None:
            self._ticked ^= {self._lines[lines.highlighted][0]}
            self._again()
        elif event.key == "a":
            all_names = {name for name, _ in self._lines}
            self._ticked = set() if self._ticked == all_names else all_names
            self._again()
        elif not take_move(lines, event.key):
            return
        event.stop()
        event.prevent_default()

    def _again(self) -> None:
        lines = self.query_one(OptionList)
        for index, line in enumerate(self._lines):
            lines.replace_option_prompt_at_index(index, self._option(line).prompt)


class PickerChoice(Value):
    """One line."""

    value: str
    """The value that the screen ends with if it is taken."""
    label: str


class FilterPicker(Modal[str | None]):
    """Ends with the value that is taken, or None. Subclasses supply the values."""

    LEAVES = frozenset({"escape"})
    PLACEHOLDER = "Filter"
    HINT = "Enter chooses · Esc cancels"

    def __init__(self, title: str) -> None:
        super().__init__(classes="picker")
        self._title = title
        self._found: Sequence[PickerChoice] = ()

    def choices(self, typed: str) -> tuple[Sequence[PickerChoice], str]:
        """Return the lines that match the typed text, and a note below them, which may be empty."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Return a line over the values."""
        with self.box(self._title, self.HINT):
            yield Input(placeholder=self.PLACEHOLDER, compact=True)
            yield EagerOptionList(markup=False, compact=True)
            yield Static(classes="menu-note", markup=False)

    def on_mount(self) -> None:
        """Show all choices."""
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the values that match the typed text."""
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        self._found, note = self.choices(typed)
        lines = self.query_one(OptionList)
        lines.clear_options()
        lines.add_options(Option(Content(choice.label)) for choice in self._found)
        lines.highlighted = 0 if self._found else None
        note_below = self.query_one(Static)
        note_below.update(Content(note))
        note_below.display = bool(note)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the highlighted line on Enter."""
        event.stop()
        row = self.query_one(OptionList).highlighted
        if row is not None:
            self.dismiss(self._found[row].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the clicked option."""
        event.stop()
        self.dismiss(self._found[event.option_index].value)

    def on_key(self, event: events.Key) -> None:
        """Move up, down and by pages while the line keeps the keys."""
        if event.key in ("down", "up", "pagedown", "pageup"):
            event.stop()
            event.prevent_default()
            take_move(self.query_one(EagerOptionList), event.key)


MOST_LISTED = 500
"""Values that are listed at once; the filter finds the others."""
_CELLS = 54
"""Cells of a value's name, before its number."""


class ValuePicker(FilterPicker):
    """The values with their boxes and numbers."""

    HINT = "Enter adds or removes · Esc cancels"

    def __init__(self, title: str, items: Sequence[FilterItem]) -> None:
        super().__init__(title)
        self._items = items

    def choices(self, typed: str) -> tuple[Sequence[PickerChoice], str]:
        """Implement `FilterPicker.choices`."""
        values = matching_values(self._items, typed)
        note = "" if values else "No value contains these words."
        if len(values) > MOST_LISTED:
            note = f"The first {MOST_LISTED:,} of {len(values):,}."
        return [PickerChoice(value.value, _line(value)) for value in values[:MOST_LISTED]], note


def matching_values(items: Sequence[FilterItem], typed: str) -> list[FilterItem]:
    """Return the values in whose names every typed word begins a word."""
    wanted_words = [fold(word) for word in typed.split()]
    return [
        item for item in items if all(f" {word}" in f" {fold(item.label)}" for word in wanted_words)
    ]


def _line(item: FilterItem) -> str:
    box = {"": "   ", "included": "[x]", "excluded": "[-]"}[item.state]
    label = crop(clean_line(item.label), _CELLS)
    count = f"{item.count:>9,}" if item.count is not None else f"{'…' if item.counted else '':>9}"
    return f"{box} {label}{' ' * (_CELLS - width(label))}{count}"


HINT_LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Letters where the fingers rest come first."""


def hint_labels(count: int) -> Sequence[str]:
    """Return `count` labels of the same length, so that none is a prefix of another."""
    if count <= len(HINT_LETTERS):
        return HINT_LETTERS[:count]
    return [first + second for first in HINT_LETTERS for second in HINT_LETTERS][:count]


class LinkHints(Modal[Action]):
    """A screen that waits for a hint to be typed; any other key ends it."""

    def __init__(self, does: Mapping[str, Action]) -> None:
        super().__init__()
        self._does = does
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Return one line below: the text above stays readable."""
        yield Static(Content("Type a label to follow it · Esc cancels"), markup=False)

    def on_key(self, event: events.Key) -> None:
        """Handle a letter of a label; any other key ends it."""
        event.stop()
        self._typed += event.character or " "
        if self._typed in self._does:
            self.dismiss(self._does[self._typed])
        elif not any(label.startswith(self._typed) for label in self._does):
            self.dismiss(None)

    def on_click(self) -> None:
        """End it on a click."""
        self.dismiss(None)


def copy_menu(what: str, source: str = "", span: Span | None = None) -> Menu:
    """Return the copy formats; and the record that is read, if there are others.

    With a `span`, that part of the body is copied.
    """
    choices = [
        MenuItem(export.key, export.label, copy.Copy(export.name, span))
        for export in EXPORTS.values()
    ]
    if source:
        choices.append(
            MenuItem("o", "read another version", opened_cable.ChooseRecord(), f"now {source}")
        )
    return Menu(f"Copy {what}", choices)


def theme_menu(names: Sequence[str], now: str) -> Menu:
    """Return the colours, the program's own first."""
    own_themes = [theme.name for theme in THEMES]
    other_themes = sorted(name for name in names if name not in own_themes)
    choices = [
        MenuItem("", name, goto.SetTheme(name), "· now" if name == now else "")
        for name in (*own_themes, *other_themes)
    ]
    return Menu("Colours", choices)
