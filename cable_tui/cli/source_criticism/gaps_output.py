"""`missing --gaps`: what is here of each post and year, as lines, CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cable_tui.archive.archive import Archive
from cable_tui.archive.source_criticism import gap_words
from cable_tui.archive.source_criticism.estimate import Range
from cable_tui.archive.source_criticism.gaps import Gaps, PostYear, gaps
from cable_tui.cli.context import emit, emit_json, emit_lines, say
from cable_tui.errors import NotFoundError
from cable_tui.query import FACETS
from cable_tui.text.csv_row import WriteRow
from cable_tui.value import replace

_COLUMNS = (
    "station", "post", "year", "here", "cited", "doubtful", "estimate_low", "estimate",
    "estimate_high", "reason",
)  # fmt: skip
_MOST_NAME = 20
"""Cells of a station; longer ones push their line to the right."""


def print_gaps(archive: Archive, post: str, year: int | None, form: str | WriteRow) -> bool:
    """Print them as `lines`, `json` or rows of CSV; whether there are any. Raises `NotFoundError`.

    Of one post (`post`), the months stand below each year.
    """
    found = gaps(archive)
    chosen = [each for each in _of(found, post) if year in (None, each.year)]
    if form == "json":
        emit_json(_json(replace(found, post_years=tuple(chosen))))
    elif not isinstance(form, str):
        for row in (_COLUMNS, *map(_row, chosen)):
            emit(form(row))
    else:
        emit_lines(_with_months(chosen) if post else _table(chosen))
        for line in gap_words.left_out(found):
            say(line)
    return bool(chosen)


def _of(found: Gaps, post: str) -> Sequence[PostYear]:
    """Those of one post, named by its station or as after `origin:`."""
    if not post:
        return found.post_years
    station = post.replace(" ", "").upper()
    if exact := [each for each in found.post_years if each.station == station]:
        return exact
    names = {each.post: "" for each in found.post_years}
    wanted = set(FACETS["origin"].select(post, names.items()))
    if not wanted:
        raise NotFoundError(f"{post}: no cable here, and none that is cited, is of such a post")
    return [each for each in found.post_years if each.post in wanted]


def _table(chosen: Sequence[PostYear]) -> Iterator[str]:
    cells = max((len(each.station) for each in chosen), default=0)
    cells = min(max(cells, len("post")), _MOST_NAME)
    yield (
        f"{'post':{cells}}  year  {gap_words.INITIALS} {'here':>6} {'cited':>6}  sent (estimate)"
    ).rstrip()
    for each in chosen:
        yield (
            f"{each.station:{cells}}  {each.year}  {gap_words.strip(each.months)} "
            f"{each.here:>6,} {each.cited:>6,}  {_sent(each)}"
        )
    if chosen:
        say(gap_words.LEGEND)


def _sent(each: PostYear) -> str:
    if each.sent is not None:
        range_ = f"{each.sent.low:,} to {each.sent.high:,}"
        part = gap_words.percent(each.here, each.sent.likely)
        return f"{gap_words.about(each.sent)} ({range_}), {part} here"
    least = f"at least {each.least:,}; " if each.least else ""
    return f"{least}no estimate: {gap_words.reason(each)}"


def _with_months(chosen: Sequence[PostYear]) -> Iterator[str]:
    for each in chosen:
        yield gap_words.sentence(each)
        for number, month in enumerate(each.months):
            if month.here or month.cited or month.sent is not None:
                yield f"  {gap_words.month_line(each, number)}"
        for line in gap_words.absent_lines(each):
            yield f"  {line}"


def _row(each: PostYear) -> tuple[str, ...]:
    sent = ("", "", "") if each.sent is None else tuple(map(str, each.sent))
    counts = (each.year, each.here, each.cited, each.doubtful)
    return (each.station, each.post, *map(str, counts), *sent, gap_words.reason(each))


def _json(found: Gaps) -> dict[str, Any]:
    return {
        "posts": [_post_json(each) for each in found.post_years],
        "unnumbered": found.unnumbered,
        "unknown_posts": found.unknown,
    }


def _post_json(each: PostYear) -> dict[str, Any]:
    return {
        "station": each.station,
        "post": each.post,
        "year": each.year,
        "here": each.here,
        "cited": each.cited,
        "doubtful": each.doubtful,
        "absent": each.ids(each.absent),
        "doubtful_ids": each.ids(each.slips),
        "estimate": _estimate(each.sent),
        "never_seen": _estimate(each.unseen),
        "no_estimate": each.reason or None,
        "least": each.least or None,
        "shares_with": list(each.others),
        "starts_again": f"{each.year}-{each.again:02}" if each.again else None,
        "months": [
            {
                "month": f"{each.year}-{number:02}",
                "here": month.here,
                "cited": month.cited,
                "estimate": _estimate(month.sent),
            }
            for number, month in enumerate(each.months, 1)
        ],
    }


def _estimate(sent: Range | None) -> dict[str, int] | None:
    return None if sent is None else sent._asdict()
