"""Fields of the query that are asked of texts: what a tool answers about the words of one.

The module that `FIELDS` names for such a field has these functions. It is imported when a query has
the field.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cable_tui.base.cable import Span
from cable_tui.base.tools import load
from cable_tui.query.fields import FIELDS
from cable_tui.query.plan import Plan, Property

if TYPE_CHECKING:
    from cable_tui.archive.columns.columns import FacetColumns
    from cable_tui.archive.search.snapshot import Snapshot


class Filed(NamedTuple):
    """The answer of the index of sentences to a question, in sets of cables."""

    found: int = 0
    """The cables that it finds."""
    unshown: int = 0
    """The cables that it finds only in a record that is not shown."""
    known: int = 0
    """The cables whose present texts are in it: it knows nothing of others."""


class TextAnswers(Protocol):
    """What a tool answers about a question: the words after the prefix of its field."""

    def filed(self, snapshot: Snapshot, columns: FacetColumns, plan: Property) -> Filed:
        """Return what an index knows; nothing if it is missing or damaged."""

    def candidates(self, plan: Property) -> Plan:
        """Return the cables that may have the words so, from the text index."""

    def words_anywhere(self, plan: Property) -> Plan:
        """Return the cables that have the words in their texts, wherever."""

    def having(
        self, snapshot: Snapshot, plan: Property, ids: Sequence[int], *, further: bool = True
    ) -> array[int]:
        """Return those of some cables that have the words so; their texts are read.

        Without `further` only the records are read that are shown. Raises `Stopped`.
        """

    def places(self, body: str, plan: Property) -> Iterator[Span]:
        """Yield the sentences of a body that have the words so."""


def answers_of(field: str) -> TextAnswers:
    """Return what answers a field of texts."""
    answers: TextAnswers = load(FIELDS[field].answers)
    return answers
