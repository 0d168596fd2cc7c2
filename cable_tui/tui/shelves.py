"""The library's sections, made of counts and of what the query includes and excludes."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cable_tui import glossary
from cable_tui.query import CLASSIFICATIONS, FACETS, Filter, Query, Range
from cable_tui.session import Count, Session
from cable_tui.text import clean_line
from cable_tui.tui.library_lines import State
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


@dataclass(frozen=True, slots=True)
class Absent:
    """What the query names of a facet and the counts have not: it can be taken out all the same."""

    value: str
    state: State
    count: int | None
    title: str = ""


Value = Count | Absent


def sections(session: Session) -> list[Section]:
    """Every section in the order of `FACETS`, tags one for each kind."""
    found: list[Section] = []
    for facet in FACETS.values():
        values: list[Value] = [*session.counts.get(facet.name, ()), *_absent(session, facet.name)]
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


def _groups(facet: str, label: str, values: list[Value]) -> Iterator[tuple[str, list[Value]]]:
    if facet != "tag":
        yield label, values
        return
    kinds: dict[str, list[Value]] = {}
    for count in values:
        known = glossary.tag(count.value)
        kinds.setdefault(_kind(known.kind if known else ""), []).append(count)
    for kind in (*_KINDS.values(), "Other tags"):
        if kind in kinds:
            yield kind, kinds[kind]


def _kind(kind: str) -> str:
    return _KINDS.get(kind, "Other tags")


def _ordered(facet: str, values: Sequence[Value]) -> list[Value]:
    there = [count for count in values if count.count or isinstance(count, Absent)]
    if facet == "class":
        return sorted(there, key=lambda each: (_RANKS.get(each.value, 99), each.value))
    if FACETS[facet].kind == "date":
        return sorted(there, key=_newest_year_first)
    return sorted(there, key=lambda each: (-(each.count or 0), each.value))


def _newest_year_first(count: Value) -> tuple[int, str]:
    year = count.value[:4]
    return (-int(year) if year.isascii() and year.isdigit() else 0, count.value)


def _absent(session: Session, facet: str) -> Iterator[Absent]:
    counts = session.counts.get(facet, ())
    for term in session.query.of_facet(facet):
        if not _meant(term, counts):
            span = isinstance(term, Range) and term.start != term.end
            yield Absent(term.named, _state(term), None if span else 0)


def _meant(term: Filter | Range, counts: Sequence[Count]) -> list[str]:
    """The values with cables that a term of the query stands for."""
    there = [(count.value, count.title) for count in counts if count.count]
    if isinstance(term, Range):
        return [value for value, _ in there if value == term.named]
    return FACETS[term.facet].select(term.value, there)


def _state(term: Filter | Range) -> State:
    return "excluded" if term.negated else "included"


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


def _item(session: Session, facet: str, count: Count | Absent) -> Item:
    number = count.count if session.counted == session.ticket else None
    if isinstance(count, Absent):
        return Item(count.value, clean_line(count.value), number, count.state)
    label, indent = _label(facet, count)
    state = session.query.state(facet, count.value)
    if not state and (term := _titled(session, facet, count)):
        # `tag:"human rights"`: what is taken out is the text that the query has
        return Item(term.named, label, number, _state(term), indent)
    return Item(count.value, label, number, state, indent)


def _titled(session: Session, facet: str, count: Count) -> Filter | Range | None:
    """The term that means a value by its title, where it does not by its name."""
    counts = session.counts.get(facet, ())
    terms = session.query.of_facet(facet)
    return next((term for term in terms if count.value in _meant(term, counts)), None)


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
