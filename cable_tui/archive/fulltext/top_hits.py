"""The best cables of a query and its number of hits, in two steps.

The first step scores every cable that is found. The second raises the scores of the best by queries
that would be too slow for all; what comes first then was among the best before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import tantivy

from cable_tui.archive.fulltext.query_builder import QueryBuilder
from cable_tui.archive.fulltext.ranking import Ranking
from cable_tui.archive.fulltext.schema import ID_MASK

_TIED = 50
"""Cables beyond a limit that are compared with equal ones: the engine returns any of those."""
_MOST_TIED = 2000
"""The same where that was not enough for the first `_SEEN`."""
_SEEN = 100
_FEW = 500
"""Of up to so many hits all get the second step."""
_LOOKS = 240
"""Of more hits so many, divided by the number of queries."""
_LEAST = 60
_QUOTED = 50
"""Cables with the same sentence, at most."""

Key = int
"""Time and id in one, as `sort_key` makes it."""


class Scored(NamedTuple):
    """Cables with their scores, the best first, and how many there are in all."""

    best: list[tuple[float, Key]]
    hits: int


AskScores = Callable[["tantivy.Query"], Scored]


def top_hits(
    builder: QueryBuilder,
    searcher: tantivy.Searcher,
    wanted: Ranking,
    limit: int,
    answers: Callable[[tantivy.Query, AskScores], Sequence[Scored]],
) -> Scored:
    """The best `limit` cables; equally good ones come by time, the newest first.

    `answers` runs the first query in one piece or in several.
    """

    def ask(query: tantivy.Query) -> Scored:
        return _first(searcher, query, limit)

    found = answers(wanted.every, ask)
    count = sum(each.hits for each in found)
    if len(found) == 1 and wanted.above is None and not (wanted.sentence or wanted.near):
        return Scored(sorted(found[0].best, reverse=True)[:limit], count)
    scores = {key: score for each in found for score, key in each.best}
    if wanted.above is not None:
        scores.update((key, score) for score, key in ask(wanted.above).best)
    near = wanted.near
    if count <= _FEW:
        near += wanted.sentence
    elif wanted.sentence:
        scores |= _quoted(builder, searcher, wanted)
    if near:
        most = _FEW if count <= _FEW else max(_LEAST, _LOOKS // len(near))
        _look_closely(builder, searcher, near, [key for _, key in _sorted(scores)[:most]], scores)
    return Scored(_sorted(scores)[:limit], count)


def _sorted(scores: dict[Key, float]) -> list[tuple[float, Key]]:
    return sorted(zip(scores.values(), scores, strict=True), reverse=True)


def _first(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> Scored:
    most = limit + _TIED
    result = searcher.search(query, limit=most)
    hits = result.hits
    if len(hits) == most <= _MOST_TIED and hits[min(limit, _SEEN) - 1][0] == hits[-1][0]:
        hits = searcher.search(query, limit=_MOST_TIED, count=False).hits
    count = int(result.count or 0)  # type: ignore[attr-defined]  # missing in their stub
    return Scored(_keyed(searcher, hits), count)


def _keyed(
    searcher: tantivy.Searcher, hits: Sequence[tuple[float, tantivy.DocAddress]]
) -> list[tuple[float, Key]]:
    keys = searcher.fast_field_values("key", [address for _, address in hits])
    return [(score, int(key or 0)) for (score, _), key in zip(hits, keys, strict=True)]


def _quoted(builder: QueryBuilder, searcher: tantivy.Searcher, wanted: Ranking) -> dict[Key, float]:
    """The cables with a whole sentence, or else with a half of it, and their scores."""
    must = tantivy.Occur.Must
    for row in wanted.sentence:
        found = _keyed(searcher, searcher.search(row, limit=_QUOTED, count=False).hits)
        if not found:
            continue
        these = builder.these([key & ID_MASK for _, key in found])
        both = tantivy.Query.boolean_query([(must, these), (must, row), (must, wanted.every)])
        hits = searcher.search(both, limit=_QUOTED, count=False).hits
        if hits:
            return {key: score for score, key in _keyed(searcher, hits)}
    return {}


def _look_closely(
    builder: QueryBuilder,
    searcher: tantivy.Searcher,
    questions: Sequence[tantivy.Query],
    keys: Sequence[Key],
    scores: dict[Key, float],
) -> None:
    """Raise the scores of some cables by some queries."""
    must = tantivy.Occur.Must
    these = builder.these([key & ID_MASK for key in keys])
    for question in questions:
        among = tantivy.Query.boolean_query([(must, these), (must, question)])
        hits = searcher.search(among, limit=max(1, len(keys)), count=False).hits
        for score, key in _keyed(searcher, hits):
            scores[key] += score
