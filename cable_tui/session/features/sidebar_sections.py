"""The sections in the filters: the counts of facets, and the reader's own lists and searches."""

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
"""The maximum number of recently read cables in the section."""


def reader_sections(session: Session) -> Iterator[Section]:
    """Yield the reader's own sections, except empty ones."""
    for section in (_lists(session), _saved(session), _recent(session)):
        if section.items:
            yield section


def _lists(session: Session) -> Section:
    notebook, query = session.notebook, session.query
    list_items = [
        FilterItem(list_name, clean_line(list_name), mark_count, query.state(LISTS, list_name))
        for list_name, mark_count in notebook.lists
    ]
    if notebook.marks:
        bookmarked_state = query.state("is", "bookmarked")
        list_items.insert(0, FilterItem("", "all bookmarks", len(notebook.marks), bookmarked_state))
    return Section(LISTS, "Bookmarks and lists", tuple(list_items), len(list_items))


def _saved(session: Session) -> Section:
    counts_by_search, search_notes = dict(session.sidebar.saved), session.sidebar.search_notes
    search_items = tuple(
        FilterItem(
            search_name,
            clean_line(search_name),
            counts_by_search.get(search_name),
            sign="⌕",
            notes=(search_notes[search_name].short,) if search_name in search_notes else (),
        )
        for search_name, _ in session.notebook.searches
    )
    return Section(SAVED, "Saved searches", search_items, len(search_items))


def _recent(session: Session) -> Section:
    cable_items = tuple(
        FilterItem(canonical_id, clean_line(f"{reference} {subject}"), sign="✓", counted=False)
        for canonical_id, reference, subject in session.sidebar.recent[:MOST_OWN]
    )
    return Section(RECENT, "Read last", cable_items, len(cable_items), closed=True)


MOST_VALUES = 12
"""The number of values that a section shows before the reader asks for all of them."""
_KINDS = {
    "subject": "Subjects",
    "country": "Countries and regions",
    "organization": "Organizations",
    "program": "Programs",
}


class AbsentValue(Value):
    """A value in the query that has no count, listed so that the reader can still remove it."""

    value: str
    state: State
    count: int | None
    label: str = ""
    """The label, or an empty string if the label is the value itself."""


Shown: TypeAlias = "Count | AbsentValue"
Meant: TypeAlias = Sequence[tuple[Filter | Range, frozenset[str]]]
"""The query's terms for one facet, each with the counted values that the term selects."""


def filter_sections(session: Session) -> list[Section]:
    """Return all sections in the order of `FACETS`, one per kind of TAG, then the reader's own."""
    all_sections: list[Section] = []
    for facet in FACETS.values():
        meant_values = _meant(session, facet.name)
        facet_values: list[Shown] = [*session.counts.get(facet.name, ()), *_absent(meant_values)]
        is_turned = facet.name in session.sidebar.turned
        if facet.name == "origin" and not is_turned and len(facet_values) > MOST_VALUES:
            all_sections += _by_region(session, facet.label, facet_values, meant_values)
            continue
        for section_label, values_of_kind in _groups(facet.name, facet.label, facet_values):
            ordered_values = _ordered(facet, values_of_kind, is_turned)
            # Without a term, a long section shows its first values only.
            is_cut = not (
                session.query.of_facet(facet.name)
                or facet.kind == "date"
                or facet.name in session.wide_sections
            )
            listed_values = ordered_values[: MOST_VALUES + 2] if is_cut else ordered_values
            hidden_total = len(ordered_values) - len(listed_values)
            section_items = [
                _item(session, facet.name, value, meant_values) for value in listed_values
            ]
            section_items = _open_years(session.query, facet.name, section_items)
            if facet.name == "origin":
                section_items = [*_named_regions(session, facet_values), *section_items]
            if section_items or not session.counts:
                all_sections.append(
                    _section(session, facet.name, section_label, section_items, hidden_total)
                )
    return [*all_sections, *reader_sections(session)]


