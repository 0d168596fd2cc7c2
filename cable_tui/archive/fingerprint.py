"""The fingerprint of an archive: one number for all of its cables and records."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cable_tui.archive.catalogue import catalogue_file, rows

if TYPE_CHECKING:
    from cable_tui.archive.records.read import RecordTask

VERSION = "2:"
"""The prefix of the digits; fingerprints of version 1 have no prefix."""
_SAVED = "fingerprint:cables"
"""The key of the saved fingerprint in the catalogue, followed by its generation."""


def fingerprint(db: sqlite3.Connection) -> str:
    """Return `2:` and the SHA-256, in hex, of a line for each cable: `09RABAT1 1a2b3c4d 5e6f7a8b`.

    The lines are sorted by their bytes and have line endings. The id is followed by the CRC-32, in
    hex, of all records of the cable, smallest first, so that anyone with the same files gets the
    same number, wherever the files are. A quarter of a million cables take a third of a second,
    unless `save_fingerprint` saved the number.
    """
    number, _, digits = catalogue_file.get_state(db, _SAVED).partition(" ")
    return digits if number == str(catalogue_file.generation(db)) else _read_fingerprint(db)


def save_fingerprint(db: sqlite3.Connection) -> None:
    """Save the fingerprint in the catalogue; it is valid until the next change."""
    number = str(catalogue_file.generation(db))
    if catalogue_file.get_state(db, _SAVED).partition(" ")[0] != number:
        catalogue_file.set_state(db, _SAVED, f"{number} {_read_fingerprint(db)}")


def _read_fingerprint(db: sqlite3.Connection) -> str:
    further_crcs: defaultdict[str, list[int]] = defaultdict(list)
    for canonical_id, crc in db.execute(
        "SELECT canonical, also.crc FROM also JOIN cable ON cable.id = also.cable"
    ):
        further_crcs[canonical_id].append(crc)
    shown_records = db.execute("SELECT canonical, crc FROM cable ORDER BY canonical")
    return VERSION + _sum(
        (cable_id, sorted((crc, *further_crcs[cable_id])) if cable_id in further_crcs else (crc,))
        for cable_id, crc in shown_records
    )


def first_fingerprint(db: sqlite3.Connection, size: Callable[[RecordTask], int]) -> str:
    """Return the fingerprint as in version 1, with one record for each cable.

    It uses the record that version 1 displayed. Version 1 ignored redactions, and among records in
    the same format the length of both texts, `size`, decided. Among equal records, the first was
    displayed.
    """
    from cable_tui.archive.records.best_record import without_redactions

    crc_by_cable = dict(db.execute("SELECT canonical, crc FROM cable"))
    ids_of_several = dict(
        db.execute("SELECT DISTINCT canonical, id FROM cable JOIN also ON also.cable = id")
    )
    for canonical_id, id_ in ids_of_several.items():
        records = rows.ranked(db, id_)
        highest_rank = max(without_redactions(richness) for _, richness in records)
        best_records = [
            task for task, richness in records if without_redactions(richness) == highest_rank
        ]
        if len({task.crc for task in best_records}) > 1:
            best_records.sort(key=lambda task: (-size(task), task.file, task.offset))
        crc_by_cable[canonical_id] = best_records[0].crc
    return _sum((cable_id, (crc,)) for cable_id, crc in sorted(crc_by_cable.items()))


def _sum(crcs_by_cable: Iterable[tuple[str, Iterable[int]]]) -> str:
    import hashlib  # it loads OpenSSL, which is fast for the millions of bytes of an archive

    digest = hashlib.sha256()
    for canonical_id, crcs in crcs_by_cable:
        digest.update(f"{canonical_id} {' '.join(f'{crc:08x}' for crc in crcs)}\n".encode())
    return digest.hexdigest()
