"""The research log: the searches of this archive, the last first."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value
from cable_tui.reports.report import REST, Column, Look, PageKey, Report, RowKey, Rows
from cable_tui.session.effects import PutOnClipboard
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import SearchFromPage
from cable_tui.session.state import Session
from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tools.research_log.room import ask_log_file


class LoggedSearch(NamedTuple):
    """A line of the page."""

    at: str
    """Date and minute, UTC."""
    found: int
    """Cables."""
    query: str
    how: str
    """Result: `exported, 2 times`."""


class LogReport(Report[LoggedSearch]):
    """A row for each search, or for the same one several times in a row."""

    name = "log"
    columns = (
        Column("at", 16, "{}", "Time, UTC", look="place"),
        Column("found", 9, "{:,}", "Cables"),
        Column("how", 18, "{}", "Exported or not, and number of runs", look="dim"),
        Column("query", REST, "{}", "The query"),
    )
    keys = (
        RowKey("enter", "runs it again", lambda _, row: SearchFromPage(row.query)),
        RowKey("y", "copies it", lambda _, row: PutOnClipboard(row.query, "query")),
    )
    page_keys = (PageKey("E", "writes all to a file", lambda _: ask_log_file()),)
    rows_name, row_name = "searches", "search"
    empty = (
        "No searches of this archive are logged yet. A search is logged when you look at "
        "its results, unless the log is off (`log = false` in your settings)."
    )

    def read(self, look: Look) -> Iterator[Rows[LoggedSearch]]:
        """Read all at once: they are few."""
        file = research_log.file_beside(look.library)
        log = research_log.read(file).of(look.archive.root)
        lines = [_line(entry, times) for entry, times in research_log.runs(log.entries)]
        yield Rows(lines[::-1])

    def begin(self, session: Session, how: str) -> Value:
        """Take the searches of this archive."""
        if session.private:
            raise UsageError(
                "A private session logs nothing. Run `cable-tui log` for earlier searches."
            )
        return self.ask()

    def title(self, page: Page) -> str:
        """Return the title of the page."""
        return "Searches of this archive"

    def same(self, row: LoggedSearch) -> Hashable:
        """Return the time."""
        return row


def _line(entry: research_log.Entry, times: int) -> LoggedSearch:
    search = entry.search
    search_notes = ["exported"] if "export" in search.way else []
    search_notes += [f"{times} times"] if times > 1 else []
    return LoggedSearch(
        entry.at[:16].replace("T", " "), search.found, search.query, ", ".join(search_notes)
    )


REPORT = LogReport()
