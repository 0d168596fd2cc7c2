"""Who says it: the cables in which the author comments on a word, or a source says it.

The text index knows in which cables the words stand, and nothing of who says them: these cables are
read in the user's files, and the rules of `telegram.voices` are asked. That costs the cache nothing
and a second of CPU for some 3,000 texts; it can be stopped, and the answer is kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from cable_tui.archive.catalogue import rows as catalogue_rows
from cable_tui.archive.records.read import Files, RecordTask, SourceGone
from cable_tui.archive.search.snapshot import Snapshot, Stopped
from cable_tui.formats import BrokenRecord
from cable_tui.query.plan import And, AnyWord, Or, Plan, Property, WordPrefix
from cable_tui.telegram.voices import spans

_COMMENTED = ("comment", "comments", "note", "notes", "bio", "bios", "biographic", "biographical")
"""One of these stands in every cable with a comment."""
_AT_ONCE = 2000
"""Places of cables that are looked up together."""


def candidates(plan: Property) -> Plan:
    """The cables that have the words at all, as the text index finds them."""
    asked = spans.wanted(plan.wanted)
    parts: list[Plan] = [AnyWord((word,), "body") for word in sorted(asked.words)]
    parts += [WordPrefix(each, "body") for each in asked.beginnings]
    if not parts:
        return Or()
    if plan.field == "comment":
        parts.append(AnyWord(_COMMENTED, "body"))
    return And(tuple(parts))


def spoken(snapshot: Snapshot, plan: Property, ids: Sequence[int]) -> array[int]:
    """Those of some cables in which the words are said so. Raises `Stopped`.

    A cable whose file has changed or is gone is not among them.
    """
    asked = spans.wanted(plan.wanted)
    holds = spans.commented if plan.field == "comment" else spans.was_said
    found = array("I")
    with Files(snapshot.root) as files:
        for task in snapshot.watched(_records(snapshot, ids), len(ids)):
            if snapshot.cancelled():
                raise Stopped
            try:
                raw = files.cable(task)
            except (SourceGone, BrokenRecord):
                continue
            if holds(raw.body, asked):
                found.append(task.cable)
    return found


def _records(snapshot: Snapshot, ids: Sequence[int]) -> Iterator[RecordTask]:
    """Where the cables stand, in the order of their files."""
    for first in range(0, len(ids), _AT_ONCE):
        with snapshot.reading() as db:
            tasks = catalogue_rows.records(db, ids[first : first + _AT_ONCE])
        yield from sorted(tasks, key=lambda task: (task.path, task.offset))
