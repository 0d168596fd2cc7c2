"""The screen effects of checking a draft: opening its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.session.registry import OnScreen
from cable_tui.tools.drafts.draft_view import DraftView
from cable_tui.tools.drafts.room import ShowDraftPage

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View


def _show(view: View, _effect: ShowDraftPage) -> None:
    from cable_tui.tools.drafts.page import DraftPage  # it needs Textual

    page = DraftPage(view.dispatch)
    page.show(view.session.of_tool(DraftView))
    view.app.push_screen(page)


ON_SCREEN: OnScreen = {
    ShowDraftPage: _show,
}
