"""The controller of the main screen: turn keys and messages into actions, and render sessions.

It imports all features of the session, which takes most of the startup time apart from Textual. The
main screen therefore imports it only after the first rows are painted.
"""

from __future__ import annotations

from time import monotonic

from textual import events
from textual.timer import Timer

from cable_tui.base.value import replace
from cable_tui.session.features import body_cursor, panes, sidebar_cursor
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import READING, Action
from cable_tui.tui.commands.key_command import WidgetAction
from cable_tui.tui.commands.keyboard import command_for, key_context
from cable_tui.tui.main import effect_runner, render, widget_actions
from cable_tui.tui.main.effect_runner import PendingDialogs
from cable_tui.tui.main.view import View
from cable_tui.tui.textual_patches.type_ahead import QueueBarrier, begun_at
from cable_tui.tui.widgets.host import ActionPosted

_PANES = ("filters", "list", "header", "body", "context", "bar")
"""The panes that receive the focus when clicked; these are the ids of their widgets."""


class Controller:
    """Convert the reader's input into actions on the session, and render the resulting session."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.painted_state = PaintedState(view)
        self.pending = PendingDialogs(view)

    @property
    def is_waiting(self) -> bool:
        """Whether a cable or dialog is about to appear, for which the next key may be meant."""
        return self.painted_state.holds_keys or self.pending.is_waiting

    def start(self) -> None:
        """Render the first session, which did not result from a step."""
        self.view.session = sidebar_cursor.list_sections(self.view.session)
        self.painted_state.show(self.view.session)

    def dispatch(self, action: Action) -> None:
        """Step to the next session, render it, and run its effects."""
        self.note_body()
        self._step(action)

    def _step(self, action: Action) -> None:
        view = self.view
        view.session, step_effects = step(view.session, action)
        self.painted_state.show(view.session)
        for effect in step_effects:
            self.pending.run(effect)

    def do(self, does: Action | WidgetAction | None) -> None:
        """Run a command or a line of a menu."""
        if isinstance(does, WidgetAction):
            does = widget_actions.do_widget_action(self.view, does)
        if does is not None:
            self.dispatch(does)
        else:
            self.note_body()

    def take(self, posted: ActionPosted) -> None:
        """Dispatch an action posted by a widget or worker, unless its run is outdated."""
        if not effect_runner.is_late(self.view, posted.run):
            self.dispatch(posted.action)

    def note_body(self) -> None:
        """Report the body's layout to the session after resizing or the mouse has changed it."""
        session = self.view.session
        if session.opened is None or session.opened is not self.painted_state.session.opened:
            return
        body_layout = self.view.cable.body.laid_out
        if body_layout and body_layout != (
            session.body.layout,
            session.body.height,
            session.scroll,
        ):
            self._step(body_cursor.BodyLaidOut(*body_layout))

    def take_key(self, event: events.Key) -> None:
        """Run the command assigned to a key; commands of the pane take precedence."""
        view = self.view
        view.was_used = True
        if view.introduces:
            view.introduces = False
            view.app.clear_notifications()
        if view.session.phase != "ready":
            # Where a folder is asked for, letters are letters; Esc leaves.
            if event.key == "escape":
                event.stop()
                view.app.exit(0)
            return
        command = command_for(key_context(view.session), event.key)
        if command is None and not view.small:
            return
        event.stop()
        event.prevent_default()
        if command is not None and (not view.small or command.id == "room.quit"):
            self.do(command.does)

    def take_focus(self, event: events.DescendantFocus) -> None:
        """Follow a click that moved the focus to another pane."""
        focused_pane = event.widget.id
        # News of a focus that is on its way elsewhere, or has been given back since.
        if self.view.focusing or not event.widget.has_focus:
            return
        painted_pane = self.painted_state.session.pane
        # The body has the focus for the top too, which is no widget that could take it.
        if focused_pane in _PANES and focused_pane != (
            "body" if painted_pane == "top" else painted_pane
        ):
            self.dispatch(panes.Focus(focused_pane))  # type: ignore[arg-type]


class PaintedState:
    """The session that the widgets currently show."""

    cable_patience = 0.04
    """How long painting waits for the requested cable, in seconds."""
    keys_patience = 1.0
    """How long keys wait for the requested cable, in seconds. The time is counted from the first of
    several keys in quick succession, so holding down a key does not wait for every cable on a slow
    disk.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self.session = Session()
        self._overdue: bool | None = None
        """Whether the requested cable is late, or None if no cable was requested."""
        self._timers: list[Timer] = []
        """The timers that end the two waits for the requested cable."""
        self.holds_keys = False
        """Whether keys are held back because they may be meant for the requested cable."""

    @property
    def is_waiting(self) -> bool:
        """Whether a cable was requested and is not late yet."""
        return self._overdue is False

    def show(self, new: Session) -> None:
        """Render the differences from the shown session.

        After a key that opens a cable, wait for the cable. If the cable is late, the screen stays
        on the list, without the previous cable.
        """
        previous_session = self.session
        if new.opening is not None and self._overdue is None:
            self._overdue, self.holds_keys = False, True
            waiting_time = monotonic() - begun_at(self._view.app)
            self._timers = [
                self._view.set_timer(self.cable_patience, self._stop_waiting),
                self._view.set_timer(
                    max(self.keys_patience - waiting_time, self.cable_patience),
                    self._release_keys,
                ),
            ]
        if new.opening is None:
            for timer in self._timers:
                timer.stop()
            self._overdue, self._timers = None, []
            self._release_keys()
        elif self.is_waiting:
            return
        elif new.pane in READING and not previous_session.reading:
            new = replace(
                new,
                pane=previous_session.pane,
                reading=False,
                filters_open=previous_session.filters_open,
            )
        self.session = new
        render.render(self._view, previous_session, new)

    def _stop_waiting(self) -> None:
        if self.is_waiting:
            self._overdue = True
            self.show(self._view.session)

    def _release_keys(self) -> None:
        """Release the keys held back, because the cable has arrived or is late."""
        if self.holds_keys:
            self.holds_keys = False
            self._view.app.post_message(QueueBarrier(0, 0))
