"""One cable as JSON. Programs rely on its keys, their order and their nesting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cable_tui.cable import Body, Cable, Header
from cable_tui.telegram.voices.spans import voices


def cable_json(cable: Cable) -> dict[str, Any]:
    """The cable as a value that `json_text` takes."""
    facts = cable.facts
    reference = "label kind reference_id year_inferred how in_archive text"
    # Only a document of an edition has it.
    edition = (
        {"edition": _fields(cable.edition, "heading kind number day")} if cable.edition else {}
    )
    return {
        **_fields(facts, "reference_id canonical_id"),
        "created": facts.created or None,
        "created_from": facts.created_from,
        "released": facts.released or None,
        **_fields(facts, "classification origin"),
        **_fields(cable, "subject subject_marking tags"),
        "references": [_fields(each, reference) for each in cable.references],
        "articles": list(cable.articles),
        "header": _header(cable.header),
        "body": _body(cable.body),
        "warnings": [_fields(each, "code message") for each in cable.warnings],
        "sources": [_fields(each, "number path format differs") for each in cable.sources],
        **_fields(cable, "text_tags archive_tags"),
        "remarks": [{"label": label, "text": text} for label, text in cable.remarks],
        **edition,
    }


def _fields(value: object, names: str) -> dict[str, Any]:
    """The named attributes of a value, with lists for tuples."""
    found = ((name, getattr(value, name)) for name in names.split())
    return {name: list(each) if isinstance(each, tuple) else each for name, each in found}


def _header(header: Header) -> dict[str, Any]:
    sent = header.originator
    addressee = "route name precedence mcn excluded"
    return {
        **_fields(header, "transmission_id precedence precedences security date_time_group"),
        "distribution": list(header.distribution),
        "originator": _fields(sent, "route serial section") if sent else None,
        "from": header.sender,
        "to": [_fields(each, addressee) for each in header.to],
        "info": [_fields(each, addressee) for each in header.info],
        **_fields(header, "partial text"),
    }


def _body(body: Body) -> dict[str, Any]:
    paragraph = "label anchor marking heading text"
    return {
        **_fields(body, "captions sections addressed executive_order"),
        **_fields(body, "declassify_on declassify_event classified_by classified_by_title"),
        **_fields(body, "reasons notes summary signed_by"),
        "paragraphs": [_fields(each, paragraph) for each in body.paragraphs],
        "text": body.text,
        "voices": list(_voices(body.text)),
    }


def _voices(text: str) -> Iterator[dict[str, Any]]:
    """Who speaks where: what the author sets apart, then the sentences that report a source."""
    found = voices(text)
    spans = [(each.kind, each.span) for each in found.comments]
    spans += [("said", span) for span in found.said]
    for kind, (start, end) in spans:
        yield {"kind": kind, "start": start, "end": end}
