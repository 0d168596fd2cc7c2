"""What two texts have in common word for word, found from fingerprints that both have."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from cable_tui.base.cable import Span
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
"""The least number of words of a part of a sentence. A shorter one, a title with a name, is no
passage: sentences of other fingerprints have it too, and nobody knows how many."""
HALF = 0.5
"""The least share of the words of both together that two near-copies both have."""
_SAYS = 4
"""Letters of an informative word: numbers of paragraphs and portion markings are shorter."""


class Common(NamedTuple):
    """A run of words that both texts have: numbers of words, from 0."""

    start: int
    end: int
    other: int
    """The position at which they begin in the other text."""


class ReadText:
    """A text with its words and fingerprints."""

    def __init__(self, body: str, head_end: int) -> None:
        self._body = body
        self._head_end = head_end
        text = prose(Reading(body), head_end)
        self.words: SentenceWords = words_of(text)
        # Most texts are asked for one place: each costs more than its word.
        self._following = places_of(text)
        self._places: list[Span] = []
        self.fingerprints: list[Fingerprint] = fingerprints(self.words)

    @cached_property
    def at(self) -> Mapping[int, int]:
        """The word at which each fingerprint begins; the first one if it occurs twice."""
        return {fingerprint.number: fingerprint.at for fingerprint in reversed(self.fingerprints)}

    @cached_property
    def own_numbers(self) -> set[int]:
        """The serials in the cable's own lines."""
        return own_numbers(self._body, self._head_end)

    @property
    def count(self) -> int:
        """Its words."""
        return len(self.words.words)

    def offset(self, word: int) -> int:
        """Return where a word begins in the body, in characters."""
        return self._place(word)[0]

    def _place(self, word: int) -> Span:
        words_more = word + 1 - len(self._places)
        if words_more > 0:
            self._places += islice(self._following, words_more)
        return self._places[word]

    def span(self, start: int, end: int) -> Span:
        """Return where words are in the body, with the brackets, quotes and stops around them."""
        first_offset, last_offset = self._place(start)[0], self._place(end - 1)[1]
        while first_offset and self._body[first_offset - 1] in _BEFORE:
            first_offset -= 1
        while last_offset < len(self._body) and self._body[last_offset] in _BEHIND:
            last_offset += 1
        return first_offset, last_offset


def common(ours: ReadText, theirs: ReadText) -> list[Common]:
    """Return all pieces of our text that the other text has too, in order, none within another.

    Each has at least the words of one fingerprint, and goes on in both directions as far as the
    words are the same.
    """
    pieces: list[Common] = []
    for fingerprint in ours.fingerprints:
        last_piece = pieces[-1] if pieces else None
        if last_piece and fingerprint.at + SHINGLE <= last_piece.end:
            continue
        piece = piece_around(ours, theirs, fingerprint)
        if piece is None:
            continue
        if last_piece and piece.start <= last_piece.start and piece.end >= last_piece.end:
            pieces.pop()
        pieces.append(piece)
    return sorted(pieces)


def piece_around(ours: ReadText, theirs: ReadText, mark: Fingerprint) -> Common | None:
    """Return the words around a fingerprint that both texts have; None if the other lacks them."""
    place = theirs.at.get(mark.number)
    if place is None:
        return None
    piece = _extended(ours.words.words, theirs.words.words, mark.at, place)
    if piece.end - piece.start < SHINGLE:
        return None  # two different rows of words have the same number
    return piece


def _extended(ours: Sequence[str], theirs: Sequence[str], ours_at: int, theirs_at: int) -> Common:
    start, begin = ours_at, theirs_at
    while start and begin and ours[start - 1] == theirs[begin - 1]:
        start, begin = start - 1, begin - 1
    end, their_end = ours_at, theirs_at
    most_words = min(len(ours) - ours_at, len(theirs) - theirs_at)
    while end - ours_at < most_words and ours[end] == theirs[their_end]:
        end, their_end = end + 1, their_end + 1
    return Common(start, end, begin)


def covered(pieces: Sequence[Common]) -> int:
    """Return the words of our text that the pieces cover, each counted once."""
    total = covered_to = 0
    for sorted_piece in sorted(pieces):
        total += max(0, sorted_piece.end - max(sorted_piece.start, covered_to))
        covered_to = max(covered_to, sorted_piece.end)
    return total


class RepeatedPart(NamedTuple):
    """The part of a sentence, or of several, that repeats in the same cables: in our words."""

    start: int
    end: int
    having: tuple[int, ...]
    """The cables that have all of it."""


def repeated_part(
    ours: ReadText, mark: Fingerprint, pieces: Mapping[int, Common], *, all_have: bool = False
) -> RepeatedPart | None:
    """Return the part of a sentence that repeats: the most words in the most cables, or in all.

    It is None if it is an expression within the sentence.

    `pieces` has for each cable the same words around the fingerprint. If these cables have all of
    the sentence, and the whole sentences beside it too, these belong to it.
    """
    span_by_id = {
        id_: (max(piece.start, mark.start), min(piece.end, mark.end))
        for id_, piece in pieces.items()
    }
    span_starts = {start for start, _ in span_by_id.values()}
    span_ends = {end for _, end in span_by_id.values()}
    if all_have:
        span_starts, span_ends = {max(span_starts)}, {min(span_ends)}

    def part(start: int, end: int) -> RepeatedPart:
        ids_having = (
            id_ for id_, (first, last) in span_by_id.items() if first <= start and end <= last
        )
        return RepeatedPart(start, end, tuple(ids_having))

    parts = [
        repeated
        for start in span_starts
        for end in span_ends
        if (repeated := part(start, end)).having
        and (end - start >= _EXPRESSION or not all(is_cut(ours, start, end)))
    ]
    if not parts:
        return None
    start, end, ids = max(
        parts,
        key=lambda candidate: (
            (len(candidate.having) + 1) * (candidate.end - candidate.start),
            candidate.end,
        ),
    )
    words, begins = ours.words
    if start == mark.start:
        index = bisect_left(begins, max(pieces[id_].start for id_ in ids))
        while begins[index] < start and not _say(words[begins[index] : begins[index + 1]]):
            index += 1  # the number of the paragraph
        start = min(start, begins[index])
    if end == mark.end:
        index = bisect_right(begins, min(pieces[id_].end for id_ in ids)) - 1
        while begins[index] > end and not _say(words[begins[index - 1] : begins[index]]):
            index -= 1  # that of the next one
        end = max(end, begins[index])
    return RepeatedPart(start, end, ids)


def is_cut(text: ReadText, start: int, end: int) -> tuple[bool, bool]:
    """Return whether informative words are left out of the first and of the last sentence."""
    words, begins = text.words
    sentence_start, sentence_end = (
        begins[bisect_right(begins, start) - 1],
        begins[bisect_left(begins, end)],
    )
    return _say(words[sentence_start:start]), _say(words[end:sentence_end])


def _say(words: Iterable[str]) -> bool:
    return any(len(word) >= _SAYS for word in words)


def likeness(one: ReadText, other: ReadText, pieces: Sequence[Common] | None = None) -> float:
    """Return the share of the words of both together that both have, in runs of eight or more.

    `pieces` are the common parts, if known. 0 below a half.
    """
    words_of_both = covered(common(one, other) if pieces is None else pieces)
    if _of_both(words_of_both, one, other) < HALF:
        return 0
    # A sentence that one of them has twice is in both once.
    part = _of_both(min(words_of_both, covered(common(other, one))), one, other)
    return part if part >= HALF else 0


def _of_both(both: int, one: ReadText, other: ReadText) -> float:
    return both / max(one.count + other.count - both, 1)
