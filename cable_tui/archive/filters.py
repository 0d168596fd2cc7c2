"""What the fields of a query find: sets of cables, one function a field of `query.FIELDS`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable

from cable_tui.archive import bits
from cable_tui.archive.columns import Columns, TermColumn
from cable_tui.archive.desk import Desk
from cable_tui.archive.graph import Graph, canonical_of
from cable_tui.query.fields import sizes
from cable_tui.query.flags import MASKS

Finder = Callable[[Desk, Columns, str], int]
"""From the text behind the colon to a set of cables."""


def found(desk: Desk, columns: Columns, field: str, wanted: str) -> int:
    """The set of cables that `field:wanted` means; none for a field or a value without meaning."""
    if (field, wanted) in MASKS:
        return desk.measures().having(MASKS[field, wanted], columns.size) & columns.everything
    find = _FINDERS.get(field)
    return find(desk, columns, wanted) if find else 0


def _is(desk: Desk, columns: Columns, wanted: str) -> int:
    if wanted == "new":
        return columns.of_ids(_column(desk, "SELECT cable FROM arrived"))
    own = desk.own
    if wanted == "unread":
        return columns.everything ^ _canonical(desk, columns, own.read)
    of_own = {"bookmarked": own.bookmarked, "noted": own.noted, "read": own.read}
    return _canonical(desk, columns, of_own.get(wanted, ()))


def _has(desk: Desk, columns: Columns, wanted: str) -> int:
    if wanted == "missing-ref":
        return columns.of_ids(desk.measures().missing)
    column = columns.facets.get("article") if wanted == "article" else None
    if not isinstance(column, TermColumn):
        return 0
    return bits.united(column.postings.values(), columns.size)


def _list(desk: Desk, columns: Columns, wanted: str) -> int:
    own = desk.own
    name = own.list_named(wanted)
    return _canonical(desk, columns, own.lists[name]) if name is not None else 0


def _note(desk: Desk, columns: Columns, wanted: str) -> int:
    return _canonical(desk, columns, desk.own.noting(wanted))


def _length(desk: Desk, columns: Columns, wanted: str) -> int:
    limits = sizes(wanted)
    return columns.of_ids(desk.measures().lengths.between(*limits)) if limits else 0


def _paragraphs(desk: Desk, columns: Columns, wanted: str) -> int:
    limits = sizes(wanted)
    return columns.of_ids(desk.measures().paragraphs.between(*limits)) if limits else 0


def _by_graph(ask: Callable[[Graph, str], Iterable[int]]) -> Finder:
    def found(desk: Desk, columns: Columns, wanted: str) -> int:
        with desk.reading() as db:
            return columns.of_ids(ask(Graph(db), canonical_of(wanted)))

    return found


def _itself(graph: Graph, canonical: str) -> list[int]:
    id_ = graph.cable(canonical)
    return [] if id_ is None else [id_]


def _canonical(desk: Desk, columns: Columns, canonicals: Collection[str]) -> int:
    """The set of cables with these ids; those that are not in the archive are left out."""
    if not canonicals:
        return 0
    sql = "SELECT id FROM cable WHERE canonical IN (SELECT value FROM json_each(?))"
    return columns.of_ids(_column(desk, sql, json.dumps(list(canonicals))))


def _column(desk: Desk, sql: str, *values: str) -> list[int]:
    with desk.reading() as db:
        return [id_ for (id_,) in db.execute(sql, values)]


_FINDERS: dict[str, Finder] = {
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
"""`query` has none: saved searches stand in the place of their names before a plan is made."""
