"""What a question is answered from: columns, text index, known words, and what was answered before.

Everything is made when it is first needed and kept in the archive's drawers; it is made again when
the catalogue's generation changes, while an index is being built not more often than its cost
allows.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar, cast

from cable_tui.archive import kept_columns, kept_measures, kept_words, store, texts, wordlist
from cable_tui.archive.columns import Columns
from cable_tui.archive.drawers import Drawers, Seen
from cable_tui.archive.fulltext import TextIndex
from cable_tui.archive.measures import Measures
from cable_tui.archive.plan import Plan
from cable_tui.archive.wordlist import WordList
from cable_tui.query.own import Own

Made = TypeVar("Made")


class Source(Protocol):
    """What the desk needs of an archive."""

    @property
    def folder(self) -> Path:
        """The folder of the cache."""

    @property
    def own(self) -> Callable[[], Own]:
        """What the reader keeps."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection for short reading."""


class Desk:
    """One question's view of an archive: what it has seen once stays so until it is answered."""

    def __init__(self, source: Source, drawers: Drawers) -> None:
        self._source = source
        self._drawers = drawers

    def again(self) -> Desk:
        """A view of the archive as it is now."""
        return Desk(self._source, self._drawers)

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection for short reading."""
        return self._source.reading()

    @cached_property
    def folder(self) -> Path:
        """The folder of the cache."""
        return self._source.folder

    @cached_property
    def own(self) -> Own:
        """What the reader keeps."""
        return self._source.own()

    @cached_property
    def generation(self) -> int:
        """The catalogue's generation."""
        with self.reading() as db:
            return store.generation(db)

    @cached_property
    def stages(self) -> tuple[int, int, int]:
        """Cables whose facts, grammar and text are there."""
        return self._drawers.stages.get(self.generation, self._count_stages)

    def _count_stages(self) -> tuple[int, int, int]:
        with self.reading() as db:
            facts, grammar, text = (
                store.get_number(db, f"count:{table}") for table in ("cable", "grammar", "text")
            )
        return facts, grammar, text

    @property
    def building(self) -> bool:
        """Whether texts are still to be indexed: when none are, nobody asks a second time."""
        facts, _, text = self.stages
        return text < facts

    @cached_property
    def columns(self) -> Columns:
        """The facets of all cables."""
        drawer = self._drawers.columns
        return drawer.get(self.generation, self._load_columns, patient=self.building)

    def _load_columns(self) -> Columns:
        with self.reading() as db:
            return kept_columns.load(db, self.folder)

    def measures(self) -> Measures:
        """Flags and sizes of the cables that the grammar has been to."""
        return self.lasting("measures", self._load_measures)

    def _load_measures(self) -> Measures:
        with self.reading() as db:
            return kept_measures.load(db, self.folder)

    @cached_property
    def text(self) -> TextIndex | None:
        """The text index; None where there is none yet. Raises `TextIndexError`."""
        seen = self._seen
        return None if seen is None else self._drawers.text(self.folder / texts.FOLDER, seen)

    @cached_property
    def gone(self) -> frozenset[int]:
        """Cables of which the text index may hold a text that they no longer have."""
        # Answers are kept by the generation: it must not be newer than what is gone.
        _ = self.generation
        with self.reading() as db:
            return frozenset(id_ for (id_,) in db.execute("SELECT cable FROM gone"))

    @cached_property
    def _seen(self) -> Seen | None:
        # An index that is older than what is gone would find what is no longer called gone.
        _ = self.gone
        path = self.folder / texts.FOLDER
        try:
            return path.stat().st_ino, (path / "meta.json").stat().st_mtime_ns
        except OSError:
            return None

    @cached_property
    def complete(self) -> bool:
        """Whether the text index holds the very cables of the catalogue."""
        facts, _, text = self.stages
        if facts != text or self.gone:
            return False
        return self.text is not None and self.text.cables == facts

    def words(self) -> WordList:
        """The archive's words of plain letters."""
        return self._drawers.words.get(self._seen, self._load_words)

    def _load_words(self) -> WordList:
        found = kept_words.load(self.folder, self.generation)
        if found is not None:
            return found
        return wordlist.gathered(self.text.plain_words() if self.text else ())

    def recalled(self, question: Hashable) -> object | None:
        """What `remembered` would give without asking; None where nothing is kept."""
        return self._drawers.answers.known((self._state(), question))

    def remembered(self, question: Hashable, answer: Callable[[], Made]) -> Made:
        """What `answer` gives, kept for the same question at the same generations."""
        return self._drawers.answers.get((self._state(), question), answer)

    def counted(self, plan: Plan, count: Callable[[], int]) -> int:
        """How many cables a plan of words finds; many such numbers are kept."""
        return self._drawers.numbers.get((self._seen, plan), count)

    def lasting(self, name: str, make: Callable[[], Made]) -> Made:
        """A thing that is made once for a generation of the catalogue, as columns are."""
        drawer = self._drawers.lasting(name)
        return cast("Made", drawer.get(self.generation, make, patient=self.building))

    def _state(self) -> Hashable:
        columns = self._drawers.columns.now
        return (self._seen, self.generation, columns[1].generation if columns else None)


_DRAWERS: weakref.WeakKeyDictionary[Source, Drawers] = weakref.WeakKeyDictionary()
_DRAWERS_LOCK = threading.Lock()


def desk_of(source: Source) -> Desk:
    """A desk for one question to an archive; its drawers stay as long as the archive is in use."""
    with _DRAWERS_LOCK:
        if source not in _DRAWERS:
            _DRAWERS[source] = Drawers()
        return Desk(source, _DRAWERS[source])
