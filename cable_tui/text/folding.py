"""The words of the search: the tokens of the full-text index, with case and accents folded.

In a script without spaces between words, such as Chinese, Japanese or Thai, each character is a
token: a word is a row of them, and is found inside a longer run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path

from cable_tui.base.pattern import Pattern, pattern

_ASCII_SIGN = "[0-9A-Za-z]"
_ASCII_WORD = pattern(f"{_ASCII_SIGN}+")
_BLANKED = bytes(
    sign if sign > 127 else ord(chr(sign).lower()) if chr(sign).isalnum() else 32
    for sign in range(256)
)
"""ASCII letters as small ones, all other ASCII characters as spaces, the rest unchanged."""
_ACCENTS = "\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}"
_DOTTED = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"
"""Its small letter is an `i` with a separate dot, which is not an `i`."""
_APART = pattern(f"[{_ACCENTS}{_DOTTED}]")
_BLANKLESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Thai and Lao, Burmese, Khmer, the syllables of Japanese, the signs of Chinese: code points."""
_BLANKLESS_SIGN = pattern(f"[{_BLANKLESS}]")
_PREPARED = pattern(f"[{_ACCENTS}{_DOTTED}{_BLANKLESS}]")
_ACCENTED = pattern(f"[^\\W_][{_ACCENTS}]+|{_DOTTED}")
_PAIR = itemgetter(slice(2))
_LETTER = itemgetter(0)


def _table(name: str) -> list[str]:
    """Return the content of `data/NAME.txt`, which the full-text index also uses."""
    return (Path(__file__).parent / "data" / f"{name}.txt").read_text(encoding="utf-8").split()


@cache
def _folds() -> dict[int, str]:
    """Return the foldings of letters, as in Lucene's ASCIIFoldingFilter: pairs of words."""
    items = _table("folds")
    return {
        ord(letter): target
        for target, letters in zip(items[::2], items[1::2], strict=True)
        for letter in letters
    }


@cache
def _sign() -> str:
    """Return the pattern of a letter, a number or a mark that is Unicode's Other_Alphabetic."""
    ranges = (span.partition("-") for span in _table("alphabetic_marks"))
    marks = "".join(
        f"{chr(int(first, 16))}-{chr(int(last or first, 16))}" for first, _, last in ranges
    )
    return f"(?:[^\\W_]|[{marks}])"


@cache
def _word() -> Pattern[str]:
    """Return the pattern of a word: letters, numbers and marks, with accents after letters."""
    single_sign = f"(?=[{_BLANKLESS}]){_sign()}[{_ACCENTS}]*"
    return pattern(
        f"{single_sign}|(?:[^\\W_{_BLANKLESS}]++[{_ACCENTS}]*|(?![{_BLANKLESS}]){_sign()})+"
    )


@cache
def _zeros(sign: str) -> Pattern[str]:
    """Return the leading zeros of a word of digits.

    The expression begins with a zero, which is found quickly.
    """
    return pattern(f"0(?<!{sign}0)0*(?=[0-9]+(?!{sign}))")


def fold(word: str) -> str:
    """Return a word in lower case and without accents (`Málaga` is `malaga`), as in the index."""
    if word.isascii():
        return word.lower()
    # letter by letter: `str.lower` of a whole word knows the final sigma, the index does not
    return "".join(map(str.lower, composed(word))).translate(_folds())


def composed(text: str) -> str:
    """Return a text with each letter and the accents after it as one letter; an `İ` is an `I`.

    In the index a separate accent would end a word.
    """
    if text.isascii() or not _APART.search(text):
        return text
    return _ACCENTED.sub(_one_letter, text)


def spaced(text: str) -> str:
    """Return a text as `composed`, with blanks around the signs of scripts that write none.

    One search for both: few texts have either, and every text of an archive is checked.
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
    """Yield the words of a text: start, end, and the word folded; the same tokens as in the index.

    A number comes without its leading zeros: `000027` and `27` are one word.
    """
    shape = _ASCII_WORD if text.isascii() else _word()
    for match in shape.finditer(text):
        matched_word = match.group()
        if not matched_word.isascii():
            matched_word = composed(matched_word)
        if matched_word[0] == "0" and matched_word.isascii() and matched_word.isdigit():
            matched_word = matched_word.lstrip("0") or "0"
        yield match.start(), match.end(), fold(matched_word)


def without_zeros(text: str) -> str:
    """Return a text with the leading zeros of its numbers left out, as `words` leaves them out."""
    if "0" not in text:
        return text
    return _zeros(_ASCII_SIGN if text.isascii() else _sign()).sub("", text)


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text for comparing: without case and accents."""
    return tuple(word for _, _, word in words(text))


def begins(wanted: Iterable[str], present: Sequence[str]) -> bool:
    """Return whether each folded word is a prefix of another text's words, in any order."""
    return all(any(word_present.startswith(word) for word_present in present) for word in wanted)


def initials(different_words: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the first letters, and the first two letters, of some words."""
    pairs = set(map(_PAIR, different_words))
    pair_letters = set(map(_LETTER, pairs))
    return pair_letters, pairs - pair_letters


def word_set(text: str) -> set[str]:
    """Return the different words of a text, as `words` gives them one by one."""
    # A third of the time of an expression; it is done for every text of an archive.
    text_bytes = without_zeros(composed(text)).encode("utf-8", "surrogatepass")
    plain_words = set(text_bytes.translate(_BLANKED).decode("utf-8", "surrogatepass").split())
    if text_bytes.isascii():
        return plain_words
    # All of a word, and perhaps the quotes and dashes around it.
    foreign_parts = {part for part in plain_words if not part.isascii()}
    foreign_words = {word for part in foreign_parts for _, _, word in words(part)}
    return (plain_words - foreign_parts) | foreign_words
