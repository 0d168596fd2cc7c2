"""Characters around words: garbled quotation marks and apostrophes, and symbols in figures.

Word processors wrote `Sarkozy’s` and `“caudillo”`, which the Department's systems flattened to
`Sarkozy,s` and `&caudillo8`. The text of a cable stays as it was sent. This module makes a repaired
reading for searches, which match both, and for a view on request. The reading has the same length
as the text, so an offset is valid in both.

Currency symbols, per cent, a minus and `<` are parts of a figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cable_tui.base.pattern import pattern
from cable_tui.text.folding import words

if TYPE_CHECKING:
    from cable_tui.base.cable import Span

_ENDING = pattern(r",(?<=[^\W\d_]{2},)(?=(?:[sStTdDmM]|re|ve|ll|RE|VE|LL)(?![^\W_]))")
_ARTICLE = pattern(r",(?<=\b[dDlL],)(?=[^\W\d_])")
_QUOTED = pattern(
    r"&(?<![^\s(\[/-]&)(?=[^\s&8])(?:[^&\n]|\n(?!\n)){0,300}?[^\s\d&](?<!\b[A-Z])8(?![^\W_])"
)
_AROUND = 60
"""The number of characters around a quotation into which a searched phrase may extend."""


def repaired(text: str) -> str:
    """Return the text with quotation marks and apostrophes repaired where certain; same length."""
    repaired_text = _ARTICLE.sub("’", _ENDING.sub("’", text))
    if "&" not in repaired_text:
        return repaired_text
    return _QUOTED.sub(lambda match: f"“{match.group()[1:-1]}”", repaired_text)


def quotations(text: str) -> list[Span]:
    """Return the spans where `&` and `8` replace quotation marks, including both characters."""
    return [match.span() for match in _QUOTED.finditer(text)] if "&" in text else []


def second_readings(text: str) -> Iterator[str]:
    """Yield each repaired quotation with some words around it, for the text index.

    Repaired apostrophes need no entry, because a comma separates words in the same positions.
    """
    for quotation_start, quotation_end in quotations(text):
        first_space = (
            text.find(" ", quotation_start - _AROUND, quotation_start)
            if quotation_start > _AROUND
            else 0
        )
        last_space = (
            text.rfind(" ", quotation_end, quotation_end + _AROUND)
            if quotation_end + _AROUND < len(text)
            else len(text)
        )
        yield repaired(
            text[
                quotation_start if first_space < 0 else first_space : quotation_end
                if last_space < 0
                else last_space
            ]
        )


GLUED = frozenset("-<>≤≥±~≈")
"""Symbols that change the meaning of the figure after them."""
SIGNS = GLUED | frozenset("$%£€¥§")
"""All symbols in figures that are compared."""
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
_FIGURE = r"[$£€¥]?\.?\d"
_SIGN = pattern(
    # One set of all symbols comes first, because a search for it is fast.
    rf"[{_MINUS}$%£€¥§<>≤≥±~≈](?:(?<=[$%£€¥§])|(?<=[<>≤≥±~≈])(?=\s{{0,2}}{_FIGURE})"
    # A minus is glued to its figure and to nothing before it: `1990-95` and `F-16` have none.
    rf"|(?<![{_MINUS}\w.,)\]%][{_MINUS}])(?<=[{_MINUS}])(?={_FIGURE}))"
)


def words_and_signs(text: str) -> list[tuple[int, int, str]]:
    """Return the words of a text, as in `words`, and the symbols in its figures, for comparison.

    Every minus is returned as `-`.
    """
    figure_symbols = (
        (*symbol.span(), "-" if symbol[0] in _MINUS else symbol[0])
        for symbol in _SIGN.finditer(text)
    )
    return sorted([*words(text), *figure_symbols])
