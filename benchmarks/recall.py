"""Does the search find: cables drawn by a seed, asked for as a reader remembers them.

    python -m benchmarks.recall DUMP HOME [--count 300]

Half of the questions are two to four words of the subject, half are one sentence of the text. A
third is asked as it was written, a third with a slip of the finger in one word, a third with one
word in another form. A subject of common words is no question for one cable: words of a subject are
asked where at most five cables have them all in theirs, the rarest word first, as one remembers
what was odd; `or` and `not`, which mean something in a query, are left out. The same
words go to SQLite's FTS5 over subject and body, as it comes, by bm25.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building import environment
from benchmarks.plain import Row, rows
from cable_tui.archive.archive import open_archive
from cable_tui.program.settings import find_paths
from cable_tui.query import parse

COUNT = 300
SEED = 5
CHANGES = ("as written", "one typo", "one inflected")
FIRST, MORE = 5, 50
_ALIKE = 5
"""Cables that may answer a question equally well."""
_SHORTEST = 5
"""Letters of a word that is misspelt or inflected."""
_SENTENCE = re.compile(r"^[A-Z][a-z]+(?: [a-z]+){7,11}\.? *$", re.MULTILINE)
_OPERATORS = frozenset(("or", "not"))
_WITHOUT_FORMS = frozenset(
    "about after also before between other their there these those under which would".split()
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the cable that is meant."""

    reference: str
    kind: str
    change: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How many of some questions found their cable."""

    kind: str
    change: str
    asked: int
    first: int
    """Among the first five."""
    more: int
    """Among the first fifty."""


Engine = Callable[[Sequence[str]], Sequence[str]]
"""Words to the reference ids of the best cables."""


def questions(dump: Path, count: int = COUNT, seed: int = SEED) -> list[Question]:
    """The same questions for the same dump and seed."""
    rng = random.Random(seed)
    found = [*_of_subjects(dump, count - count // 2, rng), *_of_texts(dump, count // 2, rng)]
    return [_changed(each, CHANGES[place % 3], rng) for place, each in enumerate(found)]


def _of_subjects(dump: Path, count: int, rng: random.Random) -> Iterator[Question]:
    subjects = {row.reference: tuple(row.subject.lower().split()) for row in rows(dump)}
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for reference, words in subjects.items():
        for word in words:
            holders[word].add(reference)
    drawn = list(subjects)
    rng.shuffle(drawn)
    for reference in drawn:
        size = rng.randint(2, 4)
        distinct = dict.fromkeys(word for word in subjects[reference] if word not in _OPERATORS)
        rarest = sorted(distinct, key=lambda word: len(holders[word]))
        words = tuple(rarest[:size])
        alike = set.intersection(*(holders[word] for word in words)) if words else set()
        if len(words) >= 2 and len(alike) <= _ALIKE and any(map(_is_long_enough, words)):
            yield Question(reference, "subject", "", words)
            count -= 1
        if not count:
            return


def _of_texts(dump: Path, count: int, rng: random.Random) -> Iterator[Question]:
    references = [row.reference for row in rows(dump)]
    wanted = set(rng.sample(references, min(2 * count, len(references))))
    for row in rows(dump):
        if count and row.reference in wanted and (sentence := _sentence(row, rng)):
            count -= 1
            words = tuple(word for word in sentence.split() if word not in _OPERATORS)
            yield Question(row.reference, "sentence", "", words)


def _sentence(row: Row, rng: random.Random) -> str:
    found = _SENTENCE.findall(row.body)
    fit = [each for each in found if any(map(_is_long_enough, each.strip(" .").lower().split()))]
    return rng.choice(fit).strip(" .").lower() if fit else ""


def _changed(question: Question, change: str, rng: random.Random) -> Question:
    words = list(question.words)
    long_enough = [n for n, word in enumerate(words) if _is_long_enough(word)]
    if change == "one typo":
        place = rng.choice(long_enough)
        words[place] = _mistyped(words[place], rng)
    elif change == "one inflected":
        place = rng.choice(long_enough)
        words[place] = _inflected(words[place], rng)
    return Question(question.reference, question.kind, change, tuple(words))


def _is_long_enough(word: str) -> bool:
    return len(word) >= _SHORTEST and word not in _WITHOUT_FORMS


def _mistyped(word: str, rng: random.Random) -> str:
    """One slip behind the first letter: two letters in turn, one lost, one twice, one wrong."""
    place = rng.randrange(1, len(word) - 1)
    one, two = word[place], word[place + 1]
    slips = (two + one, two, one + one + two, rng.choice(_LETTERS) + two)
    slip = rng.choice([each for each in slips if each != one + two])
    return word[:place] + slip + word[place + 2 :]


def _inflected(word: str, rng: random.Random) -> str:
    if word.endswith("s"):
        return word[:-1]
    ending = rng.choice(("s", "s", "s", "ed", "ing"))
    if ending == "s":
        if word.endswith("y") and word[-2] not in "aeiou":
            return f"{word[:-1]}ies"
        return f"{word}es" if word.endswith(("x", "z", "ch", "sh")) else f"{word}s"
    return (word.removesuffix("e") if word.endswith("e") else word) + ending


def ours(dump: Path, home: Path) -> Engine:
    """The program's search, the best first."""
    archive = open_archive(dump, find_paths(environment(home)).cache, readonly=True)

    def ask(words: Sequence[str]) -> Sequence[str]:
        hits = archive.search(parse(" ".join(words)), sort="relevance", limit=MORE)
        return [row.reference_id for row in archive.rows(hits.ids)]

    return ask


