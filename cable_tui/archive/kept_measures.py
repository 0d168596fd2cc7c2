"""The measures in a file beside the catalogue, as the columns are."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator
from pathlib import Path

from cable_tui.archive import filing, measures, packed_parts, store
from cable_tui.archive.measures import Measures, Sized

_VERSION = 1
_KIND = "measures"


def load(db: sqlite3.Connection, folder: Path) -> Measures:
    """The measures of what the catalogue holds now, from their file where there is one."""
    return _read(folder, store.generation(db)) or measures.gathered(db)


def keep(db: sqlite3.Connection, folder: Path) -> None:
    """Leave the measures of this generation in the folder, and nothing older."""
    generation = store.generation(db)
    packed_parts.keep(folder, _KIND, generation, lambda: _packed(measures.gathered(db)))


def _stamp() -> list[object]:
    return [_VERSION, *packed_parts.machine(), filing.stamp("grammar")]


def _packed(of: Measures) -> tuple[dict[str, object], list[bytes]]:
    sizes = (of.lengths, of.paragraphs)
    arrays = [
        *(part for each in sizes for part in (each.numbers, each.ids)),
        of.by_reference,
        of.missing,
        *of.flagged.values(),
    ]
    head = {"stamp": _stamp(), "flags": list(of.flagged)}
    return head, [each.tobytes() for each in arrays]


def _read(folder: Path, generation: int) -> Measures | None:
    found = packed_parts.kept(folder, _KIND, generation)
    if found is None or found[0]["stamp"] != _stamp():
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
