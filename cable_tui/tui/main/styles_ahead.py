"""Compute the styles of a room with an open cable, before the first cable is opened.

Opening a cable changes classes of the screen and moves the focus to the body, so all rules must be
matched against every widget while the reader waits. The rules are matched in advance, one widget at
a time and only while no key is waiting: each widget is briefly put into that state and then
restored.
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
"""The pause between two widgets, in seconds, during which keys can be handled."""
_AFTER_KEYS = 0.1
"""The time until the next attempt if a key is waiting, in seconds."""


class StylesAhead:
    """The widgets whose styles must still be computed."""

    def __init__(
        self, view: View, work_out: Callable[[DOMNode], object], is_idle: Callable[[], bool]
    ) -> None:
        self._view = view
        self._compute_styles = work_out
        self._is_idle = is_idle
        self._remaining_widgets = _widgets(view)
        self.is_done = False

    def go_on(self) -> None:
        """Compute the styles of the next widget unless a key is waiting, and schedule the next."""
        if not (self._is_idle() and self._view.cable.body.is_mounted):
            self._view.set_timer(_AFTER_KEYS, self.go_on)
        elif (widget := next(self._remaining_widgets, None)) is None:
            self.is_done = True
        else:
            for focused_widget in (self._view.focused, None, self._view.cable.body):
                with _with_cable(self._view, focused_widget):
                    self._compute_styles(widget)
            self._view.set_timer(_PAUSE, self.go_on)


def _widgets(view: View) -> Iterator[Widget]:
    for widget in list(view.walk_children(Widget, with_self=True)):
        yield widget
        if widget.show_vertical_scrollbar:
            yield widget.vertical_scrollbar


@contextmanager
def _with_cable(view: View, pane: Widget | None) -> Iterator[None]:
    """Temporarily put the widgets into the state of an open cable with the focus on `pane`."""
    focusable_widgets = [widget for widget in (view.focused, view.cable.body) if widget is not None]
    # Not what `focused` says: the messages of a change of the focus may be on their way.
    present_classes, focus_by_widget = (
        view.classes,
        {widget: widget.has_focus for widget in focusable_widgets},
    )
    _set(
        view,
        classes_of(view, _opened(view.session)),
        {widget: widget is pane for widget in focusable_widgets},
    )
    try:
        yield
    finally:
        _set(view, present_classes, focus_by_widget)


def _set(view: View, new_classes: frozenset[str], focus_by_widget: Mapping[Widget, bool]) -> None:
    """Set classes and focus without updating any widget."""
    view.remove_class(*(view.classes - new_classes), update=False)
    view.add_class(*new_classes, update=False)
    for widget, has_focus in focus_by_widget.items():
        widget.set_reactive(Widget.has_focus, has_focus)


def _opened(session: Session) -> Session:
    """Return the session as it is after opening a cable."""
    return replace(fetch_cable(session, 0)[0], opening=None, opened=OpenedCable(0, NO_CABLE))
