"""What recurs in a whole archive: boilerplate, sentences that are taken over, copies of cables.

All of it was counted and compared when the echo file was made. The words of a passage are read in
the cable that had it first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cable_tui.archive.records.walk import never
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.echo_file import SEVERAL, CopyGroup, Repeated
from cable_tui.archive.texts import texts
from cable_tui.telegram.prose import prose
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive

LISTED = 20
"""Passages and groups of each kind, if nobody says otherwise."""


class Recurring(Value):
    """A passage that stands in several cables."""

    text: str
    """On one line, as the cable has it that had it first."""
    found: Repeated


class ArchiveEchoes(Value):
    """What recurs in an archive."""

    sentences: int
    """Different sentences of eight words or more, of all cables; these three are of the index."""
    recurring: int
    boilerplate: int
    """Of these, those in cables of more than five posts."""
    copies_groups: int
    """Groups of cables with nearly the same text."""
    frequent: tuple[Recurring, ...]
    """Boilerplate: passages in cables of more than so many posts, the most frequent first."""
    recycled: tuple[Recurring, ...]
    """Other passages in more than one cable, the most frequent first."""
    copies: tuple[CopyGroup, ...]
    """First those in which a page has the text of another cable."""


def overview(
    archive: Archive,
    several: int = SEVERAL,
    limit: int = LISTED,
    cancelled: Callable[[], bool] = never,
) -> ArchiveEchoes | None:
    """What recurs, at most `limit` of each kind; None where sentences were not compared yet.

    A cancelled reading comes back with what it has. Raises `CacheError`.
    """
    made = echo_file.load(archive.folder)
    if made is None:
        return None
    found = made.overview
    with archive.reading() as db:
        here = frozenset(made.fresh(db))
    passages = [each for each in found.passages if each.first in here]
    copies = [group for group in found.copies if here.issuperset(group.ids)]
    some = [each for each in passages if each.posts > several][:limit]
    others = [each for each in passages if each.posts <= several][:limit]
    return ArchiveEchoes(
        found.sentences,
        found.recurring,
        found.boilerplate,
        len(copies),
        _read(archive, some, cancelled),
        _read(archive, others, cancelled),
        tuple(copies[:limit]),
    )


def _read(
    archive: Archive, wanted: Sequence[Repeated], cancelled: Callable[[], bool]
) -> tuple[Recurring, ...]:
    """The passages as the cable has them that had them first; without those that cannot be read."""
    firsts = list(dict.fromkeys(each.first for each in wanted))
    said = {
        (task.cable, task.number): prose(raw.body, task.head_end)
        for each in texts(archive, firsts, cancelled, further=True)
        for task, raw in each.records
    }
    return tuple(
        Recurring(" ".join(said[each.first, each.record][each.start : each.end].split()), each)
        for each in wanted
        if (each.first, each.record) in said
    )
