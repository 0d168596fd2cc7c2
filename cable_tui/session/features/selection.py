"""Selections: cables of the list, and paragraphs of the cable that is read.

They are no bookmarks: nothing is kept of them, and selected cables last while queries come and go.
"""

from __future__ import annotations

from dataclasses import replace

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.feature_state import Selection, Target
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session


class SelectCable(Action):
    """Space: mark the cable under the cursor, or take its mark away, and one down.

    While a range is being marked, it is marked as a whole.
    """


class SelectAt(Action):
    """Mark the cable at a place of the list, or take its mark away; the cursor goes there."""

    index: int


class SelectRange(Action):
    """v: a range begins here; again: all from there to here are marked."""


class InvertSelection(Action):
    """*: what is marked of this list is no more, and the others are."""


class ClearSelection(Action):
    """No cable is marked any more."""


@handles(SelectCable)
def select_cable(session: Session, _: SelectCable) -> Result:
    """One, or the range."""
    if session.current is None:
        return session, ()
    if selected_range(session) is not None:
        return _with_range(session), ()
    session = _with_toggled(session, session.at)
    return replace(session, at=min(session.at + 1, len(session.hits.ids) - 1)), ()


@handles(SelectAt)
def select_at(session: Session, action: SelectAt) -> Result:
    """The mouse."""
    if not 0 <= action.index < len(session.hits.ids):
        return session, ()
    return replace(_with_toggled(session, action.index), at=action.index), ()


def _with_toggled(session: Session, index: int) -> Session:
    ids = session.selection.ids ^ {session.hits.ids[index]}
    return replace(session, selection=replace(session.selection, ids=ids, start=None))


@handles(SelectRange)
def select_range(session: Session, _: SelectRange) -> Result:
    """Its beginning, or its end."""
    if session.current is None:
        return session, ()
    if selected_range(session) is not None:
        return _with_range(session), ()
    start = (session.at, session.current)
    return replace(session, selection=replace(session.selection, start=start)), ()


def _with_range(session: Session) -> Session:
    first, last = selected_range(session) or (0, -1)
    ids = session.selection.ids.union(session.hits.ids[first : last + 1])
    return replace(session, selection=Selection(ids))


def selected_range(session: Session) -> tuple[int, int] | None:
    """The first and last place of the range that is being marked; None where there is none.

    It ends with the list that it was begun in.
    """
    if session.selection.start is None:
        return None
    place, cable = session.selection.start
    ids = session.hits.ids
    if place >= len(ids) or ids[place] != cable:
        return None
    return min(place, session.at), max(place, session.at)


@handles(InvertSelection)
def invert_selection(session: Session, _: InvertSelection) -> Result:
    """Says how many that makes."""
    if not session.hits.ids:
        return session, ()
    ids = session.selection.ids ^ frozenset(session.hits.ids)
    session = replace(session, selection=Selection(ids))
    return session, (effects.Notify(f"{selection_label(session) or 'No cable is marked'}."),)


@handles(ClearSelection)
def clear_selection(session: Session, _: ClearSelection) -> Result:
    """Says how many there were."""
    count = len(session.selection.ids)
    if not count and session.selection.start is None:
        return session, (effects.Notify("No cable is marked: Space marks one, v a range."),)
    said = f"{count:,} mark{'' if count == 1 else 's'} taken away."
    return replace(session, selection=Selection()), (effects.Notify(said),)


def selected_cables(session: Session) -> tuple[int, ...]:
    """The marked cables: those of the list in its order, then the others."""
    marked = session.selection.ids
    if not marked:
        return ()
    listed = [id_ for id_ in session.hits.ids if id_ in marked]
    return (*listed, *sorted(marked.difference(listed)))


def selection_label(session: Session) -> str:
    """`3 marked`, or nothing."""
    count = len(session.selection.ids)
    if (ranged := selected_range(session)) is not None:
        return f"marking {ranged[1] - ranged[0] + 1:,}"
    return f"{count:,} marked" if count else ""


class SelectParagraphs(Action):
    """v: from this paragraph on; again: no more."""


@handles(SelectParagraphs)
def select_paragraphs(session: Session, _: SelectParagraphs) -> Result:
    """The paragraph under the cursor is the first."""
    if session.selected_from is not None:
        return replace(session, selected_from=None), ()
    if session.here is None:
        return session, (effects.Notify("No paragraph is here: } goes to the first one."),)
    return replace(session, selected_from=session.paragraph), ()


def selected_paragraphs(session: Session) -> tuple[int, ...]:
    """The picked paragraphs in the order of the text, as indexes; empty while none is."""
    if session.selected_from is None or session.cable is None:
        return ()
    last = len(session.cable.body.paragraphs) - 1
    here = 0 if session.paragraph is None else session.paragraph
    first, end = sorted((session.selected_from, here))
    return tuple(range(min(first, last), min(end, last) + 1))


def paragraphs_label(session: Session) -> str:
    """The picked paragraphs: `¶5–7`, or how many where they have no labels; empty while none is."""
    chosen = selected_paragraphs(session)
    if not chosen or session.cable is None:
        return ""
    labels = [session.cable.body.paragraphs[at].label for at in (chosen[0], chosen[-1])]
    ends = [label for label in dict.fromkeys(labels) if label]
    return f"¶{'–'.join(ends)}" if ends else f"{len(chosen)} paragraphs"


class ChooseCables(Action):
    """These, and out."""


class LeaveWithCables(Effect):
    """Leave the room with these cables."""

    ids: tuple[int, ...]


@handles(ChooseCables)
def choose_cables(session: Session, _: ChooseCables) -> Result:
    """The marked cables in the order of the list, or the one that the reader is at."""
    if session.selection.ids:
        return session, (LeaveWithCables(selected_cables(session)),)
    reading = session.opened.id if session.in_cable and session.opened else None
    cable = session.current if reading is None else reading
    if cable is None:
        return session, (effects.Notify("There is no cable here to choose."),)
    return session, (LeaveWithCables((cable,)),)


def target(session: Session) -> Target | None:
    """What bookmarks and copies are of: the paragraph or cable read, or the list's cable."""
    if session.in_cable and session.opened:
        labelled = session.here is not None and session.here.label is not None
        return Target(session.opened.id, session.paragraph if labelled else None)
    return None if session.current is None else Target(session.current)
