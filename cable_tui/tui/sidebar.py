"""The library: sections of values with their counts, from which a query is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual.message import Message
from textual.scroll_view import ScrollView

State = Literal["", "included", "excluded"]


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a section."""

    value: str
    """What the query calls it."""
    label: str
    count: int | None = None
    """None while it is not known."""
    state: State = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and its values."""

    facet: str
    label: str
    items: tuple[Item, ...]
    total: int | None = None
    """Values there are in all, of which `items` may be the first; None while not known."""


class Sidebar(ScrollView, can_focus=True):
    """Sections that fold, with a cursor over headings and values."""

    @dataclass
    class Toggled(Message):
        """A value is to be added to the query, or taken out."""

        facet: str
        value: str

    @dataclass
    class Only(Message):
        """A value is to stand alone in its section."""

        facet: str
        value: str

    @dataclass
    class Excluded(Message):
        """A value is to be excluded, or no longer excluded."""

        facet: str
        value: str

    @dataclass
    class More(Message):
        """The whole list of a section is asked for."""

        facet: str

    def show(self, head: str, sections: Sequence[Section]) -> None:
        """Other sections; the cursor stays on its value, folded sections stay folded."""
        raise NotImplementedError

    def move_by(self, lines: int) -> None:
        """Move the cursor."""
        raise NotImplementedError

    def page(self, pages: int) -> None:
        """Move the cursor by whole pages."""
        raise NotImplementedError

    def top(self) -> None:
        """To the first heading."""
        raise NotImplementedError

    def bottom(self) -> None:
        """To the last line."""
        raise NotImplementedError

    def toggle_here(self) -> None:
        """Ask to add or remove the value under the cursor (a heading folds, the rest opens)."""
        raise NotImplementedError

    def only_here(self) -> None:
        """Ask for the value under the cursor alone (a heading folds, the rest opens)."""
        raise NotImplementedError

    def exclude_here(self) -> None:
        """Ask to exclude the value under the cursor."""
        raise NotImplementedError

    def fold_here(self) -> None:
        """Fold or unfold the section of the cursor."""
        raise NotImplementedError
