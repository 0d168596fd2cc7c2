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
    all_ids, copies_of_lead = hits.every, hits.copies.under
    if not copies_of_lead or not how.folded:
        return replace(hits, ids=all_ids, unfolded=None, folded={}, below=frozenset())
    opened_leads = [lead_id for lead_id in copies_of_lead if lead_id in how.opened]
    rows = _without(all_ids, hits.copies.places)
    for lead_id in opened_leads:
        row = index_of(lead_id, rows)
        if row is not None:
            rows[row + 1 : row + 1] = array("I", copies_of_lead[lead_id])
    closed_copies = {
        lead_id: copy_ids
        for lead_id, copy_ids in copies_of_lead.items()
        if lead_id not in how.opened
    }
    opened_copies = frozenset(copy for lead_id in opened_leads for copy in copies_of_lead[lead_id])
    return replace(hits, ids=rows, unfolded=all_ids, folded=closed_copies, below=opened_copies)


def _without(ids: Sequence[int], places: Iterable[int]) -> array[int]:
    """Return a list without some of its positions, which are in order."""
    whole_ids = ids.whole() if isinstance(ids, LazyList) else ids
    rows = array("I")
    run_start = 0
    for place in places:
        rows.extend(whole_ids[run_start:place])
        run_start = place + 1
    rows.extend(whole_ids[run_start:])
    return rows


def lead_of(hits: Hits, id_: int) -> int:
    """Return the first of the near-copies of a cable; the cable itself if it has none."""
    if id_ in hits.copies.under:
        return id_
    leads_and_copies = hits.copies.under.items()
    return next((lead_id for lead_id, copy_ids in leads_and_copies if id_ in copy_ids), id_)


def row_of(hits: Hits, id_: int) -> int | None:
    """Return the row of a cable, or the row that represents it; None if the list has neither."""
    id_index = index_of(id_, hits.ids)
    return index_of(lead_of(hits, id_), hits.ids) if id_index is None else id_index


def cables_of(hits: Hits, rows: Sequence[int]) -> frozenset[int]:
    """Return the cables that some rows represent."""
    chosen_ids = frozenset(rows)
    copies = (copy for lead_id in chosen_ids & hits.folded.keys() for copy in hits.folded[lead_id])
    return chosen_ids.union(copies)


def at_cable(session: Session, id_: int) -> Session:
    """Return the session with the cursor of the list on a cable, if the list has it.

    If the cable is folded, its group is opened, so that the open cable is in the list.
    """
    row = index_of(id_, session.hits.ids)
    if row is None and (lead_id := lead_of(session.hits, id_)) != id_:
        session = with_group(session, lead_id, opened=True)
        row = index_of(id_, session.hits.ids)
    return session if row is None else replace(session, at=row)


def with_group(session: Session, lead: int, *, opened: bool) -> Session:
    """Return the session with a group opened or closed."""
    members = frozenset((lead, *session.hits.copies.under.get(lead, ())))
    copies_before = session.copies
    opened_now = copies_before.opened | members if opened else copies_before.opened - members
    return with_copies(session, replace(copies_before, opened=opened_now))


def with_copies(session: Session, how: FoldedCopies) -> Session:
    """Return the session with its list folded in another way; the cursor stays on its cable."""
    current_id = session.current
    hits = folded(session.hits, how)
    current_row = None if current_id is None else row_of(hits, current_id)
    # A range ends: its rows are others now.
    selection = replace(session.selection, start=None)
    session = replace(session, copies=how, hits=hits, selection=selection)
    return session if current_row is None else replace(session, at=current_row)


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
    packed_id = array(ids.typecode, [id_]).tobytes()
    offset = content.find(packed_id)
    while offset >= 0 and offset % size:  # the end of one number and the beginning of the next
        offset = content.find(packed_id, offset + 1)
    return offset // size if offset >= 0 else None
