"""A plain scan: how many cables of a dump a query means, without a module of the program.

    python -m benchmarks.plain DUMP

The csv module reads the rows, a regular expression cuts them into words. It is slow and simple:
what the program counts must equal it. The titles of TAGS are searched too, by their own table.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.queries import (
    QUERIES,
    Asked,
    Begins,
    InRow,
    Misspelt,
    Not,
    Part,
    When,
    Where,
    Words,
)

TAGS = Path(__file__).parents[1] / "cable_tui" / "glossary" / "data" / "tags.csv"
_WORD = re.compile(r"[^\W_]+")
_TAGS_LINE = re.compile(r"^TAGS: (.*)$", re.MULTILINE)
_SUBJECT_LINE = re.compile(r"^SUBJECT: (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the dump, cut up."""

    number: int
    reference: str
    day: int
    """YYYYMMDD."""
    origin: str
    classification: str
    tags: tuple[str, ...]
    subject: str
    header: str
    body: str
    texts: tuple[str, ...]
    """What is searched, in lower case: header, body, and what each of the TAGS means."""


def rows(dump: Path) -> Iterator[Row]:
    """Every row of a generated dump, in its order."""
    titles = _titles()
    csv.field_size_limit(1 << 30)
    with dump.open(newline="", encoding="utf-8") as file:
        for number, date, reference, origin, classification, _, header, body in csv.reader(
            file, escapechar="\\", doublequote=False
        ):
            month, day, year = map(int, date.split(" ")[0].split("/"))
            found = _TAGS_LINE.search(body)
            tags = tuple(found[1].split()) if found else ()
            subject = _SUBJECT_LINE.search(body)
            known = [titles[tag] for tag in tags if tag in titles]
            yield Row(
                int(number),
                reference,
                year * 10_000 + month * 100 + day,
                origin,
                classification,
                tags,
                subject[1].strip() if subject else "",
                header,
                body,
                tuple(text.lower() for text in (header, body, *known)),
            )


def _titles() -> dict[str, str]:
    with TAGS.open(newline="", encoding="utf-8") as file:
        return {line["tag"]: line["title"] for line in csv.DictReader(file)}


def counts(dump: Path, asked: Sequence[Asked] = QUERIES) -> list[int]:
    """How many cables of the dump each query means."""
    prefixes = tuple(sorted(_prefixes(part for one in asked for part in one.parts)))

    @cache
    def begins(word: str) -> tuple[str, ...]:
        return tuple(prefix for prefix in prefixes if word.startswith(prefix))

    found: Counter[int] = Counter()
    for row in rows(dump):
        words = {word for text in row.texts for word in _WORD.findall(text)}
        # A beginning is kept beside the words, with a sign that no word has.
        words |= {f"{prefix}*" for word in words for prefix in begins(word)}
        for place, one in enumerate(asked):
            if all(_holds(part, row, words) for part in one.parts):
                found[place] += 1
    return [found[place] for place in range(len(asked))]


def kept_counts(dump: Path, folder: Path) -> list[int]:
    """The same for the sixty queries, kept below `folder` as long as the queries stay."""
    file = folder / f"{dump.name}.counts.json"
    wanted = [repr(one) for one in QUERIES]
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if set(kept) != set(wanted):
        kept = dict(zip(wanted, counts(dump), strict=True))
        file.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    return [kept[one] for one in wanted]


def _prefixes(parts: Iterator[Part]) -> set[str]:
    return {part.prefix for part in parts if isinstance(part, Begins)}


def _holds(part: Part, row: Row, words: set[str]) -> bool:
    match part:
        case Words(any_of) | Misspelt(meant=any_of):
            return not words.isdisjoint(any_of)
        case Begins(prefix):
            return f"{prefix}*" in words
        case InRow(in_row):
            return words.issuperset(in_row) and any(map(_row(in_row).search, row.texts))
        case Where("origin", values):
            return row.origin in values
        case Where("class", values):
            return row.classification in values
        case Where("tag", values):
            return not set(row.tags).isdisjoint(values)
        case When(first, last):
            return first <= row.day <= last
        case Not(other):
            return not _holds(other, row, words)
        case _:
            raise ValueError(part)


@cache
def _row(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b" + r"[\W_]+".join(map(re.escape, words)) + r"\b")


def main() -> None:
    """Print each query and its number."""
    for one, count in zip(QUERIES, counts(Path(sys.argv[1])), strict=True):
        print(f"{count:9,}  {one.text}")


if __name__ == "__main__":
    main()
