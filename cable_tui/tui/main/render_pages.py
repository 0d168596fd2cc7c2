"""Rendering of the pages over the room that ask what an archive is as a source.

Each is imported with its page: most readers open none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cable_tui.session.state import Session

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View


def show_chain(view: View, session: Session) -> None:
    """Show the chain on its page, where it is open; close the page where it was left."""
    from cable_tui.tui.source_criticism.chain_lines import Signs
    from cable_tui.tui.source_criticism.chain_page import ChainPage

    for screen in view.app.screen_stack:
        if isinstance(screen, ChainPage) and session.chain.shown:
            bookmarked = frozenset(canonical for canonical, _ in session.notebook.marks)
            screen.show(session.chain, Signs(session.selection.ids, bookmarked))
        elif isinstance(screen, ChainPage):
            screen.dismiss(None)


def _chain(view: View, old: Session, new: Session) -> None:
    now = (new.chain, new.selection.ids, new.notebook.marks)
    if (new.chain.shown or old.chain.shown) and now != (
        old.chain, old.selection.ids, old.notebook.marks
    ):  # fmt: skip
        show_chain(view, new)


def _report(view: View, old: Session, new: Session) -> None:
    """Show the page of a report: open it, fill it, close the one that was left."""
    page = new.page
    if page is old.page:
        return
    from cable_tui.tui.reports.report_page import ReportPage

    screens = [each for each in view.app.screen_stack if isinstance(each, ReportPage)]
    shown = screens[-1] if screens else None
    if shown is not None and (page is None or shown.report is not page.of.report):
        shown.dismiss(None)
        shown = None
    if page is not None and shown is not None:
        shown.show(page)
    elif page is not None:
        view.app.push_screen(ReportPage(page, view.dispatch))


def _draft(view: View, old: Session, new: Session) -> None:
    if new.draft is old.draft:
        return
    from cable_tui.tui.drafts.draft_page import DraftPage

    for screen in view.app.screen_stack:
        if isinstance(screen, DraftPage):
            screen.show(new.draft)


PAGES: tuple[Callable[[View, Session, Session], None], ...] = (
    _chain,
    _report,
    _draft,
)
"""One for each page, or for pages that go together."""
