"""The empty state: the text to show if there is nothing to read, with the reason."""

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
Type or paste the path of the folder with your cables: pages of the site, the dump cables.csv, or \
text files, at any depth. Your files are only read.

No cables yet? `cable-tui demo` opens forty fictional ones."""
USUAL = "~/cables"
"""The folder to open if the reader presses Enter without typing a path."""
AGAIN = "Another folder or file, or Esc to leave:"
SERVED = "Only the person who serves this archive can open another one. ^q leaves."
SMALL = "cable-tui needs a window of at least 40 x 15. ^q quits."


def no_archive_text(session: Session) -> str:
    """Return the text for a room without an open archive, or an empty string if one is open."""
    if session.phase == "choosing":
        return f"{session.failure}\n\n{WELCOME}".strip()
    if session.phase == "empty":
        return f"{session.failure}\n\n{AGAIN}"
    return ""


def empty_list_text(session: Session) -> str:
    """Return the text to show in place of an empty list.

    Return an empty string if the list has lines, or if its answer is about to arrive.
    """
    if session.hits.count:
        return ""
    if session.reads_texts:
        return "The texts are being read: hits appear here as they are found."
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
        return "This folder contains no cables."
    return "Reading the folder. Cables appear here as they are read."


class Empty(Vertical):
    """A text in place of the panes, with an input line for another folder."""

    BORDER_TITLE = " cable-tui · a reading room for diplomatic cables "

    @dataclass
    class Chosen(Message):
        """The reader has typed a folder or file."""

        path: Path

    def compose(self) -> ComposeResult:
        """Yield the text and the input line below it."""
        yield Static(markup=False)
        yield Input(placeholder=USUAL, compact=True)

    def show(self, session: Session) -> None:
        """Show the text for a session, and the input line if the room asks for a folder."""
        is_in_browser = in_browser(self.app)
        state_text = no_archive_text(session)
        if is_in_browser and state_text:
            state_text = f"{session.failure}\n\n{SERVED}".strip()
        text_widget = self.query_one(Static)
        if (cleaned_text := clean_text(state_text)) != str(
            text_widget.content
        ):  # an update is a new layout
            text_widget.update(Content(cleaned_text))
        asks_for_folder = session.phase != "ready" and not is_in_browser
        folder_input = self.query_one(Input)
        folder_input.display = asks_for_folder
        self.set_class(bool(state_text), "-shown")
        if asks_for_folder and not folder_input.has_focus:
            folder_input.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Post the typed path on Enter."""
        event.stop()
        self.post_message(self.Chosen(files.typed_path(event.value.strip() or USUAL)))
