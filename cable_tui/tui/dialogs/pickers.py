"""Dialogs for choosing: a menu, a checklist, a list of values with a filter, link hints (`f`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
"""The maximum number of lines in a menu that opens at the cursor."""
TWO_COLUMNS = 72
"""The minimum screen width, in cells, at which a menu with groups has two or more columns."""
MOVES = "jkq"
"""The keys that move in a menu or close it, unless they are assigned to a line."""
FRAME = 3
"""The screen rows that a menu does not use: its frame, and a row that shows the location."""
Columns = Sequence[Sequence[str]]
"""The groups in each column."""


class Menu(Modal[Action | WidgetAction]):
    """A menu of lines. It returns the action of the chosen line, or None."""

    LEAVES = CLOSE

    def __init__(
        self,
        title: str,
        choices: Sequence[MenuItem],
        note: str = "",
        start: int = 0,
        layouts: Sequence[Columns] = (),
    ) -> None:
        """Take the lines; the cursor starts on the line at index `start`.

        If the lines have groups, `layouts` are the possible column arrangements, densest last.
        Raises `ValueError` if two lines have the same key.
        """
        super().__init__(classes="menu")
        key_counts = Counter(choice.key for choice in choices if choice.key)
        for key, line_count in key_counts.items():
            if line_count > 1:
                free_keys = " ".join(sorted({*ascii_letters, *digits} - {*key_counts, *MOVES}))
                key_message = f"two lines of the menu share the key {key}; free keys: {free_keys}"
                raise ValueError(f"{title}: {key_message}")
        self._title = title
        self._choices = choices
        self._note = clean_line(note)
        self._start_index = start
        self._layouts = layouts

    def compose(self) -> ComposeResult:
        """Return a box that contains the lines."""
        all_have_keys = all(choice.key for choice in self._choices)
        columns = self._columns()
        with self.box(
            self._title, "" if all_have_keys else "Enter chooses · Esc cancels"
        ) as menu_box:
            menu_box.set_class(len(columns) > 2, "-dense")
            if self._note:
                yield Static(Content(self._note), classes="menu-note", markup=False)
            with Horizontal(classes="menu-columns"):
                for column_groups in columns:
                    yield EagerOptionList(*self._lines(column_groups), markup=False, compact=True)

    def _columns(self) -> Columns:
        """Return the first layout that fits on the screen without scrolling, or else the last."""
        group_sizes = Counter(choice.group for choice in self._choices)
        layout_columns: Columns = [[""]]
        for layout_columns in self._layouts:
            row_count = max(
                sum(group_sizes[menu_group] + 2 for menu_group in column_groups) - 1
                for column_groups in layout_columns
            )
            if row_count <= self.app.size.height - FRAME:
                break
        if self.app.size.width < TWO_COLUMNS:
            return [
                [menu_group for column_groups in layout_columns for menu_group in column_groups]
            ]
        return layout_columns

    def _lines(self, groups: Sequence[str]) -> Iterator[Option]:
        """Yield the lines of the given groups, with their headings."""
        label_width = max((width(clean_line(choice.label)) for choice in self._choices), default=0)
        for menu_group in groups:
            if menu_group:
                line_above = "" if menu_group == groups[0] else "\n"
                yield Option(Content.styled(f"{line_above}{menu_group}", "bold"), disabled=True)
            for choice_index, choice in enumerate(self._choices):
                if choice.group == menu_group:
                    yield _option(choice, label_width, choice_index)

    def on_mount(self) -> None:
        """Put the cursor on the first line of the first column, and hide the others."""
        first_column, *other_columns = self.query(EagerOptionList)
        first_column.highlighted = first_column.get_option_index(str(self._start_index))
        for column in other_columns:
            column.highlighted = None

    def on_resize(self) -> None:
        """Position a short menu when it opens and whenever its size changes."""
        if len(self._choices) <= SHORT:
            self.call_after_refresh(self._open_at_cursor)

    def _open_at_cursor(self) -> None:
        """Put the box below or above the line under the cursor of the underlying screen."""
        pane = self.app.screen_stack[-2].focused if self.is_current else None
        if pane is None or not isinstance(pane, WithCursor):
            return
        menu_box, pane_region = self.query_one(".menu-box"), pane.content_region
        box_width, box_height = menu_box.outer_size
        cursor_row = pane_region.y + min(max(pane.cursor_row, 0), max(pane_region.height - 1, 0))
        fits_below = cursor_row + 1 + box_height <= self.size.height
        y = cursor_row + 1 if fits_below else max(cursor_row - box_height, 0)
        x = min(pane_region.x + 1, max(self.size.width - box_width, 0))
        self.styles.align = ("left", "top")
        menu_box.styles.offset = (x, y)

    def on_key(self, event: events.Key) -> None:
        """Choose the line with the pressed key, or move the cursor."""
        pressed_key = event.character or event.key
        for choice in self._choices:
            if choice.key and choice.key == pressed_key:
                event.stop()
                self.dismiss(choice.does)
                return
        columns = list(self.query(EagerOptionList))
        focused_column = next((column for column in columns if column.has_focus), columns[0])
        if event.key in ("left", "right"):
            column_index = columns.index(focused_column) + (-1 if event.key == "left" else 1)
            next_column = columns[min(max(column_index, 0), len(columns) - 1)]
            if next_column is not focused_column:
                highlighted_row, focused_column.highlighted = focused_column.highlighted, None
                next_column.highlighted = min(highlighted_row or 1, next_column.option_count - 1)
                next_column.focus()
        elif not take_move(focused_column, event.key):
            return
        event.stop()
        event.prevent_default()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the line on Enter or a click."""
        event.stop()
        self.dismiss(self._choices[int(event.option_id or 0)].does)


