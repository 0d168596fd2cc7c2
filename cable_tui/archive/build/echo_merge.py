"""Make the echo file from sorted runs of postings: merge, count and check.

A fingerprint is eight words of a sentence. The repeated part, its cables, and near-copies are only
known from the words: the texts of the most frequent sentences are read (`EchoCheck`).
"""

from __future__ import annotations

import heapq
import sqlite3
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import combinations, pairwise, repeat
from operator import rshift
from pathlib import Path
from typing import NamedTuple

from cable_tui.archive import texts
from cable_tui.archive.sentences.common_passages import (
    Common,
    ReadText,
    RepeatedPart,
    covered,
    is_cut,
    likeness,
    piece_around,
    repeated_part,
)
from cable_tui.archive.sentences.echo_file import (
    ID_BITS,
    ID_MASK,
    OFTEN,
    SEVERAL,
    CopyGroup,
    Overview,
    Repeated,
    age,
)
from cable_tui.base.cable import Span
from cable_tui.telegram import ids
from cable_tui.telegram.sentence_fingerprints import SHINGLE, Fingerprint

_PIECES = 64
"""The numbers are merged in this many parts: memory holds one part as objects."""
_LISTED = 400
"""The number of sentences of each kind that the overview lists."""
_FEW = 8
"""A sentence in more cables than this does not count for near-copies: it is boilerplate."""
_MOST_PAIRS = 1 << 20
_ALIKE = 0.6
"""The share of the rarer sentences that two near-copies have in common."""
_LEAST_SHARED = 3
"""The least number of shared sentences of two near-copies."""
_MOST_GROUPS = 20_000
_MOST_IN_GROUP = 50


class SortedRun(NamedTuple):
    """Sorted postings, and the cables that they no longer cover."""

    postings: Sequence[int]
    stale: frozenset[int]


class Filing(NamedTuple):
    """The facts of a cable in the catalogue."""

    origin: int
    """The number of the cable's origin in the catalogue."""
    created: int
    """The time of creation, packed as in `records.times`."""


class CommonSentence(NamedTuple):
    """A sentence that several cables have."""

    number: int
    """Its fingerprint."""
    cables: int
    posts: int
    first: int
    """The id of the oldest cable that has it."""


class CountedSentences(NamedTuple):
    """Sentences and cables counted from the fingerprints of all cables."""

    sentences: int
    """The number of different ones in all cables."""
    recurring: int
    """The number of those in more than one cable."""
    boilerplate: int
    """The number of those in cables of more than `SEVERAL` posts."""
    frequent: tuple[CommonSentence, ...]
    """The ones of these that are in most cables."""
    recycled: tuple[CommonSentence, ...]
    """Sentences in cables of at most `SEVERAL` posts, the most frequent ones."""
    copies: tuple[tuple[int, ...], ...]
    """Cables that share most of their rarer sentences, in groups, by their ids."""


