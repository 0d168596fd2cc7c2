"""The catalogue's data for readers: rows of the list, locations of records, sources."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.archive.catalogue import facet_columns
from cable_tui.archive.records import sortable_times
from cable_tui.archive.records.further import MORE
from cable_tui.archive.records.walk import shown_path
from cable_tui.base.cable import Source
from cable_tui.base.errors import NotFoundError
from cable_tui.base.format_names import plain
from cable_tui.query.answers import CableRow
from cable_tui.query.flags import BITS

if TYPE_CHECKING:
    # The first list on the screen waits for no grammar and no text index.
    from cable_tui.archive.records.read import RecordTask


DAMAGED = "damaged:"
"""The prefix, before the number of a file, of the state that marks bytes of it as damaged."""
IS_DAMAGED = f"EXISTS (SELECT 1 FROM state WHERE key = '{DAMAGED}' || file)"  # noqa: S608 - ours
"""An SQL condition: the file of a row with a column `file` is damaged."""
REDACTED = BITS["has", "redaction"]
"""The flag of cables with words that are blacked out."""


def newest(db: sqlite3.Connection, limit: int) -> list[int]:
    """Return the ids of the newest cables, newest first."""
    id_rows = db.execute("SELECT id FROM cable ORDER BY created DESC, id DESC LIMIT ?", (limit,))
    return [id_ for (id_,) in id_rows]


_ROWS = """
SELECT cable.id, reference, canonical, created, c.text, o.text, subject, tags,
    grammar.cable IS NOT NULL, arrived.cable IS NOT NULL,
    EXISTS (SELECT 1 FROM also WHERE also.cable = cable.id), coalesce(flags, 0)
FROM cable
JOIN term c ON c.id = classification
JOIN term o ON o.id = origin
LEFT JOIN grammar ON grammar.cable = cable.id
LEFT JOIN arrived ON arrived.cable = cable.id
WHERE cable.id IN (SELECT value FROM json_each(?))
"""


def rows(db: sqlite3.Connection, ids: Sequence[int]) -> list[CableRow]:
    """Return rows of the list, in the order of the ids, without ids that no longer exist."""
    db_rows = db.execute(_ROWS, _listed(ids)).fetchall()
    tag_codes = {code for db_row in db_rows for code in facet_columns.ids_of(db_row[7])}
    tag_names: dict[int, str] = dict(db.execute(_TEXTS, _listed(tag_codes)))
    row_by_id = {
        id_: CableRow(
            id_,
            printed or canonical,
            canonical,
            sortable_times.creation(created, canonical),
            level,
            origin,
            subject or "",
            tuple(tag_names.get(code, "") for code in facet_columns.ids_of(tags)),
            *map(bool, (*known, flags & REDACTED)),
        )
        for id_, printed, canonical, created, level, origin, subject, tags, *known, flags in db_rows
    }
    return [row_by_id[id_] for id_ in ids if id_ in row_by_id]


def _listed(ids: Iterable[int]) -> tuple[str]:
    """Return numbers as one parameter, so that the statement is the same for any number of them."""
    return (f"[{','.join(map(str, ids))}]",)


_TEXTS = "SELECT id, text FROM term WHERE id IN (SELECT value FROM json_each(?))"


def record(db: sqlite3.Connection, id_: int) -> RecordTask:
    """Return the record from which a cable is read. Raises `NotFoundError`."""
    for task in records(db, [id_]):
        return task
    raise NotFoundError("this cable is no longer in the archive")


_RECORDS = f"""
SELECT cable.id, file, path, kind, offset, cable.length, crc, line, coalesce(head_end, 0), start,
    {IS_DAMAGED}
FROM cable
JOIN file ON file.id = file
LEFT JOIN grammar ON grammar.cable = cable.id
WHERE cable.id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - ours


def records(db: sqlite3.Connection, ids: Sequence[int]) -> list[RecordTask]:
    """Return the records from which cables are read, unordered, if they still exist."""
    return _tasks(db.execute(_RECORDS, _listed(ids)))


def sources(db: sqlite3.Connection, root: Path, id_: int) -> tuple[Source, ...]:
    """Return every record of a cable, richest first."""
    return tuple(
        Source(shown_path(root, task.path), plain(task.form), number=task.number)
        for task in every_record(db, id_)
    )


def ids(db: sqlite3.Connection, canonical_ids: Sequence[str]) -> dict[str, int]:
    """Return the ids of cables by their canonical ids."""
    import json

    id_rows = db.execute(
        "SELECT canonical, id FROM cable WHERE canonical IN (SELECT value FROM json_each(?))",
        (json.dumps(list(canonical_ids)),),
    )
    return dict(id_rows.fetchall())


