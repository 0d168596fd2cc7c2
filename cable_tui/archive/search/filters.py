"""The sets of cables that the fields of a query find: one function for each of `query.FIELDS`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable

from cable_tui import glossary
from cable_tui.archive.catalogue.resolve_references import Graph, canonical_of
from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.columns import Columns, TermColumn
from cable_tui.archive.records.further import UNREDACTED, VARIANT
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.query.fields import region_of, regions_named, sizes
from cable_tui.query.flags import MASKS

_DIFFERING = {"variants": VARIANT, "unredacted": UNREDACTED}
Finder = Callable[[Snapshot, Columns, str], int]
"""From the text behind the colon to a set of cables."""


def found(snapshot: Snapshot, columns: Columns, field: str, wanted: str) -> int:
    """The set of cables that `field:wanted` means; empty for an unknown field or value."""
    if (field, wanted) in MASKS:
        return snapshot.measures().having(MASKS[field, wanted], columns.size) & columns.everything
    find = _FINDERS.get(field)
    return find(snapshot, columns, wanted) if find else 0


def _is(snapshot: Snapshot, columns: Columns, wanted: str) -> int:
    if wanted == "new":
        return columns.of_ids(_column(snapshot, "SELECT cable FROM arrived"))
    own = snapshot.own
    if wanted == "unread":
        return columns.everything ^ _canonical(snapshot, columns, own.read)
    of_own = {"bookmarked": own.bookmarked, "noted": own.noted, "read": own.read}
    return _canonical(snapshot, columns, of_own.get(wanted, ()))


def _has(snapshot: Snapshot, columns: Columns, wanted: str) -> int:
    if wanted == "missing-ref":
        return columns.of_ids(snapshot.measures().missing)
    if wanted in ("records", "versions"):
        return columns.of_ids(_column(snapshot, "SELECT DISTINCT cable FROM also"))
    if wanted in _DIFFERING:
        sql = "SELECT cable FROM also WHERE differs > 0 AND differs & ?"
        return columns.of_ids(_column(snapshot, sql, _DIFFERING[wanted]))
    column = columns.facets.get("article") if wanted == "article" else None
    if not isinstance(column, TermColumn):
        return 0
    return bitset.union(column.postings.values(), columns.size)


def _list(snapshot: Snapshot, columns: Columns, wanted: str) -> int:
    own = snapshot.own
    name = own.list_named(wanted)
    return _canonical(snapshot, columns, own.lists[name]) if name is not None else 0


def _note(snapshot: Snapshot, columns: Columns, wanted: str) -> int:
    return _canonical(snapshot, columns, snapshot.own.noting(wanted))


def _length(snapshot: Snapshot, columns: Columns, wanted: str) -> int:
    limits = sizes(wanted)
    return columns.of_ids(snapshot.measures().lengths.between(*limits)) if limits else 0


def _paragraphs(snapshot: Snapshot, columns: Columns, wanted: str) -> int:
    limits = sizes(wanted)
    return columns.of_ids(snapshot.measures().paragraphs.between(*limits)) if limits else 0


def _region(_: Snapshot, columns: Columns, wanted: str) -> int:
    column = columns.facets.get("origin")
    if not isinstance(column, TermColumn):
        return 0
    named = frozenset(regions_named(wanted))
    return bitset.union(
        (of for origin, of in column.postings.items() if in_regions(origin, named)), columns.size
    )


def in_regions(origin: str, regions: Collection[str]) -> bool:
    """Whether an origin stands in one of some regions."""
    return region_of(glossary.bureau(origin)) in regions


def _by_graph(ask: Callable[[Graph, str], Iterable[int]]) -> Finder:
    def found(snapshot: Snapshot, columns: Columns, wanted: str) -> int:
        with snapshot.reading() as db:
            return columns.of_ids(ask(Graph(db), canonical_of(wanted)))

    return found


def _itself(graph: Graph, canonical: str) -> list[int]:
    id_ = graph.cable(canonical)
    return [] if id_ is None else [id_]


def _canonical(snapshot: Snapshot, columns: Columns, canonicals: Collection[str]) -> int:
    """The set of cables with these ids; those that are not in the archive are left out."""
    if not canonicals:
        return 0
    sql = "SELECT id FROM cable WHERE canonical IN (SELECT value FROM json_each(?))"
    return columns.of_ids(_column(snapshot, sql, json.dumps(list(canonicals))))


def _column(snapshot: Snapshot, sql: str, *values: str | int) -> list[int]:
    with snapshot.reading() as db:
        return [id_ for (id_,) in db.execute(sql, values)]


_FINDERS: dict[str, Finder] = {
    "region": _region,
    "is": _is,
    "has": _has,
    "ref": _by_graph(_itself),
    "cites": _by_graph(Graph.cited_by),
    "citedby": _by_graph(Graph.cites),
    "chain": _by_graph(Graph.chain),
    "list": _list,
    "note": _note,
    "len": _length,
    "paras": _paragraphs,
}
"""`query` has none: saved searches replace their names before a plan is made."""
