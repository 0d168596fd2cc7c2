"""The measures of all cables: flags, sizes, the order of their reference IDs.

They take about 7 MB for 251,287 cables. They are built when first needed, or loaded from the file
that the indexer saves (`saved.load_measures`).
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
"""A query for ids by year (below 50 is this century), station and number."""
_MISSING = """
SELECT DISTINCT cable FROM reference
WHERE NOT EXISTS (SELECT 1 FROM cable WHERE canonical = target)
"""


class Sized(Value):
    """Cables sorted by a number, lowest first."""

    numbers: array[int]
    ids: array[int]
    """The ids of the cables; among equal numbers, the lowest id first."""

    def between(self, least: int, most: int) -> array[int]:
        """Return the ids of the cables whose number is in a range that includes both ends."""
        first_index = bisect_left(self.numbers, least)
        return self.ids[first_index : bisect_right(self.numbers, most)]


class Measures(Value):
    """The measures in one generation of the catalogue. Never changed after creation."""

    flagged: Mapping[int, array[int]]
    """The ids of cables, keyed by their exact flags."""
    lengths: Sized
    """The length of each body, in characters."""
    paragraphs: Sized
    by_reference: array[int]
    """All ids in the order of the reference IDs."""
    missing: array[int]
    """The ids of the cables that cite a cable which is not in the archive."""

    def count(self, mask: int) -> int:
        """Return how many cables have at least one of the flags in the mask."""
        return sum(len(ids) for flags, ids in self.flagged.items() if flags & mask)

    def having(self, mask: int, size: int) -> int:
        """Return the cables with at least one of the flags in the mask; ids are below `size`."""
        id_groups = (ids for flags, ids in self.flagged.items() if flags & mask)
        return bitset.from_ids((id_ for ids in id_groups for id_ in ids if id_ < size), size)


def sized(pairs: Sequence[tuple[int, int]]) -> Sized:
    """Return cables sorted by a number, from pairs of id and number ordered by id."""
    sorted_pairs = sorted(pairs, key=itemgetter(1))
    return Sized(
        array("I", map(itemgetter(1), sorted_pairs)), array("I", map(itemgetter(0), sorted_pairs))
    )


def build_measures(db: sqlite3.Connection) -> Measures:
    """Return the measures of the catalogue as it is now."""
    ids_by_flag: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
    id_lengths: list[tuple[int, int]] = []
    id_paragraphs: list[tuple[int, int]] = []
    for id_, flags, length, paragraph_count in db.execute(_ROWS):
        ids_by_flag[flags].append(id_)
        id_lengths.append((id_, length))
        id_paragraphs.append((id_, paragraph_count))
    return Measures(
        dict(ids_by_flag),
        sized(id_lengths),
        sized(id_paragraphs),
        array("I", (id_ for (id_,) in db.execute(_BY_REFERENCE))),
        array("I", (id_ for (id_,) in db.execute(_MISSING))),
    )
