"""What typical words cost, until some are shown and until all are counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial

from benchmarks.first_and_last import Cost, costs_of, memory
from benchmarks.table import BenchmarkFolders, Effort, Table
from cable_tui.archive.archive import Archive
from cable_tui.archive.texts import texts
from cable_tui.query import parse
from cable_tui.tools.typical_words.scoring import WordCounts

QUERIES = ("class:secret", "minister")
"""A query of some cables in a hundred, and one of most of them."""
_LEAST = 5
_SOON = 0.3
"""Seconds until a room is shown what was counted so far."""


def _typical(archive: Archive, query: str) -> Cost:
    begun = time.perf_counter()
    first = 0.0
    hits = archive.search(parse(query), sort="created", offering=False)
    found = WordCounts(archive, (hits.query, hits.ids), None)
    for _ in found.read(partial(texts, archive)):
        if not first and time.perf_counter() - begun > _SOON:
            found.rows(_LEAST, soon=True)
            first = time.perf_counter() - begun
    rows = found.rows(_LEAST)
    whole = time.perf_counter() - begun
    return Cost(f"words of {query}", first or whole, whole, len(rows), memory())


def words(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """Of a few cables and of most, as the page and the command ask for them."""
    del effort

    def ask(archive: Archive) -> Iterator[Cost]:
        for query in QUERIES:
            yield _typical(archive, query)

    bar = "1 to the first, 3 of a processor"
    yield from costs_of("Typical words", places, ask, bar, bar)


TABLES = (Table("concordances", 152, words),)
