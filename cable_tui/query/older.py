"""Queries that an older program has kept.

To it two of `has:`, `is:`, `said:` or `comment:` meant either; today they mean both.
A text that is kept today has `and` or `or` between two of them, which every program reads alike.
So a text that has neither is an older program's, whenever it comes and wherever it comes from.
"""

from __future__ import annotations

from cable_tui.query.fields import NARROWING
from cable_tui.query.model import Filter, Group, Term
from cable_tui.query.parser import parse
from cable_tui.value import replace


def from_older(text: str) -> str:
    """A kept text, with `or` where an older program meant it: it finds what it found then."""
    if not _may_differ(text):
        return text
    query = parse(text, older=True)
    terms = _with_or(query.terms)
    if terms == query.terms:
        return text
    either = str(replace(query, terms=terms))
    return str(parse(either)) or either  # brackets that are not needed go; a longer one is refused


def to_keep(text: str) -> str:
    """A text of today as it is kept: with `and` where an older program would not read both."""
    return text if from_older(text) == text else str(parse(text))


def _may_differ(text: str) -> bool:
    """Whether a text may have two filters of one of these prefixes; most texts have none."""
    small = text.lower() if ":" in text else ""
    return any(small.count(f"{prefix}:") > 1 for prefix in NARROWING)


def _with_or(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Terms that must all hold, those of one such prefix as one group of alternatives."""
    found: list[Term] = []
    groups: dict[str, tuple[int, tuple[tuple[Term, ...], ...]]] = {}
    for term in terms:
        if isinstance(term, Group):
            alternatives = tuple(_with_or(each) for each in term.alternatives)
            found.append(replace(term, alternatives=alternatives))
        elif not isinstance(term, Filter) or term.negated or term.facet not in NARROWING:
            found.append(term)
        elif term.facet in groups:
            at, alternatives = groups[term.facet]
            groups[term.facet] = at, (*alternatives, (term,))
            found[at] = Group(groups[term.facet][1])
        else:
            groups[term.facet] = len(found), ((term,),)
            found.append(term)
    return tuple(found)
