"""The orders of an answer besides time and relevance; each is made when it is first needed."""

from __future__ import annotations

from array import array

from cable_tui.archive.columns.columns import Columns, DateColumn
from cable_tui.archive.columns.ordered_ids import Order
from cable_tui.archive.search.snapshot import Snapshot


def order_of(snapshot: Snapshot, columns: Columns, key: str) -> Order:
    """All cables by `reference`, `length` or `released`."""
    return snapshot.per_generation(f"order:{key}", lambda: _made(snapshot, columns, key))


def _made(snapshot: Snapshot, columns: Columns, key: str) -> Order:
    if key == "reference":
        return _complete(snapshot.measures().by_reference, columns)
    if key == "length":
        return _complete(snapshot.measures().lengths.ids, columns)
    return _by_release(columns)


def _by_release(columns: Columns) -> Order:
    column = columns.facets.get("released")
    if not isinstance(column, DateColumn):
        return columns.by_time
    return Order(array("I", sorted(columns.ids, key=column.days.__getitem__)), columns.size)


def _complete(ids: array[int], columns: Columns) -> Order:
    """The order with all cables of the columns; those without a value come first, by time."""
    there = bytearray(columns.size)
    for id_ in ids:
        if id_ < columns.size:
            there[id_] = 1
    missing = [id_ for id_ in columns.ids if not there[id_]]
    return Order(array("I", [*missing, *(id_ for id_ in ids if id_ < columns.size)]), columns.size)
