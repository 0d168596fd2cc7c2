"""The bottom box put together from its fields."""

from __future__ import annotations

from cable_tui.cable import Body, Paragraph, RawCable
from cable_tui.telegram import captions, notes, signature, summary
from cable_tui.telegram.classified import classified
from cable_tui.telegram.classline import class_line
from cable_tui.telegram.executive import order
from cable_tui.telegram.fields import TopFields, created_year
from cable_tui.telegram.paragraphs import paragraphs
from cable_tui.telegram.preamble import preamble
from cable_tui.telegram.top import Top
from cable_tui.telegram.trailer import without_trailer


def body(raw: RawCable, fields: TopFields) -> Body:
    """The whole bottom box of a record whose top was read."""
    top = fields.top
    declassify = order(top, created_year(raw))
    officer = classified(top)
    line = class_line(top)
    begin = max(fields.end, declassify.end, officer.end, line.span[1] if line else 0)
    begin = max([begin, *(mark.content for mark in top.marks), *_derived(top)])
    begin = min(begin, top.end) if top.numbered else begin
    before = preamble(top, line.span[1]) if line else ()
    signed = signature.signature(raw.body)
    return Body(
        text=raw.body,
        captions=captions.captions(top),
        sections=line.sections if line else None,
        addressed=captions.addressed(top),
        executive_order=declassify.number,
        declassify_on=declassify.declassify_on,
        declassify_event=declassify.event,
        classified_by=officer.name,
        classified_by_title=officer.title,
        reasons=officer.reasons,
        notes=notes.notes(top),
        summary=summary.summary(raw.body, fields.end),
        signed_by=signed.names,
        paragraphs=(*before, *_paragraphs(raw, begin, signed)),
    )


def _derived(top: Top) -> list[int]:
    """Where a `DERIVED FROM` line ends."""
    mark = top.first("derived")
    return [next(top.pieces(mark)).end] if mark and mark.content < top.end else []


def _paragraphs(raw: RawCable, begin: int, signed: signature.Signature) -> tuple[Paragraph, ...]:
    """The paragraphs; the signature, what stands behind it, and a web site's address are none."""
    end = signed.start if signed.start > begin else len(raw.body)
    end = without_trailer(raw.body, begin, end)
    return paragraphs(raw.body, begin, end, raw.anchors)
