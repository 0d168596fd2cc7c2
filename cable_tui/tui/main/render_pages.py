"""Rendering of the pages over the room that ask what an archive is as a source.

Each is imported with its page: most readers open none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cable_tui.session.state import Session
from cable_tui.value import replace

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View


def _report(view: View, old: Session, new: Session) -> None:
    """Show the page of a report: open it, fill it, close the one that was left."""
    page = new.page
    signs = (new.selection.ids, new.notebook.marks)
    shows_signs = page is not None and page.of.report.laid
    same_signs = signs == (old.selection.ids, old.notebook.marks)
    if page is old.page and (same_signs or not shows_signs):
        return
    page = page and replace(page, signs=signs)
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
    _report,
    _draft,
)
"""One for each page, or for pages that go together."""
