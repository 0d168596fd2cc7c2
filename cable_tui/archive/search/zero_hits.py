"""The reasons why a query finds nothing: what it would find without each of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cable_tui.archive.records.walk import never
from cable_tui.archive.search import engine
from cable_tui.archive.search.snapshot import SnapshotSource
from cable_tui.query import Query, Term
from cable_tui.query.model import prefix_of
from cable_tui.value import Value, replace


class Reason(Value):
    """One part of a query, left out."""

    part: str
    """Its text; filters of one prefix, which are alternatives, are one part."""
    without: Query
    """The query that is left."""
    count: int
    """What that finds."""


def reasons(
    source: SnapshotSource, query: Query, cancelled: Callable[[], bool] = never
) -> tuple[Reason, ...]:
    """Each part of a query with the number of cables without it; those first that are found first.

    Empty where there is only one part; cut short where it is cancelled.
    """
    parts = _parts(query)
    if len(parts) < 2:
        return ()
    left = [
        (
            " ".join(map(str, part)),
            replace(query, terms=_other(query, part), complaints=(), sort=""),
        )
        for part in parts
    ]
    # Queries with filters only are answered without the text index.
    left.sort(key=lambda each: each[1].has_words)
    return tuple(_counted(source, left, cancelled))


def _counted(
    source: SnapshotSource, left: list[tuple[str, Query]], cancelled: Callable[[], bool]
) -> Iterator[Reason]:
    for part, without in left:
        if cancelled():
            return
        count = engine.run(source, without, limit=1, cancelled=cancelled).count
        if cancelled():
            return
        yield Reason(part, without, count)


def _parts(query: Query) -> list[tuple[Term, ...]]:
    """The top-level terms, the alternatives of one prefix together."""
    together: dict[object, list[Term]] = {}
    for term in query.terms:
        prefix = prefix_of(term)
        key = prefix if prefix and not term.negated else term
        together.setdefault(key, []).append(term)
    return [tuple(terms) for terms in together.values()]


def _other(query: Query, part: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(term for term in query.terms if term not in part)
