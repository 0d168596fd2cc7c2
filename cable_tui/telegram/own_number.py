"""The numbers that a text says it has: those of its classification line and of its page lines."""

from __future__ import annotations

from cable_tui.pattern import pattern
from cable_tui.telegram import classification_line

_PAGE = pattern(r"[A-Z.] 0*([1-9]\d{0,6}) {1,4}\d{3}(?:\.\d{1,2})? {1,2}OF \d{3}\b")
_LINES = 40
"""Of the head, among which the classification line is."""


def own_numbers(body: str, begin: int) -> set[int]:
    """The serials of a body with a head up to `begin`; empty where it names none."""
    lines = body[:begin].split("\n", _LINES)[:_LINES]
    heads = (classification_line.read(line) for line in lines)
    found = {each.serial for each in heads if each and each.station and each.serial is not None}
    return found | {int(page[1]) for page in _PAGE.finditer(body)}
