"""The report on the research log: the searches in this archive, last first."""

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
    """The date and time of the search to the minute, in UTC."""
    found: int
    """The number of cables found."""
    query: str
    how: str
    """Remarks on the search, such as `exported, 2 times`."""


class LogReport(Report[LoggedSearch]):
    """The report with a row for each search; equal searches in a row share one."""

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
        """Yield all searches at once, because there are few."""
        log_path = research_log.file_beside(look.library)
        log = research_log.read(log_path).of(look.archive.root)
        logged_searches = [_line(entry, times) for entry, times in research_log.runs(log.entries)]
        yield Rows(logged_searches[::-1])

    def begin(self, session: Session, how: str) -> Value:
        """Return the question for this archive's searches; refuse a private session."""
        if session.private:
            raise UsageError(
                "A private session logs nothing. Run `cable-tui log` for earlier searches."
            )
        return self.ask()

    def title(self, page: Page) -> str:
        """Return the title of the page."""
        return "Searches of this archive"

    def same(self, row: LoggedSearch) -> Hashable:
        """Return the row itself, which identifies it."""
        return row


def _line(entry: research_log.Entry, times: int) -> LoggedSearch:
    search = entry.search
    search_notes = ["exported"] if "export" in search.way else []
    search_notes += [f"{times} times"] if times > 1 else []
    return LoggedSearch(
        entry.at[:16].replace("T", " "), search.found, search.query, ", ".join(search_notes)
    )


REPORT = LogReport()
