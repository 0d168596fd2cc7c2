"""The reading side of the text index: it takes plans and returns ids.

All hits are returned as the bits of one number, without a Python object for each: the engine sums
up, for each block of ids, the bits of the cables that match. A slow query, such as a phrase of
frequent words whose positions the engine compares in every cable, is run as two parallel halves.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import tantivy

from cable_tui.archive.fulltext import index_files, ranking
from cable_tui.archive.fulltext.query_builder import QueryBuilder
from cable_tui.archive.fulltext.ranking import Scored, top_hits
from cable_tui.archive.fulltext.schema import (
    ANYWHERE,
    BLOCK,
    HALF,
    HALVES,
    ID_MASK,
    filed_in,
    generation_of,
    guarded,
    opened,
    sound,
)
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.query import FACETS
from cable_tui.query.plan import And, AnyWord, DayRange, Or, Plan, TermCodes, WordPhrase
from cable_tui.text.folding import LETTERS

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Answer = TypeVar("Answer")

_AT_ONCE = 500
"""The maximum number of cables for which a query is run at once."""


class BestCables(NamedTuple):
    """The best cables of a plan, best first."""

    ids: array[int]
    hits: int
    """The total number of hits."""
    scores: array[float]


class TextIndex:
    """The index at the commit that was current when the object was created. Thread-safe.

    Raises `TextIndexError` if the index is missing, damaged or of another version.
    """

    often = 20_000
    """The number of cables containing the rarest word of a run above which the run is slow: about 5
    ms.
    """

    def __init__(self, path: Path, index: tantivy.Index | None = None) -> None:
        self._path = path
        with guarded(path):
            self._index = index or _opened(path)
            self._schema = self._index.schema
            self._searcher = self._index.searcher()
            self._builder = QueryBuilder(self._schema, self._searcher)

    def newer(self) -> TextIndex:
        """Return the same index with later commits; this object does not change."""
        if not index_files.is_ours(self._path):
            return TextIndex(self._path)
        with guarded(self._path):
            self._index.reload()
        return TextIndex(self._path, self._index)

    @property
    def generation(self) -> int:
        """The number of the last commit, or 0 if it is unknown."""
        return generation_of(self._path)

    @property
    def cables(self) -> int:
        """The number of cables that can be found."""
        with guarded(self._path):
            return self._searcher.num_docs

    def count(self, plan: Plan) -> int:
        """Return how many cables match a plan of words."""
        with guarded(self._path):
            return _total(self._searcher, self._builder.query(plan))

    def counter(self, plan: Plan, field: str) -> Callable[[str], int]:
        """Return a function that counts the cables of a plan with a folded word in a field."""
        must_occur = tantivy.Occur.Must
        with guarded(self._path):
            plan_query = self._builder.query(plan)

        def count(word: str) -> int:
            with guarded(self._path):
                word_query = self._builder.query(AnyWord((word,), field))
                plan_and_word = tantivy.Query.boolean_query(
                    [(must_occur, plan_query), (must_occur, word_query)]
                )
                return _total(self._searcher, plan_and_word)

        return count

    def ids(self, plan: Plan, *, newest: bool = True, count: int | None = None) -> array[int]:
        """Return the ids of the cables that match a plan of words, by time and then id.

        `count` is the number of these cables, if known.
        """
        most_ids = self.count(plan) if count is None else count
        return self.first(plan, most_ids, newest=newest)[0]

    def bits(self, plan: Plan, size: int, most: int = 30_000) -> int:
        """Return the ids below `size` that match a plan of words, as the bits of one number.

        They are requested in batches of `most` blocks; the engine refuses more than 65,000 numbers.
        """
        with guarded(self._path):
            return matching_ids(self._searcher, self._builder.query(plan), size, most)

    def first(self, plan: Plan, limit: int, *, newest: bool = True) -> tuple[array[int], int]:
        """Return the first ids of a plan of words by time, and the total number of ids."""

        def ask(query: tantivy.Query) -> tuple[list[int], int]:
            return _keys(self._searcher, query, max(1, limit), newest=newest)

        with guarded(self._path):
            half_answers = self._answers(plan, self._builder.query(plan), ask)
        sort_keys = (
            half_answers[0][0]
            if len(half_answers) == 1
            else [sort_key for half_keys, _ in half_answers for sort_key in half_keys]
        )
        if len(half_answers) > 1:
            sort_keys = sorted(sort_keys, reverse=newest)[:limit]
        return _ids_of(sort_keys), sum(hit_count for _, hit_count in half_answers)

    def _answers(
        self, plan: Plan, query: tantivy.Query, ask: Callable[[tantivy.Query], Answer]
    ) -> list[Answer]:
        """Return the answer to a plan's query.

        For a slow query, return two answers, one for each half.
        """
        if is_slow(plan, self._cables_with, self.often):
            return in_parallel(self._schema, self._middle, query, ask)
        return [ask(query)]

    @cached_property
    def _middle(self) -> int:
        """An id that divides the cables into two halves."""
        all_query = tantivy.Query.all_query()
        last_hit = self._searcher.search(all_query, limit=1, count=False, order_by_field="id").hits
        return int(last_hit[0][0]) // 2 if last_hit else 0

    def _cables_with(self, word: str) -> int:
        """Return about how many cables contain a folded word."""
        return max(self._builder.cables(word, field) for field in self._looked_in(""))

    def best(self, plan: Plan, limit: int) -> BestCables:
        """Return the best cables of a plan."""
        best_hits, hit_count = self._scored(plan, limit)
        return BestCables(
            _ids_of(sort_key for _, sort_key in best_hits),
            hit_count,
            array("d", (score for score, _ in best_hits)),
        )

    def scores(self, plan: Plan) -> dict[int, float]:
        """Return the score of every cable that matches a plan; `best` sorts by it."""
        scored_hits, _ = self._scored(plan, max(1, self.count(plan)))
        return {sort_key & ID_MASK: score for score, sort_key in scored_hits}

    def _scored(self, plan: Plan, limit: int) -> Scored:
        with guarded(self._path):
            if not ranking.has_scores(plan):
                return self._by_tiers(plan, limit)
            plan_ranking = ranking.ranking(self._builder, plan)
            return top_hits(
                self._builder, self._searcher, plan_ranking, limit, partial(self._answers, plan)
            )

    def _by_tiers(self, plan: Plan, limit: int) -> Scored:
        scored_hits: list[tuple[float, int]] = []
        for tier, query in enumerate(ranking.tiers(self._builder, plan)):
            sort_keys, _ = _keys(self._searcher, query, limit - len(scored_hits), newest=True)
            scored_hits += [(-float(tier), sort_key) for sort_key in sort_keys]
            if len(scored_hits) >= limit:
                return Scored(scored_hits, _total(self._searcher, self._builder.query(plan)))
        return Scored(scored_hits, len(scored_hits))

    def unshown(self, plan: Plan, ids: Sequence[int]) -> frozenset[int]:
        """Return those of `ids` that match a plan only through records that are not displayed."""
        with guarded(self._path):
            shown_only = self._builder.shown_only()
            if shown_only is None:
                return frozenset()
            unshown_ids: set[int] = set()
            for first_index in range(0, len(ids), _AT_ONCE):
                ids_query = self._builder.these(ids[first_index : first_index + _AT_ONCE])
                by_all, by_shown = (
                    _among(self._searcher, ids_query, builder.query(plan))
                    for builder in (self._builder, shown_only)
                )
                unshown_ids |= by_all - by_shown
            return frozenset(unshown_ids)

    def tallies(self, plan: Plan, facets: Sequence[str]) -> dict[str, FacetCounts]:
        """Return how many cables of a plan have each value of the facets, by code or month."""

        def ask(query: tantivy.Query) -> dict[str, FacetCounts]:
            return _facet_counts(self._searcher, query, facets)

        with guarded(self._path):
            half_answers = self._answers(plan, self._builder.query(plan), ask)
        return {facet: _sum([tally[facet] for tally in half_answers]) for facet in facets}

    def tallies_among(self, ids: Sequence[int], facets: Sequence[str]) -> dict[str, FacetCounts]:
        """Count how many of the given cables, a few thousand at most, have each value of facets."""
        with guarded(self._path):
            return _facet_counts(self._searcher, self._builder.these(ids), facets)

    def days(self, plan: Plan, facet: str) -> FacetCounts:
        """Return how many cables of a plan have each day of a date facet, by YYYYMMDD."""
        with guarded(self._path):
            query = self._builder.query(plan)
            return _tally(self._searcher.aggregate(query, {facet: _terms(facet)})[facet], 1)

    def near_subjects(self, words: Iterable[Sequence[str]], limit: int) -> array[int]:
        """Return ids of cables with most of these words, in any spelling, in the subject."""
        with guarded(self._path):
            word_queries = [self._builder.any_word(spellings, "subject") for spellings in words]
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Should, word_query) for word_query in word_queries]
            )
            searcher = self._searcher
            hits = searcher.search(query, limit=limit, count=False).hits
            sort_keys = searcher.fast_field_values("key", [doc_address for _, doc_address in hits])
        return _ids_of(int(sort_key or 0) for sort_key in sort_keys)

    def most_like(self, rows: Iterable[Sequence[str]], limit: int) -> array[int]:
        """Return ids of cables with most of these runs of words; rarer runs count more."""
        with guarded(self._path):
            row_queries = [
                self._builder.row(word_row, field)
                if len(word_row) > 1
                else self._builder.any_word(word_row, field)
                for word_row in rows
                for field in self._builder.with_further(("body",))
            ]
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Should, row_query) for row_query in row_queries]
            )
            hits = self._searcher.search(query, limit=limit, count=False).hits
            sort_keys = self._searcher.fast_field_values(
                "key", [doc_address for _, doc_address in hits]
            )
        return _ids_of(int(sort_key or 0) for sort_key in sort_keys)

    def about(self, word: str, field: str = "") -> int:
        """Return the approximate number of cables with a folded word, never too low.

        The call costs almost nothing.
        """
        with guarded(self._path):
            return sum(self._builder.cables(word, field_in) for field_in in self._looked_in(field))

    def begins(self, prefix: str, field: str = "") -> bool:
        """Return whether any word begins with these letters; costs almost nothing."""
        with guarded(self._path):
            find_terms = self._searcher.terms_with_prefix
            return any(
                find_terms(field_in, sound(prefix), limit=1) for field_in in self._looked_in(field)
            )

    def plain_words(self, field: str = "") -> Iterator[tuple[str, int]]:
        """Yield every word that begins with two plain letters, in the form of `words`."""
        # In small calls: one call for all words would block other threads.
        for first_letter, second_letter in product(LETTERS, repeat=2):
            yield from self.words(first_letter + second_letter, field=field)

    def words(
        self, prefix: str = "", *, field: str = "", limit: int | None = None
    ) -> list[tuple[str, int]]:
        """Return words with a prefix and their numbers of cables, most frequent first.

        Deleted cables count until their segment is merged. If several fields are searched, a word's
        number is the highest of the fields.
        """
        count_by_word: dict[str, int] = {}
        with guarded(self._path):
            for field_in in self._looked_in(field):
                for word, cable_count in self._searcher.terms_with_prefix(
                    field_in, sound(prefix), limit=limit
                ):
                    count_by_word[word] = max(cable_count, count_by_word.get(word, 0))
        best_words = sorted(count_by_word.items(), key=lambda pair: (-pair[1], pair[0]))
        return best_words if limit is None else best_words[:limit]

    def _looked_in(self, field: str) -> tuple[str, ...]:
        """Return the field, or, if it is empty, the fields that contain the whole cable."""
        return tuple(self._builder.with_further((field,) if field else ANYWHERE))


def _sum(half_counts: Sequence[FacetCounts]) -> FacetCounts:
    if len(half_counts) == 1:
        return half_counts[0]
    count_by_word: Counter[int] = Counter()
    for counts_of_half in half_counts:
        count_by_word.update(counts_of_half)
    return count_by_word


def _opened(path: Path) -> tantivy.Index:
    with index_files.readable(path) as index_folder:
        opened_index = opened(index_folder, make=False)
        opened_index.config_reader("manual")
        return opened_index


def _ids_of(sort_keys: Iterable[int]) -> array[int]:
    return array("I", [sort_key & ID_MASK for sort_key in sort_keys])


def _keys(
    searcher: tantivy.Searcher, query: tantivy.Query, limit: int, *, newest: bool
) -> tuple[list[int], int]:
    sort_order = tantivy.Order.Desc if newest else tantivy.Order.Asc
    search_result = searcher.search(query, limit=limit, order_by_field="key", order=sort_order)
    return [sort_key for sort_key, _ in search_result.hits], _count(search_result)


def _among(
    searcher: tantivy.Searcher, ids_query: tantivy.Query, query: tantivy.Query
) -> frozenset[int]:
    must_occur = tantivy.Occur.Must
    ids_and_query = tantivy.Query.boolean_query([(must_occur, ids_query), (must_occur, query)])
    sort_keys, _ = _keys(searcher, ids_and_query, _AT_ONCE, newest=True)
    return frozenset(sort_key & ID_MASK for sort_key in sort_keys)


def _total(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    # Without scores: that takes half the time.
    return _count(searcher.search(tantivy.Query.const_score_query(query, 0.0), limit=1))


def _count(result: tantivy.SearchResult) -> int:
    return int(result.count or 0)  # type: ignore[attr-defined]  # missing in their stub


# All hits as the bits of one number

_BYTES = HALF // 8
_ITEM = 8
"""The number of bytes of a number in an array."""


def matching_ids(searcher: tantivy.Searcher, query: tantivy.Query, size: int, most: int) -> int:
    """Return the ids below `size` that match a query: the bit of each is set."""
    id_bits = 0
    for first_id in range(0, size, most * BLOCK):
        end_id = min(first_id + most * BLOCK, size)
        id_bits |= _part(searcher, query, first_id, end_id) << first_id
    return id_bits & ((1 << size) - 1)


def _part(searcher: tantivy.Searcher, query: tantivy.Query, start: int, end: int) -> int:
    block_query: dict[str, Any] = {
        "field": "id",
        "interval": BLOCK,
        "min_doc_count": 1,
        "hard_bounds": {"min": start, "max": end - 1},
    }
    bit_sums = {half_field: {"sum": {"field": half_field}} for half_field in HALVES}
    aggregation = searcher.aggregate(
        query, {"blocks": {"histogram": block_query, "aggs": bit_sums}}
    )
    bit_values = array("Q", bytes(_ITEM * len(HALVES) * ((end - start) // BLOCK + 1)))
    for bucket in aggregation["blocks"]["buckets"]:
        sum_index = (int(bucket["key"]) - start) // HALF
        bit_values[sum_index] = int(bucket["low"]["value"])
        bit_values[sum_index + 1] = int(bucket["high"]["value"])
    return _joined(bit_values)


def _joined(sums: array[int]) -> int:
    """Return one number made of the lower bits of many numbers, one after another."""
    if sys.byteorder == "big":
        sums.byteswap()
    sum_bytes = sums.tobytes()
    joined_bytes = bytearray(len(sums) * _BYTES)
    for byte_index in range(_BYTES):
        joined_bytes[byte_index::_BYTES] = sum_bytes[byte_index::_ITEM]
    return int.from_bytes(joined_bytes, "little")


# A slow query in two halves


def is_slow(plan: Plan, cables: Callable[[str], int], often: int) -> bool:
    """Return whether two threads are worthwhile; `cables` returns the cable count of a word."""
    if isinstance(plan, And):
        # A filter makes it quick enough.
        is_narrow = any(isinstance(plan_part, TermCodes | DayRange) for plan_part in plan.parts)
        return not is_narrow and any(is_slow(plan_part, cables, often) for plan_part in plan.parts)
    if isinstance(plan, Or):
        return any(is_slow(plan_part, cables, often) for plan_part in plan.parts)
    return isinstance(plan, WordPhrase) and min(map(cables, plan.words)) > often


def in_parallel(
    schema: tantivy.Schema,
    middle: int,
    query: tantivy.Query,
    ask: Callable[[tantivy.Query], Answer],
) -> list[Answer]:
    """Return the answers for the cables up to the id `middle`, and for those above it."""
    field_type = tantivy.FieldType.Integer
    lower_half = tantivy.Query.range_query(schema, "id", field_type, 0, middle)
    upper_half = tantivy.Query.range_query(schema, "id", field_type, middle + 1, 1 << 62)
    half_queries = [_within(query, half_query) for half_query in (lower_half, upper_half)]
    if (os.cpu_count() or 1) < len(half_queries):
        return [ask(half_query_of) for half_query_of in half_queries]
    upper_answer = _helper().submit(ask, half_queries[1])
    return [ask(half_queries[0]), upper_answer.result()]


def _within(query: tantivy.Query, half: tantivy.Query) -> tantivy.Query:
    half_filter = tantivy.Query.const_score_query(half, 0.0)
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, query), (tantivy.Occur.Must, half_filter)]
    )


@cache
def _helper() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # few queries are slow

    return ThreadPoolExecutor(1, "half of a search")


# Counts by facet

MOST_VALUES = 20_000
"""The maximum number of values to count at once; the engine refuses many more."""

FacetCounts = dict[int, int]
"""The numbers of cables by the code of a value, or by YYYYMM for a date facet."""


def _facet_counts(
    searcher: tantivy.Searcher, query: tantivy.Query, facets: Sequence[str]
) -> dict[str, FacetCounts]:
    """Return the number of cables for each value of facets; values without cables are left out."""
    interval_by_facet = {facet: 100 if FACETS[facet].kind == "date" else 1 for facet in facets}
    facet_queries = {
        facet: _terms(facet)
        if interval == 1
        else {"histogram": {"field": filed_in(facet), "interval": interval, "min_doc_count": 1}}
        for facet, interval in interval_by_facet.items()
    }
    aggregation = searcher.aggregate(query, facet_queries)
    return {
        facet: _tally(aggregation[facet], interval) for facet, interval in interval_by_facet.items()
    }


def _terms(facet: str) -> dict[str, Any]:
    return {"terms": {"field": filed_in(facet), "size": MOST_VALUES}}


def _tally(answer: Mapping[str, Any], step: int) -> FacetCounts:
    return {int(bucket["key"]) // step: int(bucket["doc_count"]) for bucket in answer["buckets"]}
