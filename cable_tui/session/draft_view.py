"""What the page of a draft shows. Values only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.value import Value

if TYPE_CHECKING:
    # The first list on the screen waits for neither.
    from cable_tui.drafts.base import Draft
    from cable_tui.drafts.findings import Finding as DraftFinding

Stamp = tuple[int, int]
"""Size and time of a file, by which a change of it is seen."""


class DraftView(Value):
    """A draft, and what was found of its quotations and citations."""

    path: str = ""
    draft: Draft | None = None
    stamp: Stamp | None = None
    findings: tuple[DraftFinding, ...] = ()
    """In the order of the draft once all were looked at."""
    total: int = 0
    """Quotations and citations of the draft."""
    note: str = ""
    """What else is to be said."""
    reading: bool = False
    shown: bool = False
    """Its page is over the room."""
    only_faults: bool = False
    at: int = 0
    """The line of the cursor, when the page was left."""

    @property
    def listed(self) -> tuple[DraftFinding, ...]:
        """The lines of the page: every quotation, and citations that lead nowhere."""
        return tuple(
            each
            for each in self.findings
            if each.is_fault or (each.kind == "quotation" and not self.only_faults)
        )
