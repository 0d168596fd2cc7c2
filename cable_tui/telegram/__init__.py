"""The grammar of a cable: from the texts of a record to a `Cable`. All functions are total.

`facts` reads what the container says, `index_fields` what an archive files and searches by,
`parse` everything. One module a field; `top` finds the labels of a body once for all of them.
"""

from cable_tui.cable import Cable, Facts, RawCable
from cable_tui.telegram import fields as _fields
from cable_tui.telegram import header as _header
from cable_tui.telegram.body import body as _body
from cable_tui.telegram.facts import facts
from cable_tui.telegram.fields import IndexFields
from cable_tui.telegram.ids import canonical_id, reference_in
from cable_tui.telegram.references import infer_year
from cable_tui.telegram.warnings import warnings as _warnings

__all__ = [
    "IndexFields",
    "canonical_id",
    "facts",
    "index_fields",
    "infer_year",
    "parse",
    "reference_in",
]


def parse(raw: RawCable) -> Cable:
    """The whole cable. References are resolved with the tables of the package, not an archive."""
    known: Facts = facts(raw)
    top = _fields.top_fields(raw, known)
    return Cable(
        facts=known,
        subject=top.subject,
        subject_marking=top.subject_marking,
        tags=top.tags,
        references=top.references,
        articles=raw.articles,
        header=_header.parse(raw.header),
        body=_body(raw, top),
        warnings=_warnings(raw, known, top),
    )


def index_fields(raw: RawCable) -> IndexFields:
    """What the catalogue and the text index need of a cable, and no more."""
    known = facts(raw)
    top = _fields.top_fields(raw, known)
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
