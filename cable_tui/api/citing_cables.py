"""The cables that a cable cites and that cite it, for the library and `cable-tui references`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui import telegram
from cable_tui.archive.look_up import look_up
from cable_tui.base.errors import NotFoundError
from cable_tui.base.value import Value
from cable_tui.session.feature_state import CitedCable, Citing
from cable_tui.session.features.context import cited_cables, with_sentence

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive


class References(Value):
    """The cables linked to one cable by citations."""

    reference_id: str
    cites: tuple[CitedCable, ...] | None
    """The cited cables, or None if the cable is not in the archive, so its citations are unknown.
    """
    cited_by: tuple[Citing, ...]
    more: int
    """The number of further citing cables."""


def references(archive: Archive, reference: str, most: int, start: int = 0) -> References:
    """Return the cables that a cable cites, and at most `most` cables that cite it, from `start`.

    Raises `NotFoundError`.
    """
    canonical_id = (telegram.reference_in(reference) or (reference, None))[0]
    cable_number = archive.find(canonical_id)
    citing_ids = [id_ for id_ in archive.cited_by(canonical_id) if id_ != cable_number]
    if cable_number is None and not citing_ids:
        look_up(archive, reference)  # says which cables have a name like it
        raise NotFoundError(f"{reference}: no cable in this archive has this ID or cites it")
    cites, reference_id = None, canonical_id
    if cable_number is not None:
        cable = archive.cable(cable_number)
        reference_id = cable.reference_id
        canonical_id = cable.canonical_id
        cites = cited_cables(archive, cable)
    citing_ids = citing_ids[start:]
    rows = archive.rows(citing_ids[:most])
    citing_cables = []
    for reference_row in rows:
        citing = Citing(reference_row.reference_id, reference_row.created, reference_row.subject)
        citing_cables.append(with_sentence(archive, reference_row.id, citing, canonical_id))
    return References(reference_id, cites, tuple(citing_cables), len(citing_ids) - len(rows))
