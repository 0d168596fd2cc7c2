"""Render a session: update the widgets where the session differs from the previous one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from cable_tui.base.cable import Cable
from cable_tui.base.value import replace
from cable_tui.session.feature_state import list_symbols
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
from cable_tui.tui.panes.result_rows import RowSymbols

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
    """Request the context, unless the pane is hidden for a reason other than being empty."""
    if view.context_pane.display or (view.has_class("-l") and view.session.reading):
        view.dispatch(WantContext())


def _timeline(view: View, old: Session, new: Session) -> None:
    """Render the bars and the selection of the timeline, and show or hide it."""
    timeline_view = new.timeline
    if (timeline_view, new.query, new.pane) == (old.timeline, old.query, old.pane):
        return
    if timeline_view.shown is not old.timeline.shown:
        view.show_timeline(timeline_view.shown)
    if timeline_view.data.starts:
        visible_brush = timeline_view.brush if new.pane == "timeline" else None
        query_brush = brush_of_query(new.query, timeline_view.data)
        view.timeline.show(timeline_view.data, visible_brush, query_brush, window(new))


_Places = frozenset[tuple[str, str | None]]


def render(view: View, old: Session, new: Session) -> None:
    """Update every widget from the session `old` to `new`."""
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
        view.results.show_count(list_title)
    # An answer that comes in a moment does not replace the text.
    if new.hits.count or not new.is_waiting or new.reads_texts:
        list_message = clean_text(empty_list_text(new))
        if list_message != str(view.listless.content):  # an update is a layout of the whole screen
            view.set_class(bool(list_message), "-listless")
            view.listless.update(Content(list_message))
    if _row_state(new) != _row_state(old):
        notebook = new.notebook
        view.results.sign(
            RowSymbols(
                frozenset(canonical_id for canonical_id, _ in notebook.marks),
                frozenset(canonical_id for canonical_id, _ in notebook.noted),
                notebook.seen,
                new.selection.ids,
                selection.selected_range(new),
                new.hits.highlights,
                {
                    each: list_symbols(names, notebook.lists)
                    for each, names in notebook.listed.items()
                },
            )
        )


def _row_state(session: Session) -> tuple[object, ...]:
    """Return everything that determines the symbols and highlights of the list's rows."""
    notebook = session.notebook
    return (
        *(notebook.marks, notebook.noted, notebook.seen, notebook.listed),
        tuple(name for name, _ in notebook.lists),
        *(session.selection.ids, selection.selected_range(session), session.hits.highlights),
    )


def _passages(view: View, old: Session, new: Session) -> None:
    """Render the passages below the rows. They change together with the list, not before it."""
    if new.is_waiting:
        return
    previous_state = (old.passages, old.hits.highlights, old.query.has_words, old.is_waiting)
    new_state = (new.passages, new.hits.highlights, new.query.has_words, False)
    if previous_state != new_state:
        shows_passages = new.passages.shown and new.query.has_words
        is_outdated = new.passages.highlights != new.hits.highlights
        view.results.preview(shows_passages, new.passages.found, stale=is_outdated)


def _cable(view: View, old: Session, new: Session) -> None:
    cable = new.cable
    if cable is None:
        return
    cable_view, paragraph_marks = view.cable, _paragraph_marks(new)
    marks = _marks_of(new, cable)
    if new.opened is not old.opened:
        cable_view.top.show(_displayed(cable, new), marks)
        cable_view.header.show(cable)
        cable_view.body.show(cable, paragraph_marks, show_repaired=new.repaired)
        cable_view.body.set_perhaps(new.opened.perhaps if new.opened is not None else ())
        cable_view.body.follow(new)
        return
    if new.repaired != old.repaired:
        cable_view.top.show(_displayed(cable, new), marks)
        cable_view.body.repair(new.repaired)
    if new.body.hits is not old.body.hits or _body_cursor(new) != _body_cursor(old):
        cable_view.body.follow(new)
    if paragraph_marks != _paragraph_marks(old) or marks != _marks_of(old, cable):
        cable_view.top.show(_displayed(cable, new), marks)
        cable_view.body.mark(*paragraph_marks)


def _marks_of(session: Session, cable: Cable) -> str:
    """Return the star of a cable's bookmark, and the symbols and names of the cable's lists."""
    notebook, canonical_id = session.notebook, cable.canonical_id
    names = notebook.listed.get(canonical_id, ())
    star = "★" if (canonical_id, None) in notebook.marks else ""
    return " ".join(filter(None, (star, list_symbols(names, notebook.lists), ", ".join(names))))


def _body_cursor(session: Session) -> tuple[object, ...]:
    """Return everything that determines the position in the body."""
    cursor_position = (
        session.scroll,
        session.stop,
        session.sentence,
        session.body.hit,
        session.find.text,
    )
    return *cursor_position, session.selected_from, session.sentence_from


def _beside_list(view: View, old: Session, new: Session) -> None:
    """Render whether the open cable is a preview of the row in the list, or was left behind."""
    if new.opened is None:
        return
    was_left, was_left_before = new.left_behind, old.left_behind and old.opened is not None
    view.cable.top.show_state("Still open" if was_left else "Preview" if new.preview.shown else "")
    if was_left != was_left_before:
        view.cable.set_class(was_left, "-left-behind")
        if view.has_context_pane:
            view.context_pane.set_class(was_left, "-left-behind")


