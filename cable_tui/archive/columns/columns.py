"""The facets of all cables in memory: the set of cables for each value, and the order by time.

A filter or a count loads them from the file that the indexer saves next to the catalogue, or builds
them from the catalogue if that file is missing or old; the first list on the screen does not need
them. For 251,287 cables they take about 20 MB if all of them are used.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.bitset import IdSet, Posting
from cable_tui.archive.columns.ordered_ids import CableOrder
from cable_tui.glossary import tag_lists
from cable_tui.query import Facet, class_short
from cable_tui.query.answers import Count
from cable_tui.query.facets import Values


def title(facet: Facet, value: str) -> str:
    """Return the title of a value if the facet's values are codes; otherwise an empty string."""
    if facet.name == "tag":
        known_tag = tag_lists.tag(value)
        return known_tag.title if known_tag else ""
    return class_short(value) if facet.name == "class" else ""


class TermColumn:
    """The values of a facet of terms."""

    def __init__(self, facet: Facet, postings: Mapping[str, Posting]) -> None:
        self.facet = facet
        self.postings = postings
        """The postings by value; for an ordered facet, the lowest value first."""

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {value: title(self.facet, value) for value in self.postings}

    @cached_property
    def _values(self) -> Values:
        return Values(self.facet, list(self.postings), self._titles.__getitem__)

    def select(self, text: str, size: int) -> int:
        """Return the cables that have one of the values that `facet:text` selects."""
        return bitset.union((self.postings[value] for value in self._values.named(text)), size)

    def numbers(self, values: Iterable[str], size: int) -> array[int]:
        """Return, by id, the position (from 1) of a cable's only value among these, or 0."""
        return bitset.numbers_of(enumerate(map(self.postings.__getitem__, values), 1), size)

    def counts(self, within: IdSet) -> list[Count]:
        """Return the values in the set, most frequent first; ordered values from the lowest."""
        value_counts = [
            Count(value, self._titles[value], cable_count)
            for value, posting in self.postings.items()
            if (cable_count := within.count(posting))
        ]
        if self.facet.order:
            return value_counts
        return sorted(value_counts, key=lambda count: (-count.count, count.value))


class DayNumbers(Protocol):
    """Numbers of cables by id: an array, or a view of an array in a file."""

    def __getitem__(self, index: int, /) -> int:
        """Return the number for an id."""

    def tobytes(self) -> bytes:
        """Return all numbers as they are in memory."""


class DateColumn:
    """The days of a date facet."""

    def __init__(self, days: DayNumbers, months: Mapping[int, Posting]) -> None:
        self.days = days
        """The days, YYYYMMDD, by id; 0 if unknown."""
        self.months = months
        """The postings by month, YYYYMM."""

    def between(self, first: str, last: str, size: int) -> int:
        """Return the cables from one ISO day to another, including both."""
        first_day, last_day = int(first.replace("-", "")), int(last.replace("-", ""))
        months_inside = {
            month for month in self.months if first_day // 100 < month < last_day // 100
        }
        matching_bits = bitset.union((self.months[month] for month in months_inside), size)
        for month in {first_day // 100, last_day // 100} & self.months.keys():
            posting = self.months[month]
            ids = bitset.ids_of(posting, size) if isinstance(posting, int) else posting
            matching_bits |= bitset.from_ids(
                (id_ for id_ in ids if first_day <= self.days[id_] <= last_day), size
            )
        return matching_bits

    def counts(self, within: IdSet) -> list[Count]:
        """Return the counts of years and months in the set, each year before its months."""
        months_counted = ((month, within.count(posting)) for month, posting in self.months.items())
        return by_month(
            {month: cable_count for month, cable_count in months_counted if cable_count}
        )

    def by_day(self, first: int, last: int, within: IdSet) -> dict[int, int]:
        """Return the set's cable count by day, from one month to another, both as YYYYMM."""
        count_by_day: Counter[int] = Counter()
        for month, posting in self.months.items():
            if first <= month <= last:
                count_by_day.update(map(self.days.__getitem__, within.among(posting)))
        return count_by_day


def by_month(numbers: Mapping[int, int]) -> list[Count]:
    """Return counts by YYYYMM as counts of years and months, each year before its months."""
    months_by_year: defaultdict[int, list[Count]] = defaultdict(list)
    for month in sorted(numbers):
        year, month_of_year = divmod(month, 100)
        months_by_year[year].append(Count(f"{year:04}-{month_of_year:02}", "", numbers[month]))
    period_counts: list[Count] = []
    for year, month_counts in months_by_year.items():
        period_counts.append(Count(f"{year:04}", "", sum(month.count for month in month_counts)))
        period_counts += month_counts
    return period_counts


Column = TermColumn | DateColumn


class FacetColumns:
    """The facets in one generation of the catalogue. Never changed after creation."""

    def __init__(self, generation: int, ids: array[int], facets: Mapping[str, Column]) -> None:
        self.generation = generation
        self.ids = ids
        """All cables by time of creation, then by id."""
        self.facets = facets
        self.size = max(ids, default=-1) + 1
        """A number greater than all ids."""
        self.everything = bitset.from_ids(ids, self.size)
        self.by_time = CableOrder(ids, self.size)

    def of_ids(self, ids: Iterable[int]) -> int:
        """Return the set of these cables; unknown ids are left out."""
        known_bits = bitset.from_ids((id_ for id_ in ids if id_ < self.size), self.size)
        return known_bits & self.everything

    def ids_of(
        self, chosen: int, *, newest: bool = True, limit: int | None = None
    ) -> Sequence[int]:
        """Return at most `limit` ids of a set, by time of creation."""
        return self.by_time.pick(chosen, backwards=newest, limit=limit)

    def among(self, ids: Iterable[int], chosen: int) -> array[int]:
        """Return the ids that are in a set, in unchanged order."""
        is_chosen = IdSet(chosen, self.size).mask
        return array("I", (id_ for id_ in ids if id_ < self.size and is_chosen[id_]))
