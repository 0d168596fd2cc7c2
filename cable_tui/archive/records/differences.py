"""How the further records of a cable differ from the displayed record.

Nothing is merged: the richest record is displayed, the others are listed with their differences.
Spaces and line breaks do not count, since formats differ in them; a fact that one record lacks is
not a difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cable_tui import telegram
from cable_tui.archive.records.packed_files import is_packed
from cable_tui.archive.records.read import RecordTask, SourceGone, read_record
from cable_tui.archive.records.walk import full_path, shown_path
from cable_tui.base.cable import Facts, RawCable, Source, SourcePart
from cable_tui.base.format_names import plain
from cable_tui.base.value import replace
from cable_tui.formats import BrokenRecord

_MOST = 20
"""The maximum number of records to compare; most such cables have two or three."""
_FAR = 64 << 20
"""The offset in a compressed file from which reading is too slow for a comparison."""


def record_sources(root: Path, shown: RawCable, tasks: Sequence[RecordTask]) -> tuple[Source, ...]:
    """Return every record of a cable; `shown` was read from the first of the tasks.

    Each record has its own format: a file may contain records of several formats.
    """
    first_source, *other_sources = [
        Source(shown_path(root, task.path), plain(task.form), number=task.number) for task in tasks
    ]
    compared_sources = (
        _compared(root, shown, source, task)
        if source_index < _MOST
        else replace(source, differs=None)
        for source_index, (source, task) in enumerate(zip(other_sources, tasks[1:], strict=True))
    )
    return (replace(first_source, format=shown.format), *compared_sources)


def _compared(root: Path, shown: RawCable, source: Source, task: RecordTask) -> Source:
    is_far = task.offset + max(task.start, 0) > _FAR
    if is_far and is_packed(full_path(root, task.path), task.start):
        return replace(source, differs=None)
    try:
        other_raw = read_record(root, task)
    except (SourceGone, BrokenRecord):
        return replace(source, differs=None)
    return replace(source, format=other_raw.format, differs=differing(shown, other_raw))


def differing(shown: RawCable, other: RawCable) -> tuple[SourcePart, ...]:
    """Return the parts of another record of a cable that differ from the displayed record."""
    return tuple(_parts(shown, other))


def _parts(shown: RawCable, other: RawCable) -> Iterator[SourcePart]:
    our_header, their_header = (_dense(raw.header) for raw in (shown, other))
    our_body, their_body = (_dense(raw.body) for raw in (shown, other))
    # Formats with header and body in one text guess where the header ends.
    if our_header + our_body != their_header + their_body:
        if our_header != their_header:
            yield "header"
        if our_body != their_body:
            yield "body"
    if not _agree(telegram.facts_of(shown), telegram.facts_of(other)):
        yield "facts"


def _dense(text: str) -> str:
    return "".join(text.split())


def _agree(our_facts: Facts, their_facts: Facts) -> bool:
    """Return whether no fact contradicts another."""
    return (
        _same_time(our_facts.created, their_facts.created)
        and _same_time(our_facts.released, their_facts.released)
        and _same_words(our_facts.classification, their_facts.classification)
        and _same_words(our_facts.origin, their_facts.origin)
    )


def _same_time(one_time: str, other_time: str) -> bool:
    """Return whether two times agree: a day agrees with each of its minutes."""
    one_time, other_time = one_time.removesuffix("Z"), other_time.removesuffix("Z")
    return one_time.startswith(other_time) or other_time.startswith(one_time)


def _same_words(first_text: str, second_text: str) -> bool:
    return (
        not first_text
        or not second_text
        or _dense(first_text.upper()) == _dense(second_text.upper())
    )
