"""Filters that the text index answers along with the words.

The first hits of `date:2008 minister` and the counts of the library then come out of one question,
and no sets of cables are made for them.
"""

from __future__ import annotations

from dataclasses import dataclass

from cable_tui.archive.fulltext import TextIndexError
from cable_tui.archive.fulltext.index import TextIndex
from cable_tui.archive.search.facet_values import vocabulary
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.query import FACETS
from cable_tui.query.plan import (
    And,
    AnyWord,
    DayRange,
    DaysOf,
    FacetValue,
    Not,
    Or,
    Plan,
    TermCodes,
    WordPhrase,
    WordPrefix,
    bare,
    split,
)


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """A question that the text index answers alone."""

    whole: Plan
    """The plan as the query has it."""
    plan: Plan
    """The same in words, codes and days of the index."""
    words: Plan | None
    """What of it are words."""
    index: TextIndex


def indexed(snapshot: Snapshot, plan: Plan) -> IndexQuery | None:
    """What the text index is asked for a plan; None where it cannot answer it alone.

    Its filters are those of the day when a cable's text was indexed: they hold where every text is.
    While it holds texts that cables no longer have it is not asked alone either; texts that are
    still missing are no hindrance to words. Raises `TextIndexError` where words are asked for and
    the index is damaged.
    """
    words, others = split(plan)
    try:
        index = snapshot.text
        if index is None or snapshot.gone or ((others or words is None) and not snapshot.complete):
            return None
    except TextIndexError:
        if words is None:
            return None
        raise
    asked = words if words and not others else index_query(snapshot, plan)
    return None if asked is None else IndexQuery(bare(plan), bare(asked), words, index)


def index_query(snapshot: Snapshot, plan: Plan) -> Plan | None:
    """The plan with filters that the text index has; None where it has not all of them."""
    match plan:
        case AnyWord() | WordPrefix() | WordPhrase():
            return plan
        case FacetValue(facet, wanted) if _kind(facet) == "term":
            return TermCodes(facet, vocabulary(snapshot, facet).chosen(wanted))
        case DaysOf(facet, first, last) if _kind(facet) == "date":
            return DayRange(facet, _number(first), _number(last))
        case Not(part):
            found = index_query(snapshot, part)
            return None if found is None else Not(found)
        case And(parts) | Or(parts):
            all_found = [index_query(snapshot, part) for part in parts]
            known = tuple(part for part in all_found if part is not None)
            return type(plan)(known) if len(known) == len(parts) else None
        case _:
            return None


def _kind(facet: str) -> str:
    return FACETS[facet].kind if facet in FACETS else ""


def _number(day: str) -> int:
    return int(day.replace("-", ""))
