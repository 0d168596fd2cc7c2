"""Create the echo file from sorted runs of postings: merge, count and check them.

A fingerprint covers eight words of a sentence. Only the texts show which part is repeated, in which
cables, and which cables are near-duplicates. `EchoCheck` therefore reads the texts of the most
frequent sentences.
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
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.telegram import ids
from cable_tui.telegram.sentence_fingerprints import SHINGLE, Fingerprint

_PIECES = 64
"""The number of parts in which postings are merged; only one part is in memory as objects."""
_LISTED = 400
"""The number of sentences in each list of the overview."""
_FEW = 8
"""The maximum number of cables whose shared sentence counts for near-duplicates; a more frequent
sentence is boilerplate.
"""
_MOST_PAIRS = 1 << 20
_ALIKE = 0.6
"""The minimum share of the rarer sentences that two near-duplicates have in common."""
_LEAST_SHARED = 3
"""The minimum number of sentences that two near-duplicates share."""
_MOST_GROUPS = 20_000
_MOST_IN_GROUP = 50


class SortedRun(NamedTuple):
    """Sorted postings, and the cables whose postings in the run are outdated."""

    postings: Sequence[int]
    stale: frozenset[int]


class Filing(NamedTuple):
    """The catalogue's facts about a cable."""

    origin: int
    """The number of the cable's origin in the catalogue."""
    created: int
    """The time of creation, as one number in the format of `records.times`."""


class CommonSentence(NamedTuple):
    """A sentence in several cables."""

    number: int
    """The fingerprint of the sentence."""
    cables: int
    posts: int
    first: int
    """The id of the oldest cable that contains the sentence."""


class CountedSentences(NamedTuple):
    """Counts of sentences and cables, from the fingerprints of all cables."""

    sentences: int
    """The number of different sentences in all cables."""
    recurring: int
    """The number of sentences in more than one cable."""
    boilerplate: int
    """The number of sentences in cables of more than `SEVERAL` posts."""
    frequent: tuple[CommonSentence, ...]
    """The sentences in cables of more than `SEVERAL` posts that are in the most cables."""
    recycled: tuple[CommonSentence, ...]
    """The sentences in cables of at most `SEVERAL` posts that are in the most cables."""
    copies: tuple[tuple[int, ...], ...]
    """The ids of cables that share most of their rarer sentences, in groups."""


class _Counting:
    """Counts sentences and cables, sentence by sentence."""

    def __init__(self, filed: Mapping[int, Filing]) -> None:
        self._filed = filed
        self._sentences = self._recurring = self._boilerplate = 0
        self._lists: tuple[list[tuple[int, ...]], list[tuple[int, ...]]] = ([], [])
        self._rare: Counter[int] = Counter()
        """The number of rare sentences in each cable."""
        self._pairs: Counter[tuple[int, int]] = Counter()

    def see_all(self, postings: Sequence[int]) -> None:
        """Count postings as if each sentence were in only one cable, as most are."""
        self._sentences += len(postings)
        self._rare.update(map(ID_MASK.__and__, postings))

    def see(self, number: int, ids: list[int]) -> None:
        """Count a sentence with its cables, which `see_all` has already counted."""
        self._sentences -= len(ids) - 1
        if len(ids) > _FEW:
            self._rare.subtract(ids)
        self._recurring += 1
        post_count = len({self._filed[id_].origin for id_ in ids})
        self._boilerplate += post_count > SEVERAL
        oldest_id = min(ids, key=lambda id_: age(self._filed[id_].created, id_))
        # The negative number: of equals the list keeps the same ones at each run.
        listed_entries = self._lists[post_count <= SEVERAL]
        entry = (len(ids), -number, post_count, oldest_id)
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
                CommonSentence(-negative_number, cables, posts, oldest_id)
                for cables, negative_number, posts, oldest_id in sorted(
                    sentence_entries, reverse=True
                )
            )
            for sentence_entries in self._lists
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
        """Yield groups of cables linked by similarity, the largest groups first."""
        root_by_id: dict[int, int] = {}
        ids_by_root: defaultdict[int, list[int]] = defaultdict(list)
        for (first_id, second_id), shared_count in sorted(self._pairs.items()):
            most_of_either = max(self._rare[first_id], self._rare[second_id])
            if shared_count < _LEAST_SHARED or shared_count < _ALIKE * most_of_either:
                continue
            left_root, right_root = (
                root_by_id.setdefault(first_id, first_id),
                root_by_id.setdefault(second_id, second_id),
            )
            for moved_id, root in ((first_id, left_root), (second_id, right_root)):
                if not ids_by_root[root]:
                    ids_by_root[root].append(moved_id)
            if (
                left_root == right_root
                or len(ids_by_root[left_root]) + len(ids_by_root[right_root]) > _MOST_IN_GROUP
            ):
                continue
            for moved_id in ids_by_root.pop(right_root):
                root_by_id[moved_id] = left_root
                ids_by_root[left_root].append(moved_id)
        copy_groups = [tuple(sorted(ids)) for ids in ids_by_root.values() if len(ids) > 1]
        yield from sorted(copy_groups, key=lambda ids: (-len(ids), ids))[:_MOST_GROUPS]


