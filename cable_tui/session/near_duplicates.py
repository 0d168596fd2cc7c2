"""Near-duplicates folded into one row of the list, and the position of a cable in a long list."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from cable_tui.base.value import replace
from cable_tui.query.answers import Hits
from cable_tui.session.state import Session
from cable_tui.session.values import FoldedCopies


def folded(hits: Hits, folding: FoldedCopies) -> Hits:
    """Return the answer with the rows to list, with near-duplicates either folded or shown below.

    Near-duplicates are left out, or are below the first cable of their group if it is open.
    """
    unfolded_ids, copies_of_lead = hits.every, hits.copies.under
    if not copies_of_lead or not folding.folded:
        return replace(hits, ids=unfolded_ids, unfolded=None, folded={}, below=frozenset())
    opened_leads = [lead_id for lead_id in copies_of_lead if lead_id in folding.opened]
    row_ids = _without(unfolded_ids, hits.copies.places)
    for lead_id in opened_leads:
        row_index = index_of(lead_id, row_ids)
        if row_index is not None:
            row_ids[row_index + 1 : row_index + 1] = array("I", copies_of_lead[lead_id])
    closed_copies = {
        lead_id: copy_ids
        for lead_id, copy_ids in copies_of_lead.items()
        if lead_id not in folding.opened
    }
    opened_copies = frozenset(copy for lead_id in opened_leads for copy in copies_of_lead[lead_id])
    return replace(
        hits, ids=row_ids, unfolded=unfolded_ids, folded=closed_copies, below=opened_copies
    )


def _without(ids: Sequence[int], places: Iterable[int]) -> array[int]:
    """Return a list without the elements at the given positions, which are in order."""
    all_ids = ids.whole() if isinstance(ids, LazyList) else ids
    kept_ids = array("I")
    run_start = 0
    for removed_position in places:
        kept_ids.extend(all_ids[run_start:removed_position])
        run_start = removed_position + 1
    kept_ids.extend(all_ids[run_start:])
    return kept_ids


def lead_of(hits: Hits, id_: int) -> int:
    """Return the first cable in a cable's group, or the cable if it has no near-duplicates."""
    if id_ in hits.copies.under:
        return id_
    leads_and_copies = hits.copies.under.items()
    return next((lead_id for lead_id, copy_ids in leads_and_copies if id_ in copy_ids), id_)


def row_of(hits: Hits, id_: int) -> int | None:
    """Return the row of a cable or of its group, or None if the list contains neither."""
    row_index = index_of(id_, hits.ids)
    return index_of(lead_of(hits, id_), hits.ids) if row_index is None else row_index


def cables_of(hits: Hits, rows: Sequence[int]) -> frozenset[int]:
    """Return the ids of all cables represented by the given rows."""
    row_ids = frozenset(rows)
    near_duplicate_ids = (
        copy for lead_id in row_ids & hits.folded.keys() for copy in hits.folded[lead_id]
    )
    return row_ids.union(near_duplicate_ids)


def at_cable(session: Session, id_: int) -> Session:
    """Return the session with the list's cursor on a cable, if the list contains the cable.

    If the cable is folded, its group is opened, so that the open cable is in the list.
    """
    row_index = index_of(id_, session.hits.ids)
    if row_index is None and (lead_id := lead_of(session.hits, id_)) != id_:
        session = with_group(session, lead_id, opened=True)
        row_index = index_of(id_, session.hits.ids)
    return session if row_index is None else replace(session, at=row_index)


def with_group(session: Session, lead: int, *, opened: bool) -> Session:
    """Return the session with the group of a cable opened or closed."""
    group_ids = frozenset((lead, *session.hits.copies.under.get(lead, ())))
    previous_folding = session.copies
    opened_ids = (
        previous_folding.opened | group_ids if opened else previous_folding.opened - group_ids
    )
    return with_copies(session, replace(previous_folding, opened=opened_ids))


def with_copies(session: Session, folding: FoldedCopies) -> Session:
    """Return the session with its list folded as in `folding`; the cursor stays on its cable."""
    current_id = session.current
    refolded_hits = folded(session.hits, folding)
    current_row = None if current_id is None else row_of(refolded_hits, current_id)
    # A range ends: its rows are others now.
    selection = replace(session.selection, start=None)
    session = replace(session, copies=folding, hits=refolded_hits, selection=selection)
    return session if current_row is None else replace(session, at=current_row)


@runtime_checkable
class LazyList(Protocol):
    """A list of which only the beginning has been read so far."""

    def __len__(self) -> int: ...

    def up_to(self, length: int) -> array[int]:
        """Read at least the first `length` ids, and return all that were read so far."""

    def whole(self) -> array[int]:
        """Read and return the whole list."""


_READ_AT_FIRST = 25_000
"""The number of ids of a lazy list to search before more of it is read."""


def index_of(id_: int, ids: Sequence[int]) -> int | None:
    """Return the first index of an id in a list, or None.

    The search must be fast enough for every key, even in a list of a million cables. So a lazy list
    is read only as far as needed.
    """
    if not isinstance(ids, LazyList):
        if isinstance(ids, array):
            return _index_in_array(id_, ids)
        return ids.index(id_) if id_ in ids else None
    searched, length = 0, _READ_AT_FIRST
    while searched < len(ids):
        # Other threads may read more of the list in the meantime.
        next_ids = ids.up_to(min(length, len(ids)))[searched:]
        index = _index_in_array(id_, next_ids)
        if index is not None:
            return searched + index
        searched += len(next_ids)
        length = 4 * searched
    return None


def _index_in_array(id_: int, ids: array[int]) -> int | None:
    """Search an array as bytes, which is a thousand times faster than number by number."""
    array_bytes, item_size = ids.tobytes(), ids.itemsize
    id_bytes = array(ids.typecode, [id_]).tobytes()
    offset = array_bytes.find(id_bytes)
    while offset >= 0 and offset % item_size:  # the end of one number and the beginning of the next
        offset = array_bytes.find(id_bytes, offset + 1)
    return offset // item_size if offset >= 0 else None
