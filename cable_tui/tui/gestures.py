"""Orders to widgets: what needs a page's length, or what stands under a cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cable_tui.cable import Span
from cable_tui.session import Action, actions, explaining, shelving
from cable_tui.tui.commands import Gesture
from cable_tui.tui.paint_context import pane_of

if TYPE_CHECKING:
    from cable_tui.tui.screen import Room

SIDEWAYS = 8
"""Cells that one step scrolls along a line."""


def perform(room: Room, gesture: Gesture) -> Action | None:
    """Do it, or give back the action that it comes to."""
    return _DOERS[gesture.verb](room, gesture.by)


def _list_page(room: Room, by: int) -> Action:
    return actions.Move(by * max(1, room.results.page_rows - 1))


def _list_half(room: Room, by: int) -> Action:
    return actions.Move(by * max(1, room.results.page_rows // 2))


def _hit(room: Room, by: int) -> Action | None:
    session = room.session
    if session.finding.active:
        return _found(room, by)
    if not session.query.has_words:
        return actions.Said("Nothing is lit: the query has no words.")
    if session.opened is None:
        return actions.NoMoreHits(by)
    body = room.cable.body
    found = body.next_hit() if by > 0 else body.previous_hit()
    room.say()
    return None if found else actions.NoMoreHits(by)


def _found(room: Room, by: int) -> Action | None:
    """By what is looked for in this cable, and round again."""
    body = room.cable.body
    if not (body.next_hit() if by > 0 else body.previous_hit()):
        body.first_hit() if by > 0 else body.last_hit()
    if not body.hit_position[1]:
        return actions.Said(f"“{room.session.finding.text}” does not stand in this cable.")
    room.say()
    return None


def _scroll(room: Room, by: int) -> None:
    """By lines; while paragraphs are selected, by paragraphs."""
    if room.session.picked is None:
        room.cable.body.scroll_by(by)
    else:
        _paragraph(room, by)


def _paragraph(room: Room, by: int) -> None:
    body = room.cable.body
    (body.next_paragraph if by > 0 else body.previous_paragraph)()


def _chosen(room: Room, by: int) -> Action | None:
    del by
    return pane_of(room).chosen


def _section(room: Room, by: int) -> Action:
    """The context, at what is cited (-1) or at what cites (1)."""
    pane_of(room).to_section(by > 0)
    return actions.Focus("context")


def selected(room: Room) -> Span | None:
    """What the mouse has selected in the body, as a range of its text."""
    if not room.has_boxes or not room.session.in_cable:
        return None
    span = room.cable.body.selected()
    return span if span and span[0] < span[1] else None


def _copy_again(room: Room, by: int) -> Action:
    del by
    return actions.Copy(span=selected(room))


def _explain(room: Room, by: int) -> Action:
    del by
    selected = room.get_selected_text() if room.selections else ""
    if not selected and room.session.pane == "library":
        selected = room.library.value_here
    return explaining.Explain(selected or "")


def _labels(room: Room, by: int) -> Action | None:
    from cable_tui.tui import labels

    del by
    if labels.show(room):
        return None
    return actions.Said("No reference, TAG or cable is in sight.")


def _follow(room: Room, by: int) -> Action:
    del by
    return actions.Follow(room.cable.body.references_here())


def _ends(widget: Callable[[Room], object]) -> Callable[[Room, int], None]:
    def doer(room: Room, by: int) -> None:
        getattr(widget(room), "bottom" if by > 0 else "top")()

    return doer


def _sidebar(method: str) -> Callable[[Room, int], None]:
    def doer(room: Room, by: int) -> None:
        getattr(room.library, method)(*((by,) if by else ()))
        room.say()

    return doer


def _section_order(room: Room, by: int) -> Action | None:
    del by
    section = room.library.section_here
    return shelving.TurnSection(section) if section else None


def _section_filter(room: Room, by: int) -> Action | None:
    del by
    section = room.library.section_here
    return shelving.FilterSection(section) if section else None


def _redraw(room: Room, by: int) -> None:
    del by
    room.app.redraw()  # type: ignore[attr-defined]  # the room is of no other program


def _suspend(room: Room, by: int) -> None:
    del by
    room.app.action_suspend_process()


_DOERS: dict[str, Callable[[Room, int], Action | None]] = {
    "list_page": _list_page,
    "list_half": _list_half,
    "library_move": _sidebar("move_by"),
    "library_page": _sidebar("page"),
    "library_ends": _ends(lambda room: room.library),
    "library_toggle": _sidebar("toggle_here"),
    "library_only": _sidebar("only_here"),
    "library_exclude": _sidebar("exclude_here"),
    "library_fold": _sidebar("fold_here"),
    "library_order": _section_order,
    "library_filter": _section_filter,
    "body_scroll": _scroll,
    "body_sideways": lambda room, by: room.cable.body.scroll_sideways(by * SIDEWAYS),
    "body_page": lambda room, by: room.cable.body.page(by),
    "body_half": lambda room, by: room.cable.body.page(by / 2),
    "body_ends": _ends(lambda room: room.cable.body),
    "body_paragraph": _paragraph,
    "body_follow": _follow,
    "body_labels": _labels,
    "explain": _explain,
    "copy_again": _copy_again,
    "context_move": lambda room, by: pane_of(room).move_by(by),
    "context_page": lambda room, by: pane_of(room).page(by),
    "context_ends": _ends(pane_of),
    "context_open": _chosen,
    "context_section": _section,
    "hit": _hit,
    "suspend": _suspend,
    "redraw": _redraw,
}
