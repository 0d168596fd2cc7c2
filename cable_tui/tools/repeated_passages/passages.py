"""Echoes: the sentences of a cable that occur in others, and the passages that an archive repeats.

The echo file lists the cables that may contain a sentence. Their texts are read, and each listed
passage occurs in them word for word. Only for a very frequent sentence is the number of cables
taken from the file alone (`RepeatedPassage.is_counted`).

The recurring passages in an archive (`overview`) were counted and compared when the echo file was
made. Cables that resemble a cable without repeating it share its rarest words (`sharing`).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from cable_tui.archive.catalogue import rows as catalogue_rows
from cable_tui.archive.records.walk import never
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.common_passages import (
    Common,
    ReadText,
    common,
    covered,
    is_cut,
    likeness,
)
from cable_tui.archive.sentences.echo_file import (
    OFTEN,
    SEVERAL,
    CopyGroup,
    EchoFiles,
    Repeated,
    age,
)
from cable_tui.archive.texts import texts
from cable_tui.base.cable import Span
from cable_tui.base.value import Value
from cable_tui.query.plan import AnyWord
from cable_tui.telegram import ids as telegram_ids
from cable_tui.telegram.prose import prose
from cable_tui.telegram.reading import Reading
from cable_tui.telegram.sentence_fingerprints import SHINGLE
from cable_tui.text import words

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive

_MOST_READ = 60
"""The maximum number of cables to read for one cable: those that share the most with it."""
_OLDEST = 2
"""How many of the oldest cables are read for each very frequent sentence."""
_LOOKED_AT = 256
"""The maximum number of cables with such a sentence whose posts are counted."""

State = Literal["complete", "behind", "none"]
Kind = Literal["boilerplate", "recycled"]


class PassageCopy(Value):
    """A passage in another cable, with the number of its words there."""

    id: int
    offset: int
    """The offset in `Body.text`."""
    words: int
    """The number of the passage's words that occur in the cable in the same order."""
    created: int
    """The time of creation, as an integer in the form of `records.times`."""
    record: int = 1
    """The number of the record that contains the passage."""


class RepeatedPassage(Value):
    """Neighboring sentences that occur in the same other cables."""

    span: Span
    """The start and end offset of the passage in `Body.text`."""
    cut: tuple[bool, bool]
    """Whether words are left out of the first and of the last sentence."""
    words: int
    kind: Kind
    cables: int
    """The number of other cables that contain the passage, or a part of it."""
    whole: int
    """The number of cables, among those that were read, that contain the whole passage."""
    posts: int
    """The number of posts of these cables and this cable together."""
    is_counted: bool
    """Whether the passage is so frequent that only some of its cables were read. If so, `cables` is
    the number from the index, and `posts` is a minimum.
    """
    places: tuple[PassageCopy, ...]
    """The cables that were read, oldest first."""
    is_first: bool
    """Whether no older cable that was read contains the passage."""


class Alike(Value):
    """Another cable that shares passages with this one."""

    id: int
    words: int
    """The number of words in both cables, excluding boilerplate."""
    passages: int
    of_ours: float
    """The share of this cable's words that occur in the other cable, including boilerplate."""
    of_theirs: float
    likeness: float
    """For near-duplicates, the share of the combined words that both have, or else 0."""
    text_of: int
    """The cable whose text is on the other's page, with that cable's number and not its own, or
    else 0.
    """

    @property
    def is_copy(self) -> bool:
        """Whether the text is nearly the same: a repeat, a correction, or another cable's text."""
        return self.likeness > 0


class Echoes(Value):
    """The passages of one cable that occur in other cables."""

    id: int
    words: int
    passages: tuple[RepeatedPassage, ...]
    alike: tuple[Alike, ...]
    """The similar cables; those that share the most words, excluding boilerplate, are first."""


def state(archive: Archive) -> State:
    """Return whether sentences were compared: for the present cables, for earlier ones, or not."""
    files = echo_file.load(archive.folder)
    if files is None:
        return "none"
    with archive.reading() as db:
        return "complete" if files.is_current(db) else "behind"


