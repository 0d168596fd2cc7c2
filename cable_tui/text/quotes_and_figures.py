"""Signs around words: lost quotes and apostrophes, and the signs of figures.

Word processors wrote `Sarkozy’s` and `“caudillo”`; the Department's systems flattened that to
`Sarkozy,s` and `&caudillo8`. The text of a cable stays as it was sent. This module makes a second
reading of it: for the search, which finds both, and for a view that a reader asks for. It is as
long as the text, sign for sign: every offset into the one holds for the other.

Currencies, per cent, a minus and `<` are parts of a figure.
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
"""Characters around a quotation that a phrase may reach into."""


def repaired(text: str) -> str:
    """Return the text, as long as before, with quotes and apostrophes corrected where certain."""
    text = _ARTICLE.sub("’", _ENDING.sub("’", text))
    if "&" not in text:
        return text
    return _QUOTED.sub(lambda match: f"“{match.group()[1:-1]}”", text)


def quotations(text: str) -> list[Span]:
    """Return where `&` and `8` replace quotes, both included."""
    return [match.span() for match in _QUOTED.finditer(text)] if "&" in text else []


def second_readings(text: str) -> Iterator[str]:
    """Yield the quotations with their quotes, with some words around them, for the text index.

    Apostrophes need no reading of their own: a comma parts words as they do.
    """
    for start, end in quotations(text):
        first_blank = text.find(" ", start - _AROUND, start) if start > _AROUND else 0
        last_blank = text.rfind(" ", end, end + _AROUND) if end + _AROUND < len(text) else len(text)
        yield repaired(
            text[start if first_blank < 0 else first_blank : end if last_blank < 0 else last_blank]
        )


GLUED = frozenset("-<>≤≥±~≈")
"""Signs that change the meaning of the figure after them."""
SIGNS = GLUED | frozenset("$%£€¥§")
"""Signs for comparing."""
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
_FIGURE = r"[$£€¥]?\.?\d"
_SIGN = pattern(
    rf"[$%£€¥§]|[<>≤≥±~≈](?=\s{{0,2}}{_FIGURE})"
    # A minus is glued to its figure and to nothing before it: `1990-95` and `F-16` have none.
    rf"|(?<![{_MINUS}\w.,)\]%])[{_MINUS}](?={_FIGURE})"
)


def words_and_signs(text: str) -> list[tuple[int, int, str]]:
    """Return the words of a text, as `words`, with the signs of its figures: for comparing.

    Every minus is a `-`.
    """
    signs = ((*sign.span(), "-" if sign[0] in _MINUS else sign[0]) for sign in _SIGN.finditer(text))
    return sorted([*words(text), *signs])
