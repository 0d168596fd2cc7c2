"""What searching keeps of one archive between questions: columns, text index, known words.

Everything is made when it is first needed and made again when the catalogue's generation changes;
while an index is being built, not more often than its cost allows.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Generic, Protocol, TypeVar, cast

from cable_tui.archive import kept_columns, kept_measures, kept_words, store, texts, wordlist
from cable_tui.archive.answers import Answers
from cable_tui.archive.columns import Columns
from cable_tui.archive.fulltext import TextIndex
from cable_tui.archive.measures import Measures
from cable_tui.archive.plan import AnyWord, Beginning, Plan
from cable_tui.archive.spelling import Known
from cable_tui.archive.wordlist import WordList
from cable_tui.errors import CacheError
from cable_tui.query.own import Own

_KEPT_ANSWERS = 64
_KEPT_NUMBERS = 4096
_PATIENCE = 25.0
"""What took a second to make is good for so many seconds at least, while an index is being built:
most keys then meet no thread that computes beside them."""
_CHEAP = 0.1
"""Seconds; what costs less is always made anew."""

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


class _Kept(Generic[Made]):
    """A thing that is made late, and made again when its key changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: tuple[Hashable, Made] | None = None
        self._until = 0.0

    @property
    def now(self) -> Made | None:
        """What is there, however old, without making it."""
        made = self._made
        return made[1] if made else None

    def get(self, key: Hashable, make: Callable[[], Made], *, patient: bool = True) -> Made:
        with self._lock:
            start = time.monotonic()
            if self._made and (self._made[0] == key or (patient and start < self._until)):
                return self._made[1]
            made = make()
            cost = time.monotonic() - start
            self._until = start + cost * _PATIENCE if cost > _CHEAP else 0.0
            self._made = (key, made)
            return made


class Desk:
    """The search's working memory of one archive. May be used from several threads at once."""

    def __init__(self, source: Source) -> None:
        # The archive keeps the desk alive, not the other way round.
        self._source = weakref.ref(source)
        self._columns = _Kept[Columns]()
        self._words = _Kept[WordList]()
        self._stages = _Kept[tuple[int, int, int]]()
        self._lasting: dict[str, _Kept[object]] = {}
        self._text: TextIndex | None = None
        self._text_seen: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._answers = Answers(_KEPT_ANSWERS)
        self._numbers = Answers(_KEPT_NUMBERS)

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection for short reading."""
        return self._open().reading()

    def _open(self) -> Source:
        source = self._source()
        if source is None:
            raise CacheError("the archive was closed while it was searched")
        return source

    def generation(self) -> int:
        """The catalogue's generation now."""
        with self.reading() as db:
            return store.generation(db)

    def columns(self) -> Columns:
        """The facets of all cables."""
        facts, _, text = self.stages()
        # When the index is complete nobody asks a second time.
        return self._columns.get(self.generation(), self._load_columns, patient=text < facts)

    @property
    def columns_now(self) -> Columns | None:
        """The columns if they are there and of this generation; they are not loaded."""
        made = self._columns.now
        return made if made and made.generation == self.generation() else None

    def _load_columns(self) -> Columns:
        with self.reading() as db:
            return kept_columns.load(db, self._open().folder)

    def own(self) -> Own:
        """What the reader keeps now."""
        return self._open().own()

    def measures(self) -> Measures:
        """Flags and sizes of the cables that the grammar has been to."""
        return self.lasting("measures", self._load_measures)

    def _load_measures(self) -> Measures:
        with self.reading() as db:
            return kept_measures.load(db, self._open().folder)

    def stages(self) -> tuple[int, int, int]:
        """Cables whose facts, grammar and text are there."""
        return self._stages.get(self.generation(), self._count_stages)

    def _count_stages(self) -> tuple[int, int, int]:
        with self.reading() as db:
            facts, grammar, text = (
                store.get_number(db, f"count:{table}") for table in ("cable", "grammar", "text")
            )
        return facts, grammar, text

    def text(self) -> TextIndex | None:
        """The text index as it is now; None where there is none yet. Raises `TextIndexError`."""
        path = self._open().folder / texts.FOLDER
        try:
            seen = (path.stat().st_ino, (path / "meta.json").stat().st_mtime_ns)
        except OSError:
            return None
        with self._lock:
            if self._text_seen != seen:
                if self._text and self._text_seen and self._text_seen[0] == seen[0]:
                    self._text.reload()
                else:
                    self._text = TextIndex(path)
                self._text_seen = seen
            return self._text

    @property
    def known(self) -> Known:
        """What spelling is checked against."""
        return Known(self._count_word, self._about, self._begins, self.words, self._count_words)

    def _about(self, word: str) -> int:
        index = self.text()
        return index.about(word) if index else 0

    def _begins(self, prefix: str) -> bool:
        index = self.text()
        return index is not None and index.begins(prefix)

    def _count_word(self, word: str, prefix: bool) -> int:
        # A word is soon counted, and a query asks for many: they would push other answers out.
        return self._count_words(Beginning(word)) if prefix else self._count(AnyWord((word,)))

    def _count_words(self, plan: Plan) -> int:
        return self.counted(plan, lambda: self._count(plan))

    def _count(self, plan: Plan) -> int:
        index = self.text()
        return index.count(plan) if index else 0

    def words(self) -> WordList:
        """The archive's words of plain letters."""
        self.text()
        return self._words.get(self._text_seen, self._load_words)

    def _load_words(self) -> WordList:
        found = kept_words.load(self._open().folder, self.generation())
        if found is not None:
            return found
        index = self.text()
        return wordlist.gathered(index.plain_words() if index else ())

    def recalled(self, question: Hashable) -> object | None:
        """What `remembered` would give without asking; None where nothing is kept."""
        return self._answers.known((self._state(), question))

    def remembered(self, question: Hashable, answer: Callable[[], Made]) -> Made:
        """What `answer` gives, kept for the same question at the same generations."""
        return self._answers.get((self._state(), question), answer)

    def counted(self, plan: Plan, count: Callable[[], int]) -> int:
        """How many cables a plan of words finds; many such numbers are kept."""
        return self._numbers.get((self._text_seen, plan), count)

    def lasting(self, name: str, make: Callable[[], Made]) -> Made:
        """A thing that is made once for a generation of the catalogue, as columns are."""
        facts, _, text = self.stages()
        with self._lock:
            kept = self._lasting.setdefault(name, _Kept())
        return cast("Made", kept.get(self.generation(), make, patient=text < facts))

    def complete(self, of: Columns) -> bool:
        """Whether the text index holds the very cables of the columns."""
        facts, _, text = self.stages()
        index = self.text()
        cables = len(of.ids)
        return facts == text == cables and index is not None and index.cables == cables

    def _state(self) -> Hashable:
        kept = self._columns.now
        return (self._text_seen, self.generation(), kept.generation if kept else None)


_DESKS: weakref.WeakKeyDictionary[Source, Desk] = weakref.WeakKeyDictionary()
_DESKS_LOCK = threading.Lock()


def desk_of(source: Source) -> Desk:
    """The desk of an archive, the same one as long as the archive is in use."""
    with _DESKS_LOCK:
        if source not in _DESKS:
            _DESKS[source] = Desk(source)
        return _DESKS[source]