def echoes(
    archive: Archive, id_: int, several: int = SEVERAL, cancelled: Callable[[], bool] = never
) -> Echoes | None:
    """Return a cable's passages that occur in others, or None if sentences were not compared yet.

    A passage in cables from more than `several` posts is boilerplate. A cancelled reading returns
    the results so far. Raises `SourceGone`, `NotFoundError` and `CacheError`.
    """
    files = echo_file.load(archive.folder)
    if files is None:
        return None
    return _Comparison(archive, files, id_, several).answer(cancelled)


class _Filed(NamedTuple):
    origin: int
    created: int


class _Sentence(NamedTuple):
    """A sentence of this cable, and the cables that contain it."""

    start: int
    """The start of the longest part of the sentence that one of these cables contains."""
    end: int
    often: int
    """For a very frequent sentence, the number of other cables, or else 0."""
    posts: int
    having: Mapping[int, Common]


class _Comparison:
    """A comparison of one cable with the others."""

    def __init__(self, archive: Archive, files: EchoFiles, id_: int, several: int) -> None:
        self._archive = archive
        self._id = id_
        self._several = several
        self._text = next(read_records(archive, [id_], never, strict=True)).text
        fingerprint_numbers = {fingerprint.number for fingerprint in self._text.fingerprints}
        cables_by_number = {
            fingerprint_number: files.having(fingerprint_number, _LOOKED_AT)
            for fingerprint_number in fingerprint_numbers
        }
        self._often = {
            fingerprint_number: count - 1
            for fingerprint_number, (count, *_) in cables_by_number.items()
            if count >= OFTEN
        }
        all_ids = {
            id_,
            *(
                other_id
                for _, *id_lists in cables_by_number.values()
                for id_list in id_lists
                for other_id in id_list
            ),
        }
        sql = "SELECT id, origin, created FROM cable WHERE id IN (SELECT value FROM json_each(?))"
        with archive.reading() as db:
            filed_rows = db.execute(sql, (json.dumps(sorted(all_ids)),)).fetchall()
        self._filed = {id_: _Filed(*filed_values) for id_, *filed_values in filed_rows}
        self._others: dict[int, list[int]] = {}
        """The cables that may contain each fingerprint: all of them, or the oldest."""
        for fingerprint_number, (_, older_ids, newer_ids) in cables_by_number.items():
            other_ids = [
                other_id for other_id in (*older_ids, *newer_ids) if other_id in self._filed
            ]
            if newer_ids:
                other_ids = sorted(other_ids, key=self._age)[:_LOOKED_AT]
            self._others[fingerprint_number] = [
                other_id for other_id in other_ids if other_id != id_
            ]
        self._read: dict[int, ReadText] = {}
        self._record: dict[int, int] = {}
        """The number of the record that was read, by cable."""

    def answer(self, cancelled: Callable[[], bool]) -> Echoes:
        """Return the echoes of the cable, as far as they were read before `cancelled`."""
        common_by_cable: dict[int, list[Common]] = {}
        for id_, record, _, other_text in read_records(
            self._archive, self._worth_reading(), cancelled
        ):
            common_pieces = common(self._text, other_text)
            # Of several records the one that has most of it: a cable is one echo.
            if common_pieces and covered(common_pieces) > covered(common_by_cable.get(id_, ())):
                self._read[id_] = other_text
                self._record[id_] = record
                common_by_cable[id_] = common_pieces
        passages = tuple(self._passages(list(self._sentences(common_by_cable))))
        return Echoes(self._id, self._text.count, passages, self._alike(common_by_cable, passages))

    def _worth_reading(self) -> list[int]:
        score_by_id: Counter[int] = Counter()
        chosen_ids: set[int] = set()
        for sentence_number, other_ids in self._others.items():
            if sentence_number in self._often:
                chosen_ids.update(other_ids[:_OLDEST])
            elif other_ids:
                score_by_id.update(other_ids)
                chosen_ids.add(min(other_ids, key=self._age))
        chosen_ids.update(id_ for id_, _ in score_by_id.most_common(_MOST_READ))
        return sorted(chosen_ids)

    def _age(self, id_: int) -> tuple[int, int]:
        return age(self._filed[id_].created, id_)

    def _sentences(self, pieces_by_cable_id: Mapping[int, Sequence[Common]]) -> Iterator[_Sentence]:
        """Yield the sentences of this cable that occur in others."""
        pieces_by_sentence: dict[int, dict[int, Common]] = defaultdict(dict)
        fingerprints = self._text.fingerprints
        for id_, common_pieces in pieces_by_cable_id.items():
            for index, common_piece in _meeting(
                [(fingerprint.start, fingerprint.end) for fingerprint in fingerprints],
                common_pieces,
            ):
                pieces_by_sentence[index][id_] = common_piece
        for index, fingerprint in enumerate(fingerprints):
            pieces_by_cable = pieces_by_sentence.get(index, {})
            cables_elsewhere = self._often.get(fingerprint.number, 0) if pieces_by_cable else 0
            if pieces_by_cable:
                counted_cables = (
                    self._others[fingerprint.number] if cables_elsewhere else pieces_by_cable
                )
                posts = {self._filed[id_].origin for id_ in (*counted_cables, self._id)}
                part_start, part_end = max(
                    (
                        _within(common_piece, fingerprint.start, fingerprint.end)[:2]
                        for common_piece in pieces_by_cable.values()
                    ),
                    key=lambda part: part[1] - part[0],
                )
                yield _Sentence(part_start, part_end, cables_elsewhere, len(posts), pieces_by_cable)

    def _passages(self, sentences: list[_Sentence]) -> Iterator[RepeatedPassage]:
        """Yield passages: adjoining sentences in the same cables, and short ones in between."""
        sentence_run: list[_Sentence] = []
        for sentence in sentences:
            if sentence_run and not (
                _same(sentence_run[-1], sentence)
                and sentence.start - sentence_run[-1].end < SHINGLE
            ):
                yield self._passage(sentence_run)
                sentence_run = []
            sentence_run.append(sentence)
        if sentence_run:
            yield self._passage(sentence_run)

    def _passage(self, sentence_run: list[_Sentence]) -> RepeatedPassage:
        run_start, run_end = sentence_run[0].start, sentence_run[-1].end
        most_posts = max(sentence.posts for sentence in sentence_run)
        most_cables = max(sentence.often for sentence in sentence_run)
        copies = []
        for id_, common_piece in sentence_run[0].having.items():
            common_pieces = {
                sentence.having[id_] for sentence in sentence_run if id_ in sentence.having
            }
            covered_words = covered(
                [_within(common_piece, run_start, run_end) for common_piece in common_pieces]
            )
            their_offset = self._read[id_].offset(
                common_piece.other + max(run_start - common_piece.start, 0)
            )
            record_number = self._record[id_]
            copies.append(
                PassageCopy(
                    id_, their_offset, covered_words, self._filed[id_].created, record_number
                )
            )
        copies.sort(key=lambda place: self._age(place.id))
        return RepeatedPassage(
            self._text.span(run_start, run_end),
            is_cut(self._text, run_start, run_end),
            run_end - run_start,
            "boilerplate" if most_posts > self._several else "recycled",
            max(most_cables, len(copies)),
            sum(passage_copy.words == run_end - run_start for passage_copy in copies),
            most_posts,
            most_cables > len(copies),
            tuple(copies),
            not copies or self._age(copies[0].id) > self._age(self._id),
        )

    def _alike(
        self,
        pieces_by_cable_id: Mapping[int, Sequence[Common]],
        passages: Sequence[RepeatedPassage],
    ) -> tuple[Alike, ...]:
        counts_by_cable: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for passage in passages:
            if passage.kind == "recycled":
                for passage_copy in passage.places:
                    counts_by_cable[passage_copy.id][0] += passage_copy.words
                    counts_by_cable[passage_copy.id][1] += 1
        compared_cables = []
        for id_, (shared_words, passage_count) in counts_by_cable.items():
            other_text, common_pieces = self._read[id_], pieces_by_cable_id[id_]
            common_words = covered(common_pieces)
            word_shares = common_words / self._text.count, common_words / other_text.count
            likeness_of_texts = likeness(self._text, other_text, common_pieces)
            text_of = self._text_of(id_, other_text) if likeness_of_texts else 0
            compared_cables.append(
                Alike(id_, shared_words, passage_count, *word_shares, likeness_of_texts, text_of)
            )
        return tuple(sorted(compared_cables, key=lambda other: (-other.words, self._age(other.id))))

    def _text_of(self, id_: int, other_text: ReadText) -> int:
        """Return the cable whose text the other page contains, as in `Alike.text_of`."""
        canonical_ids = {row.id: row.canonical_id for row in self._archive.rows([self._id, id_])}
        id_parts = (
            telegram_ids.split(canonical_ids.get(cable_id, "")) for cable_id in (self._id, id_)
        )
        our_serial, their_serial = (id_part.serial if id_part else None for id_part in id_parts)
        if our_serial in other_text.own_numbers and their_serial not in other_text.own_numbers:
            return self._id
        if their_serial in self._text.own_numbers and our_serial not in self._text.own_numbers:
            return id_
        return 0


