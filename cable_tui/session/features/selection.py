"""Selections: cables of the list, and paragraphs of the open cable.

Nothing is stored of them, and selected cables stay selected while queries come and go.
"""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.feature_state import Selection, Target
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace


class SelectCable(Action):
    """Space: select the cable under the cursor or deselect it, and go one line down.

    While a range is open, select the whole range.
    """


class SelectAt(Action):
    """Select or deselect the cable on a line of the list; the cursor goes there."""

    index: int


class SelectRange(Action):
    """v: begin a range here; again: select all cables of the range."""


class InvertSelection(Action):
    """*: select the cables of this list that are not selected, and deselect the others."""


class ClearSelection(Action):
    """Deselect all cables."""


@handles(SelectCable)
def select_cable(session: Session, _: SelectCable) -> Result:
    """Select one cable, or the range."""
    if session.current is None:
        return session, ()
    if selected_range(session) is not None:
        return _with_range(session), ()
    session = _with_toggled(session, session.at)
    return replace(session, at=min(session.at + 1, len(session.hits.ids) - 1)), ()


@handles(SelectAt)
def select_at(session: Session, action: SelectAt) -> Result:
    """Toggle the cable at the mouse."""
    if not 0 <= action.index < len(session.hits.ids):
        return session, ()
    return replace(_with_toggled(session, action.index), at=action.index), ()


def _with_toggled(session: Session, index: int) -> Session:
    ids = session.selection.ids ^ {session.hits.ids[index]}
    return replace(session, selection=replace(session.selection, ids=ids, start=None))


@handles(SelectRange)
def select_range(session: Session, _: SelectRange) -> Result:
    """Begin the range, or select it."""
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
    """The first and last line of the open range; None without one.

    A range ends with the list that it was begun in.
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
    """Invert, and say how many are selected."""
    if not session.hits.ids:
        return session, ()
    ids = session.selection.ids ^ frozenset(session.hits.ids)
    session = replace(session, selection=Selection(ids))
    return session, (effects.Notify(f"{selection_label(session) or 'No cable is marked'}."),)


@handles(ClearSelection)
def clear_selection(session: Session, _: ClearSelection) -> Result:
    """Clear, and say how many there were."""
    count = len(session.selection.ids)
    if not count and session.selection.start is None:
        return session, (effects.Notify("No cable is marked: Space marks one, v a range."),)
    said = f"{count:,} mark{'' if count == 1 else 's'} taken away."
    return replace(session, selection=Selection()), (effects.Notify(said),)


def selected_cables(session: Session) -> tuple[int, ...]:
    """The selected cables: those of the list in its order, then the others."""
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
    """v: select paragraphs from this one on; again: none."""


@handles(SelectParagraphs)
def select_paragraphs(session: Session, _: SelectParagraphs) -> Result:
    """Begin at the paragraph under the cursor, or end."""
    if session.selected_from is not None:
        return replace(session, selected_from=None), ()
    if session.here is None:
        return session, (effects.Notify("No paragraph is here: } goes to the first one."),)
    return replace(session, selected_from=session.paragraph), ()


def selected_paragraphs(session: Session) -> tuple[int, ...]:
    """Indexes of the selected paragraphs in the order of the text; may be empty."""
    if session.selected_from is None or session.cable is None:
        return ()
    last = len(session.cable.body.paragraphs) - 1
    here = 0 if session.paragraph is None else session.paragraph
    first, end = sorted((session.selected_from, here))
    return tuple(range(min(first, last), min(end, last) + 1))


def paragraphs_label(session: Session) -> str:
    """The selected paragraphs: `¶5–7`, or their number where they have no labels."""
    chosen = selected_paragraphs(session)
    if not chosen or session.cable is None:
        return ""
    labels = [session.cable.body.paragraphs[at].label for at in (chosen[0], chosen[-1])]
    ends = [label for label in dict.fromkeys(labels) if label]
    return f"¶{'–'.join(ends)}" if ends else f"{len(chosen)} paragraphs"


class ChooseCables(Action):
    """Quit, and hand the selected cables to the caller."""


class LeaveWithCables(Effect):
    """Quit with these cables."""

    ids: tuple[int, ...]


@handles(ChooseCables)
def choose_cables(session: Session, _: ChooseCables) -> Result:
    """Quit with the selected cables in the order of the list, else the current one."""
    if session.selection.ids:
        return session, (LeaveWithCables(selected_cables(session)),)
    if session.cable_here is None:
        return session, (effects.Notify("There is no cable here to choose."),)
    return session, (LeaveWithCables((session.cable_here,)),)


def target(session: Session) -> Target | None:
    """The place for a bookmark or copy: paragraph, open cable, or cable under the cursor."""
    if session.cable_here is None:
        return None
    labelled = session.in_cable and session.here is not None and session.here.label is not None
    return Target(session.cable_here, session.paragraph if labelled else None)
