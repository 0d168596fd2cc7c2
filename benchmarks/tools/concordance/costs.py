"""What concordances cost, to the first line and to the last."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

from benchmarks.first_and_last import WORDS, Cost, costs_of, memory
from benchmarks.table import BenchmarkFolders, Effort, Table
from cable_tui.archive.archive import Archive
from cable_tui.query import parse
from cable_tui.tools.concordance.occurrences import (
    ConcordanceLine,
    by_left,
    concordance,
    in_order,
)

LINES = 50_000


def _lines(archive: Archive, order: str) -> Cost:
    begun = time.perf_counter()
    first = 0.0
    hits = archive.search(parse(WORDS[0]), sort="created", offering=False)
    kept: list[ConcordanceLine] = []
    count = 0
    read = concordance(archive, in_order(archive, hits.ids, order), hits.highlights, lambda: False)
    for line in islice((line for cable in read for line in cable.lines), LINES):
        first = first or time.perf_counter() - begun
        count += 1
        if order == "left":
            kept.append(line)
    if kept:
        kept.sort(key=by_left)
        first = time.perf_counter() - begun
    return Cost(
        f"concordance of {WORDS[0]}, by {order}",
        first,
        time.perf_counter() - begun,
        count,
        memory(),
    )


def words_in_context(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """In the orders of its page and its command."""
    del effort

    def ask(archive: Archive) -> Iterator[Cost]:
        for order in ("date", "post", "left"):
            yield _lines(archive, order)

    bars = ("0.3 to the first", "2 to the first", "")
    yield from costs_of("Words in their context", places, ask, *bars)


TABLES = (Table("concordances", 151, words_in_context),)
