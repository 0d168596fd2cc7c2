"""Cables that may have the words of a quotation, though some of these may be wrong."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cable_tui.archive.fulltext.index import TextIndex
from cable_tui.drafts.quotations import passages
from cable_tui.text import words

_LIMIT = 10
"""Cables that are read for a quotation."""
_ROWS = 9
"""Pairs of words that are looked for: a wrong word spoils two of them."""
_COMMON = 0.04
"""The part of all cables from which on a word is too common to be looked for."""
_LEAST_COMMON = 400
"""In small archives no word is."""
_ALONE = 2000
"""Cables that a word may stand in which is looked for by itself."""
_WORDS_ALONE = 3


def candidates(index: TextIndex, text: str) -> array[int]:
    """The cables that have most of the rarest pairs of words of a quotation, the likeliest first.

    Raises `TextIndexError`.
    """
    rows = list(_rows(index, text))
    return index.most_like(rows, _LIMIT) if rows else array("I")


def _rows(index: TextIndex, text: str) -> Iterator[tuple[str, ...]]:
    segments = _segments(text)
    counts = {word: index.about(word, "body") for segment in segments for word in segment}
    pairs: list[tuple[int, int, tuple[str, str]]] = []
    place = 0
    for segment in segments:
        for pair in pairwise(segment):
            place += 1
            cost = min(counts[word] for word in pair)
            if cost:
                pairs.append((cost, place, pair))
        place += 1  # the first pair of the next segment shares no word with this one
    pairs.sort()
    common = max(index.cables * _COMMON, _LEAST_COMMON)
    chosen = _apart([each for each in pairs if each[0] <= common])
    yield from chosen
    rare = sorted((count, word) for word, count in counts.items() if 0 < count <= _ALONE)
    yield from ((word,) for _, word in rare[:_WORDS_ALONE])
    if not chosen and not rare:
        # Nothing but common words: some of them in a row.
        yield from (tuple(segment[:6]) for segment in segments[:2] if len(segment) > 2)


def _apart(pairs: Sequence[tuple[int, int, tuple[str, str]]]) -> list[tuple[str, str]]:
    """The rarest pairs; those that share a word with one of them only where there are few."""
    taken: set[int] = set()
    chosen: list[tuple[str, str]] = []
    later: list[tuple[str, str]] = []
    for _, at, pair in pairs:
        if len(chosen) == _ROWS:
            break
        if at in taken:
            later.append(pair)
            continue
        chosen.append(pair)
        taken.update((at - 1, at, at + 1))
    return [*chosen, *later[: _ROWS - len(chosen)]]


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Every two words that follow each other in a quotation, as `DraftCables.pairs` has them."""
    return [pair for segment in _segments(text) for pair in pairwise(segment)]


def _segments(text: str) -> list[list[str]]:
    """Words in a row; between brackets stand those of the author, if they are not the cable's."""
    return [
        [word for _, _, word in words(segment.text[first.start : last.end])]
        for segment in passages(text)[-1].segments
        for first, last in [(segment.tokens[0], segment.tokens[-1])]
    ]
