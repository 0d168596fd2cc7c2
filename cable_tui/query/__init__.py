"""The query language: one line of text and its value.

`parse` is total: every beginning of a query is a query, with its mistakes as complaints.
`str(query)` is its canonical text, and `parse(str(query)) == query`.
"""

from cable_tui.base.cable import class_short
from cable_tui.query.facets import FACETS, Facet, Filed, days_of, values_of
from cable_tui.query.fields import FIELDS
from cable_tui.query.model import (
    SORTS,
    Complaint,
    Filter,
    Group,
    Phrase,
    Query,
    Range,
    Term,
    Word,
    prefix_of,
    sort_key,
)
from cable_tui.query.parser import MAX_LENGTH, PREFIXES, parse
