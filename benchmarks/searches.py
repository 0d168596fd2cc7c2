"""How fast an archive is searched: the sixty queries, beside ripgrep and a bare tantivy.

Each round opens the archive anew, so that no answer of an earlier one is remembered: what a reader
asks is new; the bare tantivy is opened anew too. What is loaded once (facets, words) is loaded
before the clock runs, by the same two questions to either. A query goes to all of them one right
after the other, so that other work of the machine weighs on each alike.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bare import ROWS, Bare, ripgrep
from benchmarks.building import environment
from benchmarks.queries import QUERIES, WARM, Asked
from cable_tui.archive import Archive, open_archive
from cable_tui.query import parse
from cable_tui.settings import find_paths

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One query, in milliseconds."""

    asked: Asked
    hits: int
    first: float
    """Number of all and ids of the first fifty."""
    rows: float
    """The same with their rows, as the room shows them."""
    counts: float
    """The same with the counts of every facet."""
    bare: float
    """Number and first fifty of a bare tantivy."""
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


def searches(path: Path, home: Path, bare: Bare, rounds: int = ROUNDS) -> list[Figure]:
    """Every query on an archive whose index is complete."""
    taken: list[list[_Turn]] = [[] for _ in QUERIES]
    for _ in range(rounds):
        archives = [_warm(path, home) for _ in _WAYS]
        bare.reopen()
        for asked in WARM:
            bare.milliseconds(asked)
        for place, asked in enumerate(QUERIES):
            taken[place].append(_turn(archives, bare, asked, path))
        for archive in archives:
            archive.close()
    return [_figure(asked, turns) for asked, turns in zip(QUERIES, taken, strict=True)]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A query once, in milliseconds: our ways, a bare tantivy, ripgrep."""

    ours: tuple[float, ...]
    bare: float
    rg: float | None
    hits: int
    bare_hits: int


def _warm(path: Path, home: Path) -> Archive:
    archive = open_archive(path, find_paths(environment(home)).cache, readonly=True)
    for text in ("", *(asked.text for asked in WARM)):
        _counts(archive, text)
    return archive


def _turn(archives: list[Archive], bare: Bare, asked: Asked, path: Path) -> _Turn:
    times = []
    hits = 0
    for ask, archive in zip(_WAYS, archives, strict=True):
        start = time.perf_counter()
        hits = ask(archive, asked.text)
        times.append((time.perf_counter() - start) * 1000)
    bare_time, bare_hits = bare.milliseconds(asked)
    return _Turn(tuple(times), bare_time, ripgrep(asked.rg, path), hits, bare_hits)


def _figure(asked: Asked, turns: list[_Turn]) -> Figure:
    first, rows, counts = (
        statistics.median(each) for each in zip(*(t.ours for t in turns), strict=True)
    )
    bare = statistics.median(turn.bare for turn in turns)
    rg = [turn.rg for turn in turns if turn.rg is not None]
    last = turns[-1]
    taken = statistics.median(rg) if rg else None
    return Figure(asked, last.hits, first, rows, counts, bare, last.bare_hits, taken)


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


_WAYS = (_first, _rows, _counts)
