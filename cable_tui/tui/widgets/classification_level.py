"""The levels of secrecy that the room displays: four levels, each with its own color."""

from __future__ import annotations

from typing import Literal

Level = Literal["unclassified", "restricted", "confidential", "secret"]

_LEVELS: dict[str, Level] = {
    "S": "secret",
    "SNF": "secret",
    "N": "secret",
    "TS": "secret",
    "TOP": "secret",
    "SECRET": "secret",
    "C": "confidential",
    "CNF": "confidential",
    "CONFIDENTIAL": "confidential",
    "LOU": "restricted",
    "LIMITED": "restricted",
    "RESTRICTED": "restricted",
    "SBU": "restricted",
    "FOUO": "restricted",
    "SENSITIVE": "restricted",
}


def level(marking: str) -> Level:
    """Return the level of a classification (`SECRET//NOFORN`) or a portion marking (`C/NF`)."""
    marking_words = marking.upper().replace("/", " ").replace("-", " ").split()
    marking_level = (
        _LEVELS.get(marking_words[0], "unclassified") if marking_words else "unclassified"
    )
    if marking_level == "unclassified" and not _LIMITED.isdisjoint(marking_words):
        return "restricted"
    return marking_level


_LIMITED = frozenset({"FOUO", "SBU", "OFFICIAL", "SENSITIVE"})
