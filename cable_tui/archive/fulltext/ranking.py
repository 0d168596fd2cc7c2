"""What makes one cable a better answer than another.

Above the engine's own score (BM25) stand words in the subject and in the summary, and words that
are near each other in the text. The weights are those with which `benchmarks.recall` finds most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

from cable_tui.archive.fulltext.queries import Asker, any_of
from cable_tui.archive.plan import AnyWord, Beginning, Either, Every, InRow, Plan

if TYPE_CHECKING:
    import tantivy

_BOOSTS = (("subject", 4.0), ("summary", 2.0))
_ALL_IN_SUBJECT = 40.0
_NEAR = (("subject", 2.0), ("body", 1.0))
_BETWEEN = 2
"""Words that may stand between two that count as near."""
_IN_A_ROW = 20.0
_SHORTEST_ROW = 3
"""Words; two are near each other or not."""
_ALTERNATIVES = 2
"""Forms of a word that are looked for near another word."""
_DEAREST = 60_000
"""Cables of the rarer words of all pairs that are looked for in the texts."""

_Leaf = AnyWord | Beginning | InRow


def ranking(asker: Asker, plan: Plan) -> tantivy.Query:
    """The cables that a plan finds, with scores: the best have the highest."""
    import tantivy

    every = asker.query(plan)
    within = _within(plan, "subject")
    if within is None:
        return every
    asked = list(_asked(plan))
    better = [
        tantivy.Query.boost_query(
            any_of([asker.query(replace(leaf, field=field)) for leaf in asked]), boost
        )
        for field, boost in _BOOSTS
    ]
    better.append(tantivy.Query.const_score_query(asker.query(within), _ALL_IN_SUBJECT))
    words = [found for leaf in asked if (found := _words(leaf))]
    better += [*_pairs(asker, words), *_rows(asker, tuple(each[0] for each in words))]
    clauses = [(tantivy.Occur.Should, each) for each in better]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, every), *clauses])


def tiers(asker: Asker, plan: Plan) -> list[tantivy.Query]:
    """For a plan that scores nothing apart: its cables in groups, the best group first.

    Beginnings are as good in one text as in another, however long it is; what they begin in the
    subject is better, then in the summary. Empty for a plan with whole words.
    """
    if any(map(_tells, _asked(plan))):
        return []
    every = asker.query(plan)
    groups: list[tantivy.Query] = []
    better: list[tantivy.Query] = []
    for field, _ in _BOOSTS:
        if within := _within(plan, field):
            here = asker.query(within)
            groups.append(_but([every, here], better))
            better.append(here)
    return [*groups, _but([every], better)]


def _pairs(asker: Asker, words: list[tuple[str, ...]]) -> Iterator[tantivy.Query]:
    """Neighbours in the query that are neighbours in the subject or in the text.

    Those with a rare word first, and not all of them: it is the rare ones that tell, and that cost
    little to look for.
    """
    import tantivy

    pairs = {
        (one, other): min(asker.cables(one), asker.cables(other))
        for here, there in pairwise(words)
        for one, other in product(here[:_ALTERNATIVES], there[:_ALTERNATIVES])
        if one != other
    }
    cost = 0
    for pair, rarer in sorted(pairs.items(), key=lambda item: item[1]):
        cost += rarer
        if cost > _DEAREST:
            return
        for field, boost in _NEAR if rarer else ():
            near = asker.query(InRow(pair, slop=_BETWEEN, field=field))
            yield tantivy.Query.boost_query(near, boost)


def _rows(asker: Asker, words: tuple[str, ...]) -> Iterator[tantivy.Query]:
    """The words as a row of the text, and each half of them, for one may be wrong."""
    import tantivy

    half = len(words) // 2
    rows = (words, words[:half], words[half:]) if half >= _SHORTEST_ROW else (words,)
    for row in rows:
        if len(row) >= _SHORTEST_ROW:
            found = asker.query(InRow(row, slop=1, field="body"))
            yield tantivy.Query.const_score_query(found, _IN_A_ROW)


def _asked(plan: Plan) -> Iterator[_Leaf]:
    """What a plan asks for anywhere, without what it excludes."""
    if isinstance(plan, Every | Either):
        for part in plan.parts:
            yield from _asked(part)
    elif isinstance(plan, _Leaf) and not plan.field:
        yield plan


def _within(plan: Plan, field: str) -> Plan | None:
    """What a plan asks for anywhere, asked of one text; None where it asks for nothing."""
    if isinstance(plan, Every | Either):
        parts = tuple(found for part in plan.parts if (found := _within(part, field)))
        return type(plan)(parts) if parts else None
    return replace(plan, field=field) if isinstance(plan, _Leaf) and not plan.field else None


def _tells(leaf: _Leaf) -> bool:
    """Whether some cables answer it better than others."""
    return isinstance(leaf, InRow) or (isinstance(leaf, AnyWord) and bool(leaf.words))


def _words(leaf: _Leaf) -> tuple[str, ...]:
    """The words that may stand for one of the query, the best first; none for a beginning."""
    return leaf.words + leaf.lesser if isinstance(leaf, AnyWord) else ()


def _but(queries: list[tantivy.Query], without: list[tantivy.Query]) -> tantivy.Query:
    import tantivy

    wanted = [(tantivy.Occur.Must, each) for each in queries]
    return tantivy.Query.boolean_query(
        [*wanted, *((tantivy.Occur.MustNot, each) for each in without)]
    )
