"""The screen effects of a comparison: opening or refilling its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.session.registry import OnScreen
from cable_tui.tools.comparison.room import ShowComparison

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View


def _show(view: View, effect: ShowComparison) -> None:
    from cable_tui.tools.comparison.page import ComparisonPage  # it needs Textual

    if isinstance(view.app.screen, ComparisonPage):
        view.app.screen.show(effect.pair, effect.versions)
    else:
        view.app.push_screen(ComparisonPage(effect.pair, effect.versions, view.dispatch))


ON_SCREEN: OnScreen = {
    ShowComparison: _show,
}
