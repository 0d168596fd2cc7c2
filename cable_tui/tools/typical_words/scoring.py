"""Score typical words: words more frequent in some cables than in others, by log-likelihood.

A cable either contains a word or does not; repetitions within a cable do not count. The words come
from the subject and the text of the displayed record. TAGS, captions, labels, and the names of
classifiers and signers are left out. A search for `body:=WORD` finds the same cables.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from heapq import nlargest, nsmallest
from math import log, log2
from typing import NamedTuple

from cable_tui.archive.columns.bitset import IdSet
from cable_tui.archive.fulltext.schema import OUTSIDE
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.search.engine import asked_of_index, plan_of
from cable_tui.archive.search.index_filters import vocabulary
from cable_tui.archive.search.row_sets import in_regions
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.archive.texts import Text
from cable_tui.base.errors import CacheError
from cable_tui.glossary.tables import ordinary_words
from cable_tui.query import Filter, Query
from cable_tui.query.fields import regions_named
from cable_tui.query.plan import (
    And,
    AnyWord,
    DayRange,
    Not,
    Or,
    Plan,
    WordPhrase,
    WordPrefix,
)
from cable_tui.telegram.prose import own_text
from cable_tui.telegram.reading import Reading
from cable_tui.text import second_readings, word_set

MOST_READ = 2_000
"""The maximum number of a query's cables whose texts are read. A larger query is sampled."""
LEAST_SCORE = 3.84
"""The minimum score of a listed word. One word in twenty scores higher by chance alone."""
_POSTINGS = 30_000_000
"""The maximum number of postings that the index reads for the words of a sample, which takes about
half a second.
"""
_SOON = 60
"""The maximum number of words counted while texts are still being read."""
_OFTEN = 5
"""The number of read cables that must contain a word for the word to count as frequent. Frequent
words are counted first.
"""
_FIELD = "body"
"""The index field that contains the subject and body."""


class TypicalWord(NamedTuple):
    """A word, the number of cables that contain it, and its score."""

    word: str
    """The word, folded as in the index."""
    cables: int
    """The number of cables matching the query that contain the word."""
    elsewhere: int
    """The number of other cables that contain the word."""
    score: float
    """The log-likelihood (G2) of the table of cables, in the query or elsewhere, with the word or
    without it.
    """
    ratio: float
    """The binary logarithm of the ratio between the two shares. Zero cables count as a half."""
    ordinary: bool = False
    """Whether the word is an everyday English word that conveys little."""
    share: float = 0.0
    """The share of the query's cables that contain the word, from 0 to 1."""
    share_elsewhere: float = 0.0


class _Group:
    """A group of cables, with counts of the cables that contain a word.

    The counts come from the texts or from the index.
    """

    def __init__(self, ids: Sequence[int], drawn: Sequence[int], count: Callable[[str], int]):
        self.size = len(ids)
        self.drawn = drawn
        """The cables whose texts are read."""
        self.read = 0
        self.having: Counter[str] = Counter()
        """The number of read cables that contain each word."""
        self._count = count
        self._counted: dict[str, int] = {}

    @property
    def is_whole(self) -> bool:
        """Whether the text of every cable was read."""
        return self.read == self.size

    def estimate(self, word: str) -> float:
        """Estimate from the read texts how many cables of the group contain a word."""
        return self.having[word] * self.size / max(self.read, 1)

    def count(self, word: str) -> int:
        """Return how many cables of the group contain a word."""
        if self.is_whole:
            return self.having[word]
        if word not in self._counted:
            self._counted[word] = self._count(word)
        return self._counted[word]


