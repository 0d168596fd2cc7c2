"""Prompts for a note, a line or a list. A note's text is kept unless the reader discards it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from cable_tui.base.value import replace
from cable_tui.session.effects import AskLine
from cable_tui.text import clean_line, clean_text, crop, fold
from cable_tui.tui.dialogs.modal import EagerOptionList, Modal
from cable_tui.tui.dialogs.pickers import FilterPicker, PickerChoice


class NoteBox(Modal[None]):
    """A text box for a note, below the annotated text; `^x` discards it, other keys keep it."""

    KEEPS = frozenset({"escape", "ctrl+enter", "f2"})
    BINDINGS = [  # noqa: RUF012 - declared by Textual
        Binding("ctrl+x", "discard", show=False, priority=True),
        Binding("ctrl+o", "edit", show=False, priority=True),
    ]

    def __init__(  # noqa: PLR0913, PLR0917 - what a note needs
        self,
        title: str,
        text: str,
        keep: Callable[[str], None],
        discard: Callable[[str], object] = str,
        others: Sequence[tuple[str, str]] = (),
        edit: Callable[[str], str | None] | None = None,
    ) -> None:
        """Take the note, and `others`: other people's notes on the same location, shown above it.

        `keep` or `discard` is called with the text when the box closes, before the box is removed.
        `edit` lets the reader change a text in an editor and returns the new text, or None after a
        failure.
        """
        super().__init__(classes="note")
        self._keep_text: Callable[[str], None] | None = keep
        self._discard = discard
        """The function that receives the discarded text."""
        self._title = title
        self._note_text = text
        self._other_notes = others
        self._edit_text = edit

    def compose(self) -> ComposeResult:
        """Return the text box; Tab moves to other people's notes, which may be long."""
        key_hint = f"Esc saves · ^x discards{' · ^o editor' if self._edit_text else ''}"
        with self.box(f" {self._title} · {key_hint} ", classes="note-box"):
            if self._other_notes:
                with VerticalScroll(classes="note-others"):
                    yield Static(Content(others_lines(self._other_notes)), markup=False)
            yield TextArea(self._note_text, soft_wrap=True, compact=True, tab_behavior="focus")

    def on_mount(self) -> None:
        """Put the cursor at the end of the text."""
        text_area = self.query_one(TextArea)
        text_area.move_cursor(text_area.document.end)
        text_area.focus()

    def on_key(self, event: events.Key) -> None:
        """Keep the text and close at one of the keys in `KEEPS`."""
        if event.key in self.KEEPS:
            event.stop()
            event.prevent_default()
            self.keep()

    def store(self) -> None:
        """Pass the text to `keep` exactly once, including when the program ends."""
        keep_text, self._keep_text = self._keep_text, None
        if keep_text is not None:
            keep_text(self.query_one(TextArea).text)

    def action_discard(self) -> None:
        """Close without keeping the text; `u` in the room restores it."""
        keep_text, self._keep_text = self._keep_text, None
        if keep_text is not None:
            self._discard(self.query_one(TextArea).text)
        self.dismiss(None)

    def action_edit(self) -> None:
        """Let the reader change the text in an editor; saving it there changes only the box."""
        text_area = self.query_one(TextArea)
        edited_text = self._edit_text(text_area.text) if self._edit_text else None
        if edited_text is not None:
            text_area.load_text(edited_text.removesuffix("\n"))
            text_area.move_cursor(text_area.document.end)

    def keep(self) -> None:
        """Keep the text and close the box."""
        self.store()
        self.dismiss(None)


def others_lines(notes: Sequence[tuple[str, str]]) -> str:
    """Return other people's notes, one per line, such as `Mara: ...`."""
    return "\n".join(f"{clean_line(author)}: {clean_text(note)}" for author, note in notes)


