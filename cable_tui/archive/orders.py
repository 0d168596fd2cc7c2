"""The orders of an answer besides time and relevance; each is made when it is first asked for."""

from __future__ import annotations

from array import array

from cable_tui.archive.columns import Columns, DateColumn, Order
from cable_tui.archive.desk import Desk

_BY_REFERENCE = """
SELECT id FROM cable
ORDER BY canonical < '50', rtrim(canonical, '0123456789'), length(canonical), canonical
"""
"""By year (two digits below 50 are of this century, `telegram.ids`), station and number."""


def order_of(desk: Desk, columns: Columns, key: str) -> Order:
    """All cables by `reference`, `length` or `released`."""
    if key == "reference":
        return desk.lasting("order:reference", lambda: _by_reference(desk, columns))
    if key == "length":
        return desk.lasting("order:length", lambda: _by_length(desk, columns))
    return desk.lasting("order:released", lambda: _by_release(columns))


def _by_reference(desk: Desk, columns: Columns) -> Order:
    with desk.reading() as db:
        ids = array("I", (id_ for (id_,) in db.execute(_BY_REFERENCE)))
    return _complete(ids, columns)


def _by_length(desk: Desk, columns: Columns) -> Order:
    return _complete(desk.measures().sizes["len"].ids, columns)


def _by_release(columns: Columns) -> Order:
    column = columns.facets.get("released")
    if not isinstance(column, DateColumn):
        return columns.by_time
    return Order(array("I", sorted(columns.ids, key=column.days.__getitem__)), columns.size)


def _complete(ids: array[int], columns: Columns) -> Order:
    """An order over the very cables of the columns; those that it lacks come first, by time."""
    there = bytearray(columns.size)
    for id_ in ids:
        if id_ < columns.size:
            there[id_] = 1
    missing = [id_ for id_ in columns.ids if not there[id_]]
    return Order(array("I", [*missing, *(id_ for id_ in ids if id_ < columns.size)]), columns.size)
