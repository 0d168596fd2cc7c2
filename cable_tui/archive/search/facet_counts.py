"""Counts by facet: the number of a plan's cables for each value, and for the days of a month.

The text index does the counting, without a Python object for each cable and while other threads
run. If it cannot answer alone, as for the reader's own lists, the columns do the counting.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import TypeVar

from cable_tui.archive.columns.bitset import IdSet
from cable_tui.archive.columns.columns import DateColumn, FacetColumns, by_month
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.fulltext.text_index import MOST_VALUES, FacetCounts
from cable_tui.archive.search.index_filters import IndexQuery, indexed, vocabulary
from cable_tui.archive.search.row_sets import rows_of
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.query import FACETS, Query, Range, days_of
from cable_tui.query.answers import Count
from cable_tui.query.plan import ALL, And, DayRange, Not, Plan, bare, has_phrase

_SHORT = 62
"""The length, in days, up to which the days of a range's months are counted."""
_FEW = 2000
"""The number of cables with a phrase up to which looking up each cable is faster than a new search.
"""
_Answer = TypeVar("_Answer")


def counts(
    snapshot: Snapshot, plan: Plan, facets: Sequence[str], query: Query
) -> dict[str, list[Count]]:
    """Return the counts of facets among the cables of a plan.

    The days of the months that `query` names are also counted. Raises `CacheError`.
    """

    def ask(counter: _ByIndex | _ByColumns) -> dict[str, list[Count]]:
        by_facet = {facet: counter.counts(facet) for facet in facets}
        for facet in facets:
            if FACETS[facet].kind == "date":
                by_facet[facet] = _with_days(
                    by_facet[facet], query, facet, partial(counter.days, facet)
                )
        return by_facet

    return _answer(snapshot, plan, facets, ask)


def by_day(
    snapshot: Snapshot, plan: Plan, facet: str, months: tuple[int, int]
) -> Mapping[int, int]:
    """Return the number of a plan's cables by day, YYYYMMDD, between two months, both YYYYMM.

    Raises `CacheError`.
    """
    return _answer(snapshot, plan, (facet,), lambda counter: counter.days(facet, *months))


def _with_days(
    month_counts: Sequence[Count],
    query: Query,
    facet: str,
    count_days: Callable[[int, int], Mapping[int, int]],
) -> list[Count]:
    """Return the counts by month, each followed by the counts of its days if the query mentions it.

    `count_days` counts the cables of each day, YYYYMMDD, from one month to another, both as YYYYMM.
    """
    named_months = _months(query, facet) & {
        int(month_count.value.replace("-", "")) for month_count in month_counts
    }
    if not named_months:
        return list(month_counts)
    count_by_day = count_days(min(named_months), max(named_months))
    days_and_months: list[Count] = []
    for month_count in month_counts:
        days_and_months.append(month_count)
        month = int(month_count.value.replace("-", ""))
        if month in named_months:
            days_and_months += [
                Count(
                    f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}", "", count_by_day[day]
                )
                for day in sorted(count_by_day)
                if day // 100 == month
            ]
    return days_and_months


def _months(query: Query, facet: str) -> set[int]:
    """Return the months, `YYYYMM`, of the ranges of a query that are short enough."""
    month_numbers: set[int] = set()
    for term in query.of_facet(facet):
        day_range = days_of(term.start, term.end) if isinstance(term, Range) else None
        if day_range is None or term.negated:
            continue
        first_day, last_day = map(date.fromisoformat, day_range)
        if (last_day - first_day).days < _SHORT:
            month_numbers |= set(
                range(
                    first_day.year * 100 + first_day.month, last_day.year * 100 + last_day.month + 1
                )
            )
    return month_numbers


