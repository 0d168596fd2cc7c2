"""What the page of curves shows. Values only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.archive.source_criticism.curve_table import Curves


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
