"""Cables that the archive's cables cite and that are not in it."""

from __future__ import annotations

from cable_tui.archive.catalogue.connections import Cache
from cable_tui.value import Value


class Missing(Value):
    """One cable that is not here."""

    reference_id: str
    """Canonical."""
    cited_by: int
    """Cables of the archive that cite it."""


# What an edition cites beside its own documents is the same telegram elsewhere.
_MISSING = """
SELECT target, count(*) FROM reference
WHERE NOT EXISTS (SELECT 1 FROM cable WHERE canonical = target)
AND (target GLOB 'frus*' OR cable NOT IN (SELECT id FROM cable WHERE canonical GLOB 'frus*'))
GROUP BY target ORDER BY count(*) DESC, target
"""


def missing(archive: Cache) -> list[Missing]:
    """Cited and not here, the most cited first."""
    with archive.reading() as db:
        rows = db.execute(_MISSING).fetchall()
    return [Missing(target, count) for target, count in rows]
