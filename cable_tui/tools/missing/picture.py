"""The picture of what is missing: posts by years, with the share that is in the archive."""

from __future__ import annotations

from collections import Counter

from cable_tui.exports.charts import Chart, Grid
from cable_tui.tools.missing.gaps import Gaps, PostYear
from cable_tui.tools.missing.wording import left_out

_MOST_POSTS = 40
_MOST_YEARS = 20


def picture(answer: Gaps) -> Chart:
    """Return the posts with most cables here, each with its years."""
    here: Counter[str] = Counter()
    by_post: dict[str, dict[int, PostYear]] = {}
    for row in answer.post_years:
        here[row.post] += row.here
        by_post.setdefault(row.post, {})[row.year] = row
    years = sorted({row.year for row in answer.post_years})
    shown = years[-_MOST_YEARS:]
    posts = [post for post, _ in here.most_common(_MOST_POSTS)]
    notes = [
        f"{len(some)} of {len(of):,} {what} are shown: {which}."
        for some, of, what, which in (
            (posts, here, "posts", "those with most cables"),
            (shown, years, "years", "the last"),
        )
        if len(some) < len(of)
    ]
    return Chart(
        "How much of each post and year is in the archive",
        (
            Grid(
                tuple(map(str, shown)),
                tuple(
                    (post, tuple(_cell(by_post[post].get(year)) for year in shown))
                    for post in posts
                ),
                "Share of the cables that were sent, as estimated from their serial numbers.",
                "no estimate: cables here",
            ),
        ),
        "Cables here, of all that the post is likely to have sent in the year",
        (*notes, *left_out(answer)),
    )


def _cell(row: PostYear | None) -> float | str:
    """Return the share, or the cables here if there is no estimate."""
    if row is None:
        return ""
    if row.sent is None:
        return f"{row.here:,}"
    return min(row.here / max(row.sent.likely, 1), 1.0)
