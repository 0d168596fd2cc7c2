"""Signs that say as much as the digits of a figure: currencies, per cent, a minus, `<`."""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.pattern import pattern

GLUED = frozenset("-<>≤≥±~≈")
"""Signs that make another figure of the one behind them."""
SIGNS = GLUED | frozenset("$%£€¥§")
"""What signs are compared by."""
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
_FIGURE = r"[$£€¥]?\.?\d"
_SIGN = pattern(
    rf"[$%£€¥§]|[<>≤≥±~≈](?=\s{{0,2}}{_FIGURE})"
    # A minus is glued to its figure and to nothing before it: `1990-95` and `F-16` have none.
    rf"|(?<![{_MINUS}\w.,)\]%])[{_MINUS}](?={_FIGURE})"
)


def figure_signs(text: str) -> Iterator[tuple[int, int, str]]:
    """Each sign of a text: start, end, and what it is compared by; every minus is a `-`."""
    for found in _SIGN.finditer(text):
        yield found.start(), found.end(), "-" if found[0] in _MINUS else found[0]
