"""The body of a cable as one widget: wrapped text, paragraph cursor, hits, links, selection."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.scroll_view import ScrollView

from cable_tui.cable import Cable, Reference
from cable_tui.session import Lit


class BodyView(ScrollView, can_focus=True):
    """The bottom box. What is copied from it is the file's text, whatever was wrapped."""

    @dataclass
    class ParagraphMoved(Message):
        """The cursor stands on another paragraph; None is the top matter."""

        paragraph: int | None

    @dataclass
    class Followed(Message):
        """A link was clicked."""

        references: tuple[Reference, ...]

    def show(
        self,
        cable: Cable,
        lit: Lit,
        paragraph: str | None = None,
        bookmarked: frozenset[str] = frozenset(),
    ) -> None:
        """Another cable, at its top or at the paragraph of a label."""
        raise NotImplementedError

    def relight(self, lit: Lit) -> None:
        """Other words are highlighted; the place stays."""
        raise NotImplementedError

    def mark(self, bookmarked: frozenset[str]) -> None:
        """Labels of the paragraphs that carry a star."""
        raise NotImplementedError

    @property
    def paragraph(self) -> int | None:
        """Index in `cable.body.paragraphs` of the cursor; None at the top matter."""
        raise NotImplementedError

    @property
    def hit_position(self) -> tuple[int, int]:
        """Number of the current hit from 1 (0: none yet) and how many there are."""
        raise NotImplementedError

    @property
    def first_line(self) -> int:
        """Painted line at the top of the pane; `land` brings it back."""
        raise NotImplementedError

    def land(self, paragraph: int | None, first_line: int) -> None:
        """Back to a place: cursor and scroll."""
        raise NotImplementedError

    def go_to(self, paragraph: int | None) -> None:
        """Put the cursor on a paragraph and bring it into view."""
        raise NotImplementedError

    def next_hit(self) -> bool:
        """To the next hit; False where there is no more."""
        raise NotImplementedError

    def previous_hit(self) -> bool:
        """To the hit before; False where there is none."""
        raise NotImplementedError

    def first_hit(self) -> bool:
        """To the first hit; False where there is none."""
        raise NotImplementedError

    def last_hit(self) -> bool:
        """To the last hit; False where there is none."""
        raise NotImplementedError

    def next_paragraph(self) -> None:
        """The cursor to the next paragraph or REF line."""
        raise NotImplementedError

    def previous_paragraph(self) -> None:
        """The cursor to the one before."""
        raise NotImplementedError

    def scroll_by(self, lines: int) -> None:
        """Scroll; the cursor comes along when it would leave the pane."""
        raise NotImplementedError

    def page(self, pages: float) -> None:
        """Scroll by pages or halves of a page."""
        raise NotImplementedError

    def top(self) -> None:
        """To the beginning."""
        raise NotImplementedError

    def bottom(self) -> None:
        """To the end."""
        raise NotImplementedError

    def references_here(self) -> tuple[Reference, ...]:
        """What the paragraph or REF line under the cursor refers to."""
        raise NotImplementedError
