"""Words that the archive knows, and which of them a word that was typed may mean.

Likeness is the number of slips (a letter more, less or other, or two exchanged); names also go by
their consonants: Gaddafi, Qaddafi, Qadhafi. RapidFuzz is asked in pieces, so that a thread that
works here never holds up the screen.
"""

from __future__ import annotations

import re
import string
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log2

from cable_tui.archive.plan import tokens_of, words_of
from cable_tui.query import Query, Word

CHUNK = 4000
"""Words a call of RapidFuzz: about a millisecond."""
MOST_WORDS = 100_000
"""In a larger archive a word must stand in two cables to be known."""
_SHORTEST, _LONGEST = 3, 24
_MOST_USED = 4
_MOST_OFFERED = 4
_SLIP = 4.0
"""A slip weighs as much as a word that is 2**4 times less frequent."""
_VARIANT = 2.0
"""The same between spellings of a name."""
_NEAR = 3.0
"""Words this much worse than the best one are used beside it."""
_MUCH_MORE = 8
"""A name whose other spelling is so many times more frequent gets an offer."""
_FAR_MORE = 20
"""The same for a word that is a slip away."""
_VOWELS = "aeiouyh"
_SOUNDS = {**dict.fromkeys("cgkq", "[cgkq]"), **dict.fromkeys("sz", "[sz]"), "f": "(?:f|ph)"}
_LETTERS = frozenset(string.ascii_lowercase)


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that the archive lacks, and the words used instead."""

    word: str
    """As typed."""
    used: tuple[tuple[str, int], ...]
    """With their numbers of cables, the best first; empty where nothing is near."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A word that is here and has near neighbours which are much more frequent."""

    word: str
    """As typed."""
    count: int
    """Cables that hold it."""
    also: tuple[tuple[str, int], ...]
    """The neighbours and their numbers of cables, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A known word beside the one that was asked for."""

    word: str
    count: int
    slips: int
    sounds: bool
    """It has the same consonants in a row."""

    @property
    def score(self) -> float:
        """Likeness and frequency in one."""
        return log2(self.count + 1) - (_VARIANT if self.sounds else _SLIP) * self.slips


class WordList:
    """The archive's words of plain letters, by length."""

    def __init__(self, words: Iterator[tuple[str, int]]) -> None:
        kept = [each for each in words if _is_plain(each[0])]
        least = 2 if len(kept) > MOST_WORDS else 1
        self._words: dict[int, list[str]] = {}
        self._counts: dict[int, array[int]] = {}
        for word, count in kept:
            if count >= least:
                self._words.setdefault(len(word), []).append(word)
                self._counts.setdefault(len(word), array("I")).append(count)
        self._memo: dict[str, tuple[Neighbour, ...]] = {}

    def near(self, word: str) -> tuple[Neighbour, ...]:
        """Known words near a folded one, the best first; never the word itself."""
        if not _is_plain(word):
            return ()
        if word not in self._memo:
            if len(self._memo) > 200:
                self._memo.clear()
            found = {each.word: each for each in self._scan(word) if each.word != word}
            best = sorted(found.values(), key=lambda each: (-each.score, each.word))
            self._memo[word] = tuple(best)
        return self._memo[word]

    def _scan(self, word: str) -> Iterator[Neighbour]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips, by_sound = _slips(len(word)), _sound(word)
        reach = max(slips, 3 if by_sound else 0)
        for length in range(len(word) - reach, len(word) + reach + 1):
            words = self._words.get(length, [])
            for start in range(0, len(words), CHUNK):
                piece = words[start : start + CHUNK]
                found = process.extract(
                    word, piece, scorer=OSA.distance, score_cutoff=reach, limit=None
                )
                for other, distance, index in found:
                    sounds = bool(by_sound and by_sound.fullmatch(other))
                    if distance <= slips or sounds:
                        count = self._counts[length][start + index]
                        yield Neighbour(other, count, int(distance), sounds)


def _is_plain(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and _LETTERS.issuperset(word)


def _slips(length: int) -> int:
    """Slips that a word of so many letters may hold."""
    return 1 if length <= 4 else 2 if length <= 8 else 3


def _sound(word: str) -> re.Pattern[str] | None:
    """What all words with the same consonants look like; None where there are too few of them."""
    letters = word.replace("ph", "f")
    consonants = [letter for letter in letters if letter not in _VOWELS]
    heads = [
        now for now, before in zip(consonants, ["", *consonants], strict=False) if now != before
    ]
    if len(heads) < 3:
        return None
    sounds = [_SOUNDS.get(letter, letter) for letter in heads]
    begin = f"[{_VOWELS}]+" if letters[0] in _VOWELS else ""
    return re.compile(begin + "".join(f"{sound}+[{_VOWELS}]*" for sound in sounds))


@dataclass(frozen=True, slots=True)
class Known:
    """What the spelling of a query is checked against."""

    count: Callable[[str, bool], int]
    """Cables that hold a folded word, or a word that begins so."""
    words: Callable[[], WordList]


def corrections(query: Query, known: Known) -> list[tuple[str, Correction]]:
    """Words of a query that the archive lacks, folded, with what stands in for them."""
    found: dict[str, Correction] = {}
    for word, token in _spelled(query):
        if token in found or known.count(token, word.prefix):
            continue
        best = known.words().near(token)
        near = [each for each in best if best[0].score - each.score <= _NEAR][:_MOST_USED]
        found[token] = Correction(word.text, tuple((each.word, each.count) for each in near))
    return list(found.items())


def widened(query: Query, known: Known) -> dict[str, tuple[str, ...]]:
    """Words written `word~`, folded, with the words that they find as well."""
    found: dict[str, tuple[str, ...]] = {}
    for word, token in _spelled(query):
        if word.fuzzy:
            near = known.words().near(token)
            found[token] = (token, *(each.word for each in near[: 2 * _MOST_USED]))
    return found


def offers(query: Query, known: Known) -> tuple[Offer, ...]:
    """Words of a query that have much more frequent neighbours."""
    found: dict[str, Offer] = {}
    for word, token in _spelled(query):
        if word.negated or word.fuzzy or token in found or len(token) < 5:
            continue
        count = known.count(token, word.prefix)
        if count and known.count(token, False) and (also := _better(token, count, known.words())):
            found[token] = Offer(word.text, count, also)
    return tuple(found.values())


def _better(token: str, count: int, words: WordList) -> tuple[tuple[str, int], ...]:
    near = [each for each in words.near(token) if each.count > count]
    much = [each for each in near if each.count >= count * _MUCH_MORE and each.sounds]
    slips = [each for each in near if each.count >= count * _FAR_MORE and each.slips == 1]
    kept = [each for each in near if each.sounds] if much else []
    kept += [each for each in slips if each not in kept]
    kept.sort(key=lambda each: (-each.count, each.word))
    return tuple((each.word, each.count) for each in kept[:_MOST_OFFERED])


def _spelled(query: Query) -> Iterator[tuple[Word, str]]:
    """The words whose spelling matters, with their tokens."""
    for word in words_of(query.terms):
        tokens = tokens_of(word.text)
        if len(tokens) == 1 and not word.exact and _is_plain(tokens[0]):
            yield word, tokens[0]
