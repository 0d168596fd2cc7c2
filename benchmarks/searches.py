"""How fast an archive is searched: the sixty queries, beside ripgrep and a bare tantivy.

Each round reopens the archive, so that no answer of an earlier one is remembered: what a reader
asks is new; the bare tantivy is reopened too. What is loaded once (facets, words) is loaded
before the clock runs, by the same two questions to either. A query goes to all of ours and to the
bare tantivy one right after the other, so that other work of the machine weighs on each alike, and
every other time to the bare one first. Ripgrep has a turn of its own: it leaves nothing of what
the others had in the processor's caches.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bare import ROWS, Bare, ripgrep
from benchmarks.building import environment
from benchmarks.queries import QUERIES, WARM, Asked
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.program.settings import find_paths
from cable_tui.query import parse

ROUNDS = 8
_RG_ROUNDS = 3
Rival = Callable[[Asked], tuple[float, int]]
"""Milliseconds of a query and how many it finds."""


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
    """Number and first fifty of a bare tantivy, asked plainly."""
    ranked: float
    """The same, asked for what the query means: see `benchmarks.bare`."""
    bare_hits: int
    rg: float | None
    """None where there is no ripgrep."""

    @property
    def with_facets(self) -> float:
        """How many times faster than ripgrep, with facets; 0 without ripgrep."""
        return self.rg / self.counts if self.rg else 0.0

    @property
    def without_facets(self) -> float:
        """The same for rows and number only."""
        return self.rg / self.rows if self.rg else 0.0

    @property
    def of_bare(self) -> float:
        """How many times the time of a bare tantivy, asked plainly."""
        return self.first / self.bare

    @property
    def of_ranked(self) -> float:
        """The same, asked for what the query means."""
        return self.first / self.ranked


def searches(path: Path, home: Path, bare: Bare, rounds: int = ROUNDS) -> list[Figure]:
    """Every query on an archive whose index is complete."""
    taken: list[list[_Turn]] = [[] for _ in QUERIES]
    for number in range(rounds):
        archives = [_warm(path, home) for _ in _WAYS]
        bare.reopen()
        # Asked twice, a query is answered out of what the first time has left: one way a round.
        rival = bare.ranked_milliseconds if number % 2 else bare.milliseconds
        for asked in WARM:
            rival(asked)
        for place, asked in enumerate(QUERIES):
            taken[place].append(_turn(archives, rival, asked, rival_first=number % 4 > 1))
        for archive in archives:
            archive.close()
    rg = [statistics.median(_rg(asked, path)) for asked in QUERIES]
    return [_figure(asked, turns, ms) for asked, turns, ms in zip(QUERIES, taken, rg, strict=True)]


def alone(path: Path, home: Path, rounds: int = ROUNDS) -> list[tuple[float, ...]]:
    """Every query without a rival: its hits, then the median of each of our ways."""
    taken: list[list[tuple[float, ...]]] = [[] for _ in QUERIES]
    for _ in range(rounds):
        archives = [_warm(path, home) for _ in _WAYS]
        for place, asked in enumerate(QUERIES):
            taken[place].append(_asked(archives, asked.text))
        for archive in archives:
            archive.close()
    return [tuple(map(statistics.median, zip(*turns, strict=True))) for turns in taken]


def _asked(archives: list[Archive], text: str) -> tuple[float, ...]:
    times = []
    hits = 0
    for ask, archive in zip(_WAYS, archives, strict=True):
        start = time.perf_counter()
        hits = ask(archive, text)
        times.append((time.perf_counter() - start) * 1000)
    return (hits, *times)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A query once, in milliseconds: our ways, one way of a bare tantivy."""

    ours: tuple[float, ...]
    rival: float
    hits: int
    rival_hits: int


def _warm(path: Path, home: Path) -> Archive:
    archive = open_archive(path, find_paths(environment(home)).cache, readonly=True)
    for text in ("", *(asked.text for asked in WARM)):
        _counts(archive, text)
    return archive


def _turn(archives: list[Archive], rival: Rival, asked: Asked, *, rival_first: bool) -> _Turn:
    other = rival(asked) if rival_first else None
    times = []
    hits = 0
    for ask, archive in zip(_WAYS, archives, strict=True):
        start = time.perf_counter()
        hits = ask(archive, asked.text)
        times.append((time.perf_counter() - start) * 1000)
        other = other or rival(asked)
    assert other
    return _Turn(tuple(times), other[0], hits, other[1])


def _rg(asked: Asked, path: Path) -> Iterator[float]:
    """Its times; 0 where there is no ripgrep."""
    return (ripgrep(asked.rg, path) or 0.0 for _ in range(_RG_ROUNDS))


def _figure(asked: Asked, turns: list[_Turn], rg: float) -> Figure:
    first, rows, counts = (
        statistics.median(each) for each in zip(*(t.ours for t in turns), strict=True)
    )
    plain, ranked = (statistics.median(turn.rival for turn in turns[way::2]) for way in (0, 1))
    last = turns[-1]
    return Figure(asked, last.hits, first, rows, counts, plain, ranked, last.rival_hits, rg or None)


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
