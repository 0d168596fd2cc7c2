"""The library beside the list: sections, values, and the reader's own lists and searches."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from cable_tui.query import parse
from cable_tui.session import ask, effects
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session


class WidenSection(Action):
    """A section of the library shows all its values, or its first ones again."""

    facet: str


How = Literal["toggled", "only", "excluding"]
LISTS, SAVED, RECENT = "list", "saved", "recent"
"""Names of the sections that are no facets."""


class ReverseSection(Action):
    """A section by name instead of by number, or back; origins by number instead of by region."""

    section: str


class PickFacetValue(Action):
    """A value of the library, whichever section it stands in."""

    section: str
    value: str
    how: How = "toggled"


class SavedCounted(Action):
    """How many cables saved searches find."""

    counts: tuple[tuple[str, int], ...]


class RecentRead(Action):
    """What the cables read last are called."""

    cables: tuple[tuple[str, str, str], ...]


class ShowValues(Request):
    """Show all values of a section, to be filtered; answered by `Pick`."""

    section: str


class CountSaved(Effect):
    """Count what saved searches find; answered by `SavedCounted`, more than once."""

    latest = "saved"

    searches: tuple[tuple[str, str], ...]


class ReadRecent(Effect):
    """Look up what cables are called; answered by `RecentRead`."""

    latest = "recent"

    canonical_ids: tuple[str, ...]


@handles(ReverseSection)
def reverse_section(session: Session, action: ReverseSection) -> Result:
    """The other order of a section."""
    turned = session.sidebar.turned ^ {action.section}
    return replace(session, sidebar=replace(session.sidebar, turned=turned)), ()


@handles(PickFacetValue)
def pick_facet_value(session: Session, action: PickFacetValue) -> Result:
    """A saved search takes the place of the query; a cable is opened; a value narrows."""
    if action.section == SAVED:
        query = dict(session.notebook.searches).get(action.value)
        return (session, ()) if query is None else ask.ask_query(session, parse(query))
    if action.section == RECENT:
        return session, (effects.GoToCable(action.value),)
    if action.section == LISTS and not action.value:
        return ask.toggle_value(session, ask.ToggleValue("is", "bookmarked", action.how))
    return ask.toggle_value(session, ask.ToggleValue(action.section, action.value, action.how))


@handles(SavedCounted)
def saved_counted(session: Session, action: SavedCounted) -> Result:
    """For the section of saved searches."""
    return replace(session, sidebar=replace(session.sidebar, saved=action.counts)), ()


@handles(RecentRead)
def recent_read(session: Session, action: RecentRead) -> Result:
    """For the section of cables read last."""
    return replace(session, sidebar=replace(session.sidebar, recent=action.cables)), ()


def refresh_sidebar(before: Session, session: Session) -> tuple[Effect, ...]:
    """What the library must learn after the notebook has changed."""
    old, new = before.notebook, session.notebook
    wanted: tuple[Effect, ...] = ()
    if new.searches != old.searches:
        wanted += (CountSaved(new.searches),)
    if new.recent != old.recent:
        wanted += (ReadRecent(new.recent),)
    return wanted


@handles(WidenSection)
def widen_section(session: Session, action: WidenSection) -> Result:
    """All values of a section, or its first ones again."""
    return replace(session, wide_sections=session.wide_sections ^ {action.facet}), ()
