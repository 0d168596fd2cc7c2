"""The library pane: sections, values, how much of each post is here, lists, searches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Protocol

from cable_tui.base.tools import load, tools
from cable_tui.base.value import replace
from cable_tui.glossary import posts
from cable_tui.query import parse
from cable_tui.query.answers import Counts
from cable_tui.query.fields import region_of
from cable_tui.session import ask, effects
from cable_tui.session.feature_state import OriginNote
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive


class WidenSection(Action):
    """Show all values of a section, or only the first ones again."""

    facet: str

    def step(self, session: Session) -> Result:
        """Show all values, or only the first ones."""
        return replace(session, wide_sections=session.wide_sections ^ {self.facet}), ()


How = Literal["toggled", "only", "excluding"]
LISTS, SAVED, RECENT = "list", "saved", "recent"
"""Names of the sections that are not facets."""


class ReverseSection(Action):
    """Reverse the order of a section: by name or number; origins by region or number."""

    section: str

    def step(self, session: Session) -> Result:
        """Reverse it."""
        turned_sections = session.sidebar.turned ^ {self.section}
        return replace(session, sidebar=replace(session.sidebar, turned=turned_sections)), ()


class PickFacetValue(Action):
    """Act on a value of the library, in whichever section it is."""

    section: str
    value: str
    how: How = "toggled"

    def step(self, session: Session) -> Result:
        """Run a saved search, open a recent cable, or toggle the value in the query."""
        if self.section == SAVED:
            text = dict(session.notebook.searches).get(self.value)
            return (session, ()) if text is None else ask.ask_as_written(session, text)
        if self.section == RECENT:
            return session, (effects.GoToCable(self.value),)
        if self.section == LISTS and not self.value:
            return ask.ToggleValue("is", "bookmarked", self.how).step(session)
        return ask.ToggleValue(self.section, self.value, self.how).step(session)


class SavedCounted(Action):
    """The numbers of cables that saved searches find."""

    counts: tuple[tuple[str, int], ...]

    def step(self, session: Session) -> Result:
        """Show them in the section of saved searches."""
        return replace(session, sidebar=replace(session.sidebar, saved=self.counts)), ()


class RecentRead(Action):
    """The names of the cables read last."""

    cables: tuple[tuple[str, str, str], ...]

    def step(self, session: Session) -> Result:
        """Show cables in the section of those read last."""
        return replace(session, sidebar=replace(session.sidebar, recent=self.cables)), ()


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


def refresh_sidebar(before: Session, session: Session) -> tuple[Effect, ...]:
    """Return the effects that read the sections again after the notebook has changed."""
    notebook_before, notebook_now = before.notebook, session.notebook
    wanted_effects: tuple[Effect, ...] = ()
    if notebook_now.searches != notebook_before.searches:
        wanted_effects += (CountSaved(notebook_now.searches),)
    if notebook_now.recent != notebook_before.recent:
        wanted_effects += (ReadRecent(notebook_now.recent),)
    return wanted_effects


class OriginNotesRead(Action):
    """What tools know of each origin; `cables` were in the archive then."""

    notes: Mapping[str, OriginNote]
    cables: int

    def step(self, session: Session) -> Result:
        """Show it in the library."""
        sidebar = replace(session.sidebar, notes=self.notes, noted=self.cables)
        return replace(session, sidebar=sidebar), ()


class ReadOriginNotes(Effect):
    """Ask the tools; answered by `OriginNotesRead`."""

    latest = "origin notes"

    cables: int


def wanted(session: Session) -> tuple[Effect, ...]:
    """Return the effect that asks the tools of origins once the archive is read.

    There is none if no cable came since.
    """
    cables, is_read = session.summary.cables if session.summary else 0, session.building is None
    is_known = session.sidebar.noted == cables
    return (ReadOriginNotes(cables),) if is_read and cables and not is_known else ()


class ReadNotes(Protocol):
    """`origin_notes` of a tool."""

    def __call__(self, archive: Archive, cancelled: Cancelled) -> Mapping[str, OriginNote]:
        """Return what it knows of each origin; it runs in a thread, and may be cancelled."""


def _read_notes(services: Services, effect: ReadOriginNotes, cancelled: Cancelled) -> Actions:
    notes: dict[str, OriginNote] = {}
    for tool in tools():
        if tool.origin_notes and not cancelled():
            read_notes: ReadNotes = load(tool.origin_notes)
            notes |= read_notes(services.archive, cancelled)
    if not cancelled():
        yield OriginNotesRead(notes, effect.cables)


def _count_saved(services: Services, effect: CountSaved, cancelled: Cancelled) -> Actions:
    """Count the saved searches, reporting each: a slow one does not delay those before it."""
    search_counts: list[tuple[str, int]] = []
    for name, text in effect.searches:
        if cancelled():
            return
        hits = services.archive.search(parse(text), limit=1, cancelled=cancelled)
        search_counts.append((name, hits.count))
        yield SavedCounted(tuple(search_counts))


def _read_recent(services: Services, effect: ReadRecent, _: Cancelled) -> Actions:
    """Read the cables read last that are in this archive."""
    ids = [services.archive.find(canonical_id) for canonical_id in effect.canonical_ids]
    rows = services.rows([id_ for id_ in ids if id_ is not None])
    recent_rows = [rows[id_] for id_ in ids if id_ in rows]
    yield RecentRead(
        tuple((row.canonical_id, row.reference_id, row.subject) for row in recent_rows)
    )


def region(origin: str) -> str:
    """Return the region in `query.fields.REGIONS` that an origin belongs to."""
    return region_of(posts.bureau(origin))


def by_city(origin: str) -> tuple[str, str]:
    """Return a key that orders origins by name: by the city, whatever kind of post it is."""
    cities = (post.city for post in _posts(origin) if post.city)
    return next(cities, origin).casefold(), origin


def published(origin: str) -> int:
    """Return cables of an origin in the whole published archive; 0 if unknown."""
    return sum(post.cables for post in _posts(origin))


PUBLISHED = 251_287
"""The number of cables of the archive that was published in 2010 and 2011."""
_OTHERS = range(1973, 1980)
"""Years with hundreds of thousands of cables from the National Archives."""


def of_published(totals: Counts) -> int | None:
    """Return how many of the published cables an archive has; None if it is of another collection.

    A cable of a known post is one, unless most posts are unknown, or most of the archive is of the
    years that came from elsewhere.
    """
    origins = totals.get("origin", ())
    known_published = sum(entry.count for entry in origins if published(entry.value))
    if 2 * known_published < sum(entry.count for entry in origins):
        return None
    year_values = [year for year in totals.get("date", ()) if len(year.value) == 4]
    cables_of_others = sum(year.count for year in year_values if int(year.value) in _OTHERS)
    cable_total = sum(year.count for year in year_values)
    return (
        None
        if not known_published or known_published > PUBLISHED or 2 * cables_of_others > cable_total
        else known_published
    )


def _posts(origin: str) -> list[posts.Station]:
    stations = (posts.station(code) for code in posts.origin_stations(origin))
    return [station for station in stations if station is not None]


PERFORMERS: Performers = {
    ReadOriginNotes: _read_notes,
    CountSaved: _count_saved,
    ReadRecent: _read_recent,
}
