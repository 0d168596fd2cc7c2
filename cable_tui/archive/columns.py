"""The facets of all cables in memory: a row a cable, by time and then id, postings a value.

Loaded from the catalogue in one read when a filter or a count first needs them; the first list on
the screen does not. At 251,287 cables they take about 20 MB.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress

from cable_tui import glossary
from cable_tui.archive import bits, filing, store
from cable_tui.archive.bits import Posting, Selection
from cable_tui.query import FACETS, Facet, class_short

_NO_ROW = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet and its number of cables."""

    value: str
    """As it is filed; of a date a year `2009` or a month `2009-02`."""
    title: str
    """What the value means, or empty."""
    count: int


@dataclass(frozen=True, slots=True)
class TermColumn:
    """The values of a facet of terms."""

    facet: Facet
    postings: Mapping[str, Posting]

    def select(self, wanted: str, size: int) -> int:
        """The rows that `facet:wanted` means."""
        vocabulary = [(value, title(self.facet, value)) for value in self.postings]
        chosen = self.facet.select(wanted, vocabulary)
        return bits.united((self.postings[value] for value in chosen), size)

    def counts(self, within: Selection) -> list[Count]:
        """Values that the set has, the most frequent first, ranked ones from the lowest."""
        found = [
            Count(value, title(self.facet, value), number)
            for value, rows in self.postings.items()
            if (number := within.count(rows))
        ]
        if self.facet.ranked:
            return found
        return sorted(found, key=lambda count: (-count.count, count.value))


@dataclass(frozen=True, slots=True)
class DateColumn:
    """The days of a date facet."""

    days: array[int]
    """YYYYMMDD by row; 0: none."""
    months: Mapping[int, Posting]
    """By YYYYMM."""

    def between(self, first: str, last: str, size: int) -> int:
        """The rows of these ISO days, both included."""
        low, high = int(first.replace("-", "")), int(last.replace("-", ""))
        inside = {month for month in self.months if low // 100 < month < high // 100}
        found = bits.united((self.months[month] for month in inside), size)
        for month in {low // 100, high // 100} & self.months.keys():
            rows = self._rows(self.months[month])
            found |= bits.from_rows((row for row in rows if low <= self.days[row] <= high), size)
        return found

    def _rows(self, of: Posting) -> Iterable[int]:
        if not isinstance(of, int):
            return of
        size = len(self.days)
        return compress(range(size), Selection(of, size).mask)

    def counts(self, within: Selection) -> list[Count]:
        """Years and months that the set has, each year before its months."""
        found: list[Count] = []
        years: defaultdict[int, list[Count]] = defaultdict(list)
        for month in sorted(self.months):
            if number := within.count(self.months[month]):
                year, of_year = divmod(month, 100)
                years[year].append(Count(f"{year:04}-{of_year:02}", "", number))
        for year, months in years.items():
            found.append(Count(f"{year:04}", "", sum(month.count for month in months)))
            found += months
        return found


Column = TermColumn | DateColumn


def title(facet: Facet, value: str) -> str:
    """What a value means where its facet's values are codes; else empty."""
    if facet.name == "tag":
        known = glossary.tag(value)
        return known.title if known else ""
    return class_short(value) if facet.ranked else ""


class Columns:
    """Facets of one generation of the catalogue. Never changed once it is made."""

    def __init__(self, generation: int, ids: array[int], facets: Mapping[str, Column]) -> None:
        self.generation = generation
        self.ids = ids
        """By row: by time of creation, then by id."""
        self.facets = facets
        self.size = len(ids)
        self.everything = (1 << self.size) - 1
        self._row = array("I", [_NO_ROW]) * (max(ids, default=0) + 1)
        for row, id_ in enumerate(ids):
            self._row[id_] = row

    def of_ids(self, ids: Iterable[int]) -> int:
        """The set of these cables; unknown ids are none of it."""
        known = len(self._row)
        rows = [self._row[id_] for id_ in ids if id_ < known]
        return bits.from_rows((row for row in rows if row != _NO_ROW), self.size)

    def ids_of(self, rows: int, *, newest: bool = True) -> array[int]:
        """Ids of a set, by time of creation."""
        found = array("I", compress(self.ids, Selection(rows, self.size).mask))
        if newest:
            found.reverse()
        return found

    def holds(self, id_: int, rows: int) -> bool:
        """Whether a cable is in a set."""
        row = self._row[id_] if id_ < len(self._row) else _NO_ROW
        return row != _NO_ROW and bool(rows >> row & 1)


class _Gathering:
    """The values of one facet while the catalogue is read: codes with the cables' places."""

    def __init__(self, facet: Facet) -> None:
        self.facet = facet
        self.places: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))

    def add(self, place: int, value: object) -> None:
        if isinstance(value, int):
            self.places[value].append(place)
        elif isinstance(value, bytes):
            for code in filing.ids_of(value):
                self.places[code].append(place)

    def column(self, rank: array[int], texts: Mapping[int, str]) -> Column:
        """The column, its places turned into rows."""
        size = len(rank)
        if self.facet.kind == "date":
            return self._dates(rank, size)
        found = {
            texts[code]: bits.posting(array("I", map(rank.__getitem__, places)), size)
            for code, places in self.places.items()
            if code in texts
        }
        known = [found] if not self.facet.ranked else [dict(sorted(found.items(), key=_by_rank))]
        return TermColumn(self.facet, known[0])

    def _dates(self, rank: array[int], size: int) -> DateColumn:
        days = array("I", [0]) * size
        months: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        for day, places in self.places.items():
            for place in places:
                days[rank[place]] = day
                months[day // 100].append(rank[place])
        return DateColumn(days, {month: bits.posting(rows, size) for month, rows in months.items()})


def _by_rank(item: tuple[str, Posting]) -> tuple[int, str]:
    from cable_tui.query import CLASSIFICATIONS

    order = [value for value, _ in CLASSIFICATIONS]
    return (order.index(item[0]) if item[0] in order else len(order), item[0])


def load(db: sqlite3.Connection) -> Columns:
    """The columns of what the catalogue holds now."""
    db.execute("BEGIN")
    try:
        return _load(db)
    finally:
        db.execute("ROLLBACK")


def _load(db: sqlite3.Connection) -> Columns:
    gathered = [_Gathering(facet) for _, stage in filing.TABLES for facet in filing.facets(stage)]
    names = ", ".join(filing.column(each.facet) for each in gathered)
    ids, created = array("I"), array("q")
    rows = db.execute(
        f"SELECT id, created, {names} FROM cable "  # noqa: S608 - names of our own columns
        "LEFT JOIN grammar ON grammar.cable = cable.id ORDER BY id"
    )
    adders = [each.add for each in gathered]
    for place, (id_, time, *values) in enumerate(rows):
        ids.append(id_)
        created.append(time)
        for add, value in zip(adders, values, strict=True):
            if value is not None:
                add(place, value)
    order = sorted(range(len(ids)), key=created.__getitem__)
    rank = array("I", [0]) * len(ids)
    for row, place in enumerate(order):
        rank[place] = row
    facets = {
        each.facet.name: each.column(rank, filing.terms_of(db, each.facet.name))
        for each in gathered
    }
    by_row = array("I", map(ids.__getitem__, order))
    ordered = {name: facets[name] for name in FACETS if name in facets}
    return Columns(store.generation(db), by_row, ordered)
