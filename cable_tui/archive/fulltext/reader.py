"""The reading side of the text index: plans in, ids out."""

from __future__ import annotations

import string
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.fulltext import blocks, halves, lent, ranking
from cable_tui.archive.fulltext.queries import Asker
from cable_tui.archive.fulltext.schema import (
    ANYWHERE,
    GENERATION,
    ID_MASK,
    guarded,
    opened,
    sound,
)
from cable_tui.archive.plan import Plan

if TYPE_CHECKING:
    import tantivy

_TIED = 500
"""Equally good cables, at most: the same words in texts of one length."""


class TextIndex:
    """The reading side. Safe for threads; sees a commit after `reload`.

    Raises `TextIndexError` where the index is missing, damaged or of another version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open()

    def _open(self) -> None:
        with guarded(self._path), lent.readable(self._path) as path:
            self._index = opened(path, make=False)
            self._schema = self._index.schema
            self._index.config_reader("manual")
            self._searcher = self._index.searcher()
            self._asker = Asker(self._schema, self._searcher)

    @property
    def generation(self) -> int:
        """The number of the last commit; 0 where none is known."""
        try:
            text = (self._path / GENERATION).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return 0
        return int(text) if text.isdigit() else 0

    @property
    def cables(self) -> int:
        """Cables that can be found."""
        with guarded(self._path):
            return self._searcher.num_docs

    def reload(self) -> None:
        """See what was committed since."""
        if not lent.is_ours(self._path):
            self._open()
            return
        with guarded(self._path):
            self._index.reload()
            self._searcher = self._index.searcher()
            self._asker = Asker(self._schema, self._searcher)

    def count(self, plan: Plan) -> int:
        """How many cables a plan of words finds."""
        with guarded(self._path):
            return _total(self._searcher, self._asker.query(plan))

    def ids(
        self,
        plan: Plan,
        *,
        newest: bool = True,
        within: Sequence[int] | None = None,
        count: int | None = None,
    ) -> array[int]:
        """Ids of the cables that a plan of words finds, by time and then id.

        `within` are the ids to look among, a few thousand at most; `count` is the number of ids,
        where it is known.
        """
        with guarded(self._path):
            searcher = self._searcher
            query = self._asker.query(plan)
            if within is not None:
                query = self._asker.among(query, within)
            most = _total(searcher, query) if count is None else count
            return _by_key(searcher, query, max(1, most), newest=newest)[0]

    def bits(self, plan: Plan, size: int) -> int:
        """The ids below `size` that a plan of words finds, as the bits of one number."""
        with guarded(self._path):
            return blocks.chosen(self._searcher, self._asker.query(plan), size)

    def first(self, plan: Plan, limit: int, *, newest: bool = True) -> tuple[array[int], int]:
        """The first of these ids, and how many there are in all."""
        with guarded(self._path):
            query = self._asker.query(plan)
            if halves.is_slow(plan, self._cables_with):
                return self._first_in_halves(query, limit, newest=newest)
            return _by_key(self._searcher, query, max(1, limit), newest=newest)

    def _first_in_halves(
        self, query: tantivy.Query, limit: int, *, newest: bool
    ) -> tuple[array[int], int]:
        searcher = self._searcher

        def ask(half: tantivy.Query) -> tuple[list[int], int]:
            return _keys(searcher, half, max(1, limit), newest=newest)

        answers = halves.both(self._schema, searcher, query, ask)
        keys = sorted((key for some, _ in answers for key in some), reverse=newest)[:limit]
        return array("I", [key & ID_MASK for key in keys]), sum(count for _, count in answers)

    def _cables_with(self, word: str) -> int:
        """About how many cables have a folded word."""
        return max(self._searcher.doc_freq(field, sound(word)) for field in ANYWHERE)

    def ranked(self, plan: Plan, *, limit: int | None = None) -> array[int]:
        """The same, the best first: words in subject and summary count for more."""
        return array("I", [id_ for id_, _ in self.scored(plan, limit=limit)])

    def scored(self, plan: Plan, *, limit: int | None = None) -> list[tuple[int, float]]:
        """The ids that `ranked` gives, with the scores that they are ranked by.

        What is equally good comes by time, the newest first.
        """
        with guarded(self._path):
            if tiers := ranking.tiers(self._asker, plan):
                return self._by_tiers(tiers, limit)
            query = ranking.ranking(self._asker, plan)
            searcher = self._searcher
            most = _most(searcher, query, limit)
            # Of equally good ones the engine takes any; the last ones are sorted out of more.
            hits = searcher.search(query, limit=most + _TIED, count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in hits])
        best = sorted((score, int(key or 0)) for (score, _), key in zip(hits, keys, strict=True))
        return [(key & ID_MASK, score) for score, key in best[: -most - 1 : -1]]

    def _by_tiers(self, tiers: list[tantivy.Query], limit: int | None) -> list[tuple[int, float]]:
        found: list[tuple[int, float]] = []
        for score, query in zip(range(len(tiers), 0, -1), tiers, strict=True):
            most = _most(self._searcher, query, None if limit is None else limit - len(found))
            ids, _ = _by_key(self._searcher, query, most, newest=True)
            found += [(id_, float(score)) for id_ in ids]
            if limit is not None and len(found) >= limit:
                break
        return found

    def near_subjects(self, words: Iterable[Sequence[str]], limit: int) -> array[int]:
        """Ids of cables with most of these words in the subject, each in one of its spellings."""
        import tantivy

        with guarded(self._path):
            wanted = [self._asker.any_word(spellings, "subject") for spellings in words]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in wanted])
            searcher = self._searcher
            hits = searcher.search(query, limit=limit, count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in hits])
        return array("I", [int(key or 0) & ID_MASK for key in keys])

    def about(self, word: str) -> int:
        """Cables that hold a folded word, or somewhat more; it costs next to nothing."""
        with guarded(self._path):
            return sum(self._searcher.doc_freq(field, sound(word)) for field in ANYWHERE)

    def begins(self, prefix: str) -> bool:
        """Whether a word begins so; it costs next to nothing."""
        with guarded(self._path):
            find = self._searcher.terms_with_prefix
            return any(find(field, sound(prefix), limit=1) for field in ANYWHERE)

    def plain_words(self) -> Iterator[tuple[str, int]]:
        """Every word that begins with two plain letters, as `words` gives them."""
        # Few at a time: one call for all of them would hold up other threads.
        for first, second in product(string.ascii_lowercase, repeat=2):
            yield from self.words(first + second)

    def words(
        self, prefix: str = "", *, field: str = "", limit: int | None = None
    ) -> list[tuple[str, int]]:
        """Words that begin so, with their numbers of cables, the most frequent first.

        Deleted cables count until their segment is merged, and of the places of a cable only the
        one counts where most cables have the word.
        """
        found: dict[str, int] = {}
        with guarded(self._path):
            for each in (field,) if field else ANYWHERE:
                for word, count in self._searcher.terms_with_prefix(
                    each, sound(prefix), limit=limit
                ):
                    found[word] = max(count, found.get(word, 0))
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return best if limit is None else best[:limit]


def _by_key(
    searcher: tantivy.Searcher, query: tantivy.Query, limit: int, *, newest: bool
) -> tuple[array[int], int]:
    keys, count = _keys(searcher, query, limit, newest=newest)
    return array("I", [key & ID_MASK for key in keys]), count


def _keys(
    searcher: tantivy.Searcher, query: tantivy.Query, limit: int, *, newest: bool
) -> tuple[list[int], int]:
    import tantivy

    order = tantivy.Order.Desc if newest else tantivy.Order.Asc
    result = searcher.search(query, limit=limit, order_by_field="key", order=order)
    return [key for key, _ in result.hits], _count(result)


def _total(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    return _count(searcher.search(query, limit=1))


def _count(result: tantivy.SearchResult) -> int:
    return int(result.count or 0)  # type: ignore[attr-defined]  # missing in their stub


def _most(searcher: tantivy.Searcher, query: tantivy.Query, limit: int | None) -> int:
    """The limit to ask for: the engine takes neither none nor zero."""
    return max(1, _total(searcher, query) if limit is None else limit)
