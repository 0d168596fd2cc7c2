"""What it costs to find who is named in cables, from the shell, for a query and for all.

The pass over sentences has been run: the names are counted from its file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.asking import Asked, asked
from benchmarks.table import BenchmarkFolders, Effort, Table, cost_cells, table_heading, table_row

QUERIES = ("origin:rabat date:2006", "origin:rabat", "")
"""From few cables to all."""


def costs(dump: Path, home: Path) -> Iterator[tuple[str, Asked]]:
    """The table of forty people for each query, and the JSON of everybody in all cables."""
    for query in QUERIES:
        command = ("people", str(dump), *query.split(), "--no-index")
        yield query or "all", asked(home, *command)
    yield "all, as JSON", asked(home, "people", str(dump), "--json", "--no-index")


def naming(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """What it costs to find who is named in cables."""
    del effort
    yield from table_heading(
        "People, from the shell", "query", "seconds", "CPU", "MB of memory", "bar, s"
    )
    for query, each in costs(places.dump, places.home):
        yield table_row(query, *cost_cells(each), "" if query.endswith("JSON") else "3")


TABLES = (Table("people", 170, naming),)
