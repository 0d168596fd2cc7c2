"""The tour's line, with its step, the next thing to do, and the keys to go on or leave."""

from __future__ import annotations

from typing import NamedTuple

from cable_tui.session.state import Session
from cable_tui.text import width
from cable_tui.tools.tour.room import STEPS, hint, number_at, tour_of
from cable_tui.tui.panes.bars.footer import Part, cells_needed, cut, parts_of

WIDE = 96
"""The minimum width in cells at which the line mentions the tour."""
_LEAVE = "{help.tour} leaves"
_NEXT = "{help.tour_next} next"


class TourHint(NamedTuple):
    """The hint for a step or for the offer."""

    at: int | None
    said: str

    def parts(self, cells: int) -> list[Part]:
        """Return the parts of the line, as in `tui.panes.bars.footer.Hint`."""
        return tour_parts(self.at, self.said, cells)


def tour_hint(session: Session) -> TourHint | None:
    """Return the hint for the current step or for the offer, or None if no tour is running."""
    hint_text = hint(session)
    return TourHint(tour_of(session).at, hint_text) if hint_text else None


def tour_parts(at: int | None, hint: str, cells: int) -> list[Part]:
    """Return the parts of a step's line in `cells`, which always include the key to leave.

    `at` is None if the hint only offers the tour. If keys with long names leave no room, the key
    for the next step is dropped, then the name of the step; finally the hint is shortened.
    """
    hint_parts = list(parts_of(hint))
    if at is None:
        return cut(hint_parts, cells)
    step_number = f"{number_at(at)} "
    step_name = f"{step_number}{STEPS[at].name}: "
    if cells >= WIDE:
        step_name = f"Tour {step_name}"
    leave_keys, next_and_leave = (
        list(parts_of(_LEAVE)),
        [*parts_of(_NEXT), ("  ", False), *parts_of(_LEAVE)],
    )
    for text_before, keys_after in (
        (step_name, next_and_leave),
        (step_name, leave_keys),
        (step_number, leave_keys),
    ):
        cells_used = width(text_before) + cells_needed(hint_parts) + cells_needed(keys_after)
        if cells_used + 2 <= cells:
            return [
                (text_before, True),
                *hint_parts,
                (" " * (cells - cells_used), False),
                *keys_after,
            ]
    cells_left = cells - width(step_number) - cells_needed(leave_keys) - 2
    return [(step_number, True), *cut(hint_parts, cells_left), ("  ", False), *leave_keys]
