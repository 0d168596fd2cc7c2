"""Common English words: `drought` is one and `brought` is another.

Neither is a mistake for the other, however much more frequent one of them is in an archive.
"""

from __future__ import annotations

from cable_tui import glossary
from cable_tui.archive.spelling.inflections import bases
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
    return _is_common(word) and _is_common(other) and _american(word) != _american(other)


def _is_common(word: str) -> bool:
    known = glossary.english_words()
    return word in known or any(base in known for base in bases(word))


def _american(word: str) -> str:
    for shape, letters in _BRITISH:
        word = shape.sub(letters, word)
    return word
