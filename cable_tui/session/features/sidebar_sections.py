"""The sections of the library: counts of the facets, and the reader's own lists and searches."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from cable_tui.base.value import Value, replace
from cable_tui.glossary import tag_lists
from cable_tui.query import FACETS, Facet, Filter, Query, Range
from cable_tui.query.fields import REGIONS
from cable_tui.session.features.sidebar import LISTS, RECENT, SAVED, by_city, region
from cable_tui.session.sidebar_lines import FilterItem, Section, State
from cable_tui.session.state import Session
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from cable_tui.query.answers import Count

MOST_OWN = 8
"""The most cables read last that are shown."""


def reader_sections(session: Session) -> Iterator[Section]:
    """Yield the reader's own sections that hold anything."""
    for section in (_lists(session), _saved(session), _recent(session)):
        if section.items:
            yield section


def _lists(session: Session) -> Section:
    notebook, query = session.notebook, session.query
    items = [
        FilterItem(name, clean_line(name), count, query.state(LISTS, name))
        for name, count in notebook.lists
    ]
    if notebook.marks:
        state = query.state("is", "bookmarked")
        items.insert(0, FilterItem("", "all bookmarks", len(notebook.marks), state))
    return Section(LISTS, "Bookmarks and lists", tuple(items), len(items))


def _saved(session: Session) -> Section:
    counts = dict(session.sidebar.saved)
    items = tuple(
        FilterItem(name, clean_line(name), counts.get(name), sign="⌕")
        for name, _ in session.notebook.searches
    )
    return Section(SAVED, "Saved searches", items, len(items))


def _recent(session: Session) -> Section:
    items = tuple(
        FilterItem(canonical_id, clean_line(f"{reference} {subject}"), sign="✓", counted=False)
        for canonical_id, reference, subject in session.sidebar.recent[:MOST_OWN]
    )
    return Section(RECENT, "Read last", items, len(items), closed=True)


MOST_VALUES = 12
"""Values of a section that are shown before the reader asks for the rest."""
_KINDS = {
    "subject": "Subjects",
    "country": "Countries and regions",
    "organization": "Organizations",
    "program": "Programs",
}


class AbsentValue(Value):
    """A value that the query names and the counts lack: it can still be removed."""

    value: str
    state: State
    count: int | None
    label: str = ""
    """Label; empty if it is called by its value."""


Shown: TypeAlias = "Count | AbsentValue"
Meant: TypeAlias = Sequence[tuple[Filter | Range, frozenset[str]]]
"""The terms of the query on one facet, each with the values with cables that it means."""


def filter_sections(session: Session) -> list[Section]:
    """Return all sections in the order of `FACETS`, tags one a kind, then the reader's own."""
    list_sections: list[Section] = []
    for facet in FACETS.values():
        meant_values = _meant(session, facet.name)
        values: list[Shown] = [*session.counts.get(facet.name, ()), *_absent(meant_values)]
        is_turned = facet.name in session.sidebar.turned
        if facet.name == "origin" and not is_turned and len(values) > MOST_VALUES:
            list_sections += _by_region(session, facet.label, values, meant_values)
            continue
        for label, values_of_kind in _groups(facet.name, facet.label, values):
            ordered_values = _ordered(facet, values_of_kind, is_turned)
            items = [_item(session, facet.name, value, meant_values) for value in ordered_values]
            items = _open_years(session.query, facet.name, items)
            if facet.name == "origin":
                items = [*_named_regions(session, values), *items]
            if items or not session.counts:
                list_sections.append(_section(session, facet.name, label, items))
    return [*list_sections, *reader_sections(session)]


def all_values(session: Session, name: str) -> tuple[str, list[FilterItem]]:
    """Return the label of a section of the library and all its values, also the hidden ones."""
    whole_session = replace(session, wide_sections=session.wide_sections | {name})
    sections = [section for section in filter_sections(whole_session) if section.facet == name]
    label = FACETS[name].label if name in FACETS else sections[0].label if sections else ""
    items = [replace(item, indent=0) for section in sections for item in section.items]
    if name == "origin":
        posts = session.counts.get("origin", ())
        areas = {area: [post for post in posts if region(post.value) == area] for area in REGIONS}
        regions = [_region(session, area, posts) for area, posts in areas.items() if posts]
        items = [*regions, *(item for item in items if not item.facet)]
    return label, items


def _by_region(
    session: Session, label: str, values: Sequence[Shown], meant: Meant
) -> Iterator[Section]:
    """Yield a heading, and below it a folded section for each region, its posts from A to Z.

    The region is a value too: `region:africa`.
    """
    yield Section("origin", label, ())
    regions: dict[str, list[Shown]] = {}
    for value in sorted(_there(values), key=lambda post: by_city(post.value)):
        regions.setdefault(region(value.value), []).append(value)
    for name in REGIONS:
        region_posts = regions.get(name, [])
        heading = _region(session, name, region_posts)
        if region_posts or heading.state:
            items = tuple(
                replace(_item(session, "origin", post, meant), indent=1) for post in region_posts
            )
            yield Section("origin", name, items, len(items), label, item=heading, closed=True)


def _region(session: Session, name: str, posts: Sequence[Shown]) -> FilterItem:
    """Return a region as a value, with the cables of its posts."""
    total = sum(post.count or 0 for post in posts)
    count, count_before = (total, 0) if session.counted else (None, total)
    state = session.query.state("region", name)
    return FilterItem(name, name, count, state, before=count_before, facet="region")


