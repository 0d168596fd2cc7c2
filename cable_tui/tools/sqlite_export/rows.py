"""The rows of one cable: workers make them, and the process that writes only inserts them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.base.cable import Cable
from cable_tui.exports.citation import Citation, link
from cable_tui.glossary.tag_lists import tag

Row = tuple[object, ...]


class CableRows(NamedTuple):
    """The values of a cable's rows, without their own numbers and without that of the cable."""

    cable: Row
    """All columns of `cables` after the number."""
    texts: tuple[str, str, str]
    """The subject, header and body, as in `cable`, for the full-text index."""
    by_table: dict[str, list[Row]]
    """The rows of each table that may have several rows of a cable."""
    list_entries: list[tuple[str, str]]
    """The name of each list with the listed part, or an empty string for the whole cable."""


def rows(citation: Citation) -> CableRows:
    """Return the rows of a cable with the reader's notes and lists."""
    cable = citation.cable
    return CableRows(
        cable=_columns(citation),
        texts=(cable.subject, cable.header.text, cable.body.text),
        by_table={
            "paragraphs": [
                (
                    position,
                    paragraph.label,
                    paragraph.marking,
                    paragraph.heading,
                    paragraph.span[0] + 1,
                    paragraph.span[1] - paragraph.span[0],
                )
                for position, paragraph in enumerate(cable.body.paragraphs, 1)
            ],
            "tags": [(code, _meaning(code)) for code in dict.fromkeys(cable.tags)],
            "cited_documents": [
                (
                    reference.label,
                    reference.kind,
                    reference.reference_id,
                    reference.how,
                    reference.text,
                )
                for reference in cable.references
            ],
            "addressees": list(_addressees(cable)),
            "warnings": list(dict.fromkeys((each.code, each.message) for each in cable.warnings)),
            "notes": [
                (
                    (citation.paras if note.place is None else note.place) or None,
                    note.text,
                    note.author or None,
                    note.written or None,
                )
                for note in citation.notes
            ],
        },
        list_entries=[
            (entry.name, citation.paras if entry.place is None else entry.place)
            for entry in citation.lists
        ],
    )


def _columns(citation: Citation) -> Row:
    """Return the values for all columns of `cables` except the first."""
    cable = citation.cable
    facts, header = cable.facts, cable.header
    source = cable.sources[0] if cable.sources else None
    return (
        facts.reference_id,
        facts.canonical_id,
        facts.created or None,
        facts.released or None,
        facts.classification,
        facts.origin,
        header.sender,
        header.precedence,
        header.partial,
        cable.subject_marking,
        cable.subject,
        header.text,
        cable.body.text,
        source.path if source else "",
        source.format if source else "",
        link(citation) or None,
    )


def _meaning(code: str) -> str | None:
    """Return the title of a TAG, or None if it has none."""
    known_tag = tag(code)
    return known_tag.title or None if known_tag else None


def _addressees(cable: Cable) -> Iterator[Row]:
    """Yield the rows for the action addressees, then for the info addressees."""
    for role, addressees in (("to", cable.header.to), ("info", cable.header.info)):
        for addressee in addressees:
            yield (
                role,
                addressee.name,
                addressee.route,
                addressee.precedence,
                addressee.reading,
            )
