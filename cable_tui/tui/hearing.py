"""What the widgets of the room tell it: each message is an action, and no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import Worker

from cable_tui.session import Action, actions, shelving
from cable_tui.tui import workers
from cable_tui.tui.empty import Empty
from cable_tui.tui.lines import JumpLines
from cable_tui.tui.pace import Paced
from cable_tui.tui.results import Results
from cable_tui.tui.search_bar import SearchBar
from cable_tui.tui.sidebar import Sidebar
from cable_tui.tui.told import Told

if TYPE_CHECKING:
    from cable_tui.tui.body import BodyView
    from cable_tui.tui.cable_view import CableView
    from cable_tui.tui.coming import Coming


class Hearing(Paced):
    """A screen that hands on what its widgets tell."""

    results: Results
    coming: Coming

    def __init__(self, choose: Callable[[Path], None]) -> None:
        super().__init__()
        self._choose = choose

    @property
    def cable(self) -> CableView:
        """The boxes of a cable."""
        raise NotImplementedError

    def dispatch(self, action: Action) -> None:
        """The one way in."""
        raise NotImplementedError

    def on_search_bar_typed(self, event: SearchBar.Typed) -> None:
        """A letter more, or less."""
        self.dispatch(actions.Typed(event.text))

    def on_jump_lines_taken(self, event: JumpLines.Taken) -> None:
        """A click under the bar."""
        self.dispatch(actions.TakeJump(event.index))

    def on_results_moved(self, event: Results.Moved) -> None:
        """A click or the wheel in the list."""
        self.dispatch(actions.MoveTo(event.index))

    def on_results_chosen(self, event: Results.Chosen) -> None:
        """A click on the cursor's line."""
        self.dispatch(actions.MoveTo(event.index))
        self.dispatch(actions.Read())

    def on_sidebar_toggled(self, event: Sidebar.Toggled) -> None:
        """A value added or taken out."""
        self.dispatch(shelving.Pick(event.facet, event.value))

    def on_sidebar_only(self, event: Sidebar.Only) -> None:
        """A value alone."""
        self.dispatch(shelving.Pick(event.facet, event.value, "only"))

    def on_sidebar_excluded(self, event: Sidebar.Excluded) -> None:
        """A value excluded."""
        self.dispatch(shelving.Pick(event.facet, event.value, "excluding"))

    def on_sidebar_more(self, event: Sidebar.More) -> None:
        """All values of a section."""
        self.dispatch(actions.Widen(event.facet))

    def on_body_view_paragraph_moved(self, event: BodyView.ParagraphMoved) -> None:
        """The body's cursor moved."""
        body = self.cable.body
        self.dispatch(actions.At(event.paragraph, body.first_line, body.stop))

    def on_told(self, event: Told) -> None:
        """A worker reports."""
        self.dispatch(event.action)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker has nothing more to report; it told so after all that it told."""
        if event.worker.is_finished:
            self.coming.ended(event.worker)

    def on_rows_read(self, event: workers.RowsRead) -> None:
        """Lines of the list."""
        self.results.fill(event.rows)

    def on_empty_chosen(self, event: Empty.Chosen) -> None:
        """Another folder."""
        self._choose(event.path)
