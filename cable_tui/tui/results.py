"""The list of cables: a virtual list over ids, painted line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from textual.message import Message
from textual.scroll_view import ScrollView


class Row(Protocol):
    """What a line shows; `archive.Row` is one."""

    @property
    def reference_id(self) -> str:
        """As the archive gives it."""

    @property
    def canonical_id(self) -> str:
        """The id that bookmarks go by."""

    @property
    def created(self) -> str:
        """ISO 8601."""

    @property
    def classification(self) -> str:
        """In full."""

    @property
    def subject(self) -> str:
        """On one line; may be empty."""


class Results(ScrollView, can_focus=True):
    """Cables in order, one a line, with a cursor."""

    @dataclass
    class Moved(Message):
        """The cursor was moved by a click, the wheel or one of the moving methods."""

        index: int

    @dataclass
    class Chosen(Message):
        """A click on the cursor's line, or a double click."""

        index: int

    @dataclass
    class Wanted(Message):
        """Lines `start` to `stop` are on the screen and their rows are not known."""

        start: int
        stop: int

    def show(self, ids: Sequence[int], cursor: int = 0) -> None:
        """Another list; rows that are known already are kept."""
        raise NotImplementedError

    def fill(self, rows: Mapping[int, Row]) -> None:
        """Rows by id, in answer to `Wanted`."""
        raise NotImplementedError

    def signs(self, bookmarked: frozenset[str]) -> None:
        """Canonical ids that carry a star."""
        raise NotImplementedError

    @property
    def cursor(self) -> int:
        """Line of the cursor, from 0."""
        raise NotImplementedError

    @property
    def page_rows(self) -> int:
        """Lines that a page holds."""
        raise NotImplementedError

    def move_to(self, index: int) -> None:
        """Put the cursor on a line, silently: who calls knows."""
        raise NotImplementedError

    def move_by(self, lines: int) -> None:
        """Move the cursor and tell (`Moved`)."""
        raise NotImplementedError

    def page(self, pages: int) -> None:
        """Move by whole pages and tell."""
        raise NotImplementedError

    def top(self) -> None:
        """To the first line, and tell."""
        raise NotImplementedError

    def bottom(self) -> None:
        """To the last line, and tell."""
        raise NotImplementedError
