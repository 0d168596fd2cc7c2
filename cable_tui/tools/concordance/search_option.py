"""`search --matching RE`: keep only the hits in whose text a regular expression matches."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from cable_tui.base.errors import UsageError
from cable_tui.cli.shared.kept_hits import KeptHit
from cable_tui.tools.concordance.occurrences import concordance
from cable_tui.tools.concordance.text_pattern import group_names, matching

if TYPE_CHECKING:
    from cable_tui.query.answers import Hits
    from cable_tui.reports.report import Look

_AROUND = 40
"""The maximum number of characters on either side of the first match."""


def check(expression: str) -> None:
    """Raise `UsageError` if a regular expression is empty or not valid."""
    if not expression:
        raise UsageError("--matching: needs a regular expression, such as '[0-9]+ tons'")
    group_names(expression)


def kept(expression: str, look: Look, hits: Hits) -> Generator[KeptHit, None, None]:
    """Yield the hits with a match, a `Keep`. Raises `UsageError` for a pattern that takes long."""
    look.total = hits.count
    with matching(expression) as text_pattern:
        for cable in concordance(
            look.archive,
            hits.ids,
            hits.highlights,
            look.cancelled,
            _AROUND,
            text_pattern=text_pattern,
        ):
            look.count(cable.problem)
            if cable.lines:
                first = cable.lines[0]
                yield KeptHit(
                    first.row,
                    first.record,
                    len(cable.lines),
                    first.left,
                    first.word,
                    first.right,
                )
