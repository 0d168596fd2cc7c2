"""The styles of a room with an open cable, worked out before the first one is opened.

Opening it changes classes of the screen and gives the focus to the body, so the rules would have to
be matched against every widget while the reader waits. They are matched before, a widget at a time
and only while no key waits: each is asked about in that state, and looks as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from textual.dom import DOMNode
from textual.widget import Widget

from cable_tui.base.value import replace
from cable_tui.session.features.opened_cable import fetch_cable
from cable_tui.session.state import Session
from cable_tui.session.values import OpenedCable
from cable_tui.tui.main.render import classes_of
from cable_tui.tui.main.view import View
from cable_tui.tui.panes.cable.body_view import NO_CABLE

_PAUSE = 0.01
"""Seconds between two widgets, in which a key is handled."""
_AFTER_KEYS = 0.1
"""Seconds until the next look if a key waits."""


class StylesAhead:
    """The widgets whose styles are still to be worked out."""

    def __init__(
        self, view: View, work_out: Callable[[DOMNode], object], is_idle: Callable[[], bool]
    ) -> None:
        self._view = view
        self._work_out = work_out
        self._is_idle = is_idle
        self._left = _widgets(view)
        self.is_done = False

    def go_on(self) -> None:
        """Work out the styles of the next widget, unless a key waits, and come back."""
        if not (self._is_idle() and self._view.cable.body.is_mounted):
            self._view.set_timer(_AFTER_KEYS, self.go_on)
        elif (widget := next(self._left, None)) is None:
            self.is_done = True
        else:
            for pane in (self._view.focused, None, self._view.cable.body):
                with _with_cable(self._view, pane):
                    self._work_out(widget)
            self._view.set_timer(_PAUSE, self.go_on)


def _widgets(view: View) -> Iterator[Widget]:
    for widget in list(view.walk_children(Widget, with_self=True)):
        yield widget
        if widget.show_vertical_scrollbar:
            yield widget.vertical_scrollbar


@contextmanager
def _with_cable(view: View, pane: Widget | None) -> Iterator[None]:
    """Put the widgets into the state of an open cable, with this focus, for a moment."""
    panes = [widget for widget in (view.focused, view.cable.body) if widget is not None]
    # Not what `focused` says: the messages of a change of the focus may be on their way.
    classes, focus = view.classes, {widget: widget.has_focus for widget in panes}
    _set(
        view, classes_of(view, _opened(view.session)), {widget: widget is pane for widget in panes}
    )
    try:
        yield
    finally:
        _set(view, classes, focus)


def _set(view: View, classes: frozenset[str], focus: Mapping[Widget, bool]) -> None:
    """Set classes and focus without an update of anything."""
    view.remove_class(*(view.classes - classes), update=False)
    view.add_class(*classes, update=False)
    for widget, has_focus in focus.items():
        widget.set_reactive(Widget.has_focus, has_focus)


def _opened(session: Session) -> Session:
    """Return the session as it is when a cable was opened."""
    return replace(fetch_cable(session, 0)[0], opening=None, opened=OpenedCable(0, NO_CABLE))