def _same(first_sentence: _Sentence, second_sentence: _Sentence) -> bool:
    if first_sentence.often or second_sentence.often:
        return bool(first_sentence.often) == bool(second_sentence.often)
    return first_sentence.having.keys() == second_sentence.having.keys()


def _within(common_piece: Common, start: int, end: int) -> Common:
    return Common(max(common_piece.start, start), min(common_piece.end, end), common_piece.other)


def _meeting(sentences: Sequence[Span], pieces: Iterable[Common]) -> Iterator[tuple[int, Common]]:
    """Yield the sentences that have at least a fingerprint's number of words in a piece.

    Both are in order.
    """
    first_sentence = 0
    for common_piece in pieces:
        while (
            first_sentence < len(sentences)
            and sentences[first_sentence][1] - SHINGLE < common_piece.start
        ):
            first_sentence += 1
        sentence_index = first_sentence
        while (
            sentence_index < len(sentences)
            and sentences[sentence_index][0] <= common_piece.end - SHINGLE
        ):
            yield sentence_index, common_piece
            sentence_index += 1


class RecordText(NamedTuple):
    """A record of a cable that was read."""

    cable: int
    record: int
    """The number of the record among the records of its cable."""
    body: str
    text: ReadText


def read_records(
    archive: Archive, ids: Sequence[int], cancelled: Callable[[], bool], *, strict: bool = False
) -> Iterator[RecordText]:
    """Yield the bodies of cables and their words, in the order of their files.

    A cable is yielded once for each record with more content than the displayed one. An unreadable
    text is skipped. With `strict`, it raises an error, and only the displayed record is read.
    """
    chosen_records: Mapping[int, int] = {}
    if strict:
        with archive.reading() as db:
            catalogue_rows.record(db, ids[0])  # raises if the cable is gone
        chosen_records = archive.chosen(ids)
    for text in texts(archive, ids, cancelled, further=not strict, instead=chosen_records):
        for task, raw in text.records:
            yield RecordText(task.cable, task.number, raw.body, ReadText(raw.body, task.head_end))
        if strict and text.error is not None:
            raise text.error


