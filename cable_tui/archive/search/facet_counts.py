"""Counts by facet: how many cables of a plan each value has, and the days of a month."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from cable_tui.archive.columns.bitset import IdSet
from cable_tui.archive.columns.columns import Columns, Count, DateColumn, by_month
from cable_tui.archive.fulltext.aggregations import MOST_VALUES, FacetCounts
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.search.facet_values import vocabulary
from cable_tui.archive.search.index_filters import IndexQuery, indexed
from cable_tui.archive.search.row_sets import rows_of
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.query import FACETS, Query, Range, days_of
from cable_tui.query.plan import ALL, And, DayRange, Not, Plan, bare, has_phrase

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


_FEW = 2000
"""Up to so many cables with a phrase it is quicker to look each up than to search again."""


def counts(
    snapshot: Snapshot, plan: Plan, facets: Sequence[str], query: Query
) -> dict[str, list[Count]]:
    """The counts of some facets among the cables of a plan.

    The days of the months that `query` names are counted too. Raises `CacheError`.
    """
    index_query = _index_query(snapshot, plan, facets)
    if index_query is not None:
        try:
            return _listed(_ByIndex(snapshot, index_query, facets), facets, query)
        except TextIndexError:
            if index_query.words is not None:
                raise
    return _listed(_ByColumns(snapshot, plan), facets, query)


def by_day(
    snapshot: Snapshot, plan: Plan, facet: str, months: tuple[int, int]
) -> Mapping[int, int]:
    """The cables of a plan by day, YYYYMMDD, from one month to another, both as YYYYMM.

    Raises `CacheError`.
    """
    index_query = _index_query(snapshot, plan, (facet,))
    if index_query is not None:
        try:
            return _days_in(index_query, facet, *months)
        except TextIndexError:
            if index_query.words is not None:
                raise
    return _ByColumns(snapshot, plan).days(facet, *months)


def _index_query(snapshot: Snapshot, plan: Plan, facets: Sequence[str]) -> IndexQuery | None:
    """The question for the text index; None where only the columns can answer."""
    index_query = indexed(snapshot, plan)
    if index_query is None or not snapshot.complete:
        return None
    terms = (facet for facet in facets if FACETS[facet].kind == "term")
    values = sum(len(vocabulary(snapshot, facet).texts) for facet in terms)
    return index_query if values <= MOST_VALUES else None


class _Counter(Protocol):
    def counts(self, facet: str) -> list[Count]:
        """The values of a facet."""

    def days(self, facet: str, first: int, last: int) -> Mapping[int, int]:
        """Cables by day, from one month to another, both as YYYYMM."""


def _listed(counter: _Counter, facets: Sequence[str], query: Query) -> dict[str, list[Count]]:
    found = {facet: counter.counts(facet) for facet in facets}
    for facet in facets:
        if FACETS[facet].kind == "date":
            found[facet] = with_days(found[facet], query, facet, partial(counter.days, facet))
    return found


class _ByIndex:
    def __init__(self, snapshot: Snapshot, index_query: IndexQuery, facets: Sequence[str]) -> None:
        self._snapshot = snapshot
        self._index_query = index_query
        question = ("tallies", index_query.plan, tuple(facets))
        self._tallies = snapshot.cached(question, lambda: self._ask(tuple(facets)))

    def _ask(self, facets: tuple[str, ...]) -> dict[str, FacetCounts]:
        index, plan = self._index_query.index, self._index_query.plan
        if plan == ALL:
            return {facet: self._whole()[facet] for facet in facets}
        ids = self._snapshot.peek(("ids", self._index_query.whole))
        if isinstance(ids, array) and len(ids) <= _FEW and has_phrase(plan):
            return index.tallies_among(ids, facets)
        count = self._snapshot.counted(plan, lambda: index.count(plan))
        if 2 * count <= index.cables:
            return index.tallies(plan, facets)
        others = index.tallies(Not(plan), facets)
        return {facet: _without(self._whole()[facet], others[facet]) for facet in facets}

    def _whole(self) -> dict[str, FacetCounts]:
        index = self._index_query.index
        return self._snapshot.per_generation("tallies", lambda: index.tallies(ALL, tuple(FACETS)))

    def counts(self, facet: str) -> list[Count]:
        tally = self._tallies[facet]
        if FACETS[facet].kind == "date":
            return by_month(tally)
        known = vocabulary(self._snapshot, facet)
        found = [
            Count(value, known.title(value), number)
            for code, number in tally.items()
            if (value := known.texts.get(code)) is not None
        ]
        if FACETS[facet].order:
            return sorted(found, key=lambda count: FACETS[facet].sort_key(count.value))
        return sorted(found, key=lambda count: (-count.count, count.value))

    def days(self, facet: str, first: int, last: int) -> Mapping[int, int]:
        return _days_in(self._index_query, facet, first, last)


def _days_in(index_query: IndexQuery, facet: str, first: int, last: int) -> Mapping[int, int]:
    within = DayRange(facet, first * 100, last * 100 + 99)
    return index_query.index.days(And((index_query.plan, within)), facet)


def _without(whole: FacetCounts, others: FacetCounts) -> FacetCounts:
    rest = ((code, number - others.get(code, 0)) for code, number in whole.items())
    return {code: number for code, number in rest if number}


class _ByColumns:
    def __init__(self, snapshot: Snapshot, plan: Plan) -> None:
        self._snapshot = snapshot
        self._plan = bare(plan)
        self._columns: Columns = snapshot.columns
        self._within = IdSet(rows_of(snapshot, self._columns, plan), self._columns.size)

    def counts(self, facet: str) -> list[Count]:
        count = partial(self._columns.facets[facet].counts, self._within)
        return self._snapshot.cached(("counts", facet, self._plan), count)

    def days(self, facet: str, first: int, last: int) -> Mapping[int, int]:
        column = self._columns.facets[facet]
        return column.by_day(first, last, self._within) if isinstance(column, DateColumn) else {}
