"""The filters: sections, values, each post's share in this archive, lists, searches."""

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
from cable_tui.session.feature_state import OriginNote, SearchNote
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive


class WidenSection(Action):
    """Show all values in a section, or only the first ones again."""

    facet: str

    def step(self, session: Session) -> Result:
        """Toggle between all values and the first ones."""
        return replace(session, wide_sections=session.wide_sections ^ {self.facet}), ()


How = Literal["toggled", "only", "excluding"]
LISTS, SAVED, RECENT = "list", "saved", "recent"
"""The names of the sections that are not facets."""


class ReverseSection(Action):
    """Reverse the order of a section: by name or count; for origins, by region or count."""

    section: str

    def step(self, session: Session) -> Result:
        """Reverse the order."""
        turned_sections = session.sidebar.turned ^ {self.section}
        return replace(session, sidebar=replace(session.sidebar, turned=turned_sections)), ()


class PickFacetValue(Action):
    """Act on a value in a section of the filters."""

    section: str
    value: str
    how: How = "toggled"

    def step(self, session: Session) -> Result:
        """Run a saved search, open a recently read cable, or edit the query with the value."""
        if self.section == SAVED:
            query_text = dict(session.notebook.searches).get(self.value)
            return (session, ()) if query_text is None else ask.ask_as_written(session, query_text)
        if self.section == RECENT:
            return session, (effects.GoToCable(self.value),)
        if self.section == LISTS and not self.value:
            return ask.ToggleValue("is", "bookmarked", self.how).step(session)
        return ask.ToggleValue(self.section, self.value, self.how).step(session)


class SavedCounted(Action):
    """The cables that match saved searches were counted."""

    counts: tuple[tuple[str, int], ...]

    def step(self, session: Session) -> Result:
        """Show the counts in the section of saved searches."""
        return replace(session, sidebar=replace(session.sidebar, saved=self.counts)), ()


class SearchNotesRead(Action):
    """A tool has computed its notes about the saved searches."""

    notes: Mapping[str, SearchNote]

    def step(self, session: Session) -> Result:
        """Show the notes next to the searches, and in their menu."""
        return replace(session, sidebar=replace(session.sidebar, search_notes=self.notes)), ()


class RecentRead(Action):
    """The names of the recently read cables were read."""

    cables: tuple[tuple[str, str, str], ...]

    def step(self, session: Session) -> Result:
        """Show the cables in the section for recently read cables."""
        return replace(session, sidebar=replace(session.sidebar, recent=self.cables)), ()


class ShowValues(Request):
    """Show all values of a section with a filter; answered by `PickFacetValue`."""

    section: str


class CountSaved(Effect):
    """Count the cables that match saved searches; answered by `SavedCounted` after each search."""

    latest = "saved"

    searches: tuple[tuple[str, str], ...]


class ReadRecent(Effect):
    """Read the names of recently read cables; answered by `RecentRead`."""

    latest = "recent"

    canonical_ids: tuple[str, ...]


def refresh_sidebar(previous_session: Session, session: Session) -> tuple[Effect, ...]:
    """Return the effects that update the sections after the notebook has changed."""
    previous_notebook, current_notebook = previous_session.notebook, session.notebook
    refresh_effects: tuple[Effect, ...] = ()
    if current_notebook.searches != previous_notebook.searches:
        refresh_effects += (CountSaved(current_notebook.searches),)
    if current_notebook.recent != previous_notebook.recent:
        refresh_effects += (ReadRecent(current_notebook.recent),)
    return refresh_effects


class OriginNotesRead(Action):
    """The tools' notes about origins were read, when the archive had `cables` cables."""

    notes: Mapping[str, OriginNote]
    cables: int

    def step(self, session: Session) -> Result:
        """Show the notes in the filters."""
        sidebar_view = replace(session.sidebar, notes=self.notes, noted=self.cables)
        return replace(session, sidebar=sidebar_view), ()


class ReadOriginNotes(Effect):
    """Ask the tools for their notes about origins; answered by `OriginNotesRead`."""

    latest = "origin notes"

    cables: int


