"""Count the neighbours of a query's words (collocates), and score them by log-likelihood.

A neighbour is a word at most `DISTANCE` words before or after a match. Each token counts once, even
between two matches, and the matches themselves do not count. A word is compared with its own
frequency in the rest of the same texts: the score is the G2 of the table of tokens, by nearness and
by word (Dunning 1993).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log2
from typing import NamedTuple

from cable_tui.base.cable import Span
from cable_tui.glossary.tables import ordinary_words
from cable_tui.text import folded_words
from cable_tui.tools.typical_words.scoring import LEAST_SCORE, log_likelihood

DISTANCE = 5
"""The maximum distance in words."""


class Neighbour(NamedTuple):
    """A word near the query's words, in one group of cables."""

    group: str
    """The year or the origin, or an empty string if the cables are not divided."""
    word: str
    """The word in lower case and without accents."""
    near: int
    """The number of times that the word occurs near a match."""
    cables: int
    """The number of cables in which the word occurs near a match."""
    elsewhere: int
    """The number of times that the word occurs in the rest of the same texts."""
    score: float
    """The log-likelihood score, which is negative if the word is near less often than by chance."""
    ratio: float
    """The binary logarithm of the ratio of both frequencies; zero occurrences count as a half."""
    ordinary: bool
    """Whether this is an everyday English word."""


class _Group:
    """The counts for one group of cables."""

    def __init__(self) -> None:
        self.near: Counter[str] = Counter()
        self.cables: Counter[str] = Counter()
        self.all: Counter[str] = Counter()


class NeighbourCounts:
    """The counts from all texts read so far."""

    def __init__(self) -> None:
        self._groups: dict[str, _Group] = {}
        self.matches = 0
        """The number of matches."""

    def add(self, group_name: str, text: str, matches: Sequence[Span]) -> None:
        """Add a text with the spans of its matches, in order and without overlap.

        Between two matches, the neighbours are the first and the last words; before the first match
        and after the last one, they are the words next to it. A match that is blank in the text,
        such as one in the heading of a section, has no neighbours.
        """
        self.matches += len(matches)
        matches = [span for span in matches if not text[slice(*span)].isspace()]
        group = self._groups.setdefault(group_name, _Group())
        between_matches: list[str] = []
        near_words: list[str] = []
        run_starts = [0, *(_end_of_word(text, end) for _, end in matches)]
        run_ends = [*(start for start, _ in matches), len(text)]
        for number, (start, end) in enumerate(zip(run_starts, run_ends, strict=True)):
            run = folded_words(text[start:end])
            between_matches += run
            after_match = run[:DISTANCE] if number else ()
            near_words += after_match
            if number < len(matches):
                near_words += run[max(len(run) - DISTANCE, len(after_match)) :]
        group.near.update(near_words)
        group.cables.update(set(near_words))
        group.all.update(between_matches)

    def rows(self, least: int) -> Iterator[Neighbour]:
        """Yield, unordered, the words that are near a match in at least `least` cables of a group.

        Words with scores below the level that one word in twenty reaches by chance are left out.
        """
        for group_name, group in self._groups.items():
            near_total = group.near.total()
            other_total = group.all.total() - near_total
            for word, cables in group.cables.items():
                if cables < least or len(word) < 2 or word.isnumeric():
                    continue
                near = group.near[word]
                elsewhere = group.all[word] - near
                score = log_likelihood(near, near_total, elsewhere, other_total)
                if score < LEAST_SCORE:
                    continue
                ratio = log2(near * max(other_total, 1) / ((elsewhere or 0.5) * near_total))
                yield Neighbour(
                    group_name,
                    word,
                    near,
                    cables,
                    elsewhere,
                    score if ratio > 0 else -score,
                    ratio,
                    word in ordinary_words(),
                )


def _end_of_word(text: str, offset: int) -> int:
    """Return the end of the word, to which an 8 in place of a quotation mark belongs."""
    while offset < len(text) and text[offset].isalnum():
        offset += 1
    return offset
