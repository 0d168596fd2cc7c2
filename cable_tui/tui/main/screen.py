"""The main screen: search bar, filters, list and cable.

Its only state is the session. Keys and messages are handled in `controller`, which is imported
after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events

from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.tui.main.view import View
from cable_tui.tui.panes.bars.empty_state import Empty
from cable_tui.tui.panes.results import Results
from cable_tui.tui.widgets.host import ActionPosted

if TYPE_CHECKING:
    # Imported after the first paint, or when a dialog is first open.
    from textual.worker import Worker

    from cable_tui.tui.commands.key_command import WidgetAction
    from cable_tui.tui.dialogs.pickers import Menu
    from cable_tui.tui.main.controller import Controller
    from cable_tui.tui.main.effect_runner import RowsRead


class MainScreen(View):
    """The main screen, with search bar, filters, list and cable."""

    def __init__(self, session: Session, text: str, choose: Callable[[Path], None]) -> None:
        super().__init__(session)
        self._text = text
        """The text that the search bar shows until the first session is rendered."""
        self._choose_folder = choose
        self._controller: Controller | None = None

    @property
    def controller(self) -> Controller:
        """The object that handles keys and messages, imported when first needed."""
        if self._controller is None:
            from cable_tui.tui.main.controller import Controller

            self._controller = Controller(self)
        return self._controller

    def on_mount(self) -> None:
        """Show the first rows; `prepare` is called after they are painted."""
        self.bar.show(self._text)
        self.show_timeline(self.session.timeline.shown)
        if self.session.phase == "ready":
            hits = self.session.hits
            self.results.show(hits.ids, self.session.at, rows=hits.rows)
            if self.session.summary is not None:
                self.results.show_count(f"{hits.count:,} of {self.session.summary.cables:,}")
            self.results.focus(scroll_visible=False)

    def prepare(self) -> None:
        """Render the session, then create the boxes for the first cable when idle."""
        self.controller.start()
        self.call_after_refresh(self._make_cable_boxes)

    def _make_cable_boxes(self) -> None:
        self.cable  # noqa: B018 - made when it is first asked for
        self.context_pane  # noqa: B018

    @property
    def is_waiting(self) -> bool:
        """Whether a cable or dialog is about to appear, for which the next key may be meant."""
        return self._controller is not None and self._controller.is_waiting

    def dispatch(self, action: Action) -> None:
        """Step to the next session, render it, and run its effects."""
        self.controller.dispatch(action)

    def do(self, does: Action | WidgetAction | None) -> None:
        """Run a command or a line of a menu."""
        self.controller.do(does)

    def open_menu(self, menu: Menu) -> None:
        """Show a menu, and run the line that the reader chooses."""
        self.app.push_screen(menu, self.do)

    def on_action_posted(self, message: ActionPosted) -> None:
        """Handle an action posted by a widget or a worker."""
        self.controller.take(message)

    def on_body_view_laid_out(self) -> None:
        """Handle a new layout or a scroll of the body."""
        self.controller.note_body()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Handle the end of a worker, which is reported after the worker's last result."""
        if event.worker.is_finished:
            self.controller.pending.ended(event.worker)

    def on_rows_read(self, event: RowsRead) -> None:
        """Handle rows of the list that were read."""
        self.results.fill(event.rows)

    def on_results_wanted(self, event: Results.Wanted) -> None:
        """Read the rows that the list needs to display."""
        from cable_tui.tui.main.effect_runner import read_rows

        read_rows(self, event.start, event.end)

    def on_empty_chosen(self, event: Empty.Chosen) -> None:
        """Open the folder that the reader has chosen."""
        self._choose_folder(event.path)

    def on_key(self, event: events.Key) -> None:
        """Handle a key that no widget has handled."""
        if self.app.screen is self:
            self.controller.take_key(event)
            return
        # Typed so fast that the menu which the key before opened had not the keys yet.
        event.stop()
        event.prevent_default()
        self.app.screen.post_message(events.Key(event.key, event.character))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Handle a change of focus, for example after a click on another pane."""
        if self._controller is not None:
            self._controller.take_focus(event)