def _answer(
    snapshot: Snapshot,
    plan: Plan,
    facets: Sequence[str],
    ask: Callable[[_ByIndex | _ByColumns], _Answer],
) -> _Answer:
    """Count with the text index, or with the columns if the index alone is not enough."""
    index_query = indexed(snapshot, plan)
    terms = (facet for facet in facets if FACETS[facet].kind == "term")
    if (
        index_query is not None
        and snapshot.complete
        and sum(len(vocabulary(snapshot, facet).texts) for facet in terms) <= MOST_VALUES
    ):
        try:
            return ask(_ByIndex(snapshot, index_query, tuple(facets)))
        except TextIndexError:
            if index_query.words is not None:
                raise
    return ask(_ByColumns(snapshot, plan))


class _ByIndex:
    def __init__(
        self, snapshot: Snapshot, index_query: IndexQuery, facets: tuple[str, ...]
    ) -> None:
        self._snapshot = snapshot
        self._index_query = index_query
        self._facets = facets

    def counts(self, facet: str) -> list[Count]:
        """Return the values of a facet with their counts."""
        count_by_code = self._tallies[facet]
        if FACETS[facet].kind == "date":
            return by_month(count_by_code)
        known_values = vocabulary(self._snapshot, facet)
        value_counts = [
            Count(value, known_values.title(value), cable_count)
            for value_code, cable_count in count_by_code.items()
            if (value := known_values.texts.get(value_code)) is not None
        ]
        if FACETS[facet].order:
            return sorted(value_counts, key=lambda count: FACETS[facet].sort_key(count.value))
        return sorted(value_counts, key=lambda count: (-count.count, count.value))

    def days(self, facet: str, first: int, last: int) -> Mapping[int, int]:
        """Return the number of cables by day, from one month to another, both as YYYYMM."""
        days_within = DayRange(facet, first * 100, last * 100 + 99)
        return self._index_query.index.days(And((self._index_query.plan, days_within)), facet)

    @cached_property
    def _tallies(self) -> dict[str, FacetCounts]:
        return self._snapshot.cached(("tallies", self._index_query.plan, self._facets), self._ask)

    def _ask(self) -> dict[str, FacetCounts]:
        index, plan, facets = self._index_query.index, self._index_query.plan, self._facets
        whole_counts = partial(
            self._snapshot.per_generation, "tallies", lambda: index.tallies(ALL, tuple(FACETS))
        )
        if plan == ALL:
            return {facet: whole_counts()[facet] for facet in facets}
        ids = self._snapshot.peek(("ids", self._index_query.whole))
        if isinstance(ids, array) and len(ids) <= _FEW and has_phrase(plan):
            return index.tallies_among(ids, facets)
        cable_count = self._snapshot.counted(plan, lambda: index.count(plan))
        if 2 * cable_count <= index.cables:
            return index.tallies(plan, facets)
        other_counts = index.tallies(Not(plan), facets)
        return {facet: _without(whole_counts()[facet], other_counts[facet]) for facet in facets}


def _without(whole_counts: FacetCounts, other_counts: FacetCounts) -> FacetCounts:
    remaining_counts = (
        (value_code, cable_count - other_counts.get(value_code, 0))
        for value_code, cable_count in whole_counts.items()
    )
    return {value_code: cable_count for value_code, cable_count in remaining_counts if cable_count}


class _ByColumns:
    def __init__(self, snapshot: Snapshot, plan: Plan) -> None:
        self._snapshot = snapshot
        self._plan = bare(plan)
        self._columns: FacetColumns = snapshot.columns
        self._within = IdSet(rows_of(snapshot, self._columns, plan), self._columns.size)

    def counts(self, facet: str) -> list[Count]:
        """Count as `_ByIndex.counts` does."""
        count_values = partial(self._columns.facets[facet].counts, self._within)
        return self._snapshot.cached(("counts", facet, self._plan), count_values)

    def days(self, facet: str, first: int, last: int) -> Mapping[int, int]:
        """Count as `_ByIndex.days` does."""
        column = self._columns.facets[facet]
        return column.by_day(first, last, self._within) if isinstance(column, DateColumn) else {}
