"""Turn the texts of a record into a `Cable` with all fields of the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.base.cable import Body, Cable, Paragraph, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.telegram import captions, edition, summary
from cable_tui.telegram import header as telegram_header
from cable_tui.telegram.body_labels import Top
from cable_tui.telegram.classification_line import class_line
from cable_tui.telegram.classified import classified, order
from cable_tui.telegram.facts import facts_of
from cable_tui.telegram.paragraphs import blocks, paragraphs
from cable_tui.telegram.people import signature
from cable_tui.telegram.reading import Reading
from cable_tui.telegram.top_fields import TopFields, created_year, top_fields
from cable_tui.telegram.warnings import warnings


def parse(raw: RawCable, learned: frozenset[str] = frozenset()) -> Cable:
    """Return the whole cable, without looking up its references.

    `learned` contains station codes that the archive's own IDs contain and the tables lack.
    """
    known_facts = facts_of(raw)
    if raw.edition is not None:
        return edition.cable(raw, raw.edition, known_facts)
    body_given, raw = raw.body, without_row_ends(raw)
    fields = top_fields(raw, known_facts, learned)
    return Cable(
        facts=known_facts,
        subject=fields.subject,
        subject_marking=fields.subject_marking,
        tags=fields.tags,
        references=fields.references,
        articles=raw.articles,
        header=telegram_header.parse(raw.header),
        body=replace(body(raw, fields), text=body_given),
        warnings=warnings(raw, known_facts, fields),
        text_tags=_less(fields.body_tags, raw.tags) if raw.tags else (),
        archive_tags=_less(raw.tags, fields.body_tags),
        remarks=raw.remarks,
        text_references=fields.text_references,
    )


def _less(tag_codes: tuple[str, ...], excluded_tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tag for tag in tag_codes if tag not in excluded_tags)


_ROW_END = pattern(r"\\(?=[ \t]{0,40}(?:\n|$))")
_NOTE_START = pattern(r"\([ ]?(?:NOTE|Note)[ ]?[:.]|\([ ]?(?:NOTE|Note) - ")
_NOTE_END = pattern(r"END[ \n]NOTE", re.IGNORECASE)
_EDITORS_NOTE = pattern(r"[ \t]{0,4}NOTE[ ]{0,2}[-:–][ ]{0,2}\S.{3,200}")
_LONGEST_NOTE = 3000
_LONGEST_BRACKET = 1200
"""The maximum length, in characters, of a note without `END NOTE`, up to its closing bracket."""
_FIRST_LINES = 4
"""The number of lines at the start of a body in which an editor's note may occur."""


def body(raw: RawCable, fields: TopFields) -> Body:
    """Return the body of a record whose top has been read."""
    top_of_body = fields.top
    order_read = order(top_of_body, created_year(raw))
    officer = classified(top_of_body)
    line = class_line(top_of_body)
    text_start = max(
        fields.end, order_read.end, officer.end, line.span[1] if line else 0, top_of_body.whole
    )
    text_start = max([text_start, *(label.content for label in top_of_body.labels)])
    derived_label = top_of_body.first("derived")
    if derived_label and derived_label.content < top_of_body.end:
        text_start = max(text_start, next(top_of_body.pieces(derived_label)).end)
    text_start = min(text_start, top_of_body.end) if top_of_body.numbered else text_start
    paragraphs_before = preamble(top_of_body, line.span[1]) if line else ()
    # The signature, what is after it, and a web site's address are no paragraphs.
    body_signature = signature.signature(raw.body)
    text_end = signature.text_end(raw.body, body_signature, text_start)
    if top_of_body.cut and not top_of_body.whole:
        # what follows is the head once more
        text_end = signature.without_trailer(raw.body, text_start, max(text_start, top_of_body.cut))
    return Body(
        text=raw.body,
        captions=captions.captions(top_of_body),
        sections=line.sections if line else None,
        addressed=captions.addressed(top_of_body),
        executive_order=order_read.number,
        declassify_on=order_read.declassify_on,
        declassify_event=order_read.event,
        classified_by=officer.name,
        classified_by_title=officer.title,
        reasons=officer.reasons,
        notes=notes(top_of_body),
        summary=summary.summary(raw.body, fields.end),
        signed_by=body_signature.names,
        paragraphs=(*paragraphs_before, *paragraphs(raw.body, text_start, text_end, raw.anchors)),
    )


def without_row_ends(raw: RawCable) -> RawCable:
    """Return the record with spaces in place of backslashes at line ends; offsets do not change."""
    if "\\\n" not in raw.body and "\\ \n" not in raw.body:
        return raw
    return replace(raw, body=_ROW_END.sub(" ", raw.body))


def preamble(top: Top, class_line_end: int) -> Iterator[Paragraph]:
    """Yield the prose from classification line to first label as unnumbered paragraphs."""
    if not top.labels:
        return
    line_end = top.body.find("\n", class_line_end)
    preamble_end = top.first_label
    if (
        line_end < 0
        or line_end >= preamble_end
        or top.body[line_end:preamble_end].upper() == top.body[line_end:preamble_end]
    ):
        return
    for block in blocks(top.body, line_end, preamble_end):
        block_lines = block.text.split("\n")
        if captions.is_prose(block_lines[0]) and not any(map(captions.is_addressed, block_lines)):
            yield block


def notes(top: Top) -> tuple[str, ...]:
    """Return a body's notes, each on one line, without the brackets and words that enclose them."""
    texts_found = [
        " ".join(line.split()) for line in top.lines[:_FIRST_LINES] if _EDITORS_NOTE.match(line)
    ]
    texts = (
        _note_text(top.body, start_match.end()) for start_match in _NOTE_START.finditer(top.body)
    )
    texts_found += filter(None, texts)
    return tuple(dict.fromkeys(texts_found))


def _note_text(body: str, start: int) -> str | None:
    end_match = _NOTE_END.search(body, start, start + _LONGEST_NOTE)
    next_note = _NOTE_START.search(body, start, start + _LONGEST_NOTE)
    bracket_offset = body.find(")", start, start + _LONGEST_BRACKET)
    if end_match and not (next_note and next_note.start() < end_match.start()):
        note_end = end_match.start()
    elif bracket_offset >= 0:
        note_end = bracket_offset
    else:
        return None
    note_lines = Reading(body[start:note_end]).kept_lines()
    return " ".join(" ".join(line for line in note_lines if line).split()).strip(" .") or None
