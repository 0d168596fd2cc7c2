"""The echo file of a cache: the fingerprints of all sentences, sorted, each with its cable.

It holds numbers and no text: the sentence of a number is read in the user's file. A posting is the
fingerprint (32 bits) and the id of a cable (32 bits) as one number. All of them are there, also
those of sentences that are in one cable only, because the next cable that comes may repeat them: so
a cable that is added is compared with all others, and only it is read.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cable_tui.archive.catalogue import rows, schema
from cable_tui.archive.columns import container
from cable_tui.archive.records.further import MORE

KIND = "echoes"
"""The kind for `columns.container`: the file is `echoes-N.parts`, N the generation."""
VERSION = 13
"""The version of the file and of the rules that it depends on, `telegram.sentences`,
`telegram.voices` and `sentences.names`: with another one the pass is done again."""
ID_BITS = 32
ID_MASK = (1 << ID_BITS) - 1
OFTEN = 64
"""If at least this many cables have a fingerprint, its postings are in the order of time."""


def age(created: int, id_: int) -> tuple[int, int]:
    """Return a key that puts cables in the order of time, those without a time last."""
    return created or 1 << 60, id_


class Repeated(NamedTuple):
    """A passage that several cables have: a sentence, a part of one, or sentences in a row."""

    first: int
    """The id of the oldest cable that has it."""
    record: int
    """Number of the cable's record that has the sentence."""
    start: int
    """Offset of the sentence in the body, in characters."""
    end: int
    """End of the sentence in the body."""
    cables: int
    """The number of cables that have all of it."""
    posts: int
    ids: tuple[int, ...]
    """Ids of the cables that were read, the oldest first."""
    is_counted: bool
    """Whether it is in very many cables: some were read, and have it all; the others have eight
    of its words."""
    cut: tuple[bool, bool]
    """Whether words are left out of its first and of its last sentence."""


class CopyGroup(NamedTuple):
    """Cables with nearly the same text."""

    ids: tuple[int, ...]
    """The oldest first."""
    alike: tuple[float, ...]
    """For each of the others the share of the words of both together that both have: with the
    cable of the group that it is least like."""
    carried: tuple[tuple[int, int], ...]
    """Pages whose text has another cable's number, with that cable; 0 if it is missing."""


class Overview(NamedTuple):
    """Counts made from the sentences and texts when the file was written."""

    sentences: int = 0
    """The number of different ones in all cables."""
    recurring: int = 0
    """The number of those in more than one cable."""
    boilerplate: int = 0
    """The number of those in cables of more than `SEVERAL` posts."""
    passages: tuple[Repeated, ...] = ()
    """The passages that most cables have, of many posts and of few; the most frequent first."""
    copies: tuple[CopyGroup, ...] = ()
    """Cables with nearly the same text; first those in which a page has another cable's."""


SEVERAL = 5
"""Number of posts: a sentence in cables of more posts is boilerplate by default."""


class EchoFile:
    """The open file. Its content does not change."""

    def __init__(self, head: dict[str, Any], parts: Sequence[memoryview]) -> None:
        self.generation: int = head["generation"]
        """The catalogue's generation when the file was made."""
        self.voices: int = head["voices"]
        """The commit of the index of voices that holds these cables."""
        self._holds: list[int] = head["holds"]
        self.postings = parts[0].cast("Q")
        self.cables = parts[1].cast("I")
        """Ids of the cables that were read for it."""
        self.crcs = parts[2].cast("I")
        """... and for each the number of its records, from `catalogue.rows.crcs`."""
        self._overview = parts[3]
        self.names = parts[4:]
        """The parts of a `sentences.names.NameIndex`."""

    def is_current(self, db: sqlite3.Connection) -> bool:
        """Return whether it covers the cables that the catalogue has now."""
        return self.generation == schema.generation(db) or self._holds == holds(db)

    def fresh(self, db: sqlite3.Connection) -> Iterator[int]:
        """Yield the ids of its cables whose record is still the same."""
        if self.is_current(db):
            return iter(self.cables)
        crcs = rows.crcs(db)
        read = zip(self.cables, self.crcs, strict=True)
        return (id_ for id_, crc in read if crcs.get(id_) == crc)

    @property
    def overview(self) -> Overview:
        """The counts made when the file was written."""
        sentences, recurring, boilerplate, passages, copies = json.loads(bytes(self._overview))
        return Overview(
            sentences,
            recurring,
            boilerplate,
            tuple(
                Repeated._make((*numbers, tuple(ids), is_counted, (before, after)))
                for *numbers, ids, is_counted, (before, after) in passages
            ),
            tuple(
                CopyGroup(tuple(ids), tuple(alike), tuple((page, of) for page, of in carried))
                for ids, alike, carried in copies
            ),
        )

    def count(self, number: int) -> int:
        """Return how many cables have a fingerprint."""
        first, end = self._range(number)
        return end - first

    def cables_of(self, number: int, most: int) -> list[int]:
        """Return the ids of cables that have a fingerprint, at most `most`.

        If they are `OFTEN` or more, the oldest cables come first; fewer are in no order.
        """
        first, end = self._range(number)
        return [each & ID_MASK for each in self.postings[first : min(end, first + most)]]

    def _range(self, number: int) -> tuple[int, int]:
        first = bisect_left(self.postings, number << ID_BITS)
        return first, bisect_left(self.postings, (number + 1) << ID_BITS, lo=first)


def load(folder: Path, *, checked: bool = False) -> EchoFile | None:
    """Return the echo file of a cache; None if it has no file of this version.

    Its numbers are checked only on demand: answers from them are checked in the texts anyway.
    """
    files = sorted(folder.glob(f"{KIND}-*.parts"), key=_generation, reverse=True)
    return next((made for made in (opened(file, checked=checked) for file in files) if made), None)


def opened(file: Path, *, checked: bool = False) -> EchoFile | None:
    """Return one file of this form; None if it is missing, damaged or of another version."""
    try:
        found = container.read(file, checked=checked)
        ours = found is not None and found[0].get("stamp") == stamp()
        return EchoFile(*found) if found and ours else None
    except (ValueError, LookupError, TypeError, AttributeError):  # a head that is damaged
        return None


def is_outdated(folder: Path) -> bool:
    """Return whether a cache has an echo file of another version."""
    for file in folder.glob(f"{KIND}-*.parts"):
        try:
            found = container.read(file, checked=False)
        except (ValueError, LookupError, TypeError):  # it is damaged
            continue
        if found and found[0].get("stamp") != stamp():
            return True
    return False


def _generation(file: Path) -> int:
    number = file.stem.rpartition("-")[2]
    return int(number) if number.isdecimal() else -1


def holds(db: sqlite3.Connection) -> list[int]:
    """Return numbers that change if the catalogue's cables or their records change."""
    sums = "SELECT count(*), coalesce(sum(id), 0), coalesce(sum(crc), 0) FROM cable"
    also = "SELECT count(*), coalesce(sum(crc), 0) FROM also WHERE differs > 0 AND differs & ?"
    found = *db.execute(sums).fetchone(), *db.execute(also, (MORE,)).fetchone()
    return [*map(int, found), sum(rows.changed_lists(db).values())]


def stamp() -> list[object]:
    """Return the form of the file; one with another stamp is not read."""
    return [VERSION, *container.machine(), array("Q").itemsize]
