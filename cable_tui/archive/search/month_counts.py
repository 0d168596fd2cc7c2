"""The timeline: how many cables of a query each month has, beside those of the whole archive.

If the query has a range of dates, the timeline shows that range with some time around it, so
that it can be moved; a short range in days. The range itself does not narrow the counts.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from cable_tui.archive.records import sortable_times
from cable_tui.archive.search import engine
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.query import Query, Range, days_of
from cable_tui.query.answers import Count, Timeline

FACET = "date"
_LONGEST = 1200
"""Months of the longest timeline: some cables have impossible dates."""
_SHORT = 92
"""Ranges up to this many days are shown in days."""
_MARGIN = 4
"""A range has this part of its length around it, on either side."""
_LEAST_MARGIN = 3
_MONTH = 10**7
_DAY = 10**5
"""A packed time divided by these is its month, `YYYYMM`, and its day, `YYYYMMDD`."""


def timeline(
    archive: SnapshotSource, query: Query, dates: Sequence[Count], cancelled: Callable[[], bool]
) -> Timeline:
    """Return the timeline of a query; `dates` are its counts by month, as the library has them.

    Raises `CacheError`.
    """
    whole_months = Snapshot(archive).per_generation("timeline", lambda: _months(archive))
    if not whole_months:
        return Timeline()
    first, last = _bounds(whole_months)
    chosen_dates = _chosen(query, _start(first), _end(last))
    if chosen_dates and (chosen_dates[1] - chosen_dates[0]).days < _SHORT:
        return _in_days(archive, query, _around(chosen_dates, _start(first), _end(last)), cancelled)
    if chosen_dates:
        first_month, last_month = _number(chosen_dates[0]), _number(chosen_dates[1])
        margin = max((last_month - first_month + 1) // _MARGIN, _LEAST_MARGIN)
        first, last = max(first_month - margin, first), min(last_month + margin, last)
    hits_by_month = {month_count.value: month_count.count for month_count in dates}
    month_names = [_name(month) for month in range(first, last + 1)]
    return Timeline(
        tuple(month_names),
        tuple(hits_by_month.get(name, 0) for name in month_names),
        tuple(whole_months.get(month, 0) for month in range(first, last + 1)),
    )


def _months(archive: SnapshotSource) -> dict[int, int]:
    """Return cables by month, counted from the year 0."""
    with archive.reading() as db:
        rows = db.execute(
            f"SELECT created / {_MONTH}, count(*) FROM cable "  # noqa: S608 - a constant
            f"WHERE created >= {sortable_times.YEAR} GROUP BY 1"
        ).fetchall()
    return {
        month // 100 * 12 + month % 100 - 1: count for month, count in rows if 0 < month % 100 < 13
    }


def _bounds(months: dict[int, int]) -> tuple[int, int]:
    """Return the first and last month; if there are too many years, those with most cables."""
    known_months = sorted(months)
    best_bounds, most_held, cables_held, low_index = (known_months[0], known_months[0]), 0, 0, 0
    for month in known_months:
        cables_held += months[month]
        while month - known_months[low_index] >= _LONGEST:
            cables_held -= months[known_months[low_index]]
            low_index += 1
        if cables_held > most_held:
            best_bounds, most_held = (known_months[low_index], month), cables_held
    return best_bounds


def _chosen(query: Query, first: date, last: date) -> tuple[date, date] | None:
    """Return the first and last day of the query's ranges, within the archive's time."""
    ranges = [
        days
        for term in query.of_facet(FACET)
        if isinstance(term, Range) and not term.negated and (days := days_of(term.start, term.end))
    ]
    if not ranges:
        return None
    first_day = max(date.fromisoformat(min(start for start, _ in ranges)), first)
    last_day = min(date.fromisoformat(max(end for _, end in ranges)), last)
    return (first_day, last_day) if first_day <= last_day else None


def _around(chosen: tuple[date, date], first: date, last: date) -> tuple[date, date]:
    margin = max(((chosen[1] - chosen[0]).days + 1) // _MARGIN, _LEAST_MARGIN)
    return (
        max(chosen[0], first + timedelta(margin)) - timedelta(margin),
        min(chosen[1], last - timedelta(margin)) + timedelta(margin),
    )


def _in_days(
    archive: SnapshotSource, query: Query, shown: tuple[date, date], cancelled: Callable[[], bool]
) -> Timeline:
    first_day, last_day = shown
    days = [first_day + timedelta(day) for day in range((last_day - first_day).days + 1)]
    day_numbers = [day.year * 10_000 + day.month * 100 + day.day for day in days]
    whole_days = _days(archive, day_numbers[0], day_numbers[-1])
    months = day_numbers[0] // 100, day_numbers[-1] // 100
    other_filters = query.without_facet(FACET)
    hits = {} if cancelled() else engine.by_day(archive, other_filters, FACET, months)
    return Timeline(
        tuple(day.isoformat() for day in days),
        tuple(hits.get(number, 0) for number in day_numbers),
        tuple(whole_days.get(number, 0) for number in day_numbers),
        "day",
    )


def _days(archive: SnapshotSource, first: int, last: int) -> dict[int, int]:
    """Return the number of cables by day, as YYYYMMDD."""
    with archive.reading() as db:
        rows = db.execute(
            f"SELECT created / {_DAY}, count(*) FROM cable "  # noqa: S608 - a constant
            "WHERE created BETWEEN ? AND ? GROUP BY 1",
            (first * _DAY, (last + 1) * _DAY - 1),
        )
        return dict(rows.fetchall())


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _name(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


def _start(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _end(month: int) -> date:
    year, month_of_year = month // 12, month % 12 + 1
    return date(year, month_of_year, monthrange(year, month_of_year)[1])
