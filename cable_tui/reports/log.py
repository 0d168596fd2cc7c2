"""The research log: what was searched for in this archive, the last first."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from cable_tui.errors import UsageError
from cable_tui.reports.report import REST, Column, Look, PageKey, Report, RowKey, Rows
from cable_tui.value import Value

if TYPE_CHECKING:  # menus read no log
    from cable_tui.research_log import Entry
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action


class LoggedSearch(NamedTuple):
    """A line of the page."""

    at: str
    """Date and minute, UTC."""
    found: int
    """Cables."""
    query: str
    how: str
    """`exported, 2 times`."""


class Ask(Value):
    """All of them."""


def _again(_: Page, row: LoggedSearch) -> Action:
    from cable_tui.session.features.pages import SearchFromPage

    return SearchFromPage(row.query)


def _copy(_: Page, row: LoggedSearch) -> Action:
    from cable_tui.session.effects import PutOnClipboard

    return PutOnClipboard(row.query, "query")


def _write(_: Page) -> Action:
    from cable_tui.session.features.research_log import ask_log_file

    return ask_log_file()


class LogReport(Report[LoggedSearch]):
    """A row for each search, or for the same one several times in a row."""

    name = "log"
    ask = Ask
    columns = (
        Column("at", 16, "{}", "Time, UTC", look="place"),
        Column("found", 9, "{:,}", "Cables"),
        Column("how", 18, "{}", "Whether it was exported, how often it was asked", look="dim"),
        Column("query", REST, "{}", "As it was asked"),
    )
    keys = (RowKey("enter", "asks it again", _again), RowKey("y", "copies it", _copy))
    page_keys = (PageKey("E", "writes all to a file", _write),)
    rows_name, row_name = "searches", "search"
    empty = (
        "No search of this archive is logged: one is once you have looked at it, unless the log "
        "is off (`log = false` in your settings)."
    )

    def read(self, look: Look) -> Iterator[Rows[LoggedSearch]]:
        """They are few enough to be read at once."""
        from cable_tui import research_log as log  # menus read none

        found = log.read(log.file_beside(look.library)).of(look.archive.root)
        lines = [_line(each, times) for each, times in log.runs(found.entries)]
        yield Rows(lines[::-1])

    def begin(self, session: Session, how: str) -> Value:
        """Those of this archive."""
        if session.private:
            said = "Nothing is logged in a private room; `cable-tui log` prints what was before."
            raise UsageError(said)
        return Ask()

    def title(self, page: Page) -> str:
        """What they are."""
        return "What was searched for here"

    def same(self, row: LoggedSearch) -> Hashable:
        """The time."""
        return row


def _line(each: Entry, times: int) -> LoggedSearch:
    search = each.search
    how = ["exported"] if "export" in search.way else []
    how += [f"{times} times"] if times > 1 else []
    return LoggedSearch(each.at[:16].replace("T", " "), search.found, search.query, ", ".join(how))


REPORT = LogReport()
