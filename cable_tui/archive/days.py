"""The days of a month in the counts of a date, where a query asks for a month or less."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from cable_tui.archive.columns import Count
from cable_tui.query import Query, Range, days_of

_SHORT = 62
"""Days up to which the months of a range show their days."""


def with_days(
    counts: Sequence[Count],
    query: Query,
    facet: str,
    by_day: Callable[[int, int], Mapping[int, int]],
) -> list[Count]:
    """The counts with the days of the months that the query names, each behind its month.

    `by_day` counts the cables of each day, YYYYMMDD, from one month to another, both as YYYYMM.
    """
    months = _months(query, facet) & {int(each.value.replace("-", "")) for each in counts}
    if not months:
        return list(counts)
    numbers = by_day(min(months), max(months))
    found: list[Count] = []
    for count in counts:
        found.append(count)
        month = int(count.value.replace("-", ""))
        if month in months:
            found += [_day(day, numbers[day]) for day in sorted(numbers) if day // 100 == month]
    return found


def _months(query: Query, facet: str) -> set[int]:
    """The months, `YYYYMM`, of the ranges of a query that are short enough."""
    found: set[int] = set()
    for term in query.of_facet(facet):
        span = days_of(term.start, term.end) if isinstance(term, Range) else None
        if span is None or term.negated:
            continue
        first, last = map(date.fromisoformat, span)
        if (last - first).days < _SHORT:
            found |= set(range(first.year * 100 + first.month, last.year * 100 + last.month + 1))
    return found


def _day(day: int, number: int) -> Count:
    return Count(f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}", "", number)
