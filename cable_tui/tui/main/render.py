"""Rendering: brings the widgets from one session to the next, only where they differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from cable_tui.base.cable import Cable
from cable_tui.base.value import replace
from cable_tui.query.answers import Highlighting
from cable_tui.session.features import selection
from cable_tui.session.features.context import WantContext
from cable_tui.session.features.timeline import brush_of_query, window
from cable_tui.session.state import Session
from cable_tui.session.values import Pane
from cable_tui.text import clean_text, repaired
from cable_tui.tui.commands.keyboard import key_context
from cable_tui.tui.pages.room_page import RoomPage
from cable_tui.tui.panes.bars import status_text
from cable_tui.tui.panes.bars.empty_state import empty_list_text
from cable_tui.tui.panes.bars.footer import hint_of
from cable_tui.tui.panes.results import RowSymbols

if TYPE_CHECKING:
    from textual.widget import Widget

    from cable_tui.tui.main.view import View


def _context_pane(view: View, old: Session, new: Session) -> None:
    """Render the context of the open cable."""
    if new.opened is None:
        return
    if new.opened is not old.opened or new.reading is not old.reading:
        view.call_after_refresh(_request_context, view)
    if new.context is not old.context:
        view.context_pane.show(new.context)


def _request_context(view: View) -> None:
    """Ask for the context, unless it has no room, or the last one was empty."""
    if view.context_pane.display or (view.has_class("-l") and view.session.reading):
        view.dispatch(WantContext())


def _timeline(view: View, old: Session, new: Session) -> None:
    """Render the bars and the brush, and show or hide the timeline."""
    timeline = new.timeline
    if (timeline, new.query, new.pane) == (old.timeline, old.query, old.pane):
        return
    if timeline.shown is not old.timeline.shown:
        view.show_timeline(timeline.shown)
    if timeline.data.starts:
        brush = timeline.brush if new.pane == "timeline" else None
        query_brush = brush_of_query(new.query, timeline.data)
        view.timeline.show(timeline.data, brush, query_brush, window(new))


_Places = frozenset[tuple[str, str | None]]
_Span = tuple[int, int] | None


def render(view: View, old: Session, new: Session) -> None:
    """Bring every widget from `old` to `new`."""
    for painter in RENDERERS:
        painter(view, old, new)
    view.status.show(*(status_text.status_ends(new, brief=brief) for brief in (False, True)))


def _bar(view: View, _old: Session, new: Session) -> None:
    if new.text != view.bar.value:
        view.bar.show(new.text)
    view.bar.mark_errors(tuple(complaint.column for complaint in new.query.complaints))
    _jumps(view, new)
    view.empty.show(new)


def _list(view: View, old: Session, new: Session) -> None:
    if new.hits is not old.hits:
        new_hits = new.hits
        view.results.show(new_hits.ids, new.at, new_hits.folded, new_hits.below, new_hits.rows)
    elif new.at != old.at:
        view.results.move_to(new.at)
    if (list_title := status_text.list_title(new)) != status_text.list_title(old):
        view.results.underline(list_title)
    # An answer that comes in a moment does not replace the text.
    if new.hits.count or not new.is_waiting or new.reads_texts:
        text = clean_text(empty_list_text(new))
        if text != str(view.listless.content):  # an update is a layout of the whole screen
            view.set_class(bool(text), "-listless")
            view.listless.update(Content(text))
    if (row_signs := _row_marks(new)) != _row_marks(old):
        marks, noted_places, cables_seen, ids, span, highlights = row_signs
        bookmarked = frozenset(canonical_id for canonical_id, _ in marks)
        with_notes = frozenset(canonical_id for canonical_id, _ in noted_places)
        view.results.sign(RowSymbols(bookmarked, with_notes, cables_seen, ids, span, highlights))


def _row_marks(
    session: Session,
) -> tuple[_Places, _Places, frozenset[str], frozenset[int], _Span, Highlighting]:
    """Return all signs of the list's rows, and the highlights in them."""
    notebook, span = session.notebook, selection.selected_range(session)
    selection_signs = session.selection.ids, span, session.hits.highlights
    return notebook.marks, notebook.noted, notebook.seen, *selection_signs


