"""What shares over time cost. They come before the concordances: their memory is not of lines."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.first_and_last import WORDS, Cost, costs_of, memory
from benchmarks.table import BenchmarkFolders, Effort, Table
from cable_tui.archive.archive import Archive
from cable_tui.query import parse
from cable_tui.tools.trend.shares import curves


def _shares(archive: Archive, by: str) -> Cost:
    begun = time.perf_counter()
    answers = [(word, archive.bits_of(parse(word))) for word in WORDS]
    found = curves(archive, answers, archive.bits_of(parse("")), by)
    seconds = time.perf_counter() - begun
    return Cost(f"curves of three words by {by}", seconds, seconds, len(found.steps), memory())


def share_over_time(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """By month and by post, as the page and the command ask for them."""
    del effort

    def ask(archive: Archive) -> Iterator[Cost]:
        for by in ("month", "post"):
            yield _shares(archive, by)

    yield from costs_of("Share over time", places, ask, "3", "3")


TABLES = (Table("concordances", 150, share_over_time),)
