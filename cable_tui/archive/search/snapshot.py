"""A snapshot of an archive, from which one question is answered.

It provides columns, the text index, known words, and earlier answers. Each is created on first use,
kept in the archive's caches (`SearchCaches`), and recreated when the catalogue's generation
changes. While an index is being built, this is not done more often than its cost allows.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Generic, Protocol, TypeVar, cast

from cable_tui.archive.catalogue import catalogue_file
from cable_tui.archive.columns import saved
from cable_tui.archive.columns.columns import FacetColumns
from cable_tui.archive.columns.sizes_and_flags import Measures
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.records.walk import Watch, never
from cable_tui.archive.spelling import word_list
from cable_tui.archive.spelling.correct import WordIndex
from cable_tui.archive.spelling.word_list import WordList
from cable_tui.base.errors import LibraryError
from cable_tui.operating_system import files
from cable_tui.query.plan import AnyWord, Plan, WordPrefix
from cable_tui.query.reader_terms import ReaderData

Made = TypeVar("Made")
_BEGUN = 8
"""The maximum number of words with a prefix to examine if the prefix itself is not a word."""


class Stopped(Exception):  # noqa: N818 - no error: nobody waits for the answer
    """Raised if the reading of texts for an answer was cancelled."""


class SnapshotSource(Protocol):
    """The parts of an archive that a snapshot needs."""

    @property
    def caches(self) -> SearchCaches:
        """The caches of earlier answers, which last as long as the archive is in use."""

    @property
    def folder(self) -> Path:
        """The folder of the cache."""

    @property
    def root(self) -> Path:
        """The folder of cables, or the one file."""

    @property
    def own(self) -> Callable[[], ReaderData]:
        """A function that returns the reader's own data."""

    @property
    def watch(self) -> Watch:
        """The watch that is notified of the records read for a question."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Return a connection for short reading."""


