"""Common English words: `drought` is one and `brought` is another.

Neither is a mistake for the other, however much more frequent one of them is in an archive.
"""

from __future__ import annotations

from cable_tui import glossary
from cable_tui.pattern import pattern

_BRITISH = (
    (pattern("our"), "or"),
    (pattern("re$"), "er"),
    (pattern("ys(?=[ei])"), "yz"),
    (pattern("is(?=e|ing|ation)"), "iz"),
    (pattern("ce"), "se"),
    (pattern("ll"), "l"),
    (pattern("[ao]e"), "e"),
)
"""What two spellings of one word differ in: `labour` and `labor`, `defence` and `defense`."""


def are_two(word: str, other: str) -> bool:
    """Whether two folded words are common words of English, each in its own right."""
    both = glossary.is_english(word) and glossary.is_english(other)
    return both and _american(word) != _american(other)


def _american(word: str) -> str:
    for shape, letters in _BRITISH:
        word = shape.sub(letters, word)
    return word
