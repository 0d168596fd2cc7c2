"""A concordance over the room: every place where the words of the query stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui import query as language
from cable_tui.session import effects
from cable_tui.session.ask import ask, with_text
from cable_tui.session.base import Action, Effect
from cable_tui.session.features.reading.opened_cable import fetch_cable
from cable_tui.session.folding import at_cable
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.session.values import TOP, Landing
from cable_tui.session.word_views import ConcordanceView
from cable_tui.value import replace

if TYPE_CHECKING:
    from cable_tui.archive.source_criticism.concordance_lines import Line, Order

_ORDERS: tuple[Order, ...] = ("date", "newest", "post", "left", "right")
_BY_CONTEXT: tuple[Order, ...] = ("left", "right")


class OpenConcordance(Action):
    """g k: show the words of the query in their context; without words, ask for some."""


class OtherWords(Action):
    """/ on the page: ask for another query, whose words take the place of these."""


class WordsTyped(Action):
    """Words to be shown in their context, in the cables of the query."""

    text: str
    alone: bool = False
    """They are a query of their own."""


class ReopenConcordance(Action):
    """Show a concordance as it was left: Back comes to it."""

    view: ConcordanceView


class CloseConcordance(Action):
    """Esc: stop the reading, and where none is under way, leave the page."""

    at_once: bool = False


class ConcordanceRead(Action):
    """More lines were read, or all of them were sorted."""

    ticket: int
    lines: tuple[Line, ...]
    cables: int
    total: int
    note: str = ""
    whole: bool = False
    """The lines are all: they take the place of those before."""
    done: bool = False


class ConcordanceFailed(Action):
    """It could not be read."""

    ticket: int
    reason: str


class NextOrder(Action):
    """s: the next order of the lines."""

    by: int = 1


class FollowLine(Action):
    """Open the cable of a line where its words stand."""

    at: int


class CopyLine(Action):
    """y: copy the sentence of a line with its reference."""

    at: int


class CopySentence(Effect):
    """Copy the sentence at a place of a cable as a quotation."""

    id: int
    offset: int | None
    """None is the subject."""
    source: str
    """As `Session.source`."""


class ReadConcordance(Effect):
    """Read a concordance; answered by `ConcordanceRead`, again and again, or `...Failed`."""

    latest = "concordance"

    ticket: int
    text: str
    order: Order


class SortConcordance(Effect):
    """Sort lines by their context; answered by `ConcordanceRead`."""

    latest = "concordance"

    ticket: int
    view: ConcordanceView


class ShowConcordancePage(Effect):
    """Open the page."""


class AskWords(Effect):
    """Let the reader type words; answered by `WordsTyped`."""

    note: str
    alone: bool = False


@handles(OpenConcordance)
def open_concordance(session: Session, _: OpenConcordance) -> Result:
    """Open the page at once; its lines follow."""
    if not session.query.has_words:
        few = f"in the {session.hits.count:,} cables of the list"
        return session, (AskWords(f"{few}: minister, =minister, “prime minister”, minist*"),)
    return _opened(session, session.text.strip())


@handles(OtherWords)
def other_words(session: Session, _: OtherWords) -> Result:
    """Ask for a query of its own."""
    return session, (
        AskWords("in the whole archive; filters narrow it: minister origin:rabat", True),
    )


@handles(WordsTyped)
def words_typed(session: Session, action: WordsTyped) -> Result:
    """Look for the words in the cables of the query."""
    typed = action.text.strip()
    before = session.query
    # What is typed may hold an `or`, which would reach into the query before it.
    text = f"({typed}) {before}" if before.terms and " or " in typed else f"{typed} {before}"
    if action.alone:
        text = typed
    query = language.parse(text.strip())
    if query.complaints:
        return session, (effects.Notify(query.complaints[0].reason, "warning"),)
    if not query.has_words:
        said = f"{typed} has no word to be shown in its context."
        return session, (effects.Notify(said, "warning"),)
    return _opened(session, str(query))


def _opened(session: Session, text: str) -> Result:
    order = session.concordance.order
    view = ConcordanceView(session.concordance.ticket + 1, text, order, reading=True, shown=True)
    was_open = session.concordance.shown
    read = ReadConcordance(view.ticket, text, order)
    shown = () if was_open else (ShowConcordancePage(),)
    return replace(session, concordance=view), (*shown, read)


@handles(ReopenConcordance)
def reopen_concordance(session: Session, action: ReopenConcordance) -> Result:
    """Show the lines that were read; the reading was stopped when it was left."""
    view = replace(action.view, ticket=session.concordance.ticket + 1, shown=True)
    return replace(session, concordance=view), (ShowConcordancePage(),)


@handles(CloseConcordance)
def close_concordance(session: Session, action: CloseConcordance) -> Result:
    """Stop the reading; leave the page where there was none, or at once."""
    view = session.concordance
    if view.reading and not action.at_once:
        return _stopped(session)
    return replace(session, concordance=replace(view, shown=False)), (effects.Stop("concordance"),)


def _stopped(session: Session) -> Result:
    """The lines that were read; what was to be sorted is sorted."""
    view = session.concordance
    note = f"stopped after {view.cables:,} of {view.total:,} cables"
    view = replace(view, ticket=view.ticket + 1, reading=False, note=note)
    session = replace(session, concordance=view)
    if view.order in _BY_CONTEXT:
        return session, (SortConcordance(view.ticket, view),)
    return session, (effects.Stop("concordance"),)


@handles(ConcordanceRead)
def concordance_read(session: Session, action: ConcordanceRead) -> Result:
    """Show more lines, unless others were asked for meanwhile."""
    view = session.concordance
    if action.ticket != view.ticket:
        return session, ()
    lines = action.lines if action.whole else view.lines + action.lines
    view = replace(
        view,
        lines=lines,
        cables=action.cables,
        total=action.total,
        note=action.note or view.note,
        reading=not action.done,
    )
    return replace(session, concordance=view), ()


@handles(ConcordanceFailed)
def concordance_failed(session: Session, action: ConcordanceFailed) -> Result:
    """Say why; what was read stays."""
    view = session.concordance
    if action.ticket != view.ticket:
        return session, ()
    view = replace(view, reading=False, note=action.reason)
    return replace(session, concordance=view), ()


@handles(NextOrder)
def next_order(session: Session, action: NextOrder) -> Result:
    """Sort what is there by its context, or read again in another order."""
    view = session.concordance
    order = _ORDERS[(_ORDERS.index(view.order) + action.by) % len(_ORDERS)]
    view = replace(view, ticket=view.ticket + 1, order=order, at=0)
    if order in _BY_CONTEXT and not view.reading:
        return replace(session, concordance=view), (SortConcordance(view.ticket, view),)
    view = replace(view, lines=(), cables=0, note="", reading=True)
    read = ReadConcordance(view.ticket, view.text, order)
    return replace(session, concordance=view), (read,)


@handles(FollowLine)
def follow_line(session: Session, action: FollowLine) -> Result:
    """Open the cable where the words stand; Back comes back to the line.

    Where the words are not those of the bar, they become its query: so they are highlighted.
    """
    view = session.concordance
    if action.at >= len(view.lines):
        return session, ()
    line = view.lines[action.at]
    note = view.note
    if view.reading:
        note = f"stopped after {view.cables:,} of {view.total:,} cables"
    kept = replace(view, at=action.at, reading=False, note=note)
    session = session.with_past(session.position()).with_page(ReopenConcordance(kept))
    session = replace(session, concordance=replace(kept, ticket=view.ticket + 1, shown=False))
    wanted: tuple[Effect, ...] = (effects.Stop("concordance"),)
    if view.text != session.text.strip():
        session, asked = ask(with_text(session, view.text), keep=line.row.id)
        wanted = (*wanted, *asked)
    else:
        session = at_cable(session, line.row.id)
    landing = TOP if line.in_subject else Landing(offset=line.at)
    session, opened = fetch_cable(session, line.row.id, landing)
    return session, (*wanted, *opened)


@handles(CopyLine)
def copy_line(session: Session, action: CopyLine) -> Result:
    """Copy it in the page's one format: words that are quoted with where they stand."""
    if action.at >= len(session.concordance.lines):
        return session, ()
    line = session.concordance.lines[action.at]
    offset = None if line.in_subject else line.at
    return session, (CopySentence(line.row.id, offset, session.source),)
