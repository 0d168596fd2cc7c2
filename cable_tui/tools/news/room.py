"""New results in the reading room: `+3` next to a saved search until the reader opens it."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from cable_tui.background.indexer_process import Post
from cable_tui.base.value import Value
from cable_tui.operating_system.files import version_of
from cable_tui.query import parse
from cable_tui.query.fields import asks_reader
from cable_tui.session import effects
from cable_tui.session.ask import SearchFor
from cable_tui.session.feature_state import SearchNote
from cable_tui.session.features import sidebar
from cable_tui.session.features.index_status import (
    ArchiveSummarised,
    CacheReadOnly,
    IndexProgressed,
)
from cable_tui.session.features.sidebar_cursor import ClickLine, PickHere
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, LibraryWrite
from cable_tui.tools.news import counting, seen_file
from cable_tui.tools.news.counting import SearchNews
from cable_tui.tools.news.wording import named, news_words

if TYPE_CHECKING:
    from cable_tui.background.beside import OpenedRoom

LOOK_EVERY = 1.0
"""The number of seconds between two checks whether another window has changed the file."""
MOST_LISTED = 200
"""The maximum number of cables in the query that finds only the new results of a search."""


class CountNews(Effect):
    """Count the new results of the saved searches; answered by `NewsCounted`."""

    latest = "news"

    searches: tuple[tuple[str, str], ...]


class OpenSearch(LibraryWrite):
    """Record that the reader has opened a saved search; answered by `NewsCounted`."""

    name: str
    query: str
    listed: bool = False
    """Whether the list shows only the new results, so that no key for it is named."""


class NewsOfSearches(Value):
    """The tool's state: the new results that were opened last and are still listed in the menu."""

    opened: tuple[tuple[str, SearchNote], ...] = ()


class NewsCounted(Action):
    """The new results of all saved searches, or only of the searches in `notes`, were counted."""

    notes: tuple[tuple[str, SearchNote], ...]
    opened: bool = False
    """Whether the reader has just opened these searches."""

    def step(self, session: Session) -> Result:
        """Show the new results; opened results stay in the menu of saved searches."""
        state = session.of_tool(NewsOfSearches)
        other_notes = state.opened
        if self.opened:
            state = NewsOfSearches(tuple(dict((*state.opened, *self.notes)).items()))
            other_notes = tuple(session.sidebar.search_notes.items())
        all_notes = dict((*other_notes, *self.notes))
        return sidebar.SearchNotesRead(all_notes).step(session.with_tool(state))


class NewsFileChanged(Action):
    """Another window has changed the file of seen cables."""

    def step(self, session: Session) -> Result:
        """Count the new results again."""
        return session, (CountNews(session.notebook.searches),)


_ARCHIVE_CHANGES = (ArchiveSummarised, CacheReadOnly, IndexProgressed)


def watch(before: Session, action: Action, after: Session, wanted: tuple[Effect, ...]) -> Result:
    """Count new results if the archive or the library has changed, and record opened searches."""
    searches = after.notebook.searches
    opened = _opened_search(before, action, after)
    if (query := dict(searches).get(opened)) is not None:
        return after, (*wanted, OpenSearch(opened, query, isinstance(action, SearchFor)))
    is_read = after.building is None and after.checked
    if (
        searches
        and is_read
        and (isinstance(action, _ARCHIVE_CHANGES) or _asks_again(before, after))
    ):
        return after, (*wanted, CountNews(searches))
    return after, wanted


def _opened_search(before: Session, action: Action, after: Session) -> str:
    """Return the name of the saved search that an action opens, also if only its new results."""
    if isinstance(action, SearchFor):
        notes = before.sidebar.search_notes.items()
        return next((name for name, note in notes if note.query == action.text), "")
    line = after.filter_lines.here
    if isinstance(action, (PickHere, ClickLine)) and line is not None and line.item:
        action = sidebar.PickFacetValue(line.prefix, line.item.value)
    if isinstance(action, sidebar.PickFacetValue) and action.section == sidebar.SAVED:
        return action.value
    return ""


def _asks_again(before: Session, after: Session) -> bool:
    """Return whether a change to the library can change the results of the saved searches."""
    old, new = before.notebook, after.notebook
    if old is new or old.searches != new.searches:
        return old is not new
    return (old.marks, old.noted, old.lists) != (new.marks, new.noted, new.lists) and any(
        asks_reader(term.facet, term.named)
        for _, query in new.searches
        for term in parse(query).filters
    )


def _count(services: Services, effect: CountNews, cancelled: Cancelled) -> Actions:
    file = seen_file.file_beside(services.library.path)
    all_news = list(counting.news(services.archive, file, dict(effect.searches), cancelled))
    if not cancelled():
        yield NewsCounted(
            tuple(
                (each.name, _note(each, f"+{len(each.cables):,}"))
                for each in all_news
                if each.cables
            )
        )


def _open(services: Services, effect: OpenSearch, cancelled: Cancelled) -> Actions:
    """Record the results of the search as seen, and report which were new."""
    file = seen_file.file_beside(services.library.path)
    search = {effect.name: effect.query}
    for search_news in counting.news(services.archive, file, search, cancelled):
        key = counting.key_of(effect.query)
        seen_file.look(file, services.archive.root, {key: search_news.records})
        if search_news.cables:
            yield NewsCounted(((effect.name, _note(search_news, "")),), opened=True)
            next_key = "" if effect.listed else " · g s lists only these"
            yield effects.Notify(
                f"{news_words(search_news)} since {search_news.since[:10]}: "
                f"{named(search_news.cables)}{next_key}"
            )


def _note(search_news: SearchNews, short: str) -> SearchNote:
    listed_cables = search_news.cables[:MOST_LISTED]
    seen_words = "since you looked" if short else "when you opened it"
    first_words = f" (the first {MOST_LISTED})" if len(search_news.cables) > MOST_LISTED else ""
    return SearchNote(
        short,
        f"{news_words(search_news)} {seen_words}{first_words}",
        str(parse(" ".join(f'ref:"{cable}"' for cable in listed_cables))),
    )


class NewsFileWatch:
    """A thread that checks whether another window has changed the file of seen cables."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stopped = Event()

    def run(self, post: Post) -> None:
        """Check the file at intervals until stopped."""
        last_state = version_of(self._file)
        while not self._stopped.wait(LOOK_EVERY):
            present_state = version_of(self._file)
            if present_state != last_state:
                last_state = present_state
                post(NewsFileChanged())

    def stop(self) -> None:
        """Stop the checks."""
        self._stopped.set()


def start(room: OpenedRoom) -> NewsFileWatch:
    """Return the watch of the file next to the reader's library."""
    return NewsFileWatch(seen_file.file_beside(room.library.path))


PERFORMERS: Performers = {
    CountNews: _count,
    OpenSearch: _open,
}
