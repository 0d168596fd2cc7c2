"""A chart of missing cables: the share of each post and year that is in the archive."""

from __future__ import annotations

from collections import Counter

from cable_tui.exports.charts import Chart, Grid
from cable_tui.tools.missing.gaps import Gaps, PostYear
from cable_tui.tools.missing.wording import left_out

_MOST_POSTS = 40
_MOST_YEARS = 20


def picture(answer: Gaps) -> Chart:
    """Return a chart of the posts with the most cables in the archive, and the years of each."""
    cables_by_post: Counter[str] = Counter()
    rows_by_post: dict[str, dict[int, PostYear]] = {}
    for row in answer.post_years:
        cables_by_post[row.post] += row.here
        rows_by_post.setdefault(row.post, {})[row.year] = row
    years = sorted({row.year for row in answer.post_years})
    shown_years = years[-_MOST_YEARS:]
    posts = [post for post, _ in cables_by_post.most_common(_MOST_POSTS)]
    cropping_notes = [
        f"{len(shown_names)} of {len(all_names):,} {names_word} are shown: {selection_words}."
        for shown_names, all_names, names_word, selection_words in (
            (posts, cables_by_post, "posts", "those with the most cables"),
            (shown_years, years, "years", "the last"),
        )
        if len(shown_names) < len(all_names)
    ]
    return Chart(
        "How much of each post and year is in the archive",
        (
            Grid(
                tuple(map(str, shown_years)),
                tuple(
                    (post, tuple(_cell(rows_by_post[post].get(year)) for year in shown_years))
                    for post in posts
                ),
                "Share of all cables sent, as estimated from their serial numbers.",
                "no estimate: cables in this archive",
            ),
        ),
        "Cables in this archive, out of all those the post probably sent that year",
        (*cropping_notes, *left_out(answer)),
    )


def _cell(row: PostYear | None) -> float | str:
    """Return the share for a post and year, or, without an estimate, the number of cables here."""
    if row is None:
        return ""
    if row.sent is None:
        return f"{row.here:,}"
    return min(row.here / max(row.sent.likely, 1), 1.0)
