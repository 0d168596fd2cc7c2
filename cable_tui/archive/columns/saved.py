"""Columns and measures: built from the catalogue in one read, saved in files beside it, loaded.

Loading is quicker than building.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cable_tui.archive.catalogue import catalogue_file, facet_columns
from cable_tui.archive.columns import bitset, container, sizes_and_flags
from cable_tui.archive.columns.bitset import Posting
from cable_tui.archive.columns.columns import Column, DateColumn, FacetColumns, TermColumn
from cable_tui.archive.columns.sizes_and_flags import Measures, Sized
from cable_tui.query import FACETS, Facet

_COLUMNS_VERSION = 3


def save_columns(db: sqlite3.Connection, folder: Path) -> None:
    """Save the columns of this generation in the folder, and remove older ones."""
    container.save(folder, _columns_name(db), lambda: _pack_columns(build(db)))


def _columns_name(db: sqlite3.Connection) -> container.Name:
    kinds = [(facet.name, facet.kind, facet.order) for facet in FACETS.values()]
    column_stamps = [facet_columns.stamp(stage) for _, stage in facet_columns.TABLES]
    form = (_COLUMNS_VERSION, *container.machine(), str(kinds), *column_stamps)
    return ("columns", catalogue_file.generation(db), *form)


def _pack_columns(columns: FacetColumns) -> tuple[dict[str, object], list[bytes]]:
    parts = [columns.ids.tobytes()]
    facets: list[object] = []
    for name, column in columns.facets.items():
        if isinstance(column, DateColumn):
            parts.append(column.days.tobytes())
        postings = column.months if isinstance(column, DateColumn) else column.postings
        values = [[value, isinstance(posting, int)] for value, posting in postings.items()]
        parts += [_bytes(posting) for posting in postings.values()]
        facets.append([name, values])
    return {"generation": columns.generation, "facets": facets}, parts


def _bytes(of: Posting) -> bytes:
    if isinstance(of, int):
        return of.to_bytes(of.bit_length() // 8 + 1, "little")
    return of.tobytes()


def load_columns(db: sqlite3.Connection, folder: Path) -> FacetColumns:
    """Return the columns of the catalogue as it is now, from their file if there is one."""
    if (content := container.load(folder, _columns_name(db))) is None:
        return build(db)
    json_head, byte_parts = content
    other_parts = iter(byte_parts)
    ids = _array(next(other_parts))
    facets: dict[str, Column] = {}
    for name, values in json_head["facets"]:
        facet = FACETS[name]
        if facet.kind == "date":
            facets[name] = DateColumn(next(other_parts).cast("I"), _postings(values, other_parts))
        else:
            facets[name] = TermColumn(facet, _postings(values, other_parts))
    return FacetColumns(json_head["generation"], ids, facets)


class _Packed(Mapping[Any, Posting]):
    """Postings that are read from the file one by one, when they are first needed."""

    def __init__(self, parts: Mapping[Any, tuple[bool, memoryview]]) -> None:
        self._parts = parts
        self._read: dict[Any, Posting] = {}

    def __getitem__(self, value: Any) -> Posting:
        if value not in self._read:
            as_bits, part = self._parts[value]
            self._read[value] = int.from_bytes(part, "little") if as_bits else _array(part)
        return self._read[value]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def _postings(values: list[tuple[Any, bool]], rest: Iterator[memoryview]) -> Mapping[Any, Posting]:
    return _Packed({value: (as_bits, next(rest)) for value, as_bits in values})


def _array(part: memoryview) -> array[int]:
    packed_ids = array("I")
    packed_ids.frombytes(part)
    return packed_ids


# Measures

_MEASURES_VERSION = 1


def save_measures(db: sqlite3.Connection, folder: Path) -> None:
    """Save the measures of this generation in the folder, and remove older ones."""
    measures = sizes_and_flags.build_measures
    container.save(folder, _measures_name(db), lambda: _pack_measures(measures(db)))


def _measures_name(db: sqlite3.Connection) -> container.Name:
    form = (_MEASURES_VERSION, *container.machine(), facet_columns.stamp("grammar"))
    return ("measures", catalogue_file.generation(db), *form)


def _pack_measures(of: Measures) -> tuple[dict[str, object], list[bytes]]:
    size_columns = (of.lengths, of.paragraphs)
    arrays = [
        *(part for measure in size_columns for part in (measure.numbers, measure.ids)),
        of.by_reference,
        of.missing,
        *of.flagged.values(),
    ]
    return {"flags": list(of.flagged)}, [numbers.tobytes() for numbers in arrays]


def load_measures(db: sqlite3.Connection, folder: Path) -> Measures:
    """Return the measures of the catalogue as it is now, from their file if there is one."""
    if (content := container.load(folder, _measures_name(db))) is None:
        return sizes_and_flags.build_measures(db)
    arrays = map(_array, content[1])
    lengths, paragraphs = (Sized(next(arrays), next(arrays)) for _ in range(2))
    by_reference, missing_serials = next(arrays), next(arrays)
    ids_by_flag = dict(zip(content[0]["flags"], arrays, strict=True))
    return Measures(ids_by_flag, lengths, paragraphs, by_reference, missing_serials)


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
        ids_by_text = {texts[code]: ids for code, ids in self.ids.items() if code in texts}
        order = sorted(ids_by_text, key=self.facet.sort_key) if self.facet.order else ids_by_text
        return TermColumn(
            self.facet, {name: bitset.posting(ids_by_text[name], size) for name in order}
        )

    def _dates(self, size: int) -> DateColumn:
        days = array("I", [0]) * size
        months: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        for day, ids in self.ids.items():
            for cable_id in ids:
                days[cable_id] = day
            months[day // 100].extend(ids)
        return DateColumn(days, {month: bitset.posting(ids, size) for month, ids in months.items()})


def build(db: sqlite3.Connection) -> FacetColumns:
    """Return the columns of the present catalogue."""
    db.execute("BEGIN")
    try:
        return _read(db)
    finally:
        db.execute("ROLLBACK")


def _read(db: sqlite3.Connection) -> FacetColumns:
    parts = [
        _FacetIds(facet)
        for _, stage in facet_columns.TABLES
        for facet in facet_columns.facets(stage)
    ]
    names = ", ".join(facet_columns.column(facet_ids.facet) for facet_ids in parts)
    rows = db.execute(
        f"SELECT id, {names} FROM cable "  # noqa: S608 - names of our own columns
        "LEFT JOIN grammar ON grammar.cable = cable.id ORDER BY id"
    )
    adders = [facet_ids.add for facet_ids in parts]
    for id_, *values in rows:
        for add, value in zip(adders, values, strict=True):
            if value is not None:
                add(id_, value)
    by_time = array(
        "I", (id_ for (id_,) in db.execute("SELECT id FROM cable ORDER BY created, id"))
    )
    size = max(by_time, default=-1) + 1
    columns_made = {
        facet_ids.facet.name: facet_ids.column(
            size, facet_columns.terms_of(db, facet_ids.facet.name)
        )
        for facet_ids in parts
    }
    ordered_columns = {name: columns_made[name] for name in FACETS if name in columns_made}
    return FacetColumns(catalogue_file.generation(db), by_time, ordered_columns)
