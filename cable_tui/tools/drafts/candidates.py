"""Search for cables that may contain a quotation, by its rarest pairs of words."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.text import words
from cable_tui.tools.drafts.quotations import passages

_LIMIT = 10
"""The maximum number of cables to read for a quotation."""
_ROWS = 9
"""The maximum number of word pairs to search for; a wrong word spoils two pairs."""
_COMMON = 0.04
"""A word in more than this share of the cables is too common to search for."""
_LEAST_COMMON = 400
"""A word in at most this many cables never counts as too common."""
_ALONE = 2000
"""A word is searched for on its own only if at most this many cables contain it."""
_WORDS_ALONE = 3


def candidates(index: TextIndex, text: str) -> array[int]:
    """Return cables with most of the rarest word pairs of a quotation, the likeliest first.

    Raises `TextIndexError`.
    """
    rows = list(_rows(index, text))
    return index.most_like(rows, _LIMIT) if rows else array("I")


def _rows(index: TextIndex, text: str) -> Iterator[tuple[str, ...]]:
    segments = _segments(text)
    counts = {word: index.about(word, "body") for segment in segments for word in segment}
    numbered: list[tuple[int, int, tuple[str, str]]] = []
    number = 0
    for segment in segments:
        for pair in pairwise(segment):
            number += 1
            rarest = min(counts[word] for word in pair)
            if rarest:
                numbered.append((rarest, number, pair))
        number += 1  # the first pair of the next segment shares no word with this one
    numbered.sort()
    most = max(index.cables * _COMMON, _LEAST_COMMON)
    chosen = _apart([pair for pair in numbered if pair[0] <= most])
    yield from chosen
    rare_words = sorted((count, word) for word, count in counts.items() if 0 < count <= _ALONE)
    yield from ((word,) for _, word in rare_words[:_WORDS_ALONE])
    if not chosen and not rare_words:
        # Nothing but common words: some of them in a row.
        yield from (tuple(segment[:6]) for segment in segments[:2] if len(segment) > 2)


def _apart(numbered: Sequence[tuple[int, int, tuple[str, str]]]) -> list[tuple[str, str]]:
    """Return the rarest pairs.

    Pairs that share a word with these are included only to fill up the list.
    """
    taken: set[int] = set()
    chosen: list[tuple[str, str]] = []
    later: list[tuple[str, str]] = []
    for _, number, pair in numbered:
        if len(chosen) == _ROWS:
            break
        if number in taken:
            later.append(pair)
            continue
        chosen.append(pair)
        taken.update((number - 1, number, number + 1))
    return [*chosen, *later[: _ROWS - len(chosen)]]


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Return all pairs of neighboring words in a quotation, in the form of `DraftCables.pairs`."""
    return [pair for segment in _segments(text) for pair in pairwise(segment)]


def _segments(text: str) -> list[list[str]]:
    """Return runs of words without the author's bracketed additions."""
    return [
        [word for _, _, word in words(segment.text[first.start : last.end])]
        for segment in passages(text)[-1].segments
        for first, last in [(segment.tokens[0], segment.tokens[-1])]
    ]
