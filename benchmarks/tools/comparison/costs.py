"""What a comparison costs: two texts of a quarter of a megabyte, and the filters of an archive.

    python -m benchmarks.tools.comparison.costs [ARCHIVE]

The texts are made up; the pairs are the easy and the hard ones for an alignment. With an archive,
which must be indexed already, its filters are timed too.
"""

from __future__ import annotations

import argparse
import random
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.table import BenchmarkFolders, Effort, Table, table_heading, table_row
from cable_tui import telegram
from cable_tui.base.cable import Cable, Location, RawCable
from cable_tui.telegram.comparison.words import compared
from cable_tui.tools.comparison.rows import compare

BYTES = 250_000
GOAL = 1.0
"""Seconds for a pair of such texts."""


class Cost(NamedTuple):
    """One pair: seconds of CPU from two parsed cables to rows, and the memory that it took."""

    what: str
    seconds: float
    mebibytes: float
    changes: int


def costs() -> Iterator[Cost]:
    """The pairs, one after the other."""
    chance = random.Random(17)
    paragraphs = _paragraphs(chance)
    swapped = [*paragraphs[len(paragraphs) // 2 :], *paragraphs[: len(paragraphs) // 2]]
    redacted = [_redacted(each, chance) for each in paragraphs]
    pairs = {
        "the same words, other lines": [each.replace(" ", "\n") for each in paragraphs],
        "one word of 100 changed": [_edited(each, 0.01, chance) for each in paragraphs],
        "one word of 5 changed": [_edited(each, 0.2, chance) for each in paragraphs],
        "a redaction in each paragraph": redacted,
        "halves swapped": swapped,
        "nothing in common but words": _paragraphs(chance),
    }
    one = _cable(paragraphs)
    for what, others in pairs.items():
        other = _cable(others)
        begun = time.process_time()
        made = compare(compared(one), compared(other), one_cable=True)
        seconds = time.process_time() - begun
        tracemalloc.start()
        compare(compared(one), compared(other), one_cable=True)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        yield Cost(what, seconds, most / (1 << 20), made.counts.changes)


def _paragraphs(chance: random.Random) -> list[str]:
    """Paragraphs of some 250,000 signs whose words are as frequent as those of a language."""
    words = [f"{first}{last}" for first in _SYLLABLES for last in _SYLLABLES]
    made, size = [], 0
    while size < BYTES:
        row = [words[min(int(chance.paretovariate(0.7)) - 1, len(words) - 1)] for _ in range(90)]
        made.append(" ".join(row))
        size += len(made[-1]) + 10
    return made


_SYLLABLES = [f"{one}{vowel}{other}" for one in "bdklmnrst" for vowel in "aeo" for other in "lnr"]


def _edited(text: str, share: float, chance: random.Random) -> str:
    return " ".join(f"{word}x" if chance.random() < share else word for word in text.split())


def _redacted(text: str, chance: random.Random) -> str:
    words = text.split()
    at = chance.randrange(len(words) - 2)
    return " ".join([*words[:at], "XXXXXXXXXXXX", *words[at + 2 :]])


def _cable(paragraphs: list[str]) -> Cable:
    numbered = [f"{number}. (C) {text}." for number, text in enumerate(paragraphs, 1)]
    body = "SUBJECT: MADE UP\n\n" + "\n\n".join(numbered)
    location = Location("x.html", 0, 1)
    raw = RawCable(
        "09ZENDA27", "2009-02-13 14:57", "", "SECRET", "Embassy Zenda", "", "", body,
        "html-page", location,
    )  # fmt: skip
    return telegram.parse(raw)


def filters(archive: Path, cache: Path) -> Iterator[tuple[str, int, float]]:
    """The filters of the comparison: cables, and milliseconds of the first answer."""
    from cable_tui.archive.archive import open_archive
    from cable_tui.query import parse

    opened = open_archive(archive, cache, readonly=True)
    opened.search(parse("is:noforn"), limit=50)  # the columns are loaded
    for query in ("has:versions", "has:redaction"):
        begun = time.process_time()
        hits = opened.search(parse(query), limit=50)
        opened.rows(list(hits.ids)[:50])
        yield query, hits.count, (time.process_time() - begun) * 1000
    opened.close()


def comparing(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """What a comparison of two long texts costs."""
    del places, effort
    yield from table_heading(
        f"Comparing two texts of {BYTES // 1000} KB",
        "the second text", "seconds", "MiB", "places that differ", "bar, seconds",
    )  # fmt: skip
    for cost in costs():
        figures = (f"{cost.seconds:.2f}", f"{cost.mebibytes:.0f}", f"{cost.changes:,}")
        yield table_row(cost.what, *figures, f"{GOAL:.0f}")


TABLES = (Table("comparing", 130, comparing),)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", nargs="?", type=Path)
    parser.add_argument("--cache", type=Path, help="the folder of its caches")
    given = parser.parse_args()
    for cost in costs():
        print(f"{cost.what:32} {cost.seconds:6.2f} s {cost.mebibytes:7.1f} MiB {cost.changes:7,}")
    if given.archive and given.cache:
        for query, count, milliseconds in filters(given.archive, given.cache):
            print(f"{query:32} {milliseconds:6.1f} ms {count:,} cables")


if __name__ == "__main__":
    main()
