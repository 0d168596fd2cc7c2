"""The wording for new results, for the command and the reading room."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.text import clean_line
from cable_tui.tools.news.counting import SearchNews

MOST_NAMED = 10
"""The maximum number of cables listed on a line."""


def news_words(search_news: SearchNews) -> str:
    """Return the numbers of new and changed cables, such as `3 new, 1 changed`."""
    numbers = ((search_news.new, "new"), (search_news.changed, "changed"))
    return ", ".join(f"{len(cables):,} {word}" for cables, word in numbers if cables)


def named(cables: Sequence[str]) -> str:
    """Return the first reference IDs, and the number of remaining ones."""
    first_cables = ", ".join(map(clean_line, cables[:MOST_NAMED]))
    left_out = len(cables) - MOST_NAMED
    return f"{first_cables} and {left_out:,} more" if left_out > 0 else first_cables
