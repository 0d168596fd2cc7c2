"""From the texts of a record to a `Cable`: every field of the grammar."""

from __future__ import annotations

from cable_tui.cable import Cable, Facts, RawCable
from cable_tui.telegram import edition
from cable_tui.telegram import header as _header
from cable_tui.telegram import top_fields as _fields
from cable_tui.telegram.body import body as _body
from cable_tui.telegram.body import without_row_ends
from cable_tui.telegram.facts import facts_of
from cable_tui.telegram.warnings import warnings as _warnings
from cable_tui.value import replace


def parse(raw: RawCable, learned: frozenset[str] = frozenset()) -> Cable:
    """The whole cable; whether its references are in an archive is left open.

    `learned` are station codes that an archive knows from its own ids and the tables do not.
    """
    known: Facts = facts_of(raw)
    if raw.edition is not None:
        return edition.cable(raw, raw.edition, known)
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
        text_tags=_less(top.body_tags, raw.tags) if raw.tags else (),
        archive_tags=_less(raw.tags, top.body_tags),
        remarks=raw.remarks,
        text_references=top.text_references,
    )


def _less(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in some if each not in others)
