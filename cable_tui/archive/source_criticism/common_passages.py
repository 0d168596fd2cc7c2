"""What two texts have in common word for word, found from fingerprints that both have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from cable_tui.cable import Span
from cable_tui.telegram.sentences import (
    SHINGLE,
    Fingerprint,
    Words,
    fingerprints,
    places_of,
    prose,
    words_of,
)

_BEFORE = "([\"“‘'"
_BEHIND = ".,;:!?)]\"”’'"


class Common(NamedTuple):
    """Words in a row that stand in both texts: numbers of words, from 0."""

    start: int
    end: int
    other: int
    """Where they begin in the other text."""


class ReadText:
    """A text with its words and fingerprints."""

    def __init__(self, body: str, head_end: int) -> None:
        self._body = body
        text = prose(body, head_end)
        self.words: Words = words_of(text)
        # Most texts are asked for one place: each costs more than its word.
        self._following = places_of(text)
        self._places: list[Span] = []
        self.fingerprints: list[Fingerprint] = fingerprints(self.words)

    @property
    def at(self) -> Mapping[int, int]:
        """The word at which each fingerprint begins; of one that is there twice the first."""
        return {each.number: each.at for each in reversed(self.fingerprints)}

    @property
    def count(self) -> int:
        """Its words."""
        return len(self.words.words)

    def offset(self, word: int) -> int:
        """Where a word begins in the body, in characters."""
        return self._place(word)[0]

    def _place(self, word: int) -> Span:
        more = word + 1 - len(self._places)
        if more > 0:
            self._places += islice(self._following, more)
        return self._places[word]

    def span(self, start: int, end: int) -> Span:
        """Where words are in the body, with the brackets, quotes and stops around them."""
        first, last = self._place(start)[0], self._place(end - 1)[1]
        while first and self._body[first - 1] in _BEFORE:
            first -= 1
        while last < len(self._body) and self._body[last] in _BEHIND:
            last += 1
        return first, last


def common(ours: ReadText, theirs: ReadText) -> list[Common]:
    """All pieces of our text that theirs has too, in their order; none lies within another.

    Each has at least the words of one fingerprint, and goes on in both directions as far as the
    words are the same.
    """
    places = theirs.at
    found: list[Common] = []
    for mark in ours.fingerprints:
        other = places.get(mark.number)
        if other is None:
            continue
        last = found[-1] if found else None
        if last and mark.at + SHINGLE <= last.end:
            continue
        piece = _extended(ours.words.words, theirs.words.words, mark.at, other)
        if piece.end - piece.start < SHINGLE:
            continue  # two different rows of words have the same number
        if last and piece.start <= last.start and piece.end >= last.end:
            found.pop()
        found.append(piece)
    return sorted(found)


def _extended(ours: Sequence[str], theirs: Sequence[str], at: int, other: int) -> Common:
    start, begin = at, other
    while start and begin and ours[start - 1] == theirs[begin - 1]:
        start, begin = start - 1, begin - 1
    end, stop = at, other
    most = min(len(ours) - at, len(theirs) - other)
    while end - at < most and ours[end] == theirs[stop]:
        end, stop = end + 1, stop + 1
    return Common(start, end, begin)


def covered(pieces: Sequence[Common]) -> int:
    """The words of our text that the pieces cover, each counted once."""
    total = at = 0
    for piece in sorted(pieces):
        total += max(0, piece.end - max(piece.start, at))
        at = max(at, piece.end)
    return total
