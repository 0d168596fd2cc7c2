"""The record of a cable that is displayed if an archive has several: the richest one.

The rule is one number, the larger the richer; its parts decide in this order:

1. how much of the telegram the record contains: body and header, the body alone, a part (an
   extract, or a cut-off beginning), nothing but facts;
2. how few redactions it has;
3. the rank of its format (`format_names.RANKS`): pages with their date of release and articles,
   then rows of a dump, then text copies, last the text of a PDF; within one format, the facts that
   only some records have: a date of release, articles, a time of their own with valid minutes;
4. the length of the texts without the marks of redactions.

A row of a dump is ranked when it is found, without a decoded body, as if it had no redaction. If
the cable has several records, `records.compared_records` ranks them by their texts.
"""

from __future__ import annotations

from cable_tui.base.cable import Facts, RawCable
from cable_tui.base.format_names import RANKS
from cable_tui.formats import ContentSize
from cable_tui.telegram.comparison.words import redaction_spans, redactions_in

_SIZE_BITS = 24
_RANK_BITS = 6
_REDACTION_BITS = 12

_COMPLETE_AT = _SIZE_BITS + 2 + _RANK_BITS + _REDACTION_BITS
_SURELY_WORDS = 200
"""The number of characters above which a text is certain to contain words."""
IS_WITHOUT_TEXT = f"({{}} & {(1 << _SIZE_BITS) - 1} = 0)"
"""An SQL condition: the rank in braces belongs to a record without header and body."""
HAS_WORDS = f"({{0}} >> {_COMPLETE_AT} > 0 AND {{0}} & {(1 << _SIZE_BITS) - 1} > {_SURELY_WORDS})"
"""An SQL condition: the rank in braces belongs to a record with words in its body."""


def record_rank(raw: RawCable, facts: Facts, extent: ContentSize) -> int:
    """Return how much a record contains, at most 46 bits; the texts of `raw` may be missing."""
    own_facts = bool(raw.released) + bool(raw.articles) + (facts.created_from == "page")
    redactions = redactions_in(raw.body)
    if redactions and extent.body:
        hidden_characters = sum(
            redaction_end - redaction_start
            for redaction_start, redaction_end in redaction_spans(raw.body)
        )
        extent = extent._replace(body=max(extent.body - hidden_characters, 1))
    return ranked(raw.format, own_facts, extent, redactions)


def ranked(form: str, facts: int, extent: ContentSize, redactions: int = 0) -> int:
    """Return the rank of a record in a format; `facts` is the number of its optional facts."""
    text_size = min(extent.header + extent.body, (1 << _SIZE_BITS) - 1)
    most_redactions = (1 << _REDACTION_BITS) - 1
    # 3: header and body, 2: no header, 1: a part, 0: facts only.
    completeness = 0 if not extent.body else 1 if extent.cut else 3 if extent.header else 2
    upper_bits = completeness << _REDACTION_BITS | (
        most_redactions - min(redactions, most_redactions)
    )
    upper_bits = (upper_bits << _RANK_BITS | RANKS.get(form, 0)) << 2 | facts
    return upper_bits << _SIZE_BITS | text_size


def without_redactions(richness: int) -> int:
    """Return the parts of a rank that decided before redactions counted, without the length."""
    completeness = richness >> _COMPLETE_AT
    form_and_facts = (richness >> _SIZE_BITS) & ((1 << (2 + _RANK_BITS)) - 1)
    return completeness << (2 + _RANK_BITS) | form_and_facts
