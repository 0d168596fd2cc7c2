"""What `said:` and `comment:` cost, which read the texts of the cables that have the words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cable_tui.archive.archive import open_archive
from cable_tui.query import parse

QUESTIONS = (
    ('said:"gaddafi oil"', "gaddafi oil"),
    ("origin:paris said:oil", "origin:paris oil"),
    ('comment:"gaddafi oil"', "gaddafi oil"),
    ("said:gaddafi", "gaddafi"),
    ("said:oil", "oil"),
)
"""Each with the query that finds the cables whose texts may have to be read."""


READABLE = 10_000
"""Texts that are read within the bar for a question of the whole archive."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One question."""

    text: str
    texts: int
    """Cables that have the words."""
    found: int
    seconds: float
    cpu: float


def costs(path: Path, home: Path) -> Iterator[Cost]:
    """Each question once: the second time its answer is kept."""
    for text, words in QUESTIONS:
        archive = open_archive(path, home / "cache", readonly=True)
        texts = archive.search(parse(words)).count
        begun, cpu = time.perf_counter(), time.process_time()
        found = archive.search(parse(text)).count
        yield Cost(text, texts, found, time.perf_counter() - begun, time.process_time() - cpu)
        archive.close()
