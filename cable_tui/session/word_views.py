"""What the pages of words show: a concordance, and curves. Values only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.value import Value

if TYPE_CHECKING:
    # The first list on the screen waits for neither.
    from cable_tui.archive.source_criticism.concordance_lines import Line, Order
    from cable_tui.archive.source_criticism.curve_table import Curves


class ConcordanceView(Value):
    """The places where the words of a query stand, and where among them the reader is."""

    ticket: int = 0
    """Number of the newest question; answers to older ones are dropped."""
    text: str = ""
    """The query."""
    order: Order = "date"
    lines: tuple[Line, ...] = ()
    cables: int = 0
    """Cables that were looked through so far."""
    total: int = 0
    """Cables that the query finds."""
    note: str = ""
    """What else is to be said of the lines."""
    reading: bool = False
    shown: bool = False
    """Its page is over the room."""
    at: int = 0
    """The line of the cursor, when the page was left."""


class CurvesView(Value):
    """The shares of some queries."""

    ticket: int = 0
    queries: tuple[str, ...] = ()
    by: str = "month"
    """One of `AXES`."""
    own_scale: bool = False
    found: Curves | None = None
    """None before any was counted."""
    note: str = ""
    shown: bool = False
