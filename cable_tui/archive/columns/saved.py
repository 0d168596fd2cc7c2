"""Columns and measures: built from the catalogue in one read, saved next to it, loaded.

Loading is faster than building.
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
    facet_kinds = [(facet.name, facet.kind, facet.order) for facet in FACETS.values()]
    column_stamps = [facet_columns.stamp(stage) for _, stage in facet_columns.TABLES]
    format_stamp = (_COLUMNS_VERSION, *container.machine(), str(facet_kinds), *column_stamps)
    return ("columns", catalogue_file.generation(db), *format_stamp)


def _pack_columns(columns: FacetColumns) -> tuple[dict[str, object], list[bytes]]:
    byte_parts = [columns.ids.tobytes()]
    facet_values: list[object] = []
    for facet_name, column in columns.facets.items():
        if isinstance(column, DateColumn):
            byte_parts.append(column.days.tobytes())
        postings = column.months if isinstance(column, DateColumn) else column.postings
        value_entries = [[value, isinstance(posting, int)] for value, posting in postings.items()]
        byte_parts += [_bytes(posting) for posting in postings.values()]
        facet_values.append([facet_name, value_entries])
    return {"generation": columns.generation, "facets": facet_values}, byte_parts


def _bytes(posting: Posting) -> bytes:
    if isinstance(posting, int):
        return posting.to_bytes(posting.bit_length() // 8 + 1, "little")
    return posting.tobytes()


def load_columns(db: sqlite3.Connection, folder: Path) -> FacetColumns:
    """Return the columns of the catalogue as it is now, from their file if it exists."""
    if (saved_columns := container.load(folder, _columns_name(db))) is None:
        return build(db)
    json_head, byte_parts = saved_columns
    other_parts = iter(byte_parts)
    ids = _array(next(other_parts))
    column_by_facet: dict[str, Column] = {}
    for facet_name, value_entries in json_head["facets"]:
        facet = FACETS[facet_name]
        if facet.kind == "date":
            column_by_facet[facet_name] = DateColumn(
                next(other_parts).cast("I"), _postings(value_entries, other_parts)
            )
        else:
            column_by_facet[facet_name] = TermColumn(facet, _postings(value_entries, other_parts))
    return FacetColumns(json_head["generation"], ids, column_by_facet)


class _Packed(Mapping[Any, Posting]):
    """Postings that are read from the file one by one, when they are first needed."""

    def __init__(self, parts: Mapping[Any, tuple[bool, memoryview]]) -> None:
        self._parts = parts
        self._read: dict[Any, Posting] = {}

    def __getitem__(self, value: Any) -> Posting:
        if value not in self._read:
            as_bits, posting_bytes = self._parts[value]
            self._read[value] = (
                int.from_bytes(posting_bytes, "little") if as_bits else _array(posting_bytes)
            )
        return self._read[value]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def _postings(
    values: list[tuple[Any, bool]], byte_parts: Iterator[memoryview]
) -> Mapping[Any, Posting]:
    return _Packed({value: (as_bits, next(byte_parts)) for value, as_bits in values})


def _array(id_bytes: memoryview) -> array[int]:
    packed_ids = array("I")
    packed_ids.frombytes(id_bytes)
    return packed_ids


# Measures

_MEASURES_VERSION = 1


def save_measures(db: sqlite3.Connection, folder: Path) -> None:
    """Save the measures of this generation in the folder, and remove older ones."""
    build_function = sizes_and_flags.build_measures
    container.save(folder, _measures_name(db), lambda: _pack_measures(build_function(db)))


def _measures_name(db: sqlite3.Connection) -> container.Name:
    format_stamp = (_MEASURES_VERSION, *container.machine(), facet_columns.stamp("grammar"))
    return ("measures", catalogue_file.generation(db), *format_stamp)


def _pack_measures(measures: Measures) -> tuple[dict[str, object], list[bytes]]:
    size_columns = (measures.lengths, measures.paragraphs)
    measure_arrays = [
        *(
            measure_part
            for measure in size_columns
            for measure_part in (measure.numbers, measure.ids)
        ),
        measures.by_reference,
        measures.missing,
        *measures.flagged.values(),
    ]
    return {"flags": list(measures.flagged)}, [
        measure_array.tobytes() for measure_array in measure_arrays
    ]


def load_measures(db: sqlite3.Connection, folder: Path) -> Measures:
    """Return the measures of the catalogue as it is now, from their file if it exists."""
    if (saved_measures := container.load(folder, _measures_name(db))) is None:
        return sizes_and_flags.build_measures(db)
    measure_arrays = map(_array, saved_measures[1])
    lengths, paragraphs = (Sized(next(measure_arrays), next(measure_arrays)) for _ in range(2))
    by_reference, missing_serials = next(measure_arrays), next(measure_arrays)
    ids_by_flag = dict(zip(saved_measures[0]["flags"], measure_arrays, strict=True))
    return Measures(ids_by_flag, lengths, paragraphs, by_reference, missing_serials)


class _FacetIds:
    """The cables for each code of one facet, while the catalogue is read."""

    def __init__(self, facet: Facet) -> None:
        self.facet = facet
        self.ids: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))

    def column(self, size: int, texts: Mapping[int, str]) -> Column:
        if self.facet.kind == "date":
            return self._dates(size)
        ids_by_text = {texts[code]: ids for code, ids in self.ids.items() if code in texts}
        ordered_values = (
            sorted(ids_by_text, key=self.facet.sort_key) if self.facet.order else ids_by_text
        )
        return TermColumn(
            self.facet,
            {
                facet_value: bitset.posting(ids_by_text[facet_value], size)
                for facet_value in ordered_values
            },
        )

    def _dates(self, size: int) -> DateColumn:
        day_by_id = array("I", [0]) * size
        ids_by_month: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        for day, ids in self.ids.items():
            for cable_id in ids:
                day_by_id[cable_id] = day
            ids_by_month[day // 100].extend(ids)
        return DateColumn(
            day_by_id, {month: bitset.posting(ids, size) for month, ids in ids_by_month.items()}
        )


def build(db: sqlite3.Connection) -> FacetColumns:
    """Return the columns of the current catalogue."""
    db.execute("BEGIN")
    try:
        return _read(db)
    finally:
        db.execute("ROLLBACK")


def _read(db: sqlite3.Connection) -> FacetColumns:
    facets_read = [
        _FacetIds(facet)
        for _, stage in facet_columns.TABLES
        for facet in facet_columns.facets(stage)
    ]
    column_names = ", ".join(facet_columns.column(facet_ids.facet) for facet_ids in facets_read)
    facet_rows = db.execute(
        f"SELECT id, {column_names} FROM cable "  # noqa: S608 - names of our own columns
        "LEFT JOIN grammar ON grammar.cable = cable.id ORDER BY id"
    )
    ids_by_facet = [facet_ids.ids for facet_ids in facets_read]
    for id_, *facet_values in facet_rows:  # no calls here: it takes seconds for millions of cables
        for ids_by_code, facet_value in zip(ids_by_facet, facet_values, strict=True):
            if isinstance(facet_value, int):
                ids_by_code[facet_value].append(id_)
            elif facet_value is not None:
                for code in facet_columns.ids_of(facet_value):
                    ids_by_code[code].append(id_)
    by_time = array(
        "I", (id_ for (id_,) in db.execute("SELECT id FROM cable ORDER BY created, id"))
    )
    id_limit = max(by_time, default=-1) + 1
    columns_made = {
        facet_ids.facet.name: facet_ids.column(
            id_limit, facet_columns.terms_of(db, facet_ids.facet.name)
        )
        for facet_ids in facets_read
    }
    ordered_columns = {
        facet_name: columns_made[facet_name] for facet_name in FACETS if facet_name in columns_made
    }
    return FacetColumns(catalogue_file.generation(db), by_time, ordered_columns)
