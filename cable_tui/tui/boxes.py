"""Boxes that ask: for a note, a name, a list. Nothing that was typed is lost by leaving one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from cable_tui.text import clean_line, fold


class NoteBox(ModalScreen[str]):
    """A page to write on; whatever way it is left, what stands there is kept."""

    LEAVES = frozenset({"escape", "ctrl+enter", "f2"})

    def __init__(self, title: str, text: str) -> None:
        super().__init__(classes="note")
        self._title = clean_line(title)
        self._text = text

    def compose(self) -> ComposeResult:
        """The page."""
        with Vertical(classes="note-box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("Esc keeps it · an empty note is none")
            yield TextArea(self._text, soft_wrap=True, compact=True, tab_behavior="focus")

    def on_mount(self) -> None:
        """Where the reader stopped writing."""
        page = self.query_one(TextArea)
        page.move_cursor(page.document.end)
        page.focus()

    def on_key(self, event: events.Key) -> None:
        """Leaving keeps."""
        if event.key in self.LEAVES:
            event.stop()
            event.prevent_default()
            self.keep()

    def keep(self) -> None:
        """Leave with what stands there."""
        self.dismiss(self.query_one(TextArea).text)


class NameBox(ModalScreen[str | None]):
    """One line to type; None where it is left with Esc."""

    def __init__(self, title: str, value: str = "", note: str = "") -> None:
        super().__init__(classes="name")
        self._title = clean_line(title)
        self._value = clean_line(value)
        self._note = clean_line(note)

    def compose(self) -> ComposeResult:
        """The line under its title."""
        with Vertical(classes="menu-box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("Enter keeps · Esc leaves")
            if self._note:
                yield Static(Content(self._note), classes="menu-note", markup=False)
            yield Input(self._value, compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter; an empty line is no name."""
        event.stop()
        if event.value.strip():
            self.dismiss(event.value.strip())

    def on_key(self, event: events.Key) -> None:
        """Esc."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)


class ListPicker(ModalScreen[str | None]):
    """The reader's lists, filtered as one types; a name that is none yet makes one."""

    def __init__(self, title: str, lists: Sequence[tuple[str, int]]) -> None:
        super().__init__(classes="picker")
        self._title = clean_line(title)
        self._lists = lists
        self._names: list[str] = []

    def compose(self) -> ComposeResult:
        """A line over the lists."""
        with Vertical(classes="menu-box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("Enter takes it · Esc leaves")
            yield Input(placeholder="A list, or a new name", compact=True)
            yield OptionList(markup=False, compact=True)

    def on_mount(self) -> None:
        """All lists."""
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Those whose names hold what was typed."""
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        offered = list(offers(typed, self._lists))
        self._names = [name for name, _ in offered]
        lines = self.query_one(OptionList)
        lines.clear_options()
        lines.add_options(Option(Content(label)) for _, label in offered)
        lines.highlighted = 0 if offered else None

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the line that is lit."""
        event.stop()
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(self._names[at])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        event.stop()
        self.dismiss(self._names[event.option_index])

    def on_key(self, event: events.Key) -> None:
        """Up and down while the line keeps the keys; Esc leaves."""
        lines = self.query_one(OptionList)
        moves = {"down": lines.action_cursor_down, "up": lines.action_cursor_up}
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in moves:
            event.stop()
            event.prevent_default()
            moves[event.key]()


def offers(typed: str, lists: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """Names of lists that hold all that was typed, with their lines; last the new one it makes."""
    wanted = [fold(word) for word in typed.split()]
    for name, count in lists:
        if all(word in fold(name) for word in wanted):
            yield name, f"{clean_line(name)}  {count:,}"
    name = " ".join(typed.split())
    if name and all(name != known for known, _ in lists):
        yield name, f"new list: {clean_line(name)}"