def wanted(session: Session) -> tuple[Effect, ...]:
    """Return the effect that asks tools for notes about origins, once the archive is read.

    Return no effect if the number of cables has not changed since the last time.
    """
    cable_count, is_read = (
        session.summary.cables if session.summary else 0,
        session.building is None,
    )
    has_current_notes = session.sidebar.noted == cable_count
    return (
        (ReadOriginNotes(cable_count),) if is_read and cable_count and not has_current_notes else ()
    )


class ReadNotes(Protocol):
    """The function `origin_notes` of a tool."""

    def __call__(self, archive: Archive, cancelled: Cancelled) -> Mapping[str, OriginNote]:
        """Return the tool's notes by origin. Runs in a thread, and may be cancelled."""


def _read_notes(services: Services, effect: ReadOriginNotes, cancelled: Cancelled) -> Actions:
    notes_by_origin: dict[str, OriginNote] = {}
    for tool in tools():
        if tool.origin_notes and not cancelled():
            read_notes: ReadNotes = load(tool.origin_notes)
            notes_by_origin |= read_notes(services.archive, cancelled)
    if not cancelled():
        yield OriginNotesRead(notes_by_origin, effect.cables)


def _count_saved(services: Services, effect: CountSaved, cancelled: Cancelled) -> Actions:
    """Count the saved searches. Report each count at once, because a search may be slow."""
    search_counts: list[tuple[str, int]] = []
    for search_name, query_text in effect.searches:
        if cancelled():
            return
        search_answer = services.archive.search(parse(query_text), limit=1, cancelled=cancelled)
        search_counts.append((search_name, search_answer.count))
        yield SavedCounted(tuple(search_counts))


def _read_recent(services: Services, effect: ReadRecent, _: Cancelled) -> Actions:
    """Report the names of the recently read cables that are in this archive."""
    recent_ids = [services.archive.find(canonical_id) for canonical_id in effect.canonical_ids]
    cable_rows = services.rows([cable_id for cable_id in recent_ids if cable_id is not None])
    recent_rows = [cable_rows[cable_id] for cable_id in recent_ids if cable_id in cable_rows]
    yield RecentRead(
        tuple((row.canonical_id, row.reference_id, row.subject) for row in recent_rows)
    )


def region(origin: str) -> str:
    """Return the region in `query.fields.REGIONS` that an origin belongs to."""
    return region_of(posts.bureau(origin))


def by_city(origin: str) -> tuple[str, str]:
    """Return a sort key that orders origins by city, regardless of the kind of post."""
    post_cities = (post.city for post in _posts(origin) if post.city)
    return next(post_cities, origin).casefold(), origin


def published(origin: str) -> int:
    """Return the number of an origin's cables in the whole published archive, or 0 if unknown."""
    return sum(post.cables for post in _posts(origin))


PUBLISHED = 251_287
"""The number of cables in the archive published in 2010 and 2011."""
_OTHERS = range(1973, 1980)
"""The years for which the National Archives have released hundreds of thousands of cables."""


def of_published(totals: Counts) -> int | None:
    """Return how many cables of the published archive are here, or None for another collection.

    Every cable from a known post counts as published, unless most posts are unknown or most cables
    are from the years that the National Archives released.
    """
    origin_counts = totals.get("origin", ())
    published_count = sum(
        origin_count.count for origin_count in origin_counts if published(origin_count.value)
    )
    if 2 * published_count < sum(origin_count.count for origin_count in origin_counts):
        return None
    year_counts = [
        year_count for year_count in totals.get("date", ()) if len(year_count.value) == 4
    ]
    archives_count = sum(
        year_count.count for year_count in year_counts if int(year_count.value) in _OTHERS
    )
    cable_total = sum(year_count.count for year_count in year_counts)
    return (
        None
        if not published_count or published_count > PUBLISHED or 2 * archives_count > cable_total
        else published_count
    )


def _posts(origin: str) -> list[posts.Station]:
    stations = (posts.station(code) for code in posts.origin_stations(origin))
    return [station for station in stations if station is not None]


PERFORMERS: Performers = {
    ReadOriginNotes: _read_notes,
    CountSaved: _count_saved,
    ReadRecent: _read_recent,
}