def all_values(session: Session, name: str) -> tuple[str, list[FilterItem]]:
    """Return the label of a section and all of its values, including hidden values."""
    whole_session = replace(session, wide_sections=session.wide_sections | {name})
    sections = [section for section in filter_sections(whole_session) if section.facet == name]
    section_label = FACETS[name].label if name in FACETS else sections[0].label if sections else ""
    section_items = [replace(item, indent=0) for section in sections for item in section.items]
    if name == "origin":
        all_posts = session.counts.get("origin", ())
        posts_by_region = {
            region_name: [post for post in all_posts if region(post.value) == region_name]
            for region_name in REGIONS
        }
        region_items = [
            _region(session, region_name, region_posts)
            for region_name, region_posts in posts_by_region.items()
            if region_posts
        ]
        section_items = [*region_items, *(item for item in section_items if not item.facet)]
    return section_label, section_items


def _by_region(
    session: Session, label: str, values: Sequence[Shown], meant: Meant
) -> Iterator[Section]:
    """Yield a heading, then a folded section of posts for each region, in alphabetical order.

    The heading of a region is itself a value, as in `region:africa`.
    """
    yield Section("origin", label, (), note=_notes_head(session))
    posts_by_region: dict[str, list[Shown]] = {}
    for post_count in sorted(_there(values), key=lambda post: by_city(post.value)):
        posts_by_region.setdefault(region(post_count.value), []).append(post_count)
    for region_name in REGIONS:
        region_posts = posts_by_region.get(region_name, [])
        region_item = _region(session, region_name, region_posts)
        if region_posts or region_item.state:
            post_items = tuple(
                replace(_item(session, "origin", post, meant), indent=1) for post in region_posts
            )
            yield Section(
                "origin",
                region_name,
                post_items,
                len(post_items),
                label,
                item=region_item,
                closed=True,
            )


def _region(session: Session, name: str, posts: Sequence[Shown]) -> FilterItem:
    """Return a region as a value, with the number of cables from posts in the region."""
    cable_total = sum(post.count or 0 for post in posts)
    known_count, previous_count = (cable_total, 0) if session.counted else (None, cable_total)
    region_state = session.query.state("region", name)
    return FilterItem(name, name, known_count, region_state, before=previous_count, facet="region")


def _named_regions(session: Session, values: Sequence[Shown]) -> Iterator[FilterItem]:
    """Yield the regions named in the query, if the posts are not listed by region."""
    for region_name in REGIONS:
        if session.query.state("region", region_name):
            yield _region(
                session, region_name, [post for post in values if region(post.value) == region_name]
            )


def _section(
    session: Session, facet: str, label: str, items: list[FilterItem], hidden_total: int
) -> Section:
    """Return a section; `hidden_total` is the number of its values besides the items."""
    value_total = len(items) + hidden_total if session.counts else None
    note = _notes_head(session) if facet == "origin" else ""
    if facet in session.wide_sections or len(items) <= MOST_VALUES + 1:
        return Section(facet, label, tuple(items), value_total, note=note)
    items_with_state = [item for item in items[MOST_VALUES:] if item.state]
    return Section(facet, label, (*items[:MOST_VALUES], *items_with_state), value_total, note=note)


def _notes_head(session: Session) -> str:
    """Return the meaning of the notes next to the origins, or an empty string without notes."""
    return next((note.head for note in session.sidebar.notes.values()), "")


def _groups(facet: str, label: str, values: list[Shown]) -> Iterator[tuple[str, list[Shown]]]:
    if facet != "tag":
        yield label, values
        return
    values_by_kind: dict[str, list[Shown]] = {}
    for value_count in values:
        known_tag = tag_lists.tag(value_count.value)
        kind_label = _KINDS.get(known_tag.kind if known_tag else "", "Other tags")
        values_by_kind.setdefault(kind_label, []).append(value_count)
    for kind_label in (*_KINDS.values(), "Other tags"):
        if kind_label in values_by_kind:
            yield kind_label, values_by_kind[kind_label]


def _there(values: Sequence[Shown]) -> list[Shown]:
    return [value for value in values if value.count or isinstance(value, AbsentValue)]


def _ordered(facet: Facet, values: Sequence[Shown], is_reversed: bool) -> list[Shown]:
    """Return the values by count, classifications by rank, and dates with the newest first.

    If the section is reversed, ranks and dates are in reverse order, and other values are in
    alphabetical order.
    """
    present_values = _there(values)
    if facet.order:
        ordered_values = sorted(present_values, key=lambda value: facet.sort_key(value.value))
        return ordered_values[::-1] if is_reversed else ordered_values
    if facet.kind == "date":
        return sorted(present_values, key=_oldest_year_first if is_reversed else _newest_year_first)
    if is_reversed and facet.name != "origin":
        return sorted(present_values, key=lambda value: value.value.casefold())
    return sorted(present_values, key=lambda value: (-(value.count or 0), value.value))


