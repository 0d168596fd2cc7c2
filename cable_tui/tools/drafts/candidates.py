"""Use the rarest pairs of words in a quotation to search for cables that may contain it."""

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
_ENOUGH = 5
"""After this many word pairs, a pair is searched for only if one of its words may be searched for
on its own, because a search for a pair of common words takes milliseconds.
"""


def candidates(index: TextIndex, text: str) -> array[int]:
    """Return cables with most of the rarest word pairs of a quotation, likeliest first.

    Raises `TextIndexError`.
    """
    candidate_rows = list(_rows(index, text))
    return index.most_like(candidate_rows, _LIMIT) if candidate_rows else array("I")


def _rows(index: TextIndex, text: str) -> Iterator[tuple[str, ...]]:
    segments = _segments(text)
    count_by_word = {word: index.about(word, "body") for segment in segments for word in segment}
    numbered_pairs: list[tuple[int, int, tuple[str, str]]] = []
    pair_number = 0
    for segment in segments:
        for word_pair in pairwise(segment):
            pair_number += 1
            rarest_count = min(count_by_word[word] for word in word_pair)
            if rarest_count:
                numbered_pairs.append((rarest_count, pair_number, word_pair))
        pair_number += 1  # the first pair of the next segment shares no word with this one
    numbered_pairs.sort()
    common_limit = max(index.cables * _COMMON, _LEAST_COMMON)
    chosen_pairs = _apart([pair for pair in numbered_pairs if pair[0] <= common_limit])
    yield from chosen_pairs[:_ENOUGH]
    yield from (
        pair
        for pair in chosen_pairs[_ENOUGH:]
        if min(map(count_by_word.__getitem__, pair)) <= _ALONE
    )
    rare_words = sorted(
        (count, word) for word, count in count_by_word.items() if 0 < count <= _ALONE
    )
    yield from ((word,) for _, word in rare_words[:_WORDS_ALONE])
    if not chosen_pairs and not rare_words:
        # Nothing but common words: some of them in a row.
        yield from (tuple(segment[:6]) for segment in segments[:2] if len(segment) > 2)


def _apart(numbered_pairs: Sequence[tuple[int, int, tuple[str, str]]]) -> list[tuple[str, str]]:
    """Return the rarest pairs.

    Pairs that share a word with these are included only to fill up the list.
    """
    taken_numbers: set[int] = set()
    chosen_pairs: list[tuple[str, str]] = []
    later_pairs: list[tuple[str, str]] = []
    for _, pair_number, word_pair in numbered_pairs:
        if len(chosen_pairs) == _ROWS:
            break
        if pair_number in taken_numbers:
            later_pairs.append(word_pair)
            continue
        chosen_pairs.append(word_pair)
        taken_numbers.update((pair_number - 1, pair_number, pair_number + 1))
    return [*chosen_pairs, *later_pairs[: _ROWS - len(chosen_pairs)]]


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Return all pairs of neighboring words in a quotation, for `DraftCables.common`."""
    return [word_pair for segment in _segments(text) for word_pair in pairwise(segment)]


def _segments(text: str) -> list[list[str]]:
    """Return runs of words without the author's bracketed additions."""
    return [
        [word for _, _, word in words(segment.text[first_token.start : last_token.end])]
        for segment in passages(text)[-1].segments
        for first_token, last_token in [(segment.tokens[0], segment.tokens[-1])]
    ]
