"""How commands put numbers into words."""

from __future__ import annotations


def counted(number: int, what: str) -> str:
    """`1 mark`, `1,204 marks`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
