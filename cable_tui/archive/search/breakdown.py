"""Count the cables of a query by a key such as post, year, list or signer, or by two keys.

Facets are in memory, and lists are the reader's own. Signers are not indexed: to count them, the
text of each cable is read. The engine is not loaded until something is counted, because a table or
the help does not need it.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.bitset import IdSet, Posting
from cable_tui.archive.columns.columns import Column, DateColumn, title
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.value import Value
from cable_tui.query import FACETS
from cable_tui.query.answers import Count

if TYPE_CHECKING:
    from cable_tui.archive.search.snapshot import SnapshotSource
    from cable_tui.base.kinds import Only
    from cable_tui.query import Query

_CALLED = {
    "origin": ("post",),
    "date": ("year", "month"),
    "action": ("to",),
    "informed": ("info",),
}
"""The names of keys that differ from the names of their facets."""
KEYS = {key: facet for facet in FACETS for key in _CALLED.get(facet, (facet,))} | {
    "list": "",
    "signer": "",
}
"""The keys by which cables are counted: every facet, and the lists and signers, with no facet."""
ALIASES = {
    "origin": "post",
    "from": "post",
    "date": "year",
    "classification": "class",
    "signed": "signer",
    "action": "to",
    "informed": "info",
}
IN_TIME = tuple(key for key, facet in KEYS.items() if facet and FACETS[facet].kind == "date")
"""The keys whose values are times, which are sorted chronologically."""


class BreakdownRow(Count):
    """A value of the first key, and the number of the query's cables that have it."""

    across: Only[tuple[Annotated[int, ("minimum", 0)], ...]] = ()
    """The number of cables in the row for each value of the second key."""


class Breakdown(Value):
    """The table: rows by the first key and, if there is a second key, columns by it."""

    keys: tuple[str, ...]
    count: int
    """The number of cables in the query. A cable with several values is counted in several rows."""
    rows: tuple[BreakdownRow, ...]
    without: int
    """The number of cables without a value of the first key."""
    columns: tuple[str, ...] = ()
    """The values of the second key."""
    unread: int = 0
    """The number of cables whose file could not be read, so their signer is unknown."""


Seen = Callable[[Iterable[Any]], Iterable[Any]]
"""A function that receives records as they are read, and yields them one by one."""
_FEW_COLUMNS = 32
"""The number of columns up to which comparing the sets of a large row and of each column is faster.
"""
_MONTHS_OF_A_YEAR = 100
"""The factor between a year and a month, since a month is written YYYYMM."""


class _Axis(NamedTuple):
    postings: Mapping[str, Posting]
    titles: Callable[[str], str]
    is_single: bool = False
    """Whether no cable has two values."""
    unread: int = 0


def by_one_key(source: SnapshotSource, query: Query, key: str) -> tuple[Count, ...] | None:
    """Count the cables of a query by one key, in the order of `breakdown`, without their ids.

    Return None for lists, for signers and for keys with several values per cable. Raises
    `CacheError`.
    """
    facet = KEYS[key]
    if not facet or FACETS[facet].many:
        return None
    from cable_tui.archive.search import engine

    found = engine.counts_of(source, query, facet)
    if FACETS[facet].kind == "date":  # years and their months
        return tuple(count for count in found if ("-" in count.value) == (key == "month"))
    return tuple(found)


def breakdown(
    source: SnapshotSource,
    cables: int,
    keys: Sequence[str],
    seen: Seen = iter,
) -> Breakdown:
    """Count cables, given as a set, by one or two of `KEYS`.

    Times are in chronological order, classifications start with the lowest, and other values with
    the most frequent. Raises `CacheError`.
    """
    from cable_tui.archive.search.snapshot import Snapshot

    columns = Snapshot(source).columns
    all_ids = IdSet(cables & columns.everything, columns.size)
    axes = [_axis(source, columns.facets, axis_key, all_ids, seen) for axis_key in keys]
    first_postings = axes[0].postings
    count_by_value = {
        value: cable_count
        for value, posting in first_postings.items()
        if (cable_count := all_ids.count(posting))
    }
    column_names: list[str] = []
    across_by_value: dict[str, tuple[int, ...]] = {}
    if len(axes) > 1:
        second_postings = axes[1].postings
        second_counts = {
            value: cable_count
            for value, posting in second_postings.items()
            if (cable_count := all_ids.count(posting))
        }
        column_names = _ordered(keys[1], second_counts)
        row_postings = [first_postings[value] for value in count_by_value]
        column_postings = [second_postings[column_name] for column_name in column_names]
        if axes[1].is_single:
            across = _across(row_postings, column_postings, all_ids)
        elif axes[0].is_single:
            across = zip(*_across(column_postings, row_postings, all_ids), strict=True)
        else:
            across = _across_several(row_postings, column_postings, all_ids)
        across_by_value = dict(zip(count_by_value, across, strict=False))
    breakdown_rows = tuple(
        BreakdownRow(
            value, axes[0].titles(value), count_by_value[value], across_by_value.get(value, ())
        )
        for value in _ordered(keys[0], count_by_value)
    )
    counted_bits = bitset.union((first_postings[value] for value in count_by_value), columns.size)
    return Breakdown(
        tuple(keys),
        all_ids.bits.bit_count(),
        breakdown_rows,
        (all_ids.bits & ~counted_bits).bit_count(),
        tuple(column_names),
        max(axis.unread for axis in axes),
    )