class WordCounts:
    """Count the words in a query's cables and in other cables, while their texts are read.

    The other cables are those that a second query finds and the first does not. Without a second
    query, they are all cables that the first query does not find. Raises `CacheError`.
    """

    most = 8_000
    """The maximum number of words that the index counts."""
    top = 50
    """The number of top rows that must be complete before less promising words are counted."""
    first = 500
    """The maximum number of words that are counted first."""

    def __init__(
        self,
        source: SnapshotSource,
        asked: tuple[Query, Sequence[int]],
        against: tuple[Query, Sequence[int]] | None,
        most_read: int | None = None,
    ) -> None:
        most_read = MOST_READ if most_read is None else most_read
        self._snapshot = snapshot = Snapshot(source)
        if snapshot.text is None:
            raise CacheError("no text is indexed yet; wait, or run `cable-tui index`")
        self._index = snapshot.text
        columns = snapshot.columns
        query, ids = asked
        query_bits = columns.of_ids(ids)
        plan = _plan(source, query)
        compared_bits = columns.everything if against is None else columns.of_ids(against[1])
        other_ids = columns.ids_of(compared_bits & ~query_bits)
        self.here = _Group(ids, _drawn(snapshot, ids, most_read), self._counter(plan, query_bits))
        if against is None:
            self.others = _Group(other_ids, (), self._rest)
        else:
            compared_plan = _plan(source, against[0])
            compared_only = And((compared_plan, Not(plan))) if plan and compared_plan else None
            compared_counter = self._counter(compared_only, compared_bits & ~query_bits)
            self.others = _Group(
                other_ids, _drawn(snapshot, other_ids, most_read), compared_counter
            )
        self.names = _names(snapshot, query)
        """The words in the names of the query's posts and TAGS, which are left out."""
        self.searched = _Searched(plan_of(source, query))
        """The words that the query searches for, which are also left out."""
        self._said: set[str] = set()

    def _rest(self, word: str) -> int:
        cables_with_word = self._index.count(AnyWord((word,), _FIELD))
        cables_outside = self._index.count(AnyWord((word,), OUTSIDE)) if self._outside(word) else 0
        return cables_with_word - cables_outside - self.here.count(word)

    def _counter(self, plan: Plan | None, bits: int) -> Callable[[str], int]:
        """Return a function that counts the cables of a plan that contain a word.

        It counts by bits if the index cannot count.
        """
        index, size = self._index, self._snapshot.columns.size

        def of_field(index_field: str) -> Callable[[str], int]:
            if plan is not None:
                return _by_months(index, plan, index_field) or index.counter(plan, index_field)
            return lambda word: (index.bits(AnyWord((word,), index_field), size) & bits).bit_count()

        count_in_field, count_outside = of_field(_FIELD), of_field(OUTSIDE)
        return lambda word: (
            count_in_field(word) - (count_outside(word) if self._outside(word) else 0)
        )

    def read(self, texts: Callable[[Sequence[int]], Iterable[Text]]) -> Iterator[None]:
        """Read the necessary texts, one cable at a time."""
        for cable_group in (self.here, self.others):
            subjects = self._subjects(cable_group.drawn)
            for task, raw, *_ in texts(cable_group.drawn):
                if raw is None:
                    continue
                own_body = own_text(Reading(raw.body), task.head_end)
                texts_of_it = (subjects.get(task.cable, ""), own_body, *second_readings(own_body))
                words = word_set(" ".join(texts_of_it))
                if cable_group is self.here:
                    self._said |= words
                cable_group.having.update(words)
                cable_group.read += 1
                yield

    def _subjects(self, ids: Sequence[int]) -> dict[int, str]:
        sql = "SELECT cable, subject FROM grammar WHERE cable IN (SELECT value FROM json_each(?))"
        with self._snapshot.reading() as db:
            return dict(db.execute(sql, (json.dumps(list(ids)),)))

    def rows(self, least: int, *, soon: bool = False) -> list[TypicalWord]:
        """Return the words that at least `least` cables of the query contain, unordered.

        `soon` limits the answer to the few most promising words.
        """
        candidates = {
            word
            for word in self._said
            if len(word) > 1 and not word.isnumeric() and word not in self.searched
        } - self.names
        if self.here.is_whole and not soon:
            words = [word for word in candidates if self.here.having[word] >= least]
        elif soon:
            words = nlargest(_SOON, candidates, key=self._promise)
        else:
            words = self._promising(candidates)
        rows = map(self._row, filter(self._may_be_typical, words))
        return [row for row in rows if row.cables >= least and row.score >= LEAST_SCORE]

    def _promising(self, words: set[str]) -> list[str]:
        """Return the most promising words of the read texts, as many as can be counted quickly.

        The rarest words look promising by chance, so the most promising frequent words are counted
        first. Their scores show how many cables must contain a word at the top of the list.
        """
        promise_of_word = {word: self._promise(word) for word in words}.__getitem__
        frequent_words = (word for word in words if self.here.having[word] >= _OFTEN)
        first_words = nlargest(self.first, frequent_words, key=promise_of_word)
        scores = nlargest(self.top, (self._row(word).score for word in first_words))
        least_cables = self._least(scores[-1]) if len(scores) == self.top else 0
        possible = {
            word for word in words.difference(first_words) if self._about(word) >= least_cables
        }
        rest_of_words = nlargest(self.most - len(first_words), possible, key=promise_of_word)
        if words_to_add := self.most - len(first_words) - len(rest_of_words):
            rest_of_words += nlargest(
                words_to_add, words.difference(first_words, possible), key=promise_of_word
            )
        postings = sum(min(self._about(word), self.here.size) for word in first_words)
        for word in rest_of_words:
            postings += min(self._about(word), self.here.size)
            if postings > _POSTINGS:
                break
            first_words.append(word)
        return first_words

    def _least(self, score: float) -> int:
        """Return how many cables must contain a word for a score, if all are in the query."""
        cable_numbers = range(self.here.size)
        return bisect_left(cable_numbers, score, key=lambda number: self._scored(number, 0))

    def _may_be_typical(self, word: str) -> bool:
        """Return whether a word can be listed, given its estimated count elsewhere."""
        cables_here = self.here.count(word)
        # Removed cables are in the estimate until the index merges its parts.
        cables_elsewhere = min(max(self._about(word) - cables_here, 0), self.others.size)
        return (
            bool(self.others.read) or 2 * self._scored(cables_here, cables_elsewhere) >= LEAST_SCORE
        )

    @cached_property
    def _known(self) -> dict[str, int]:
        """The number of cables that contain each word of plain letters.

        Reading all numbers at once is faster than asking word by word.
        """
        return dict(self._snapshot.words())

    @cached_property
    def _known_outside(self) -> dict[str, int]:
        """The number of cables that contain each word of plain letters only outside their text."""
        return dict(self._index.plain_words(OUTSIDE))

    def _outside(self, word: str) -> int:
        """Return about how many cables contain a word only outside their text, never too few."""
        first_letters = word[:2]
        if first_letters.isascii() and first_letters.isalpha():
            return self._known_outside.get(word, 0)
        return self._index.about(word, OUTSIDE)

    def _about(self, word: str) -> int:
        """Return the approximate number of cables that contain a word in their text."""
        known_count = self._known.get(word)
        cables_with_word = self._index.about(word, _FIELD) if known_count is None else known_count
        return max(cables_with_word - self._outside(word), 0)

    def _promise(self, word: str) -> tuple[float, str]:
        """Return a sort key for a word: its likely score, then the word."""
        cables_about = self._about(word)
        estimate_here = min(self.here.estimate(word), cables_about)
        if self.others.read:
            estimate_elsewhere = self.others.estimate(word)
        else:
            other_cables = max(self._index.cables - self.here.size, 1)
            estimate_elsewhere = (cables_about - estimate_here) * self.others.size / other_cables
        return self._scored(estimate_here, min(estimate_elsewhere, self.others.size)), word

    def _scored(self, here: float, elsewhere: float) -> float:
        score = log_likelihood(here, self.here.size, elsewhere, self.others.size)
        return score if here * self.others.size > elsewhere * self.here.size else -score

    def _row(self, word: str) -> TypicalWord:
        count_here, count_elsewhere = self.here.count(word), self.others.count(word)
        ratio = (count_here or 0.5) * self.others.size / ((count_elsewhere or 0.5) * self.here.size)
        score = self._scored(count_here, count_elsewhere)
        return TypicalWord(
            word,
            count_here,
            count_elsewhere,
            score,
            log2(ratio),
            word in ordinary_words(),
            count_here / self.here.size,
            count_elsewhere / self.others.size,
        )


