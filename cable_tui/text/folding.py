"""Words for search: the tokens of the full-text index, with case and accents folded.

In scripts without spaces between words, such as Chinese, Japanese or Thai, each character is a
token. A word is then a sequence of tokens, and is also matched inside a longer run of text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path

from cable_tui.base.pattern import Pattern, pattern

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""The plain letters; the module `string` compiles an expression whenever it is imported."""
_ASCII_SIGN = "[0-9A-Za-z]"
_ASCII_WORD = pattern(f"{_ASCII_SIGN}+")
_BLANKED = bytes(
    sign if sign > 127 else ord(chr(sign).lower()) if chr(sign).isalnum() else 32
    for sign in range(256)
)
"""A byte table that lowers ASCII letters, turns other ASCII characters into spaces, and keeps the
rest.
"""
_ACCENTS = "\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}"
_DOTTED = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"
"""A capital letter whose lower case is an `i` and a separate combining dot, unlike a plain `i`."""
_APART = pattern(f"[{_ACCENTS}{_DOTTED}]")
_BLANKLESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Code point ranges of scripts without spaces: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_BLANKLESS_SIGN = pattern(f"[{_BLANKLESS}]")
_PREPARED = pattern(f"[{_ACCENTS}{_DOTTED}{_BLANKLESS}]")
_ACCENTED = pattern(f"[^\\W_][{_ACCENTS}]+|{_DOTTED}")
_LATIN = pattern("[\0-\u02ff\u2000-\u20cf]*")
"""A text of Latin letters and punctuation, in whose words each letter is `[^\\W_]`: compiling the
pattern for other texts takes milliseconds.
"""
_LATIN_WORD = pattern(r"[^\W_]+")
_PAIR = itemgetter(slice(2))
_LETTER = itemgetter(0)


def _table(name: str) -> list[str]:
    """Return the entries of `data/NAME.txt`, which the full-text index uses as well."""
    return (Path(__file__).parent / "data" / f"{name}.txt").read_text(encoding="utf-8").split()


@cache
def _folds() -> dict[int, str]:
    """Return the foldings of single letters by code point, as in Lucene's ASCIIFoldingFilter."""
    fold_table = _table("folds")
    return {
        ord(letter): target
        for target, letters in zip(fold_table[::2], fold_table[1::2], strict=True)
        for letter in letters
    }


@cache
def _sign() -> str:
    """Return a pattern for a letter, a number or a mark with the property Other_Alphabetic."""
    ranges = (span.partition("-") for span in _table("alphabetic_marks"))
    marks = "".join(
        f"{chr(int(first_code_point, 16))}-{chr(int(last_code_point or first_code_point, 16))}"
        for first_code_point, _, last_code_point in ranges
    )
    return f"(?:[^\\W_]|[{marks}])"


@cache
def _word() -> Pattern[str]:
    """Return a pattern for a word: letters, numbers and marks, with accents after letters."""
    single_character = f"(?=[{_BLANKLESS}]){_sign()}[{_ACCENTS}]*"
    return pattern(
        f"{single_character}|(?:[^\\W_{_BLANKLESS}]++[{_ACCENTS}]*|(?![{_BLANKLESS}]){_sign()})+"
    )


@cache
def _zeros(sign: str) -> Pattern[str]:
    """Return a pattern for the leading zeros of a word of digits.

    The expression begins with a zero, because searching for a fixed character is fast.
    """
    return pattern(f"0(?<!{sign}0)0*(?=[0-9]+(?!{sign}))")


def fold(word: str) -> str:
    """Return a word in lower case without accents, as in the index: `Málaga` becomes `malaga`."""
    if word.isascii():
        return word.lower()
    # letter by letter: `str.lower` of a whole word knows the final sigma, the index does not
    return "".join(map(str.lower, composed(word))).translate(_folds())


def composed(text: str) -> str:
    """Return a text with each letter and its separate accents combined; `İ` becomes `I`.

    In the index a separate accent would end a word.
    """
    if text.isascii() or not _APART.search(text):
        return text
    return _ACCENTED.sub(_one_letter, text)


def spaced(text: str) -> str:
    """Return the composed text, with spaces around each character of scripts without spaces.

    One search checks for both cases, because every text of an archive is checked and few need a
    change.
    """
    if text.isascii() or not _PREPARED.search(text):
        return text
    return _BLANKLESS_SIGN.sub(r" \g<0> ", composed(text))


def is_blankless(word: str) -> bool:
    """Return whether a word is a character of a script without spaces."""
    return _BLANKLESS_SIGN.match(word) is not None


def _one_letter(match: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFC", match[0])[0]
    return "I" if letter == _DOTTED else letter


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, end and folded form of each word in a text, as tokenised in the index.

    Leading zeros of numbers are removed: `000027` and `27` are the same word.
    """
    if text.isascii():
        for match in _ASCII_WORD.finditer(text.lower()):
            word = match.group()
            if word[0] == "0" and word.isdigit():
                word = word.lstrip("0") or "0"
            yield match.start(), match.end(), word
        return
    word_pattern = _LATIN_WORD if _LATIN.fullmatch(text) else _word()
    for match in word_pattern.finditer(text):
        matched_word = match.group()
        if not matched_word.isascii():
            matched_word = composed(matched_word)
        if matched_word[0] == "0" and matched_word.isascii() and matched_word.isdigit():
            matched_word = matched_word.lstrip("0") or "0"
        yield match.start(), match.end(), fold(matched_word)


def without_zeros(text: str) -> str:
    """Return a text without leading zeros in its numbers, matching the words of `words`."""
    if "0" not in text:
        return text
    return _zeros(_ASCII_SIGN if text.isascii() else _sign()).sub("", text)


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text without case and accents, for comparison."""
    if text.isascii():  # as most texts are: without positions, this is faster
        return tuple(without_zeros(text).encode().translate(_BLANKED).decode().split())
    return tuple(word for _, _, word in words(text))


def begins(wanted: Iterable[str], present: Sequence[str]) -> bool:
    """Return whether each word in `wanted` is a prefix of some word in `present`, in any order."""
    return all(
        any(present_word.startswith(prefix) for present_word in present) for prefix in wanted
    )


def initials(different_words: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the set of first letters and the set of two-letter beginnings of the words."""
    letter_pairs = set(map(_PAIR, different_words))
    single_letters = set(map(_LETTER, letter_pairs))
    return single_letters, letter_pairs - single_letters


def word_set(text: str) -> set[str]:
    """Return the set of different words in a text, equal to the words that `words` yields."""
    # A third of the time of an expression; it is done for every text of an archive.
    text_bytes = without_zeros(composed(text)).encode("utf-8", "surrogatepass")
    spaced_words = set(text_bytes.translate(_BLANKED).decode("utf-8", "surrogatepass").split())
    if text_bytes.isascii():
        return spaced_words
    # All of a word, and perhaps the quotes and dashes around it.
    non_ascii_parts = {spaced_word for spaced_word in spaced_words if not spaced_word.isascii()}
    foreign_words = {word for spaced_word in non_ascii_parts for _, _, word in words(spaced_word)}
    return (spaced_words - non_ascii_parts) | foreign_words
