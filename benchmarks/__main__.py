"""The table of figures, as Markdown: `make bench`, or `python -m benchmarks --quick`.

Generates its archives once (the same ones for the same seed), builds them with the real program in
an empty home, drives the real room through a pseudo-terminal, and searches. Nothing is asserted:
each figure is next to its bar.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import cable_tui
from benchmarks import generate, wire
from benchmarks.table import BenchmarkFolders, Effort, Table
from benchmarks.tables import all_tables
from cable_tui.operating_system.processes import processors

WHOLE = (
    251_287,
    5_000,
    Effort(pairs=9, rounds=8, questions=300, seconds=300, events=100_000, rows=16_000),
)
QUICK = (
    2_000,
    500,
    Effort(pairs=3, rounds=2, questions=60, seconds=20, events=10_000, rows=2_000),
)
"""Cables of the dump, pages of the tree, and how often things are measured."""


def main() -> None:
    """Measure what the command line asks for and print as it comes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--cables", type=int, help=f"of the dump ({WHOLE[0]:,})")
    parser.add_argument("--pages", type=int, help=f"of the tree of pages ({WHOLE[1]:,})")
    parser.add_argument("--quick", action="store_true", help="everything small: a few minutes")
    parser.add_argument("--folder", type=Path, help="keeps what was generated, rivals included")
    parser.add_argument("--homes", type=Path, help="keeps what was built, and uses it again")
    tables = all_tables()
    names = [*dict.fromkeys(table.name for table in tables)]
    parser.add_argument("--only", nargs="*", choices=names, help="these tables")
    given = parser.parse_args()
    cables, pages, effort = QUICK if given.quick else WHOLE
    _compiled()
    with tempfile.TemporaryDirectory(prefix="cable-tui-bench-") as temporary:
        folder = given.folder or Path(temporary) / "archives"
        places = BenchmarkFolders(
            dump=_dump(folder, given.cables or cables),
            tree=_tree(folder, given.pages or pages),
            long=_long(folder),
            folder=folder,
            homes=given.homes or Path(temporary),
        )
        chosen = [
            table
            for table in tables
            if (table.name in given.only if given.only else not table.asked_by_name)
        ]
        for line in _report(places, effort, chosen):
            print(line, flush=True)


def _compiled() -> None:
    """The package as it is where it was installed: no start of a program compiles it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(Path(cable_tui.__file__).parent, quiet=1)


def _report(places: BenchmarkFolders, effort: Effort, tables: Sequence[Table]) -> Iterator[str]:
    system = f"{platform.system()}, Python {platform.python_version()}"
    yield f"{processors()} processors, {system}, load {os.getloadavg()[0]:.1f}, {places.dump.stem}"
    for table in tables:
        yield from table.lines(places, effort)


def _dump(folder: Path, count: int) -> Path:
    path = folder / f"dump-{count}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        generate.write_dump(path, count)
    return path


def _tree(folder: Path, count: int) -> Path:
    path = folder / f"pages-{count}"
    if not path.exists():
        generate.write_pages(path, count)
    return path


def _long(folder: Path) -> Path:
    path = folder / "long.csv"
    if not path.exists():
        wire.long_archive(path)
    return path


if __name__ == "__main__":
    main()