def _passages(view: View, old: Session, new: Session) -> None:
    """Render the passages below the rows. They change together with the list, not before it."""
    if new.is_waiting:
        return
    passages_before = (old.passages, old.hits.highlights, old.query.has_words, old.is_waiting)
    passages_now = (new.passages, new.hits.highlights, new.query.has_words, False)
    if passages_before != passages_now:
        on = new.passages.shown and new.query.has_words
        stale = new.passages.highlights != new.hits.highlights
        view.results.preview(on, new.passages.found, stale=stale)


def _cable(view: View, old: Session, new: Session) -> None:
    cable = new.cable
    if cable is None:
        return
    boxes, marks = view.cable, _paragraph_marks(new)
    is_bookmarked = (cable.canonical_id, None) in new.notebook.marks
    if new.opened is not old.opened:
        boxes.top.show(_displayed(cable, new), is_bookmarked)
        boxes.header.show(cable)
        boxes.body.show(cable, marks, show_repaired=new.repaired)
        boxes.body.set_perhaps(new.opened.perhaps if new.opened is not None else ())
        boxes.body.follow(new)
        return
    if new.repaired != old.repaired:
        boxes.top.show(_displayed(cable, new), is_bookmarked)
        boxes.body.repair(new.repaired)
    if new.body.hits is not old.body.hits or _body_cursor(new) != _body_cursor(old):
        boxes.body.follow(new)
    if marks != _paragraph_marks(old) or new.notebook.marks != old.notebook.marks:
        boxes.top.show(_displayed(cable, new), is_bookmarked)
        boxes.body.mark(*marks)


def _body_cursor(session: Session) -> tuple[object, ...]:
    """Return everything that shows where the reader is in the body."""
    place = session.scroll, session.stop, session.sentence, session.body.hit, session.find.text
    return *place, session.selected_from, session.sentence_from


def _beside_list(view: View, old: Session, new: Session) -> None:
    """Render whether the open cable is the row of the list: a preview of it, or left behind."""
    if new.opened is None:
        return
    is_left_behind, was_left_behind = new.left_behind, old.left_behind and old.opened is not None
    view.cable.top.show_state(
        "Still open" if is_left_behind else "Preview" if new.preview.shown else ""
    )
    if is_left_behind != was_left_behind:
        view.cable.set_class(is_left_behind, "-left-behind")
        if view.has_context_pane:
            view.context_pane.set_class(is_left_behind, "-left-behind")


def _displayed(cable: Cable, session: Session) -> Cable:
    """Return the cable, with its subject repaired if the reader wants that."""
    return replace(cable, subject=repaired(cable.subject)) if session.repaired else cable


def _jumps(view: View, session: Session) -> None:
    """Render the jumps of the query, together with its list: so the screen moves only once."""
    if session.pane != "bar":
        view.jumps.show((), None)
    elif not session.is_waiting or session.choice is not None:
        view.jumps.show(session.jumps, session.choice)


def _paragraph_marks(session: Session) -> tuple[frozenset[str], frozenset[str]]:
    """Return labels of the paragraphs with a bookmark, and of those with a note."""
    id_here = session.cable and session.cable.canonical_id

    def labels(places: _Places) -> frozenset[str]:
        return frozenset(label for id_, label in places if label is not None and id_ == id_here)

    return labels(session.notebook.marks), labels(session.notebook.noted)


def _text_options(view: View, old: Session, new: Session) -> None:
    """Render how the cable is shown. The boxes are not imported before there is a cable."""
    if new.opened is None:
        return
    options, options_before = new.text_options, old.text_options
    if options.joined != options_before.joined:
        view.cable.body.set_unwrapped(options.joined)
    if options.decoded != options_before.decoded:
        view.cable.header.decode(options.decoded)
    if new.find != old.find:
        view.cable.find_line.show(new.find)


def _sidebar(view: View, old: Session, new: Session) -> None:
    lines_now, lines_before = new.filter_lines, old.filter_lines
    if lines_now.lines is not lines_before.lines or new.summary != old.summary:
        view.filters.show(status_text.filters_title(new.summary, new.totals), lines_now)
    elif lines_now is not lines_before:
        view.filters.move_to(lines_now)


