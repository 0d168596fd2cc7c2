"""Styles: quotation and heading styles by name, in several languages, and their margins."""

from __future__ import annotations

from cable_tui.base.pattern import pattern

_QUOTATION = pattern(r"(?i).*(?:quot|zitat|citation|cita[cç]|\bcita\b|citaat|citat|block[ _]?text)")
_NO_QUOTATION = pattern(r"(?i).*(?:char|zeichen|car\b)")
"""Styles for single words within a paragraph."""
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
"""The minimum indent on both sides, in millimetres, that makes a paragraph a quotation."""


def is_quotation_style(name: str) -> bool:
    """Return whether a style is for quotations, such as `Quote`, `Quotations` or `Block Text`."""
    return bool(_QUOTATION.match(name)) and not _NO_QUOTATION.match(name)


def is_heading_style(name: str) -> bool:
    """Return whether a style is for headings, such as `heading 2` or `Title`."""
    return bool(_HEADING.match(name))


def is_quotation_class(names: str) -> bool:
    """Return whether these HTML classes are for quotations, as written by Word and LibreOffice."""
    return any(_QUOTATION_CLASS.fullmatch(class_name) for class_name in names.split())


def millimetres(given: str | None) -> float | None:
    """Return a length such as `0.5in` in millimetres, or None if missing or a percentage."""
    if given is None or "%" in given:
        return None
    length_match = _LENGTH.match(given)
    return (
        float(length_match["number"]) * _MILLIMETRES[length_match["unit"]] if length_match else 0.0
    )
