"""Sentences of a text and their fingerprints, by which the same words are found in other cables.

A fingerprint is the CRC of eight words in a row, small letters only. Each sentence that long
has one, at the word whose own CRC is the lowest: a sentence that is in two cables has the
same one in both, however its lines are wrapped, and one that was changed in a few words often has.
This is a MinHash of one number for each sentence (Broder 1997).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from cable_tui.base.pattern import pattern

SHINGLE = 8
"""Words of a fingerprint, and the fewest of a sentence that has one."""
_SHORTEST = 2 * SHINGLE - 1
"""The fewest letters of a sentence that has one, with the signs between its words."""
_LONGEST = 40
"""The most words of a piece of text without the end of a sentence, as in tables and lists."""
_LONG = 4
"""Letters of a word that a fingerprint begins at, if there is one. Shorter words are numbers of
paragraphs and portion markings, which differ between two copies, and those that every text has."""
_WORD = pattern(r"[^\W_]+")
"""Unlike `text.words` it keeps accents and zeros: bytes of small letters are enough then."""
END = pattern(r"[.!?;:\n](?:(?<=[.!?;:])(?<![\s.(][^\W\d_]\.)\s|(?<=\n)[ \t]*(?=\n))")
"""Ends of sentences and paragraphs: a stop with the blank after it, an empty line. A single letter
with a stop does not end one, as in `pro-U.S. and` or `John F. Kennedy`. A page break may end one:
of two pieces of a sentence one has the fingerprint of the whole. The signs come first: a search
looks closer at nothing else."""
_ENDS = tuple(
    (sign, pattern(ends))
    for sign, ends in (
        ("\n", r"\n[ \t]*(?=\n)"),
        (".", r"\.(?<![\s.(][^\W\d_]\.)\s"),
        *((sign, rf"[{sign}]\s") for sign in "!?;:"),
    )
)
"""The same ends, each with its sign: a pattern that begins with one sign is searched for in a
quarter of the time."""
_CAPITAL = "A"
"""Marks the ends in a text in small letters, which has no capital."""
_FOREIGN_SIGNS = pattern(r"[^\w\x00-\x7f]+")
_WORD_BYTES = bytes(sign if sign >= 128 or chr(sign).isalnum() else ord(" ") for sign in range(256))
"""Blanks for the signs of ASCII, in UTF-8: bytes are parted in a quarter of the time."""


class Fingerprint(NamedTuple):
    """The fingerprint of a sentence, and where the sentence is among the words of its text."""

    number: int
    """32 bits."""
    at: int
    """The first of the eight words, counted from 0."""
    start: int
    """The first word of the sentence."""
    end: int
    """The word after its last one."""


class SentenceWords(NamedTuple):
    """The words of a text in small letters, and where sentences begin."""

    words: list[str]
    begins: list[int]
    """Numbers of the words that begin sentences; the number of all words at the end."""


def lowered(text: str) -> str:
    """Return small letters, one for one: the small letter of an `İ` would be two characters."""
    small_text = text.lower()
    if len(small_text) == len(text):
        return small_text
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def words_of(text: str) -> SentenceWords:
    """Return the words of a text, sentence by sentence."""
    small_text = lowered(text)
    sentence_words: list[str] = []
    begins: list[int] = []
    word_start = 0
    for end in (*(match.start() for match in END.finditer(small_text)), len(small_text)):
        begins.append(len(sentence_words))
        sentence_words += _WORD.findall(small_text, word_start, end)
        word_start = end
    begins.append(len(sentence_words))
    return SentenceWords(sentence_words, begins)


def places_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the words of `words_of` in their text, in characters, one by one."""
    return (match.span() for match in _WORD.finditer(lowered(text)))


def fingerprints(of: SentenceWords) -> list[Fingerprint]:
    """Return the fingerprint of each sentence of eight words or more, in their order."""
    words = list(map(_coded, of.words))
    return [
        Fingerprint(number, start + index, start, min(start + _LONGEST, end))
        for begin, end in pairwise(of.begins)
        for start in range(begin, end - SHINGLE + 1, _LONGEST)
        for number, index in (_lowest(words[start : min(start + _LONGEST, end)]),)
    ]


def numbers_of(text: str) -> set[int]:
    """Return the fingerprints of a text without their positions, for an index."""
    small_text = lowered(text)
    for sign, ends in _ENDS:
        if sign in small_text:
            small_text = ends.sub(_CAPITAL, small_text)
    ascii_text = small_text if small_text.isascii() else _FOREIGN_SIGNS.sub(" ", small_text)
    sentence_numbers: set[int] = set()
    for sentence in _coded(ascii_text).translate(_WORD_BYTES).split(_coded(_CAPITAL)):
        if len(sentence) < _SHORTEST:
            continue
        sentence_words = sentence.split()
        for start in range(0, len(sentence_words) - SHINGLE + 1, _LONGEST):
            sentence_numbers.add(_lowest(sentence_words[start : start + _LONGEST])[0])
    return sentence_numbers


def _coded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _lowest(words: Sequence[bytes]) -> tuple[int, int]:
    """Return the fingerprint of a sentence, or of a piece of it, and the word where it begins."""
    first_words = words[: 1 - SHINGLE]
    long_words = [word for word in first_words if len(word) >= _LONG]
    lowest = min(long_words or first_words, key=crc32)
    while not lowest.isascii() and len(_decoded(lowest)) < _LONG and long_words:
        long_words = [word for word in long_words if word != lowest]
        lowest = min(long_words or first_words, key=crc32)
    index = words.index(lowest)
    return crc32(b" ".join(words[index : index + SHINGLE])), index


def _decoded(word: bytes) -> str:
    return word.decode("utf-8", "surrogatepass")
