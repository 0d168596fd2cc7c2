"""The empty state: the text on the screen if there is nothing to read, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from cable_tui.operating_system import files
from cable_tui.session.state import Session
from cable_tui.text import clean_text
from cable_tui.tui.widgets.host import in_browser

WELCOME = """\
A reading room for diplomatic cables.

Type or paste the folder that holds your cables: pages of the site, the dump cables.csv, or \
text files, at any depth. Your files are only read.

No cables yet? `cable-tui demo` opens forty fictional ones."""
USUAL = "~/cables"
"""The folder that Enter opens if nothing was typed."""
AGAIN = "Another folder or file, or Esc to leave:"
SERVED = "Only the person who serves this archive can open another one. ^q leaves."
SMALL = "cable-tui needs a window of at least 60 x 15. ^q quits."


def no_archive_text(session: Session) -> str:
    """Return the text if no archive is open; empty if one is."""
    if session.phase == "choosing":
        return f"{session.failure}\n\n{WELCOME}".strip()
    if session.phase == "empty":
        return f"{session.failure}\n\n{AGAIN}"
    return ""


def empty_list_text(session: Session) -> str:
    """Return the text in place of an empty list.

    It is empty if the list has lines, or will be known in a moment.
    """
    if session.hits.count:
        return ""
    if session.reads_texts:
        return "The texts are being read: what is found appears here."
    if session.answered != "now":
        return ""
    if session.text.strip():
        from cable_tui.tui.panes.bars import (
            status_text,  # late: the first paint has no such sentence
        )

        return status_text.no_hit_label(session)
    if session.stalled:
        return f"No cable could be read. {session.stalled}"
    if session.checked:
        return "There is no cable here."
    return "Reading the folder. Cables appear here as they are read."


class Empty(Vertical):
    """A text in place of the panes, with an input line to choose another folder."""

    @dataclass
    class Chosen(Message):
        """A folder or file was typed."""

        path: Path

    def compose(self) -> ComposeResult:
        """Return the text over the input line."""
        yield Static(markup=False)
        yield Input(placeholder=USUAL, compact=True)

    def show(self, session: Session) -> None:
        """Show the text of a session, and the line that asks for a folder."""
        visits = in_browser(self.app)
        text = no_archive_text(session)
        if visits and text:
            text = f"{session.failure}\n\n{SERVED}".strip()
        shown_static = self.query_one(Static)
        if (cleaned_text := clean_text(text)) != str(
            shown_static.content
        ):  # an update is a new layout
            shown_static.update(Content(cleaned_text))
        asks_for_query = session.phase != "ready" and not visits
        line = self.query_one(Input)
        line.display = asks_for_query
        self.set_class(bool(text), "-shown")
        if asks_for_query and not line.has_focus:
            line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the line on Enter."""
        event.stop()
        self.post_message(self.Chosen(files.typed_path(event.value.strip() or USUAL)))
