"""All hits of a query as the bits of one number, without a Python object for each hit.

The engine sums up, for each block of ids, the bits of the cables that it found: it returns a few
thousand numbers, however many hits there are.
"""

from __future__ import annotations

import sys
from array import array
from typing import Any

import tantivy

from cable_tui.archive.fulltext.schema import BLOCK, HALF, HALVES

_MOST = 30_000
"""Blocks an answer; the engine refuses more than 65,000 numbers."""
_BYTES = HALF // 8
_ITEM = 8
"""Bytes of a number in an array."""


def matching_ids(searcher: tantivy.Searcher, query: tantivy.Query, size: int) -> int:
    """The ids below `size` that a query finds: the bit of each is set."""
    found = 0
    for start in range(0, size, _MOST * BLOCK):
        end = min(start + _MOST * BLOCK, size)
        found |= _part(searcher, query, start, end) << start
    return found & ((1 << size) - 1)


def _part(searcher: tantivy.Searcher, query: tantivy.Query, start: int, end: int) -> int:
    blocks: dict[str, Any] = {
        "field": "id",
        "interval": BLOCK,
        "min_doc_count": 1,
        "hard_bounds": {"min": start, "max": end - 1},
    }
    bits = {half: {"sum": {"field": half}} for half in HALVES}
    answer = searcher.aggregate(query, {"blocks": {"histogram": blocks, "aggs": bits}})
    sums = array("Q", bytes(_ITEM * len(HALVES) * ((end - start) // BLOCK + 1)))
    for bucket in answer["blocks"]["buckets"]:
        place = (int(bucket["key"]) - start) // HALF
        sums[place] = int(bucket["low"]["value"])
        sums[place + 1] = int(bucket["high"]["value"])
    return _joined(sums)


def _joined(sums: array[int]) -> int:
    """One number of the lower bits of many, one after the other."""
    if sys.byteorder == "big":
        sums.byteswap()
    wide = sums.tobytes()
    packed = bytearray(len(sums) * _BYTES)
    for byte in range(_BYTES):
        packed[byte::_BYTES] = wide[byte::_ITEM]
    return int.from_bytes(packed, "little")