def classes_of(view: View, new: Session) -> frozenset[str]:
    """Return the classes of the screen that show a session."""
    wanted_classes = {
        "-open": new.opened is not None,
        "-reading": new.reading and new.opened is not None,
        "-filters-open": new.filters_open,
        "-zoomed": new.zoomed,
        "-nothing": new.phase != "ready",
        "-in-context": new.pane == "context",
        "-no-context": _lacks_context(view, new),
        "-hinting": hint_of(new) is not None,
        **{
            f"-in-{pane}": new.zoomed and new.pane == pane
            for pane in ("filters", "list", "top", "header", "body")
        },
    }
    return view.classes - wanted_classes.keys() | {
        name for name, is_on in wanted_classes.items() if is_on
    }


def _layout(view: View, old: Session, new: Session) -> None:
    classes = classes_of(view, new)
    if classes != view.classes:  # all at once: each change restyles every widget
        view.set_classes(classes)
    if view.has_cable_view:
        view.cable.header.fold(not new.unfolded)
        in_line = new.zoomed and new.pane == "body"
        view.cable.top.unfold("line" if in_line else "all" if new.pane == "top" else "some")
    is_lit = new.query.has_words or new.find.active
    is_asking = new.phase != "ready"
    view.keys.show(key_context(new), asking=is_asking, lit=is_lit, unfolded=new.unfolded)
    _focus(view, new.pane, new.phase, moved=new.pane != old.pane)


def _lacks_context(view: View, new: Session) -> bool:
    """Return whether the context gives way: it is empty, or was before the next is known."""
    if not new.context.listed:
        return view.has_class("-no-context")
    return not (new.context.cited or new.context.citing)


def _focus(view: View, pane: Pane, phase: str, *, moved: bool) -> None:
    """Give the focus to the pane of the session, unless a folder is asked for.

    If the session `moved` to another pane, do so even during an earlier change.
    """
    if phase != "ready":
        return
    widget: Widget
    if pane == "bar":
        if not view.bar.has_focus:
            view.bar.edit()
            _count_focusing(view)
        return
    if pane == "timeline":
        widget = view.timeline
    elif pane == "context":
        widget = view.context_pane
    elif pane in ("filters", "list"):
        widget = view.filters if pane == "filters" else view.results
    else:
        widget = view.cable.header if pane == "header" else view.cable.body
        if pane == "body" and view.session.find.open:
            widget = view.cable.find_line
    if moved or not widget.has_focus:
        widget.focus(scroll_visible=False)
        _count_focusing(view)


def _count_focusing(view: View) -> None:
    """Count a change of the focus as under way: until it is complete, focus events are outdated.

    The app gives the focus, and then messages reach the screen: a call through both queues comes
    after both.
    """
    view.focusing += 1
    view.app.call_later(view.call_later, _focus_done, view)


def _focus_done(view: View) -> None:
    view.focusing -= 1


def _pages(view: View, old: Session, new: Session) -> None:
    """Show the session on the pages over the room."""
    for screen in view.app.screen_stack:
        if isinstance(screen, RoomPage):
            screen.follow(old, new)


def _hint(view: View, _old: Session, new: Session) -> None:
    hint = hint_of(new)
    view.hint_line.show(hint)
    for page in view.app.screen_stack[1:]:
        page.set_class(hint is not None, "-hinting")


def _report(view: View, old: Session, new: Session) -> None:
    """Show the page of a report: open it, fill it, close the one that was left."""
    page = new.page
    signs = (new.selection.ids, new.notebook.marks)
    shows_signs = page is not None and page.of.report.laid
    same_signs = signs == (old.selection.ids, old.notebook.marks)
    if page is old.page and (same_signs or not shows_signs):
        return
    page = page and replace(page, signs=signs)
    from cable_tui.tui.pages.report_page import ReportPage

    screens = [screen for screen in view.app.screen_stack if isinstance(screen, ReportPage)]
    shown_page = screens[-1] if screens else None
    if shown_page is not None and (page is None or shown_page.report is not page.of.report):
        shown_page.dismiss(None)
        shown_page = None
    if page is not None and shown_page is not None:
        shown_page.show(page)
    elif page is not None:
        view.app.push_screen(ReportPage(page, view.dispatch))


RENDERERS: tuple[Callable[[View, Session, Session], None], ...] = (
    _bar,
    _list,
    _passages,
    _timeline,
    _cable,
    _beside_list,
    _text_options,
    _context_pane,
    _sidebar,
    _pages,
    _report,
    _hint,
    _layout,
)
"""The renderers in order. A feature adds its own before the layout, which sets the focus."""
