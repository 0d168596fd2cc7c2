"""What the names of styles say, in the languages that office programs name them in."""

from __future__ import annotations

from cable_tui.pattern import pattern

_QUOTATION = pattern(r"(?i).*(?:quot|zitat|citation|citac|\bcita\b|citaat|citat|block[ _]?text)")
_NO_QUOTATION = pattern(r"(?i).*(?:char|zeichen|car\b)")
"""Styles of single words within a paragraph."""
_HEADING = pattern(r"(?i)(?:heading|title|überschrift|titre|titel|titolo|título)[ _]?\w{0,3}$")


def is_quotation_style(name: str) -> bool:
    """Whether a paragraph of this style is a quotation: `Quote`, `Quotations`, `Block Text`."""
    return bool(_QUOTATION.match(name)) and not _NO_QUOTATION.match(name)


def is_heading_style(name: str) -> bool:
    """Whether it is a heading: `heading 2`, `Title`."""
    return bool(_HEADING.match(name))
