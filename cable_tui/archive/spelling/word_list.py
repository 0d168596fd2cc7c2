"""The archive's words of plain letters, and the search for words similar to another word.

RapidFuzz is called for a few words at a time, so it never blocks the screen. The indexer saves the
words next to the catalogue, because reading them from the text index takes a second, and blocks
threads.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from heapq import merge
from itertools import islice
from math import ceil, inf, log2
from operator import neg
from pathlib import Path

from cable_tui.archive.columns import container
from cable_tui.archive.spelling import phonetics
from cable_tui.base.value import Value
from cable_tui.text.folding import LETTERS

CHUNK = 4000
"""The number of words per call of RapidFuzz, which takes about a millisecond."""
MOST_WORDS = 100_000
"""The number of words above which only words that are in at least two cables are used."""
NEARLY = 3.0
"""The maximum distance from the best score for a word that is nearly as good."""
_BANDS = (4096, 512, 64, 8, 1)
"""The minimum number of cables for words in each round of the search."""
FREQUENT = 8000
"""The number of words whose beginnings are compared with a half-typed word."""
_SHORTEST, _LONGEST = 3, 24
_SLIP = 4.0
"""The weight of a slip. A word 2**4 times less frequent has the same weight."""
_VARIANT = 2.0
"""The weight of a slip between spellings of a name, on the same scale as `_SLIP`."""
_MORE_LETTERS = 0.25
"""The cost of each letter that has yet to be typed."""
_NAME_REACH = 4
"""The maximum number of slips between two spellings of the same name."""
_KEPT = 200
_LETTERS = frozenset(LETTERS)


class Neighbour(Value):
    """A known word similar to the requested word."""

    word: str
    count: int
    slips: int
    sounds: bool = False
    """Whether the word may be another spelling of the same name."""
    ahead: int = 0
    """The number of letters in the word beyond those compared."""

    @property
    def score(self) -> float:
        """The likeness and the frequency, combined in one number."""
        slips = (_VARIANT if self.sounds else _SLIP) * self.slips
        return log2(self.count + 1) - slips - _MORE_LETTERS * self.ahead


def is_plain(word: str) -> bool:
    """Return whether a folded word is one whose spelling matters."""
    return _SHORTEST <= len(word) <= _LONGEST and _LETTERS.issuperset(word)


def slips_of(length: int) -> int:
    """Return the number of slips allowed in a word of `length` letters."""
    return 1 if length <= 4 else 2 if length <= 8 else 3


def build_words(words: Iterable[tuple[str, int]]) -> WordList:
    """Return the word list for pairs of words and numbers of cables, given in any order."""
    plain_words = sorted((pair for pair in words if is_plain(pair[0])), key=lambda pair: -pair[1])
    least_cables = 2 if len(plain_words) > MOST_WORDS else 1
    by_length: dict[int, list[str]] = {}
    counts_by_length: dict[int, array[int]] = {}
    for word, cable_count in plain_words:
        if cable_count >= least_cables:
            by_length.setdefault(len(word), []).append(word)
            counts_by_length.setdefault(len(word), array("I")).append(cable_count)
    texts = {
        word_length: "".join(f"{word} " for word in words_of_length)
        for word_length, words_of_length in by_length.items()
    }
    return WordList(texts, counts_by_length)


class WordList:
    """The archive's words of plain letters, by length, most frequent first."""

    def __init__(self, texts: Mapping[int, str], counts: Mapping[int, array[int]]) -> None:
        self.texts = texts
        """The words of each length, with a space after each word, because a hundred thousand
        strings would take eight times the memory.
        """
        self.counts = counts
        """The number of cables for each word, in the same order."""
        self._memo: dict[tuple[str, str, int], tuple[Neighbour, ...]] = {}

    @cached_property
    def _frequent(self) -> list[tuple[str, int]]:
        words_with_counts = [
            zip(self._some(word_length), cable_counts, strict=True)
            for word_length, cable_counts in self.counts.items()
        ]
        return list(islice(merge(*words_with_counts, key=lambda pair: -pair[1]), FREQUENT))

    def _some(self, length: int, start: int = 0, end: int | None = None) -> list[str]:
        """Return the words of the given length between two positions."""
        word_width = length + 1
        return self.texts[length][
            start * word_width : None if end is None else end * word_width
        ].split()

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Yield every word with its number of cables."""
        for word_length, cable_counts in self.counts.items():
            yield from zip(self._some(word_length), cable_counts, strict=True)

    def count(self, word: str) -> int:
        """Return the number of cables with a folded word, or 0 if it is unknown."""
        word_offset = f" {self.texts.get(len(word), '')}".find(f" {word} ")
        return 0 if word_offset < 0 else self.counts[len(word)][word_offset // (len(word) + 1)]

    def near(self, word: str, *, least: int = 1) -> tuple[Neighbour, ...]:
        """Return known words similar to a folded word, in at least `least` cables, best first.

        The word itself is never included.
        """
        return self._cached("near", word, least)

    def closest(self, word: str) -> tuple[Neighbour, ...]:
        """Return the words most similar to a folded word, and those that are nearly as good.

        This is much faster than `near`: if a frequent word is found, rare words are skipped.
        """
        return self._cached("closest", word, 1)

    def begun(self, word: str) -> tuple[Neighbour, ...]:
        """Return frequent words whose beginning is similar to a folded word, best first."""
        return self._cached("begun", word, 1)

    def spellings(self, word: str) -> tuple[Neighbour, ...]:
        """Return known words that may be the same name, most frequent first, except the word."""
        return self._cached("spellings", word, 1)

    def _cached(self, search_kind: str, word: str, least: int) -> tuple[Neighbour, ...]:
        if not is_plain(word):
            return ()
        memo_key = (search_kind, word, least)
        if memo_key not in self._memo:
            if len(self._memo) > _KEPT:
                self._memo.clear()
            self._memo[memo_key] = tuple(self._sorted(*memo_key))
        return self._memo[memo_key]

    def _sorted(self, search_kind: str, word: str, least: int) -> list[Neighbour]:
        if search_kind == "begun":
            neighbours = list(self._begun(word))
        elif search_kind == "near":
            neighbours = list(self._near(word, least))
        elif search_kind == "closest":
            neighbours = self._closest(word)
        else:
            neighbours = list(self._spellings(word))
            return sorted(neighbours, key=lambda neighbour: (-neighbour.count, neighbour.word))
        return sorted(neighbours, key=lambda neighbour: (-neighbour.score, neighbour.word))

    def _closest(self, word: str) -> list[Neighbour]:
        neighbours: list[Neighbour] = []
        most_cables = 1 << 62
        for least_of_band in _BANDS:
            best_score = max((neighbour.score for neighbour in neighbours), default=-inf)
            # No word of fewer cables can be as good, not even as another way to write a name.
            least_cables = (
                max(least_of_band, ceil(2 ** (best_score - NEARLY + _VARIANT) - 1))
                if neighbours
                else least_of_band
            )
            if least_cables >= most_cables:
                break
            neighbours += self._near(word, least_cables, most_cables)
            most_cables = least_of_band
        best_score = max((neighbour.score for neighbour in neighbours), default=0.0)
        return [neighbour for neighbour in neighbours if best_score - neighbour.score <= NEARLY]

    def _near(self, word: str, least: int, most: int = 1 << 62) -> Iterator[Neighbour]:
        """Yield similar words in fewer than `most` cables."""
        slips = slips_of(len(word))
        for near_word, cable_count, distance in self._scan(word, max(slips, 3), least, most):
            is_alike = distance > 0 and phonetics.alike(word, near_word, distance)
            if 0 < distance <= slips or is_alike:
                yield Neighbour(near_word, cable_count, distance, is_alike)

    def _spellings(self, word: str) -> Iterator[Neighbour]:
        for near_word, cable_count, distance in self._scan(word, _NAME_REACH, 1):
            if distance > 0 and phonetics.alike(word, near_word, distance):
                yield Neighbour(near_word, cable_count, distance, sounds=True)

    def _scan(
        self, word: str, reach: int, least: int, most: int = 1 << 62
    ) -> Iterator[tuple[str, int, int]]:
        """Yield known words with at most `reach` slips, their numbers of cables, and the slips."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for word_length in range(len(word) - reach, len(word) + reach + 1):
            length_counts = self.counts.get(word_length, array("I"))
            first_index, end_index = (
                bisect_right(length_counts, -cables, key=neg) for cables in (most, least)
            )
            for chunk_start in range(first_index, end_index, CHUNK):
                chunk_words = self._some(
                    word_length, chunk_start, min(chunk_start + CHUNK, end_index)
                )
                scanned_words = process.extract(
                    word, chunk_words, scorer=OSA.distance, score_cutoff=reach, limit=None
                )
                for near_word, distance, scanned_index in scanned_words:
                    yield near_word, length_counts[chunk_start + scanned_index], int(distance)

    def _begun(self, word: str) -> Iterator[Neighbour]:
        from rapidfuzz.distance import OSA

        slips = slips_of(len(word))
        for begun_word, cable_count in self._frequent:
            if len(begun_word) <= len(word) or begun_word[0] != word[0]:
                continue
            least_distance = min(
                OSA.distance(word, begun_word[:prefix_length], score_cutoff=slips)
                for prefix_length in range(len(word) - 1, len(word) + 2)
            )
            if least_distance <= slips:
                yield Neighbour(
                    begun_word, cable_count, int(least_distance), ahead=len(begun_word) - len(word)
                )