class _Searched:
    """The words that a plan searches for, except the words that it excludes."""

    def __init__(self, plan: Plan) -> None:
        self.words: set[str] = set()
        self._prefixes: list[str] = []
        self._walk(plan)

    def _walk(self, plan: Plan) -> None:
        match plan:
            case AnyWord():
                self.words.update(plan.words, plan.lesser)
            case WordPrefix():
                self._prefixes.append(plan.prefix)
            case WordPhrase():
                self.words.update(plan.words)
                if plan.prefix:
                    self._prefixes.append(plan.words[-1])
            case And(parts) | Or(parts):
                for query_part in parts:
                    self._walk(query_part)

    def __contains__(self, word: str) -> bool:
        return word in self.words or word.startswith(tuple(self._prefixes))


def _by_months(index: TextIndex, plan: Plan, field: str) -> Callable[[str], int] | None:
    """Return a function that counts a word's cables in whole months, or None for other plans.

    For a range of days, the index would search once for each word. Here, months are counted for all
    words at once.
    """
    plan_parts = plan.parts if isinstance(plan, And) else (plan,)
    day_ranges = [plan_part for plan_part in plan_parts if isinstance(plan_part, DayRange)]
    if len(day_ranges) != 1:
        return None
    ((facet, first_day, last_day),) = ((day.facet, day.first, day.last) for day in day_ranges)
    days_of_last = monthrange(max(last_day // 10_000, 1), last_day // 100 % 100)[1]
    if first_day % 100 != 1 or last_day % 100 != days_of_last:
        return None
    other_parts = tuple(plan_part for plan_part in plan_parts if plan_part is not day_ranges[0])

    def count(word: str) -> int:
        months = index.tallies(And((*other_parts, AnyWord((word,), field))), (facet,))[facet]
        return sum(
            count for month, count in months.items() if first_day // 100 <= month <= last_day // 100
        )

    return count


def log_likelihood(here: float, size: int, elsewhere: float, others: int) -> float:
    """Return a word's G2, from the number of cables in each group that contain it (Dunning 1993).

    All four cells of the table are added up.
    """
    total_with_word, total = here + elsewhere, size + others
    cells = (
        (here, size * total_with_word),
        (elsewhere, others * total_with_word),
        (size - here, size * (total - total_with_word)),
        (others - elsewhere, others * (total - total_with_word)),
    )
    return 2 * sum(
        observed * log(observed * total / product) for observed, product in cells if observed > 0
    )


def _plan(source: SnapshotSource, query: Query) -> Plan | None:
    index_query = asked_of_index(source, query)
    return None if index_query is None else index_query.plan


def _drawn(snapshot: Snapshot, ids: Sequence[int], most: int) -> Sequence[int]:
    """Return all ids if there are few; otherwise a fixed sample, with the lowest checksums."""
    if len(ids) <= most:
        return ids
    columns = snapshot.columns
    mask = IdSet(columns.of_ids(ids), columns.size).mask
    with snapshot.reading() as db:
        id_checksums = (
            (zlib.crc32(canonical_id.encode()), id_)
            for id_, canonical_id in db.execute("SELECT id, canonical FROM cable")
            if id_ < len(mask) and mask[id_]
        )
        return [id_ for _, id_ in nsmallest(most, id_checksums)]


def _names(snapshot: Snapshot, query: Query) -> frozenset[str]:
    """Return the words in the names, codes and titles of the posts and TAGS in a query."""
    asked_names: set[str] = set()
    for query_term in query.filters:
        if not isinstance(query_term, Filter) or query_term.negated:
            continue
        if query_term.facet == "region":
            regions = regions_named(query_term.value)
            posts = vocabulary(snapshot, "origin").texts.values()
            asked_names.update(post for post in posts if in_regions(post, regions))
        elif query_term.facet in ("origin", "tag"):
            known_values = vocabulary(snapshot, query_term.facet)
            for code in known_values.chosen(query_term.value):
                asked_names.update(
                    (known_values.texts[code], known_values.title(known_values.texts[code]))
                )
    return frozenset(word_set(" ".join(asked_names)))