def _option(choice: MenuItem, label_width: int, choice_index: int) -> Option:
    """Return a menu line with its label padded to `label_width` cells, to align the details."""
    key_text = f"{choice.key:2}" if choice.key else "  "
    label_text = clean_line(choice.label)
    padding = " " * (label_width - width(label_text) + 2) if choice.detail else ""
    return Option(
        Content.assemble(
            (key_text, "bold"), " ", label_text, padding, (clean_line(choice.detail), "dim")
        ),
        id=str(choice_index),
    )


class Checklist(Modal[tuple[str, ...] | None]):
    """A checklist that returns the selected lines, or None if cancelled.

    Initially all lines are selected.
    """

    LEAVES = CLOSE

    def __init__(self, title: str, lines: Sequence[tuple[str, int]]) -> None:
        super().__init__(classes="ticks")
        self._title = title
        self._lines = lines
        self._ticked_names = {name for name, _ in lines}

    def compose(self) -> ComposeResult:
        """Return a box that contains the lines."""
        with self.box(self._title, "Space selects · a all or none · Enter chooses · Esc"):
            yield EagerOptionList(*map(self._option, self._lines), markup=False, compact=True)

    def _option(self, line: tuple[str, int]) -> Option:
        line_name, cable_count = line
        label_width = max(width(clean_line(other_name)) for other_name, _ in self._lines)
        label_text = clean_line(line_name)
        check_box = "[x]" if line_name in self._ticked_names else "[ ]"
        padding = " " * (label_width - width(label_text))
        return Option(Content(f"{check_box} {label_text}{padding}  {cable_count:>9,}"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the selected lines on Enter or a click."""
        event.stop()
        self.dismiss(tuple(name for name, _ in self._lines if name in self._ticked_names))

    def on_key(self, event: events.Key) -> None:
        """Select lines or move the cursor."""
        option_list = self.query_one(EagerOptionList)
        if event.key == "space" and option_list.highlighted is not None:
            self._ticked_names ^= {self._lines[option_list.highlighted][0]}
            self._again()
        elif event.key == "a":
            all_names = {name for name, _ in self._lines}
            self._ticked_names = set() if self._ticked_names == all_names else all_names
            self._again()
        elif not take_move(option_list, event.key):
            return
        event.stop()
        event.prevent_default()

    def _again(self) -> None:
        option_list = self.query_one(OptionList)
        for index, line in enumerate(self._lines):
            option_list.replace_option_prompt_at_index(index, self._option(line).prompt)


class PickerChoice(Value):
    """One line of a picker."""

    value: str
    """The value that the picker returns if the line is chosen."""
    label: str


class FilterPicker(Modal[str | None]):
    """A list with a filter that returns the chosen value, or None. Subclasses supply the values."""

    LEAVES = frozenset({"escape"})
    PLACEHOLDER = "Filter"
    HINT = "Enter chooses · Esc cancels"

    def __init__(self, title: str) -> None:
        super().__init__(classes="picker")
        self._title = title
        self._matching_choices: Sequence[PickerChoice] = ()

    def choices(self, typed: str) -> tuple[Sequence[PickerChoice], str]:
        """Return the lines that match the typed text, and a note below them, which may be empty."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Return a box with the filter's input line above the values."""
        with self.box(self._title, self.HINT):
            yield Input(placeholder=self.PLACEHOLDER, compact=True)
            yield EagerOptionList(markup=False, compact=True)
            yield Static(classes="menu-note", markup=False)

    def on_mount(self) -> None:
        """Show all choices, because nothing is typed yet."""
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the choices that match the typed text."""
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        self._matching_choices, note_text = self.choices(typed)
        option_list = self.query_one(OptionList)
        option_list.clear_options()
        option_list.add_options(Option(Content(choice.label)) for choice in self._matching_choices)
        option_list.highlighted = 0 if self._matching_choices else None
        note_widget = self.query_one(Static)
        note_widget.update(Content(note_text))
        note_widget.display = bool(note_text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose the highlighted line on Enter."""
        event.stop()
        highlighted_row = self.query_one(OptionList).highlighted
        if highlighted_row is not None:
            self.dismiss(self._matching_choices[highlighted_row].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the line that the reader clicked."""
        event.stop()
        self.dismiss(self._matching_choices[event.option_index].value)

    def on_key(self, event: events.Key) -> None:
        """Move up, down or by pages while the focus stays in the input line."""
        if event.key in ("down", "up", "pagedown", "pageup"):
            event.stop()
            event.prevent_default()
            take_move(self.query_one(EagerOptionList), event.key)


MOST_LISTED = 500
"""The maximum number of values listed at once; the filter can find the others."""
_CELLS = 54
"""The width, in cells, of a value's name before its count."""


class ValuePicker(FilterPicker):
    """A picker of values with check boxes and counts."""

    HINT = "Enter adds or removes · Esc cancels"

    def __init__(self, title: str, items: Sequence[FilterItem]) -> None:
        super().__init__(title)
        self._items = items

    def choices(self, typed: str) -> tuple[Sequence[PickerChoice], str]:
        """Return the values that match the typed text, and a note if some or all are left out."""
        matching_items = matching_values(self._items, typed)
        note_text = "" if matching_items else "No value contains these words."
        if len(matching_items) > MOST_LISTED:
            note_text = f"The first {MOST_LISTED:,} of {len(matching_items):,}."
        return [
            PickerChoice(matching_item.value, _line(matching_item))
            for matching_item in matching_items[:MOST_LISTED]
        ], note_text


def matching_values(items: Sequence[FilterItem], typed: str) -> list[FilterItem]:
    """Return the values in whose names every typed word is the beginning of some word."""
    folded_words = [fold(word) for word in typed.split()]
    return [
        item for item in items if all(f" {word}" in f" {fold(item.label)}" for word in folded_words)
    ]


def _line(item: FilterItem) -> str:
    check_box = {"": "   ", "included": "[x]", "excluded": "[-]"}[item.state]
    label_text = crop(clean_line(item.label), _CELLS)
    count_text = (
        f"{item.count:>9,}" if item.count is not None else f"{'…' if item.counted else '':>9}"
    )
    return f"{check_box} {label_text}{' ' * (_CELLS - width(label_text))}{count_text}"


HINT_LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The letters used for hints, beginning with those on the home row."""


def hint_labels(count: int) -> Sequence[str]:
    """Return `count` labels of equal length, so that no label is a prefix of another."""
    if count <= len(HINT_LETTERS):
        return HINT_LETTERS[:count]
    return [
        first_letter + second_letter
        for first_letter in HINT_LETTERS
        for second_letter in HINT_LETTERS
    ][:count]


class LinkHints(Modal[Action]):
    """A screen that waits until a hint is typed; any other key closes it."""

    def __init__(self, does: Mapping[str, Action]) -> None:
        super().__init__()
        self._actions_by_label = does
        self._typed_text = ""

    def compose(self) -> ComposeResult:
        """Return one line at the bottom, so that the text above stays readable."""
        yield Static(Content("Type a label to follow it · Esc cancels"), markup=False)

    def on_key(self, event: events.Key) -> None:
        """Handle a letter of a label; any other key closes the screen."""
        event.stop()
        self._typed_text += event.character or " "
        if self._typed_text in self._actions_by_label:
            self.dismiss(self._actions_by_label[self._typed_text])
        elif not any(label.startswith(self._typed_text) for label in self._actions_by_label):
            self.dismiss(None)

    def on_click(self) -> None:
        """Close the screen on a click."""
        self.dismiss(None)


def copy_menu(
    what: str, source: str = "", span: Span | None = None, tool_lines: Iterable[MenuItem] = ()
) -> Menu:
    """Return the menu of copy formats, with a line for other versions if there are any.

    If `span` is given, the chosen format copies that part of the body. Lines added by tools come
    last.
    """
    menu_items = [
        MenuItem(copy_format.key, copy_format.label, copy.Copy(copy_format.name, span))
        for copy_format in EXPORTS.values()
    ]
    if source:
        menu_items.append(
            MenuItem("o", "read another version", opened_cable.ChooseRecord(), f"now {source}")
        )
    menu_items += tool_lines
    return Menu(f"Copy {what}", menu_items)


def theme_menu(names: Sequence[str], now: str) -> Menu:
    """Return the menu of color themes, with the program's own themes first."""
    own_themes = [theme.name for theme in THEMES]
    other_themes = sorted(theme_name for theme_name in names if theme_name not in own_themes)
    menu_items = [
        MenuItem("", theme_name, goto.SetTheme(theme_name), "· now" if theme_name == now else "")
        for theme_name in (*own_themes, *other_themes)
    ]
    return Menu("Colors", menu_items)
