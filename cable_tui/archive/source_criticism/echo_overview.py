"""What recurs in a whole archive: boilerplate, sentences that are taken over, copies of cables.

The numbers were counted when the echo file was made. What is named is read in the texts first:
sentences that follow each other in the cable that had them first are one passage, and cables that
seem to be copies are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cable_tui.archive.records.walk import never
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.echo_file import SEVERAL, EchoFile, Overview, Repeated
from cable_tui.archive.source_criticism.common_passages import common, covered
from cable_tui.archive.source_criticism.echoes import Body, texts
from cable_tui.telegram.pagebreaks import blanked
from cable_tui.telegram.sentences import SHINGLE
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive

_NEARLY = 0.9
"""Sentences in a row whose numbers of cables differ by no more than a tenth are one passage."""
_MOST_IDS = 60
LISTED = 20
"""Passages and groups of each kind, if nobody says otherwise."""


class Recurring(Value):
    """A passage that stands in several cables."""

    text: str
    """On one line, as the cable has it that had it first."""
    cables: int
    """That have its least frequent sentence, by the index."""
    posts: int
    first: int
    """The id of the oldest cable that has it ..."""
    offset: int
    """... and where it stands in its body ..."""
    record: int
    """... in the record of this number."""
    ids: tuple[int, ...]
    """Cables that have that sentence by the index, that one among them; not all of very many."""


class Copies(Value):
    """Cables with nearly the same text."""

    ids: tuple[int, ...]
    """The one whose text the others were compared with first."""
    alike: tuple[float, ...]
    """Of each other one, the part of the words of both that both have, word for word."""


class ArchiveEchoes(Value):
    """What recurs in an archive."""

    sentences: int
    """Different sentences of eight words or more, of all cables; these three are of the index."""
    recurring: int
    boilerplate: int
    """Of these, those in cables of more than five posts."""
    copies_groups: int
    """Groups of cables that seem to be copies."""
    frequent: tuple[Recurring, ...]
    """Boilerplate: passages in cables of more than so many posts, the most frequent first."""
    recycled: tuple[Recurring, ...]
    """Other passages in more than one cable, the most frequent first."""
    copies: tuple[Copies, ...]


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
    counted: Overview = made.overview
    every = [*counted.frequent, *counted.recycled]
    every.sort(key=lambda each: (-each.cables, each.first, each.number))
    some = {each.number: each for each in every if each.posts > several}
    others = {each.number: each for each in every if each.posts <= several}
    return ArchiveEchoes(
        counted.sentences,
        counted.recurring,
        counted.boilerplate,
        len(counted.copies),
        _read(archive, made, some, limit, cancelled),
        _read(archive, made, others, limit, cancelled),
        tuple(_compared(archive, counted.copies, limit, cancelled)),
    )


def _read(
    archive: Archive,
    made: EchoFile,
    wanted: Mapping[int, Repeated],
    limit: int,
    cancelled: Callable[[], bool],
) -> tuple[Recurring, ...]:
    """The sentences as they stand where they stood first, those in a row as one passage."""
    found: list[Recurring] = []
    order = list(wanted.values())
    seen: set[int] = set()
    at = 0
    while at < len(order) and len(found) < limit and not cancelled():
        some = order[at : at + 2 * limit]
        at += len(some)
        firsts = list(dict.fromkeys(each.first for each in some if each.number not in seen))
        for read in texts(archive, firsts, cancelled):
            for passage, numbers in _passages(read, wanted, made):
                if seen.isdisjoint(numbers):
                    found.append(passage)
                seen.update(numbers)
    return tuple(sorted(found, key=lambda each: (-each.cables, each.first, each.offset))[:limit])


def _passages(
    read: Body, wanted: Mapping[int, Repeated], made: EchoFile
) -> Iterator[tuple[Recurring, set[int]]]:
    run: list[tuple[int, int, Repeated]] = []
    for mark in read.text.fingerprints:
        sentence = wanted.get(mark.number)
        if sentence is None or sentence.first != read.cable:
            continue
        if run and not (mark.start - run[-1][1] < SHINGLE and _near(run[-1][2], sentence)):
            yield _passage(read, run, made), {each.number for _, _, each in run}
            run = []
        run.append((mark.start, mark.end, sentence))
    if run:
        yield _passage(read, run, made), {each.number for _, _, each in run}


def _near(one: Repeated, other: Repeated) -> bool:
    return min(one.cables, other.cables) >= _NEARLY * max(one.cables, other.cables)


def _passage(read: Body, run: Sequence[tuple[int, int, Repeated]], made: EchoFile) -> Recurring:
    start, end = read.text.span(run[0][0], run[-1][1])
    rarest = min((each for _, _, each in run), key=lambda each: (each.cables, each.number))
    ids = (read.cable, *made.cables_of(rarest.number, _MOST_IDS))
    return Recurring(
        " ".join(blanked(read.body[start:end]).split()),
        rarest.cables,
        min(each.posts for _, _, each in run),
        read.cable,
        start,
        read.record,
        tuple(dict.fromkeys(ids))[:_MOST_IDS],
    )


def _compared(
    archive: Archive,
    groups: Sequence[tuple[int, ...]],
    limit: int,
    cancelled: Callable[[], bool],
) -> Iterator[Copies]:
    """The groups whose cables do have nearly the same text."""
    told = 0
    for group in groups:
        if told >= limit or cancelled():
            return
        read = {
            each.cable: each.text for each in texts(archive, group, cancelled) if each.record == 1
        }
        alike: dict[int, float] = {}
        first, *others = sorted(read) or [0]
        for id_ in others:
            most = max(read[first].count, read[id_].count)
            alike[id_] = covered(common(read[first], read[id_])) / most
        if alike:
            told += 1
            yield Copies((first, *alike), tuple(alike.values()))
