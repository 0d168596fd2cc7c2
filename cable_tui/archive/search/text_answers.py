"""Query fields that are compared with sentences: the interface of the tools that do this.

The module that `FIELDS` names for such a field has these functions. It is imported when a query
contains the field. `filed_sentences` queries the sentence index on behalf of a tool.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from cable_tui.archive.fulltext.schema import SENTENCES_FOLDER, TextIndexError
from cable_tui.base.cable import Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.tools import load
from cable_tui.query.fields import FIELDS
from cable_tui.query.plan import Plan, Property

if TYPE_CHECKING:
    from cable_tui.archive.columns.columns import FacetColumns
    from cable_tui.archive.search.snapshot import Snapshot


class Filed(NamedTuple):
    """The answer of the sentence index to a question, as sets of cables."""

    found: int = 0
    """The set of cables that match."""
    unshown: int = 0
    """The set of cables that match only in a record that is not displayed."""
    known: int = 0
    """The set of cables whose current texts are in the index, which has no information about
    others.
    """


class TextAnswers(Protocol):
    """The matching functions of a tool; a `plan` contains the words after the field's prefix."""

    def filed(self, snapshot: Snapshot, columns: FacetColumns, plan: Property) -> Filed:
        """Return the cables that match according to the index, if it is sound.

        Empty if it is missing or damaged.
        """

    def candidates(self, plan: Property) -> Plan:
        """Return a plan for the cables that may match, which the text index can run."""

    def words_anywhere(self, plan: Property) -> Plan:
        """Return a plan for the cables that contain the words anywhere in their texts."""

    def having(
        self, snapshot: Snapshot, plan: Property, ids: Sequence[int], *, further: bool = True
    ) -> array[int]:
        """Return the cables in `ids` whose texts match; the texts are read.

        Without `further`, only the displayed records are read. Raises `Stopped`.
        """

    def places(self, body: str, plan: Property) -> Iterator[Span]:
        """Yield the sentences of a body that match."""


def filed_sentences(snapshot: Snapshot, columns: FacetColumns, plan: Plan) -> Filed:
    """Return the cables with a sentence that matches a plan; empty if the index is not sound.

    A cable that could not be read when its sentences were is not known.
    """
    from cable_tui.archive.fulltext.sentence_index import SentenceIndex  # most questions need
    from cable_tui.archive.sentences import echo_file  # neither of them

    echoes = echo_file.load(snapshot.folder)
    if echoes is None:
        return Filed()
    try:
        index = SentenceIndex(snapshot.folder / SENTENCES_FOLDER)
        if index.generation != echoes.commit:
            return Filed()
        with snapshot.reading() as db:
            known_ids = columns.of_ids(echoes.fresh(db)) & ~columns.of_ids(echoes.unread)
        shown_ids, unshown_ids = map(columns.of_ids, index.ids(plan))
        return Filed(shown_ids & known_ids, unshown_ids & known_ids, known_ids)
    except TextIndexError:  # the next run of the indexer rebuilds it
        return Filed()


def answers_of(field: str) -> TextAnswers:
    """Return the module that matches a text field."""
    answers: TextAnswers = load(FIELDS[field].answers)
    return answers
