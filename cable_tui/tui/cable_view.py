"""The cable: top box, header box and body, always told apart at a glance."""

from __future__ import annotations

from textual.containers import Vertical
from textual.scroll_view import ScrollView
from textual.widget import Widget

from cable_tui.cable import Cable
from cable_tui.tui.body import BodyView


class TopBox(Widget, can_focus=False):
    """The facts of a cable, and its warnings in plain words."""

    def show(self, cable: Cable, bookmarked: bool = False) -> None:
        """Another cable, or another star."""
        raise NotImplementedError


class HeaderBox(ScrollView, can_focus=True):
    """The transmission header: one line, or the whole text."""

    def show(self, cable: Cable) -> None:
        """Another cable; folded or open as before."""
        raise NotImplementedError

    def fold(self, folded: bool) -> None:
        """One line, or the whole text."""
        raise NotImplementedError


class CableView(Vertical):
    """The three boxes. `top`, `header` and `body` are spoken to directly."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.top = TopBox(id="top")
        self.header = HeaderBox(id="header")
        self.body = BodyView(id="body")
