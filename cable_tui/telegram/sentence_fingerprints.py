"""Sentences of a text and their fingerprints, which find the same words in other cables.

A fingerprint is the CRC of eight consecutive words in lower case. Each sentence of at least that
length has one fingerprint, at the word whose own CRC is the lowest. A sentence that is in two
cables has the same fingerprint in both, however its lines are wrapped, and often even if a few of
its words were changed. This is a MinHash with one number per sentence (Broder 1997).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern

SHINGLE = 8
"""The number of words in a fingerprint, and the minimum number in a sentence that has one."""
_SHORTEST = 2 * SHINGLE - 1
"""The minimum length, in characters, of a sentence that has a fingerprint."""
_LONGEST = 40
"""The maximum number of words in a piece of text without a sentence end, as in tables and lists."""
_LONG = 4
"""The minimum length of the word at which a fingerprint begins, if the sentence has such a word.
Shorter words are paragraph numbers and portion markings, which differ between two copies, and words
that every text contains.
"""
_WORD = pattern(r"[^\W_]+")
"""Pattern for a word. Unlike `text.words`, it keeps accents and zeros, so the bytes of the
lower-case text suffice.
"""
END = pattern(r"[.!?;:\n](?:(?<=[.!?;:])(?<![\s.(][^\W\d_]\.)\s|(?<=\n)[ \t]*(?=\n))")
"""The ends of sentences and paragraphs: a stop and the space after it, or an empty line. A single
letter with a stop does not end a sentence, as in `pro-U.S. and` or `John F. Kennedy`. A page break
may end a sentence: one of its two pieces has the fingerprint of the whole. The pattern begins with
the stop characters, so a search examines nothing else.
"""
_ENDS = tuple(
    (sign, pattern(ends))
    for sign, ends in (
        ("\n", r"\n[ \t]*(?=\n)"),
        (".", r"\.(?<![\s.(][^\W\d_]\.)\s"),
        *((sign, rf"[{sign}]\s") for sign in "!?;:"),
    )
)
"""The same ends, each with its first character. Searching for a pattern that begins with a fixed
character takes a quarter of the time.
"""
_CAPITAL = "A"
"""Marks the ends in a lower-case text, which contains no capital."""
_FOREIGN_SIGNS = pattern(r"[^\w\x00-\x7f]+")
_WORD_BYTES = bytes(sign if sign >= 128 or chr(sign).isalnum() else ord(" ") for sign in range(256))
"""A UTF-8 table that replaces all ASCII characters except letters and digits with spaces; splitting
bytes takes a quarter of the time.
"""


class Fingerprint(NamedTuple):
    """The fingerprint of a sentence, and the sentence's position among the text's words."""

    number: int
    """The fingerprint, a number of 32 bits."""
    at: int
    """The index of the first of the eight words, counted from 0."""
    start: int
    """The index of the first word of the sentence."""
    end: int
    """The index of the word after the last word of the sentence."""


class SentenceWords(NamedTuple):
    """The words of a text in lower case, and the positions at which sentences begin."""

    words: list[str]
    begins: list[int]
    """The indexes of the words that begin sentences, followed by the total number of words."""


def lowered(text: str) -> str:
    """Return a text in lower case with the same length.

    `İ` would otherwise become two characters.
    """
    small_text = text.lower()
    if len(small_text) == len(text):
        return small_text
    return "".join(
        small_letter if len(small_letter := letter.lower()) == 1 else letter for letter in text
    )


def words_of(text: str) -> SentenceWords:
    """Return the words of a text, sentence by sentence."""
    small_text = lowered(text)
    sentence_words: list[str] = []
    sentence_starts: list[int] = []
    word_start = 0
    for sentence_end in (*(match.start() for match in END.finditer(small_text)), len(small_text)):
        sentence_starts.append(len(sentence_words))
        sentence_words += _WORD.findall(small_text, word_start, sentence_end)
        word_start = sentence_end
    sentence_starts.append(len(sentence_words))
    return SentenceWords(sentence_words, sentence_starts)


def places_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each word of `words_of` in the text, in characters."""
    return (match.span() for match in _WORD.finditer(lowered(text)))


def fingerprints(of: SentenceWords) -> list[Fingerprint]:
    """Return the fingerprint of each sentence of eight words or more, in text order."""
    coded_words = list(map(_coded, of.words))
    return [
        Fingerprint(
            fingerprint_number,
            piece_start + word_index,
            piece_start,
            min(piece_start + _LONGEST, sentence_end),
        )
        for sentence_start, sentence_end in pairwise(of.begins)
        for piece_start in range(sentence_start, sentence_end - SHINGLE + 1, _LONGEST)
        for fingerprint_number, word_index in (
            _lowest(coded_words[piece_start : min(piece_start + _LONGEST, sentence_end)]),
        )
    ]


def numbers_of(text: str) -> set[int]:
    """Return the fingerprints of a text without their positions, for an index."""
    small_text = lowered(text)
    for end_sign, end_pattern in _ENDS:
        if end_sign in small_text:
            small_text = end_pattern.sub(_CAPITAL, small_text)
    ascii_text = small_text if small_text.isascii() else _FOREIGN_SIGNS.sub(" ", small_text)
    sentence_numbers: set[int] = set()
    for sentence in _coded(ascii_text).translate(_WORD_BYTES).split(_coded(_CAPITAL)):
        if len(sentence) < _SHORTEST:
            continue
        sentence_words = sentence.split()
        for first_word in range(0, len(sentence_words) - SHINGLE + 1, _LONGEST):
            sentence_numbers.add(_lowest(sentence_words[first_word : first_word + _LONGEST])[0])
    return sentence_numbers


def _coded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _lowest(words: Sequence[bytes]) -> tuple[int, int]:
    """Return the fingerprint of a sentence or a piece of it, and the index of its first word."""
    first_words = words[: 1 - SHINGLE]
    long_words = [word for word in first_words if len(word) >= _LONG]
    lowest_word = min(long_words or first_words, key=crc32)
    while not lowest_word.isascii() and len(_decoded(lowest_word)) < _LONG and long_words:
        long_words = [word for word in long_words if word != lowest_word]
        lowest_word = min(long_words or first_words, key=crc32)
    word_index = words.index(lowest_word)
    return crc32(b" ".join(words[word_index : word_index + SHINGLE])), word_index


def _decoded(word: bytes) -> str:
    return word.decode("utf-8", "surrogatepass")