# Saved beside the catalogue

_VERSION = 2


def load_words(folder: Path, generation: int) -> WordList | None:
    """Return the words of this generation of the catalogue, or None if they are not saved."""
    if (saved_words := container.load(folder, _name(generation))) is None:
        return None
    text_by_length: dict[int, str] = {}
    counts_by_length: dict[int, array[int]] = {}
    byte_parts = iter(saved_words[1])
    for word_length in saved_words[0]["lengths"]:
        text_by_length[word_length] = str(next(byte_parts), "ascii")
        counts_by_length[word_length] = array("I")
        counts_by_length[word_length].frombytes(next(byte_parts))
    return WordList(text_by_length, counts_by_length)


def save_words(folder: Path, generation: int, words: Callable[[], WordList]) -> None:
    """Save the words in the folder, unless they are already there."""
    container.save(folder, _name(generation), lambda: _packed(words()))


def _name(generation: int) -> container.Name:
    return ("words", generation, _VERSION, *container.machine())


def _packed(word_list: WordList) -> tuple[dict[str, object], list[bytes]]:
    byte_parts: list[bytes] = []
    for word_length, text in word_list.texts.items():
        byte_parts += [text.encode("ascii"), word_list.counts[word_length].tobytes()]
    return {"lengths": list(word_list.texts)}, byte_parts
