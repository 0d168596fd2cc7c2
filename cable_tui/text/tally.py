"""The tally of an answer: how many texts were read for it, and notes on its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.base.value import Value
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled


class Tally(Value):
    """The `tally` of a report's answer: how completely the archive was read.

    It is printed on stderr, shown under the page, and included in the JSON of each report.
    """

    read: Count = 0
    """The number of cables whose texts were searched."""
    total: Count = 0
    """The number of cables that the question covers, or 0 if it needs no texts."""
    notes: tuple[Filled, ...] = ()
    """Notes on the rows, such as other spellings, or what was left out and why."""
    unread: Count = 0
    """The number of texts that could not be read."""
    problem: str = ""
    """The reason why the first of these texts could not be read."""
    stopped: bool = False
    """Whether reading was stopped early, in which case rows may be missing and counts too low."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All messages: where reading stopped, the notes, and how many texts were unreadable."""
        progress_phrase = (
            f"after {self.read:,} of {self.total:,} cables" if self.total else "before its end"
        )
        stopped_note = (f"stopped {progress_phrase}",) if self.stopped else ()
        problem_reason = f": {self.problem}" if self.problem else ""
        unread_note = f"{counted(self.unread, 'text')} could not be read{problem_reason}"
        return (*stopped_note, *self.notes, *((unread_note,) if self.unread else ()))
