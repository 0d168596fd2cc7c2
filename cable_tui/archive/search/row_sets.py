"""From a plan to the set of cables that it means: words by the text index, the rest by columns."""

from __future__ import annotations

from array import array

from cable_tui.archive.columns.columns import Columns, DateColumn, TermColumn
from cable_tui.archive.search import filters
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.query.fields import asks_text
from cable_tui.query.plan import (
    And,
    DaysOf,
    FacetValue,
    Not,
    Or,
    Plan,
    Property,
    bare,
    is_text,
    split,
)

_FEW = 30_000
"""Up to so many hits the text index returns them sooner one by one than as bits."""


def rows_of(snapshot: Snapshot, columns: Columns, plan: Plan) -> int:
    """The set of cables that a plan means; cached for the questions that follow."""
    plan = bare(plan)
    return snapshot.cached(("rows", plan), lambda: _set_of(snapshot, columns, plan))


def _set_of(snapshot: Snapshot, columns: Columns, plan: Plan) -> int:
    ids = snapshot.peek(("ids", plan))
    if isinstance(ids, array):
        return columns.of_ids(ids)
    if is_text(plan):
        return _text_set(snapshot, columns, plan)
    match plan:
        case Property(field) if asks_text(field):
            return _voiced(snapshot, columns, plan, columns.everything)
        case FacetValue() | DaysOf() | Property():
            return _filtered(snapshot, columns, plan)
        case Not(part):
            return columns.everything ^ rows_of(snapshot, columns, part)
        case Or(parts):
            found = 0
            for part in parts:
                found |= rows_of(snapshot, columns, part)
            return found
        case And():
            return _all_of(snapshot, columns, plan)
        case _:
            return 0


def _all_of(snapshot: Snapshot, columns: Columns, plan: And) -> int:
    """The cables of all parts; texts are read last, and only where the rest holds."""
    words, others = split(plan)
    found = columns.everything
    for part in others:
        if not _is_read(part):
            found &= rows_of(snapshot, columns, part)
    if words and found:
        found &= rows_of(snapshot, columns, words)
    for part in others:
        if isinstance(part, Property) and _is_read(part):
            found = _voiced(snapshot, columns, part, found)
    return found


def _filtered(snapshot: Snapshot, columns: Columns, plan: FacetValue | DaysOf | Property) -> int:
    """The cables that one filter finds."""
    if isinstance(plan, Property):
        return filters.found(snapshot, columns, plan.field, plan.wanted)
    column = columns.facets.get(plan.facet)
    if isinstance(plan, FacetValue):
        return column.select(plan.wanted, columns.size) if isinstance(column, TermColumn) else 0
    if isinstance(column, DateColumn):
        return column.between(plan.first, plan.last, columns.size)
    return 0


def _is_read(plan: Plan) -> bool:
    return isinstance(plan, Property) and asks_text(plan.field)


def _voiced(snapshot: Snapshot, columns: Columns, plan: Property, among: int) -> int:
    """Those of some cables in whose texts somebody says the words; what no index knows is read."""
    known = snapshot.peek(("rows", plan))
    if isinstance(known, int):
        return known & among
    from cable_tui.archive.search import voices  # it imports formats and the grammar

    if not among:
        return 0
    filed = voices.filed(snapshot, columns, plan)
    found, rest = among & filed.found, among & ~filed.known
    if not rest:
        return found
    candidates = rest & rows_of(snapshot, columns, voices.candidates(plan))
    ids = columns.ids_of(candidates, newest=False)
    return found | columns.of_ids(voices.spoken(snapshot, plan, ids))


def _text_set(snapshot: Snapshot, columns: Columns, words: Plan) -> int:
    """The cables that words find, in texts that cables still have."""
    index = snapshot.text
    if index is None:
        return 0
    count = snapshot.counted(words, lambda: index.count(words))
    if count > _FEW:
        found = index.bits(words, columns.size) & columns.everything
    else:
        found = columns.of_ids(index.ids(words, count=count))
    return found & ~columns.of_ids(snapshot.gone) if snapshot.gone else found
