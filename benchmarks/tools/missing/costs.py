"""What is not here: how long the answer takes, and how often its ranges hold a known truth.

    python -m benchmarks.tools.missing.costs DUMP HOME

The truth is that of `post_years`: each range should hold it for 90 of 100 post-years, whatever the
way in which an archive came to hold what it holds.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.building import environment
from benchmarks.table import BenchmarkFolders, Effort, Table, table_heading, table_row
from benchmarks.tools.missing import post_years
from benchmarks.tools.missing.post_years import Held, Truth
from cable_tui.archive.archive import open_archive
from cable_tui.program.settings import find_paths
from cable_tui.tools.missing.gaps import Numbers, numbers, of_numbers

EACH = 100
"""Post-years of each way, in one archive."""
SEEDS = (1, 2, 3, 4)


@dataclass(slots=True)
class Way:
    """Post-years that are held in one way."""

    made: int = 0
    named: int = 0
    """Of these, named and not estimated."""
    held: int = 0
    """Whose range holds the truth."""
    months: int = 0
    months_held: int = 0
    widths: list[float] = field(default_factory=list)
    """Of ranges, as parts of the truth."""

    @property
    def estimated(self) -> int:
        """Post-years with a range."""
        return self.made - self.named


@dataclass(frozen=True, slots=True)
class Cost:
    """What the whole answer costs."""

    post_years: int
    reading: float
    """Seconds of CPU for ids, dates and citations out of the catalogue."""
    computing: float
    """Seconds of CPU for everything else."""
    command: float
    """Seconds of `cable-tui missing DUMP --gaps --no-index`."""
    cpu: float
    """Seconds of CPU of that command."""
    memory: int
    """Bytes of that command at most, the program and its libraries counted."""


def by_way(seed: int, each: int = EACH) -> dict[str, Way]:
    """What the ranges hold, by the way in which the archive holds its cables."""
    rng = random.Random(seed)
    made: list[tuple[Truth, Held]] = []
    for kind in post_years.WAYS:
        made += [post_years.post_year(rng, _code(len(made) + at), kind) for at in range(each)]
    for _ in range(each // 2):
        made += post_years.shared(rng, (_code(len(made)), _code(len(made) + 1)))
    made += [post_years.again(rng, _code(len(made) + at)) for at in range(each)]
    truths = {truth.station: truth for truth, _ in made}
    here = {(post_years.YEAR, truth.station): held.here for truth, held in made}
    cited = {(post_years.YEAR, truth.station): held.cited for truth, held in made if held.cited}
    answer = of_numbers(Numbers(here, cited, {name: name for name in truths}, 0))
    found: defaultdict[str, Way] = defaultdict(Way)
    for post_year in answer.post_years:
        truth = truths[post_year.station]
        way = found[truth.kind]
        way.made += 1
        if post_year.sent is None:
            way.named += 1
            continue
        low, _, high = post_year.sent
        way.held += low <= truth.total <= high
        way.widths.append((high - low) / truth.total)
        for number, month in enumerate(post_year.months):
            if month.sent is not None:
                way.months += 1
                way.months_held += month.sent.low <= truth.of_month(number) <= month.sent.high
    return found


def together(seeds: tuple[int, ...] = SEEDS, each: int = EACH) -> dict[str, Way]:
    """The same for several archives."""
    found: defaultdict[str, Way] = defaultdict(Way)
    for seed in seeds:
        for kind, way in by_way(seed, each).items():
            whole = found[kind]
            whole.made += way.made
            whole.named += way.named
            whole.held += way.held
            whole.months += way.months
            whole.months_held += way.months_held
            whole.widths += way.widths
    return found


def _code(number: int) -> str:
    return "POST" + "".join(chr(65 + number // 26**place % 26) for place in (2, 1, 0))


def cost(dump: Path, home: Path) -> Cost:
    """What it costs on an archive that is indexed in `home`."""
    variables = environment(home)
    archive = open_archive(dump, find_paths(variables).cache, readonly=True)
    try:
        start = time.process_time()
        known = numbers(archive)
        read = time.process_time()
        found = of_numbers(known)
        computed = time.process_time()
    finally:
        archive.close()
    start_of_command = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "cable_tui", "missing", str(dump), "--gaps", "--no-index"],
        env=variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    command = time.perf_counter() - start_of_command
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
    return Cost(len(found.post_years), read - start, computed - read, command, cpu, memory)


def lines(dump: Path, home: Path) -> Iterator[tuple[str, ...]]:
    """The rows of the table of costs."""
    found = cost(dump, home)
    yield "posts and years", f"{found.post_years:,}", ""
    yield "ids, dates and citing from the catalogue, s of CPU", f"{found.reading:.2f}", ""
    yield "series, estimates, months, s of CPU", f"{found.computing:.2f}", ""
    yield "`missing DUMP --gaps --no-index`, s", f"{found.command:.2f}", "3"
    yield "its CPU, s", f"{found.cpu:.2f}", ""
    yield "its memory, MB", f"{found.memory / (1 << 20):,.0f}", ""
    yield "growth of the cache, MB", "0", ""


def rows_of_ways(seeds: tuple[int, ...] = SEEDS, each: int = EACH) -> Iterator[tuple[str, ...]]:
    """The rows of the table of truths."""
    for kind, way in together(seeds, each).items():
        row = kind, f"{way.made:,}", f"{way.named:,}"
        if kind in post_years.WAYS:
            held, months = 100 * way.held / way.estimated, 100 * way.months_held / way.months
            width = 100 * statistics.median(way.widths)
            yield *row, f"{held:.0f}", "90", f"{months:.0f}", f"{width:.0f} %"
        else:
            yield *row, "", "named", "", ""


def missing_numbers(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """What is not here: what it costs, and how often its ranges hold a known truth."""
    yield from table_heading("What is not here", "what", "figure", "bar")
    for row in lines(places.dump, places.home):
        yield table_row(*row)
    yield from table_heading(
        "Ranges of estimates, held against a known truth",
        "part of the post-year in the archive", "post-years", "reported, not estimated",
        "ranges that hold, of 100", "bar", "ranges of months, of 100", "median width",
    )  # fmt: skip
    for row in rows_of_ways(SEEDS[: effort.rounds // 2]):
        yield table_row(*row)


TABLES = (Table("gaps", 110, missing_numbers),)


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.tools.missing.costs", description=__doc__
    )
    parser.add_argument("dump", type=Path)
    parser.add_argument("home", type=Path)
    given = parser.parse_args()
    for row in (*lines(given.dump, given.home), *rows_of_ways()):
        print("  ".join(row))


if __name__ == "__main__":
    main()