def _named_regions(session: Session, values: Sequence[Shown]) -> Iterator[FilterItem]:
    """Yield the regions that the query names, if the posts are not listed by region."""
    for name in REGIONS:
        if session.query.state("region", name):
            yield _region(session, name, [post for post in values if region(post.value) == name])


def _section(session: Session, facet: str, label: str, items: list[FilterItem]) -> Section:
    total = len(items) if session.counts else None
    if facet in session.wide_sections or len(items) <= MOST_VALUES + 1:
        return Section(facet, label, tuple(items), total)
    items_with_state = [item for item in items[MOST_VALUES:] if item.state]
    return Section(facet, label, (*items[:MOST_VALUES], *items_with_state), total)


def _groups(facet: str, label: str, values: list[Shown]) -> Iterator[tuple[str, list[Shown]]]:
    if facet != "tag":
        yield label, values
        return
    kinds: dict[str, list[Shown]] = {}
    for value_count in values:
        known_tag = tag_lists.tag(value_count.value)
        kind = _KINDS.get(known_tag.kind if known_tag else "", "Other tags")
        kinds.setdefault(kind, []).append(value_count)
    for kind in (*_KINDS.values(), "Other tags"):
        if kind in kinds:
            yield kind, kinds[kind]


def _there(values: Sequence[Shown]) -> list[Shown]:
    return [value for value in values if value.count or isinstance(value, AbsentValue)]


def _ordered(facet: Facet, values: Sequence[Shown], turned: bool) -> list[Shown]:
    """Return the values by number, classes by rank, dates from the newest; reversed, by name."""
    values_there = _there(values)
    if facet.order:
        ordered_values = sorted(values_there, key=lambda value: facet.sort_key(value.value))
        return ordered_values[::-1] if turned else ordered_values
    if facet.kind == "date":
        return sorted(values_there, key=_oldest_year_first if turned else _newest_year_first)
    if turned and facet.name != "origin":
        return sorted(values_there, key=lambda value: value.value.casefold())
    return sorted(values_there, key=lambda value: (-(value.count or 0), value.value))


def _oldest_year_first(count: Shown) -> tuple[str, str]:
    return count.value[:4], count.value


def _newest_year_first(count: Shown) -> tuple[int, str]:
    count_year = count.value[:4]
    return (-int(count_year) if count_year.isascii() and count_year.isdigit() else 0, count.value)


def _meant(session: Session, facet: str) -> Meant:
    """Return the terms with their values, looked for once for all lines of a section."""
    terms = [term for term in session.query.of_facet(facet) if term.facet == facet]
    if not terms:
        return ()
    counts = session.counts.get(facet, ())
    values_there = [(count.value, count.title) for count in counts if count.count]
    return [
        (
            term,
            frozenset(value for value, _ in values_there if value == term.named)
            if isinstance(term, Range)
            else frozenset(FACETS[facet].select(term.value, values_there)),
        )
        for term in terms
    ]


def _absent(meant: Meant) -> Iterator[AbsentValue]:
    for term, values in meant:
        if not values:
            is_range = isinstance(term, Range) and term.start != term.end
            known_tag = tag_lists.tag(term.named) if term.facet == "tag" else None
            label = f"{known_tag.code} {known_tag.title}" if known_tag else ""
            yield AbsentValue(term.named, _state(term), None if is_range else 0, label)


def _state(term: Filter | Range) -> State:
    return "excluded" if term.negated else "included"


def _open_years(query: Query, facet: str, items: list[FilterItem]) -> list[FilterItem]:
    """Show months under a year that the query names, and days under such a month."""
    if FACETS[facet].kind != "date":
        return items
    ends = [
        end
        for term in query.of_facet(facet)
        if isinstance(term, Range)
        for end in (term.start, term.end)
    ]
    dates_named = {end[:length] for end in ends for length in (4, 7)}
    open_years = {item.value for item in items if len(item.value) == 4}
    if len(open_years) == 1:
        dates_named |= open_years
    return [
        item
        for item in items
        if item.state or len(item.value) == 4 or item.value[:-3] in dates_named
    ]


def _item(session: Session, facet: str, count: Shown, meant: Meant) -> FilterItem:
    number, count_before = (count.count, 0) if session.counted else (None, count.count or 0)
    if isinstance(count, AbsentValue):
        return FilterItem(count.value, clean_line(count.label or count.value), number, count.state)
    label, indent = _label(facet, count)
    state = session.query.state(facet, count.value)
    if not state and (
        term := next(
            (term for term, values_of_term in meant if count.value in values_of_term), None
        )
    ):
        # By its title, as `tag:"human rights"`: what is taken out is the text that the query has.
        return FilterItem(term.named, label, number, _state(term), indent, before=count_before)
    origin_note = session.sidebar.notes.get(count.value) if facet == "origin" else None
    notes = origin_note.short if origin_note else ()
    return FilterItem(count.value, label, number, state, indent, before=count_before, notes=notes)


def _label(facet: str, count: Count) -> tuple[str, int]:
    value_text = clean_line(count.value)
    if FACETS[facet].kind == "date":
        if len(value_text) == 7 and value_text[5:].isdigit() and 1 <= int(value_text[5:]) <= 12:
            return calendar.month_name[int(value_text[5:])], 1
        if len(value_text) == 10:
            return f"{int(value_text[8:])} {calendar.month_abbr[int(value_text[5:7])]}", 2
        return value_text, 0
    title = clean_line(count.title)
    if facet == "class":
        return (value_text if title == value_text else f"{title:7} {value_text}"), 0
    return (f"{value_text} {title}" if title and title != value_text else value_text), 0