class NameBox(Modal[str | None]):
    """A dialog with one input line, which returns the text, or None after Esc."""

    LEAVES = frozenset({"escape"})

    def __init__(self, asked: AskLine) -> None:
        super().__init__(classes="name")
        self._request = asked

    def compose(self) -> ComposeResult:
        """Return the input line with its title and note."""
        with self.box(self._request.title, "Enter accepts · Esc cancels"):
            if self._request.note:
                note_text = Content(clean_line(self._request.note))
                yield Static(note_text, classes="menu-note", markup=False)
            yield Input(clean_line(self._request.proposed), compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the line on Enter; an empty line is ignored unless empty answers are allowed."""
        event.stop()
        if event.value.strip() or self._request.can_be_empty:
            self.dismiss(event.value.strip())


PRIVATE = "\n"
"""The character put before the name of a new private list; no list name begins with it."""
BY_NUMBER = "\t"
"""The character put before the name of a list that was chosen by its number."""


SEVERAL = "\v"
"""The character put before each name if several lists were ticked. A name follows it after `+` for
a list to put into, which may be new and private (see `PRIVATE`), or `-` for one to take out of.
"""
_NOTE_CELLS = 36
"""The width of a note on a list, in cells."""
_NUMBERS = frozenset("123456789")


class ListPicker(FilterPicker):
    """A picker of the reader's lists, filtered by the typed text; a new name creates a list.

    Tab ticks the line under the cursor, and then Enter confirms all ticks at once.
    """

    PLACEHOLDER = "A list, or a new name"
    BINDINGS = [Binding("tab", "tick", show=False, priority=True)]  # noqa: RUF012 - Textual's

    def __init__(  # noqa: PLR0913 - options by name
        self,
        title: str,
        lists: Sequence[tuple[str, int]],
        *,
        shared: bool = False,
        numbered: bool = False,
        inside: frozenset[str] | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """Take the lists. If lists are `shared`, a new list may be private: see `PRIVATE`.

        If the lists are `numbered`, the keys 1 to 9 choose a list while nothing is typed: see
        `BY_NUMBER`. If lists can be ticked, `inside` are those that are ticked at first: see
        `SEVERAL`. `notes` on lists are shown next to their names.
        """
        super().__init__(title)
        self._lists = list(lists)
        self._shared = shared
        self._numbered_lists = [name for name, _ in lists[:9]] if numbered else []
        self._notes = dict(notes or {})
        self._private: set[str] = set()
        """The new private lists that were ticked."""
        self._inside = inside
        self._ticked = set(inside or ())
        self._ticks_several = False
        """Whether a number ticks its list instead of choosing it, and Enter confirms the ticks."""

    def choices(self, typed: str) -> tuple[Sequence[PickerChoice], str]:
        """Return the lists that match the typed text, and a note on the keys."""
        matching_lists = list(offers(typed, self._lists, shared=self._shared))
        if self._inside is not None:
            matching_lists = [
                replace(line, label=self._with_tick_and_note(line)) for line in matching_lists
            ]
        if not self._numbered_lists or typed:
            return matching_lists, ""
        numbered_count = len(self._numbered_lists)
        numbered_lines = [
            replace(line, label=f"{number if number <= numbered_count else ' '} {line.label}")
            for number, line in enumerate(matching_lists, 1)
        ]
        if self._ticks_several:
            return numbered_lines, "Tab or a number ticks a list. Enter confirms."
        several = " Tab ticks several lists, + by number." if self._inside is not None else ""
        return numbered_lines, (
            f"Type a number to add the cable to that list and go on to the next cable.{several}"
        )

    def _with_tick_and_note(self, line: PickerChoice) -> str:
        tick = "✓" if line.value in self._ticked else " "
        note = crop(clean_line(self._notes.get(line.value, "")), _NOTE_CELLS)
        return f"{tick} {line.label}  {note}".rstrip()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Choose or tick a list by its number, or else filter the lists."""
        typed_number = int(event.value) if event.value in _NUMBERS else 0
        if event.value == "+" and self._inside is not None:
            event.prevent_default()
            self._tick("")
        elif 0 < typed_number <= len(self._numbered_lists):
            event.prevent_default()
            list_name = self._numbered_lists[typed_number - 1]
            if self._ticks_several:
                self._tick(list_name)
            else:
                self.dismiss(BY_NUMBER + list_name)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose the line under the cursor, or confirm the ticks if lists were ticked."""
        if not self._ticks_several:
            return
        event.prevent_default()
        event.stop()
        if event.value and (line := self._line()) is not None:
            self._ticked.add(self._listed(line))
        inside = self._inside or frozenset()
        changes = []
        for name, _ in self._lists:
            if (name in self._ticked) != (name in inside):
                sign = "+" if name in self._ticked else "-"
                changes.append(f"{sign}{PRIVATE if name in self._private else ''}{name}")
        self.dismiss("".join(SEVERAL + change for change in changes) or None)

    def action_tick(self) -> None:
        """Tick the line under the cursor, or remove its tick."""
        if self._inside is not None and (line := self._line()) is not None:
            self._tick(self._listed(line))

    def _line(self) -> str | None:
        """Return the value of the line under the cursor, or None."""
        row = self.query_one(EagerOptionList).highlighted
        return None if row is None else self._matching_choices[row].value

    def _listed(self, value: str) -> str:
        """Return the name of the list of a line; a new list joins the others."""
        list_name = value.removeprefix(PRIVATE)
        if all(list_name != known_name for known_name, _ in self._lists):
            self._lists.append((list_name, 0))
            if value != list_name:
                self._private.add(list_name)
                self._notes[list_name] = "private"
        return list_name

    def _tick(self, list_name: str) -> None:
        """Change the tick of a list, if one is named, and show all lists again."""
        self._ticks_several = True
        if list_name:
            self._ticked ^= {list_name}
        text_input, option_list = self.query_one(Input), self.query_one(EagerOptionList)
        with self.prevent(Input.Changed):
            text_input.value = ""
        row = option_list.highlighted
        self._fill("")
        names = [line.value for line in self._matching_choices]
        option_list.highlighted = names.index(list_name) if list_name in names else row or 0


def offers(
    typed: str, lists: Sequence[tuple[str, int]], *, shared: bool = False
) -> Iterator[PickerChoice]:
    """Yield the lists that match the typed text, then a new list of that name if none exists."""
    folded_words = [fold(word) for word in typed.split()]
    for list_name, list_count in lists:
        if all(word in fold(list_name) for word in folded_words):
            yield PickerChoice(list_name, f"{clean_line(list_name)}  {list_count:,}")
    list_name = " ".join(typed.split())
    if list_name and all(list_name != known_name for known_name, _ in lists):
        yield PickerChoice(list_name, f"new list: {clean_line(list_name)}")
        if shared:
            yield PickerChoice(PRIVATE + list_name, f"new private list: {clean_line(list_name)}")
