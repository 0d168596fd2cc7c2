"""The rows of a report in the requested order, and the cables in its question as ids.

The library and the command use them; the page of the room shows rows while they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cable_tui.archive.look_up import look_up
from cable_tui.base.value import replace
from cable_tui.reports.report import Report, Rows

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive


def arranged(
    report: Report[Any], ask: Any, pages: Iterable[Rows[Any]], take: Callable[[Any], None]
) -> Iterator[Any]:
    """Yield the rows in the requested order, as they are read if they are read in this order."""
    if report.can_arrange(ask) or report.counts:
        yield from whole_rows(report, ask, pages, take)
        return
    for page_of_rows in pages:
        yield from page_of_rows.rows


def whole_rows(
    report: Report[Any], ask: Any, pages: Iterable[Rows[Any]], take: Callable[[Any], None]
) -> Sequence[Any]:
    """Return all rows in the requested order; `take` receives the answer that belongs to them.

    A report may describe the rows only when they are used, so rows are not copied without need.
    """
    all_rows: Sequence[Any] = ()
    later_rows: list[Any] = []
    for page_of_rows in pages:
        if page_of_rows.whole:
            all_rows, later_rows = page_of_rows.rows, []
            take(page_of_rows.answer)
        else:
            later_rows += page_of_rows.rows
    all_rows = [*all_rows, *later_rows] if later_rows else all_rows
    return report.arranged(ask, all_rows) if report.can_arrange(ask) else all_rows


def with_cables(report: Report[Any], ask: Any, archive: Archive) -> Any:
    """Return the question with ids in place of the cables in it. Raises `NotFoundError`."""
    reference_by_option = {
        option.name: getattr(ask, option.name) for option in report.options if option.is_cable
    }
    id_by_option = {
        name: look_up(archive, reference)[0]
        for name, reference in reference_by_option.items()
        if reference
    }
    return replace(ask, **id_by_option)