def pieces(runs: Sequence[SortedRun], pause: Callable[[], None]) -> Iterator[list[int]]:
    """Yield all postings of the runs, sorted, in pieces.

    Outdated cables of a run are skipped. `pause` is called from time to time; an exception that it
    raises ends the merging.
    """
    end_offsets = [0] * len(runs)
    for piece_number in range(1, _PIECES + 1):
        pause()
        some_postings: list[int] = []
        for run_index, run in enumerate(runs):
            begin_offset = end_offsets[run_index]
            end_offsets[run_index] = end_offset = bisect_left(
                run.postings, piece_number * (1 << 64) // _PIECES, lo=begin_offset
            )
            some_postings += _fresh(run, run.postings[begin_offset:end_offset])
        yield list(dict.fromkeys(sorted(some_postings)))


def merged(
    runs: Sequence[SortedRun], filed: Mapping[int, Filing], pause: Callable[[], None]
) -> tuple[array[int], CountedSentences]:
    """Return all postings of the runs in order, and the counts; calls `pause` like `pieces`."""
    postings = array("Q")
    sentence_counter = _Counting(filed)
    for some_postings in pieces(runs, pause):
        sentence_counter.see_all(some_postings)
        for run_start, run_end in _repeated(some_postings):
            same_postings = some_postings[run_start:run_end]
            sentence_counter.see(
                same_postings[0] >> ID_BITS, [posting & ID_MASK for posting in same_postings]
            )
            if len(same_postings) >= OFTEN:
                same_postings.sort(
                    key=lambda posting: age(filed[posting & ID_MASK].created, posting)
                )
                some_postings[run_start:run_end] = same_postings
        postings.extend(some_postings)
    return postings, sentence_counter.counted()


def _repeated(postings: Sequence[int]) -> Iterator[Span]:
    """Yield the spans of a sorted sequence in which several postings have the same number."""
    number_pairs = pairwise(map(rshift, postings, repeat(ID_BITS)))
    run_start = run_end = 0
    for pair_index in [
        pair_index
        for pair_index, (sentence_number, next_number) in enumerate(number_pairs)
        if sentence_number == next_number
    ]:
        if pair_index >= run_end:
            if run_end:
                yield run_start, run_end
            run_start = pair_index
        run_end = pair_index + 2
    if run_end:
        yield run_start, run_end


def _fresh(run: SortedRun, postings: Sequence[int]) -> Iterator[int]:
    if not run.stale:
        return iter(postings)
    return (posting for posting in postings if (posting & ID_MASK) not in run.stale)


# The texts behind what was counted

_TOLD = 100
"""The maximum number of passages of each type to store."""
_SOME = 16
"""The maximum number of cables to read for a sentence in `OFTEN` or more cables."""
_AT_ONCE = 300
"""The approximate number of texts to keep in memory."""


