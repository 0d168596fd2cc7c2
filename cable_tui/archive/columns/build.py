"""The columns of a catalogue, built from its rows in one read."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Mapping

from cable_tui.archive.catalogue import facet_columns, schema
from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.columns import Column, Columns, DateColumn, TermColumn
from cable_tui.query import FACETS, Facet


class _FacetIds:
    """The cables of each code of one facet, while the catalogue is read."""

    def __init__(self, facet: Facet) -> None:
        self.facet = facet
        self.ids: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))

    def add(self, id_: int, value: object) -> None:
        if isinstance(value, int):
            self.ids[value].append(id_)
        elif isinstance(value, bytes):
            for code in facet_columns.ids_of(value):
                self.ids[code].append(id_)

    def column(self, size: int, texts: Mapping[int, str]) -> Column:
        if self.facet.kind == "date":
            return self._dates(size)
        named = {texts[code]: ids for code, ids in self.ids.items() if code in texts}
        order = sorted(named, key=self.facet.sort_key) if self.facet.order else named
        return TermColumn(self.facet, {name: bitset.posting(named[name], size) for name in order})

    def _dates(self, size: int) -> DateColumn:
        days = array("I", [0]) * size
        months: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        for day, ids in self.ids.items():
            for id_ in ids:
                days[id_] = day
            months[day // 100].extend(ids)
        return DateColumn(days, {month: bitset.posting(ids, size) for month, ids in months.items()})


def build(db: sqlite3.Connection) -> Columns:
    """The columns of what the catalogue holds now."""
    db.execute("BEGIN")
    try:
        return _read(db)
    finally:
        db.execute("ROLLBACK")


def _read(db: sqlite3.Connection) -> Columns:
    parts = [
        _FacetIds(facet)
        for _, stage in facet_columns.TABLES
        for facet in facet_columns.facets(stage)
    ]
    names = ", ".join(facet_columns.column(each.facet) for each in parts)
    rows = db.execute(
        f"SELECT id, {names} FROM cable "  # noqa: S608 - names of our own columns
        "LEFT JOIN grammar ON grammar.cable = cable.id ORDER BY id"
    )
    adders = [each.add for each in parts]
    for id_, *values in rows:
        for add, value in zip(adders, values, strict=True):
            if value is not None:
                add(id_, value)
    by_time = array(
        "I", (id_ for (id_,) in db.execute("SELECT id FROM cable ORDER BY created, id"))
    )
    size = max(by_time, default=-1) + 1
    made = {
        each.facet.name: each.column(size, facet_columns.terms_of(db, each.facet.name))
        for each in parts
    }
    ordered = {name: made[name] for name in FACETS if name in made}
    return Columns(schema.generation(db), by_time, ordered)
