"""The main screen: keys and messages of widgets become actions, sessions are rendered.

It holds no state of its own but the session.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.worker import Worker

from cable_tui.session.base import Action
from cable_tui.session.features import panes, reading, results, search_bar, sidebar
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import READING
from cable_tui.tui.bars.empty_state import Empty
from cable_tui.tui.bars.footer import JumpLines
from cable_tui.tui.bars.search_bar import SearchBar
from cable_tui.tui.base.messages import ActionPosted
from cable_tui.tui.commands.model import WidgetAction
from cable_tui.tui.commands.table import command_for, key_context
from cable_tui.tui.main import effect_runner, render, widget_actions
from cable_tui.tui.main.effect_runner import PendingDialogs
from cable_tui.tui.main.pending_cable import PaintedState
from cable_tui.tui.main.view import View
from cable_tui.tui.results.results_list import Results
from cable_tui.tui.results.row_text import Row
from cable_tui.tui.sidebar.sidebar import Sidebar

if TYPE_CHECKING:
    # Made when a cable is first open, or a menu: the first list on the screen waits for neither.
    from cable_tui.tui.cable.body_view import BodyView
    from cable_tui.tui.dialogs.menu import Menu


class MainScreen(View):
    """Search bar, library, list and cable."""

    def __init__(
        self, session: Session, first: Sequence[Row], choose: Callable[[Path], None]
    ) -> None:
        super().__init__(session)
        self._first = first
        """Rows that are known before the archive is asked."""
        self._choose = choose
        self._painted_state = PaintedState(self)
        self._pending = PendingDialogs(self)

    def on_mount(self) -> None:
        """Render the first session."""
        self._painted_state.show(self.session)
        self.show_first_rows(self._first)
        self.library.show("", [])
        self.call_after_refresh(self._prepare)

    def _prepare(self) -> None:
        """Make what the first cable will need, while nobody waits for it."""
        self.cable  # noqa: B018 - made when it is first asked for
        self.context_pane  # noqa: B018

    @property
    def painted(self) -> Session:
        """The session that the widgets show."""
        return self._painted_state.session

    @property
    def is_waiting(self) -> bool:
        """Whether something is on its way that the next key may be meant for."""
        return self._painted_state.is_waiting or self._pending.is_waiting

    def dispatch(self, action: Action) -> None:
        """The one way in: the next session, rendered, and the effects that it asks for."""
        old = self.session
        if old.pane in READING and old.opened is not None:
            body = self.cable.body
            old, _ = step(old, reading.BodyMoved(body.paragraph, body.first_line, body.stop))
        new, wanted = step(old, action)
        self.session = new
        self._painted_state.show(new)
        for effect in wanted:
            self._pending.run(effect)

    def do(self, does: Action | WidgetAction | None) -> None:
        """What a command or a line of a menu stands for."""
        action = (
            widget_actions.do_widget_action(self, does) if isinstance(does, WidgetAction) else does
        )
        if action is not None:
            self.dispatch(action)

    def update_status(self) -> None:
        """The status line again: the body moved."""
        render.update_status(self, self.painted)

    def open_menu(self, menu: Menu) -> None:
        """Show a menu, and do what is picked."""
        self.app.push_screen(menu, self.do)

    def on_search_bar_typed(self, event: SearchBar.Typed) -> None:
        """A letter more, or less."""
        self.dispatch(search_bar.QueryTyped(event.text))

    def on_jump_lines_taken(self, event: JumpLines.Taken) -> None:
        """A click under the bar."""
        self.dispatch(search_bar.TakeJump(event.index))

    def on_results_moved(self, event: Results.Moved) -> None:
        """A click or the wheel in the list."""
        self.dispatch(results.MoveCursorTo(event.index))

    def on_results_chosen(self, event: Results.Chosen) -> None:
        """A click on the cursor's line."""
        self.dispatch(results.MoveCursorTo(event.index))
        self.dispatch(reading.OpenCable())

    def on_sidebar_toggled(self, event: Sidebar.Toggled) -> None:
        """A value added or taken out."""
        self.dispatch(sidebar.PickFacetValue(event.facet, event.value))

    def on_sidebar_only(self, event: Sidebar.Only) -> None:
        """A value alone."""
        self.dispatch(sidebar.PickFacetValue(event.facet, event.value, "only"))

    def on_sidebar_excluded(self, event: Sidebar.Excluded) -> None:
        """A value excluded."""
        self.dispatch(sidebar.PickFacetValue(event.facet, event.value, "excluding"))

    def on_sidebar_more(self, event: Sidebar.More) -> None:
        """All values of a section."""
        self.dispatch(sidebar.WidenSection(event.facet))

    def on_body_view_paragraph_moved(self, event: BodyView.ParagraphMoved) -> None:
        """The body's cursor moved."""
        body = self.cable.body
        self.dispatch(reading.BodyMoved(event.paragraph, body.first_line, body.stop))

    def on_action_posted(self, event: ActionPosted) -> None:
        """A worker or a widget reports."""
        self.dispatch(event.action)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker has ended. Posted after the last result."""
        if event.worker.is_finished:
            self._pending.ended(event.worker)

    def on_rows_read(self, event: effect_runner.RowsRead) -> None:
        """Lines of the list."""
        self.results.fill(event.rows)

    def on_empty_chosen(self, event: Empty.Chosen) -> None:
        """Another folder."""
        self._choose(event.path)

    def on_key(self, event: events.Key) -> None:
        """The pane's own commands first, then those of everywhere."""
        if self.app.screen is not self:
            # Typed so fast that the menu which the key before opened had not the keys yet.
            event.stop()
            event.prevent_default()
            self.app.screen.post_message(events.Key(event.key, event.character))
            return
        if self.session.phase != "ready":
            self._leaving(event)
            return
        command = command_for(key_context(self.session), event.key)
        if self.small and (command is None or command.id != "room.quit"):
            event.stop()
            event.prevent_default()
            return
        if command is not None:
            event.stop()
            event.prevent_default()
            self.do(command.does)

    def _leaving(self, event: events.Key) -> None:
        """Where a folder is asked for, letters are letters; Esc leaves."""
        if event.key == "escape":
            event.stop()
            self.app.exit(0)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click took the focus to another pane; the panes' widgets have their names."""
        pane = event.widget.id
        # News of a focus that is on its way elsewhere, or has been given back since.
        if self.focusing or not event.widget.has_focus:
            return
        if (
            pane in ("library", "list", "header", "body", "context", "bar")
            and self.painted.pane != pane
        ):
            self.dispatch(panes.Focus(pane))  # type: ignore[arg-type]

    def on_results_wanted(self, event: Results.Wanted) -> None:
        """Lines that are not read yet."""
        effect_runner.read_rows(self, event.start, event.end)
