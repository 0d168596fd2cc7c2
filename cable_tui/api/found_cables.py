"""`Hits`: the cables that answer a query, which is run only when they are used."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from cable_tui.api.row_values import KINDS, CountRow, Hit, hit_of
from cable_tui.api.rows_of_values import Rows
from cable_tui.base.errors import UsageError
from cable_tui.query import SORTS, sort_key
from cable_tui.query.checked_query import refuse_faults

if TYPE_CHECKING:
    from cable_tui.api.cable_texts import Passage
    from cable_tui.api.opened_cache import OpenedCache
    from cable_tui.query import Query, answers
    from cable_tui.query.answers import Correction, Offer

_PAGE = 500
_PASSAGES = 10
"""The number of cables whose texts are read together for passages."""


class Counts(Rows[CountRow]):
    """The number of cables for each value of a key."""

    def __init__(
        self, rows: Sequence[CountRow], columns: Sequence[str], without: int, *, whole: bool
    ) -> None:
        super().__init__(rows)
        self.columns = tuple(columns)
        """The values of the second key."""
        self.without = without
        """The number of cables without a value of the first key."""
        self.whole = whole
        """Whether the counts are complete: every text is indexed and could be read."""


class Hits(Rows[Hit]):
    """The cables that match a query, in the requested order. The query runs on first use."""

    def __init__(self, archive: OpenedCache, query: Query, sort: str) -> None:
        super().__init__((), KINDS)
        self._archive = archive
        self._query = query
        self._sort = sort
        self._asking = threading.Lock()
        self._found: answers.Hits | None = None

    @property
    def _answer(self) -> answers.Hits:
        with self._asking:
            if self._found is None:
                found = self._archive.inner.search(self._query, self._sort, offering=False)
                refuse_faults(str(found.query), found.complaints)
                self._found = found
            return self._found

    def __len__(self) -> int:
        """Return the number of cables that match the query, without reading any row."""
        return self._answer.count

    @overload
    def __getitem__(self, key: int) -> Hit: ...
    @overload
    def __getitem__(self, key: slice) -> Rows[Hit]: ...
    def __getitem__(self, key: int | slice) -> Hit | Rows[Hit]:
        """Return one hit, or the hits of a slice."""
        if isinstance(key, slice):
            return Rows(self._rows(self._answer.ids[key]), KINDS)
        position = key if key >= 0 else len(self) + key
        rows = list(self._rows(self._answer.ids[position : position + 1])) if position >= 0 else []
        if not rows:
            raise IndexError(f"{self!r} has no hit {key}; search again if the archive has changed")
        return rows[0]

    def __iter__(self) -> Iterator[Hit]:
        return self._rows(self._answer.ids)

    def __repr__(self) -> str:
        return f"<Hits: {str(self._query)!r}>"

    @property
    def query(self) -> str:
        """The query as the program understood it."""
        return str(self._query)

    @property
    def whole(self) -> bool:
        """Whether the hits are complete.

        Files that are not read yet, and texts that are not indexed yet, may contain more.
        """
        return not self._answer.partial and self._archive.inner.has_all_files()

    @property
    def population(self) -> int | None:
        """The number of cables from which `sample:` drew the hits, or None without `sample:`."""
        return self._answer.population

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Words that the archive lacks, with the words that were searched for instead."""
        return self._answer.corrections

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Other queries that the user may have meant."""
        return self._archive.inner.offers(self._query)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences about how the query was interpreted, and about parts that match no cable."""
        absent = self._archive.inner.absences(self._query, len(self))
        sentences = (absence.sentence for absence in absent)
        return (*self._answer.remarks, *self._query.advice, *sentences)

    def count(self, key: object, by: str = "") -> Counts:
        """Count the hits by a key such as `post`, `year` or `tag`; `by` is a second key.

        Raises `UsageError`, which lists the available keys. The key `signer` reads each text.
        """
        from cable_tui.archive.search.breakdown import ALIASES, KEYS, breakdown, by_one_key

        keys = [ALIASES.get(str(each), str(each)) for each in (key, by) if each]
        for each in keys:
            if each not in KEYS:
                raise UsageError(
                    f"{each}: cables cannot be counted by this key. Choose from {', '.join(KEYS)}"
                )
        archive = self._archive.inner
        if len(keys) == 1 and (found := by_one_key(archive, self._query, keys[0])) is not None:
            rows = [CountRow(each.value, each.title or None, each.count, ()) for each in found]
            without = max(len(self) - sum(row.count for row in rows), 0)
            return Counts(rows, (), without, whole=self.whole)
        counted = breakdown(archive, archive.bits_of(self._query), keys)
        rows = [
            CountRow(row.value, row.title or None, row.count, row.across) for row in counted.rows
        ]
        return Counts(
            rows, counted.columns, counted.without, whole=self.whole and not counted.unread
        )

    def passages(self) -> Rows[Passage]:
        """Return the best passage of each cable for the words in the query, read on demand.

        There is no passage for a cable whose file is gone, nor for a query without words.
        """
        return Rows(self._passages())

    def _rows(self, ids: Sequence[int]) -> Iterator[Hit]:
        for start in range(0, len(ids), _PAGE):
            yield from map(hit_of, self._archive.inner.rows(ids[start : start + _PAGE]))

    def _passages(self) -> Iterator[Passage]:
        from cable_tui.api.cable_texts import Passage

        answer, archive = self._answer, self._archive.inner
        for start in range(0, len(answer.ids), _PASSAGES):
            ids = answer.ids[start : start + _PASSAGES]
            records = archive.records_of(answer.query, ids)
            found = archive.passages(ids, answer.highlights, records=records)
            by_id = {passage.id: passage for passage in found}
            for row in archive.rows(ids):
                if (passage := by_id.get(row.id)) is not None:
                    yield Passage(self._archive, hit_of(row), passage)


def asked_sort(name: str) -> str:
    """Return the key of the sort order with a name. Raises `UsageError`."""
    key = sort_key(name) if name else ""
    if key is None:
        raise UsageError(f"{name}: there is no such order. Choose from {', '.join(SORTS)}")
    return key