# What recurs in a whole archive

LISTED = 20
"""The default number of passages and groups of each kind to list."""


class Recurring(Value):
    """A passage that occurs in several cables."""

    text: str
    """The passage on one line, in the words of the first cable that contains it."""
    found: Repeated


class ArchiveEchoes(Value):
    """The passages that recur in an archive."""

    since: int
    """The number of cables added, changed or removed after the count."""
    sentences: int
    """The number of different sentences of at least eight words. This number and the next two are
    from the index.
    """
    recurring: int
    boilerplate: int
    """The number of these sentences in cables from more than five posts."""
    copies_groups: int
    """The number of groups of cables with nearly the same text."""
    frequent: tuple[Recurring, ...]
    """Boilerplate: passages in cables from more than `several` posts, most frequent first."""
    recycled: tuple[Recurring, ...]
    """Other passages in more than one cable, most frequent first."""
    copies: tuple[CopyGroup, ...]
    """The groups, beginning with those in which a page contains the text of another cable."""


def overview(
    archive: Archive,
    several: int = SEVERAL,
    limit: int = LISTED,
    cancelled: Callable[[], bool] = never,
) -> ArchiveEchoes | None:
    """Return the recurring passages, at most `limit` of each kind, or None.

    None means that sentences were not compared yet. A cancelled reading returns the results so far.
    Raises `CacheError`.
    """
    files = echo_file.load(archive.folder)
    if files is None:
        return None
    archive_counts = files.overview
    with archive.reading() as db:
        present_ids = frozenset(files.fresh(db, counted=True))
    passages = [passage for passage in archive_counts.passages if passage.first in present_ids]
    copies = [
        copy_group for copy_group in archive_counts.copies if present_ids.issuperset(copy_group.ids)
    ]
    passages_of_many = [passage for passage in passages if passage.posts > several][:limit]
    passages_of_few = [passage for passage in passages if passage.posts <= several][:limit]
    return ArchiveEchoes(
        files.since,
        archive_counts.sentences,
        archive_counts.recurring,
        archive_counts.boilerplate,
        len(copies),
        _read(archive, passages_of_many, cancelled),
        _read(archive, passages_of_few, cancelled),
        tuple(copies[:limit]),
    )


