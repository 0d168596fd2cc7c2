"""Numbers of things, as messages say them."""

from __future__ import annotations


def counted(number: int, what: str, several: str = "") -> str:
    """`1 mark`, `1,204 marks`; `several` is a plural that does not end in s."""
    return f"{number:,} {what if number == 1 else several or f'{what}s'}"
