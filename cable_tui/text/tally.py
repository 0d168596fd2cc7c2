"""The tally of an answer: how much was read for it, and messages on its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.base.value import Value
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled


class Tally(Value):
    """What every report says of its reading: the `tally` of its answer.

    Printed on stderr, shown under the page, and a field of the JSON of each report.
    """

    read: Count = 0
    """Cables whose texts were looked through."""
    total: Count = 0
    """Cables that the question is about; 0 if no text is read for it."""
    notes: tuple[Filled, ...] = ()
    """Messages on the rows: other spellings, what was left out and why."""
    unread: Count = 0
    """Texts that could not be read."""
    problem: str = ""
    """Reason why the first of them could not be read."""
    stopped: bool = False
    """Whether the reading was stopped before its end: there may be more rows, and other counts."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """How far it was stopped, the notes, and the texts that could not be read."""
        how_far = (
            f"after {self.read:,} of {self.total:,} cables" if self.total else "before its end"
        )
        stopped_note = (f"stopped {how_far}",) if self.stopped else ()
        problem_reason = f": {self.problem}" if self.problem else ""
        unread_note = f"{counted(self.unread, 'text')} could not be read{problem_reason}"
        return (*stopped_note, *self.notes, *((unread_note,) if self.unread else ()))
