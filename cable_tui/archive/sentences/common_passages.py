"""The words that two texts share verbatim, found from fingerprints that both contain."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice

from cable_tui.base.cable import Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.telegram.classification_line import own_numbers
from cable_tui.telegram.prose import prose
from cable_tui.telegram.reading import Reading
from cable_tui.telegram.sentence_fingerprints import (
    SHINGLE,
    Fingerprint,
    SentenceWords,
    fingerprints,
    places_of,
    words_of,
)

_BEFORE = "([\"“‘'"
_BEHIND = ".,;:!?)]\"”’'"
_EXPRESSION = 12
"""The minimum number of words in a part of a sentence. A shorter part, such as a title with a name,
is not a passage: sentences with other fingerprints contain it as well, and their number is unknown.
"""
HALF = 0.5
"""The minimum share of common words among all words of two near-duplicates."""
_SAYS = 4
"""The minimum length, in letters, of an informative word. Paragraph numbers and portion markings
are shorter.
"""


class Common(NamedTuple):
    """A run of words that both texts contain, as word indexes counted from 0."""

    start: int
    end: int
    other: int
    """The index at which the words begin in the other text."""


class ReadText:
    """A text with its words and fingerprints."""

    def __init__(self, body: str, head_end: int) -> None:
        self._body = body
        self._head_end = head_end
        prose_text = prose(Reading(body), head_end)
        self.words: SentenceWords = words_of(prose_text)
        # Most texts are asked for one place: each costs more than its word.
        self._following = places_of(prose_text)
        self._places: list[Span] = []
        self.fingerprints: list[Fingerprint] = fingerprints(self.words)

    @cached_property
    def at(self) -> Mapping[int, int]:
        """The index of the word at which each fingerprint begins; the first if it is repeated."""
        return {fingerprint.number: fingerprint.at for fingerprint in reversed(self.fingerprints)}

    @cached_property
    def own_numbers(self) -> set[int]:
        """The cable's own serials, as printed in its text."""
        return own_numbers(self._body, self._head_end)

    @property
    def count(self) -> int:
        """The number of words."""
        return len(self.words.words)

    def offset(self, word: int) -> int:
        """Return the offset of a word in the body, in characters."""
        return self._place(word)[0]

    def _place(self, word: int) -> Span:
        missing_words = word + 1 - len(self._places)
        if missing_words > 0:
            self._places += islice(self._following, missing_words)
        return self._places[word]

    def span(self, start: int, end: int) -> Span:
        """Return the span of words in the body, with the brackets, quotes and stops around them."""
        first_offset, last_offset = self._place(start)[0], self._place(end - 1)[1]
        while first_offset and self._body[first_offset - 1] in _BEFORE:
            first_offset -= 1
        while last_offset < len(self._body) and self._body[last_offset] in _BEHIND:
            last_offset += 1
        return first_offset, last_offset


def common(ours: ReadText, theirs: ReadText) -> list[Common]:
    """Return all pieces of our text that the other text contains, in order, without nested pieces.

    Each piece has at least the words of one fingerprint, and extends in both directions as far as
    the words are the same.
    """
    common_pieces: list[Common] = []
    for fingerprint in ours.fingerprints:
        last_piece = common_pieces[-1] if common_pieces else None
        if last_piece and fingerprint.at + SHINGLE <= last_piece.end:
            continue
        common_piece = piece_around(ours, theirs, fingerprint)
        if common_piece is None:
            continue
        if (
            last_piece
            and common_piece.start <= last_piece.start
            and common_piece.end >= last_piece.end
        ):
            common_pieces.pop()
        common_pieces.append(common_piece)
    return sorted(common_pieces)


def piece_around(ours: ReadText, theirs: ReadText, mark: Fingerprint) -> Common | None:
    """Return the words around a fingerprint that both texts contain, or None."""
    their_index = theirs.at.get(mark.number)
    if their_index is None:
        return None
    common_piece = _extended(ours.words.words, theirs.words.words, mark.at, their_index)
    if common_piece.end - common_piece.start < SHINGLE:
        return None  # two different rows of words have the same number
    return common_piece


def _extended(
    our_words: Sequence[str], their_words: Sequence[str], our_index: int, their_index: int
) -> Common:
    our_start, their_start = our_index, their_index
    while our_start and their_start and our_words[our_start - 1] == their_words[their_start - 1]:
        our_start, their_start = our_start - 1, their_start - 1
    our_end, their_end = our_index, their_index
    most_words = min(len(our_words) - our_index, len(their_words) - their_index)
    while our_end - our_index < most_words and our_words[our_end] == their_words[their_end]:
        our_end, their_end = our_end + 1, their_end + 1
    return Common(our_start, our_end, their_start)


