"""Where a sentence occurred before: what the pass costs, and its answers, also where all repeats.

    python -m benchmarks --only echoes

The pass is run alone, over a dump that is indexed already. The second archive is the worst case:
every sentence of it comes from a stock of three hundred.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import building, generate
from benchmarks.fiction import Author
from benchmarks.table import MIB, BenchmarkFolders, Effort, Table, table_heading, table_row
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.fulltext.schema import SENTENCES_FOLDER
from cable_tui.archive.sentences import echo_file
from cable_tui.tools.repeated_passages import passages as echoes

REPEATING = 20_000
_STOCK = 300
_PARAGRAPHS = 40
_ASKED = 40


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing the sentences of an archive cost."""

    seconds: float
    cpu: float
    memory: int
    """Bytes of anonymous memory, the most that all its processes had at once."""
    grown: int
    """Bytes of the cache."""


def write_repeating(path: Path, count: int = REPEATING) -> None:
    """A dump whose cables are made of the same few sentences."""
    author, rng = Author(11), random.Random(5)
    stock = [author.text(22).replace(" \n", "\n") for _ in range(_STOCK)]
    with path.open("w", encoding="utf-8", newline="") as file:
        for cable in author.cables(count):
            said = "\n\n".join(
                f"{number}. (C) {rng.choice(stock)} {rng.choice(stock)}"
                for number in range(1, rng.randrange(2, _PARAGRAPHS))
            )
            file.write(generate.row(replace(cable, body=f"{cable.body[:400]}\n\n{said}")))


def compare(archive: Path, home: Path) -> Compared:
    """Index what is to be indexed, then run the pass alone, from nothing."""
    _index_texts(archive, home)
    for file in (home / "cache").glob(f"*/{echo_file.KIND}-*"):
        file.unlink()
    for folder in (home / "cache").glob(f"*/{SENTENCES_FOLDER}"):
        shutil.rmtree(folder)
    before = building.size(home)
    made = building.build(archive, home)
    return Compared(made.wall, made.cpu, made.memory, building.size(home) - before)


def _index_texts(archive: Path, home: Path) -> None:
    command = [sys.executable, "-m", "cable_tui", "index", str(archive), "--no-echoes"]
    subprocess.run(command, env=building.environment(home), check=True, capture_output=True)


def added(archive: Path, home: Path, count: int = 10) -> float:
    """CPU of a run that compares a few cables more, which are removed from the dump again."""
    size = archive.stat().st_size
    try:
        with archive.open("a", encoding="utf-8", newline="") as file:
            for cable in Author(77).cables(count):
                file.write(generate.row(replace(cable, reference_id=f"{cable.reference_id}77")))
        _index_texts(archive, home)
        return building.build(archive, home).cpu
    finally:
        os.truncate(archive, size)


def milliseconds(archive: Path, home: Path) -> Iterator[tuple[str, list[float]]]:
    """How long answers take: of single cables chosen by chance, and of the whole archive."""
    with closing(open_archive(archive, home / "cache", readonly=True)) as opened:
        with opened.reading() as db:
            ids = [id_ for (id_,) in db.execute("SELECT id FROM cable ORDER BY id")]
        some = random.Random(3).sample(ids, min(_ASKED, len(ids)))
        texts = {id_: opened.cable(id_).body.text for id_ in some}
        yield "passages of a cable", [_timed(_passages(opened, id_)) for id_ in some]
        yield (
            "cables with its rarest words",
            [_timed(_rare(opened, *each)) for each in texts.items()],
        )
        yield (
            "the whole archive",
            [_timed(lambda: echoes.overview(opened)) for _ in range(3)],
        )


def _passages(archive: Archive, id_: int) -> Callable[[], object]:
    return lambda: echoes.echoes(archive, id_)


def _rare(archive: Archive, id_: int, text: str) -> Callable[[], object]:
    return lambda: echoes.sharing(archive, id_, text, 20)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def repeating(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """Where sentences were said before: the pass, and its answers."""
    del effort
    worst = places.folder / f"repeating-{REPEATING}.csv"
    if not worst.exists():
        write_repeating(worst)
    homes = {places.dump: places.home, worst: places.homes / f"home-{worst.stem}"}
    yield from table_heading(
        "Comparing sentences, after all else was indexed",
        "archive", "seconds", "CPU", "MB of memory", "cache",
    )  # fmt: skip
    for archive, home in homes.items():
        made = compare(archive, home)
        yield table_row(
            archive.stem,
            f"{made.seconds:.1f}",
            f"{made.cpu:.1f}",
            f"{made.memory / MIB:,.0f}",
            f"{made.grown / building.size(archive):.3f} of the source",
        )
    yield from table_heading(
        "Where it was said before, milliseconds", "question", "median / most", "bar"
    )
    for archive, home in homes.items():
        for what, found in milliseconds(archive, home):
            bar = "3,000" if what == "the whole archive" else "100"
            figures = f"{statistics.median(found):.0f} / {max(found):.0f}"
            yield table_row(f"{what}, {archive.stem}", figures, bar)
    yield from table_heading("Ten cables more, all else indexed", "archive", "CPU of the run")
    for archive, home in homes.items():
        yield table_row(archive.stem, f"{added(archive, home):.2f}")


TABLES = (Table("echoes", 140, repeating),)
