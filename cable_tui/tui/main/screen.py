"""The main screen: search bar, library, list and cable.

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
    """Search bar, library, list and cable."""

    def __init__(self, session: Session, text: str, choose: Callable[[Path], None]) -> None:
        super().__init__(session)
        self._text = text
        """The text of the bar until then."""
        self._choose = choose
        self._controller: Controller | None = None

    @property
    def controller(self) -> Controller:
        """The object that handles keys and messages."""
        if self._controller is None:
            from cable_tui.tui.main.controller import Controller

            self._controller = Controller(self)
        return self._controller

    def on_mount(self) -> None:
        """Show the first rows. `prepare` follows when they are painted."""
        self.bar.show(self._text)
        self.show_timeline(self.session.timeline.shown)
        if self.session.phase == "ready":
            hits = self.session.hits
            self.results.show(hits.ids, self.session.at, rows=hits.rows)
            self.results.focus(scroll_visible=False)

    def prepare(self) -> None:
        """Render the session, and prepare for the first cable in idle time."""
        self.controller.start()
        self.call_after_refresh(self._make_cable_boxes)

    def _make_cable_boxes(self) -> None:
        self.cable  # noqa: B018 - made when it is first asked for
        self.context_pane  # noqa: B018

    @property
    def is_waiting(self) -> bool:
        """Whether something is coming that the next key may be meant for."""
        return self._controller is not None and self._controller.is_waiting

    def dispatch(self, action: Action) -> None:
        """Step to the next session, render it, and run its effects."""
        self.controller.dispatch(action)

    def do(self, does: Action | WidgetAction | None) -> None:
        """Carry out a command or a line of a menu."""
        self.controller.do(does)

    def open_menu(self, menu: Menu) -> None:
        """Show a menu, and carry out the choice."""
        self.app.push_screen(menu, self.do)

    def on_action_posted(self, message: ActionPosted) -> None:
        """Handle the request of a widget or a worker."""
        self.controller.take(message)

    def on_body_view_laid_out(self) -> None:
        """Handle another layout of the body, or a scroll."""
        self.controller.note_body()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Handle the end of a worker. It is posted after the last result."""
        if event.worker.is_finished:
            self.controller.pending.ended(event.worker)

    def on_rows_read(self, event: RowsRead) -> None:
        """Handle rows of the list that were read."""
        self.results.fill(event.rows)

    def on_results_wanted(self, event: Results.Wanted) -> None:
        """Read rows that the list shows."""
        from cable_tui.tui.main.effect_runner import read_rows

        read_rows(self, event.start, event.end)

    def on_empty_chosen(self, event: Empty.Chosen) -> None:
        """Open another folder."""
        self._choose(event.path)

    def on_key(self, event: events.Key) -> None:
        """Handle a key that no widget took."""
        if self.app.screen is self:
            self.controller.take_key(event)
            return
        # Typed so fast that the menu which the key before opened had not the keys yet.
        event.stop()
        event.prevent_default()
        self.app.screen.post_message(events.Key(event.key, event.character))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Handle a click that may have moved the focus to another pane."""
        if self._controller is not None:
            self._controller.take_focus(event)
