"""What the grammar costs: CPU a cable, on average over a folder of pages or a dump.

    python -m benchmarks.grammar FOLDER [--rounds 5]

The pages are read into memory first; every figure is the best of some rounds over all of them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from cable_tui import formats, telegram
from cable_tui.archive.records.catalogue_rows import grammar_row
from cable_tui.base.cable import RawCable
from cable_tui.telegram import top_fields

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "mirror"
"""Real pages, where they are at hand."""


class Cost(NamedTuple):
    """One figure and what it may be at most, in milliseconds of CPU a cable."""

    what: str
    milliseconds: float
    goal: float


def _top(raw: RawCable) -> object:
    return top_fields.top_fields(raw, telegram.facts_of(raw), frozenset())


def _row(raw: RawCable) -> object:
    return grammar_row(raw, frozenset())


MEASURED: tuple[tuple[str, Callable[[RawCable], object], float], ...] = (
    ("subject, TAGS and references", _top, 0.2),
    ("all that the catalogue needs", _row, 0.6),
    ("the whole cable", telegram.parse, 1.5),
)


def cables(folder: Path) -> Iterator[RawCable]:
    """Every cable below a folder, with its texts."""
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        with file.open("rb") as stream:
            form = formats.sniff(file.name, stream.read(formats.HEAD))
            if isinstance(form, formats.Skip):
                continue
            stream.seek(0)
            for item in formats.cables(form, stream, file.name):
                if isinstance(item, RawCable):
                    yield item


def costs(folder: Path, rounds: int = 5) -> list[Cost]:
    """The figures for a folder; empty where it holds no cable."""
    texts = list(cables(folder))
    if not texts:
        return []
    return [
        Cost(what, min(_once(function, texts) for _ in range(rounds)) * 1000 / len(texts), goal)
        for what, function, goal in MEASURED
    ]


def _once(function: Callable[[RawCable], object], texts: list[RawCable]) -> float:
    started = time.process_time()
    for raw in texts:
        function(raw)
    return time.process_time() - started


def main() -> None:
    """Print the figures of a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grammar", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    for cost in costs(wanted.folder, wanted.rounds):
        print(f"{cost.what:<30} {cost.milliseconds:6.3f} ms a cable (at most {cost.goal})")


if __name__ == "__main__":
    main()