class EchoCheck:
    """Checks the counts against the texts."""

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
        """The number of cables for each of the most frequent sentences, by fingerprint."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Return a connection for short reading, as in `texts.TextSource`."""
        return nullcontext(self._db)

    def overview(self, counted: CountedSentences) -> Overview:
        """Return the counts that the texts confirm. An exception of `pause` ends the check."""
        sentence_lists = counted.frequent, counted.recycled
        self._cables = {
            sentence.number: sentence.cables
            for sentences in sentence_lists
            for sentence in sentences
        }
        repeated_passages = [
            passage for sentences in sentence_lists for passage in self._passages(sentences)
        ]
        repeated_passages.sort(key=lambda repeat: (-repeat.cables, repeat.first, repeat.start))
        copy_groups = sorted(
            self._copies(counted.copies),
            key=lambda group: (not group.carried, -len(group.ids), group.ids),
        )
        sentence_counts = counted.sentences, counted.recurring, counted.boilerplate
        return Overview(*sentence_counts, tuple(repeated_passages), tuple(copy_groups))

    def _read(
        self, cables: Iterable[int], *, further: bool = True
    ) -> dict[int, dict[int, ReadText]]:
        """Return the readable records of cables, by record number, with the displayed one first.

        With `further`, this includes the records that contain more than the displayed record.
        """
        self._pause()
        return {
            read_text.task.cable: {
                task.number: ReadText(raw.body, task.head_end) for task, raw in read_text.records
            }
            for read_text in texts.texts(self, list(dict.fromkeys(cables)), further=further)
        }

    def _having(self, number: int) -> Sequence[int]:
        """Return the cables with a fingerprint; if there are many, the oldest and some others."""
        first_posting = bisect_left(self._postings, number << ID_BITS)
        end_posting = bisect_left(self._postings, (number + 1) << ID_BITS, lo=first_posting)
        posting_step = (
            max(1, (end_posting - first_posting) // _SOME)
            if end_posting - first_posting >= OFTEN
            else 1
        )
        return [
            posting & ID_MASK for posting in self._postings[first_posting:end_posting:posting_step]
        ]

    def _age(self, id_: int) -> tuple[int, int]:
        return age(self._filed[id_].created, id_)

    def _passages(self, sentences: Iterable[CommonSentence]) -> Iterator[Repeated]:
        """Yield the repeated parts of the most frequent sentences, without repeating words."""
        ordered_sentences = sorted(
            sentences, key=lambda sentence: (-sentence.cables, sentence.first, sentence.number)
        )
        listed_spans: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
        passage_count = sentence_index = 0
        while sentence_index < len(ordered_sentences) and passage_count < _TOLD:
            some_sentences: dict[CommonSentence, Sequence[int]] = {}
            while (
                sentence_index < len(ordered_sentences)
                and sum(map(len, some_sentences.values())) < _AT_ONCE
            ):
                some_sentences[ordered_sentences[sentence_index]] = self._having(
                    ordered_sentences[sentence_index].number
                )
                sentence_index += 1
            texts_held = self._read(
                id_ for ids_having in some_sentences.values() for id_ in ids_having
            )
            for sentence, ids_having in some_sentences.items():
                passage = self._passage(sentence, ids_having, texts_held, listed_spans)
                if passage and passage_count < _TOLD:
                    passage_count += 1
                    yield passage

    def _passage(
        self,
        sentence: CommonSentence,
        ids_having: Sequence[int],
        texts_by_cable: Mapping[int, Mapping[int, ReadText]],
        listed_spans: Mapping[tuple[int, int], list[Span]],
    ) -> Repeated | None:
        """Return the repeated part of a sentence, or None if it is unique or already listed."""
        first_occurrence = next(
            (
                (record, sentence_text, fingerprint)
                for record, sentence_text in texts_by_cable.get(sentence.first, {}).items()
                for fingerprint in sentence_text.fingerprints
                if fingerprint.number == sentence.number
            ),
            None,
        )
        if first_occurrence is None:
            return None
        record, sentence_text, fingerprint = first_occurrence
        piece_by_id: dict[int, Common] = {}
        for id_ in ids_having:
            for their_text in texts_by_cable.get(id_, {}).values() if id_ != sentence.first else ():
                common_piece = piece_around(sentence_text, their_text, fingerprint)
                if common_piece and (
                    id_ not in piece_by_id or covered([common_piece]) > covered([piece_by_id[id_]])
                ):
                    piece_by_id[id_] = common_piece
        is_counted = sentence.cables >= OFTEN
        repeated_part_found = (
            repeated_part(sentence_text, fingerprint, piece_by_id, all_have=is_counted)
            if piece_by_id
            else None
        )
        # What more cables have is another passage.
        fingerprints = sentence_text.fingerprints
        further_spans = [
            (other_fingerprint.start, other_fingerprint.end)
            for other_fingerprint in fingerprints
            if self._cables.get(other_fingerprint.number, 0) > sentence.cables
        ]
        earlier_spans = listed_spans[sentence.first, record]
        repeated_part_found = repeated_part_found and _beside(
            repeated_part_found, fingerprint, [*earlier_spans, *further_spans]
        )
        if repeated_part_found is None:
            return None
        earlier_spans.append((repeated_part_found.start, repeated_part_found.end))
        ids_read = sentence.first, *sorted(repeated_part_found.having, key=self._age)
        return Repeated(
            sentence.first,
            record,
            *sentence_text.span(repeated_part_found.start, repeated_part_found.end),
            sentence.cables if is_counted else len(ids_read),
            sentence.posts if is_counted else len({self._filed[id_].origin for id_ in ids_read}),
            ids_read,
            is_counted,
            is_cut(sentence_text, repeated_part_found.start, repeated_part_found.end),
        )

    def _copies(self, groups: Sequence[Sequence[int]]) -> Iterator[CopyGroup]:
        """Yield the groups that the texts confirm.

        Any two cables of a group share at least half of their words.
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

    def _split(
        self, remaining_ids: list[int], text_by_id: Mapping[int, ReadText]
    ) -> Iterator[CopyGroup]:
        while len(remaining_ids) > 1:
            member_ids, likenesses = remaining_ids[:1], []
            for cable_id in remaining_ids[1:]:
                least_likeness = 1.0
                for member_id in member_ids:
                    least_likeness = min(
                        least_likeness, likeness(text_by_id[member_id], text_by_id[cable_id])
                    )
                    if not least_likeness:
                        break
                else:
                    member_ids.append(cable_id)
                    likenesses.append(round(least_likeness, 3))
            if likenesses:
                yield CopyGroup(
                    tuple(member_ids), tuple(likenesses), self._carried(member_ids, text_by_id)
                )
            remaining_ids = [cable_id for cable_id in remaining_ids if cable_id not in member_ids]

    def _carried(
        self, members: Sequence[int], text_by_id: Mapping[int, ReadText]
    ) -> tuple[tuple[int, int], ...]:
        """Return the cables in a group that contain another cable's text, with that cable or 0.

        The other cable is identified by the serial numbers in the text.
        """
        id_list = ",".join(map(str, members))
        id_query = f"SELECT id, canonical FROM cable WHERE id IN ({id_list})"  # noqa: S608 - ids
        parts_by_id = {id_: ids.split(name) for id_, name in self._db.execute(id_query)}
        serial_by_id = {id_: id_parts.serial for id_, id_parts in parts_by_id.items() if id_parts}
        carried_texts = []
        for cable_id in members:
            own_numbers = text_by_id[cable_id].own_numbers
            if (
                cable_id in serial_by_id
                and own_numbers
                and serial_by_id[cable_id] not in own_numbers
            ):
                carried_texts.append(
                    (
                        cable_id,
                        next(
                            (
                                id_other
                                for id_other in serial_by_id
                                if serial_by_id[id_other] in own_numbers
                            ),
                            0,
                        ),
                    )
                )
        return tuple(carried_texts)


def _beside(
    part: RepeatedPart, fingerprint: Fingerprint, listed_spans: Iterable[Span]
) -> RepeatedPart | None:
    """Return the rest of a part that is not listed yet, or None if its fingerprint is listed."""
    part_start, part_end, ids_having = part
    for listed_start, listed_end in listed_spans:
        if listed_end <= fingerprint.at:
            part_start = max(part_start, listed_end)
        elif listed_start >= fingerprint.at + SHINGLE:
            part_end = min(part_end, listed_start)
        else:
            return None
    return RepeatedPart(part_start, part_end, ids_having)