def plain_fts(dump: Path, folder: Path) -> Engine:
    """SQLite's FTS5 with its defaults over subject and body; made once below `folder`."""
    path = folder / f"{dump.name}.fts.sqlite"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        db = sqlite3.connect(new)
        db.execute("CREATE VIRTUAL TABLE texts USING fts5(subject, body, content='')")
        db.execute("CREATE TABLE cable (id INTEGER PRIMARY KEY, reference TEXT)")
        with db:
            for row in rows(dump):
                db.execute("INSERT INTO cable VALUES (?, ?)", (row.number, row.reference))
                db.execute(
                    "INSERT INTO texts (rowid, subject, body) VALUES (?, ?, ?)",
                    (row.number, row.subject, row.body),
                )
        db.close()
        new.replace(path)
    db = sqlite3.connect(path)

    def ask(words: Sequence[str]) -> Sequence[str]:
        found = db.execute(
            "SELECT reference FROM texts JOIN cable ON cable.id = texts.rowid "
            "WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?",
            (" ".join(f'"{word}"' for word in words), MORE),
        )
        return [reference for (reference,) in found]

    return ask


def measured(asked: Sequence[Question], engine: Engine) -> tuple[list[Found], list[Question]]:
    """What an engine finds, by kind and change; and the questions that it does not."""
    total: Counter[tuple[str, str]] = Counter()
    first: Counter[tuple[str, str]] = Counter()
    more: Counter[tuple[str, str]] = Counter()
    missed = []
    for each in asked:
        key = (each.kind, each.change)
        best = list(engine(each.words))
        total[key] += 1
        first[key] += each.reference in best[:FIRST]
        more[key] += each.reference in best[:MORE]
        if each.reference not in best[:FIRST]:
            missed.append(each)
    return [Found(*key, total[key], first[key], more[key]) for key in sorted(total)], missed


def main() -> None:
    """Print what is found, and what is not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recall", description=__doc__)
    parser.add_argument("dump", type=Path)
    parser.add_argument("home", type=Path, help="with the index of the dump")
    parser.add_argument("--count", type=int, default=COUNT)
    wanted = parser.parse_args()
    asked = questions(wanted.dump, wanted.count)
    for name, engine in (
        ("FTS5", plain_fts(wanted.dump, wanted.dump.parent)),
        ("cable-tui", ours(wanted.dump, wanted.home)),
    ):
        found, missed = measured(asked, engine)
        print(name)
        for each in found:
            print(f"  {each.kind:9} {each.change:14} {each.first:4} {each.more:4} of {each.asked}")
        total = sum(each.asked for each in found)
        print(f"  first {FIRST}: {sum(each.first for each in found) / total:.1%}")
        print(f"  first {MORE}: {sum(each.more for each in found) / total:.1%}")
    for question in missed:
        print(f"{question.reference:18} {question.change:14} {' '.join(question.words)}")


if __name__ == "__main__":
    main()