class _Counting:
    """The counts, sentence by sentence."""

    def __init__(self, filed: Mapping[int, Filing]) -> None:
        self._filed = filed
        self._sentences = self._recurring = self._boilerplate = 0
        self._lists: tuple[list[tuple[int, ...]], list[tuple[int, ...]]] = ([], [])
        self._rare: Counter[int] = Counter()
        """Number of rare sentences of each cable."""
        self._pairs: Counter[tuple[int, int]] = Counter()

    def see_all(self, postings: Sequence[int]) -> None:
        """Count postings as if each cable alone had the sentence: most are such."""
        self._sentences += len(postings)
        self._rare.update(map(ID_MASK.__and__, postings))

    def see(self, number: int, ids: list[int]) -> None:
        """Count a sentence with its cables, which `see_all` has seen."""
        self._sentences -= len(ids) - 1
        if len(ids) > _FEW:
            self._rare.subtract(ids)
        self._recurring += 1
        posts = len({self._filed[id_].origin for id_ in ids})
        self._boilerplate += posts > SEVERAL
        oldest_id = min(ids, key=lambda id_: age(self._filed[id_].created, id_))
        # The negative number: of equals the list keeps the same ones at each run.
        listed_entries = self._lists[posts <= SEVERAL]
        entry = (len(ids), -number, posts, oldest_id)
        (heapq.heappushpop if len(listed_entries) >= _LISTED else heapq.heappush)(
            listed_entries, entry
        )
        if len(ids) <= _FEW:
            self._pairs.update(combinations(ids, 2))
            if len(self._pairs) > _MOST_PAIRS:
                # Numbers come as by chance, so that copies are soon above one.
                self._pairs = Counter(
                    {pair: cables for pair, cables in self._pairs.items() if cables > 1}
                )

    def counted(self) -> CountedSentences:
        """Return the counts."""
        frequent, recycled = (
            tuple(
                CommonSentence(-number, cables, posts, first)
                for cables, number, posts, first in sorted(entries, reverse=True)
            )
            for entries in self._lists
        )
        return CountedSentences(
            self._sentences,
            self._recurring,
            self._boilerplate,
            frequent,
            recycled,
            tuple(self._copies()),
        )

    def _copies(self) -> Iterator[tuple[int, ...]]:
        """Yield groups of cables that are linked as alike, the largest groups first."""
        root_by_id: dict[int, int] = {}
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for (one_id, other_id), cables_shared in sorted(self._pairs.items()):
            most_of_either = max(self._rare[one_id], self._rare[other_id])
            if cables_shared < _LEAST_SHARED or cables_shared < _ALIKE * most_of_either:
                continue
            left, right_root = (
                root_by_id.setdefault(one_id, one_id),
                root_by_id.setdefault(other_id, other_id),
            )
            for moved_id, root in ((one_id, left), (other_id, right_root)):
                if not groups[root]:
                    groups[root].append(moved_id)
            if left == right_root or len(groups[left]) + len(groups[right_root]) > _MOST_IN_GROUP:
                continue
            for moved_id in groups.pop(right_root):
                root_by_id[moved_id] = left
                groups[left].append(moved_id)
        copy_groups = [tuple(sorted(ids)) for ids in groups.values() if len(ids) > 1]
        yield from sorted(copy_groups, key=lambda ids: (-len(ids), ids))[:_MOST_GROUPS]


