"""Echoes: where the sentences of one cable are in others, and what recurs in a whole archive.

The echo file says which cables may have a sentence; their texts are read, and each listed passage
is in them word for word. Only for a very frequent sentence the number of cables comes from the file
alone (`RepeatedPassage.is_counted`).

What recurs in the archive (`overview`) was counted and compared when the echo file was made. Cables
that are like one without repeating it have its rarest words (`sharing`).
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
"""The most cables that are read for one cable: those that share most with it."""
_OLDEST = 2
"""Number of the oldest cables that are read for each very frequent sentence."""
_LOOKED_AT = 256
"""The most cables of such a sentence whose posts are counted."""

State = Literal["complete", "behind", "none"]
Kind = Literal["boilerplate", "recycled"]


class PassageCopy(Value):
    """The same passage in another cable, with how much of it that has."""

    id: int
    offset: int
    """Position in `Body.text`."""
    words: int
    """Words of the passage that it has in the same order."""
    created: int
    """The time of creation, packed as in `records.times`."""
    record: int = 1
    """The number of the record that has it."""


class RepeatedPassage(Value):
    """Neighbouring sentences that the same other cables have."""

    span: Span
    """Position in `Body.text`."""
    cut: tuple[bool, bool]
    """Whether words are left out of its first and of its last sentence."""
    words: int
    kind: Kind
    cables: int
    """Other cables that have it, or a part of it."""
    whole: int
    """The number of those read that have all of it."""
    posts: int
    """The number of posts of these cables and this one together."""
    is_counted: bool
    """Whether very many cables have it: their number is from the index, `posts` the least possible
    number, and only some were read."""
    places: tuple[PassageCopy, ...]
    """The cables that were read, the oldest first."""
    is_first: bool
    """Whether no older cable that was read has it."""


class Alike(Value):
    """Another cable that shares passages with this one."""

    id: int
    words: int
    """Words that are in both, without boilerplate."""
    passages: int
    of_ours: float
    """The share of this cable's words that it has, including boilerplate."""
    of_theirs: float
    likeness: float
    """The share of the words of both together that both have, for near-copies; else 0."""
    text_of: int
    """The cable whose text the page of the other one carries, with that cable's number and not its
    own. Else 0."""

    @property
    def is_copy(self) -> bool:
        """Whether the text is nearly the same: a repeat, a correction, or another cable's text."""
        return self.likeness > 0


class Echoes(Value):
    """The parts of one cable that other cables have."""

    id: int
    words: int
    passages: tuple[RepeatedPassage, ...]
    alike: tuple[Alike, ...]
    """The cables that share most words that are not boilerplate, the most first."""


def state(archive: Archive) -> State:
    """Return whether sentences were compared: those of present cables, of earlier ones, or none."""
    files = echo_file.load(archive.folder)
    if files is None:
        return "none"
    with archive.reading() as db:
        return "complete" if files.is_current(db) else "behind"


def echoes(
    archive: Archive, id_: int, several: int = SEVERAL, cancelled: Callable[[], bool] = never
) -> Echoes | None:
    """Return the passages of a cable that others have; None if sentences were not compared yet.

    A passage in cables of more than `several` posts is boilerplate. A cancelled reading returns
    what it has. Raises `SourceGone`, `NotFoundError`, `CacheError`.
    """
    files = echo_file.load(archive.folder)
    if files is None:
        return None
    return _Comparison(archive, files, id_, several).answer(cancelled)


class _Filed(NamedTuple):
    origin: int
    created: int


class _Sentence(NamedTuple):
    """A sentence of this cable, and the cables that have it."""

    start: int
    """The start of the longest part of it that one of them has."""
    end: int
    often: int
    """The number of other cables of a very frequent sentence; else 0."""
    posts: int
    having: Mapping[int, Common]


