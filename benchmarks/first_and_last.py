"""What a question costs whose answer comes in parts: to its first line and to its last."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import NamedTuple

from benchmarks.table import MIB, BenchmarkFolders, table_heading, table_row
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.query import parse

WORDS = ("minister", "reform", "oil")


class Cost(NamedTuple):
    """One question, in a program that has asked others before."""

    what: str
    first: float
    """Seconds to the first line."""
    whole: float
    """Seconds to the last."""
    lines: int
    memory: int
    """Bytes of the process at most, so far."""


def costs_of(
    title: str, places: BenchmarkFolders, ask: Callable[[Archive], Iterable[Cost]], *bars: str
) -> Iterator[str]:
    """Return the table of what questions cost, each beside its bar."""
    yield from table_heading(
        title, "question", "s to the first line", "s to the last", "lines, steps or words", "MB",
        "bar, s",
    )  # fmt: skip
    with closing(open_archive(places.dump, places.home / "cache", readonly=True)) as archive:
        archive.search(parse("treaty"))
        for cost, bar in zip(ask(archive), bars, strict=True):
            yield table_row(
                cost.what,
                f"{cost.first:.2f}",
                f"{cost.whole:.1f}",
                f"{cost.lines:,}",
                f"{cost.memory / MIB:.0f}",
                bar,
            )


def memory() -> int:
    """Bytes of this process at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
