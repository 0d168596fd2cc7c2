"""Portion markings: `(C/NF)` before a subject, a heading or a paragraph."""

from __future__ import annotations

from cable_tui.pattern import pattern

_LEVEL = (
    r"(?:TS|S|C|U|SBU|LOU|FOUO|CNF|SNF|N/SF|SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS"
    r"|SENSITIVE BUT UNCLASSIFIED)"
)
_CAVEAT = (
    r"(?:[ \t]?[-/,&][-/,& \t]{0,3}[A-Z][A-Z ,/&.-]{0,60}"
    r"|[ \t](?:REL|NF|NOFORN)\b[A-Z ,/]{0,40})?"
)

PATTERN = rf"\([ \t]{{0,2}}(?i:{_LEVEL}{_CAVEAT})[ \t]{{0,2}}\)"
"""A marking in its brackets, as a pattern for other patterns."""

_MARKING = pattern(
    rf"[ \t]{{0,8}}\(?[ \t]{{0,2}}((?i:{_LEVEL}{_CAVEAT}))[ \t]{{0,2}}\)[ \t:]{{0,4}}"
)


def split(text: str) -> tuple[str | None, int]:
    """The marking that a text begins with, without brackets, and where the rest begins.

    An opening bracket may be lost (`C) Summary`). No marking: `(None, 0)`.
    """
    found = _MARKING.match(text)
    if not found:
        return None, 0
    return " ".join(found.group(1).split()), found.end()
