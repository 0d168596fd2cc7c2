"""The columns of the facets in the catalogue: one for each of `query.FACETS`.

A date is stored as a day (`times.day_number`), a single term as the id of its text, several terms
as a blob of ids of four bytes each. A cable's row contains all of them, so a change is one write.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Sequence
from typing import Literal

from cable_tui.archive.records import sortable_times
from cable_tui.base.digests import sha256
from cable_tui.query import FACETS, Facet, flags

Stage = Literal["facts", "grammar"]
Value = int | bytes | None

TABLES: tuple[tuple[str, Stage], ...] = (("cable", "facts"), ("grammar", "grammar"))
"""The table that contains the facets of each stage."""


def facets(stage: Stage) -> list[Facet]:
    """Return the facets of a stage, in the order of the filters."""
    return [facet for facet in FACETS.values() if facet.stage == stage]


def column(facet: Facet) -> str:
    """Return the name of a facet's column."""
    return f"facet_{facet.name}"


def columns(stage: Stage) -> list[tuple[str, str]]:
    """Return names and SQL types of the columns of a stage."""
    return [(column(facet), "BLOB" if facet.many else "INTEGER") for facet in facets(stage)]


def stamp(stage: Stage) -> str:
    """Return a text that changes with the names and kinds of a stage's facets and flags.

    It does not cover the results of `Facet.values`: see the versions in `catalogue.passes`.
    """
    facet_fields = [(facet.name, facet.kind, facet.of, facet.many) for facet in facets(stage)]
    facets_text = repr(facet_fields) + (flags.stamp() if stage == "grammar" else "")
    return sha256(facets_text.encode()).hexdigest()[:12]


def ids_of(blob: bytes | None) -> array[int]:
    """Return the ids in a blob of several terms."""
    ids = array("I")
    if blob:
        ids.frombytes(blob)
        if sys.byteorder == "big":
            ids.byteswap()
    return ids


def blob_of(ids: Iterable[int]) -> bytes | None:
    """Return ids of terms as a blob, or None if there are none."""
    packed_ids = array("I", ids)
    if sys.byteorder == "big":
        packed_ids.byteswap()
    return packed_ids.tobytes() or None


class _Kind(dict[str, int]):
    """The ids of the texts of one kind; a new text gets an id in the open transaction."""

    def __init__(self, db: sqlite3.Connection, name: str) -> None:
        self._db = db
        self._name = name

    def __missing__(self, text: str) -> int:
        inserted_row = self._db.execute(
            "INSERT INTO term (kind, text) VALUES (?, ?)", (self._name, text)
        )
        self[text] = id_ = int(inserted_row.lastrowid or 0)
        return id_


class Terms:
    """The ids of texts: facets' values and facts that many cables share."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._kinds: dict[str, _Kind] = {}
        for id_, term_kind, term_text in self._db.execute("SELECT id, kind, text FROM term"):
            self._kind(term_kind)[term_text] = id_
        self._columns: dict[Stage, list[tuple[Facet, dict[tuple[str, ...], Value]]]] = {
            stage: [(facet, {}) for facet in facets(stage)] for _, stage in TABLES
        }
        """Each facet with the content of its column for the values found so far."""

    def id(self, kind: str, text: str) -> int:
        """Return the id of a text; a new text gets an id in the open transaction."""
        return self._kind(kind)[text]

    def ids(self, kind: str, texts: Iterable[str]) -> bytes | None:
        """Return the blob for several texts."""
        return blob_of(map(self._kind(kind).__getitem__, texts))

    def _kind(self, name: str) -> _Kind:
        known_kind = self._kinds.get(name)
        if known_kind is None:
            known_kind = self._kinds[name] = _Kind(self._db, name)
        return known_kind

    def row(self, stage: Stage, values: Sequence[tuple[str, ...]]) -> tuple[Value, ...]:
        """Return a stage's columns for one cable, from its values for each facet."""
        row_values: list[Value] = []
        for (facet, column_by_values), cable_values in zip(
            self._columns[stage], values, strict=True
        ):
            if cable_values in column_by_values:
                row_values.append(column_by_values[cable_values])
                continue
            column_value = self._value(facet, cable_values)
            if not (
                facet.many and cable_values
            ):  # a few thousand days and offices, but any lists of terms
                column_by_values[cable_values] = column_value
            row_values.append(column_value)
        return tuple(row_values)

    def _value(self, facet: Facet, values: tuple[str, ...]) -> Value:
        if not values:
            return None
        if facet.many:
            return self.ids(facet.name, values)
        if facet.kind == "date":
            return sortable_times.day_number(values[0]) or None
        return self.id(facet.name, values[0])


def terms_of(db: sqlite3.Connection, kind: str) -> dict[int, str]:
    """Return the texts of one kind by their ids; a kind is a facet's name, or `fact:origin` etc."""
    return dict(db.execute("SELECT id, text FROM term WHERE kind = ?", (kind,)))
