"""Numbers of things, as messages say them."""

from __future__ import annotations


def counted(number: int, what: str) -> str:
    """`1 mark`, `1,204 marks`: of a word whose plural ends in s."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
