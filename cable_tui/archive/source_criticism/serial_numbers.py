"""The serial numbers of an archive, by year and post: of its cables, and of cables it cites."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from cable_tui.archive.catalogue.connections import Cache
from cable_tui.archive.records.walk import never
from cable_tui.pattern import pattern
from cable_tui.telegram import ids
from cable_tui.value import Value

_HEAD = pattern(r"([0-9]{2})([A-Z]{2,40})")
_DIGITS = "0123456789"
_LONGEST = 7
"""Digits of a serial number."""
_AT_ONCE = 2_000
"""Rows that are taken from the catalogue together: other threads come between."""
_HERE = "SELECT canonical, created, origin FROM cable"
_ORIGINS = "SELECT id, text FROM term WHERE kind = 'fact:origin'"
# As in `search.missing_references`: what an edition cites is the same telegram elsewhere.
_CITED = """
SELECT target, min(nullif(created, 0)) FROM reference JOIN cable ON cable.id = reference.cable
WHERE NOT EXISTS (SELECT 1 FROM cable there WHERE there.canonical = target)
AND NOT canonical GLOB 'frus*'
GROUP BY target
"""

Key = tuple[int, str]
"""A year and a station."""
Dated = Sequence[tuple[int, int]]
"""Numbers with packed times (`records.times`), 0 for none."""


class Numbers(Value):
    """Serial numbers by year and station."""

    here: Mapping[Key, Dated]
    """Of cables of the archive, with the times when they were sent."""
    cited: Mapping[Key, Dated]
    """Of cables that are not here, with the time when one of the archive first cites them."""
    origins: Mapping[str, str]
    """The origin that most cables of a station have."""
    unnumbered: int
    """Cables of the archive without a serial number."""


def numbers(archive: Cache, cancelled: Callable[[], bool] = never) -> Numbers:
    """All serial numbers, or those that were read until it was cancelled. Raises `CacheError`."""
    heads = _Heads()
    unnumbered = 0
    origin_of: defaultdict[str, Counter[int]] = defaultdict(Counter)
    here: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
    cited: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
    with archive.reading() as db:
        rows = db.execute(_HERE)
        while (some := rows.fetchmany(_AT_ONCE)) and not cancelled():
            for canonical, created, origin in some:
                head = canonical.rstrip(_DIGITS)
                key, digits = heads[head], len(canonical) - len(head)
                if key is None or not 0 < digits <= _LONGEST:
                    unnumbered += 1
                    continue
                here[key].append((int(canonical[-digits:]), created))
                origin_of[key[1]][origin] += 1
        for target, created in db.execute(_CITED).fetchall():
            head = target.rstrip(_DIGITS)
            key, digits = heads[head], len(target) - len(head)
            if key is not None and 0 < digits <= _LONGEST and int(target[-digits:]):
                cited[key].append((int(target[-digits:]), created or 0))
        names = dict(db.execute(_ORIGINS).fetchall())
    origins = {
        station: str(names.get(count.most_common(1)[0][0], "")) or station
        for station, count in origin_of.items()
    }
    return Numbers(here, cited, origins, unnumbered)


class _Heads(dict[str, "Key | None"]):
    """Year and station of what stands before the number; None for what is no such name."""

    def __missing__(self, head: str) -> Key | None:
        found = _HEAD.fullmatch(head)
        key = (ids.full_year(int(found[1])), found[2]) if found else None
        self[head] = key
        return key
