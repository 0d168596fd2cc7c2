"""One cable as JSON: keys, order and nesting as interface.md promises them to programs."""

from __future__ import annotations

from typing import Any

from cable_tui.cable import Addressee, Body, Cable, Header, Paragraph, Reference, Source


def cable_json(cable: Cable) -> dict[str, Any]:
    """The cable as a value that `json.dumps` takes."""
    facts = cable.facts
    return {
        "reference_id": facts.reference_id,
        "canonical_id": facts.canonical_id,
        "created": facts.created or None,
        "created_from": facts.created_from,
        "released": facts.released or None,
        "classification": facts.classification,
        "origin": facts.origin,
        "subject": cable.subject,
        "subject_marking": cable.subject_marking,
        "tags": list(cable.tags),
        "references": [_reference(reference) for reference in cable.references],
        "articles": list(cable.articles),
        "header": _header(cable.header),
        "body": _body(cable.body),
        "warnings": [{"code": each.code, "message": each.message} for each in cable.warnings],
        "sources": [_source(source) for source in cable.sources],
    }


def _source(source: Source) -> dict[str, Any]:
    differs = None if source.differs is None else list(source.differs)
    return {"path": source.path, "format": source.format, "differs": differs}


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "label": reference.label,
        "kind": reference.kind,
        "reference_id": reference.reference_id,
        "year_inferred": reference.year_inferred,
        "in_archive": reference.in_archive,
        "text": reference.text,
    }


def _header(header: Header) -> dict[str, Any]:
    sent = header.originator
    return {
        "transmission_id": header.transmission_id,
        "precedence": header.precedence,
        "precedences": list(header.precedences),
        "security": header.security,
        "date_time_group": header.date_time_group,
        "distribution": list(header.distribution),
        "originator": (
            {"route": sent.route, "serial": sent.serial, "section": sent.section} if sent else None
        ),
        "from": header.sender,
        "to": [_addressee(addressee) for addressee in header.to],
        "info": [_addressee(addressee) for addressee in header.info],
        "partial": header.partial,
        "text": header.text,
    }


def _addressee(addressee: Addressee) -> dict[str, Any]:
    return {
        "route": addressee.route,
        "name": addressee.name,
        "precedence": addressee.precedence,
        "mcn": addressee.mcn,
        "excluded": list(addressee.excluded),
    }


def _body(body: Body) -> dict[str, Any]:
    return {
        "captions": list(body.captions),
        "sections": body.sections,
        "addressed": list(body.addressed),
        "executive_order": body.executive_order,
        "declassify_on": body.declassify_on,
        "declassify_event": body.declassify_event,
        "classified_by": body.classified_by,
        "classified_by_title": body.classified_by_title,
        "reasons": list(body.reasons),
        "notes": list(body.notes),
        "summary": body.summary,
        "signed_by": list(body.signed_by),
        "paragraphs": [_paragraph(paragraph) for paragraph in body.paragraphs],
        "text": body.text,
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "label": paragraph.label,
        "anchor": paragraph.anchor,
        "marking": paragraph.marking,
        "heading": paragraph.heading,
        "text": paragraph.text,
    }
