"""The controller of the main screen: from keys and messages to actions and rendered sessions.

It imports every feature of the session, which takes most of a start's time apart from Textual. So
the main screen imports it when the first rows are painted.
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
"""Panes that a click gives the focus to; their widgets have these ids."""


class Controller:
    """Passes the reader's input to the session, and renders the resulting session."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.painted_state = PaintedState(view)
        self.pending = PendingDialogs(view)

    @property
    def is_waiting(self) -> bool:
        """Whether something is coming that the next key may be meant for."""
        return self.painted_state.holds_keys or self.pending.is_waiting

    def start(self) -> None:
        """Render the first session, which is from no step."""
        self.view.session = sidebar_cursor.list_sections(self.view.session)
        self.painted_state.show(self.view.session)

    def dispatch(self, action: Action) -> None:
        """Step to the next session, render it, and run its effects."""
        self.note_body()
        self._step(action)

    def _step(self, action: Action) -> None:
        view = self.view
        view.session, wanted_effects = step(view.session, action)
        self.painted_state.show(view.session)
        for effect in wanted_effects:
            self.pending.run(effect)

    def do(self, does: Action | WidgetAction | None) -> None:
        """Carry out a command or a line of a menu."""
        if isinstance(does, WidgetAction):
            does = widget_actions.do_widget_action(self.view, does)
        if does is not None:
            self.dispatch(does)
        else:
            self.note_body()

    def take(self, posted: ActionPosted) -> None:
        """Dispatch an action of a widget or worker, unless it is late."""
        if not effect_runner.is_late(self.view, posted.run):
            self.dispatch(posted.action)

    def note_body(self) -> None:
        """Tell the session how the body is laid out, if a new size or the mouse has changed it."""
        session = self.view.session
        if session.opened is None or session.opened is not self.painted_state.session.opened:
            return
        laid_out = self.view.cable.body.laid_out
        if laid_out and laid_out != (session.body.layout, session.body.height, session.scroll):
            self._step(body_cursor.BodyLaidOut(*laid_out))

    def take_key(self, event: events.Key) -> None:
        """Carry out the command of a key: the pane's own first, then those of everywhere."""
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
        """Follow a click that took the focus to another pane."""
        pane = event.widget.id
        # News of a focus that is on its way elsewhere, or has been given back since.
        if self.view.focusing or not event.widget.has_focus:
            return
        pane_here = self.painted_state.session.pane
        # The body has the focus for the top too, which is no widget that could take it.
        if pane in _PANES and pane != ("body" if pane_here == "top" else pane_here):
            self.dispatch(panes.Focus(pane))  # type: ignore[arg-type]


class PaintedState:
    """The session that the widgets show."""

    cable_patience = 0.04
    """Seconds that a paint waits for the requested cable."""
    keys_patience = 1.0
    """Seconds that keys wait for it, from the first of those that came without a rest: who holds
    down a key does not wait for each cable of a slow disk."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.session = Session()
        self._overdue: bool | None = None
        """Whether the awaited cable is late; None if none is awaited."""
        self._timers: list[Timer] = []
        """The ends of both waits for the awaited cable."""
        self.holds_keys = False
        """Whether the next key may be meant for the cable that was requested."""

    @property
    def is_waiting(self) -> bool:
        """Whether a cable was requested and is not late."""
        return self._overdue is False

    def show(self, new: Session) -> None:
        """Render what differs; a key that opens a cable waits for the cable.

        If the cable is late, the screen stays at the list, without the earlier cable.
        """
        old_session = self.session
        if new.opening is not None and self._overdue is None:
            self._overdue, self.holds_keys = False, True
            seconds_waited = monotonic() - begun_at(self._view.app)
            self._timers = [
                self._view.set_timer(self.cable_patience, self._stop_waiting),
                self._view.set_timer(
                    max(self.keys_patience - seconds_waited, self.cable_patience),
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
        elif new.pane in READING and not old_session.reading:
            new = replace(
                new, pane=old_session.pane, reading=False, filters_open=old_session.filters_open
            )
        self.session = new
        render.render(self._view, old_session, new)

    def _stop_waiting(self) -> None:
        if self.is_waiting:
            self._overdue = True
            self.show(self._view.session)

    def _release_keys(self) -> None:
        """Let waiting keys go on: the cable has come, or they have waited long enough."""
        if self.holds_keys:
            self.holds_keys = False
            self._view.app.post_message(QueueBarrier(0, 0))
