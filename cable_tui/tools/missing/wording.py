"""Missing cables in words and symbols, and the share of each post that is here over the years.

For the command line and the room.
"""

from __future__ import annotations

import calendar
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from cable_tui.base.value import Value
from cable_tui.text.numbers import LEVELS
from cable_tui.tools.missing.estimate import NumberRange
from cable_tui.tools.missing.gaps import Gaps, Month, PostYear

NEVER_SEEN = "-"
HERE = "▪"
"""Symbol for a month with some cables here, whose share is not estimated."""
CITED = "×"
LEGEND = f"{LEVELS[1]} to {LEVELS[-1]} share of the month's cables held · {CITED} cited but missing"
INITIALS = "J F M A M J J A S O N D "
"""The heads of the columns of a strip."""
_BAR = 24
"""Cells of the bar of a month."""


def strip(months: Sequence[Month]) -> str:
    """Return two signs a month: how much is here, and whether some are cited and not here."""
    return "".join(_level(month) + (CITED if month.cited else " ") for month in months)


def _level(month: Month) -> str:
    if month.sent is None:
        return HERE if month.here else " "
    if not month.here:
        return NEVER_SEEN if month.sent.likely or month.cited else " "
    return level(month.here, month.sent.likely)


def level(here: int, of: int) -> str:
    """Return the symbol of a share that is here; only the whole has the full one."""
    if here >= of:
        return LEVELS[-1]
    return LEVELS[min(here * 8 // of + 1, 7)]


def about(sent: NumberRange) -> str:
    """Return `about 310`: as many digits as the range allows."""
    step = 10 ** (len(str((sent.high - sent.low) // 3)) - 1)
    rounded = round(sent.likely / step) * step
    return f"about {rounded if sent.low <= rounded <= sent.high else sent.likely:,}"


def estimate_label(sent: NumberRange) -> str:
    """Return `estimate: 290 to 340`."""
    return f"estimate: {sent.low:,} to {sent.high:,}"


def percent(here: int, of: int) -> str:
    """Return `6%`; it is 100% only if all are here."""
    if here >= of:
        return "100%"
    whole_percent = 100 * here // of
    return f"{whole_percent}%" if whole_percent else "<1%" if here else "0%"


def reason(post_year: PostYear) -> str:
    """Return the reason why there is no estimate: `its numbers start again in June`."""
    match post_year.reason:
        case "starts again":
            return f"its numbers start again in {calendar.month_name[post_year.again]}"
        case "shares numbers":
            return f"it shares its numbers with {' and '.join(post_year.others)}"
        case "out of order":
            return "its numbers do not rise with the dates"
        case "no dates":
            return "none of its cables has a date in this year"
        case "cited only":
            return "no cable of it is held"
        case _:
            return ""


def sentence(row: PostYear) -> str:
    """Return `Embassy Rabat sent at least 288 cables in 2009; about 310, 290 to 340 ...`."""
    here_words = "none is held" if not row.here else _are(row.here, "here")
    cited_words = f", {_are(row.cited, 'cited but missing')}" if row.cited else ""
    slips = f", {row.doubtful:,} cited with doubtful numbers" if row.doubtful else ""
    out_of_line_words = (
        f", {len(row.out_of_line):,} with numbers far from the rest" if row.out_of_line else ""
    )
    known_words = f"{here_words}{out_of_line_words}{cited_words}{slips}."
    if row.sent is not None or (row.reason == "cited only" and row.least):
        likely = "no estimate" if row.sent is None else _in_95(row.sent)
        return (
            f"{row.post} sent at least {row.least:,} cables in {row.year}; {likely}; {known_words}"
        )
    least_words = f", at least {row.least:,}" if row.least else ""
    return f"{row.post}, {row.year}: no estimate{least_words}, because {reason(row)}; {known_words}"


def _in_95(sent: NumberRange) -> str:
    return f"{about(sent)}, {sent.low:,} to {sent.high:,} (95 of 100)"


def _are(count: int, what: str) -> str:
    return f"{count:,} {'is' if count == 1 else 'are'} {what}"


def month_line(row: PostYear, number: int) -> str:
    """Return `2009-02  3 here, 1 cited but missing, about 27 sent (estimate: 20 to 33)`."""
    month_estimate = row.months[number]
    parts = [f"{month_estimate.here:,} held"]
    if month_estimate.cited:
        parts.append(f"{month_estimate.cited:,} cited but missing")
    if month_estimate.sent is not None:
        parts.append(f"{about(month_estimate.sent)} sent ({estimate_label(month_estimate.sent)})")
    return f"{row.year}-{number + 1:02}  {', '.join(parts)}"


def sent(row: PostYear) -> str:
    """Return `at least 288; about 310, 290 to 340 (95 of 100), 6% here`."""
    least_words = f"at least {row.least:,}; " if row.least else ""
    if row.sent is not None:
        return f"{least_words}{_in_95(row.sent)}, {percent(row.here, row.sent.likely)} held"
    return f"{least_words}no estimate: {reason(row)}"


def month_lines(row: PostYear) -> list[str]:
    """Return the sentence, and a bar for each month of what is here, cited, and never seen."""
    text_lines = [sentence(row), ""]
    most_of_month = max(map(_whole, row.months))
    if row.sent is not None:
        text_lines += ["█ held · ▒ cited but missing · ░ never seen (an estimate)", ""]
        text_lines.append(f"{'':{_BAR + 4}} {'held':>6} {'cited':>6} {'estimate':>15}")
    for name, month in zip(calendar.month_abbr[1:], row.months, strict=True):
        if month.sent is not None:
            range_ = f"{month.sent.low:,}–{month.sent.high:,}"
            counts = f"{month.here:>6,} {month.cited:>6,} {range_:>15}"
            text_lines.append(f"{name} {month_bar(month, most_of_month)} {counts}")
        elif month.here:
            text_lines.append(f"{name} {month.here:>6,} held")
    return [*text_lines, "", *absent_lines(row)]


def _whole(month: Month) -> int:
    return max(month.sent.likely if month.sent else 0, month.here + month.cited, 1)


def month_bar(month: Month, most: int) -> str:
    """Return a bar as long as the month had cables; known ones have at least a cell."""
    cells = max(round(_whole(month) * _BAR / most), 1)
    signs = (("█", month.here), ("▒", month.cited))
    known_bar = "".join(sign * max(n * cells // _whole(month), n > 0) for sign, n in signs)[:cells]
    unseen_bar = "" if month.here + month.cited >= _whole(month) else "░" * (cells - len(known_bar))
    return f"{known_bar + unseen_bar:{_BAR}}"


def numbers_not_here(row: PostYear) -> str:
    """Return `Numbers not here: 1-31, 33-288`; empty if they are not known."""
    ranges = (f"{low}-{high}" if low < high else f"{low}" for low, high in row.not_here)
    listed_ranges = ", ".join(ranges)
    return f"Missing numbers: {listed_ranges}" if listed_ranges else ""


def absent_lines(row: PostYear) -> Iterator[str]:
    """Yield the numbers that are not here, the ids that are cited, and the doubtful ones."""
    if line := numbers_not_here(row):
        yield line
    for name, serials in (
        ("Cited but missing", row.absent),
        ("Doubtful", row.slips),
        ("Held, but doubtful", row.out_of_line),
    ):
        if serials:
            yield f"{name}: {', '.join(row.ids(serials))}"


def left_out(result: Gaps) -> Iterator[str]:
    """Yield text on what no line shows: cables and citations without a number of a post."""
    if result.unnumbered:
        yield f"{result.unnumbered:,} cables have no serial number"
    if result.unknown:
        yield f"{result.unknown:,} cited IDs name an unknown post"


class Coverage(Value):
    """The share of a post's cables that is here, in the years that can be estimated."""

    here: int
    sent: NumberRange
    """The estimate for these years together."""
    years: int
    others: int
    """The number of years with cables here but without an estimate."""

    @property
    def percent(self) -> str:
        """Percent: `6%`, an estimate."""
        return percent(self.here, self.sent.likely)

    @property
    def sign(self) -> str:
        """Sign: `▁` to `█`, as in the strip of a month."""
        return level(self.here, self.sent.likely)

    @property
    def label(self) -> str:
        """Label: `estimate: 1,200 to 1,500 sent in 3 of 4 years (6% here)`."""
        years_covered = (
            f"{self.years} of {self.years + self.others}" if self.others else f"{self.years}"
        )
        years = "year" if years_covered == "1" else "years"
        return f"{estimate_label(self.sent)} sent in {years_covered} {years} ({self.percent} held)"


def coverage(post_years: Iterable[PostYear]) -> dict[str, Coverage]:
    """Return the coverage of each origin with an estimated year and a cable here."""
    by_post: defaultdict[str, list[PostYear]] = defaultdict(list)
    for row in post_years:
        if row.here:
            by_post[row.post].append(row)
    coverage_by_post: dict[str, Coverage] = {}
    for post, years in by_post.items():
        known_and_sent = [(row.here, row.sent) for row in years if row.sent is not None]
        if known_and_sent:
            ranges = [range_ for _, range_ in known_and_sent]
            cables_here = sum(count for count, _ in known_and_sent)
            coverage_by_post[post] = Coverage(
                cables_here,
                _together(ranges),
                len(known_and_sent),
                len(years) - len(known_and_sent),
            )
    return coverage_by_post


def _together(ranges: list[NumberRange]) -> NumberRange:
    """Return the range of a sum: an error of one year may cancel that of another."""
    likely_total = sum(range_.likely for range_ in ranges)
    deviation_below = math.sqrt(sum((range_.likely - range_.low) ** 2 for range_ in ranges))
    deviation_above = math.sqrt(sum((range_.high - range_.likely) ** 2 for range_ in ranges))
    return NumberRange(
        likely_total - round(deviation_below), likely_total, likely_total + round(deviation_above)
    )
