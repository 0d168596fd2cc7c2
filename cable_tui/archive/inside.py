"""Filters that the text index answers along with the words.

The first hits of `date:2008 minister` and the counts of the library then come out of one question,
and no sets of cables are made for them.
"""

from __future__ import annotations

from dataclasses import dataclass

from cable_tui.archive.desk import Desk
from cable_tui.archive.fulltext import TextIndex, TextIndexError
from cable_tui.archive.plan import (
    AnyWord,
    Beginning,
    Between,
    Coded,
    Days,
    Either,
    Every,
    InRow,
    Named,
    Plan,
    Without,
    bare,
    split,
)
from cable_tui.archive.vocabulary import vocabulary
from cable_tui.query import FACETS


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the text index answers alone."""

    whole: Plan
    """The plan as the query has it."""
    plan: Plan
    """The same in words, codes and days of the index."""
    words: Plan | None
    """What of it are words."""
    index: TextIndex


def indexed(desk: Desk, plan: Plan) -> Asked | None:
    """What the text index is asked for a plan; None where it cannot answer it alone.

    Its filters are those of the day when a cable's text was indexed: they hold where every text is.
    While it holds texts that cables no longer have it is not asked alone either; texts that are
    still missing are no hindrance to words. Raises `TextIndexError` where words are asked for and
    the index is damaged.
    """
    words, others = split(plan)
    try:
        index = desk.text
        if index is None or desk.gone or ((others or words is None) and not desk.complete):
            return None
    except TextIndexError:
        if words is None:
            return None
        raise
    asked = words if words and not others else inside(desk, plan)
    return None if asked is None else Asked(bare(plan), bare(asked), words, index)


def inside(desk: Desk, plan: Plan) -> Plan | None:
    """The plan with filters that the text index has; None where it has not all of them."""
    match plan:
        case AnyWord() | Beginning() | InRow():
            return plan
        case Named(facet, wanted) if _kind(facet) == "term":
            return Coded(facet, vocabulary(desk, facet).chosen(wanted))
        case Days(facet, first, last) if _kind(facet) == "date":
            return Between(facet, _number(first), _number(last))
        case Without(part):
            found = inside(desk, part)
            return None if found is None else Without(found)
        case Every(parts) | Either(parts):
            all_found = [inside(desk, part) for part in parts]
            known = tuple(part for part in all_found if part is not None)
            return type(plan)(known) if len(known) == len(parts) else None
        case _:
            return None


def _kind(facet: str) -> str:
    return FACETS[facet].kind if facet in FACETS else ""


def _number(day: str) -> int:
    return int(day.replace("-", ""))
