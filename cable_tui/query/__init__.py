"""The query language: parse one line of text into a `Query`.

`parse` is total: every prefix of a query's text is a query, and mistakes become complaints.
`str(query)` is the canonical text, and `parse(str(query)) == query`.
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
