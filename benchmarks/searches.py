"""How fast an archive is searched: the sixty queries, beside ripgrep and a bare tantivy.

Each round opens the archive anew, so that no answer of an earlier one is remembered: what a reader
asks is new. What is loaded once (facets, words) is loaded before the clock runs.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bare import ROWS, Bare, ripgrep
from benchmarks.building import environment
from benchmarks.queries import QUERIES, Asked
from cable_tui.archive import Archive, open_archive
from cable_tui.query import parse
from cable_tui.settings import find_paths

ROUNDS = 5
_WARM = ("", "quite another question", "class:>=confidential -date:2003")
"""Asked before the clock runs: none of the list."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One query, in milliseconds."""

    asked: Asked
    hits: int
    first: float
    """Number of all and ids of the newest fifty."""
    rows: float
    """The same with their rows, as the room shows them."""
    counts: float
    """The same with the counts of every facet."""
    bare: float
    """Number and newest fifty of a bare tantivy."""
    bare_hits: int
    rg: float | None
    """None where there is no ripgrep."""

    @property
    def with_facets(self) -> float:
        """How many times faster than ripgrep, with facets; 0 where there is none."""
        return self.rg / self.counts if self.rg else 0.0

    @property
    def without_facets(self) -> float:
        """The same for rows and number only."""
        return self.rg / self.rows if self.rg else 0.0

    @property
    def of_bare(self) -> float:
        """How many times the time of a bare tantivy."""
        return self.first / self.bare


def searches(path: Path, home: Path, bare: Bare, rounds: int = ROUNDS) -> Iterator[Figure]:
    """Every query on an archive whose index is complete."""
    first, rows, counts = (_rounds(path, home, ask, rounds) for ask in (_first, _rows, _counts))
    for place, asked in enumerate(QUERIES):
        bare_time, bare_hits = bare.milliseconds(asked)
        yield Figure(
            asked,
            first[place][1],
            first[place][0],
            rows[place][0],
            counts[place][0],
            bare_time,
            bare_hits,
            ripgrep(asked.rg, path),
        )


def _rounds(
    path: Path, home: Path, ask: Callable[[Archive, str], int], rounds: int
) -> list[tuple[float, int]]:
    """The median milliseconds of each query, and what it answered last."""
    taken: list[list[float]] = [[] for _ in QUERIES]
    answers = [0] * len(QUERIES)
    for _ in range(rounds):
        archive = open_archive(path, find_paths(environment(home)).cache, readonly=True)
        for text in _WARM:
            _counts(archive, text)
        for place, asked in enumerate(QUERIES):
            start = time.perf_counter()
            answers[place] = ask(archive, asked.text)
            taken[place].append((time.perf_counter() - start) * 1000)
        archive.close()
    return [(statistics.median(times), hits) for times, hits in zip(taken, answers, strict=True)]


def _first(archive: Archive, text: str) -> int:
    return archive.search(parse(text), limit=ROWS).count


def _rows(archive: Archive, text: str) -> int:
    hits = archive.search(parse(text), limit=ROWS)
    archive.rows(hits.ids)
    return hits.count


def _counts(archive: Archive, text: str) -> int:
    query = parse(text)
    hits = archive.search(query, limit=ROWS)
    archive.rows(hits.ids)
    archive.counts(query)
    return hits.count
