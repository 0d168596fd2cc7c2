"""Which record of a cable is shown where an archive has several: the richest one.

The rule is one number, the larger the richer; its parts decide in this order:

1. how much of the telegram is there: body and header, the body alone, a part (an extract, or a
   cut-off beginning), nothing but facts;
2. the rank of its format (`format_names.RANKS`): pages with their date of release and articles,
   then rows of a dump, then text copies, last the text of a PDF;
3. facts that only some records have: a date of release, articles, a time of their own that is
   right to the minute;
4. the length of the texts.

None of this needs a decoded body, so the rows of a dump are ranked as they are found.
"""

from __future__ import annotations

from cable_tui.cable import Facts, RawCable
from cable_tui.format_names import RANKS
from cable_tui.formats import ContentSize

_SIZE_BITS = 24
_RANK_BITS = 6


def record_rank(raw: RawCable, facts: Facts, extent: ContentSize) -> int:
    """How much a record says, at most 34 bits; the texts of `raw` may be missing."""
    own = bool(raw.released) + bool(raw.articles) + (facts.created_from == "page")
    return ranked(raw.format, own, extent)


def ranked(form: str, facts: int, extent: ContentSize) -> int:
    """The same of a record in a format, with so many of the facts that only some have."""
    size = min(extent.header + extent.body, (1 << _SIZE_BITS) - 1)
    upper = (_completeness(extent) << _RANK_BITS | RANKS.get(form, 0)) << 2 | facts
    return upper << _SIZE_BITS | size


def _completeness(extent: ContentSize) -> int:
    """3: header and body, 2: no header, 1: a part, 0: facts only."""
    if not extent.body:
        return 0
    if extent.cut:
        return 1
    return 3 if extent.header else 2
