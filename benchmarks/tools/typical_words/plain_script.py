"""How many of a plain script's first fifty typical words `cable-tui words` finds, and its CPU.

    python -m benchmarks.generate dump 30000 topics.csv --topics 60
    python -m benchmarks.tools.typical_words.plain_script topics.csv

The script reads every text and shares no code with the program. A dump needs topics: without them
no word belongs to any cables.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.plain import Row, rows

FIRST = 50
_LEAST = 5
_LEAST_SCORE = 3.84
_WORD = re.compile(r"[^\W_]+")
Holds = Callable[[Row, set[str]], bool]


def queries(words: Counter[str], cables: int) -> dict[str, Holds]:
    """Years, classes, TAGS, and words of a twentieth to a fourth of the cables."""
    found: dict[str, Holds] = {
        "date:2003": lambda row, _: row.day // 10_000 == 2003,
        "date:2006..2008": lambda row, _: 2006 <= row.day // 10_000 <= 2008,
        "class:secret": lambda row, _: row.classification == "SECRET",
        "class:confidential": lambda row, _: row.classification == "CONFIDENTIAL",
        "tag:prel": lambda row, _: "PREL" in row.tags,
    }
    # Words of three topics or so, which are in about as many cables.
    ranked = [word for word, count in words.most_common() if 7 * count < 2 * cables]
    for word in (ranked[at] for at in (0, 20, 60, 120)):
        found[f"body:={word}"] = _has(word)
    return found


def _has(word: str) -> Holds:
    return lambda _, said: word in said


def _texts(dump: Path) -> Iterator[tuple[Row, set[str], set[str]]]:
    """Each row with the words of subject and body, and those that are not of its head."""
    for row in rows(dump):
        head, _, text = row.body.partition("\n1. ")
        said = set(_WORD.findall(f"{row.subject} 1 {text}".lower()))
        yield row, said | set(_WORD.findall(head.lower())), said


def _first(
    here: Counter[str], of_all: Counter[str], said: set[str], size: int, cables: int
) -> list[str]:
    others = cables - size
    scored = []
    for word, many in here.items():
        elsewhere = of_all[word] - many
        if word not in said or many < _LEAST or word.isdigit() or len(word) < 2:
            continue
        if many * others <= elsewhere * size:
            continue
        score = _g2(many, size, elsewhere, others)
        if score >= _LEAST_SCORE:
            scored.append((-score, -many, word))
    return [word for *_, word in sorted(scored)[:FIRST]]


def _g2(here: int, size: int, elsewhere: int, others: int) -> float:
    cells = (here, elsewhere), (size - here, others - elsewhere)
    columns, total, found = (size, others), size + others, 0.0
    for row in cells:
        for seen, column in zip(row, columns, strict=True):
            if seen:
                found += seen * math.log(seen * total / (sum(row) * column))
    return 2 * found


def main() -> None:
    """A line for each query."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.tools.typical_words.plain_script", description=__doc__
    )
    parser.add_argument("dump", type=Path)
    dump = parser.parse_args().dump
    of_all: Counter[str] = Counter()
    cables = 0
    for _, said, _ in _texts(dump):
        of_all.update(said)
        cables += 1
    asked = queries(of_all, cables)
    here: dict[str, Counter[str]] = {query: Counter() for query in asked}
    outside_head: dict[str, set[str]] = {query: set() for query in asked}
    sizes: Counter[str] = Counter()
    for row, said, below in _texts(dump):
        for query, holds in asked.items():
            if holds(row, said):
                here[query].update(said)
                outside_head[query] |= below
                sizes[query] += 1
    for query, size in sizes.items():
        wanted = _first(here[query], of_all, outside_head[query], size, cables)
        found, seconds = _asked(dump, query)
        held = sum(word in found for word in wanted)
        missing = " ".join(word for word in wanted if word not in found)
        print(f"{query:24} {size:7,} cables  {held} of {len(wanted)}  {seconds:.2f} s  {missing}")


def _asked(dump: Path, query: str) -> tuple[set[str], float]:
    """The words that the program lists, and the CPU that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "cable_tui", "words", str(dump), query, "--json", "--no-index"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    lines = [line["word"] for line in json.loads(done.stdout)["words"]]
    return set(lines[:FIRST]), seconds


if __name__ == "__main__":
    main()
