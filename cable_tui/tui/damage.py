"""Why a text is to be read as filed: what the grammar could make nothing of. Pure: no Textual."""

from __future__ import annotations

from cable_tui.cable import Cable

_CODES = ("other-cable", "repeated-body", "database-row", "stub", "unparsed")
"""Warnings that say that the text is not what a cable's should be; the gravest first."""


def damage(cable: Cable) -> str:
    """One reason in a few words, or empty where the cable is whole."""
    for code in _CODES:
        for warning in cable.warnings:
            if warning.code == code:
                return warning.message
    return ""
