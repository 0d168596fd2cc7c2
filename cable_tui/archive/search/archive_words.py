"""The words of an archive and their counts, which the spelling of a query is checked against."""

from __future__ import annotations

from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.archive.spelling.correct import WordIndex
from cable_tui.query.plan import AnyWord, Plan, WordPrefix


def archive_words(snapshot: Snapshot) -> WordIndex:
    """The word index of an archive. Its functions raise `TextIndexError`."""

    def count_word(word: str, prefix: bool, field: str) -> int:
        # Single words are counted quickly, and so many would push other answers out of the cache.
        return count_plan(WordPrefix(word, field)) if prefix else count(AnyWord((word,), field))

    def count_plan(plan: Plan) -> int:
        return snapshot.counted(plan, lambda: count(plan))

    def count(plan: Plan) -> int:
        return snapshot.text.count(plan) if snapshot.text else 0

    def about(word: str, field: str) -> int:
        return snapshot.text.about(word, field) if snapshot.text else 0

    def begins(prefix: str, field: str) -> bool:
        return snapshot.text is not None and snapshot.text.begins(prefix, field)

    return WordIndex(count_word, about, begins, snapshot.words, count_plan)
