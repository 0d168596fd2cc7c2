"""What is copied of a cable, and what must be known of it before it is passed on. No Textual."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cable_tui.archive.quoted import today
from cable_tui.cable import Cable, Paragraph
from cable_tui.exports import EXPORTS, Citation, Ways, cautions, plea
from cable_tui.tui.links import cited


def citation(
    cable: Cable, paragraphs: tuple[Paragraph, ...], stop: int, folder: Path, ways: Ways
) -> Citation:
    """Paragraphs; else the REF line that the cursor is on; else the whole cable. Read today."""
    return Citation(
        cable,
        paragraphs,
        ways.link,
        today(),
        () if paragraphs else cited(cable, stop),
        source=next((each for each in cable.sources if each.format == ways.source), None),
        folder=folder,
        templates=ways.templates,
    )


def part(place: Citation, span: tuple[int, int]) -> Citation:
    """The words between two offsets of the body, and the paragraphs that they stand in."""
    body = place.cable.body
    start, end = span
    touched = tuple(each for each in body.paragraphs if each.span[0] < end and start < each.span[1])
    return replace(place, paragraphs=touched, references=(), words=body.text[start:end])


def named(place: Citation) -> str:
    """`¶3`, `ref. B` or the reference ID, for a notice."""
    if place.words:
        return f"selected in {EXPORTS['reference'].function(place)}"
    if place.letters:
        return place.paras
    return f"¶{place.places}" if place.places else place.cable.reference_id


def caution(place: Citation) -> str:
    """One short notice on who is to be protected and what is the matter with the place, or empty.

    It warns and never stops anybody.
    """
    said = list(cautions(place))
    if words := plea(place):
        said.insert(0, f"“{words}” stands here: think of who is named before you pass it on.")
    if len(said) > 2:
        return f"{' '.join(said[:2])} And {len(said) - 2} more: see the top of the cable."
    return " ".join(said)


def missing(place: Citation, label: str) -> str:
    """Why there is nothing to copy in a format."""
    name = place.cable.reference_id
    if place.link_template == "cablegate" and not place.cable.facts.created:
        return f"{name} has no date, so its address is not known."
    return f"{name} has no {label}."
