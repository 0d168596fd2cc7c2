"""Filters that the text index evaluates together with the words.

As a result, the first hits of `date:2008 minister` and its facet counts take one query of the index
each, and no sets of cables have to be created. The values of a facet in the archive are its
`Vocabulary`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from cable_tui.archive.catalogue import facet_columns
from cable_tui.archive.columns.columns import title
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.search.row_sets import in_regions
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.base.value import Value
from cable_tui.query import FACETS, Facet
from cable_tui.query import plan as plans
from cable_tui.query.facets import Values
from cable_tui.query.fields import regions_named


class IndexQuery(Value):
    """A query that the text index alone can answer."""

    whole: plans.Plan
    """The plan of the whole query."""
    plan: plans.Plan
    """The plan in words, codes and days of the index."""
    words: plans.Plan | None
    """The part of the plan that consists of words, or None."""
    index: TextIndex


def indexed(snapshot: Snapshot, plan: plans.Plan) -> IndexQuery | None:
    """Return the query of the text index for a plan, or None if the index alone is not enough.

    Filters require that the index contains every cable's text as it was when the text was indexed;
    words do not. While the index contains texts that cables no longer have, it is not used alone.
    Raises `TextIndexError` if the plan has words and the index is damaged.
    """
    word_plan, other_parts = plans.split(plan)
    try:
        text_index = snapshot.text
        if (
            text_index is None
            or snapshot.gone
            or ((other_parts or word_plan is None) and not snapshot.complete)
        ):
            return None
    except TextIndexError:
        if word_plan is None:
            return None
        raise
    asked_plan = word_plan if word_plan and not other_parts else index_query(snapshot, plan)
    return (
        None
        if asked_plan is None
        else IndexQuery(plans.bare(plan), plans.bare(asked_plan), word_plan, text_index)
    )


def index_query(snapshot: Snapshot, plan: plans.Plan) -> plans.Plan | None:
    """Return the plan with filters that the text index has, or None if it lacks one of them."""
    match plan:
        case plans.AnyWord() | plans.WordPrefix() | plans.WordPhrase():
            return plan
        case plans.FacetValue(facet, value) if _kind(facet) == "term":
            return plans.TermCodes(facet, vocabulary(snapshot, facet).chosen(value))
        case plans.Property("region", value):
            named_regions = frozenset(regions_named(value))
            origins = vocabulary(snapshot, "origin").texts.items()
            return plans.TermCodes(
                "origin",
                tuple(code for code, origin in origins if in_regions(origin, named_regions)),
            )
        case plans.DaysOf(facet, first, last) if _kind(facet) == "date":
            return plans.DayRange(facet, _number(first), _number(last))
        case plans.Not(part_plan):
            inner_plan = index_query(snapshot, part_plan)
            return None if inner_plan is None else plans.Not(inner_plan)
        case plans.And(parts) | plans.Or(parts):
            part_plans = [index_query(snapshot, part_plan) for part_plan in parts]
            index_plans = tuple(part_plan for part_plan in part_plans if part_plan is not None)
            return type(plan)(index_plans) if len(index_plans) == len(parts) else None
        case _:
            return None


def _kind(facet: str) -> str:
    return FACETS[facet].kind if facet in FACETS else ""


def _number(day: str) -> int:
    return int(day.replace("-", ""))


_KEPT = 200
"""The number of texts whose values are cached; a query needs them several times."""


class Vocabulary:
    """The values of one facet of terms."""

    def __init__(self, facet: Facet, texts: Mapping[int, str]) -> None:
        self.facet = facet
        self.texts = texts
        """The values by their codes in the catalogue."""
        self._titles: dict[str, str] = {}
        self._chosen: dict[str, tuple[int, ...]] = {}

    def title(self, value: str) -> str:
        """Return the meaning of a value; empty if it is unknown."""
        if value not in self._titles:
            self._titles[value] = title(self.facet, value)
        return self._titles[value]

    def chosen(self, text: str) -> tuple[int, ...]:
        """Return the codes of the values that `facet:text` selects."""
        if text not in self._chosen:
            if len(self._chosen) > _KEPT:
                self._chosen.clear()
            named_values = self._values.named(text)
            self._chosen[text] = tuple(map(self._codes.__getitem__, named_values))
        return self._chosen[text]

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {value: code for code, value in self.texts.items()}

    @cached_property
    def _values(self) -> Values:
        return Values(self.facet, list(self._codes), self.title)


def vocabulary(snapshot: Snapshot, facet: str) -> Vocabulary:
    """Return the values of a facet in the catalogue."""

    def read() -> Vocabulary:
        with snapshot.reading() as db:
            return Vocabulary(FACETS[facet], facet_columns.terms_of(db, facet))

    return snapshot.per_generation(f"values:{facet}", read)
