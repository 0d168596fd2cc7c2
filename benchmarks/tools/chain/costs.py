"""What a chain costs: which cables citing joins, and then their sentences, read from the texts."""

from __future__ import annotations

import resource
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from benchmarks.table import MIB, BenchmarkFolders, Effort, Table, table_heading, table_row
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.tools.chain.citations import chain, read_sentences

CABLES = 40
"""Cables whose chains are asked for."""


class Cost(NamedTuple):
    """The chains of some cables that cite, seconds each."""

    depth: str
    entries: tuple[int, ...]
    """How many each chain has, holes included."""
    joined: tuple[float, ...]
    """Until the page can show the cables and the holes ..."""
    read: tuple[float, ...]
    """... and until every sentence is there."""

    @property
    def figures(self) -> tuple[str, ...]:
        """Medians and the most, as a table has them."""
        return (
            f"{statistics.median(self.entries):,.0f} / {max(self.entries):,}",
            *(
                f"{statistics.median(each) * 1000:,.0f} / {max(each) * 1000:,.0f}"
                for each in (self.joined, self.read)
            ),
        )


def costs(dump: Path, home: Path) -> list[Cost]:
    """As the page opens it, and as far as a chain goes."""
    with closing(open_archive(dump, home / "cache", readonly=True)) as archive:
        starts = _citing(archive)
        return [
            _cost(archive, starts, "as the page opens it", None),
            _cost(archive, starts[:3], "as far as it goes: 2,000 ids", 100),
        ]


def _citing(archive: Archive) -> list[str]:
    """Cables that cite, spread over the archive; the most cited one of them all is the last."""
    with archive.reading() as db:
        rows = db.execute("SELECT DISTINCT cable FROM reference ORDER BY cable").fetchall()
        most = db.execute(
            "SELECT target FROM reference GROUP BY target ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()
        step = max(len(rows) // CABLES, 1)
        return [*(_name(db, id_) for (id_,) in rows[::step][:CABLES]), *(most or ())]


def _name(db: sqlite3.Connection, id_: int) -> str:
    name: str = db.execute("SELECT canonical FROM cable WHERE id = ?", (id_,)).fetchone()[0]
    return name


def _cost(archive: Archive, starts: list[str], depth: str, steps: int | None) -> Cost:
    entries, joined, read = [], [], []
    for start in starts:
        begun = time.perf_counter()
        found = chain(archive, start, steps)
        joined.append(time.perf_counter() - begun)
        for more in read_sentences(archive, found):
            found = more
        read.append(time.perf_counter() - begun)
        entries.append(len(found.entries))
    return Cost(depth, tuple(entries), tuple(joined), tuple(read))


def memory() -> int:
    """Bytes of this process at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def chaining(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """The chains of cables that cite, as their page shows them."""
    del effort
    yield from table_heading(
        "Chains, median / most",
        "chain", "entries", "ms to the cables and holes", "ms to every sentence", "bar",
    )  # fmt: skip
    for cost, bar in zip(costs(places.dump, places.home), ("100; 3,000", ""), strict=True):
        yield table_row(cost.depth, *cost.figures, bar)
    yield ""
    yield f"Memory of the process at most: {memory() / MIB:.0f} MB. No part of the cache."


TABLES = (Table("chains", 120, chaining),)
