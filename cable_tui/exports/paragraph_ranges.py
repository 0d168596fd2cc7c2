"""Places in a cable as a reader names them: `3`, `3-5`, `B` of the REF lines."""

from __future__ import annotations

from cable_tui.cable import Cable, Paragraph, Reference
from cable_tui.errors import NotFoundError
from cable_tui.pattern import pattern

_RANGE = pattern(r"\s*(?:par)?([\w./]{1,12})\s*[-–]\s*(?:par)?([\w./]{1,12})\s*")
_PLACE = pattern(r"(.*)[#¶]\s*+(?:par)?([^#¶]*)")


def split(reference: str) -> tuple[str, str]:
    """The cable and the place of `REF#N`, `REF ¶3–5` or a link; the place may be empty."""
    found = _PLACE.fullmatch(reference.strip())
    if found is None:
        return reference.strip(), ""
    return found[1].removesuffix("¶").rstrip(), found[2].strip()


def at(cable: Cable, place: str) -> tuple[tuple[Paragraph, ...], tuple[Reference, ...]]:
    """The paragraphs, or the REF lines, that a place names. Raises `NotFoundError`.

    A range holds what stands between its ends, the lines without numbers too.
    """
    if not place:
        return (), ()
    if (one := _index(cable, place)) is not None:
        return (cable.body.paragraphs[one],), ()
    lines = tuple(each for each in cable.references if _equal(each.label, place))
    if lines:
        return (), lines
    if found := _RANGE.fullmatch(place):
        first, last = (_index(cable, label) for label in found.groups())
        if first is not None and last is not None and first <= last:
            return cable.body.paragraphs[first : last + 1], ()
    labels = [each.label for each in cable.body.paragraphs if each.label]
    known = f"its paragraphs are {labels[0]} to {labels[-1]}" if labels else "it has none"
    raise NotFoundError(f"{cable.reference_id} has no paragraph {place}: {known}")


def _index(cable: Cable, label: str) -> int | None:
    paragraphs = enumerate(cable.body.paragraphs)
    return next((at for at, each in paragraphs if _equal(each.label, label)), None)


def _equal(label: str | None, wanted: str) -> bool:
    return label is not None and label.casefold() == wanted.casefold()
