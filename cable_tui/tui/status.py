"""The line under the panes: where the reader is on the left, the archive's news on the right."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from cable_tui.text import crop, printable, width
from cable_tui.tui.inked import Inked


class StatusLine(Inked, can_focus=False):
    """One line with two ends; where both do not fit, the right end gives way."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--left", "status--right"}
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._left = ""
        self._right = ""

    def show(self, left: str, right: str) -> None:
        """Paint these two texts; nothing happens where they are the same as before."""
        texts = printable(left), printable(right)
        if texts != (self._left, self._right):
            self._left, self._right = texts
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The left text, a gap, the right text."""
        room = self.size.width
        left, right = fitted(self._left, self._right, room) if y == 0 else ("", "")
        gap = " " * (room - width(left) - width(right))
        base = self.rich_style
        return Strip(
            [
                Segment(left, base + self.ink("status--left")),
                Segment(gap, base),
                Segment(right, base + self.ink("status--right")),
            ],
            room,
        )


def fitted(left: str, right: str, room: int) -> tuple[str, str]:
    """Both texts cut so that they stand in so many cells, two blanks apart."""
    left = crop(left, room)
    left_cells = width(left)
    spare = room - left_cells - (2 if left else 0)
    if width(right) <= spare:
        return left, right
    return left, crop(right, max(spare, 0))
