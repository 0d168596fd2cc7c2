"""Wording for missing cables: sentences, symbols, and the coverage of each post over the years.

Both the command line and the room use this wording.
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
"""The symbol for a month with some cables in the archive but no estimated share."""
CITED = "×"
LEGEND = f"{LEVELS[1]} to {LEVELS[-1]} share of the month's cables held · {CITED} cited but missing"
INITIALS = "J F M A M J J A S O N D "
"""The column headings of a strip of months."""
_BAR = 24
"""The width of a month's bar, in cells."""


def strip(months: Sequence[Month]) -> str:
    """Return two characters per month: the share in the archive, and a marker for cited cables."""
    return "".join(_level(month) + (CITED if month.cited else " ") for month in months)


def _level(month: Month) -> str:
    if month.sent is None:
        return HERE if month.here else " "
    if not month.here:
        return NEVER_SEEN if month.sent.likely or month.cited else " "
    return level(month.here, month.sent.likely)


def level(here: int, of: int) -> str:
    """Return the symbol for the share in the archive; only a complete share gets the full block."""
    if here >= of:
        return LEVELS[-1]
    return LEVELS[min(here * 8 // of + 1, 7)]


def about(sent: NumberRange) -> str:
    """Return a phrase such as `about 310`, with as many digits as the range justifies."""
    rounding_step = 10 ** (len(str((sent.high - sent.low) // 3)) - 1)
    rounded_total = round(sent.likely / rounding_step) * rounding_step
    return f"about {rounded_total if sent.low <= rounded_total <= sent.high else sent.likely:,}"


def estimate_label(sent: NumberRange) -> str:
    """Return a label such as `estimate: 290 to 340`."""
    return f"estimate: {sent.low:,} to {sent.high:,}"


def percent(here: int, of: int) -> str:
    """Return a percentage such as `6%`; `100%` only if all cables are in the archive."""
    if here >= of:
        return "100%"
    whole_percent = 100 * here // of
    return f"{whole_percent}%" if whole_percent else "<1%" if here else "0%"


def reason(post_year: PostYear) -> str:
    """Return the reason why there is no estimate, such as `its numbers start again in June`."""
    match post_year.reason:
        case "starts again":
            return f"its numbers start again in {calendar.month_name[post_year.again]}"
        case "shares numbers":
            return f"it shares its numbers with {' and '.join(post_year.others)}"
        case "out of order":
            return "its numbers do not increase with the dates"
        case "no dates":
            return "none of its cables is dated in this year"
        case "cited only":
            return "none of its cables is in the archive"
        case _:
            return ""


def sentence(row: PostYear) -> str:
    """Return a sentence: `Embassy Rabat sent at least 288 cables in 2009; about 310, 290 ...`."""
    here_words = "none is held" if not row.here else _are(row.here, "here")
    cited_words = f", {_are(row.cited, 'cited but missing')}" if row.cited else ""
    doubtful_words = f", {row.doubtful:,} cited with doubtful numbers" if row.doubtful else ""
    out_of_line_words = (
        f", {len(row.out_of_line):,} numbered far from the rest" if row.out_of_line else ""
    )
    known_words = f"{here_words}{out_of_line_words}{cited_words}{doubtful_words}."
    if row.sent is not None or (row.reason == "cited only" and row.least):
        estimate_words = "no estimate" if row.sent is None else _in_95(row.sent)
        return (
            f"{row.post} sent at least {row.least:,} cables in {row.year}; "
            f"{estimate_words}; {known_words}"
        )
    least_words = f", at least {row.least:,}" if row.least else ""
    return f"{row.post}, {row.year}: no estimate{least_words}, because {reason(row)}; {known_words}"


def _in_95(sent_estimate: NumberRange) -> str:
    return f"{about(sent_estimate)}, {sent_estimate.low:,} to {sent_estimate.high:,} (95 of 100)"


def _are(count: int, description: str) -> str:
    return f"{count:,} {'is' if count == 1 else 'are'} {description}"


def month_line(row: PostYear, number: int) -> str:
    """Return a line such as `2009-02  3 held, 1 cited but missing, about 27 sent (...)`."""
    month = row.months[number]
    phrases = [f"{month.here:,} held"]
    if month.cited:
        phrases.append(f"{month.cited:,} cited but missing")
    if month.sent is not None:
        phrases.append(f"{about(month.sent)} sent ({estimate_label(month.sent)})")
    return f"{row.year}-{number + 1:02}  {', '.join(phrases)}"


def sent(row: PostYear) -> str:
    """Return the summary of a year: `at least 288; about 310, 290 to 340 (95 of 100), 6% held`."""
    least_words = f"at least {row.least:,}; " if row.least else ""
    if row.sent is not None:
        return f"{least_words}{_in_95(row.sent)}, {percent(row.here, row.sent.likely)} held"
    return f"{least_words}no estimate: {reason(row)}"


def month_lines(row: PostYear) -> list[str]:
    """Return the sentence for a year, and a bar per month for cables held, cited and unseen."""
    text_lines = [sentence(row), ""]
    largest_month = max(map(_whole, row.months))
    if row.sent is not None:
        text_lines += ["█ held · ▒ cited but missing · ░ never seen (an estimate)", ""]
        text_lines.append(f"{'':{_BAR + 4}} {'held':>6} {'cited':>6} {'estimate':>15}")
    for month_name, month in zip(calendar.month_abbr[1:], row.months, strict=True):
        if month.sent is not None:
            range_text = f"{month.sent.low:,}–{month.sent.high:,}"
            counts_text = f"{month.here:>6,} {month.cited:>6,} {range_text:>15}"
            text_lines.append(f"{month_name} {month_bar(month, largest_month)} {counts_text}")
        elif month.here:
            text_lines.append(f"{month_name} {month.here:>6,} held")
    return [*text_lines, "", *absent_lines(row)]


def _whole(month: Month) -> int:
    return max(month.sent.likely if month.sent else 0, month.here + month.cited, 1)


def month_bar(month: Month, most: int) -> str:
    """Return a bar as long as the month's share of cables.

    Known cables take up at least one cell.
    """
    bar_length = max(round(_whole(month) * _BAR / most), 1)
    symbols_and_counts = (("█", month.here), ("▒", month.cited))
    known_bar = "".join(
        symbol * max(count * bar_length // _whole(month), count > 0)
        for symbol, count in symbols_and_counts
    )[:bar_length]
    unseen_bar = (
        "" if month.here + month.cited >= _whole(month) else "░" * (bar_length - len(known_bar))
    )
    return f"{known_bar + unseen_bar:{_BAR}}"


def numbers_not_here(row: PostYear) -> str:
    """Return `Missing numbers: 1-31, 33-288`, or an empty string if they are unknown."""
    range_texts = (f"{low}-{high}" if low < high else f"{low}" for low, high in row.not_here)
    listed_ranges = ", ".join(range_texts)
    return f"Missing numbers: {listed_ranges}" if listed_ranges else ""


def absent_lines(row: PostYear) -> Iterator[str]:
    """Yield a line for the missing numbers, the cited IDs and each group of doubtful IDs."""
    if numbers_line := numbers_not_here(row):
        yield numbers_line
    for group_name, serials in (
        ("Cited but missing", row.absent),
        ("Doubtful", row.slips),
        ("Held, but doubtful", row.out_of_line),
    ):
        if serials:
            yield f"{group_name}: {', '.join(row.ids(serials))}"


def left_out(result: Gaps) -> Iterator[str]:
    """Yield sentences about cables without a number and unknown posts, which no row includes."""
    if result.unnumbered:
        yield f"{result.unnumbered:,} cables have no serial number"
    if result.unknown:
        yield f"{result.unknown:,} cited IDs contain an unknown post"


class Coverage(Value):
    """The share of a post's cables that is in the archive, in the years with an estimate."""

    here: int
    sent: NumberRange
    """The estimated number of cables sent in all of these years."""
    years: int
    others: int
    """The number of years that have cables in the archive but no estimate."""

    @property
    def percent(self) -> str:
        """The estimated percentage of the cables in the archive, such as `6%`."""
        return percent(self.here, self.sent.likely)

    @property
    def sign(self) -> str:
        """The symbol for the share in the archive, `▁` to `█`, as in a strip of months."""
        return level(self.here, self.sent.likely)

    @property
    def label(self) -> str:
        """A label such as `estimate: 1,200 to 1,500 sent in 3 of 4 years (6% held)`."""
        years_covered = (
            f"{self.years} of {self.years + self.others}" if self.others else f"{self.years}"
        )
        years_word = "year" if years_covered == "1" else "years"
        held_words = f"({self.percent} held)"
        return f"{estimate_label(self.sent)} sent in {years_covered} {years_word} {held_words}"


def coverage(post_years: Iterable[PostYear]) -> dict[str, Coverage]:
    """Return the coverage of each origin that has a cable in the archive and an estimated year."""
    rows_by_post: defaultdict[str, list[PostYear]] = defaultdict(list)
    for row in post_years:
        if row.here:
            rows_by_post[row.post].append(row)
    coverage_by_post: dict[str, Coverage] = {}
    for post, post_rows in rows_by_post.items():
        estimated_years = [(row.here, row.sent) for row in post_rows if row.sent is not None]
        if estimated_years:
            ranges = [year_range for _, year_range in estimated_years]
            cables_here = sum(held_count for held_count, _ in estimated_years)
            coverage_by_post[post] = Coverage(
                cables_here,
                _together(ranges),
                len(estimated_years),
                len(post_rows) - len(estimated_years),
            )
    return coverage_by_post


def _together(year_ranges: list[NumberRange]) -> NumberRange:
    """Return the range of a sum, where an error in one year may cancel out an error in another."""
    likely_total = sum(year_range.likely for year_range in year_ranges)
    deviation_below = math.sqrt(
        sum((year_range.likely - year_range.low) ** 2 for year_range in year_ranges)
    )
    deviation_above = math.sqrt(
        sum((year_range.high - year_range.likely) ** 2 for year_range in year_ranges)
    )
    return NumberRange(
        likely_total - round(deviation_below), likely_total, likely_total + round(deviation_above)
    )
