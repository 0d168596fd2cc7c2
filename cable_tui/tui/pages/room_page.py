"""The common part of every page over the room: its filter, and the keys that mean the same on each.

Esc stops what is being read, and if nothing is, closes the page; Backspace and q close it; `/` asks
again, or filters; `?` lists the keys; `g` opens the menu.
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
"""The keys that close a page, and whether they do so at once."""
COMMON_KEYS = (*CLOSING, "slash", "question_mark", "f1", "g")
"""The keys that mean the same on every page."""
_FRAME = 4
"""Cells of a page beside its lines."""


class RoomPage(Modal[None]):
    """A page over the room. It keeps its cursor; the rest comes from the session."""

    def __init__(self, dispatch: Callable[[Action], None], classes: str) -> None:
        super().__init__(classes=classes)
        self._dispatch = dispatch

    def follow(self, old: Session, new: Session) -> None:
        """Show what the step from one session to the next has changed of what the page shows."""

    @property
    def pane(self) -> Widget:
        """The widget that has the focus while no filter is typed."""
        raise NotImplementedError

    def own_keys(self) -> Iterable[tuple[str, str]]:
        """Return the page's own keys and their effects, in the spelling for people."""
        return ()

    def take_key(self, _key: str) -> bool:
        """Carry out a key of this page; return False if it has no such key."""
        return False

    def close(self, *, at_once: bool, below: bool = False) -> None:
        """Stop the reading; close the page if nothing is being read, or at once.

        `below` closes a page below it too.
        """
        raise NotImplementedError

    def filter(self, typed: str) -> None:
        """Show the rows that contain every word of a text."""
        raise NotImplementedError

    def filter_line(self, typed: str = "") -> Input:
        """Return the line of the filter, which is shown while it holds words."""
        line = Input(typed, placeholder="Filter", compact=True, classes="page-filter")
        line.display = bool(typed)
        return line

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that contain the words."""
        event.stop()
        self.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go from the filter to the rows on Enter."""
        event.stop()
        self.pane.focus()

    def ask_or_filter(self) -> None:
        """Open the filter, or ask again on a page that asks for a text."""
        line = self.query_one(Input)
        line.display = True
        line.focus()

    def say(self, where: str, text: str) -> None:
        """Show a text in one of the page's lines, which takes no room when empty."""
        line = self.query_one(where, Static)
        line.update(Content(text))
        line.display = bool(text)

    def keys_line(self, last: str = "closes") -> str:
        """Return the keys of the page in a line, at its end what Esc does."""
        keys = [f"{key} {key_meaning}" for key, key_meaning in self.own_keys() if key != "F5"]
        return keys_that_fit(keys, f"Esc {last}", self.app.size.width - _FRAME)

    def show_keys(self) -> None:
        """List all keys of the page, one a line."""
        from cable_tui.tui.dialogs.text_pages import TextPage

        keys = [
            *self.own_keys(),
            ("g", "menu; g g goes to the top"),
            ("Esc", "stops what is being read, then closes"),
            ("Backspace q", "closes"),
        ]
        lines = [f"{key:<12} {key_meaning}" for key, key_meaning in keys]
        self.app.push_screen(TextPage("Keys of this page", lines, fitted=True))

    def on_key(self, event: events.Key) -> None:
        """Handle a key of the page; while a filter is typed all are letters except Esc and down."""
        line = self.query_one(Input)
        if line.has_focus:
            if event.key not in ("escape", "down"):
                return
            self.leave_filter(line, emptied=event.key == "escape")
        elif event.key == "g":
            self._dispatch(OpenMenu("go"))
        elif not self.do_key(event.key):
            if not event.is_printable:
                return
            self.show_keys()  # what was meant may be among them
        event.stop()
        event.prevent_default()

    def leave_filter(self, line: Input, *, emptied: bool) -> None:
        """Go back to the rows; an empty line is hidden."""
        if emptied:
            line.value = ""
        line.display = bool(line.value)
        self.pane.focus()

    def do_key(self, key: str) -> bool:
        """Carry out a key of every page, or of this one; return False if nothing is done."""
        if key in CLOSING:
            self.close(at_once=CLOSING[key])
        elif key == "slash":
            self.ask_or_filter()
        elif key in ("question_mark", "f1"):
            self.show_keys()
        else:
            return self.take_key(key)
        return True


def keys_that_fit(keys: Sequence[str], last: str, cells: int) -> str:
    """Return as many keys as a line has room for, before the last; `?` lists the others."""
    key_line = " · ".join([*keys, last])
    while width(key_line) > cells and keys:
        keys = keys[:-1]
        key_line = " · ".join([*keys, "? all keys", last])
    return key_line


def holds(text: str, typed: str) -> bool:
    """Return whether a text contains every typed word, in any case and with any accents."""
    folded_text = fold(text)
    return all(word in folded_text for word in fold(typed).split())
