"""Widget actions: commands that need a widget, for example its page size or its cursor line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cable_tui.base.cable import Span
from cable_tui.session import effects
from cable_tui.session.features import (
    body_cursor,
    context,
    copy,
    glossary,
    results,
    sidebar_cursor,
)
from cable_tui.session.values import Action
from cable_tui.tui.commands.key_command import WidgetAction
from cable_tui.tui.dialogs.pickers import LinkHints, hint_labels
from cable_tui.tui.widgets.line_list import Unit

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View
SIDEWAYS = 8
"""The number of cells that one step scrolls sideways."""


def do_widget_action(view: View, action: WidgetAction) -> Action | None:
    """Run a widget action, or return the resulting session action."""
    return ACTIONS[action.verb](view, action.by)


def _move(view: View, unit: Unit, by: int) -> Action | None:
    """Move in the focused pane by lines, half pages or pages, or to either end."""
    session, pane = view.session, view.session.pane
    if pane not in ("filters", "header", "body", "top", "context"):  # the list moves as a value
        if unit == "end":
            return results.MoveCursorTo(-1 if by > 0 else 0)
        page_rows = view.results.page_rows
        lines_by_unit = {"line": 1, "half": max(1, page_rows // 2), "page": max(1, page_rows - 1)}
        return results.MoveCursor(by * lines_by_unit[unit])
    is_selecting = (session.selected_from, session.sentence_from) != (None, None)
    if unit == "line" and is_selecting and pane in ("body", "top"):
        return body_cursor.StepParagraph(by)  # while paragraphs or sentences are selected
    if pane == "filters":
        return sidebar_cursor.MoveInFilters(by * view.filters.steps(unit))
    if pane == "context":
        return context.MoveInContext(by * view.context_pane.steps(unit))
    if pane == "header":
        view.cable.header.move(unit, by)
        return None
    if unit == "end":
        return body_cursor.MoveToEnd(by)
    return body_cursor.ScrollBody(by * view.cable.body.steps(unit))


def selected_text_span(view: View) -> Span | None:
    """Return the span of body text selected with the mouse, or None if nothing is selected."""
    if not view.has_cable_view or not view.session.in_cable:
        return None
    mouse_selection = view.cable.body.selected()
    return mouse_selection if mouse_selection and mouse_selection[0] < mouse_selection[1] else None


def _explain(view: View, _by: int) -> Action:
    selected_text = view.get_selected_text() if view.selections else ""
    if not selected_text and view.session.pane == "filters":
        selected_text = view.session.filter_lines.value_here
    return glossary.Explain(selected_text or "")


def _redraw(view: View, _by: int) -> None:
    view.app.redraw()  # type: ignore[attr-defined]  # the app is always `CableTui`


def _show_link_hints(view: View, _by: int) -> Action | None:
    """Show a label on each visible link, and wait until the reader types one."""
    body_view = view.cable.body
    visible_links = body_view.links_in_sight()
    if not visible_links:
        return effects.Notify("No reference, TAG or cable is visible.")
    links_by_label = dict(zip(hint_labels(len(visible_links)), visible_links, strict=True))
    body_view.label({link.span[0]: label for label, link in links_by_label.items()})

    def follow(action: Action | None) -> None:
        body_view.label({})
        if action is not None:
            view.dispatch(action)

    view.app.push_screen(
        LinkHints({label: link.does for label, link in links_by_label.items()}), follow
    )
    return None


ACTIONS: dict[str, Callable[[View, int], Action | None]] = {
    "move_line": lambda view, by: _move(view, "line", by),
    "move_half": lambda view, by: _move(view, "half", by),
    "move_page": lambda view, by: _move(view, "page", by),
    "move_end": lambda view, by: _move(view, "end", by),
    "body_sideways": lambda view, by: view.cable.body.scroll_sideways(by * SIDEWAYS),
    "body_labels": _show_link_hints,
    "explain": _explain,
    "copy_again": lambda view, _: copy.Copy(span=selected_text_span(view)),
    "suspend": lambda view, _: view.app.action_suspend_process(),
    "redraw": _redraw,
}
