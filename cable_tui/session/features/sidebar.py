"""The library beside the list: sections, values, and the reader's own lists and searches."""

from __future__ import annotations

from typing import Literal

from cable_tui.query import parse
from cable_tui.session import ask, effects
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace


class WidenSection(Action):
    """Show all values of a section, or only the first ones again."""

    facet: str


How = Literal["toggled", "only", "excluding"]
LISTS, SAVED, RECENT = "list", "saved", "recent"
"""Names of the sections that are no facets."""


class ReverseSection(Action):
    """Reverse the order of a section: by name or number; origins by region or number."""

    section: str


class PickFacetValue(Action):
    """Take a value of the library, in whichever section it is."""

    section: str
    value: str
    how: How = "toggled"


class SavedCounted(Action):
    """The numbers of cables that saved searches find."""

    counts: tuple[tuple[str, int], ...]


class RecentRead(Action):
    """The names of the cables read last."""

    cables: tuple[tuple[str, str, str], ...]


class ShowValues(Request):
    """Show all values of a section, to be filtered; answered by `PickFacetValue`."""

    section: str


class CountSaved(Effect):
    """Count the cables of saved searches; answered by `SavedCounted`, one more each time."""

    latest = "saved"

    searches: tuple[tuple[str, str], ...]


class ReadRecent(Effect):
    """Read the names of cables; answered by `RecentRead`."""

    latest = "recent"

    canonical_ids: tuple[str, ...]


@handles(ReverseSection)
def reverse_section(session: Session, action: ReverseSection) -> Result:
    """Switch the order of a section."""
    turned = session.sidebar.turned ^ {action.section}
    return replace(session, sidebar=replace(session.sidebar, turned=turned)), ()


@handles(PickFacetValue)
def pick_facet_value(session: Session, action: PickFacetValue) -> Result:
    """Run a saved search, open a recent cable, or toggle the value in the query."""
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
    """Show them in the section of saved searches."""
    return replace(session, sidebar=replace(session.sidebar, saved=action.counts)), ()


@handles(RecentRead)
def recent_read(session: Session, action: RecentRead) -> Result:
    """Show them in the section of cables read last."""
    return replace(session, sidebar=replace(session.sidebar, recent=action.cables)), ()


def refresh_sidebar(before: Session, session: Session) -> tuple[Effect, ...]:
    """The effects that read the sections anew after the notebook has changed."""
    old, new = before.notebook, session.notebook
    wanted: tuple[Effect, ...] = ()
    if new.searches != old.searches:
        wanted += (CountSaved(new.searches),)
    if new.recent != old.recent:
        wanted += (ReadRecent(new.recent),)
    return wanted


@handles(WidenSection)
def widen_section(session: Session, action: WidenSection) -> Result:
    """Show all values, or only the first ones."""
    return replace(session, wide_sections=session.wide_sections ^ {action.facet}), ()
