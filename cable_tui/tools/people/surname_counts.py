"""How many cables have a person's surname as a word, with a title or without one."""

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
    """Return people with the number of these cables that have the surname, by the text index.

    Without an index the number stays unknown.
    """
    people = list(candidates)
    try:
        snapshot = Snapshot(source)
        index = snapshot.text
        if index is None:
            return people
        columns = snapshot.columns
        cables_among = columns.of_ids(ids)
        counted_people: list[FoundPerson] = []
        for person in people:
            leaves = [
                _leaf(parts) for spelling in person.surnames if (parts := folded_words(spelling))
            ]
            if leaves:
                plan = leaves[0] if len(leaves) == 1 else Or(tuple(leaves))
                cables_with_surname = index.bits(plan, columns.size) & cables_among
                counted_people.append(replace(person, with_surname=cables_with_surname.bit_count()))
            else:
                counted_people.append(person)
    except TextIndexError:
        return people
    return counted_people


def _leaf(words: tuple[str, ...]) -> Leaf:
    return WordPhrase(words) if len(words) > 1 else AnyWord(words)