def _read(
    archive: Archive, passages: Sequence[Repeated], cancelled: Callable[[], bool]
) -> tuple[Recurring, ...]:
    """Return the passages in the words of the first cable, without unreadable ones."""
    first_ids = list(dict.fromkeys(passage.first for passage in passages))
    body_by_record = {
        (task.cable, task.number): prose(Reading(raw.body), task.head_end)
        for text in texts(archive, first_ids, cancelled, further=True)
        for task, raw in text.records
    }
    return tuple(
        Recurring(
            " ".join(
                body_by_record[passage.first, passage.record][passage.start : passage.end].split()
            ),
            passage,
        )
        for passage in passages
        if (passage.first, passage.record) in body_by_record
    )


# Cables with the rarest words of one

_RAREST = 16
"""The number of rare words to look up."""
_MOST_CABLES = 100
"""The maximum number of cables that contain an informative word, such as a name."""
_LETTERS = 4
"""The minimum number of letters of a rare word."""
_LEAST = 2
"""The minimum number of rare words that two related cables share."""


class SharesWords(Value):
    """A cable that contains rare words from another cable."""

    id: int
    words: tuple[str, ...]
    """The words, rarest first, in the form of the index."""


def sharing(archive: Archive, id_: int, text: str, limit: int) -> tuple[SharesWords, ...]:
    """Return the cables that share most of a text's rarest words, or none without a text index.

    Raises `TextIndexError`.
    """
    from cable_tui.archive.search.snapshot import Snapshot  # it loads the engine

    text_index = Snapshot(archive).text
    if text_index is None:
        return ()
    different_words = {
        word for _, _, word in words(text) if len(word) >= _LETTERS and word.isalpha()
    }
    counted_words = sorted((text_index.about(word), word) for word in different_words)
    # What has this cable alone says nothing of another one.
    rare_words = [(count, word) for count, word in counted_words if 1 < count <= _MOST_CABLES][
        :_RAREST
    ]
    words_by_cable: defaultdict[int, list[str]] = defaultdict(list)
    for _, word in rare_words:
        for other_id in text_index.ids(AnyWord((word,))):
            words_by_cable[other_id].append(word)
    words_by_cable.pop(id_, None)
    shared_words = [
        SharesWords(other_id, tuple(words_of_cable))
        for other_id, words_of_cable in words_by_cable.items()
        if len(words_of_cable) >= _LEAST
    ]
    return tuple(sorted(shared_words, key=lambda entry: (-len(entry.words), entry.id))[:limit])
