"""The level of secrecy as the room paints it: four levels, each a word before a colour."""

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
    """Return the level of a classification (`SECRET//NOFORN`) or portion marking (`C/NF`)."""
    words = marking.upper().replace("/", " ").replace("-", " ").split()
    level = _LEVELS.get(words[0], "unclassified") if words else "unclassified"
    if level == "unclassified" and not _LIMITED.isdisjoint(words):
        return "restricted"
    return level


_LIMITED = frozenset({"FOUO", "SBU", "OFFICIAL", "SENSITIVE"})
