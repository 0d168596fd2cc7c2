"""Words as the search sees them: the tokens of the full-text index, case and accents folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cable_tui.text.tables import ALPHABETIC_MARKS, FOLDS

_ASCII_WORD = re.compile(r"[0-9A-Za-z]+")


@cache
def _folds() -> dict[int, str]:
    items = FOLDS.split()
    return {
        ord(letter): target
        for target, letters in zip(items[::2], items[1::2], strict=True)
        for letter in letters
    }


@cache
def _word() -> re.Pattern[str]:
    """Runs of letters, numbers and alphabetic marks."""
    ranges = (item.partition("-") for item in ALPHABETIC_MARKS.split())
    marks = "".join(
        f"{chr(int(first, 16))}-{chr(int(last or first, 16))}" for first, _, last in ranges
    )
    return re.compile(f"(?:[^\\W_]|[{marks}])+")


def fold(word: str) -> str:
    """A word in lower case and without accents (`Málaga` is `malaga`), as the index has it."""
    if word.isascii():
        return word.lower()
    # letter by letter: `str.lower` of a whole word knows the final sigma, the index does not
    return "".join(map(str.lower, word)).translate(_folds())


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: start, end, and the word folded; the same tokens as in the index."""
    pattern = _ASCII_WORD if text.isascii() else _word()
    for found in pattern.finditer(text):
        yield found.start(), found.end(), fold(found.group())
