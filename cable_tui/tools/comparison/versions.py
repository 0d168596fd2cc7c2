"""Read and compare the records of a cable, or two cables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cable_tui import telegram
from cable_tui.archive.catalogue import rows
from cable_tui.archive.catalogue.resolve_references import kept_learned
from cable_tui.archive.records.further import VARIANT
from cable_tui.archive.records.read import SourceGone, read_record
from cable_tui.archive.records.walk import shown_path
from cable_tui.base.cable import Cable
from cable_tui.base.errors import ArchiveError, NotFoundError
from cable_tui.formats import BrokenRecord
from cable_tui.telegram.comparison.words import compared
from cable_tui.tools.comparison.rows import Version, Versions, compare

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive


def compare_versions(
    archive: Archive, ids: tuple[int, int], records: tuple[int, int] = (1, 2)
) -> Versions:
    """Return a comparison of two records; for two cables, each has its ID and usually record 1.

    Raises `NotFoundError` if a cable or a record does not exist, and `SourceGone` if a file has
    changed or no longer contains the record.
    """
    (left_version, left_cable), (right_version, right_cable) = (
        _read(archive, id_, record) for id_, record in zip(ids, records, strict=True)
    )
    one_cable = left_version.canonical_id == right_version.canonical_id
    comparison = compare(compared(left_cable), compared(right_cable), one_cable=one_cable)
    return Versions(left_version, right_version, comparison)


def variants(archive: Archive) -> Iterator[Versions | ArchiveError]:
    """Yield each cable's displayed record compared with a record whose words differ, newest first.

    An unreadable record is yielded as an error.
    """
    with archive.reading() as db:
        id_rows = db.execute(
            "SELECT DISTINCT id FROM also JOIN cable ON id = cable "
            "WHERE differs > 0 AND differs & ? ORDER BY created DESC, id DESC",
            (VARIANT,),
        )
        version_ids = [id_ for (id_,) in id_rows]
    for id_ in version_ids:
        with archive.reading() as db:
            record_numbers = [record.number for record in rows.differing(db, [id_], VARIANT)]
        for record_number in record_numbers:
            try:
                yield compare_versions(archive, (id_, id_), (1, record_number))
            except ArchiveError as error:
                yield error


def _read(archive: Archive, id_: int, record: int) -> tuple[Version, Cable]:
    with archive.reading() as db:
        record_tasks = rows.every_record(db, id_)
        learned_facts = kept_learned(db)
    if not 1 <= record <= len(record_tasks):
        (cable_row,) = archive.rows([id_])
        raise NotFoundError(_no_record(cable_row.reference_id, record, len(record_tasks)))
    task = record_tasks[record - 1]
    path = shown_path(archive.root, task.path)
    try:
        raw_cable = read_record(archive.root, task)
    except BrokenRecord as error:
        raise SourceGone(f"{path}: version {record} cannot be read: {error}") from error
    cable = telegram.parse(raw_cable, learned_facts)
    paragraph_labels = tuple(
        paragraph.label for paragraph in cable.body.paragraphs if paragraph.label
    )
    version = Version(
        cable.reference_id,
        cable.canonical_id,
        record,
        len(record_tasks),
        path,
        raw_cable.format,
        paragraph_labels,
    )
    return version, cable


def _no_record(reference: str, record: int, records: int) -> str:
    if records == 1:
        missing_words = "" if record <= 2 else f"no version {record}, but "
        return (
            f"{reference} has {missing_words}only one version in this archive; to compare two "
            "cables, add another REF"
        )
    return f"{reference} has no version {record}; its versions are 1 to {records}"
