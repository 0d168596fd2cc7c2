"""The ranking by relevance: the order of the cables that match a plan.

The engine's own score (BM25) is supplemented by weights for words in the subject and in the
summary, and for words near each other in the text. The weights are those with which
`benchmarks.recall` finds most. Anything that would take too long for all cables is searched for
only among the best of them (`top_hits`): a first step scores every matching cable, a second step
raises the scores of the best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise, product
from math import prod

import tantivy

from cable_tui.archive.fulltext.query_builder import QueryBuilder, Weights
from cable_tui.archive.fulltext.schema import ID_MASK
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.value import replace
from cable_tui.query.plan import And, AnyWord, Leaf, Or, Plan, WordPhrase, WordPrefix

_SUBJECT = 4.0
_SUBJECT_ALONE = 12.0
"""The weight of the subject for a plan with only one part. It is higher, because the text is less
informative in this case.
"""
_SUMMARY = 2.0
_ALL_IN_SUBJECT = 40.0
_BETWEEN = 2
"""The maximum number of other words between two words that count as near each other."""
_IN_A_ROW = 20.0
_SENTENCE = 100.0
"""The score of a run that is long enough for a quotation, or for half of one."""
_SHORTEST_ROW = 3
"""The minimum number of words in a run; two words count only as near each other."""
_ALTERNATIVES = 2
"""The number of forms of a word to search for near another word."""
_CHEAP = 3000
"""The number of cables up to which comparing positions of words takes no longer than finding them.
"""
_RARE = 20_000
"""The maximum number of cables with the rarest word of a run that is found quickly."""
_MOST_NEAR = 8
"""The maximum number of queries to run over the best cables."""
_TOO_MANY = 20_000
"""The number of cables above which a word is not searched for in summaries if it is also in more
than half of all cables.
"""

_BETTER = ("subject", "summary")


class Ranking(NamedTuple):
    """The queries that rank the cables."""

    every: tantivy.Query
    """The query for all cables that match the plan, with their scores."""
    above: tantivy.Query | None
    """The query for cables with everything in the subject, with higher scores."""
    sentence: tuple[tantivy.Query, ...]
    """Queries for a long run of words and its halves, rarest first; the first query with hits
    counts.
    """
    near: tuple[tantivy.Query, ...]
    """Queries that raise scores; they are run only over the best cables."""


def ranking(builder: QueryBuilder, plan: Plan) -> Ranking:
    """Return the queries that score the cables of a plan: the best have the highest scores."""
    weights = _weights(builder, plan)
    row_queries = _RowQueries(builder, plan)
    if _is_wide(builder, plan):
        plan_query = builder.query(plan, weights)
        better_places = row_queries.everywhere
    else:
        plan_query = builder.query(plan)
        better_places = [query for leaf in weights for query in builder.better(leaf, weights[leaf])]
        better_places += row_queries.everywhere
    above_others = _above(builder, plan) if _several(plan) else None
    near_queries = tuple(row_queries.near[:_MOST_NEAR])
    return Ranking(
        _with(plan_query, better_places), above_others, tuple(row_queries.sentence), near_queries
    )


def has_scores(plan: Plan) -> bool:
    """Return whether the engine's scores can rank the cables that match a plan.

    Prefixes are equally good in every text, so they cannot be ranked.
    """
    return any(not isinstance(leaf, WordPrefix) and leaf.words for leaf in _asked(plan))


def tiers(builder: QueryBuilder, plan: Plan) -> Iterator[tantivy.Query]:
    """Yield queries for groups of a plan's cables without scores, the best group first.

    Cables with a prefix in the subject are best, followed by those with a prefix in the summary.
    """
    better_queries: list[tantivy.Query] = []
    for field in _BETTER:
        if plan_in_field := _within(plan, field):
            in_field = builder.query(plan_in_field)
            yield _but(in_field, better_queries)
            better_queries.append(in_field)
    yield _but(builder.query(plan), better_queries)


def _is_wide(builder: QueryBuilder, plan: Plan) -> bool:
    """Return whether reading all occurrences of the words is faster, since many cables match.

    If so, subject and summary are alternatives to the other fields for each word; otherwise they
    are optional parts of the query.
    """
    if not isinstance(plan, And):
        return True
    if not all(isinstance(plan_part, AnyWord) for plan_part in plan.parts):
        return False
    return min(sum(map(builder.cables, _words(leaf))) for leaf in _asked(plan)) > builder.size / 8


def _weights(builder: QueryBuilder, plan: Plan) -> Mapping[Leaf, Weights]:
    """Return the weight of each part in the subject and in the summary."""
    subject_weight = ("subject", _SUBJECT if _several(plan) else _SUBJECT_ALONE)
    return {
        leaf: (subject_weight, ("summary", _SUMMARY))
        if _is_in_summaries(builder, leaf)
        else (subject_weight,)
        for leaf in _asked(plan)
    }


def _is_in_summaries(builder: QueryBuilder, leaf: Leaf) -> bool:
    """Return whether a hit in the summary is informative and quickly found."""
    searched_words = leaf.words if isinstance(leaf, WordPhrase) else _words(leaf)
    if not searched_words or (isinstance(leaf, WordPhrase) and leaf.prefix):
        return False
    cable_counts = map(builder.cables, searched_words)
    expected_cables = min(cable_counts) if isinstance(leaf, WordPhrase) else sum(cable_counts)
    return expected_cables < max(_TOO_MANY, builder.size / 2)


def _above(builder: QueryBuilder, plan: Plan) -> tantivy.Query | None:
    """Return the query for cables with everything in the subject, or None if there are none.

    They contain all the words, so prefixes need not be searched for again.
    """
    plan_in_subject = _within(plan, "subject")
    if plan_in_subject is None or not _can_be(builder, plan_in_subject):
        return None
    subject_query = builder.query(plan_in_subject)
    required_queries = [
        tantivy.Query.const_score_query(subject_query, _ALL_IN_SUBJECT),
        tantivy.Query.boost_query(subject_query, _SUBJECT),
        *(builder.query(leaf) for leaf in _musts(plan) if not isinstance(leaf, WordPrefix)),
    ]
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, required_query) for required_query in required_queries]
    )


def _musts(plan: Plan) -> Iterator[Leaf]:
    """Yield the parts that must match, in any field."""
    if isinstance(plan, And):
        for plan_part in plan.parts:
            yield from _musts(plan_part)
    elif isinstance(plan, Leaf) and not plan.field:
        yield plan


class _RowQueries:
    """The queries for consecutive words, or words near each other."""

    def __init__(self, builder: QueryBuilder, plan: Plan) -> None:
        self._builder = builder
        self._cost = 0.0
        self.everywhere: list[tantivy.Query] = []
        """Queries that are fast over all cables."""
        self.near: list[tantivy.Query] = []
        """Queries that are slow over all cables."""
        self.sentence: list[tantivy.Query] = []
        for word_run in _side_by_side(plan):
            self._rows(tuple(first_words[0] for first_words in word_run))
            for word_forms, second_words in pairwise(word_run):
                self._pair(word_forms, second_words)

    def _rows(self, words: tuple[str, ...]) -> None:
        """Add queries for the words as a run, and for each half, because one word may be wrong."""
        half_length = len(words) // 2
        word_rows = [words]
        if half_length >= _SHORTEST_ROW:
            word_rows += sorted((words[:half_length], words[half_length:]), key=self._rarest)
        for words_in_row in word_rows:
            if len(words_in_row) < _SHORTEST_ROW or not self._rarest(words_in_row):
                continue
            row_query = self._row(words_in_row, _IN_A_ROW if len(word_rows) == 1 else _SENTENCE)
            if self._rarest(words_in_row) <= _RARE and self._is_cheap(
                _together(self._builder, words_in_row)
            ):
                self.everywhere.append(row_query)
            elif len(word_rows) > 1:
                self.sentence.append(row_query)
            else:
                self.near.append(row_query)

    def _rarest(self, words: tuple[str, ...]) -> int:
        return min(map(self._builder.cables, words))

    def _row(self, words: tuple[str, ...], score: float) -> tantivy.Query:
        return tantivy.Query.const_score_query(self._builder.row(words, "body", 1), score)

    def _pair(self, first_forms: tuple[str, ...], second_forms: tuple[str, ...]) -> None:
        cables_by_pair = _pairs(self._builder, first_forms, second_forms)
        if self._is_cheap(sum(cables_by_pair.values())):
            self.everywhere += [
                query
                for word_pair in cables_by_pair
                for query in _both_ways(self._builder, word_pair)
            ]
        elif cables_by_pair:
            self.near += _both_ways(
                self._builder, max(cables_by_pair, key=cables_by_pair.__getitem__)
            )

    def _is_cheap(self, cables: float) -> bool:
        """Return whether there is time to compare positions in `cables` more cables."""
        if self._cost + cables > _CHEAP:
            return False
        self._cost += cables
        return True


def _pairs(
    builder: QueryBuilder, first_forms: tuple[str, ...], second_forms: tuple[str, ...]
) -> dict[tuple[str, str], float]:
    """Return the pairs of forms of two words, each with about how many cables contain both."""
    word_pairs = product(first_forms[:_ALTERNATIVES], second_forms[:_ALTERNATIVES])
    cables_by_pair = {
        word_pair: _together(builder, word_pair)
        for word_pair in word_pairs
        if word_pair[0] != word_pair[1]
    }
    return {word_pair: cables for word_pair, cables in cables_by_pair.items() if cables}


def _both_ways(builder: QueryBuilder, pair: tuple[str, str]) -> list[tantivy.Query]:
    """Return the queries for two words near each other, in either order."""
    return [builder.row(ordered_pair, "body", _BETWEEN) for ordered_pair in (pair, pair[::-1])]


def _together(builder: QueryBuilder, words: tuple[str, ...]) -> float:
    """Return about how many cables contain all of the words, assuming independence."""
    cable_total = max(builder.size, 1)
    return cable_total * prod(min(builder.cables(word) / cable_total, 1.0) for word in words)


def _side_by_side(plan: Plan) -> Iterator[list[tuple[str, ...]]]:
    """Yield consecutive words in a query that must all match, with their forms."""
    if isinstance(plan, And):
        for is_word, neighbour_parts in groupby(
            plan.parts, key=lambda part: isinstance(part, AnyWord)
        ):
            word_parts = [
                plan_part
                for plan_part in neighbour_parts
                if isinstance(plan_part, AnyWord) and not plan_part.field
            ]
            if is_word and len(word_parts) > 1:
                yield [_words(plan_part) for plan_part in word_parts]
    if isinstance(plan, And | Or):
        for plan_part in plan.parts:
            yield from _side_by_side(plan_part)


def _several(plan: Plan) -> bool:
    """Return whether a plan has several parts that must match."""
    if not isinstance(plan, And | Or):
        return False
    if isinstance(plan, And) and sum(any(_asked(plan_part)) for plan_part in plan.parts) > 1:
        return True
    return any(map(_several, plan.parts))


def _asked(plan: Plan) -> Iterator[Leaf]:
    """Yield the parts of a plan that may match in any field, without excluded parts."""
    if isinstance(plan, And | Or):
        for plan_part in plan.parts:
            yield from _asked(plan_part)
    elif isinstance(plan, Leaf) and not plan.field:
        yield plan


def _within(plan: Plan, field: str) -> Plan | None:
    """Return the plan with all of its parts in one field, or None if it has no such part."""
    if not any(_asked(plan)):
        return None
    return _moved(plan, field)


def _moved(plan: Plan, field: str) -> Plan:
    if isinstance(plan, And | Or):
        return type(plan)(tuple(_moved(plan_part, field) for plan_part in plan.parts))
    return replace(plan, field=field) if isinstance(plan, Leaf) and not plan.field else plan


def _can_be(builder: QueryBuilder, field_plan: Plan) -> bool:
    """Return whether a cable may contain everything in one field."""
    match field_plan:
        case AnyWord(field=field):
            return any(builder.cables(word, field) for word in _words(field_plan))
        case WordPhrase(words, field=field, prefix=False):
            return all(builder.cables(word, field) for word in words)
        case And(parts):
            return all(_can_be(builder, plan_part) for plan_part in parts)
        case _:
            return True


def _words(leaf: Leaf) -> tuple[str, ...]:
    """Return the words that are searched for in place of one word in the query, best first."""
    return leaf.words + leaf.lesser if isinstance(leaf, AnyWord) else ()


def _with(query: tantivy.Query, better_queries: list[tantivy.Query]) -> tantivy.Query:
    if not better_queries:
        return query
    score_clauses = [(tantivy.Occur.Should, better_clause) for better_clause in better_queries]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *score_clauses])


def _but(query: tantivy.Query, excluded_queries: list[tantivy.Query]) -> tantivy.Query:
    if not excluded_queries:
        return query
    exclusion_clauses = [
        (tantivy.Occur.MustNot, excluded_clause) for excluded_clause in excluded_queries
    ]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *exclusion_clauses])


_TIED = 50
"""The number of cables beyond a limit that are compared with equally good cables, because the
engine's choice is arbitrary.
"""
_MOST_TIED = 2000
"""The number of such cables that are compared if `_TIED` was not enough for the first `_SEEN`."""
_SEEN = 100
_FEW = 500
"""The number of hits up to which all hits go through the second step."""
_LOOKS = 240
"""A number that, divided by the number of queries, limits the hits in the second step."""
_LEAST = 60
_QUOTED = 50
"""The maximum number of cables with the same sentence."""

Key = int
"""A time and an id as one number, as returned by `sort_key`."""


class Scored(NamedTuple):
    """Cables with their scores, best first, and the total number of hits."""

    best: list[tuple[float, Key]]
    hits: int


AskScores = Callable[["tantivy.Query"], Scored]


def top_hits(
    builder: QueryBuilder,
    searcher: tantivy.Searcher,
    ranking: Ranking,
    limit: int,
    answers: Callable[[tantivy.Query, AskScores], Sequence[Scored]],
) -> Scored:
    """Return the best `limit` cables; equally good cables are ordered by time, newest first.

    `answers` runs the first query as a whole or in several parts.
    """

    def ask(query: tantivy.Query) -> Scored:
        return _first(searcher, query, limit)

    part_answers = answers(ranking.every, ask)
    hit_count = sum(answer.hits for answer in part_answers)
    if len(part_answers) == 1 and ranking.above is None and not (ranking.sentence or ranking.near):
        return Scored(sorted(part_answers[0].best, reverse=True)[:limit], hit_count)
    score_by_key = {
        sort_key: score for part_answer in part_answers for score, sort_key in part_answer.best
    }
    if ranking.above is not None:
        score_by_key.update((sort_key, score) for score, sort_key in ask(ranking.above).best)
    near_queries = ranking.near
    if hit_count <= _FEW:
        near_queries += ranking.sentence
    elif ranking.sentence:
        score_by_key |= _quoted(builder, searcher, ranking)
    if near_queries:
        most_looked_at = _FEW if hit_count <= _FEW else max(_LEAST, _LOOKS // len(near_queries))
        _look_closely(
            builder,
            searcher,
            near_queries,
            [sort_key for _, sort_key in _sorted(score_by_key)[:most_looked_at]],
            score_by_key,
        )
    return Scored(_sorted(score_by_key)[:limit], hit_count)


def _sorted(scores: dict[Key, float]) -> list[tuple[float, Key]]:
    return sorted(zip(scores.values(), scores, strict=True), reverse=True)


def _first(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> Scored:
    hits_to_read = limit + _TIED
    search_result = searcher.search(query, limit=hits_to_read)
    hits = search_result.hits
    if len(hits) == hits_to_read <= _MOST_TIED and hits[min(limit, _SEEN) - 1][0] == hits[-1][0]:
        hits = searcher.search(query, limit=_MOST_TIED, count=False).hits
    hit_count = int(search_result.count or 0)  # type: ignore[attr-defined]  # missing in their stub
    return Scored(_keyed(searcher, hits), hit_count)


def _keyed(
    searcher: tantivy.Searcher, hits: Sequence[tuple[float, tantivy.DocAddress]]
) -> list[tuple[float, Key]]:
    sort_keys = searcher.fast_field_values("key", [doc_address for _, doc_address in hits])
    return [
        (score, int(sort_key or 0)) for (score, _), sort_key in zip(hits, sort_keys, strict=True)
    ]


def _quoted(
    builder: QueryBuilder, searcher: tantivy.Searcher, ranking: Ranking
) -> dict[Key, float]:
    """Return the scores of the cables that contain all of the quoted words in order.

    If no cable contains all of them, half of them count.
    """
    must_occur = tantivy.Occur.Must
    for sentence_query in ranking.sentence:
        keyed_hits = _keyed(
            searcher, searcher.search(sentence_query, limit=_QUOTED, count=False).hits
        )
        if not keyed_hits:
            continue
        ids_query = builder.these([sort_key & ID_MASK for _, sort_key in keyed_hits])
        row_and_ids = tantivy.Query.boolean_query(
            [(must_occur, ids_query), (must_occur, sentence_query), (must_occur, ranking.every)]
        )
        hits = searcher.search(row_and_ids, limit=_QUOTED, count=False).hits
        if hits:
            return {sort_key: score for score, sort_key in _keyed(searcher, hits)}
    return {}


def _look_closely(
    builder: QueryBuilder,
    searcher: tantivy.Searcher,
    near_queries: Sequence[tantivy.Query],
    sort_keys: Sequence[Key],
    scores: dict[Key, float],
) -> None:
    """Raise the scores of the given cables by means of the queries."""
    must_occur = tantivy.Occur.Must
    ids_query = builder.these([sort_key & ID_MASK for sort_key in sort_keys])
    for near_query in near_queries:
        query_among = tantivy.Query.boolean_query(
            [(must_occur, ids_query), (must_occur, near_query)]
        )
        hits = searcher.search(query_among, limit=max(1, len(sort_keys)), count=False).hits
        for score, sort_key in _keyed(searcher, hits):
            scores[sort_key] += score
