"""The values that members hold for a renderer: what the grammar and the settings say, finished.

`shown` of a cable, in its member:

    {"created", "day", "class", "subject", "facts": [[label, value]], "cited": [[start, end]]}

A place, in `places.json`:

    {"cable": its member, "at": "¶3", "quotations": [[[start, end]]], "bookmarks": [uid],
     "cautions": [], "citation", "address", "bibtex"}

A page takes from the cable's record whatever is there: so quotations and cited paragraphs are spans
of its body, and a subject has its words.
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
"""The most characters of a page break within a paragraph."""
_OF_RECORD = ("Reference ID", "Classification", "Origin", "Article")


def shown(raw: RawCable, cable: Cable, labels: Iterable[str]) -> dict[str, Any]:
    """Return what was read in a record; `labels` of its cited paragraphs."""
    cited_labels = set(labels)
    day_written = written_on(Citation(cable))
    facts_read = {"day": day_written.isoformat() if day_written else "", "subject": cable.subject}
    if contradiction(raw, facts_read):
        facts_read = {"day": raw.created[:10], "subject": raw.title}
    of_record = {*_OF_RECORD, *(label for label, _ in raw.remarks)}
    return {
        **facts_read,
        "created": cable.facts.created,
        "class": class_with_fouo(cable.facts.classification),
        "facts": [[label, value] for label, value in facts(cable) if label not in of_record],
        "cited": [
            list(paragraph.span)
            for paragraph in cable.body.paragraphs
            if paragraph.label in cited_labels
        ],
    }


def contradiction(raw: RawCable, read: Mapping[str, Any]) -> str:
    """Return which fact of a page is not that of the record; empty if none is.

    The day of an edition is that of a dateline, and some records have none.
    """
    subject = str(read.get("subject"))
    text = " ".join((raw.title, raw.header, raw.body))
    dense = "".join(text.split())
    if "".join(subject.split()) not in dense and not set(subject.split()) <= set(text.split()):
        return "subject"
    is_dated = raw.created and raw.edition is None
    return "day" if is_dated and read.get("day") != raw.created[:10] else ""


def place(member: str, cited: Citation, uids: Sequence[str]) -> dict[str, Any]:
    """Return a place, cited in the text that its member has, with the bookmarks there."""
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
    """Return where the marking and the words of a paragraph are, without page breaks.

    If they cannot be found one after the other, it is the whole paragraph.
    """
    paragraph_start, paragraph_end = paragraph.span
    marking = [f"({paragraph.marking})"] if paragraph.marking else []
    line_spans: list[Span] = []
    body_offset = paragraph_start
    lines_left = [*marking, *map(str.strip, paragraph.text.split("\n"))][::-1]
    while lines_left:
        line = lines_left.pop()
        begin = body.find(line, body_offset, min(body_offset + len(line) + _BREAK, paragraph_end))
        if begin < 0 and (words := line.split())[1:]:
            lines_left += reversed(words)
        elif begin < 0:
            return [(paragraph_start, paragraph_end)]
        elif line:
            body_offset = begin + len(line)
            if line_spans and body[line_spans[-1][1] : begin].isspace():
                begin = line_spans.pop()[0]
            line_spans.append((begin, body_offset))
    return line_spans


def places_text(places: Iterable[dict[str, Any]]) -> str:
    """Return `places.json`."""
    value = {"format": PLACES_FORMAT, "version": 1, "places": list(places)}
    return json_text(value, indent=1) + "\n"
