"""What concordances, curves and typical words cost, to the first line and to the last."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.texts import texts
from cable_tui.query import parse
from cable_tui.tools.concordance.occurrences import (
    ConcordanceLine,
    by_left,
    concordance,
    in_order,
)
from cable_tui.tools.trend.shares import curves
from cable_tui.tools.typical_words.scoring import WordCounts

LINES = 50_000
_WORDS = ("minister", "reform", "oil")
_TYPICAL = ("class:secret", "minister")
"""A query of some cables in a hundred, and one of most of them."""
_LEAST = 5
_SOON = 0.3
"""Seconds until a room is shown what was counted so far."""


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


def costs(dump: Path, home: Path) -> Iterator[Cost]:
    """Curves first: their memory is not that of the lines."""
    with closing(open_archive(dump, home / "cache", readonly=True)) as archive:
        archive.search(parse("treaty"))
        for by in ("month", "post"):
            yield _shares(archive, by)
        yield _lines(archive, "date")
        yield _lines(archive, "post")
        yield _lines(archive, "left")
        for query in _TYPICAL:
            yield _typical(archive, query)


def _shares(archive: Archive, by: str) -> Cost:
    begun = time.perf_counter()
    answers = [(word, archive.search(parse(word), offering=False).ids) for word in _WORDS]
    found = curves(archive, answers, archive.search(parse("")).ids, by)
    seconds = time.perf_counter() - begun
    return Cost(f"curves of three words by {by}", seconds, seconds, len(found.steps), _memory())


def _typical(archive: Archive, query: str) -> Cost:
    begun = time.perf_counter()
    first = 0.0
    hits = archive.search(parse(query), sort="created", offering=False)
    found = WordCounts(archive, (hits.query, hits.ids), None)
    for _ in found.read(partial(texts, archive)):
        if not first and time.perf_counter() - begun > _SOON:
            found.rows(_LEAST, soon=True)
            first = time.perf_counter() - begun
    rows = found.rows(_LEAST)
    whole = time.perf_counter() - begun
    return Cost(f"words of {query}", first or whole, whole, len(rows), _memory())


def _lines(archive: Archive, order: str) -> Cost:
    begun = time.perf_counter()
    first = 0.0
    hits = archive.search(parse(_WORDS[0]), sort="created", offering=False)
    kept: list[ConcordanceLine] = []
    count = 0
    read = concordance(archive, in_order(archive, hits.ids, order), hits.highlights, lambda: False)
    for line in islice((line for cable in read for line in cable.lines), LINES):
        first = first or time.perf_counter() - begun
        count += 1
        if order == "left":
            kept.append(line)
    if kept:
        kept.sort(key=by_left)
        first = time.perf_counter() - begun
    return Cost(
        f"concordance of {_WORDS[0]}, by {order}",
        first,
        time.perf_counter() - begun,
        count,
        _memory(),
    )


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
