"""Filters that the text index answers along with the words.

The first hits of `date:2008 minister` then come out of one question, and the sets of both, which
the counts need, are not made for the list.
"""

from __future__ import annotations

from cable_tui.archive import filing
from cable_tui.archive.columns import Columns, DateColumn, TermColumn
from cable_tui.archive.desk import Desk
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
)


def inside(desk: Desk, columns: Columns, plan: Plan) -> Plan | None:
    """The plan with filters that the text index has; None where it has not all of them."""
    match plan:
        case AnyWord() | Beginning() | InRow():
            return plan
        case Named(facet, wanted) if isinstance(columns.facets.get(facet), TermColumn):
            return Coded(facet, _codes(desk, columns, facet, wanted))
        case Days(facet, first, last) if isinstance(columns.facets.get(facet), DateColumn):
            return Between(facet, _number(first), _number(last))
        case Without(part):
            found = inside(desk, columns, part)
            return None if found is None else Without(found)
        case Every(parts) | Either(parts):
            all_found = [inside(desk, columns, part) for part in parts]
            known = tuple(part for part in all_found if part is not None)
            return type(plan)(known) if len(known) == len(parts) else None
        case _:
            return None


def _codes(desk: Desk, columns: Columns, facet: str, wanted: str) -> tuple[int, ...]:
    column = columns.facets[facet]
    if not isinstance(column, TermColumn):
        return ()
    known = desk.lasting(f"codes:{facet}", lambda: _all_codes(desk, facet))
    return tuple(known[value] for value in column.chosen(wanted) if value in known)


def _all_codes(desk: Desk, facet: str) -> dict[str, int]:
    with desk.reading() as db:
        return {text: code for code, text in filing.terms_of(db, facet).items()}


def _number(day: str) -> int:
    return int(day.replace("-", ""))
