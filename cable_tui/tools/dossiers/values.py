"""The data that members provide to a renderer: finished results of the grammar and the settings.

`shown` of a cable, in its member:

{"created", "day", "class", "subject", "facts": [[label, value]], "cited": [[start, end]]}

A place, in `places.json`:

    {"cable": its member, "at": "¶3", "quotations": [[[start, end]]], "bookmarks": [uid],
     "cautions": [], "citation", "address", "bibtex"}

A page takes as much as possible from the cable's record. Quotations and cited paragraphs are
therefore spans of the body, and the words of a subject are in the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cable_tui.base.cable import Cable, Paragraph, RawCable, Span, class_with_fouo
from cable_tui.exports import bibliography
from cable_tui.exports.citation import Citation, cautions, link, written_on
from cable_tui.exports.copy_formats import reference
from cable_tui.exports.footnotes import written
from cable_tui.exports.plain_text import facts
from cable_tui.text.cleaning import json_text
from cable_tui.tools.dossiers.manifest import FORMAT

PLACES_FORMAT = f"{FORMAT}: places"
_BREAK = 2_000
"""The maximum length, in characters, of a page break within a paragraph."""
_OF_RECORD = ("Reference ID", "Classification", "Origin", "Article")


def shown(raw: RawCable, cable: Cable, labels: Iterable[str]) -> dict[str, Any]:
    """Return the facts read from a record; `labels` are the labels of its cited paragraphs."""
    cited_labels = set(labels)
    written_day = written_on(Citation(cable))
    known_facts = {"day": written_day.isoformat() if written_day else "", "subject": cable.subject}
    if contradiction(raw, known_facts):
        known_facts = {"day": raw.created[:10], "subject": raw.title}
    record_labels = {*_OF_RECORD, *(fact_label for fact_label, _ in raw.remarks)}
    return {
        **known_facts,
        "created": cable.facts.created,
        "class": class_with_fouo(cable.facts.classification),
        "facts": [
            [fact_label, fact_value]
            for fact_label, fact_value in facts(cable)
            if fact_label not in record_labels
        ],
        "cited": [
            list(paragraph.span)
            for paragraph in cable.body.paragraphs
            if paragraph.label in cited_labels
        ],
    }


def contradiction(raw: RawCable, read: Mapping[str, Any]) -> str:
    """Return the fact on a page that contradicts the record, or an empty string.

    The day of an edition is from a dateline, and some records have no day.
    """
    subject = str(read.get("subject"))
    record_text = " ".join((raw.title, raw.header, raw.body))
    letters_of_text = "".join(record_text.split())
    if "".join(subject.split()) not in letters_of_text and not set(subject.split()) <= set(
        record_text.split()
    ):
        return "subject"
    is_dated = raw.created and raw.edition is None
    return "day" if is_dated and read.get("day") != raw.created[:10] else ""


def place(member: str, cited: Citation, uids: Sequence[str]) -> dict[str, Any]:
    """Return a place with its bookmarks, cited in the text of its member."""
    cable = cited.cable
    paragraphs_in_body = (
        paragraph for paragraph in cited.paragraphs if paragraph in cable.body.paragraphs
    )
    return {
        "cable": member,
        "at": reference(cited).removeprefix(cable.reference_id).strip(),
        "quotations": [_spans(cable.body.text, paragraph) for paragraph in paragraphs_in_body],
        "bookmarks": list(uids),
        "cautions": list(cautions(cited)),
        "citation": written("note", cited),
        "address": link(cited),
        "bibtex": bibliography.bibtex(cited),
    }


def _spans(body: str, paragraph: Paragraph) -> list[Span]:
    """Return the spans of the marking and the words of a paragraph, without page breaks.

    If these cannot be located one after another, return the span of the whole paragraph.
    """
    paragraph_start, paragraph_end = paragraph.span
    marking_lines = [f"({paragraph.marking})"] if paragraph.marking else []
    line_spans: list[Span] = []
    body_offset = paragraph_start
    remaining_lines = [*marking_lines, *map(str.strip, paragraph.text.split("\n"))][::-1]
    while remaining_lines:
        next_line = remaining_lines.pop()
        line_start = body.find(
            next_line, body_offset, min(body_offset + len(next_line) + _BREAK, paragraph_end)
        )
        if line_start < 0 and (line_words := next_line.split())[1:]:
            remaining_lines += reversed(line_words)
        elif line_start < 0:
            return [(paragraph_start, paragraph_end)]
        elif next_line:
            body_offset = line_start + len(next_line)
            if line_spans and body[line_spans[-1][1] : line_start].isspace():
                line_start = line_spans.pop()[0]
            line_spans.append((line_start, body_offset))
    return line_spans


def places_text(places: Iterable[dict[str, Any]]) -> str:
    """Return the text of `places.json`."""
    json_value = {"format": PLACES_FORMAT, "version": 1, "places": list(places)}
    return json_text(json_value, indent=1) + "\n"