def covered(pieces: Sequence[Common]) -> int:
    """Return the number of words of our text that the pieces cover, each counted once."""
    word_count = covered_to = 0
    for sorted_piece in sorted(pieces):
        word_count += max(0, sorted_piece.end - max(sorted_piece.start, covered_to))
        covered_to = max(covered_to, sorted_piece.end)
    return word_count


class RepeatedPart(NamedTuple):
    """The part of one or more sentences that repeats in the same cables, as word indexes."""

    start: int
    end: int
    having: tuple[int, ...]
    """The cables that contain the whole part."""


def repeated_part(
    ours: ReadText, mark: Fingerprint, pieces: Mapping[int, Common], *, all_have: bool = False
) -> RepeatedPart | None:
    """Return the part of a sentence that repeats: the most words in the most cables, or in all.

    Return None if the part is an expression within the sentence. `pieces` contains, for each cable,
    the same words around the fingerprint. If these cables contain the whole sentence, and also the
    whole sentences next to it, those sentences belong to the part.
    """
    span_by_id = {
        id_: (max(piece.start, mark.start), min(piece.end, mark.end))
        for id_, piece in pieces.items()
    }
    span_starts = {part_start for part_start, _ in span_by_id.values()}
    span_ends = {part_end for _, part_end in span_by_id.values()}
    if all_have:
        span_starts, span_ends = {max(span_starts)}, {min(span_ends)}

    def part(start: int, end: int) -> RepeatedPart:
        ids_having = (
            id_
            for id_, (common_start, common_end) in span_by_id.items()
            if common_start <= start and end <= common_end
        )
        return RepeatedPart(start, end, tuple(ids_having))

    candidates = [
        repeated
        for part_start in span_starts
        for part_end in span_ends
        if (repeated := part(part_start, part_end)).having
        and (part_end - part_start >= _EXPRESSION or not all(is_cut(ours, part_start, part_end)))
    ]
    if not candidates:
        return None
    part_start, part_end, ids = max(
        candidates,
        key=lambda candidate: (
            (len(candidate.having) + 1) * (candidate.end - candidate.start),
            candidate.end,
        ),
    )
    our_words, sentence_starts = ours.words
    if part_start == mark.start:
        sentence_index = bisect_left(sentence_starts, max(pieces[id_].start for id_ in ids))
        while sentence_starts[sentence_index] < part_start and not _say(
            our_words[sentence_starts[sentence_index] : sentence_starts[sentence_index + 1]]
        ):
            sentence_index += 1  # the number of the paragraph
        part_start = min(part_start, sentence_starts[sentence_index])
    if part_end == mark.end:
        sentence_index = bisect_right(sentence_starts, min(pieces[id_].end for id_ in ids)) - 1
        while sentence_starts[sentence_index] > part_end and not _say(
            our_words[sentence_starts[sentence_index - 1] : sentence_starts[sentence_index]]
        ):
            sentence_index -= 1  # that of the next one
        part_end = max(part_end, sentence_starts[sentence_index])
    return RepeatedPart(part_start, part_end, ids)


def is_cut(text: ReadText, start: int, end: int) -> tuple[bool, bool]:
    """Return whether informative words are left out of the first and of the last sentence."""
    text_words, sentence_starts = text.words
    sentence_start, sentence_end = (
        sentence_starts[bisect_right(sentence_starts, start) - 1],
        sentence_starts[bisect_left(sentence_starts, end)],
    )
    return _say(text_words[sentence_start:start]), _say(text_words[end:sentence_end])


def _say(words: Iterable[str]) -> bool:
    return any(len(word) >= _SAYS for word in words)


def likeness(one: ReadText, other: ReadText, pieces: Sequence[Common] | None = None) -> float:
    """Return the share of the words of both texts that both contain, in runs of eight or more.

    `pieces` are the common parts, if known. The result is 0 below a half.
    """
    words_of_both = covered(common(one, other) if pieces is None else pieces)
    if _of_both(words_of_both, one, other) < HALF:
        return 0
    # A sentence that one of them has twice is in both once.
    share = _of_both(min(words_of_both, covered(common(other, one))), one, other)
    return share if share >= HALF else 0


def _of_both(shared_count: int, first_text: ReadText, second_text: ReadText) -> float:
    return shared_count / max(first_text.count + second_text.count - shared_count, 1)
