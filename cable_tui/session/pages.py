"""The page of a report over the room: what was asked, what was read, where the reader is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from cable_tui.tally import Tally
from cable_tui.value import Value


class NamedReport(Protocol):
    """A row of the table of reports: it is imported when it is used."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def report(self) -> Any:
        """The report; `session.features.pages.Report` is what the session asks of it."""


class Page(Value):
    """What a page shows."""

    of: NamedReport
    ask: Any
    """What was asked, a value of the report's own kind."""
    rows: Sequence[Any] = ()
    answer: Any = None
    """As in `Rows`."""
    tally: Tally = Tally()
    note: str = ""
    """Why the reading ended early, or what a key of the page has done."""
    reading: bool = True
    whole: bool = False
    """It was read to its end."""
    cables: int | None = 0
    """Cables of the list when it was opened; None once the archive has grown since."""
    is_above: bool = False
    """It was opened from another page, to which closing it leads back."""
    at: int = 0
    """The row of the cursor, among those that the filter leaves."""
    typed: str = ""
    """The filter."""
    signs: Any = None
    """What is marked in the room, for a report that shows it: cables, and bookmarks."""
    chosen: Any = None
    """A row that a key has taken, to be put together with another."""
