"""A plea for somebody's protection in what is quoted: whoever passes it on is warned, not stopped.

Whom a plea means is known to `telegram.people.pleas`.
"""

from __future__ import annotations

from cable_tui.exports.citation import Citation
from cable_tui.telegram.people.plea_words import asks


def plea(citation: Citation) -> str:
    """The first words of a place that ask for somebody's protection, on one line; or empty."""
    cable = citation.cable
    parts = [each.text for each in citation.paragraphs or cable.body.paragraphs]
    for text in parts or [cable.body.text]:
        for start, end in asks(text):
            return " ".join(text[start:end].split())
    return ""
