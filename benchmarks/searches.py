"""How fast an archive is searched: mixed queries, counted and listed, in this process.

What is timed is what the room asks: the first lines of a list with their rows, the whole list with
its number, and the counts of the library.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building import environment
from cable_tui.archive import Archive, open_archive
from cable_tui.query import parse
from cable_tui.settings import find_paths

QUERIES = (
    "the",
    "government",
    "trafficking",
    "uranium enrichment",
    "nuclear iran",
    "minister of energy",
    '"prime minister"',
    '"trafficking in persons"',
    "traff",
    "gov",
    "p",
    "gaddafi",
    "trafikcing",
    "tag:PREL",
    "tag:PREL tag:PGOV",
    "class:secret",
    "date:2005",
    "date:2004-03..2006-02-13",
    "origin:baghdad",
    "tag:PREL government",
    "class:>=confidential nuclear",
    "date:2008 minister election",
    "government -police",
    "energy -tag:PREL",
    "sort of nothing at all",
)
"""Rare and common words, phrases, beginnings, misspellings, filters; the last word of each is a
beginning, as it is while one types."""
ROWS = 50
ROUNDS = 5
"""Medians of so many rounds through all queries: by its next turn, what was kept of an answer has
made room for others."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One query, in milliseconds."""

    query: str
    hits: int
    rows: float
    """The first `ROWS` lines, as the room shows them, with the number of all."""
    whole: float
    """The ids of all hits, right after."""
    counts: float
    """Every value of every facet, right after."""


def searches(path: Path, home: Path) -> list[Figure]:
    """Every query on a warm archive whose index is complete."""
    archive = open_archive(path, find_paths(environment(home)).cache, readonly=True)
    archive.counts(parse(""))
    rounds = [[_asked(archive, text) for text in QUERIES] for _ in range(ROUNDS + 1)][1:]
    return [_median(turns) for turns in zip(*rounds, strict=True)]


def _asked(archive: Archive, text: str) -> Figure:
    query = parse(text, typing=True)
    start = time.perf_counter()
    hits = archive.search(query, limit=ROWS)
    archive.rows(hits.ids)
    listed = time.perf_counter()
    archive.search(query)
    found = time.perf_counter()
    archive.counts(query)
    counted = time.perf_counter()
    spent = (listed - start, found - listed, counted - found)
    return Figure(text, hits.count, *(1000 * seconds for seconds in spent))


def _median(turns: Sequence[Figure]) -> Figure:
    first = turns[0]
    return Figure(
        first.query,
        first.hits,
        statistics.median(turn.rows for turn in turns),
        statistics.median(turn.whole for turn in turns),
        statistics.median(turn.counts for turn in turns),
    )
