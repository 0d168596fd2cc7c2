"""The grammar of a cable: from the texts of a record to a `Cable`. All functions are total.

`facts_of` reads what the container says, `top_fields` what an archive files by, `parse` everything.
One module a field; `body_labels` finds the labels of a body once for all of them.
"""

from cable_tui.cable import Cable, Facts, RawCable
from cable_tui.telegram import header as _header
from cable_tui.telegram import top_fields as _fields
from cable_tui.telegram.body import body as _body
from cable_tui.telegram.body import without_row_ends
from cable_tui.telegram.facts import facts_of
from cable_tui.telegram.ids import canonical_id, reference_in
from cable_tui.telegram.references.parse import infer_year
from cable_tui.telegram.warnings import warnings as _warnings
from cable_tui.value import replace


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
