"""Near-copies as one row of the list; the position of a cable in a long list."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from cable_tui.base.value import replace
from cable_tui.query.answers import Hits
from cable_tui.session.state import Session
from cable_tui.session.values import FoldedCopies


def folded(hits: Hits, how: FoldedCopies) -> Hits:
    """Return the answer with the rows that the list shows: copies below the first, or left out."""
    every, under = hits.every, hits.copies.under
    if not under or not how.folded:
        return replace(hits, ids=every, unfolded=None, folded={}, below=frozenset())
    opened = [lead for lead in under if lead in how.opened]
    rows = _without(every, hits.copies.places)
    for lead in opened:
        row = index_of(lead, rows)
        if row is not None:
            rows[row + 1 : row + 1] = array("I", under[lead])
    closed = {lead: others for lead, others in under.items() if lead not in how.opened}
    below = frozenset(copy for lead in opened for copy in under[lead])
    return replace(hits, ids=rows, unfolded=every, folded=closed, below=below)


def _without(ids: Sequence[int], places: Iterable[int]) -> array[int]:
    """Return a list without some of its positions, which are in order."""
    whole = ids.whole() if isinstance(ids, LazyList) else ids
    rows = array("I")
    start = 0
    for place in places:
        rows.extend(whole[start:place])
        start = place + 1
    rows.extend(whole[start:])
    return rows


def lead_of(hits: Hits, id_: int) -> int:
    """Return the first of the near-copies of a cable; the cable itself if it has none."""
    if id_ in hits.copies.under:
        return id_
    under = hits.copies.under.items()
    return next((lead for lead, others in under if id_ in others), id_)


def row_of(hits: Hits, id_: int) -> int | None:
    """Return the row of a cable, or the row that represents it; None if the list has neither."""
    row = index_of(id_, hits.ids)
    return index_of(lead_of(hits, id_), hits.ids) if row is None else row


def cables_of(hits: Hits, rows: Sequence[int]) -> frozenset[int]:
    """Return the cables that some rows represent."""
    chosen = frozenset(rows)
    copies = (copy for lead in chosen & hits.folded.keys() for copy in hits.folded[lead])
    return chosen.union(copies)


def at_cable(session: Session, id_: int) -> Session:
    """Return the session with the cursor of the list on a cable, if the list has it.

    If the cable is folded, its group is opened, so that the open cable is in the list.
    """
    row = index_of(id_, session.hits.ids)
    if row is None and (lead := lead_of(session.hits, id_)) != id_:
        session = with_group(session, lead, opened=True)
        row = index_of(id_, session.hits.ids)
    return session if row is None else replace(session, at=row)


def with_group(session: Session, lead: int, *, opened: bool) -> Session:
    """Return the session with a group opened or closed."""
    members = frozenset((lead, *session.hits.copies.under.get(lead, ())))
    old = session.copies
    now = old.opened | members if opened else old.opened - members
    return with_copies(session, replace(old, opened=now))


def with_copies(session: Session, how: FoldedCopies) -> Session:
    """Return the session with its list folded in another way; the cursor stays on its cable."""
    current = session.current
    hits = folded(session.hits, how)
    row = None if current is None else row_of(hits, current)
    # A range ends: its rows are others now.
    selection = replace(session.selection, start=None)
    session = replace(session, copies=how, hits=hits, selection=selection)
    return session if row is None else replace(session, at=row)


@runtime_checkable
class LazyList(Protocol):
    """A list that is read only at its beginning."""

    def whole(self) -> array[int]:
        """Return all of it."""


def index_of(id_: int, ids: Sequence[int]) -> int | None:
    """Return the first index of an id in a list, or None.

    An array is searched as bytes, a thousand times faster than number by number: this is needed
    between two keys, also in a list of a million cables.
    """
    if isinstance(ids, LazyList):
        ids = ids.whole()
    if not isinstance(ids, array):
        return ids.index(id_) if id_ in ids else None
    content, size = ids.tobytes(), ids.itemsize
    packed = array(ids.typecode, [id_]).tobytes()
    offset = content.find(packed)
    while offset >= 0 and offset % size:  # the end of one number and the beginning of the next
        offset = content.find(packed, offset + 1)
    return offset // size if offset >= 0 else None