def _displayed(cable: Cable, session: Session) -> Cable:
    """Return the cable, with its subject repaired if the reader has chosen to see repaired text."""
    return replace(cable, subject=repaired(cable.subject)) if session.repaired else cable


def _jumps(view: View, session: Session) -> None:
    """Render the jumps together with the list of results, so that the screen changes only once."""
    if session.pane != "bar":
        view.jumps.show((), None)
    elif not session.is_waiting or session.choice is not None:
        view.jumps.show(session.jumps, session.choice)


def _paragraph_marks(session: Session) -> tuple[frozenset[str], frozenset[str]]:
    """Return the labels of the paragraphs with a bookmark, and of those with a note."""
    canonical_id = session.cable and session.cable.canonical_id

    def labels(places: _Places) -> frozenset[str]:
        return frozenset(
            label for id_, label in places if label is not None and id_ == canonical_id
        )

    return labels(session.notebook.marks), labels(session.notebook.noted)


def _text_options(view: View, old: Session, new: Session) -> None:
    """Render the display of the cable. The boxes of a cable are not imported before one is open."""
    if new.opened is None:
        return
    new_options, old_options = new.text_options, old.text_options
    if new_options.joined != old_options.joined:
        view.cable.body.set_unwrapped(new_options.joined)
    if new_options.decoded != old_options.decoded:
        view.cable.header.decode(new_options.decoded)
    if new.find != old.find:
        view.cable.find_line.show(new.find)


def _sidebar(view: View, old: Session, new: Session) -> None:
    new_lines, old_lines = new.filter_lines, old.filter_lines
    if not new_lines.filled and (new.answered == "unasked" or not new.counted):
        return  # headings without values would be drawn once more with them
    if new_lines.lines is not old_lines.lines or new.summary != old.summary:
        view.filters.show(status_text.filters_title(new.summary, new.totals), new_lines)
    elif new_lines is not old_lines:
        view.filters.move_to(new_lines)


def classes_of(view: View, new: Session) -> frozenset[str]:
    """Return the CSS classes of the screen for a session."""
    state_by_class = {
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
    return view.classes - state_by_class.keys() | {
        class_name for class_name, applies in state_by_class.items() if applies
    }


def _layout(view: View, old: Session, new: Session) -> None:
    screen_classes = classes_of(view, new)
    if screen_classes != view.classes:  # all at once: each change restyles every widget
        view.set_classes(screen_classes)
    if view.has_cable_view:
        view.cable.header.fold(not new.unfolded)
        is_one_line = new.zoomed and new.pane == "body"
        view.cable.top.unfold("line" if is_one_line else "all" if new.pane == "top" else "some")
    has_highlights = new.query.has_words or new.find.active
    asks_folder = new.phase != "ready"
    view.keys.show(key_context(new), asking=asks_folder, lit=has_highlights, unfolded=new.unfolded)
    _focus(view, new.pane, new.phase, moved=new.pane != old.pane)


def _lacks_context(view: View, new: Session) -> bool:
    """Return whether the context pane is hidden because the context, or the last one, is empty."""
    if not new.context.listed:
        return view.has_class("-no-context")
    return not (new.context.cited or new.context.citing)


def _focus(view: View, pane: Pane, phase: str, *, moved: bool) -> None:
    """Move the focus to the session's pane, unless the room asks for a folder.

    If the session `moved` to another pane, move the focus even while an earlier change is pending.
    """
    if phase != "ready":
        return
    focus_widget: Widget
    if pane == "bar":
        if not view.bar.has_focus:
            view.bar.edit()
            _count_focusing(view)
        return
    if pane == "timeline":
        focus_widget = view.timeline
    elif pane == "context":
        focus_widget = view.context_pane
    elif pane in ("filters", "list"):
        focus_widget = view.filters if pane == "filters" else view.results
    else:
        focus_widget = view.cable.header if pane == "header" else view.cable.body
        if pane == "body" and view.session.find.open:
            focus_widget = view.cable.find_line
    if moved or not focus_widget.has_focus:
        focus_widget.focus(scroll_visible=False)
        _count_focusing(view)


def _count_focusing(view: View) -> None:
    """Count a pending change of the focus; focus events are outdated until it is complete.

    The app sets the focus, and then its messages reach the screen. A call through both queues
    therefore arrives after both.
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
    """Show the page of a report: open it, update it, or close a page that the reader has left."""
    report_page = new.page
    row_marks = (new.selection.ids, new.notebook.marks)
    shows_marks = report_page is not None and report_page.of.report.laid
    has_same_marks = row_marks == (old.selection.ids, old.notebook.marks)
    if report_page is old.page and (has_same_marks or not shows_marks):
        return
    report_page = report_page and replace(report_page, signs=row_marks)
    from cable_tui.tui.pages.report_page import ReportPage

    report_pages = [screen for screen in view.app.screen_stack if isinstance(screen, ReportPage)]
    shown_page = report_pages[-1] if report_pages else None
    if shown_page is not None and (
        report_page is None or shown_page.report is not report_page.of.report
    ):
        shown_page.dismiss(None)
        shown_page = None
    if report_page is not None and shown_page is not None:
        shown_page.show(report_page)
    elif report_page is not None:
        view.app.push_screen(ReportPage(report_page, view.dispatch))


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
"""The functions that render parts of the session, in order. A feature adds its own function before
the layout, which sets the focus.
"""
