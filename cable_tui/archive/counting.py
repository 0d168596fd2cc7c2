"""How many cables of a plan each value of a facet has: by the text index, or else by the columns.

The index counts what it finds in one go, without a set of cables in between; it must hold the very
cables of the catalogue, and all that the plan asks for. Of more than half of the archive the others
are counted.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from cable_tui.archive.bits import Selection
from cable_tui.archive.columns import Columns, Count, DateColumn, by_month
from cable_tui.archive.days import with_days
from cable_tui.archive.desk import Desk
from cable_tui.archive.fulltext import MOST_VALUES, Tally, TextIndexError
from cable_tui.archive.inside import Asked, indexed
from cable_tui.archive.plan import ALL, Between, Every, Plan, Without, bare, has_row
from cable_tui.archive.sets import rows_of
from cable_tui.archive.vocabulary import vocabulary
from cable_tui.query import FACETS, Query

_FEW = 2000
"""Cables with words in a row that are sooner looked up one by one than looked for again."""


def counts(desk: Desk, plan: Plan, facets: Sequence[str], query: Query) -> dict[str, list[Count]]:
    """The counts of some facets among the cables of a plan.

    `query` says which months of its dates have their days counted too. Raises `CacheError`.
    """
    asked = _asked(desk, plan, facets)
    if asked is not None:
        try:
            return _listed(_ByIndex(desk, asked, facets), facets, query)
        except TextIndexError:
            if asked.words is not None:
                raise
    return _listed(_ByColumns(desk, plan), facets, query)


def by_day(desk: Desk, plan: Plan, facet: str, months: tuple[int, int]) -> Mapping[int, int]:
    """The cables of a plan by day, YYYYMMDD, from one month to another, both as YYYYMM.

    Raises `CacheError`.
    """
    asked = _asked(desk, plan, (facet,))
    if asked is not None:
        try:
            return _days_in(asked, facet, *months)
        except TextIndexError:
            if asked.words is not None:
                raise
    return _ByColumns(desk, plan).days(facet, *months)


def _asked(desk: Desk, plan: Plan, facets: Sequence[str]) -> Asked | None:
    """What the text index is asked; None where only the columns know it."""
    asked = indexed(desk, plan)
    if asked is None or not desk.complete:
        return None
    terms = (facet for facet in facets if FACETS[facet].kind == "term")
    values = sum(len(vocabulary(desk, facet).texts) for facet in terms)
    return asked if values <= MOST_VALUES else None


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
    def __init__(self, desk: Desk, asked: Asked, facets: Sequence[str]) -> None:
        self._desk = desk
        self._asked = asked
        question = ("tallies", asked.plan, tuple(facets))
        self._tallies = desk.remembered(question, lambda: self._ask(tuple(facets)))

    def _ask(self, facets: tuple[str, ...]) -> dict[str, Tally]:
        index, plan = self._asked.index, self._asked.plan
        if plan == ALL:
            return {facet: self._whole()[facet] for facet in facets}
        ids = self._desk.recalled(("ids", self._asked.whole))
        if isinstance(ids, array) and len(ids) <= _FEW and has_row(plan):
            return index.tallies_among(ids, facets)
        count = self._desk.counted(plan, lambda: index.count(plan))
        if 2 * count <= index.cables:
            return index.tallies(plan, facets)
        others = index.tallies(Without(plan), facets)
        return {facet: _without(self._whole()[facet], others[facet]) for facet in facets}

    def _whole(self) -> dict[str, Tally]:
        index = self._asked.index
        return self._desk.lasting("tallies", lambda: index.tallies(ALL, tuple(FACETS)))

    def counts(self, facet: str) -> list[Count]:
        tally = self._tallies[facet]
        if FACETS[facet].kind == "date":
            return by_month(tally)
        known = vocabulary(self._desk, facet)
        found = [
            Count(value, known.title(value), number)
            for code, number in tally.items()
            if (value := known.texts.get(code)) is not None
        ]
        if FACETS[facet].ranked:
            return sorted(found, key=lambda count: FACETS[facet].order(count.value))
        return sorted(found, key=lambda count: (-count.count, count.value))

    def days(self, facet: str, first: int, last: int) -> Mapping[int, int]:
        return _days_in(self._asked, facet, first, last)


def _days_in(asked: Asked, facet: str, first: int, last: int) -> Mapping[int, int]:
    within = Between(facet, first * 100, last * 100 + 99)
    return asked.index.days(Every((asked.plan, within)), facet)


def _without(whole: Tally, others: Tally) -> Tally:
    rest = ((code, number - others.get(code, 0)) for code, number in whole.items())
    return {code: number for code, number in rest if number}


class _ByColumns:
    def __init__(self, desk: Desk, plan: Plan) -> None:
        self._desk = desk
        self._plan = bare(plan)
        self._columns: Columns = desk.columns
        self._within = Selection(rows_of(desk, self._columns, plan), self._columns.size)

    def counts(self, facet: str) -> list[Count]:
        count = partial(self._columns.facets[facet].counts, self._within)
        return self._desk.remembered(("counts", facet, self._plan), count)

    def days(self, facet: str, first: int, last: int) -> Mapping[int, int]:
        column = self._columns.facets[facet]
        return column.by_day(first, last, self._within) if isinstance(column, DateColumn) else {}