_OTHERS = f"""
SELECT cable, file, path, kind, offset, length, crc, line, 0, start, {IS_DAMAGED},
    1 + row_number() OVER (PARTITION BY cable ORDER BY richness DESC, path, offset) AS number,
    differs
FROM also JOIN file ON file.id = file
WHERE cable IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - ours
_FURTHER = """
SELECT cable FROM also
WHERE differs > 0 AND differs & ? AND cable IN (SELECT value FROM json_each(?))
"""


def others(db: sqlite3.Connection, id_: int) -> list[RecordTask]:
    """Return the additional records of a cable, richest first."""
    record_rows = db.execute(f"{_OTHERS} ORDER BY number", _listed((id_,)))
    return _tasks(record_row[:-1] for record_row in record_rows)


def every_record(db: sqlite3.Connection, id_: int) -> list[RecordTask]:
    """Return every record of a cable: the displayed record, then the others by richness.

    Raises `NotFoundError`.
    """
    return [record(db, id_), *others(db, id_)]


def differing(db: sqlite3.Connection, ids: Sequence[int], how: int = -1) -> list[RecordTask]:
    """Return the further records of cables with a difference of type `how`, richest first."""
    record_rows = db.execute(f"{_OTHERS} ORDER BY cable, number", _listed(ids))
    return _tasks(
        record_row[:-1] for record_row in record_rows if record_row[-1] and record_row[-1] & how
    )


def with_further(db: sqlite3.Connection, tasks: Sequence[RecordTask]) -> list[RecordTask]:
    """Return records, each with the records of its cable that contain more, richest first."""
    records_by_cable = further(db, [task.cable for task in tasks])
    if not records_by_cable:
        return list(tasks)
    record_rows = db.execute(f"{_OTHERS} ORDER BY cable, number", _listed(records_by_cable))
    further_by_cable: dict[int, list[RecordTask]] = {}
    for further_record in _tasks(
        record_row[:-1] for record_row in record_rows if record_row[-1] and record_row[-1] & MORE
    ):
        further_by_cable.setdefault(further_record.cable, []).append(further_record)
    return [task._replace(further=tuple(further_by_cable.get(task.cable, ()))) for task in tasks]


def ranked(db: sqlite3.Connection, id_: int) -> list[tuple[RecordTask, int]]:
    """Return the records of a cable with the ranks of `records.best_record`."""
    tasks = every_record(db, id_)
    stored_ranks = db.execute(
        "SELECT file, offset, richness FROM cable WHERE id = ? "
        "UNION ALL SELECT file, offset, richness FROM also WHERE cable = ?",
        (id_, id_),
    )
    ranks = {(file, offset): rank for file, offset, rank in stored_ranks}
    return [(task, ranks[task.file, task.offset]) for task in tasks]


def chosen(
    db: sqlite3.Connection, crcs_wanted: Mapping[str, int], among: Collection[int]
) -> dict[int, int]:
    """Return, by cable, the numbers of the records with the given CRCs by canonical id."""
    number_by_cable: dict[int, int] = {}
    for canonical_id, id_ in ids(db, list(crcs_wanted)).items():
        if id_ not in among:
            continue
        all_records = every_record(db, id_)
        if task := next(
            (
                record_task
                for record_task in all_records
                if record_task.crc == crcs_wanted[canonical_id]
            ),
            None,
        ):
            number_by_cable[id_] = task.number
    return number_by_cable


def several(db: sqlite3.Connection, ids: Sequence[int]) -> set[int]:
    """Return those of the given cables that have several records."""
    cables_sql = "SELECT DISTINCT cable FROM also WHERE cable IN (SELECT value FROM json_each(?))"
    return {id_ for (id_,) in db.execute(cables_sql, _listed(ids))}


def further(db: sqlite3.Connection, ids: Sequence[int]) -> set[int]:
    """Return the given cables that have a record with more words than the one displayed."""
    return {id_ for (id_,) in db.execute(_FURTHER, (MORE, *_listed(ids)))}


def crcs(db: sqlite3.Connection) -> dict[int, int]:
    """Return a number for each cable that changes if its searched records change."""
    crc_by_cable: dict[int, int] = dict(db.execute("SELECT id, crc FROM cable"))
    also_sql = "SELECT cable, crc FROM also WHERE differs > 0 AND differs & ? ORDER BY 1, 2"
    for cable, crc in db.execute(also_sql, (MORE,)):
        crc_by_cable[cable] = zlib.crc32(crc.to_bytes(4, "big"), crc_by_cable[cable])
    for cable, list_number in changed_lists(db).items():
        crc_by_cable[cable] ^= list_number
    return crc_by_cable


def changed_lists(db: sqlite3.Connection) -> dict[int, int]:
    """Return a number for each document in a volume that changes if the volume's file changes.

    The lists of persons may have changed with the file.
    """
    all_lists_sql = (
        "SELECT cable.id, mtime_ns FROM cable JOIN file ON file.id = file WHERE kind = 'frus'"
    )
    return {id_: changed_time & 0xFFFFFFFF for id_, changed_time in db.execute(all_lists_sql)}


def _tasks(rows: Iterable[tuple[Any, ...]]) -> list[RecordTask]:
    from cable_tui.archive.records.read import RecordTask  # it loads the grammar

    return [RecordTask(*record_row) for record_row in rows]
