"""Cables from a published edition, whose markup replaces the grammar of telegrams.

`Edition` contains the fields; this module turns them into the fields of a cable.
"""

from __future__ import annotations

from cable_tui.base.cable import (
    DAMAGED,
    Addressee,
    Body,
    Cable,
    CableWarning,
    Edition,
    Facts,
    Header,
    RawCable,
    Reference,
)
from cable_tui.telegram import header as telegram_header

ALSO = "also"
"""The label of the reference to the same telegram in another collection."""
_RANK = ("FLASH", "IMMEDIATE", "NIACT", "PRIORITY", "ROUTINE")


def cable(raw: RawCable, heading: Edition, known: Facts) -> Cable:
    """Return the whole cable: the text, the paragraphs, and the footnotes as notes."""
    return Cable(
        facts=known,
        subject=heading.subject,
        subject_marking=None,
        tags=(),
        references=heading.references,
        articles=(),
        header=header_of(raw),
        body=Body(
            text=raw.body,
            captions=heading.captions,
            notes=heading.notes,
            signed_by=heading.signed_by,
            paragraphs=heading.paragraphs,
        ),
        warnings=warnings(raw, heading),
        edition=heading,
    )


def header_of(raw: RawCable) -> Header:
    """Return the header of any record; an edition's is made from its sender and addressees."""
    if (edition := raw.edition) is None:
        return telegram_header.parse(raw.header)
    precedences = edition.precedences
    return Header(
        text=raw.header,
        precedence=min(precedences, key=_RANK.index, default=None),
        precedences=precedences,
        sender=edition.sender or None,
        to=tuple(Addressee(None, addressee_name, None, None) for addressee_name in edition.to),
        info=tuple(Addressee(None, addressee_name, None, None) for addressee_name in edition.info),
    )


def addressees_of(raw: RawCable) -> tuple[tuple[Addressee, ...], tuple[Addressee, ...]]:
    """Return the action and info addressees of any record, as in its header."""
    if raw.edition is None:
        return telegram_header.addressees(raw.header)
    edition_header = header_of(raw)
    return edition_header.to, edition_header.info


def warnings(raw: RawCable, edition: Edition) -> tuple[CableWarning, ...]:
    """Return the warnings for a reader who quotes the document."""
    damage_warnings = (DAMAGED,) if raw.damaged else ()
    if not edition.damage:
        return damage_warnings
    warning_text = f"the text ends where the file is damaged: {edition.damage}"
    return (*damage_warnings, CableWarning("cut-off", warning_text))


def without_absent(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Return references without those to the same telegram elsewhere that the archive lacks."""
    return tuple(
        reference for reference in references if reference.label != ALSO or reference.in_archive
    )
