"""The echo file of a cache: the fingerprints of all sentences, sorted, each with its cable.

It contains numbers and no text: the sentence for a number is read from the user's file. A posting
is the fingerprint (32 bits) and the id of a cable (32 bits) as one number. All postings are stored,
including those of sentences that occur in only one cable, because the next cable may repeat them.
As a result, an added cable is compared with all others, and only that cable is read.

A cache has one whole file and at most one *segment*: a file in the same format with the cables that
were added or changed since, and the ids of cables for which the whole file is no longer valid.
Together they answer like one whole file; only the counts of all sentences (`Overview`) come from
the whole file. A segment names its whole file, so a single write puts both into effect.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from cable_tui.archive.catalogue import catalogue_file, rows
from cable_tui.archive.columns import container
from cable_tui.archive.records.further import MORE
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.tools import tools

KIND = "echoes"
"""The prefix of the file names: `echoes-N.parts`, where N increases with each file that is written.
"""
VERSION = 17
"""The version of the file and of the rules on which it depends, `telegram.sentence_fingerprints`
and `sentences.names`; if it changes, the pass is repeated.
"""
ID_BITS = 32
ID_MASK = (1 << ID_BITS) - 1
OFTEN = 64
"""The minimum number of cables with a fingerprint for its postings to be ordered by time."""


def age(created: int, id_: int) -> tuple[int, int]:
    """Return a sort key that orders cables by time, with cables without a time last."""
    return created or 1 << 60, id_


class Repeated(NamedTuple):
    """A passage that several cables contain: a sentence, a part of one, or several in a row."""

    first: int
    """The id of the oldest cable that contains the passage."""
    record: int
    """The number of the cable's record that contains the passage."""
    start: int
    """The offset of the passage in the body, in characters."""
    end: int
    """The end of the passage in the body."""
    cables: int
    """The number of cables that contain the whole passage."""
    posts: int
    ids: tuple[int, ...]
    """The ids of the cables that were read, oldest first."""
    is_counted: bool
    """Whether the passage is in very many cables, of which only some were read. These contain all
    of it, and the others contain eight of its words.
    """
    cut: tuple[bool, bool]
    """Whether words are left out of the passage's first sentence, and of its last one."""


class CopyGroup(NamedTuple):
    """Cables with nearly the same text."""

    ids: tuple[int, ...]
    """The ids of the cables, oldest first."""
    alike: tuple[float, ...]
    """For each cable except the first, the share of words in common with the cable in the group
    that it resembles least.
    """
    carried: tuple[tuple[int, int], ...]
    """The pages whose text has another cable's number, each with the other cable, or 0 if that
    cable is missing.
    """


class Overview(NamedTuple):
    """Counts made from the sentences and texts when the file was written."""

    sentences: int = 0
    """The number of different sentences in all cables."""
    recurring: int = 0
    """The number of sentences in more than one cable."""
    boilerplate: int = 0
    """The number of sentences in cables of more than `SEVERAL` posts."""
    passages: tuple[Repeated, ...] = ()
    """The passages in the most cables, from many posts and from few posts, most frequent first."""
    copies: tuple[CopyGroup, ...] = ()
    """Cables with nearly the same text; groups in which a page contains another cable's text are
    first.
    """


SEVERAL = 5
"""The number of posts above which a sentence is boilerplate by default."""


