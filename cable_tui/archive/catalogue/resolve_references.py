"""The citations in an archive: the cable of a reference, the citing cables, missing cables."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator

from cable_tui.archive.catalogue import catalogue_file
from cable_tui.archive.catalogue.catalogue_file import Cache
from cable_tui.base.cable import Reference
from cable_tui.base.value import Value, replace

_BEHIND_DIGITS = ":"
"""The character after `9`, which ends the range of ids of a station and year."""

LONGEST_CHAIN = 2000
"""The maximum number of ids in a chain; in a large archive, citations link most cables to each
other.
"""
_JOINED = """
SELECT target FROM json_each(?) AS each
JOIN cable ON canonical = each.value JOIN reference ON reference.cable = cable.id
UNION ALL
SELECT canonical FROM json_each(?) AS each
JOIN reference ON target = each.value JOIN cable ON cable.id = reference.cable
"""


class CitationGraph:
    """The citations in one catalogue. Its answers are valid until facts are added."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._highest: dict[tuple[str, int], int | None] = {}

    def exists(self, canonical: str) -> bool:
        """Return whether the archive contains this cable."""
        return self.cable(canonical) is not None

    def cable(self, canonical: str) -> int | None:
        """Return the id of a cable in the catalogue, or None."""
        id_row = self._db.execute(
            "SELECT id FROM cable WHERE canonical = ?", (_storable(canonical),)
        ).fetchone()
        return None if id_row is None else int(id_row[0])

    def highest(self, station: str, year: int) -> int | None:
        """Return the highest serial of a station in a year in the archive, or None."""
        station_and_year = (station, year)
        if station_and_year not in self._highest:
            prefix = f"{year % 100:02}{_storable(station)}"
            (self._highest[station_and_year],) = self._db.execute(
                "SELECT max(CAST(substr(canonical, ?) AS INTEGER)) FROM cable "
                "WHERE canonical >= ? AND canonical < ?",
                (len(prefix) + 1, f"{prefix}0", f"{prefix}{_BEHIND_DIGITS}"),
            ).fetchone()
        return self._highest[station_and_year]

    def learned(self) -> frozenset[str]:
        """Return the station codes in this archive's ids that the package's tables lack.

        One cable may contain a typing error; two cables prove that a station exists.
        """
        from cable_tui.glossary import posts  # a search by citations needs no grammar

        id_rows = self._db.execute("SELECT canonical FROM cable")
        count_by_code = Counter(canonical_id.strip("0123456789") for (canonical_id,) in id_rows)
        return frozenset(
            code
            for code, cable_count in count_by_code.items()
            if cable_count > 1 and code.isalpha() and posts.station(code) is None
        )

    def dated(self, reference: Reference, created: str) -> Reference:
        """Return a reference with the year that can be inferred from the archive's own serials."""
        if not reference.year_inferred:
            return reference
        from cable_tui import telegram

        return telegram.infer_year(reference, created, self.highest, self.exists)

    def resolved(self, references: tuple[Reference, ...], created: str) -> tuple[Reference, ...]:
        """Return references with their years, and whether the archive contains the cable."""
        return tuple(self._resolved(reference, created) for reference in references)

    def _resolved(self, reference: Reference, created: str) -> Reference:
        if reference.reference_id is None:
            return reference
        dated_reference = self.dated(reference, created)
        return replace(dated_reference, in_archive=self.exists(dated_reference.reference_id or ""))

    def cited_by(self, canonical: str) -> list[int]:
        """Return the cables that cite the given cable, oldest first."""
        id_rows = self._db.execute(
            "SELECT cable.id FROM reference JOIN cable ON cable.id = reference.cable "
            "WHERE target = ? ORDER BY created, cable.id",
            (_storable(canonical),),
        )
        return [int(id_) for (id_,) in id_rows]

    def cites(self, canonical: str) -> list[int]:
        """Return the cables in the archive that the given cable cites, oldest first."""
        id_rows = self._db.execute(
            "SELECT there.id FROM cable JOIN reference ON reference.cable = cable.id "
            "JOIN cable there ON there.canonical = target WHERE cable.canonical = ? "
            "ORDER BY there.created, there.id",
            (_storable(canonical),),
        )
        return [int(id_) for (id_,) in id_rows]

    def steps(self, canonical: str, longest: int = LONGEST_CHAIN) -> Iterator[list[str]]:
        """Yield the ids linked to an id by citations, both ways: itself, then step by step.

        Some ids may belong to cables that the archive lacks. At most `longest` ids are yielded
        altogether.
        """
        ids_seen = {_storable(canonical): None}
        ids_at_step = list(ids_seen)
        while ids_at_step:
            yield ids_at_step
            if len(ids_seen) >= longest:
                return
            joined_rows = self._db.execute(_JOINED, (json.dumps(ids_at_step),) * 2).fetchall()
            ids_at_step = list(dict.fromkeys(id_ for (id_,) in joined_rows if id_ not in ids_seen))
            ids_at_step = ids_at_step[: longest - len(ids_seen)]
            ids_seen.update(dict.fromkeys(ids_at_step))

    def chain(self, canonical: str, longest: int = LONGEST_CHAIN) -> list[int]:
        """Return cables linked to this one by any number of citations, nearest first.

        The cable itself is included. A cable that the archive lacks links the cables that cite it.
        At most `longest` ids are followed.
        """
        chain_ids = [
            canonical_id
            for ids_at_step in self.steps(canonical, longest)
            for canonical_id in ids_at_step
        ]
        id_rows = self._db.execute(
            "SELECT cable.id FROM json_each(?) AS each JOIN cable ON canonical = each.value "
            "ORDER BY each.key",
            (json.dumps(chain_ids),),
        )
        return [int(id_) for (id_,) in id_rows]


def canonical_of(reference: str) -> str:
    """Return the canonical id of a reference, typed or pasted in any known form.

    Raises no error.
    """
    from cable_tui.telegram import ids

    named_reference = ids.reference_in(reference)
    return named_reference[0] if named_reference else ids.canonical_id(reference.strip())


def kept_learned(db: sqlite3.Connection) -> frozenset[str]:
    """Return the value that `CitationGraph.learned` had when the grammar pass last ran."""
    return frozenset(catalogue_file.get_state(db, "learned").split())


def _storable(text: str) -> str:
    """Return a text without surrogates, which SQLite refuses and ids do not contain."""
    return text.encode("utf-8", "replace").decode("utf-8")


class Missing(Value):
    """One cited cable that is not in the archive."""

    reference_id: str
    """The canonical id of the missing cable."""
    cited_by: int
    """The number of cables in the archive that cite it."""
    year_may_be_inferred: bool
    """Whether every citing cable has a reference without a year, perhaps the one to this cable."""


# What an edition cites beside its own documents is the same telegram elsewhere.
_MISSING = """
SELECT target, count(*), min(cable IN (
    SELECT cable FROM grammar WHERE ' ' || warnings || ' ' LIKE '% year-inferred %'
)) FROM reference
WHERE NOT EXISTS (SELECT 1 FROM cable WHERE canonical = target)
AND (target GLOB 'frus*' OR cable NOT IN (SELECT id FROM cable WHERE canonical GLOB 'frus*'))
GROUP BY target ORDER BY count(*) DESC, target
"""


def missing(archive: Cache) -> list[Missing]:
    """Return cables that are cited but not in the archive, most cited first."""
    with archive.reading() as db:
        missing_rows = db.execute(_MISSING).fetchall()
    return [
        Missing(missing_id, citing_count, bool(may_be_inferred))
        for missing_id, citing_count, may_be_inferred in missing_rows
    ]
