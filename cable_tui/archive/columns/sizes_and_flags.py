"""The measures of all cables: flags, sizes, the order of their reference IDs.

About 7 MB at 251,287 cables. Built when they are first needed, or loaded from the file that the
indexer saves (`saved.load_measures`).
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter

from cable_tui.archive.columns import bitset
from cable_tui.base.value import Value

_ROWS = "SELECT cable, flags, length, paragraphs FROM grammar ORDER BY cable"
_BY_REFERENCE = """
SELECT id FROM cable
ORDER BY canonical < '50', rtrim(canonical, '0123456789'), length(canonical), canonical
"""
"""Query for ids by year (below 50 is this century), station and number."""
_MISSING = """
SELECT DISTINCT cable FROM reference
WHERE NOT EXISTS (SELECT 1 FROM cable WHERE canonical = target)
"""


class Sized(Value):
    """Cables sorted by a number, the lowest first."""

    numbers: array[int]
    ids: array[int]
    """Among equal numbers the lowest id first."""

    def between(self, least: int, most: int) -> array[int]:
        """Return the ids of the cables whose number is in a range, both ends included."""
        start = bisect_left(self.numbers, least)
        return self.ids[start : bisect_right(self.numbers, most)]


class Measures(Value):
    """The measures of one generation of the catalogue. Never changed once they are made."""

    flagged: Mapping[int, array[int]]
    """Ids of cables, by their exact flags."""
    lengths: Sized
    """The length of each body, in characters."""
    paragraphs: Sized
    by_reference: array[int]
    """All ids in the order of the reference IDs."""
    missing: array[int]
    """The ids of the cables that cite a cable which is not in the archive."""

    def count(self, mask: int) -> int:
        """Return how many cables have one of some flags."""
        return sum(len(ids) for flags, ids in self.flagged.items() if flags & mask)

    def having(self, mask: int, size: int) -> int:
        """Return the cables with one of some flags; ids are below `size`."""
        groups = (ids for flags, ids in self.flagged.items() if flags & mask)
        return bitset.from_ids((id_ for ids in groups for id_ in ids if id_ < size), size)


def sized(pairs: Sequence[tuple[int, int]]) -> Sized:
    """Return cables by a number, out of pairs of id and number by id."""
    order = sorted(pairs, key=itemgetter(1))
    return Sized(array("I", map(itemgetter(1), order)), array("I", map(itemgetter(0), order)))


def build_measures(db: sqlite3.Connection) -> Measures:
    """Return the measures of the catalogue as it is now."""
    ids_by_flag: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
    id_lengths: list[tuple[int, int]] = []
    id_paragraphs: list[tuple[int, int]] = []
    for id_, flags, length, count in db.execute(_ROWS):
        ids_by_flag[flags].append(id_)
        id_lengths.append((id_, length))
        id_paragraphs.append((id_, count))
    return Measures(
        dict(ids_by_flag),
        sized(id_lengths),
        sized(id_paragraphs),
        array("I", (id_ for (id_,) in db.execute(_BY_REFERENCE))),
        array("I", (id_ for (id_,) in db.execute(_MISSING))),
    )
