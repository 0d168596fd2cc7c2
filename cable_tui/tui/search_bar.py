"""The search bar: the query as a line of text."""

from __future__ import annotations

from dataclasses import dataclass

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Input

from cable_tui.text import clean_line


class SearchBar(Input):
    """One line to type a query into. It tells what was typed, and knows nothing of its meaning."""

    @dataclass
    class Typed(Message):
        """The text changed under the reader's hands."""

        text: str

    @dataclass
    class Accepted(Message):
        """Enter: the text is to be kept."""

        text: str

    class Left(Message):
        """Esc or Tab: the reader is done with the bar."""

    def show(self, text: str) -> None:
        """Set the text without a `Typed`; the cursor goes to its end."""
        raise NotImplementedError

    def edit(self) -> None:
        """Take the focus, cursor at the end; a second time selects the whole text."""
        raise NotImplementedError