class Snapshot:
    """One question's view of an archive, which does not change until it is answered."""

    def __init__(self, source: SnapshotSource, cancelled: Callable[[], bool] = never) -> None:
        self._source = source
        self.cancelled = cancelled
        """A function that returns whether the answer is no longer needed."""
        self._caches = source.caches
        self.root = source.root
        """The folder of cables, or the one file."""
        self.watch = source.watch
        """The watch that is notified of the records read for the answer."""

    def again(self) -> Snapshot:
        """Return a new snapshot of the archive as it is now."""
        return Snapshot(self._source)

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Return a connection for short reading."""
        return self._source.reading()

    @cached_property
    def folder(self) -> Path:
        """The folder of the cache."""
        return self._source.folder

    @cached_property
    def own(self) -> ReaderData:
        """The reader's own data."""
        return self._source.own()

    @cached_property
    def generation(self) -> int:
        """The catalogue's generation."""
        with self.reading() as db:
            return catalogue_file.generation(db)

    @cached_property
    def stages(self) -> tuple[int, int, int]:
        """The numbers of cables whose facts, grammar and text are indexed."""
        return self._caches.stages.get(self.generation, self._count_stages)

    def _count_stages(self) -> tuple[int, int, int]:
        with self.reading() as db:
            facts, grammar, text = (
                catalogue_file.get_number(db, f"count:{table}")
                for table in ("cable", "grammar", "text")
            )
        return facts, grammar, text

    @property
    def building(self) -> bool:
        """Whether some texts are not indexed yet."""
        facts, _, text = self.stages
        return text < facts

    @cached_property
    def columns(self) -> FacetColumns:
        """The facets of all cables."""
        cache = self._caches.columns
        return cache.get(self.generation, self._load_columns, patient=self.building)

    def _load_columns(self) -> FacetColumns:
        with self.reading() as db:
            return saved.load_columns(db, self.folder)

    def measures(self) -> Measures:
        """Return the flags and sizes of the cables whose grammar has been read."""
        return self.per_generation("measures", self._load_measures)

    def _load_measures(self) -> Measures:
        with self.reading() as db:
            return saved.load_measures(db, self.folder)

    @cached_property
    def text(self) -> TextIndex | None:
        """The text index, or None if it does not exist yet. Raises `TextIndexError`."""
        index_state = self._seen
        return (
            None
            if index_state is None
            else self._caches.text(self.folder / text_schema.FOLDER, index_state)
        )

    @cached_property
    def gone(self) -> frozenset[int]:
        """The cables for which the text index may contain an outdated text."""
        # Answers are cached by the generation: it must not be newer than these ids.
        _ = self.generation
        with self.reading() as db:
            return frozenset(id_ for (id_,) in db.execute("SELECT cable FROM gone"))

    @cached_property
    def _seen(self) -> Seen | None:
        # An index older than `gone` would find texts that are no longer in it.
        _ = self.gone
        path = self.folder / text_schema.FOLDER
        try:
            return files.identity(path.stat())[1], (path / "meta.json").stat().st_mtime_ns
        except OSError:
            return None

    @cached_property
    def complete(self) -> bool:
        """Whether the text index contains exactly the cables in the catalogue."""
        facts, _, text = self.stages
        if facts != text or self.gone:
            return False
        return self.text is not None and self.text.cables == facts

    def words(self) -> WordList:
        """Return those of the archive's words that consist of plain letters."""
        return self._caches.words.get(self._seen, self._load_words)

    def _load_words(self) -> WordList:
        stored_words = word_list.load_words(self.folder, self.generation)
        if stored_words is not None:
            return stored_words
        return word_list.build_words(self.text.plain_words() if self.text else ())

    def peek(self, question: Hashable) -> object | None:
        """Return the cached answer to a question, or None."""
        return self._caches.answers.peek((self._state(), question))

    def cached(self, question: Hashable, answer: Callable[[], Made]) -> Made:
        """Return the result of `answer`, cached for the same question at the same generations."""
        return self._caches.answers.get((self._state(), question), answer)

    def counted(self, plan: Plan, count: Callable[[], int]) -> int:
        """Return the number of cables that a plan of words matches; many numbers are cached."""
        return self._caches.numbers.get((self._seen, plan), count)

    def word_index(self) -> WordIndex:
        """Return the words with which the spelling of a query is compared.

        The functions of the result raise `TextIndexError`.
        """

        def count_word(word: str, prefix: bool, field: str) -> int:
            # Single words are counted quickly, and are too many: they would push other answers out.
            return count_plan(WordPrefix(word, field)) if prefix else count(AnyWord((word,), field))

        def count_plan(plan: Plan) -> int:
            return self.counted(plan, lambda: count(plan))

        def count(plan: Plan) -> int:
            return self.text.count(plan) if self.text else 0

        def about(word: str, field: str) -> int:
            return self.text.about(word, field) if self.text else 0

        def begins(prefix: str, field: str) -> bool:
            return self.text is not None and self.text.begins(prefix, field)

        def begun(prefix: str, field: str) -> tuple[tuple[str, int], ...]:
            return tuple(self.text.words(prefix, field=field, limit=_BEGUN)) if self.text else ()

        def also_written(word: str) -> tuple[str, ...]:
            try:
                return self.own.also_written(word)
            except LibraryError:  # the spellings of the archive are found without it
                return ()

        return WordIndex(count_word, about, begins, self.words, count_plan, begun, also_written)

    def per_generation(self, name: str, make: Callable[[], Made]) -> Made:
        """Return a value that is computed once per generation of the catalogue, like columns."""
        cache = self._caches.per_generation(name)
        return cast("Made", cache.get(self.generation, make, patient=self.building))

    def last(self, report: str, question: Hashable) -> object | None:
        """Return the last answer of a report if it was to this question and still holds."""
        kept = self._caches.per_generation(report).now
        return kept[1] if kept and kept[0] == (self._state(), question) else None

    def keep_last(self, report: str, question: Hashable, answer: object) -> None:
        """Keep a large answer until the report has another question."""
        kept = self._caches.per_generation(report)
        kept.get((self._state(), question), lambda: answer, patient=False)

    def _state(self) -> Hashable:
        columns = self._caches.columns.now
        return (self._seen, self.generation, columns[1].generation if columns else None)


