"""Near-duplicates in a list: one row can represent them all.

They were determined when the echo file was made, so a list needs only ids.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.catalogue import catalogue_file
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.echo_file import EchoFiles
from cable_tui.query.answers import Copies

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive

Groups = Mapping[int, int]
"""Group numbers by cable, for cables that have near-duplicates."""


def in_list(ids: Sequence[int], groups: Groups) -> Copies:
    """Return the near-duplicates in a list. If there are no groups, the list is not read."""
    if not groups:
        return Copies()
    first_by_group: dict[int, int] = {}
    copies_of_lead: defaultdict[int, list[int]] = defaultdict(list)
    copy_indexes = []
    for list_index, id_ in [
        (list_index, id_) for list_index, id_ in enumerate(ids) if id_ in groups
    ]:
        lead_id = first_by_group.setdefault(groups[id_], id_)
        if lead_id != id_:
            copies_of_lead[lead_id].append(id_)
            copy_indexes.append(list_index)
    return Copies(
        {lead_id: tuple(copy_ids) for lead_id, copy_ids in copies_of_lead.items()},
        tuple(copy_indexes),
    )


class CopyGroups:
    """The groups in an archive, read once for each state of the archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._state: tuple[Path, int] | None = None
        self._groups: Groups = {}

    def copies(self, ids: Sequence[int]) -> Copies:
        """Return the near-duplicates in a list, or none if sentences were not compared.

        Raises `CacheError`.
        """
        return in_list(ids, self._current())

    def _current(self) -> Groups:
        folder = self._archive.folder
        numbered_files = echo_file.numbered(folder)
        if not numbered_files:
            return {}
        with self._archive.reading() as db:
            file_and_generation = (numbered_files[-1], catalogue_file.generation(db))
            if file_and_generation != self._state:
                echoes = echo_file.load(folder)
                self._groups = _groups(echoes, db) if echoes else {}
                self._state = file_and_generation
        return self._groups


def _groups(echoes: EchoFiles, db: sqlite3.Connection) -> Groups:
    """Return the groups in the file, without cables whose record has changed."""
    copy_groups = [copy_group.ids for copy_group in echoes.overview.copies]
    member_ids = {id_ for copy_group in copy_groups for id_ in copy_group}
    if member_ids:
        member_ids.intersection_update(echoes.fresh(db, counted=True))
    return {
        id_: group_number
        for group_number, group_ids in enumerate(copy_groups)
        for id_ in group_ids
        if id_ in member_ids
    }