def pieces(runs: Sequence[SortedRun], pause: Callable[[], None]) -> Iterator[list[int]]:
    """Yield all postings of the runs, sorted, in pieces.

    Cables that are stale in a run are left out. `pause` is called now and then; an exception of it
    ends the merging.
    """
    ends = [0] * len(runs)
    for piece in range(1, _PIECES + 1):
        pause()
        some_postings: list[int] = []
        for index, run in enumerate(runs):
            begin = ends[index]
            ends[index] = end = bisect_left(run.postings, piece * (1 << 64) // _PIECES, lo=begin)
            some_postings += _fresh(run, run.postings[begin:end])
        yield list(dict.fromkeys(sorted(some_postings)))


def merged(
    runs: Sequence[SortedRun], filed: Mapping[int, Filing], pause: Callable[[], None]
) -> tuple[array[int], CountedSentences]:
    """Return all postings of the runs in their order, and what was counted, as in `pieces`."""
    postings = array("Q")
    counting = _Counting(filed)
    for some_postings in pieces(runs, pause):
        counting.see_all(some_postings)
        for start, end in _repeated(some_postings):
            same_number = some_postings[start:end]
            counting.see(same_number[0] >> ID_BITS, [posting & ID_MASK for posting in same_number])
            if len(same_number) >= OFTEN:
                same_number.sort(key=lambda posting: age(filed[posting & ID_MASK].created, posting))
                some_postings[start:end] = same_number
        postings.extend(some_postings)
    return postings, counting.counted()


def _repeated(postings: Sequence[int]) -> Iterator[Span]:
    """Yield the parts of a sorted row that have several postings of one number."""
    number_pairs = pairwise(map(rshift, postings, repeat(ID_BITS)))
    run_start = run_end = 0
    for index in [
        index for index, (number, next_number) in enumerate(number_pairs) if number == next_number
    ]:
        if index >= run_end:
            if run_end:
                yield run_start, run_end
            run_start = index
        run_end = index + 2
    if run_end:
        yield run_start, run_end


def _fresh(run: SortedRun, postings: Sequence[int]) -> Iterator[int]:
    if not run.stale:
        return iter(postings)
    return (posting for posting in postings if (posting & ID_MASK) not in run.stale)


# The texts behind what was counted

_TOLD = 100
"""At most this many passages of each kind are kept."""
_SOME = 16
"""At most this many cables are read for a sentence which `OFTEN` cables or more have."""
_AT_ONCE = 300
"""About this many texts are in memory."""


class EchoCheck:
    """The check of the counts against the texts."""

    def __init__(
        self,
        root: Path,
        db: sqlite3.Connection,
        postings: Sequence[int],
        filed: Mapping[int, Filing],
        pause: Callable[[], None],
    ) -> None:
        self.root = root
        """The folder of the archive, as in `texts.TextSource`."""
        self._db = db
        self._postings = postings
        self._filed = filed
        self._pause = pause
        self._cables: dict[int, int] = {}
        """The numbers of cables of the most frequent sentences, by their fingerprints."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Return a connection for short reading, as in `texts.TextSource`."""
        return nullcontext(self._db)

    def overview(self, counted: CountedSentences) -> Overview:
        """Return what the texts confirm. An exception of `pause` ends it."""
        kinds = counted.frequent, counted.recycled
        self._cables = {sentence.number: sentence.cables for kind in kinds for sentence in kind}
        repeats = [passage for kind in kinds for passage in self._passages(kind)]
        repeats.sort(key=lambda repeat: (-repeat.cables, repeat.first, repeat.start))
        copies = sorted(
            self._copies(counted.copies),
            key=lambda group: (not group.carried, -len(group.ids), group.ids),
        )
        counts = counted.sentences, counted.recurring, counted.boilerplate
        return Overview(*counts, tuple(repeats), tuple(copies))

    def _read(
        self, cables: Iterable[int], *, further: bool = True
    ) -> dict[int, dict[int, ReadText]]:
        """Return the readable records of cables, by their numbers: the shown one, then others.

        With `further` these are the records that say more than the shown one.
        """
        self._pause()
        return {
            text.task.cable: {
                task.number: ReadText(raw.body, task.head_end) for task, raw in text.records
            }
            for text in texts.texts(self, list(dict.fromkeys(cables)), further=further)
        }

    def _having(self, number: int) -> Sequence[int]:
        """Return the cables of a fingerprint: all, or of very many the oldest and some others."""
        first_posting = bisect_left(self._postings, number << ID_BITS)
        end = bisect_left(self._postings, (number + 1) << ID_BITS, lo=first_posting)
        step = max(1, (end - first_posting) // _SOME) if end - first_posting >= OFTEN else 1
        return [posting & ID_MASK for posting in self._postings[first_posting:end:step]]

    def _age(self, id_: int) -> tuple[int, int]:
        return age(self._filed[id_].created, id_)

    def _passages(self, sentences: Iterable[CommonSentence]) -> Iterator[Repeated]:
        """Yield the repeated parts of the most frequent sentences, each run of words once."""
        order = sorted(
            sentences, key=lambda sentence: (-sentence.cables, sentence.first, sentence.number)
        )
        spans_told: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
        passages_told = told_of = 0
        while told_of < len(order) and passages_told < _TOLD:
            some_sentences: dict[CommonSentence, Sequence[int]] = {}
            while told_of < len(order) and sum(map(len, some_sentences.values())) < _AT_ONCE:
                some_sentences[order[told_of]] = self._having(order[told_of].number)
                told_of += 1
            texts_held = self._read(
                id_ for ids_having in some_sentences.values() for id_ in ids_having
            )
            for sentence, ids_having in some_sentences.items():
                passage = self._passage(sentence, ids_having, texts_held, spans_told)
                if passage and passages_told < _TOLD:
                    passages_told += 1
                    yield passage

    def _passage(
        self,
        of: CommonSentence,
        having: Sequence[int],
        held: Mapping[int, Mapping[int, ReadText]],
        told: Mapping[tuple[int, int], list[Span]],
    ) -> Repeated | None:
        """Return the part of a sentence that repeats; None if it is listed, or in no other text."""
        first_place = next(
            (
                (record, text, fingerprint)
                for record, text in held.get(of.first, {}).items()
                for fingerprint in text.fingerprints
                if fingerprint.number == of.number
            ),
            None,
        )
        if first_place is None:
            return None
        record, text, fingerprint = first_place
        pieces: dict[int, Common] = {}
        for id_ in having:
            for their_text in held.get(id_, {}).values() if id_ != of.first else ():
                piece = piece_around(text, their_text, fingerprint)
                if piece and (id_ not in pieces or covered([piece]) > covered([pieces[id_]])):
                    pieces[id_] = piece
        is_counted = of.cables >= OFTEN
        part = repeated_part(text, fingerprint, pieces, all_have=is_counted) if pieces else None
        # What more cables have is another passage.
        fingerprints = text.fingerprints
        further_spans = [
            (other_fingerprint.start, other_fingerprint.end)
            for other_fingerprint in fingerprints
            if self._cables.get(other_fingerprint.number, 0) > of.cables
        ]
        spans_before = told[of.first, record]
        part = part and _beside(part, fingerprint, [*spans_before, *further_spans])
        if part is None:
            return None
        spans_before.append((part.start, part.end))
        ids_read = of.first, *sorted(part.having, key=self._age)
        return Repeated(
            of.first,
            record,
            *text.span(part.start, part.end),
            of.cables if is_counted else len(ids_read),
            of.posts if is_counted else len({self._filed[id_].origin for id_ in ids_read}),
            ids_read,
            is_counted,
            is_cut(text, part.start, part.end),
        )

    def _copies(self, groups: Sequence[Sequence[int]]) -> Iterator[CopyGroup]:
        """Yield the groups that the texts confirm.

        Any two cables have half of their words in common.
        """
        offset_in_run = 0
        while offset_in_run < len(groups):
            some_groups: list[Sequence[int]] = []
            while offset_in_run < len(groups) and sum(map(len, some_groups)) < _AT_ONCE:
                some_groups.append(groups[offset_in_run])
                offset_in_run += 1
            texts_read = self._read(
                (id_ for copy_group in some_groups for id_ in copy_group), further=False
            )
            text_by_id = {id_: records[1] for id_, records in texts_read.items() if records}
            for copy_group in some_groups:
                yield from self._split(
                    sorted(text_by_id.keys() & set(copy_group), key=self._age), text_by_id
                )

    def _split(self, left: list[int], held: Mapping[int, ReadText]) -> Iterator[CopyGroup]:
        while len(left) > 1:
            members, likenesses = left[:1], []
            for cable_id in left[1:]:
                least_likeness = 1.0
                for member in members:
                    least_likeness = min(least_likeness, likeness(held[member], held[cable_id]))
                    if not least_likeness:
                        break
                else:
                    members.append(cable_id)
                    likenesses.append(round(least_likeness, 3))
            if likenesses:
                yield CopyGroup(tuple(members), tuple(likenesses), self._carried(members, held))
            left = [cable_id for cable_id in left if cable_id not in members]

    def _carried(
        self, members: Sequence[int], held: Mapping[int, ReadText]
    ) -> tuple[tuple[int, int], ...]:
        """Return the pages of a group that have another cable's text, by the numbers in it."""
        holes = ",".join(map(str, members))
        sql = f"SELECT id, canonical FROM cable WHERE id IN ({holes})"  # noqa: S608 - ids
        parts = {id_: ids.split(name) for id_, name in self._db.execute(sql)}
        serials = {id_: id_parts.serial for id_, id_parts in parts.items() if id_parts}
        carried_texts = []
        for cable_id in members:
            own_numbers = held[cable_id].own_numbers
            if cable_id in serials and own_numbers and serials[cable_id] not in own_numbers:
                carried_texts.append(
                    (
                        cable_id,
                        next(
                            (id_other for id_other in serials if serials[id_other] in own_numbers),
                            0,
                        ),
                    )
                )
        return tuple(carried_texts)


def _beside(
    part: RepeatedPart, fingerprint: Fingerprint, told: Iterable[Span]
) -> RepeatedPart | None:
    """Return the rest of a part that is not listed yet; None if its fingerprint is."""
    start, end, ids_having = part
    for told_start, told_end in told:
        if told_end <= fingerprint.at:
            start = max(start, told_end)
        elif told_start >= fingerprint.at + SHINGLE:
            end = min(end, told_start)
        else:
            return None
    return RepeatedPart(start, end, ids_having)
