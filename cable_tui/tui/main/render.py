"""Rendering: from one session to the next on the screen, only what differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from cable_tui.cable import Cable
from cable_tui.effects.placeholder_cable import is_placeholder
from cable_tui.session.feature_state import BookmarksView
from cable_tui.session.features import selection
from cable_tui.session.features.context import WantContext
from cable_tui.session.features.find import WordMatches
from cable_tui.session.features.timeline import brush_of_query
from cable_tui.session.state import Session
from cable_tui.session.values import READING, Highlights, Landing, Pane
from cable_tui.text import clean_line, clean_text, repaired
from cable_tui.tui.bars import status_text
from cable_tui.tui.bars.empty_state import empty_list_text
from cable_tui.tui.commands.table import key_context
from cable_tui.tui.dialogs.bookmarks_screen import BookmarksScreen
from cable_tui.tui.results.row_text import RowMarks
from cable_tui.tui.sidebar import sections

if TYPE_CHECKING:
    from textual.widget import Widget

    from cable_tui.tui.main.view import View


def _cable_boxes(view: View, old: Session, new: Session) -> None:
    """Bring the boxes from `old` to `new`."""
    if new.text_options.joined != old.text_options.joined:
        view.cable.body.set_unwrapped(new.text_options.joined)
    if new.text_options.decoded != old.text_options.decoded:
        view.cable.header.decode(new.text_options.decoded)
    if new.find != old.find:
        _find(view, old, new)
    if new.selected_from != old.selected_from:
        view.cable.body.pick(new.selected_from)


def _find(view: View, old: Session, new: Session) -> None:
    """The line for what is looked for, and where it stands in the body."""
    boxes = view.cable
    boxes.find_line.show(new.find)
    if new.opened is not old.opened:
        return  # the new one is painted with its own hits
    if new.find.text:
        if new.find.text != old.find.text:
            boxes.body.set_highlights(WordMatches(new.find.text), "found")
            boxes.body.nearest_hit()
    elif old.find.text:
        boxes.body.set_highlights(new.hits.highlights)


def _context_pane(view: View, old: Session, new: Session) -> None:
    """What is known of the cable that is shown."""
    if new.opened is None:
        return
    if new.opened is not old.opened:
        view.call_after_refresh(_ask, view)
    if new.context is not old.context:
        view.context_pane.show(new.context)


def _ask(view: View) -> None:
    """A pane that nobody sees asks for nothing."""
    if view.context_pane.display:
        view.dispatch(WantContext())


def _timeline(view: View, old: Session, new: Session) -> None:
    """Bars, brush, and whether it is there at all."""
    timeline = new.timeline
    if (timeline, new.query, new.pane) == (old.timeline, old.query, old.pane):
        return
    if timeline.shown is not old.timeline.shown:
        view.set_class(timeline.shown is True, "-timeline")
        view.set_class(timeline.shown is False, "-no-timeline")
    if timeline.data.starts:
        brush = timeline.brush if new.pane == "timeline" else None
        view.timeline.show(timeline.data, brush, brush_of_query(new.query, timeline.data))


def show_bookmarks(view: View, shelf: BookmarksView) -> None:
    """What the session knows of the bookmarks, onto the screen that shows them."""
    for screen in view.app.screen_stack:
        if isinstance(screen, BookmarksScreen):
            screen.show(shelf)


_Places = frozenset[tuple[str, str | None]]
_Span = tuple[int, int] | None


def render(view: View, old: Session, new: Session) -> None:
    """Bring every widget from `old` to `new`."""
    for painter in RENDERERS:
        painter(view, old, new)
    update_status(view, new)


def update_status(view: View, session: Session) -> None:
    """The status line; where words are searched for and the body has none, it says so."""
    view.status.show(
        *(
            _ends(view, session, status_text.status_ends(session, brief=brief))
            for brief in (False, True)
        )
    )


def _ends(view: View, session: Session, ends: tuple[str, str]) -> tuple[str, str]:
    """Both ends of the status line with what only the widgets know."""
    left, right = ends
    if session.pane in READING and session.opened and session.query.has_words:
        _, total = view.cable.body.hit_position
        if not total and not is_placeholder(session.opened.cable):
            left += " · no hit in the text"
    if session.pane == "library" and view.library.section_here == "origin":
        left = clean_line(status_text.post_label(view.library.value_here, session.totals)) or left
    return left, right


def _bar(view: View, old: Session, new: Session) -> None:
    del old
    if new.text != view.bar.value:
        view.bar.show(new.text)
    view.bar.mark_errors(tuple(each.column for each in new.query.complaints))
    _jumps(view, new)
    view.empty.show(new)


def _list(view: View, old: Session, new: Session) -> None:
    if new.hits is not old.hits:
        view.results.show(new.hits.ids, new.at)
    elif new.at != old.at:
        view.results.move_to(new.at)
    if (title := status_text.list_title(new)) != status_text.list_title(old):
        view.results.underline(title)
    if new.hits.count or new.answered == new.ticket:  # else it is not known yet
        _in_place_of_list(view, clean_text(empty_list_text(new)))
    if _marked(new) != _marked(old):
        marks, noted, seen, ids, span, lit = _marked(new)
        bookmarked = frozenset(canonical for canonical, _ in marks)
        with_notes = frozenset(canonical for canonical, _ in noted)
        view.results.sign(RowMarks(bookmarked, with_notes, seen, ids, span, lit))


def _marked(
    session: Session,
) -> tuple[_Places, _Places, frozenset[str], frozenset[int], _Span, Highlights]:
    """What carries a sign in the list, and what is lit."""
    notebook, span = session.notebook, selection.selected_range(session)
    return (
        notebook.marks,
        notebook.noted,
        notebook.seen,
        session.selection.ids,
        span,
        session.hits.highlights,
    )


def _passages(view: View, old: Session, new: Session) -> None:
    """Under the subjects; whether there are any changes with the list, not before it."""
    if new.answered != new.ticket:
        return
    seen = (old.passages, old.hits.highlights, old.query.has_words, old.answered == old.ticket)
    now = (new.passages, new.hits.highlights, new.query.has_words, True)
    if seen != now:
        on = new.passages.shown and new.query.has_words
        stale = new.passages.highlights != new.hits.highlights
        view.results.preview(on, new.passages.found, stale=stale)


def _in_place_of_list(view: View, text: str) -> None:
    if text != str(view.listless.content):  # an update lays the whole screen out anew
        view.set_class(bool(text), "-listless")
        view.listless.update(Content(text))


def _cable(view: View, old: Session, new: Session) -> None:
    cable = new.cable
    if cable is None:
        return
    boxes = view.cable
    marked = (cable.canonical_id, None) in new.notebook.marks
    if new.opened is not old.opened:
        boxes.top.show(_as_read(cable, new), marked)
        boxes.header.show(cable)
        boxes.body.show(cable, new.hits.highlights, None, _labels(new), show_repaired=new.repaired)
        return
    if new.repaired != old.repaired:
        boxes.top.show(_as_read(cable, new), marked)
        boxes.body.repair(new.repaired)
    if new.hits.highlights != old.hits.highlights and not new.find.text:
        boxes.body.set_highlights(new.hits.highlights)
    if _labels(new) != _labels(old) or new.notebook.marks != old.notebook.marks:
        boxes.top.show(_as_read(cable, new), marked)
        boxes.body.mark(*_labels(new))


def _as_read(cable: Cable, session: Session) -> Cable:
    """With the subject as the reader wants to see it."""
    return replace(cable, subject=repaired(cable.subject)) if session.repaired else cable


def _jumps(view: View, session: Session) -> None:
    """What the text may name, together with the list that answers it: so that moves only once."""
    if session.pane != "bar":
        view.jumps.show((), None)
    elif session.answered == session.ticket or session.choice is not None:
        view.jumps.show(session.jumps, session.choice)


def _labels(session: Session) -> tuple[frozenset[str], frozenset[str]]:
    """Of the paragraphs with a bookmark, and of those with a note."""
    cable, notebook = session.cable, session.notebook
    marks, noted = (
        frozenset(
            label
            for canonical, label in places
            if label is not None and cable is not None and canonical == cable.canonical_id
        )
        for places in (notebook.marks, notebook.noted)
    )
    return marks, noted


def scroll_body_to(view: View, landing: Landing) -> None:
    """Bring the body to where the reader arrives."""
    body = view.cable.body
    if landing.hit:
        (body.first_hit if landing.hit == "first" else body.last_hit)()
    elif landing.scroll is not None:
        body.return_to(landing.index, landing.scroll, landing.stop)
    elif landing.index is not None:
        body.go_to(landing.index)
    view.update_status()


def _reading(view: View, old: Session, new: Session) -> None:
    """What the reader wants of the boxes; nothing of it is imported before there is a cable."""
    if new.opened is None:
        return
    wanted = (new.text_options, new.find, new.selected_from)
    if wanted != (old.text_options, old.find, old.selected_from):
        _cable_boxes(view, old, new)


def _shelved(session: Session) -> tuple[object, ...]:
    """All that the library shows."""
    known = session.counted == session.ticket
    view = (session.wide_sections, session.sidebar, session.notebook)
    return session.counts, known, session.query, session.summary, *view


def _library(view: View, old: Session, new: Session) -> None:
    if _shelved(old) != _shelved(new):
        view.library.show(
            status_text.library_title(new.summary, new.totals), sections.library_sections(new)
        )


def _layout(view: View, old: Session, new: Session) -> None:
    # All at once: each change of a class works out the styles of every widget.
    view.update_classes(
        {
            "-open": new.opened is not None,
            "-reading": new.reading and new.opened is not None,
            "-drawer": new.library_open,
            "-zoomed": new.zoomed,
            "-nothing": new.phase != "ready",
            "-in-context": new.pane == "context",
            **{
                f"-in-{pane}": new.zoomed and new.pane == pane
                for pane in ("library", "list", "top", "header", "body")
            },
        }
    )
    if view.has_cable_view:
        view.cable.header.fold(not new.unfolded)
    view.keys.show(key_context(new), asking=new.phase != "ready")
    _focus(view, new.pane, new.phase, moved=new.pane != old.pane)


def _focus(view: View, pane: Pane, phase: str, *, moved: bool) -> None:
    """The focus follows the session; where nothing can be read, the line for a folder has it.

    What was `moved` before the last move was carried out is moved again.
    """
    if phase != "ready":
        return
    widget: Widget
    if pane == "bar":
        if not view.bar.has_focus:
            view.bar.edit()
            _expect(view)
        return
    if pane == "timeline":
        widget = view.timeline
    elif pane == "context":
        widget = view.context_pane
    elif pane in ("library", "list"):
        widget = view.library if pane == "library" else view.results
    else:
        widget = view.cable.header if pane == "header" else view.cable.body
        if pane == "body" and view.session.find.open:
            widget = view.cable.find_line
    if moved or not widget.has_focus:
        widget.focus(scroll_visible=False)
        _expect(view)


def _expect(view: View) -> None:
    """A pane gets the focus. Until it has it, news of the focus are of what was before.

    The focus is given by the program, and told by messages to the room: one that follows both has
    both behind it.
    """
    view.focusing += 1
    view.app.call_later(view.call_later, _settled, view)


def _settled(view: View) -> None:
    view.focusing -= 1


def _shelf(view: View, old: Session, new: Session) -> None:
    if new.bookmarks_view is not None and new.bookmarks_view is not old.bookmarks_view:
        show_bookmarks(view, new.bookmarks_view)


RENDERERS: tuple[Callable[[View, Session, Session], None], ...] = (
    _bar,
    _list,
    _passages,
    _timeline,
    _cable,
    _reading,
    _context_pane,
    _library,
    _shelf,
    _layout,
)
"""In turn; a feature of the room adds its own before the layout, which sets the focus."""