def _oldest_year_first(count: Shown) -> tuple[str, str]:
    return count.value[:4], count.value


def _newest_year_first(count: Shown) -> tuple[int, str]:
    year_text = count.value[:4]
    return (-int(year_text) if year_text.isascii() and year_text.isdigit() else 0, count.value)


def _meant(session: Session, facet: str) -> Meant:
    """Return the terms for a facet with the values that they select, computed once per section."""
    facet_terms = [term for term in session.query.of_facet(facet) if term.facet == facet]
    if not facet_terms:
        return ()
    facet_counts = session.counts.get(facet, ())
    present_values = [(count.value, count.title) for count in facet_counts if count.count]
    return [
        (
            term,
            frozenset(value for value, _ in present_values if value == term.named)
            if isinstance(term, Range)
            else frozenset(FACETS[facet].select(term.value, present_values)),
        )
        for term in facet_terms
    ]


def _absent(meant: Meant) -> Iterator[AbsentValue]:
    for term, matching_values in meant:
        if not matching_values:
            is_range = isinstance(term, Range) and term.start != term.end
            known_tag = tag_lists.tag(term.named) if term.facet == "tag" else None
            tag_label = f"{known_tag.code} {known_tag.title}" if known_tag else ""
            yield AbsentValue(term.named, _state(term), None if is_range else 0, tag_label)


def _state(term: Filter | Range) -> State:
    return "excluded" if term.negated else "included"


def _open_years(query: Query, facet: str, items: list[FilterItem]) -> list[FilterItem]:
    """Return the items, with months only below a year named in the query, and days likewise."""
    if FACETS[facet].kind != "date":
        return items
    range_ends = [
        range_end
        for term in query.of_facet(facet)
        if isinstance(term, Range)
        for range_end in (term.start, term.end)
    ]
    named_dates = {
        range_end[:prefix_length] for range_end in range_ends for prefix_length in (4, 7)
    }
    open_years = {item.value for item in items if len(item.value) == 4}
    if len(open_years) == 1:
        named_dates |= open_years
    return [
        item
        for item in items
        if item.state or len(item.value) == 4 or item.value[:-3] in named_dates
    ]


def _item(session: Session, facet: str, count: Shown, meant: Meant) -> FilterItem:
    known_count, previous_count = (count.count, 0) if session.counted else (None, count.count or 0)
    if isinstance(count, AbsentValue):
        return FilterItem(
            count.value, clean_line(count.label or count.value), known_count, count.state
        )
    value_label, indent = _label(facet, count)
    query_state = session.query.state(facet, count.value)
    if not query_state and (
        term := next(
            (term for term, values_of_term in meant if count.value in values_of_term), None
        )
    ):
        # By its title, as `tag:"human rights"`: what is taken out is the text that the query has.
        return FilterItem(
            term.named, value_label, known_count, _state(term), indent, before=previous_count
        )
    origin_note = session.sidebar.notes.get(count.value) if facet == "origin" else None
    short_notes = origin_note.short if origin_note else ()
    return FilterItem(
        count.value,
        value_label,
        known_count,
        query_state,
        indent,
        before=previous_count,
        notes=short_notes,
    )


def _label(facet: str, count: Count) -> tuple[str, int]:
    value_text = clean_line(count.value)
    if FACETS[facet].kind == "date":
        if len(value_text) == 7 and value_text[5:].isdigit() and 1 <= int(value_text[5:]) <= 12:
            return calendar.month_name[int(value_text[5:])], 1
        if len(value_text) == 10:
            return f"{int(value_text[8:])} {calendar.month_abbr[int(value_text[5:7])]}", 2
        return value_text, 0
    value_title = clean_line(count.title)
    if facet == "class":
        return (value_text if value_title == value_text else f"{value_title:7} {value_text}"), 0
    return (
        f"{value_text} {value_title}" if value_title and value_title != value_text else value_text
    ), 0
