"""The days of a month in the counts of a date, where a query asks for a month or less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from cable_tui.archive import bits
from cable_tui.archive.bits import Selection
from cable_tui.archive.columns import Count, DateColumn
from cable_tui.query import Query, Range, days_of

_SHORT = 62
"""Days up to which the months of a range show their days."""


def with_days(
    counts: Sequence[Count], column: DateColumn, within: Selection, query: Query, facet: str
) -> list[Count]:
    """The counts with the days of the months that the query names, each behind its month."""
    months = _months(query, facet) & column.months.keys()
    if not months:
        return list(counts)
    found: list[Count] = []
    for count in counts:
        found.append(count)
        month = int(count.value.replace("-", ""))
        if month in months:
            found += _days(column, month, within)
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


def _days(column: DateColumn, month: int, within: Selection) -> list[Count]:
    of = column.months[month]
    ids = bits.ids_of(of & within.bits, within.size) if isinstance(of, int) else of
    days = Counter(column.days[id_] for id_ in ids if within.bits >> id_ & 1)
    return [
        Count(f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}", "", days[day])
        for day in sorted(days)
    ]
