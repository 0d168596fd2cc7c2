"""A plea for somebody's protection in what is quoted: whoever passes it on is warned, not stopped.

Whom a plea means is known to `telegram.people.pleas`.
"""

from __future__ import annotations

from cable_tui.exports.citation import Citation
from cable_tui.telegram.people.pleas import plea_about


def plea(citation: Citation) -> str:
    """The first words that ask to protect somebody who is named in a place, or stand there.

    On one line; or empty.
    """
    body = citation.cable.body
    parts = [each.text for each in citation.paragraphs or body.paragraphs]
    return plea_about(body.text, parts or [body.text])
