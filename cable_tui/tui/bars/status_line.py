"""The status line under the panes: the reader's place on the left, the archive's news right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from cable_tui.text import crop, printable, width
from cable_tui.tui.widgets.component_styles import ComponentStyles

_APART = 2
"""Cells between the two."""
Ends = tuple[str, str]
"""What stands on the left and on the right."""


class StatusLine(ComponentStyles, can_focus=False):
    """One line with two ends; where both do not fit, shorter ones are shown, or a cut right one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--left", "status--right"}
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._ends: Sequence[Ends] = (("", ""),)

    def show(self, *ends: Ends) -> None:
        """Show the first of these that fits; the same ones again paint nothing."""
        clean = [(printable(left), printable(right)) for left, right in ends]
        if clean != self._ends:
            self._ends = clean
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The left text, a gap, the right text."""
        room = self.size.width
        left, right = fitted(self._ends, room) if y == 0 else ("", "")
        gap = " " * (room - width(left) - width(right))
        base = self.rich_style
        return Strip(
            [
                Segment(left, base + self.component_style("status--left")),
                Segment(gap, base),
                Segment(right, base + self.component_style("status--right")),
            ],
            room,
        )


def fitted(ends: Sequence[Ends], room: int) -> Ends:
    """The first ends that fit into so many cells, two blanks apart; else the last ones, cut."""
    for left, right in ends:
        if width(left) + (_APART if left else 0) + width(right) <= room:
            return left, right
    left = crop(left, room)
    return left, crop(right, max(room - width(left) - (_APART if left else 0), 0))
