"""The screen effects of checking a draft: opening its page, and its file in an editor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.session.registry import OnScreen
from cable_tui.tools.drafts.draft_view import DraftView
from cable_tui.tools.drafts.room import LookAtDraft, RunDraftEditor, ShowDraftPage

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View


def _show(view: View, _effect: ShowDraftPage) -> None:
    from cable_tui.tools.drafts.page import DraftPage  # it needs Textual

    page = DraftPage(view.dispatch)
    page.show(view.session.of_tool(DraftView))
    view.app.push_screen(page)


def _edit(view: View, effect: RunDraftEditor) -> None:
    from cable_tui.operating_system.programs import at_line
    from cable_tui.session.features.external_programs import run_here
    from cable_tui.tui.main.screen_effects import in_terminal

    path = Path(effect.path).expanduser().absolute()
    in_terminal(view, "editor", lambda argv: run_here(at_line(argv, path, effect.line)))
    view.dispatch(LookAtDraft())


ON_SCREEN: OnScreen = {
    RunDraftEditor: _edit,
    ShowDraftPage: _show,
}
