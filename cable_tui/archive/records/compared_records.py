"""For a cable with several records, decide which one to display and how the others differ.

Only such cables are read for this, and only those of their records that are not identical byte for
byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from cable_tui import formats, telegram
from cable_tui.archive.records.catalogue_rows import FactsRow, facts_row
from cable_tui.archive.records.further import MORE, UNREDACTED, VARIANT
from cable_tui.archive.records.read import Files, RecordTask, SourceGone
from cable_tui.base.cable import RawCable
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.formats import BrokenRecord
from cable_tui.telegram.comparison.alignment import only_there
from cable_tui.telegram.comparison.changes import (
    Change,
    changes,
    changes_inside,
    count_redactions,
)
from cable_tui.telegram.comparison.words import ComparedText, compared, plain


class SeveralRecords(NamedTuple):
    """A cable and its records, the displayed record first."""

    cable: int
    records: tuple[RecordTask, ...]


class Judged(NamedTuple):
    """The result for one record."""

    record: RecordTask
    richness: int | None
    """The rank of the record judged by its texts, or None if it could not be read."""
    differs: int = 0


class ComparedRecords(NamedTuple):
    """A cable whose records were compared."""

    cable: int
    judged: tuple[Judged, ...]
    """The results; the first one is for the record to be displayed."""
    row: FactsRow | None = None
    """The facts of the record to be displayed, if another record was displayed before."""


def compare_records(task: tuple[Path, list[SeveralRecords]]) -> Iterator[list[ComparedRecords]]:
    """Yield the comparison of cables' records, read from the files; runs in a worker process."""
    root, several_records = task
    with Files(root) as files:
        # What is packed is read forward.
        sorted_records = sorted(
            {record for cable in several_records for record in cable.records},
            key=lambda record: (record.path, record.offset),
        )
        raw_by_record = {record: _read(files, record) for record in sorted_records}
        yield [_compared(cable, raw_by_record) for cable in several_records]


def lost_records(task: SeveralRecords) -> list[ComparedRecords]:
    """Return the result for records that kill every worker that reads them: no changes."""
    return [ComparedRecords(task.cable, tuple(Judged(record, None) for record in task.records))]


def _read(files: Files, record: RecordTask) -> RawCable | None:
    try:
        return files.cable(record)
    except (SourceGone, BrokenRecord):  # another pass says so
        return None


def _compared(
    task: SeveralRecords, raw_by_record: dict[RecordTask, RawCable | None]
) -> ComparedRecords:
    shown_record, *_ = task.records
    ranks = {
        record: _facts(raw, record).richness
        for record in task.records
        if (raw := raw_by_record[record]) is not None
    }
    best_record = max(
        ranks,
        key=lambda record: (not record.damaged, ranks[record], record == shown_record),
        default=shown_record,
    )
    best_raw = raw_by_record[best_record]
    judged_records = [Judged(best_record, ranks.get(best_record))]
    compared_raws = [] if best_raw is None else [best_raw]
    for record in sorted(task.records, key=lambda record: -ranks.get(record, 0)):
        raw = raw_by_record[record]
        if record == best_record:
            continue
        if raw is None or best_raw is None:
            judged_records.append(Judged(record, ranks.get(record)))
            continue
        difference_bits = difference(best_raw, raw, compared_raws)
        if difference_bits & MORE:
            compared_raws.append(raw)
        judged_records.append(Judged(record, ranks[record], difference_bits))
    shown_row = (
        None if best_record == shown_record or best_raw is None else _facts(best_raw, best_record)
    )
    return ComparedRecords(task.cable, tuple(judged_records), shown_row)


def _facts(raw: RawCable, record: RecordTask) -> FactsRow:
    location = (record.offset, record.length, record.crc, record.line)
    return facts_row(raw, location, formats.content_size(raw.header, raw.body))


def difference(shown: RawCable, other: RawCable, known: Sequence[RawCable]) -> int:
    """Compare a record with the displayed and other known ones; return differences as bits."""
    if _texts(shown).split() == _texts(other).split():
        return 0
    their_keys = plain(_texts(other)).keys
    if not their_keys:  # a row of a list
        return VARIANT if plain(_texts(shown)).keys else 0
    has_more = any(only_there(other.header, other.body, [(raw.header, raw.body) for raw in known]))
    if not has_more and plain(_texts(shown)).keys == their_keys:
        return 0
    return (MORE if has_more else 0) | difference_of_words(shown, other)


def difference_of_words(shown: RawCable, other: RawCable) -> int:
    """Compare two records of a cable word by word; return the differences as bits."""
    our_words, their_words = (compared(telegram.parse(raw)) for raw in (shown, other))
    differences, moved_parts = changes(our_words, their_words)
    changes_in_moved = chain.from_iterable(
        changes_inside(our_words, their_words, move) for move in moved_parts
    )
    real_changes = [change for change in (*differences, *changes_in_moved) if change.kind != "same"]
    if not real_changes:
        return 0
    fills_redaction = any(
        _fills_redaction(our_words, their_words, change) for change in real_changes
    )
    return VARIANT | (UNREDACTED if fills_redaction else 0)


def _fills_redaction(our_text: ComparedText, their_text: ComparedText, change: Change) -> bool:
    """Return whether one text has words in place of a redaction in the other."""
    ours_size, theirs_size = change.sizes
    if change.side == "left":
        return theirs_size > 0 and count_redactions(our_text, change.left) > 0
    return (
        change.side == "right" and ours_size > 0 and count_redactions(their_text, change.right) > 0
    )


def _texts(raw: RawCable) -> str:
    """Return header and body as one text, because some formats guess where the header ends."""
    return f"{raw.header}\n\n{raw.body}"
