"""Airgrams in REF lines: `A-62`, `STATE A-0226`, `CA-1234`. They went by pouch: no cables."""

from __future__ import annotations

from cable_tui.cable import Span
from cable_tui.pattern import pattern
from cable_tui.telegram.references.stations import station_at_end

NUMBER = r"(?:C?A-[ ]?[0-9]{1,5}|A[0-9]{3,5})(?![0-9A-Z-])"
"""The number of an airgram, or of one to all posts."""
_AIRGRAM = pattern(rf"(?<![A-Z0-9/-])(?:AIRGRAM[ ]{{1,3}}(?:NO\.?[ ]{{1,3}})?)?{NUMBER}")
_WORDS_BEFORE = pattern(r"(?:[A-Z][A-Z.'-]{0,19}[ ]{1,3}){1,3}$")
_NEAR = 64
"""Characters before an airgram in which its post is looked for."""


def airgrams(text: str, learned: frozenset[str]) -> list[Span]:
    """Where the airgrams of a readable item stand, each with its post before it.

    Without its hyphen a number is one only behind a post: `STATE A4683`.
    """
    found: list[Span] = []
    for one in _AIRGRAM.finditer(text) if "A" in text else ():
        start = one.start()
        before = _WORDS_BEFORE.search(text, max(start - _NEAR, found[-1][1] if found else 0), start)
        words = before.group().split() if before else []
        post = station_at_end(["".join(filter(str.isalpha, word)) for word in words], learned)
        if post:
            start = text.rindex(words[-post[1]], 0, start)
        if post or "-" in one.group():
            found.append((start, one.end()))
    return found