class EchoFile:
    """One open file, whose content does not change."""

    def __init__(
        self,
        file: Path,
        head: dict[str, Any],
        parts: Sequence[memoryview],
        hidden: Collection[int] = (),
    ) -> None:
        self.file = file
        self.generation: int = head["generation"]
        """The catalogue's generation when the file was made."""
        self.commit: int = head["voices"]
        """The commit of the sentence index that contains these cables."""
        self.whole: str = head["whole"]
        """The name of the whole file if this is a segment, otherwise an empty string."""
        self.hidden = frozenset(hidden)
        """The cables that the segment hides, if this is a whole file."""
        self._holds: list[int] = head["holds"]
        self.postings = parts[0].cast("Q")
        self._ids = parts[0].cast("I")[sys.byteorder == "big" :: 2]
        self._cables = parts[1].cast("I")
        self._crcs = parts[2].cast("I")
        """For each cable, the number of its records from `catalogue.rows.crcs`."""
        self._overview = parts[3]
        self.names = parts[4:7]
        """The parts of a `sentences.names.NameIndex`."""
        self.hides = parts[7].cast("I")
        """The cables in the whole file that changed or are gone, if this is a segment."""

    @property
    def cables(self) -> Collection[int]:
        """The ids of the cables that were read for the file, without hidden ones."""
        return set(self._cables).difference(self.hidden) if self.hidden else self._cables

    @property
    def crcs(self) -> Iterator[tuple[int, int]]:
        """These cables, each with the number of its records."""
        crcs_read = zip(self._cables, self._crcs, strict=True)
        return (
            (pair for pair in crcs_read if pair[0] not in self.hidden) if self.hidden else crcs_read
        )

    def fresh(self, crcs: Mapping[int, int]) -> Iterator[int]:
        """Yield the cables of the file whose records still have these numbers."""
        return (id_ for id_, crc in self.crcs if crcs.get(id_) == crc)

    def is_current(self, db: sqlite3.Connection) -> bool:
        """Return whether the file was written for the cables that are now in the catalogue."""
        return self.generation == catalogue_file.generation(db) or self._holds == holds(db)

    @property
    def overview(self) -> Overview:
        """The counts made when the file was written."""
        sentences, recurring_sentences, boilerplate, passages, copies = json.loads(
            bytes(self._overview)
        )
        return Overview(
            sentences,
            recurring_sentences,
            boilerplate,
            tuple(
                Repeated._make((*passage_numbers, tuple(ids), is_counted, (cut_before, cut_after)))
                for *passage_numbers, ids, is_counted, (cut_before, cut_after) in passages
            ),
            tuple(
                CopyGroup(
                    tuple(ids),
                    tuple(likenesses),
                    tuple((page, text_of) for page, text_of in carried_texts),
                )
                for ids, likenesses, carried_texts in copies
            ),
        )

    def ids_of(self, number: int) -> Sequence[int]:
        """Return the ids of the file's cables that contain a fingerprint.

        If there were at least `OFTEN` of them when a whole file was made, the oldest cables are
        first.
        """
        first_posting = bisect_left(self.postings, number << ID_BITS)
        ids = self._ids[
            first_posting : bisect_left(self.postings, (number + 1) << ID_BITS, lo=first_posting)
        ]
        if self.hidden and not self.hidden.isdisjoint(ids):
            return [id_ for id_ in ids if id_ not in self.hidden]
        return ids


class Having(NamedTuple):
    """The cables that contain a fingerprint."""

    cables: int
    ids: list[int]
    """The ids of all these cables, in order. If there are at least `OFTEN` cables, only the oldest
    in the whole file, ordered by time if the file had that many.
    """
    since: list[int]
    """If there are at least `OFTEN` cables, the ids of the cables added or changed since, any of
    which may be older.
    """


class EchoFiles:
    """The whole file of a cache, and its segment if cables were added or changed since."""

    def __init__(self, whole: EchoFile, segment: EchoFile | None = None) -> None:
        self.files: tuple[EchoFile, ...] = (whole, segment) if segment else (whole,)
        self.commit = self.files[-1].commit
        """The commit of the sentence index that contains all cables."""

    @property
    def since(self) -> int:
        """The number of cables added, changed or removed after `overview` was counted."""
        return len({id_ for file in self.files[1:] for id_ in (*file.hides, *file.cables)})

    def is_current(self, db: sqlite3.Connection) -> bool:
        """Return whether the files cover the cables that are now in the catalogue."""
        return self.files[-1].is_current(db)

    def fresh(self, db: sqlite3.Connection, *, counted: bool = False) -> Iterator[int]:
        """Yield the ids of the cables whose record is unchanged.

        If `counted`, only cables that the overview counted in this state are included.
        """
        files = self.files[:1] if counted else self.files
        if self.is_current(db):
            return chain.from_iterable(file.cables for file in files)
        crcs = rows.crcs(db)
        return chain.from_iterable(file.fresh(crcs) for file in files)

    @property
    def unread(self) -> Iterator[int]:
        """The cables whose record could not be read."""
        return chain.from_iterable(file.names[2].cast("I") for file in self.files)

    @property
    def overview(self) -> Overview:
        """The counts made when the whole file was written."""
        return self.files[0].overview

    def names(self, cables: set[int]) -> Iterator[tuple[Sequence[memoryview], set[int]]]:
        """Yield the names in each file, with the fresh cables that it contains."""
        whole_file, *later_files = self.files
        later_cables = (
            cables.intersection(*(file.cables for file in later_files)) if later_files else set()
        )
        yield whole_file.names, cables - later_cables
        yield from ((file.names, later_cables) for file in later_files)

    def having(self, number: int, most: int) -> Having:
        """Return the cables that contain a fingerprint; if at least `OFTEN`, each file's oldest."""
        whole_ids, *later_ids = (file.ids_of(number) for file in self.files)
        ids_since = [id_ for ids in later_ids for id_ in ids]
        cable_count = len(whole_ids) + len(ids_since)
        if cable_count < OFTEN:
            return Having(cable_count, sorted([*whole_ids, *ids_since]), [])
        return Having(cable_count, [*whole_ids[:most]], ids_since)


