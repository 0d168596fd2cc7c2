"""What the grammar says of all cables in numbers: their flags, lengths and paragraphs.

Read from the catalogue in one go when a query first asks for them; about 6 MB at 251,287 cables.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from cable_tui.archive import bits


class Sized:
    """Cables by one number of each, from the least."""

    def __init__(self, numbers: Sequence[int], ids: Sequence[int]) -> None:
        order = sorted(range(len(ids)), key=numbers.__getitem__)
        self._numbers = array("I", map(numbers.__getitem__, order))
        self.ids = array("I", map(ids.__getitem__, order))
        """Ties from the lowest id."""

    def between(self, least: int, most: int) -> array[int]:
        """The ids of the cables whose number is in a range, both ends included."""
        start = bisect_left(self._numbers, least)
        return self.ids[start : bisect_right(self._numbers, most)]


class Measures:
    """Flags and sizes of the cables that the grammar has been to. Never changed once made."""

    def __init__(self, rows: Sequence[tuple[int, int, int, int]]) -> None:
        ids = array("I", [row[0] for row in rows])
        flagged: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        for id_, flags, _, _ in rows:
            flagged[flags].append(id_)
        self._flagged: Mapping[int, array[int]] = dict(flagged)
        self.sizes = {
            "len": Sized([row[2] for row in rows], ids),
            "paras": Sized([row[3] for row in rows], ids),
        }
        """By the name of the field."""

    def count(self, bit: int) -> int:
        """How many cables have a flag."""
        return sum(len(ids) for flags, ids in self._flagged.items() if flags & bit)

    def flagged(self, bit: int, size: int) -> int:
        """The set of the cables with a flag; ids are below `size`."""
        groups = (ids for flags, ids in self._flagged.items() if flags & bit)
        return bits.from_ids((id_ for ids in groups for id_ in ids if id_ < size), size)


def load(db: sqlite3.Connection) -> Measures:
    """The measures of what the catalogue holds now."""
    rows = db.execute("SELECT cable, flags, length, paragraphs FROM grammar").fetchall()
    return Measures(rows)