class LruCache:
    """Answers to questions; the least recently used are dropped first. Thread-safe.

    If one thread requests a value that another thread is computing, it waits for the value. The
    weights of all answers add up to at most `most`; without a `weight` each answer weighs 1.
    """

    def __init__(self, most: int, weight: Callable[[object], int] = lambda _: 1) -> None:
        self._most = most
        self._weight = weight
        self._kept: OrderedDict[Hashable, tuple[int, object]] = OrderedDict()
        self._weighs = 0
        self._asked: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def peek(self, question: Hashable) -> object | None:
        """Return the answer if it is cached, otherwise None."""
        with self._lock:
            stored_answer = self._kept.get(question)
            return stored_answer[1] if stored_answer else None

    def get(self, question: Hashable, answer: Callable[[], Made]) -> Made:
        """Return the answer; compute it if it is not cached."""
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
                return cast("Made", self._kept[question][1])
            question_lock = self._asked.setdefault(question, threading.Lock())
        with question_lock:
            with self._lock:
                if question in self._kept:
                    return cast("Made", self._kept[question][1])
            try:
                new_answer = answer()
                self._keep(question, new_answer)
            finally:
                with self._lock:
                    self._asked.pop(question, None)
            return new_answer

    def _keep(self, question: Hashable, value: object) -> None:
        value_weight = self._weight(value)
        with self._lock:
            self._kept[question] = value_weight, value
            self._weighs += value_weight
            while self._weighs > self._most and len(self._kept) > 1:
                self._weighs -= self._kept.popitem(last=False)[1][0]


_KEPT_BYTES = 4_000_000
"""The maximum size of the cached answers in bytes, enough for the answers that a reader
returns to.
"""
_KEPT_NUMBERS = 4096
_PATIENCE = 25.0
"""How long a value stays valid during an index build: this many times as long as its computation
took. As a result, most key presses are handled while no thread computes in the background.
"""
_CHEAP = 0.1
"""The cost, in seconds, below which a value is recomputed each time."""


Seen = tuple[int, int]
"""The inode of the text index's folder, and the time of its last commit."""


class Versioned(Generic[Made]):
    """A value that is computed on first use, and recomputed when its key changes."""

    def __init__(self) -> None:
        self.patience, self.cheap = _PATIENCE, _CHEAP
        self._lock = threading.Lock()
        self._made: tuple[Hashable, Made] | None = None
        self._until = 0.0

    @property
    def now(self) -> tuple[Hashable, Made] | None:
        """The last key and its value, however old."""
        return self._made

    def get(self, key: Hashable, make: Callable[[], Made], *, patient: bool = True) -> Made:
        """Return the value for the key; compute it if it is missing.

        A `patient` caller accepts an old value. If one thread requests a value that another thread
        is computing, it waits for the value.
        """
        with self._lock:
            started_at = time.monotonic()
            if self._made and (self._made[0] == key or (patient and started_at < self._until)):
                return self._made[1]
            made_value = make()
            seconds_taken = time.monotonic() - started_at
            self._until = (
                started_at + seconds_taken * self.patience if seconds_taken > self.cheap else 0.0
            )
            self._made = (key, made_value)
            return made_value


class SearchCaches:
    """The caches that all searches of one archive share. Thread-safe."""

    def __init__(self) -> None:
        self.columns: Versioned[FacetColumns] = Versioned()
        self.words: Versioned[WordList] = Versioned()
        self.stages: Versioned[tuple[int, int, int]] = Versioned()
        self.answers = LruCache(_KEPT_BYTES, _bytes)
        self.numbers = LruCache(_KEPT_NUMBERS)
        self._text: tuple[Seen, TextIndex] | None = None
        self._per_generation: dict[str, Versioned[object]] = {}
        self._lock = threading.Lock()

    def text(self, path: Path, seen: Seen) -> TextIndex:
        """Return the text index in the state `seen`. Raises `TextIndexError`."""
        with self._lock:
            if self._text is None or self._text[0][0] != seen[0]:
                self._text = seen, TextIndex(path)
            elif self._text[0] != seen:
                self._text = seen, self._text[1].newer()
            return self._text[1]

    def per_generation(self, name: str) -> Versioned[object]:
        """Return the cache of a named value, computed once per generation of the catalogue."""
        with self._lock:
            return self._per_generation.setdefault(name, Versioned())


def _bytes(answer: object) -> int:
    """Return approximately how much memory an answer takes, in bytes."""
    if isinstance(answer, dict):
        return sum(map(_bytes, answer.values()))
    if isinstance(answer, list | tuple):
        return sum(map(_bytes, answer))
    return 100 + sys.getsizeof(answer)