def _axis(
    source: SnapshotSource,
    facets: Mapping[str, Column],
    key: str,
    all_ids: IdSet,
    seen: Seen,
) -> _Axis:
    if key == "list":
        from cable_tui.archive.search.row_sets import list_sets
        from cable_tui.archive.search.snapshot import Snapshot

        return _Axis(list_sets(Snapshot(source)), lambda _: "")
    if not KEYS[key]:
        return _signers(source, all_ids, seen)
    column = facets[KEYS[key]]
    if isinstance(column, DateColumn):
        return _Axis(_by_date(column, key, all_ids.size), lambda _: "", is_single=True)
    facet = FACETS[KEYS[key]]
    return _Axis(column.postings, lambda value: title(facet, value), not facet.many)


def _by_date(column: DateColumn, key: str, size: int) -> dict[str, Posting]:
    if key == "month":
        return {
            f"{month // 100:04}-{month % 100:02}": posting
            for month, posting in column.months.items()
        }
    years: defaultdict[str, list[Posting]] = defaultdict(list)
    for month, posting in column.months.items():
        years[f"{month // _MONTHS_OF_A_YEAR:04}"].append(posting)
    return {year: bitset.union(year_postings, size) for year, year_postings in years.items()}


def _ordered(key: str, count_by_value: Mapping[str, int]) -> list[str]:
    if key in IN_TIME:
        return sorted(count_by_value)
    if KEYS[key] and FACETS[KEYS[key]].order:
        return list(count_by_value)  # as the column has them
    return sorted(count_by_value, key=lambda value: (-count_by_value[value], value))


def _across(
    rows: Sequence[Posting], columns: Sequence[Posting], all_ids: IdSet
) -> Iterable[tuple[int, ...]]:
    """Return the counts of each row across the columns, if no cable is in two columns.

    The sets of a large row and of a few columns are compared; for other rows, the column of each
    cable is looked up.
    """
    column_of = bitset.numbers_of(enumerate(columns, 1), all_ids.size)
    few_columns = columns if len(columns) <= _FEW_COLUMNS else ()
    sets = [
        IdSet(all_ids.bits & bitset.union([each], all_ids.size), all_ids.size)
        for each in few_columns
    ]
    numbers = range(1, len(columns) + 1)
    for posting in rows:
        if sets and isinstance(posting, int):
            yield tuple(each.count(posting) for each in sets)
        else:
            counts = Counter(map(column_of.__getitem__, all_ids.among(posting)))
            yield tuple(counts.get(number, 0) for number in numbers)


def _across_several(
    rows: Sequence[Posting], columns: Sequence[Posting], all_ids: IdSet
) -> Iterable[tuple[int, ...]]:
    """Return the same counts if a cable may be in several columns."""
    columns_by_cable: list[tuple[int, ...]] = [()] * all_ids.size
    for column_index, posting in enumerate(columns):
        for id_ in all_ids.among(posting):
            columns_by_cable[id_] += (column_index,)
    for posting in rows:
        column_counts = [0] * len(columns)
        for id_ in all_ids.among(posting):
            for column in columns_by_cable[id_]:
                column_counts[column] += 1
        yield tuple(column_counts)


def _signers(source: SnapshotSource, all_ids: IdSet, seen: Seen) -> _Axis:
    """Return the signers: the names at the end of each text."""
    # They need formats and a part of the grammar.
    from cable_tui.archive.texts import texts
    from cable_tui.telegram.people.signature import signature

    cables_by_signer: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    cables_unread = 0
    for task, raw, *_ in seen(texts(source, bitset.ids_of(all_ids.bits, all_ids.size))):
        if raw is None:
            cables_unread += 1
            continue
        signers = raw.edition.signed_by if raw.edition else signature(raw.body).names
        for signer in dict.fromkeys(signers):
            cables_by_signer[signer].append(task.cable)
    return _Axis(cables_by_signer, lambda _: "", unread=cables_unread)