class _Comparison:
    """One cable compared with the others."""

    def __init__(self, archive: Archive, files: EchoFiles, id_: int, several: int) -> None:
        self._archive = archive
        self._id = id_
        self._several = several
        self._text = next(read_records(archive, [id_], never, strict=True)).text
        fingerprint_numbers = {fingerprint.number for fingerprint in self._text.fingerprints}
        cables_by_number = {
            number: files.having(number, _LOOKED_AT) for number in fingerprint_numbers
        }
        self._often = {
            number: count - 1 for number, (count, *_) in cables_by_number.items() if count >= OFTEN
        }
        all_ids = {
            id_,
            *(other for _, *some in cables_by_number.values() for ids in some for other in ids),
        }
        sql = "SELECT id, origin, created FROM cable WHERE id IN (SELECT value FROM json_each(?))"
        with archive.reading() as db:
            rows = db.execute(sql, (json.dumps(sorted(all_ids)),)).fetchall()
        self._filed = {id_: _Filed(*filed) for id_, *filed in rows}
        self._others: dict[int, list[int]] = {}
        """Cables that may have each fingerprint: all, or the oldest."""
        for number, (_, ids, newer_ids) in cables_by_number.items():
            other_ids = [other for other in (*ids, *newer_ids) if other in self._filed]
            if newer_ids:
                other_ids = sorted(other_ids, key=self._age)[:_LOOKED_AT]
            self._others[number] = [other_id for other_id in other_ids if other_id != id_]
        self._read: dict[int, ReadText] = {}
        self._record: dict[int, int] = {}
        """The number of the record that was read, by cable."""

    def answer(self, cancelled: Callable[[], bool]) -> Echoes:
        """Return the echoes of the cable, as far as they were read before `cancelled`."""
        common_by_cable: dict[int, list[Common]] = {}
        for id_, record, _, text in read_records(self._archive, self._worth_reading(), cancelled):
            pieces = common(self._text, text)
            # Of several records the one that has most of it: a cable is one echo.
            if pieces and covered(pieces) > covered(common_by_cable.get(id_, ())):
                self._read[id_] = text
                self._record[id_] = record
                common_by_cable[id_] = pieces
        passages = tuple(self._passages(list(self._sentences(common_by_cable))))
        return Echoes(self._id, self._text.count, passages, self._alike(common_by_cable, passages))

    def _worth_reading(self) -> list[int]:
        score_by_id: Counter[int] = Counter()
        chosen_ids: set[int] = set()
        for sentence_number, ids in self._others.items():
            if sentence_number in self._often:
                chosen_ids.update(ids[:_OLDEST])
            elif ids:
                score_by_id.update(ids)
                chosen_ids.add(min(ids, key=self._age))
        chosen_ids.update(id_ for id_, _ in score_by_id.most_common(_MOST_READ))
        return sorted(chosen_ids)

    def _age(self, id_: int) -> tuple[int, int]:
        return age(self._filed[id_].created, id_)

    def _sentences(self, shared: Mapping[int, Sequence[Common]]) -> Iterator[_Sentence]:
        """Yield the sentences of this cable that others have."""
        by_sentence: dict[int, dict[int, Common]] = defaultdict(dict)
        marks = self._text.fingerprints
        for id_, pieces in shared.items():
            for index, piece in _meeting([(mark.start, mark.end) for mark in marks], pieces):
                by_sentence[index][id_] = piece
        for index, fingerprint in enumerate(marks):
            pieces_by_cable = by_sentence.get(index, {})
            cables_elsewhere = self._often.get(fingerprint.number, 0) if pieces_by_cable else 0
            if pieces_by_cable:
                looked_at = (
                    self._others[fingerprint.number] if cables_elsewhere else pieces_by_cable
                )
                posts = {self._filed[id_].origin for id_ in (*looked_at, self._id)}
                start, end = max(
                    (
                        _within(piece, fingerprint.start, fingerprint.end)[:2]
                        for piece in pieces_by_cable.values()
                    ),
                    key=lambda part: part[1] - part[0],
                )
                yield _Sentence(start, end, cables_elsewhere, len(posts), pieces_by_cable)

    def _passages(self, sentences: list[_Sentence]) -> Iterator[RepeatedPassage]:
        """Join neighbouring sentences of the same cables, and short ones between, to passages."""
        run: list[_Sentence] = []
        for sentence in sentences:
            if run and not (_same(run[-1], sentence) and sentence.start - run[-1].end < SHINGLE):
                yield self._passage(run)
                run = []
            run.append(sentence)
        if run:
            yield self._passage(run)

    def _passage(self, run: list[_Sentence]) -> RepeatedPassage:
        run_start, run_end = run[0].start, run[-1].end
        posts = max(sentence.posts for sentence in run)
        most_cables = max(sentence.often for sentence in run)
        places = []
        for id_, piece in run[0].having.items():
            pieces = {sentence.having[id_] for sentence in run if id_ in sentence.having}
            words = covered([_within(piece, run_start, run_end) for piece in pieces])
            their_offset = self._read[id_].offset(piece.other + max(run_start - piece.start, 0))
            record = self._record[id_]
            places.append(PassageCopy(id_, their_offset, words, self._filed[id_].created, record))
        places.sort(key=lambda place: self._age(place.id))
        return RepeatedPassage(
            self._text.span(run_start, run_end),
            is_cut(self._text, run_start, run_end),
            run_end - run_start,
            "boilerplate" if posts > self._several else "recycled",
            max(most_cables, len(places)),
            sum(place.words == run_end - run_start for place in places),
            posts,
            most_cables > len(places),
            tuple(places),
            not places or self._age(places[0].id) > self._age(self._id),
        )

    def _alike(
        self, shared: Mapping[int, Sequence[Common]], passages: Sequence[RepeatedPassage]
    ) -> tuple[Alike, ...]:
        counts_by_cable: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for passage in passages:
            if passage.kind == "recycled":
                for place in passage.places:
                    counts_by_cable[place.id][0] += place.words
                    counts_by_cable[place.id][1] += 1
        compared_cables = []
        for id_, (passages_shared, number) in counts_by_cable.items():
            text, pieces = self._read[id_], shared[id_]
            words_of_both = covered(pieces)
            parts = words_of_both / self._text.count, words_of_both / text.count
            likeness_of_texts = likeness(self._text, text, pieces)
            text_of = self._text_of(id_, text) if likeness_of_texts else 0
            compared_cables.append(
                Alike(id_, passages_shared, number, *parts, likeness_of_texts, text_of)
            )
        return tuple(sorted(compared_cables, key=lambda other: (-other.words, self._age(other.id))))

    def _text_of(self, id_: int, text: ReadText) -> int:
        """Return whose text it is, as `Alike.text_of` of this cable and another one."""
        names = {row.id: row.canonical_id for row in self._archive.rows([self._id, id_])}
        parts = (telegram_ids.split(names.get(cable, "")) for cable in (self._id, id_))
        our_serial, their_serial = (part.serial if part else None for part in parts)
        if our_serial in text.own_numbers and their_serial not in text.own_numbers:
            return self._id
        if their_serial in self._text.own_numbers and our_serial not in self._text.own_numbers:
            return id_
        return 0


