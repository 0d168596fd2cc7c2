"""What `said:` and `comment:` cost from the shell; the pass over sentences has been run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.asking import Asked, asked
from benchmarks.table import BenchmarkFolders, Effort, Table, cost_cells, table_heading, table_row

QUESTIONS = (
    "said:oil",
    "comment:oil",
    'said:"oil iran"',
    'said:"gaddafi oil"',
    "said:nuclear*",
    "origin:paris said:oil",
    "said:the",
)


def costs(path: Path, home: Path) -> Iterator[tuple[str, Asked]]:
    """Each question, asked once."""
    for text in QUESTIONS:
        command = ("search", str(path), text, "--json", "--limit", "1", "--no-index")
        yield text, asked(home, *command)


def speaking(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """What it costs to ask who says a word."""
    del effort
    yield from table_heading(
        "Who says it, from the shell", "query", "found", "seconds", "CPU", "MB of memory", "bar, s"
    )
    for text, each in costs(places.dump, places.home):
        yield table_row(f"`{text}`", f"{each.answer['count']:,}", *cost_cells(each), "3")


TABLES = (Table("voices", 90, speaking),)
