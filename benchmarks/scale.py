"""One large archive, once: built although it is killed, asked without rivals, added to.

`python -m benchmarks --cables 2300000 --only scale`. It takes hours: what a home holds whole is not
built again, and each part is printed as it comes.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import building, footprint, generate, letters, room
from benchmarks.asking import asked
from benchmarks.building import Build, Kill
from benchmarks.fiction import Author
from benchmarks.queries import QUERIES
from benchmarks.searches import alone
from benchmarks.table import MIB, BenchmarkFolders, Effort, cost_cells, table_heading, table_row

KILLS = (Kill("facts", 0.5), Kill("grammar", 0.5), Kill("text", 0.5))
ADDED = 1_000
_WORDS = "prime minister"
_ABOVE = 900_000
"""Is added to the numbers of the added cables, so that none is a cable of the dump."""


def large(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """Build, open, search, add, and open again."""
    archive = places.folder / f"scale-{places.dump.stem}"
    archive.mkdir(exist_ok=True)
    dump = archive / "cables.csv"
    if not dump.exists():
        os.link(places.dump, dump)
    home = places.homes / f"home-{archive.stem}"
    if not building.is_complete(home):
        yield from _built(archive, home)
    yield from _opened(archive, home, effort)
    yield from _searched(archive, home, effort)
    yield from _typed(archive, home)
    yield from _added(archive, home)
    yield from _second_day(archive, home)


def _built(archive: Path, home: Path) -> Iterator[str]:
    yield from table_heading(
        f"{archive.stem}: taken in, killed three times; seconds from the start of each run",
        "killed in", "cables", "first", *building.COLUMNS, "end", "CPU", "MB of memory", "cache",
    )  # fmt: skip
    whole = 0.0
    for kill in (*KILLS, None):
        made = building.build(archive, home, kill)
        whole += made.cpu
        yield _built_row(archive, made, kill)
    yield ""
    yield f"CPU of all four runs: {whole:.0f} s, {whole / made.cables * 1000:.2f} ms a cable."


def _built_row(archive: Path, made: Build, kill: Kill | None) -> str:
    finished = (
        f"{made.finished[stage]:.0f}" if stage in made.finished else "" for stage in building.PASSES
    )
    return table_row(
        f"{kill.share:.0%} of {kill.stage}" if kill else "",
        f"{made.cables:,}",
        f"{made.first:.1f}",
        *finished,
        f"{made.wall:.0f}",
        f"{made.cpu:.0f}",
        f"{made.memory / MIB:,.0f}",
        f"{made.cache_bytes / building.size(archive):.3f} of the source",
    )


def _opened(archive: Path, home: Path, effort: Effort) -> Iterator[str]:
    yield from table_heading("The room", "what", "figure")
    ours, empty = room.starts(archive, home, effort.pairs)
    yield table_row("first painted row, and an empty program's, ms", f"{ours:.0f}, {empty:.0f}")
    opened, after, _ = footprint.room_memory(archive, home)
    yield table_row(
        "MB of memory, open and after 100 queries", f"{opened / MIB:.0f}, {after / MIB:.0f}"
    )
    with room.room(archive, home) as terminal:
        room.ready(terminal)
        for what, answers in (
            ("`j`, ms (median / 95th / most)", room.moving(terminal)),
            ("a page of the list", room.paging(terminal, pace=0.3)),
            ("a typed letter and all that it brings", room.typing(terminal, _WORDS, pace=0.5)),
            ("opening a cable", room.opening(terminal)),
        ):  # fmt: skip
            yield table_row(what, str(answers))


def _searched(archive: Path, home: Path, effort: Effort) -> Iterator[str]:
    columns = ("query", "cables", "first 50", "with rows", "with facets")
    yield from table_heading("The sixty searches, milliseconds", *columns)
    found = alone(archive, home, effort.rounds)
    for query, (hits, *times) in zip(QUERIES, found, strict=True):
        yield table_row(f"`{query.text}`", f"{hits:,}", *(f"{time:.2f}" for time in times))
    medians = (statistics.median(each[way] for each in found) for way in (1, 2, 3))
    yield table_row("median", "", *(f"{time:.2f}" for time in medians))
    yield table_row("most", "", *(f"{max(each[way] for each in found):.2f}" for way in (1, 2, 3)))


def _typed(archive: Path, home: Path) -> Iterator[str]:
    yield from table_heading("Typed sentences, milliseconds", "what", "median / 95th / most")
    found = letters.typed(archive, home)
    yield table_row("rows", str(found.rows))
    yield table_row("counts", str(found.counts))


def _added(archive: Path, home: Path) -> Iterator[str]:
    yield from table_heading(
        f"{ADDED:,} cables added", "what", "cables", "seconds", "CPU", "MB of memory"
    )
    with (archive / "added.csv").open("w", encoding="utf-8", newline="") as file:
        file.writelines(
            generate.row(replace(cable, reference_id=_unused(cable.reference_id)))
            for cable in Author(8).cables(ADDED)
        )
    for what in ("index", "index again, nothing new"):
        made = building.build(archive, home)
        figures = (f"{made.wall:.1f}", f"{made.cpu:.1f}", f"{made.memory / MIB:,.0f}")
        yield table_row(what, f"{made.cables:,}", *figures)


def _unused(reference_id: str) -> str:
    serial = reference_id.lstrip("0123456789").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f"{reference_id.removesuffix(serial)}{_ABOVE + int(serial)}"


def _second_day(archive: Path, home: Path) -> Iterator[str]:
    yield from table_heading("The second day", "what", "seconds", "CPU", "MB of memory")
    for arguments in (("search", "gaddafi~"), ("search", "gaddafi~", "--no-index"), ("stats",)):
        command, *rest = arguments
        cost = asked(home, command, str(archive), *rest)
        yield table_row(f"`{' '.join(arguments)}`", *cost_cells(cost))
    yield table_row("first row of the room, ms", f"{room.first_row(archive, home):.0f}")
