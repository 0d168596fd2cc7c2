"""Columns and measures in files beside the catalogue: loading them is quicker than building."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cable_tui.archive.catalogue import facet_columns, schema
from cable_tui.archive.columns import build, container, sizes_and_flags
from cable_tui.archive.columns.bitset import Posting
from cable_tui.archive.columns.columns import Column, Columns, DateColumn, TermColumn
from cable_tui.archive.columns.sizes_and_flags import Measures, Sized
from cable_tui.query import FACETS

_COLUMNS_VERSION = 3
_COLUMNS_KIND = "columns"


def load_columns(db: sqlite3.Connection, folder: Path) -> Columns:
    """The columns of the catalogue as it is now, from their file where there is one."""
    return _read_columns(folder, schema.generation(db)) or build.build(db)


def save_columns(db: sqlite3.Connection, folder: Path) -> None:
    """Save the columns of this generation in the folder, and remove older ones."""
    generation = schema.generation(db)

    def make() -> tuple[dict[str, object], list[bytes]]:
        return _pack_columns(build.build(db))

    container.save(folder, _COLUMNS_KIND, generation, make, stamp=_columns_stamp())


def _columns_stamp() -> list[object]:
    """The form of the parts; columns of another stamp are not loaded."""
    kinds = [(facet.name, facet.kind, facet.order) for facet in FACETS.values()]
    filed = [facet_columns.stamp(stage) for _, stage in facet_columns.TABLES]
    return [_COLUMNS_VERSION, *container.machine(), str(kinds), *filed]


def _pack_columns(columns: Columns) -> tuple[dict[str, object], list[bytes]]:
    parts = [columns.ids.tobytes()]
    facets: list[object] = []
    for name, column in columns.facets.items():
        if isinstance(column, DateColumn):
            parts.append(column.days.tobytes())
        postings = column.months if isinstance(column, DateColumn) else column.postings
        values = [[value, isinstance(of, int)] for value, of in postings.items()]
        parts += [_bytes(of) for of in postings.values()]
        facets.append([name, values])
    return {"stamp": _columns_stamp(), "generation": columns.generation, "facets": facets}, parts


def _bytes(of: Posting) -> bytes:
    if isinstance(of, int):
        return of.to_bytes(of.bit_length() // 8 + 1, "little")
    return of.tobytes()


def _read_columns(folder: Path, generation: int) -> Columns | None:
    found = container.load(folder, _COLUMNS_KIND, generation)
    if found is None:
        return None
    head, parts = found
    if head["stamp"] != _columns_stamp() or head["generation"] != generation:
        return None
    rest = iter(parts)
    ids = _array(next(rest))
    facets: dict[str, Column] = {}
    for name, values in head["facets"]:
        facet = FACETS[name]
        if facet.kind == "date":
            facets[name] = DateColumn(next(rest).cast("I"), _postings(values, rest))
        else:
            facets[name] = TermColumn(facet, _postings(values, rest))
    return Columns(generation, ids, facets)


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
    found = array("I")
    found.frombytes(part)
    return found


_MEASURES_VERSION = 1
_MEASURES_KIND = "measures"


def load_measures(db: sqlite3.Connection, folder: Path) -> Measures:
    """The measures of the catalogue as it is now, from their file where there is one."""
    return _read_measures(folder, schema.generation(db)) or sizes_and_flags.build_measures(db)


def save_measures(db: sqlite3.Connection, folder: Path) -> None:
    """Save the measures of this generation in the folder, and remove older ones."""
    generation = schema.generation(db)
    container.save(
        folder,
        _MEASURES_KIND,
        generation,
        lambda: _pack_measures(sizes_and_flags.build_measures(db)),
    )


def _measures_stamp() -> list[object]:
    return [_MEASURES_VERSION, *container.machine(), facet_columns.stamp("grammar")]


def _pack_measures(of: Measures) -> tuple[dict[str, object], list[bytes]]:
    sizes = (of.lengths, of.paragraphs)
    arrays = [
        *(part for each in sizes for part in (each.numbers, each.ids)),
        of.by_reference,
        of.missing,
        *of.flagged.values(),
    ]
    head = {"stamp": _measures_stamp(), "flags": list(of.flagged)}
    return head, [each.tobytes() for each in arrays]


def _read_measures(folder: Path, generation: int) -> Measures | None:
    found = container.load(folder, _MEASURES_KIND, generation)
    if found is None or found[0]["stamp"] != _measures_stamp():
        return None
    arrays = _arrays(found[1])
    lengths, paragraphs = (Sized(next(arrays), next(arrays)) for _ in range(2))
    by_reference, missing = next(arrays), next(arrays)
    flagged = dict(zip(found[0]["flags"], arrays, strict=True))
    return Measures(flagged, lengths, paragraphs, by_reference, missing)


def _arrays(parts: list[memoryview]) -> Iterator[array[int]]:
    for part in parts:
        numbers = array("I")
        numbers.frombytes(part)
        yield numbers
