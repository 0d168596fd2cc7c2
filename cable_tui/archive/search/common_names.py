"""Names that many cables of an archive give without asking to protect anybody."""

from __future__ import annotations

from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.query.plan import And, AnyWord, Leaf, Not, WordPhrase
from cable_tui.text import words

LEAST = 20
"""Cables without a plea from which on a name is common: those of presidents and ministers."""
_PLEA = Not(AnyWord(("protect", "protected")))
"""Cables with one of these words may hold a plea: too few are counted rather than too many."""


class CommonNames:
    """Whether a name is common, as `telegram.people.pleas.IsCommon`.

    It asks the text index for the words in a row. Without one no name is common.
    """

    def __init__(self, source: SnapshotSource) -> None:
        self._source = source
        self._known: dict[str, bool] = {}

    def __call__(self, name: str, /) -> bool:
        """Whether at least `LEAST` cables have a name in texts that ask for nobody."""
        folded = tuple(word for _, _, word in words(name))
        key = " ".join(folded)
        if key not in self._known:
            self._known[key] = bool(folded) and self._count(folded) >= LEAST
        return self._known[key]

    def _count(self, folded: tuple[str, ...]) -> int:
        leaf: Leaf = WordPhrase(folded) if len(folded) > 1 else AnyWord(folded)
        try:
            index = Snapshot(self._source).text
            return index.count(And((leaf, _PLEA))) if index else 0
        except TextIndexError:
            return 0
