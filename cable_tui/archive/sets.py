"""From a plan to the set of cables that it means: words by the text index, the rest by columns."""

from __future__ import annotations

from array import array

from cable_tui.archive import filters
from cable_tui.archive.columns import Columns, DateColumn, TermColumn
from cable_tui.archive.desk import Desk
from cable_tui.archive.plan import (
    Days,
    Either,
    Every,
    Named,
    Plan,
    Property,
    Without,
    bare,
    is_text,
    split,
)

_FEW = 30_000
"""Hits that come out of the text index one by one sooner than all of them as bits."""


def rows_of(desk: Desk, columns: Columns, plan: Plan) -> int:
    """The set of rows that a plan means; kept for the questions that follow."""
    plan = bare(plan)
    return desk.remembered(("rows", plan), lambda: _set_of(desk, columns, plan))


def _set_of(desk: Desk, columns: Columns, plan: Plan) -> int:
    ids = desk.recalled(("ids", plan))
    if isinstance(ids, array):
        return columns.of_ids(ids)
    if is_text(plan):
        return _text_set(desk, columns, plan)
    match plan:
        case Named() | Days() | Property():
            return _filtered(desk, columns, plan)
        case Without(part):
            return columns.everything ^ rows_of(desk, columns, part)
        case Either(parts):
            found = 0
            for part in parts:
                found |= rows_of(desk, columns, part)
            return found
        case Every():
            words, others = split(plan)
            found = columns.everything
            for part in others:
                found &= rows_of(desk, columns, part)
            return found & rows_of(desk, columns, words) if words and found else found
        case _:
            return 0


def _filtered(desk: Desk, columns: Columns, plan: Named | Days | Property) -> int:
    """The rows that one filter finds."""
    if isinstance(plan, Property):
        return filters.found(desk, columns, plan.field, plan.wanted)
    column = columns.facets.get(plan.facet)
    if isinstance(plan, Named):
        return column.select(plan.wanted, columns.size) if isinstance(column, TermColumn) else 0
    if isinstance(column, DateColumn):
        return column.between(plan.first, plan.last, columns.size)
    return 0


def _text_set(desk: Desk, columns: Columns, words: Plan) -> int:
    """The rows that words find, in texts that cables still have."""
    index = desk.text
    if index is None:
        return 0
    count = desk.counted(words, lambda: index.count(words))
    if count > _FEW:
        found = index.bits(words, columns.size) & columns.everything
    else:
        found = columns.of_ids(index.ids(words, count=count))
    return found & ~columns.of_ids(desk.gone) if desk.gone else found
