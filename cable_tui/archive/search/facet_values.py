"""The values of the facets in an archive, with their codes and titles."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from cable_tui.archive.catalogue import facet_columns
from cable_tui.archive.columns.columns import title
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.query import FACETS, Facet
from cable_tui.query.facets import Values

_KEPT = 200
"""Wanted texts whose values are remembered: a query asks for them several times."""


class Vocabulary:
    """The values of one facet of terms."""

    def __init__(self, facet: Facet, texts: Mapping[int, str]) -> None:
        self.facet = facet
        self.texts = texts
        """The value by its code in the catalogue."""
        self._titles: dict[str, str] = {}
        self._chosen: dict[str, tuple[int, ...]] = {}

    def title(self, value: str) -> str:
        """What a value means, or empty."""
        if value not in self._titles:
            self._titles[value] = title(self.facet, value)
        return self._titles[value]

    def chosen(self, wanted: str) -> tuple[int, ...]:
        """The codes of the values that `facet:wanted` means."""
        if wanted not in self._chosen:
            if len(self._chosen) > _KEPT:
                self._chosen.clear()
            named = self._values.named(wanted)
            self._chosen[wanted] = tuple(map(self._codes.__getitem__, named))
        return self._chosen[wanted]

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {value: code for code, value in self.texts.items()}

    @cached_property
    def _values(self) -> Values:
        return Values(self.facet, list(self._codes), self.title)


def vocabulary(snapshot: Snapshot, facet: str) -> Vocabulary:
    """The values of a facet in the catalogue."""

    def read() -> Vocabulary:
        with snapshot.reading() as db:
            return Vocabulary(FACETS[facet], facet_columns.terms_of(db, facet))

    return snapshot.per_generation(f"values:{facet}", read)
