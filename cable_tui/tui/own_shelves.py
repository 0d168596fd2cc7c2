"""The library's sections of the reader's own: lists, saved searches, cables read last."""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.session import Session
from cable_tui.session.shelving import LISTS, RECENT, SAVED
from cable_tui.text import clean_line
from cable_tui.tui.sidebar import Item, Section

FIRST = 8
"""Cables read last that are shown."""


def own_sections(session: Session) -> Iterator[Section]:
    """Those that hold anything."""
    for section in (_lists(session), _saved(session), _recent(session)):
        if section.items:
            yield section


def _lists(session: Session) -> Section:
    notebook, query = session.notebook, session.query
    items = [
        Item(name, clean_line(name), count, query.state(LISTS, name))
        for name, count in notebook.lists
    ]
    if notebook.marks:
        state = query.state("is", "bookmarked")
        items.insert(0, Item("", "all bookmarks", len(notebook.marks), state))
    return Section(LISTS, "Bookmarks and lists", tuple(items), len(items))


def _saved(session: Session) -> Section:
    counts = dict(session.shelving.saved)
    items = tuple(
        Item(name, clean_line(name), counts.get(name), sign="⌕")
        for name, _ in session.notebook.searches
    )
    return Section(SAVED, "Saved searches", items, len(items))


def _recent(session: Session) -> Section:
    items = tuple(
        Item(canonical, clean_line(f"{reference} {subject}"), sign="✓", counted=False)
        for canonical, reference, subject in session.shelving.recent[:FIRST]
    )
    return Section(RECENT, "Read last", items, len(items), closed=True)
