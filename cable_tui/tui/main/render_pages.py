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


def show_echoes(view: View, session: Session) -> None:
    """Show the echoes on their page, where it is open; close the page where it was left."""
    from cable_tui.tui.source_criticism.echoes import EchoesPage

    for screen in view.app.screen_stack:
        if isinstance(screen, EchoesPage) and session.echoes.shown:
            screen.show(session.echoes)
        elif isinstance(screen, EchoesPage):
            screen.dismiss(None)


def _echoes(view: View, old: Session, new: Session) -> None:
    if new.echoes is not old.echoes and (new.echoes.shown or old.echoes.shown):
        show_echoes(view, new)


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


def _curves(view: View, old: Session, new: Session) -> None:
    """Show the curves on their page; close it if it was left."""
    if new.curves is old.curves:
        return
    from cable_tui.tui.source_criticism.curves_page import CurvesPage

    for screen in view.app.screen_stack:
        if isinstance(screen, CurvesPage):
            screen.show(new.curves)


def _people(view: View, old: Session, new: Session) -> None:
    if new.people_view is None or new.people_view is old.people_view:
        return
    from cable_tui.tui.source_criticism.people import PeoplePage  # few readers open it

    for screen in view.app.screen_stack:
        if isinstance(screen, PeoplePage):
            screen.show(new.people_view)


def _draft(view: View, old: Session, new: Session) -> None:
    if new.draft is old.draft:
        return
    from cable_tui.tui.drafts.draft_page import DraftPage

    for screen in view.app.screen_stack:
        if isinstance(screen, DraftPage):
            screen.show(new.draft)


PAGES: tuple[Callable[[View, Session, Session], None], ...] = (
    _chain,
    _echoes,
    _report,
    _curves,
    _people,
    _draft,
)
"""One for each page, or for pages that go together."""
