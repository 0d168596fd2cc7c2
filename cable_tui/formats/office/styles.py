"""Styles: their names, in the languages of office programs, and margins."""

from __future__ import annotations

from cable_tui.base.pattern import pattern

_QUOTATION = pattern(r"(?i).*(?:quot|zitat|citation|cita[cç]|\bcita\b|citaat|citat|block[ _]?text)")
_NO_QUOTATION = pattern(r"(?i).*(?:char|zeichen|car\b)")
"""Styles of single words within a paragraph."""
_QUOTATION_CLASS = pattern(
    r"(?i)(?:mso)?(?:intense)?-?(?:(?:block)?-?quot(?:e|ation)s?|block-?text|zitat)"
    r"(?:-(?:western|cjk|ctl))?"
)
_HEADING = pattern(r"(?i)(?:heading|title|überschrift|titre|titel|titolo|título)[ _]?\w{0,3}$")
_LENGTH = pattern(
    r"\s{0,9}(?P<number>\d{1,6}(?:\.\d{1,9})?|\.\d{1,9})(?P<unit>r?em|cm|mm|in|pt|pc|px)"
)
_MILLIMETRES = {
    "cm": 10.0,
    "mm": 1.0,
    "in": 25.4,
    "pt": 0.353,
    "pc": 4.23,
    "px": 0.265,
    "em": 4.23,
    "rem": 4.23,
}
BOTH_SIDES = 3.5
"""A paragraph indented on both sides by this many millimetres is a quotation."""


def is_quotation_style(name: str) -> bool:
    """Return whether this style is for quotations: `Quote`, `Quotations`, `Block Text`."""
    return bool(_QUOTATION.match(name)) and not _NO_QUOTATION.match(name)


def is_heading_style(name: str) -> bool:
    """Return whether this style is for headings: `heading 2`, `Title`."""
    return bool(_HEADING.match(name))


def is_quotation_class(names: str) -> bool:
    """Return whether these classes of a page are for quotations.

    Word and LibreOffice write them.
    """
    return any(_QUOTATION_CLASS.fullmatch(name) for name in names.split())


def millimetres(given: str | None) -> float | None:
    """Return a length such as `0.5in` in millimetres; None if it is missing, or a percentage."""
    if given is None or "%" in given:
        return None
    match = _LENGTH.match(given)
    return float(match["number"]) * _MILLIMETRES[match["unit"]] if match else 0.0
