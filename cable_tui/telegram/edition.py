"""A document of an edition: its mark-up replaces the grammar of telegrams.

`Edition` holds the fields; here they become those of a cable.
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
"""The label of the reference that is the same telegram in another collection."""
_RANK = ("FLASH", "IMMEDIATE", "NIACT", "PRIORITY", "ROUTINE")


def cable(raw: RawCable, said: Edition, known: Facts) -> Cable:
    """Return the whole cable: the text, its paragraphs, its footnotes as notes."""
    return Cable(
        facts=known,
        subject=said.subject,
        subject_marking=None,
        tags=(),
        references=said.references,
        articles=(),
        header=header_of(raw),
        body=Body(
            text=raw.body,
            captions=said.captions,
            notes=said.notes,
            signed_by=said.signed_by,
            paragraphs=said.paragraphs,
        ),
        warnings=warnings(raw, said),
        edition=said,
    )


def header_of(raw: RawCable) -> Header:
    """Return the header of any record; for an edition, from the heading's sender and addressees."""
    if (said := raw.edition) is None:
        return telegram_header.parse(raw.header)
    precedences = said.precedences
    return Header(
        text=raw.header,
        precedence=min(precedences, key=_RANK.index, default=None),
        precedences=precedences,
        sender=said.sender or None,
        to=tuple(Addressee(None, name, None, None) for name in said.to),
        info=tuple(Addressee(None, name, None, None) for name in said.info),
    )


def addressees_of(raw: RawCable) -> tuple[tuple[Addressee, ...], tuple[Addressee, ...]]:
    """Return the action and info addressees of any record, as in its header."""
    if raw.edition is None:
        return telegram_header.addressees(raw.header)
    head = header_of(raw)
    return head.to, head.info


def warnings(raw: RawCable, said: Edition) -> tuple[CableWarning, ...]:
    """Return cautions for a reader who quotes."""
    found = (DAMAGED,) if raw.damaged else ()
    if not said.damage:
        return found
    text = f"the text ends at damage in the file: {said.damage}"
    return (*found, CableWarning("cut-off", text))


def without_absent(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Return references without those to the same telegram elsewhere, if the archive lacks it."""
    return tuple(each for each in references if each.label != ALSO or each.in_archive)
