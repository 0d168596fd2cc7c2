"""The number of cables with a person's surname as a word, with or without a title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.base.value import replace
from cable_tui.query.plan import AnyWord, Leaf, Or, WordPhrase
from cable_tui.text import folded_words
from cable_tui.tools.people.person import FoundPerson


def with_surname_counts(
    source: SnapshotSource, ids: Sequence[int], candidates: Iterable[FoundPerson]
) -> list[FoundPerson]:
    """Return the people with the number of these cables whose text contains the surname.

    Without a text index, the number remains unknown.
    """
    people = list(candidates)
    try:
        snapshot = Snapshot(source)
        text_index = snapshot.text
        if text_index is None:
            return people
        columns = snapshot.columns
        cable_bits = columns.of_ids(ids)
        counted_people: list[FoundPerson] = []
        for person in people:
            surname_queries = [
                _leaf(surname_words)
                for spelling in person.surnames
                if (surname_words := folded_words(spelling))
            ]
            if surname_queries:
                surname_plan = (
                    surname_queries[0] if len(surname_queries) == 1 else Or(tuple(surname_queries))
                )
                cables_with_surname = text_index.bits(surname_plan, columns.size) & cable_bits
                counted_people.append(replace(person, with_surname=cables_with_surname.bit_count()))
            else:
                counted_people.append(person)
    except TextIndexError:
        return people
    return counted_people


def _leaf(surname_words: tuple[str, ...]) -> Leaf:
    return WordPhrase(surname_words) if len(surname_words) > 1 else AnyWord(surname_words)
