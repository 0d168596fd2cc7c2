"""The columns in a file beside the catalogue: gathering them takes a second, reading them does not.

The builder writes it when it has changed something; a reader that finds none of the catalogue's
generation gathers.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cable_tui.archive import filing, gathering, packed_parts, store
from cable_tui.archive.bits import Posting
from cable_tui.archive.columns import Column, Columns, DateColumn, TermColumn
from cable_tui.query import FACETS

_VERSION = 2
_KIND = "columns"


def load(db: sqlite3.Connection, folder: Path) -> Columns:
    """The columns of what the catalogue holds now, from their file where there is one."""
    return _read(folder, store.generation(db)) or gathering.gathered(db)


def keep(db: sqlite3.Connection, folder: Path) -> None:
    """Leave the columns of this generation in the folder, and nothing older."""
    generation = store.generation(db)

    def make() -> tuple[dict[str, object], list[bytes]]:
        return _packed(gathering.gathered(db))

    packed_parts.keep(folder, _KIND, generation, make, stamp=_stamp())


def _stamp() -> list[object]:
    """Says what the parts are; columns of another stamp are not read."""
    kinds = [(facet.name, facet.kind) for facet in FACETS.values()]
    filed = [filing.stamp(stage) for _, stage in filing.TABLES]
    return [_VERSION, *packed_parts.machine(), str(kinds), *filed]


def _packed(columns: Columns) -> tuple[dict[str, object], list[bytes]]:
    parts = [columns.ids.tobytes()]
    facets: list[object] = []
    for name, column in columns.facets.items():
        if isinstance(column, DateColumn):
            parts.append(column.days.tobytes())
        postings = column.months if isinstance(column, DateColumn) else column.postings
        values = [[value, isinstance(of, int)] for value, of in postings.items()]
        parts += [_bytes(of) for of in postings.values()]
        facets.append([name, values])
    return {"stamp": _stamp(), "generation": columns.generation, "facets": facets}, parts


def _bytes(of: Posting) -> bytes:
    if isinstance(of, int):
        return of.to_bytes(of.bit_length() // 8 + 1, "little")
    return of.tobytes()


def _read(folder: Path, generation: int) -> Columns | None:
    found = packed_parts.kept(folder, _KIND, generation)
    if found is None:
        return None
    head, parts = found
    if head["stamp"] != _stamp() or head["generation"] != generation:
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
    """Postings that are read out of the file when they are first asked for, each by itself."""

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
