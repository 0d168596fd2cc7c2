"""The matching of names of values, lists and searches, by the beginnings of their words."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.text import words


def folded(text: str) -> list[str]:
    """The words of a text as they are compared: without case and accents."""
    return [word for _, _, word in words(text)]


def begins(wanted: Sequence[str], text: str) -> bool:
    """Whether each of some folded words begins a word of a text, in any order."""
    present = folded(text)
    return all(any(other.startswith(word) for other in present) for word in wanted)
