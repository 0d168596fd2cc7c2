"""The line of the tour: its step, the next thing to do, and the keys for going on and out."""

from __future__ import annotations

from typing import NamedTuple

from cable_tui.session.state import Session
from cable_tui.text import width
from cable_tui.tools.tour.room import STEPS, hint, number_at, tour_of
from cable_tui.tui.panes.bars.footer import Part, cells_needed, cut, parts_of

WIDE = 96
"""The line names the tour if it has at least this many cells."""
_LEAVE = "{help.tour} leaves"
_NEXT = "{help.tour_next} next"


class TourHint(NamedTuple):
    """The hint of a step, or of the offer."""

    at: int | None
    said: str

    def parts(self, cells: int) -> list[Part]:
        """Return the pieces of the line, as `tui.panes.bars.footer.Hint` says."""
        return tour_parts(self.at, self.said, cells)


def tour_hint(session: Session) -> TourHint | None:
    """Return the hint of the present step, or of the offer; None without a tour."""
    text = hint(session)
    return TourHint(tour_of(session).at, text) if text else None


def tour_parts(at: int | None, hint: str, cells: int) -> list[Part]:
    """Return the line of a step in `cells`: the way out is always among its parts.

    `at` is None if the hint only offers the tour. If keys with long names leave no room, the key
    for the next step is dropped, then the name of this one; at last the hint is cut.
    """
    parts = list(parts_of(hint))
    if at is None:
        return cut(parts, cells)
    step = f"{number_at(at)} "
    named = f"{step}{STEPS[at].name}: "
    if cells >= WIDE:
        named = f"Tour {named}"
    leave, both = list(parts_of(_LEAVE)), [*parts_of(_NEXT), ("  ", False), *parts_of(_LEAVE)]
    for before, after in ((named, both), (named, leave), (step, leave)):
        used = width(before) + cells_needed(parts) + cells_needed(after)
        if used + 2 <= cells:
            return [(before, True), *parts, (" " * (cells - used), False), *after]
    room = cells - width(step) - cells_needed(leave) - 2
    return [(step, True), *cut(parts, room), ("  ", False), *leave]
