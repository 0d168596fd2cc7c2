"""What the spelling of a query is checked against: the words of an archive and their numbers."""

from __future__ import annotations

from cable_tui.archive.desk import Desk
from cable_tui.archive.plan import AnyWord, Beginning, Plan
from cable_tui.archive.spelling import Known


def known(desk: Desk) -> Known:
    """What an archive knows. Its functions raise `TextIndexError`."""

    def count_word(word: str, prefix: bool, field: str) -> int:
        # A word is soon counted, and a query asks for many: they would push other answers out.
        return count_plan(Beginning(word, field)) if prefix else count(AnyWord((word,), field))

    def count_plan(plan: Plan) -> int:
        return desk.counted(plan, lambda: count(plan))

    def count(plan: Plan) -> int:
        return desk.text.count(plan) if desk.text else 0

    def about(word: str, field: str) -> int:
        return desk.text.about(word, field) if desk.text else 0

    def begins(prefix: str, field: str) -> bool:
        return desk.text is not None and desk.text.begins(prefix, field)

    return Known(count_word, about, begins, desk.words, count_plan)
