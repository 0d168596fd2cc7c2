"""The grammar of a cable: from the texts of a record to a `Cable`. All functions are total.

`facts` reads what the container says, `index_fields` what an archive files and searches by,
`parse` everything. One module a field; `top` finds the labels of a body once for all of them.
"""

from dataclasses import replace

from cable_tui.cable import Cable, Facts, RawCable
from cable_tui.telegram import header as _header
from cable_tui.telegram import top_fields as _fields
from cable_tui.telegram.body import body as _body
from cable_tui.telegram.body import without_row_ends
from cable_tui.telegram.facts import facts_of
from cable_tui.telegram.ids import canonical_id, reference_in
from cable_tui.telegram.references.resolve import infer_year
from cable_tui.telegram.top_fields import IndexFields
from cable_tui.telegram.warnings import warnings as _warnings

__all__ = [
    "IndexFields",
    "canonical_id",
    "facts_of",
    "index_fields",
    "infer_year",
    "parse",
    "reference_in",
]


def parse(raw: RawCable, learned: frozenset[str] = frozenset()) -> Cable:
    """The whole cable; whether its references are in an archive is left open.

    `learned` are station codes that an archive knows from its own ids and the tables do not.
    """
    known: Facts = facts_of(raw)
    given, raw = raw.body, without_row_ends(raw)
    top = _fields.top_fields(raw, known, learned)
    return Cable(
        facts=known,
        subject=top.subject,
        subject_marking=top.subject_marking,
        tags=top.tags,
        references=top.references,
        articles=raw.articles,
        header=_header.parse(raw.header),
        body=replace(_body(raw, top), text=given),
        warnings=_warnings(raw, known, top),
    )


def index_fields(raw: RawCable, learned: frozenset[str] = frozenset()) -> IndexFields:
    """What the catalogue and the text index need of a cable, and no more. See `parse`."""
    known = facts_of(raw)
    raw = without_row_ends(raw)
    top = _fields.top_fields(raw, known, learned)
    summary, signed_by = _fields.names(raw, top)
    header = _header.parse(raw.header)
    return IndexFields(
        subject=top.subject,
        subject_marking=top.subject_marking,
        tags=top.tags,
        references=top.references,
        articles=raw.articles,
        warnings=_warnings(raw, known, top),
        summary=summary,
        signed_by=signed_by,
        captions=_fields.caption_words(top),
        sender=header.sender,
        to=tuple(addressee.name for addressee in header.to),
        info=tuple(addressee.name for addressee in header.info),
    )
