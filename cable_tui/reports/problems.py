"""The report on files and records that look like cables but could not be read."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from cable_tui.base.cable import Problem
from cable_tui.reports.report import Look, Pieces, Report, RowKey, Rows
from cable_tui.session.effects import PutOnClipboard
from cable_tui.session.feature_state import Page
from cable_tui.session.features.external_programs import ReadRaw
from cable_tui.text import clean_line, crop


class ProblemsReport(Report[Problem]):
    """List the unreadable files and records, one row each, by path and line."""

    name = "problems"
    keys = (
        RowKey("enter", "shows it as filed", lambda _, row: ReadRaw(row, place_of(row))),
        RowKey("y", "copies its path", lambda _, row: PutOnClipboard(row.path, "path")),
    )
    rows_name, row_name = "problems", "problem"
    empty = "Every file that looks like a cable could be read."

    def read(self, look: Look) -> Iterator[Rows[Problem]]:
        """Yield the problems, which are already recorded in the archive."""
        yield Rows(look.archive.problems())

    def title(self, page: Page) -> str:
        """Return the title of the page, as in the menu."""
        return "Files that could not be read"

    def same(self, row: Problem) -> Hashable:
        """Return the path and the line of the problem, as the key of its row."""
        return row.path, row.line

    def pieces(self, row: Problem, cells: int) -> Pieces:
        """Return the location of the problem and the reason why the file could not be read."""
        location_text = crop(clean_line(place_of(row)), max(cells // 2, 1))
        return [(f"{location_text}  ", ""), (clean_line(row.reason), "dim")]

    def detail(self, page: Page, row: Problem) -> Sequence[str]:
        """Return the whole reason."""
        return (row.reason,)


def place_of(problem: Problem) -> str:
    """Return the location of a problem, such as `a.html:3`."""
    return f"{problem.path}:{problem.line}" if problem.line else problem.path


REPORT = ProblemsReport()
