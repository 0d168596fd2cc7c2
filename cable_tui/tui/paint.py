"""From one session to the next on the screen: only what differs is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from cable_tui.cable import Cable
from cable_tui.session import READING, Landing, Lit, Pane, Session, marking
from cable_tui.text import clean_line, clean_text, repaired
from cable_tui.tui import paint_context, paint_timeline, says, shelves
from cable_tui.tui.absent import is_absent
from cable_tui.tui.commands import where_of
from cable_tui.tui.empty import listless
from cable_tui.tui.list_lines import Signs

if TYPE_CHECKING:
    from textual.widget import Widget

    from cable_tui.tui.screen import Room


_Places = frozenset[tuple[str, str | None]]
_Span = tuple[int, int] | None


def paint(room: Room, old: Session, new: Session) -> None:
    """Bring every widget from `old` to `new`."""
    for painter in PAINTERS:
        painter(room, old, new)
    say(room, new)


def say(room: Room, session: Session) -> None:
    """The status line; where words are searched for and the body has none, it says so."""
    room.status.show(
        *(_ends(room, session, says.status(session, brief=brief)) for brief in (False, True))
    )


def _ends(room: Room, session: Session, ends: tuple[str, str]) -> tuple[str, str]:
    """Both ends of the status line with what only the widgets know."""
    left, right = ends
    if session.pane in READING and session.opened and session.query.has_words:
        _, total = room.cable.body.hit_position
        if not total and not is_absent(session.opened.cable):
            left += " · no hit in the text"
    if session.pane == "library" and room.library.section_here == "origin":
        left = clean_line(says.post(room.library.value_here, session.totals)) or left
    return left, right


def _bar(room: Room, old: Session, new: Session) -> None:
    del old
    if new.text != room.bar.value:
        room.bar.show(new.text)
    room.bar.blame(tuple(each.column for each in new.query.complaints))
    _jumps(room, new)
    room.empty.show(new)


def _list(room: Room, old: Session, new: Session) -> None:
    if new.hits is not old.hits:
        room.results.show(new.hits.ids, new.at)
    elif new.at != old.at:
        room.results.move_to(new.at)
    if (title := says.matched(new)) != says.matched(old):
        room.results.underline(title)
    if new.hits.count or new.answered == new.ticket:  # else it is not known yet
        _in_place_of_list(room, clean_text(listless(new)))
    if _marked(new) != _marked(old):
        marks, noted, seen, ids, span, lit = _marked(new)
        bookmarked = frozenset(canonical for canonical, _ in marks)
        with_notes = frozenset(canonical for canonical, _ in noted)
        room.results.sign(Signs(bookmarked, with_notes, seen, ids, span, lit))


def _marked(
    session: Session,
) -> tuple[_Places, _Places, frozenset[str], frozenset[int], _Span, Lit]:
    """What carries a sign in the list, and what is lit."""
    notebook, span = session.notebook, marking.span(session)
    return (
        notebook.marks,
        notebook.noted,
        notebook.seen,
        session.marking.ids,
        span,
        session.hits.lit,
    )


def _passages(room: Room, old: Session, new: Session) -> None:
    """Under the subjects; whether there are any changes with the list, not before it."""
    if new.answered != new.ticket:
        return
    seen = (old.passages, old.hits.lit, old.query.has_words, old.answered == old.ticket)
    now = (new.passages, new.hits.lit, new.query.has_words, True)
    if seen != now:
        on = new.passages.shown and new.query.has_words
        stale = new.passages.lit != new.hits.lit
        room.results.preview(on, new.passages.found, stale=stale)


def _in_place_of_list(room: Room, text: str) -> None:
    if text != str(room.listless.content):  # an update lays the whole screen out anew
        room.set_class(bool(text), "-listless")
        room.listless.update(Content(text))


def _cable(room: Room, old: Session, new: Session) -> None:
    cable = new.cable
    if cable is None:
        return
    view = room.cable
    marked = (cable.canonical_id, None) in new.notebook.marks
    if new.opened is not old.opened:
        view.top.show(_as_read(cable, new), marked)
        view.header.show(cable)
        view.body.show(cable, new.hits.lit, None, _labels(new), mended=new.repaired)
        return
    if new.repaired != old.repaired:
        view.top.show(_as_read(cable, new), marked)
        view.body.repair(new.repaired)
    if new.hits.lit != old.hits.lit and not new.finding.text:
        view.body.relight(new.hits.lit)
    if _labels(new) != _labels(old) or new.notebook.marks != old.notebook.marks:
        view.top.show(_as_read(cable, new), marked)
        view.body.mark(*_labels(new))


def _as_read(cable: Cable, session: Session) -> Cable:
    """With the subject as the reader wants to see it."""
    return replace(cable, subject=repaired(cable.subject)) if session.repaired else cable


def _jumps(room: Room, session: Session) -> None:
    """What the text may name, together with the list that answers it: so that moves only once."""
    if session.pane != "bar":
        room.jumps.show((), None)
    elif session.answered == session.ticket or session.choice is not None:
        room.jumps.show(session.jumps, session.choice)


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


def land(room: Room, landing: Landing) -> None:
    """Bring the body to where the reader arrives."""
    body = room.cable.body
    if landing.hit:
        (body.first_hit if landing.hit == "first" else body.last_hit)()
    elif landing.scroll is not None:
        body.land(landing.index, landing.scroll, landing.stop)
    elif landing.index is not None:
        body.go_to(landing.index)
    room.say()


def _reading(room: Room, old: Session, new: Session) -> None:
    """What the reader wants of the boxes; nothing of it is imported before there is a cable."""
    if new.opened is None:
        return
    wanted = (new.viewing, new.finding, new.picked)
    if wanted != (old.viewing, old.finding, old.picked):
        from cable_tui.tui import paint_cable

        paint_cable.paint(room, old, new)


def _shelved(session: Session) -> tuple[object, ...]:
    """All that the library shows."""
    known = session.counted == session.ticket
    view = (session.wide, session.shelving, session.notebook)
    return session.counts, known, session.query, session.summary, *view


def _library(room: Room, old: Session, new: Session) -> None:
    if _shelved(old) != _shelved(new):
        room.library.show(says.head(new.summary, new.totals), shelves.sections(new))


def _layout(room: Room, old: Session, new: Session) -> None:
    # All at once: each change of a class works out the styles of every widget.
    room.update_classes(
        {
            "-open": new.opened is not None,
            "-reading": new.reading and new.opened is not None,
            "-drawer": new.drawer,
            "-zoomed": new.zoomed,
            "-nothing": new.phase != "ready",
            "-in-context": new.pane == "context",
            **{
                f"-in-{pane}": new.zoomed and new.pane == pane
                for pane in ("library", "list", "top", "header", "body")
            },
        }
    )
    if room.has_boxes:
        room.cable.header.fold(not new.unfolded)
    room.keys.show(where_of(new), asking=new.phase != "ready")
    _focus(room, new.pane, new.phase, moved=new.pane != old.pane)


def _focus(room: Room, pane: Pane, phase: str, *, moved: bool) -> None:
    """The focus follows the session; where nothing can be read, the line for a folder has it.

    What was `moved` before the last move was carried out is moved again.
    """
    if phase != "ready":
        return
    widget: Widget
    if pane == "bar":
        if not room.bar.has_focus:
            room.bar.edit()
            _expect(room)
        return
    if pane == "timeline":
        widget = room.timeline
    elif pane == "context":
        widget = paint_context.pane_of(room)
    elif pane in ("library", "list"):
        widget = room.library if pane == "library" else room.results
    else:
        widget = room.cable.header if pane == "header" else room.cable.body
        if pane == "body" and room.session.finding.open:
            widget = room.cable.find_line
    if moved or not widget.has_focus:
        widget.focus(scroll_visible=False)
        _expect(room)


def _expect(room: Room) -> None:
    """A pane gets the focus. Until it has it, news of the focus are of what was before.

    The focus is given by the program, and told by messages to the room: one that follows both has
    both behind it.
    """
    room.focusing += 1
    room.app.call_later(room.call_later, _settled, room)


def _settled(room: Room) -> None:
    room.focusing -= 1


def _shelf(room: Room, old: Session, new: Session) -> None:
    if new.shelf is not None and new.shelf is not old.shelf:
        from cable_tui.tui import marks_screen

        marks_screen.show(room, new.shelf)


PAINTERS: tuple[Callable[[Room, Session, Session], None], ...] = (
    _bar,
    _list,
    _passages,
    paint_timeline.paint,
    _cable,
    _reading,
    paint_context.paint,
    _library,
    _shelf,
    _layout,
)
"""In turn; a feature of the room adds its own before the layout, which sets the focus."""