def _same(one: _Sentence, other: _Sentence) -> bool:
    if one.often or other.often:
        return bool(one.often) == bool(other.often)
    return one.having.keys() == other.having.keys()


def _within(piece: Common, start: int, end: int) -> Common:
    return Common(max(piece.start, start), min(piece.end, end), piece.other)


def _meeting(sentences: Sequence[Span], pieces: Iterable[Common]) -> Iterator[tuple[int, Common]]:
    """Yield the sentences that have at least a fingerprint's words in a piece; both in order."""
    first_sentence = 0
    for piece in pieces:
        while (
            first_sentence < len(sentences) and sentences[first_sentence][1] - SHINGLE < piece.start
        ):
            first_sentence += 1
        index = first_sentence
        while index < len(sentences) and sentences[index][0] <= piece.end - SHINGLE:
            yield index, piece
            index += 1


class RecordText(NamedTuple):
    """A record of a cable that was read."""

    cable: int
    record: int
    """Its number among those of the cable."""
    body: str
    text: ReadText


def read_records(
    archive: Archive, ids: Sequence[int], cancelled: Callable[[], bool], *, strict: bool = False
) -> Iterator[RecordText]:
    """Yield the bodies of cables and their words, in the order of their files.

    A cable comes once for each record that says more than the one that is shown. A text that cannot
    be read is left out. With `strict` that raises, and only the record shown to the reader is read.
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
"""Number of passages and groups of each kind that are listed by default."""


class Recurring(Value):
    """A passage that several cables have."""

    text: str
    """Text of the passage on one line, from the cable that had it first."""
    found: Repeated


class ArchiveEchoes(Value):
    """The passages that recur in an archive."""

    since: int
    """The number of cables that came, changed or went after all was counted."""
    sentences: int
    """The number of different sentences of eight words or more; these three are from the index."""
    recurring: int
    boilerplate: int
    """The number of these in cables of more than five posts."""
    copies_groups: int
    """Groups of cables with nearly the same text."""
    frequent: tuple[Recurring, ...]
    """Boilerplate: passages in cables of more than `several` posts, the most frequent first."""
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
    """Return the recurring passages, at most `limit` of each kind; None without compared sentences.

    A cancelled reading returns what it has. Raises `CacheError`.
    """
    files = echo_file.load(archive.folder)
    if files is None:
        return None
    counts = files.overview
    with archive.reading() as db:
        present_ids = frozenset(files.fresh(db, counted=True))
    passages = [passage for passage in counts.passages if passage.first in present_ids]
    copies = [copy_group for copy_group in counts.copies if present_ids.issuperset(copy_group.ids)]
    passages_of_many = [passage for passage in passages if passage.posts > several][:limit]
    passages_of_few = [passage for passage in passages if passage.posts <= several][:limit]
    return ArchiveEchoes(
        files.since,
        counts.sentences,
        counts.recurring,
        counts.boilerplate,
        len(copies),
        _read(archive, passages_of_many, cancelled),
        _read(archive, passages_of_few, cancelled),
        tuple(copies[:limit]),
    )


def _read(
    archive: Archive, passages: Sequence[Repeated], cancelled: Callable[[], bool]
) -> tuple[Recurring, ...]:
    """Return the passages in the words of the first cable, without unreadable ones."""
    firsts = list(dict.fromkeys(passage.first for passage in passages))
    bodies = {
        (task.cable, task.number): prose(Reading(raw.body), task.head_end)
        for text in texts(archive, firsts, cancelled, further=True)
        for task, raw in text.records
    }
    return tuple(
        Recurring(
            " ".join(bodies[passage.first, passage.record][passage.start : passage.end].split()),
            passage,
        )
        for passage in passages
        if (passage.first, passage.record) in bodies
    )


# Cables with the rarest words of one

_RAREST = 16
"""The number of rare words that are looked for."""
_MOST_CABLES = 100
"""An informative word, such as a name, is in at most this many cables."""
_LETTERS = 4
"""A rare word has at least this many letters."""
_LEAST = 2
"""Two cables are related if they share at least this many rare words."""


class SharesWords(Value):
    """A cable that has rare words of another one."""

    id: int
    words: tuple[str, ...]
    """The rarest first, in the form of the index."""


def sharing(archive: Archive, id_: int, text: str, limit: int) -> tuple[SharesWords, ...]:
    """Return the cables that share most of the rarest words of a text; none without a text index.

    Raises `TextIndexError`.
    """
    from cable_tui.archive.search.snapshot import Snapshot  # it loads the engine

    index = Snapshot(archive).text
    if index is None:
        return ()
    different_words = {
        word for _, _, word in words(text) if len(word) >= _LETTERS and word.isalpha()
    }
    counted_words = sorted((index.about(word), word) for word in different_words)
    # What has this cable alone says nothing of another one.
    rare_words = [(count, word) for count, word in counted_words if 1 < count <= _MOST_CABLES][
        :_RAREST
    ]
    by_cable: defaultdict[int, list[str]] = defaultdict(list)
    for _, word in rare_words:
        for other_id in index.ids(AnyWord((word,))):
            by_cable[other_id].append(word)
    by_cable.pop(id_, None)
    shared_words = [
        SharesWords(other_id, tuple(words_of_cable))
        for other_id, words_of_cable in by_cable.items()
        if len(words_of_cable) >= _LEAST
    ]
    return tuple(sorted(shared_words, key=lambda entry: (-len(entry.words), entry.id))[:limit])
