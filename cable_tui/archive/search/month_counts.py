"""The timeline: the number of a query's cables in each month, next to the whole archive's.

If the query has a range of dates, the timeline shows that range with some time around it, so the
range can be moved; a short range is shown in days. The range itself does not narrow the counts.
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
"""The maximum length of the timeline, in months; some cables have impossible dates."""
_SHORT = 92
"""The maximum length, in days, of a range that is shown in days."""
_MARGIN = 4
"""The divisor of a range's length that gives the margin on each side."""
_LEAST_MARGIN = 3
_MONTH = 10**7
_DAY = 10**5
"""The divisors that turn a stored time into its month, `YYYYMM`, and its day, `YYYYMMDD`."""


def timeline(
    archive: SnapshotSource, query: Query, dates: Sequence[Count], cancelled: Callable[[], bool]
) -> Timeline:
    """Return the timeline of a query; `dates` contains its counts by month, as in the filters.

    Raises `CacheError`.
    """
    whole_months = Snapshot(archive).per_generation("timeline", lambda: _months(archive))
    if not whole_months:
        return Timeline()
    first_shown, last_shown = _bounds(whole_months)
    chosen_dates = _chosen(query, _start(first_shown), _end(last_shown))
    if chosen_dates and (chosen_dates[1] - chosen_dates[0]).days < _SHORT:
        return _in_days(
            archive, query, _around(chosen_dates, _start(first_shown), _end(last_shown)), cancelled
        )
    if chosen_dates:
        first_month, last_month = _number(chosen_dates[0]), _number(chosen_dates[1])
        month_margin = max((last_month - first_month + 1) // _MARGIN, _LEAST_MARGIN)
        first_shown, last_shown = (
            max(first_month - month_margin, first_shown),
            min(last_month + month_margin, last_shown),
        )
    hits_by_month = {month_count.value: month_count.count for month_count in dates}
    month_names = [_name(month) for month in range(first_shown, last_shown + 1)]
    return Timeline(
        tuple(month_names),
        tuple(hits_by_month.get(month_name, 0) for month_name in month_names),
        tuple(whole_months.get(month, 0) for month in range(first_shown, last_shown + 1)),
    )


def _months(archive: SnapshotSource) -> dict[int, int]:
    """Return the number of cables by month; months are counted from the year 0."""
    with archive.reading() as db:
        month_rows = db.execute(
            f"SELECT created / {_MONTH}, count(*) FROM cable "  # noqa: S608 - a constant
            f"WHERE created >= {sortable_times.YEAR} GROUP BY 1"
        ).fetchall()
    return {
        month // 100 * 12 + month % 100 - 1: cable_count
        for month, cable_count in month_rows
        if 0 < month % 100 < 13
    }


def _bounds(count_by_month: dict[int, int]) -> tuple[int, int]:
    """Return the first and last month; if the range is too long, the part with most cables."""
    known_months = sorted(count_by_month)
    best_bounds, most_held, cables_held, low_index = (known_months[0], known_months[0]), 0, 0, 0
    for month in known_months:
        cables_held += count_by_month[month]
        while month - known_months[low_index] >= _LONGEST:
            cables_held -= count_by_month[known_months[low_index]]
            low_index += 1
        if cables_held > most_held:
            best_bounds, most_held = (known_months[low_index], month), cables_held
    return best_bounds


def _chosen(query: Query, first: date, last: date) -> tuple[date, date] | None:
    """Return the first and last day of the query's ranges, within the archive's time, or None."""
    day_ranges = [
        day_range
        for term in query.of_facet(FACET)
        if isinstance(term, Range)
        and not term.negated
        and (day_range := days_of(term.start, term.end))
    ]
    if not day_ranges:
        return None
    first_day = max(date.fromisoformat(min(range_start for range_start, _ in day_ranges)), first)
    last_day = min(date.fromisoformat(max(range_end for _, range_end in day_ranges)), last)
    return (first_day, last_day) if first_day <= last_day else None


def _around(chosen_range: tuple[date, date], first: date, last: date) -> tuple[date, date]:
    day_margin = max(((chosen_range[1] - chosen_range[0]).days + 1) // _MARGIN, _LEAST_MARGIN)
    return (
        max(chosen_range[0], first + timedelta(day_margin)) - timedelta(day_margin),
        min(chosen_range[1], last - timedelta(day_margin)) + timedelta(day_margin),
    )


def _in_days(
    archive: SnapshotSource,
    query: Query,
    shown_range: tuple[date, date],
    cancelled: Callable[[], bool],
) -> Timeline:
    first_day, last_day = shown_range
    shown_days = [first_day + timedelta(day) for day in range((last_day - first_day).days + 1)]
    day_numbers = [day.year * 10_000 + day.month * 100 + day.day for day in shown_days]
    whole_days = _days(archive, day_numbers[0], day_numbers[-1])
    month_range = day_numbers[0] // 100, day_numbers[-1] // 100
    other_filters = query.without_facet(FACET)
    hits_by_day = {} if cancelled() else engine.by_day(archive, other_filters, FACET, month_range)
    return Timeline(
        tuple(day.isoformat() for day in shown_days),
        tuple(hits_by_day.get(day_number, 0) for day_number in day_numbers),
        tuple(whole_days.get(day_number, 0) for day_number in day_numbers),
        "day",
    )


def _days(archive: SnapshotSource, first: int, last: int) -> dict[int, int]:
    """Return the number of cables by day, as YYYYMMDD."""
    with archive.reading() as db:
        day_rows = db.execute(
            f"SELECT created / {_DAY}, count(*) FROM cable "  # noqa: S608 - a constant
            "WHERE created BETWEEN ? AND ? GROUP BY 1",
            (first * _DAY, (last + 1) * _DAY - 1),
        )
        return dict(day_rows.fetchall())


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _name(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


def _start(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _end(month: int) -> date:
    year, month_of_year = month // 12, month % 12 + 1
    return date(year, month_of_year, monthrange(year, month_of_year)[1])
