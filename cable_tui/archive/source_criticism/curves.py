"""Curves: which share of the cables of each month, year, post or classification a query finds.

A number alone misleads: an archive has many cables of some months and few of others. All facets
are in memory, so that this reads no text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cable_tui.archive.columns import bitset
from cable_tui.archive.search.breakdown import breakdown
from cable_tui.archive.search.breakdown_table import IN_TIME, Breakdown
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.archive.source_criticism.curve_table import Curve, Curves
from cable_tui.text.charts import steps


def curves(
    source: SnapshotSource,
    answers: Sequence[tuple[str, Sequence[int]]],
    whole: Sequence[int],
    by: str,
    within: str = "",
) -> Curves:
    """The curves of some queries, each with the cables it finds, among the cables of `whole`.

    Raises `CacheError`.
    """
    loaded = Snapshot(source).columns
    among = loaded.of_ids(whole)
    base = breakdown(source, whole, (by,))
    totals = _counts(base)
    names = steps(list(totals)) if by in IN_TIME else list(totals)
    found = []
    for query, ids in answers:
        bits = loaded.of_ids(ids) & among
        counted = breakdown(source, bitset.ids_of(bits, loaded.size), (by,))
        counts = _counts(counted)
        found.append(Curve(query, tuple(counts.get(name, 0) for name in names), counted.count))
    numbers = tuple(totals.get(name, 0) for name in names)
    return Curves(by, tuple(names), numbers, tuple(found), base.count, within, base.without)


def _counts(found: Breakdown) -> Mapping[str, int]:
    return {each.value: each.count for each in found.rows}
