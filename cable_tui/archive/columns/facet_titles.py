"""What the values of facets mean."""

from __future__ import annotations

from cable_tui import glossary
from cable_tui.query import Facet, class_short


def title(facet: Facet, value: str) -> str:
    """What a value means where its facet's values are codes; else empty."""
    if facet.name == "tag":
        known = glossary.tag(value)
        return known.title if known else ""
    return class_short(value) if facet.name == "class" else ""
