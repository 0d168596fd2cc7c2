"""What follows a change of the library: for the screens and for the query."""

from __future__ import annotations

from cable_tui.query.fields import asks_reader
from cable_tui.session.ask import ask
from cable_tui.session.features import bookmarks, bookmarks_screen, sidebar
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace


@handles(bookmarks.LibraryChanged)
def library_changed(session: Session, action: bookmarks.LibraryChanged) -> Result:
    """Show what the library has now, and search again if the query asks for it.

    Cables that were read meanwhile do not count: they would leave a list that is being read.
    """
    old, before = session, session.notebook
    session, wanted = bookmarks.notebook_updated(session, action)
    wanted += sidebar.refresh_sidebar(old, session)
    if session.bookmarks_view is not None:
        wanted += (bookmarks_screen.ReadBookmarks(session.bookmarks_view.list),)
    now = replace(session.notebook, seen=before.seen, recent=before.recent)
    asks = any(asks_reader(term.facet, term.named) for term in session.query.filters)
    if asks and now != before and session.answered != "unasked":
        session, asked = ask(session, keep=session.current, again=True)
        wanted += asked
    return session, wanted