def load(folder: Path) -> EchoFiles | None:
    """Return the echo files of a cache, or None if there are none of this version.

    The numbers are not checked: answers from them are checked in the texts anyway.
    """
    files_read: list[Path] = []
    while (
        numbered_files := numbered(folder)
    ) != files_read:  # a merge may remove files that were listed
        for echo_path in reversed(numbered_files):
            if echoes := _with_whole(echo_path):
                return echoes
        files_read = numbered_files
    return None


def _with_whole(file: Path) -> EchoFiles | None:
    newest_file = opened(file)
    if newest_file is None or not newest_file.whole:
        return EchoFiles(newest_file) if newest_file else None
    whole_file = opened(file.with_name(newest_file.whole), hidden=newest_file.hides)
    return EchoFiles(whole_file, newest_file) if whole_file else None


def opened(file: Path, *, checked: bool = False, hidden: Collection[int] = ()) -> EchoFile | None:
    """Return one file in this format, or None if it is missing, damaged or of another version."""
    try:
        file_content = container.read(file, checked=checked)
        is_ours = file_content is not None and file_content[0].get("stamp") == stamp()
        return EchoFile(file, *file_content, hidden) if file_content and is_ours else None
    except (ValueError, LookupError, TypeError, AttributeError):  # a head that is damaged
        return None


def is_outdated(folder: Path) -> bool:
    """Return whether a cache has an echo file of another version."""
    for file in folder.glob(f"{KIND}-*.parts"):
        try:
            file_content = container.read(file, checked=False)
        except (ValueError, LookupError, TypeError):  # it is damaged
            continue
        if file_content and file_content[0].get("stamp") != stamp():
            return True
    return False


def numbered(folder: Path, suffix: str = "parts") -> list[Path]:
    """Return the files of a cache with a suffix, most recent last."""
    return sorted(folder.glob(f"{KIND}-*.{suffix}"), key=_number)


def next_number(folder: Path) -> int:
    """Return a number for a new file, higher than the numbers of all existing ones."""
    return 1 + max(map(_number, folder.glob(f"{KIND}-*")), default=0)


def _number(file: Path) -> int:
    file_number = file.stem.rpartition("-")[2]
    return int(file_number) if file_number.isdecimal() else 0


def holds(db: sqlite3.Connection) -> list[int]:
    """Return numbers that change if the catalogue's cables or their records change."""
    sums_sql = "SELECT count(*), coalesce(sum(id), 0), coalesce(sum(crc), 0) FROM cable"
    also_sql = "SELECT count(*), coalesce(sum(crc), 0) FROM also WHERE differs > 0 AND differs & ?"
    sums_of_tables = *db.execute(sums_sql).fetchone(), *db.execute(also_sql, (MORE,)).fetchone()
    return [*map(int, sums_of_tables), sum(rows.changed_lists(db).values())]


def stamp() -> list[object]:
    """Return the stamp of the file's format; a file with another stamp is not read.

    The stamp depends on which tools extract information from the texts, and on the stamp of each.
    """
    tool_stamps = {f"{tool.name} {tool.text_stamp}" for tool in tools() if tool.text_stamp}
    return [
        VERSION,
        *container.machine(),
        array("Q").itemsize,
        *sorted(tool_stamps),
    ]
