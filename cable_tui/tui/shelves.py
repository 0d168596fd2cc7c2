"""The library's sections, made of counts and of what the query includes and excludes."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence

from cable_tui import glossary
from cable_tui.query import CLASSIFICATIONS, FACETS, Query, Range
from cable_tui.session import Count, Session
from cable_tui.text import clean_line
from cable_tui.tui.sidebar import Item, Section

FIRST = 12
"""Values of a section before the rest is asked for."""
_KINDS = {
    "subject": "Subjects",
    "country": "Countries and regions",
    "organization": "Organizations",
    "program": "Programs",
}
_RANKS = {name: rank for rank, (name, _) in enumerate(CLASSIFICATIONS)}


def sections(session: Session) -> list[Section]:
    """Every section in the order of `FACETS`, tags one for each kind."""
    found: list[Section] = []
    for facet in FACETS.values():
        values = list(session.counts.get(facet.name, ()))
        for label, group in _groups(facet.name, facet.label, values):
            items = [_item(session, facet.name, count) for count in _ordered(facet.name, group)]
            items = _open_years(session.query, facet.name, items)
            if items or not session.counts:
                found.append(_section(session, facet.name, label, items))
    return found


def _section(session: Session, facet: str, label: str, items: list[Item]) -> Section:
    total = len(items) if session.counts else None
    if facet in session.wide or len(items) <= FIRST + 1:
        return Section(facet, label, tuple(items), total)
    stated = [item for item in items[FIRST:] if item.state]
    return Section(facet, label, (*items[:FIRST], *stated), total)


def _groups(facet: str, label: str, values: list[Count]) -> Iterator[tuple[str, list[Count]]]:
    if facet != "tag":
        yield label, values
        return
    kinds: dict[str, list[Count]] = {}
    for count in values:
        known = glossary.tag(count.value)
        kinds.setdefault(_kind(known.kind if known else ""), []).append(count)
    for kind in (*_KINDS.values(), "Other tags"):
        if kind in kinds:
            yield kind, kinds[kind]


def _kind(kind: str) -> str:
    return _KINDS.get(kind, "Other tags")


def _ordered(facet: str, values: Sequence[Count]) -> list[Count]:
    there = [count for count in values if count.count]
    if facet == "class":
        return sorted(there, key=lambda each: (_RANKS.get(each.value, 99), each.value))
    if FACETS[facet].kind == "date":
        return sorted(there, key=_newest_year_first)
    return sorted(there, key=lambda each: (-each.count, each.value))


def _newest_year_first(count: Count) -> tuple[int, str]:
    year = count.value[:4]
    return (-int(year) if year.isascii() and year.isdigit() else 0, count.value)


def _open_years(query: Query, facet: str, items: list[Item]) -> list[Item]:
    """Months show under a year that the query names; the others are years only."""
    if FACETS[facet].kind != "date":
        return items
    named = {
        end[:4]
        for term in query.of_facet(facet)
        if isinstance(term, Range)
        for end in (term.start, term.end)
    }
    years = {item.value for item in items if len(item.value) == 4}
    if len(years) == 1:
        named |= years
    return [item for item in items if len(item.value) == 4 or item.value[:4] in named]


def _item(session: Session, facet: str, count: Count) -> Item:
    known = session.counted == session.ticket
    state = session.query.state(facet, count.value)
    label, indent = _label(facet, count)
    return Item(count.value, label, count.count if known else None, state, indent)


def _label(facet: str, count: Count) -> tuple[str, int]:
    value = clean_line(count.value)
    if FACETS[facet].kind == "date":
        if len(value) == 7 and value[5:].isdigit() and 1 <= int(value[5:]) <= 12:
            return calendar.month_name[int(value[5:])], 1
        return value, 0
    title = clean_line(count.title)
    if facet == "class":
        return (value if title == value else f"{title:7} {value}"), 0
    return (f"{value} {title}" if title and title != value else value), 0
