"""The number of cables with a person's surname as a word, with or without a title."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.base.value import replace
from cable_tui.query.plan import AnyWord, Leaf, Or, WordPhrase
from cable_tui.text import folded_words
from cable_tui.tools.people.person import FoundPerson


class SurnameCounts:
    """Counts a person's surname in the texts of some cables."""

    def __init__(self, source: SnapshotSource, ids: Sequence[int]) -> None:
        self._snapshot = Snapshot(source)
        self._size = self._snapshot.columns.size
        self._cables = self._snapshot.columns.of_ids(ids)

    def complete(self, person: FoundPerson) -> FoundPerson:
        """Return the person with the number of these cables whose text contains the surname.

        Without a text index, the number remains unknown.
        """
        surname_queries = tuple(
            _leaf(surname_words)
            for spelling in person.surnames
            if (surname_words := folded_words(spelling))
        )
        try:
            text_index = self._snapshot.text
            if text_index is None or not surname_queries:
                return person
            plan = surname_queries[0] if len(surname_queries) == 1 else Or(surname_queries)
            found = text_index.bits(plan, self._size) & self._cables
        except TextIndexError:
            return person
        return replace(person, with_surname=found.bit_count())


def _leaf(surname_words: tuple[str, ...]) -> Leaf:
    return WordPhrase(surname_words) if len(surname_words) > 1 else AnyWord(surname_words)
