"""The common part of all pages over the room: the filter, and the keys that every page has.

Esc stops the reading, or closes the page if nothing is being read. Backspace and `q` close it
immediately, `/` asks for a text or filters, `?` lists the keys, and `g` opens the menu.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from cable_tui.session.features.panes import OpenMenu
from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.text import fold, width
from cable_tui.tui.dialogs.modal import Modal

CLOSING: Mapping[str, bool] = {"escape": False, "q": True, "backspace": True}
"""The keys that close a page, and whether they close it even while it is being read."""
COMMON_KEYS = (*CLOSING, "slash", "question_mark", "f1", "g")
"""The keys that have the same effect on every page."""
_FRAME = 4
"""The width of a page's frame and padding in cells."""


class RoomPage(Modal[None]):
    """A page over the room. It stores only its cursor; all other state is in the session."""

    def __init__(self, dispatch: Callable[[Action], None], classes: str) -> None:
        super().__init__(classes=classes)
        self._dispatch = dispatch

    def follow(self, old: Session, new: Session) -> None:
        """Update the page after a step from one session to the next."""

    @property
    def pane(self) -> Widget:
        """The widget that has the focus unless the reader is typing a filter."""
        raise NotImplementedError

    def own_keys(self) -> Iterable[tuple[str, str]]:
        """Return the page's own keys as people write them, with their effects."""
        return ()

    def take_key(self, _key: str) -> bool:
        """Handle a key of this page; return False if the page does not use the key."""
        return False

    def close(self, *, at_once: bool, below: bool = False) -> None:
        """Stop the reading; close the page if nothing is being read or if `at_once` is set.

        `below` also closes the page below this page.
        """
        raise NotImplementedError

    def filter(self, typed: str) -> None:
        """Show the rows that contain every word of a text."""
        raise NotImplementedError

    def filter_line(self, typed: str = "") -> Input:
        """Return the input line of the filter, which is hidden while it is empty."""
        filter_input = Input(typed, placeholder="Filter", compact=True, classes="page-filter")
        filter_input.display = bool(typed)
        return filter_input

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that match the changed filter."""
        event.stop()
        self.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move the focus from the filter to the rows on Enter."""
        event.stop()
        self.pane.focus()

    def ask_or_filter(self) -> None:
        """Open the filter; a page that asks for a text opens a dialog instead."""
        filter_input = self.query_one(Input)
        filter_input.display = True
        filter_input.focus()

    def say(self, selector: str, text: str) -> None:
        """Show a text in one of the page's lines, or hide the line if the text is empty."""
        line_widget = self.query_one(selector, Static)
        line_widget.update(Content(text))
        line_widget.display = bool(text)

    def keys_line(self, closing_text: str = "closes") -> str:
        """Return the line that lists the page's keys, ending with the effect of Esc."""
        key_labels = [f"{key} {key_meaning}" for key, key_meaning in self.own_keys() if key != "F5"]
        return keys_that_fit(key_labels, f"Esc {closing_text}", self.app.size.width - _FRAME)

    def show_keys(self) -> None:
        """List all keys of the page, one per line."""
        from cable_tui.tui.dialogs.text_pages import TextPage

        keys_and_meanings = [
            *self.own_keys(),
            ("g", "menu; g g goes to the top"),
            ("Esc", "stops reading, then closes"),
            ("Backspace q", "closes"),
        ]
        help_lines = [f"{key:<12} {key_meaning}" for key, key_meaning in keys_and_meanings]
        self.app.push_screen(TextPage("Keys of this page", help_lines, fitted=True))

    def on_key(self, event: events.Key) -> None:
        """Handle a key of the page. While a filter is being typed, handle only Esc and Down."""
        filter_input = self.query_one(Input)
        if filter_input.has_focus:
            if event.key not in ("escape", "down"):
                return
            self.leave_filter(filter_input, emptied=event.key == "escape")
        elif event.key == "g":
            self._dispatch(OpenMenu("go"))
        elif not self.do_key(event.key):
            if not event.is_printable:
                return
            self.show_keys()  # what was meant may be among them
        event.stop()
        event.prevent_default()

    def leave_filter(self, filter_input: Input, *, emptied: bool) -> None:
        """Return the focus to the rows, and hide the filter if it is empty."""
        if emptied:
            filter_input.value = ""
        filter_input.display = bool(filter_input.value)
        self.pane.focus()

    def do_key(self, key: str) -> bool:
        """Handle a key of every page or of this page; return whether the key had any effect."""
        if key in CLOSING:
            self.close(at_once=CLOSING[key])
        elif key == "slash":
            self.ask_or_filter()
        elif key in ("question_mark", "f1"):
            self.show_keys()
        else:
            return self.take_key(key)
        return True


def keys_that_fit(keys: Sequence[str], last_label: str, cells: int) -> str:
    """Return as many keys as fit before the last key; if some do not fit, include `?`."""
    key_line = " · ".join([*keys, last_label])
    while width(key_line) > cells and keys:
        keys = keys[:-1]
        key_line = " · ".join([*keys, "? all keys", last_label])
    return key_line


def holds(text: str, typed: str) -> bool:
    """Return whether a text contains every typed word, regardless of case and accents."""
    folded_text = fold(text)
    return all(word in folded_text for word in fold(typed).split())
