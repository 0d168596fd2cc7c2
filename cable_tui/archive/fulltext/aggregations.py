"""How many cables of a query each value of a facet has, counted by the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tantivy

from cable_tui.archive.fulltext.schema import filed_in
from cable_tui.query import FACETS

MOST_VALUES = 20_000
"""Values that are counted at once; the engine refuses many more."""

FacetCounts = dict[int, int]
"""Numbers of cables by the code of a value; of a date facet by YYYYMM."""


def facet_counts(
    searcher: tantivy.Searcher, query: tantivy.Query, facets: Sequence[str]
) -> dict[str, FacetCounts]:
    """The cables of each value of some facets; values without any are left out."""
    answer = searcher.aggregate(query, {facet: _asked(facet) for facet in facets})
    return {facet: _tally(answer[facet], _step(facet)) for facet in facets}


def days(searcher: tantivy.Searcher, query: tantivy.Query, facet: str) -> FacetCounts:
    """The cables of each day of a date facet, by YYYYMMDD."""
    return _tally(searcher.aggregate(query, {facet: _terms(facet)})[facet], 1)


def _asked(facet: str) -> dict[str, Any]:
    if FACETS[facet].kind != "date":
        return _terms(facet)
    months = {"field": filed_in(facet), "interval": _step(facet), "min_doc_count": 1}
    return {"histogram": months}


def _terms(facet: str) -> dict[str, Any]:
    return {"terms": {"field": filed_in(facet), "size": MOST_VALUES}}


def _step(facet: str) -> int:
    return 100 if FACETS[facet].kind == "date" else 1


def _tally(answer: Mapping[str, Any], step: int) -> FacetCounts:
    return {int(each["key"]) // step: int(each["doc_count"]) for each in answer["buckets"]}
