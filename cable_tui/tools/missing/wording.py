"""Missing cables in words and symbols, and the share of each post that is here over the years.

For the command line and the room.
"""

from __future__ import annotations

import calendar
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from cable_tui.base.value import Value
from cable_tui.tools.missing.estimate import NumberRange
from cable_tui.tools.missing.gaps import Gaps, Month, PostYear

LEVELS = "▁▂▃▄▅▆▇█"
"""The share of a month that is here; the last one is all of it."""
NEVER_SEEN = "-"
HERE = "▪"
"""Symbol for a month with some cables here, whose share is not estimated."""
CITED = "×"
LEGEND = f"{LEVELS[0]} to {LEVELS[-1]} the part of a month that is here · {CITED} cited, not here"
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
    return LEVELS[min(here * len(LEVELS) // of, len(LEVELS) - 2)]


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
    whole = 100 * here // of
    return f"{whole}%" if whole else "<1%" if here else "0%"


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
            return "none of its cables has a date in the year"
        case "cited only":
            return "none of it is here"
        case _:
            return ""


def sentence(each: PostYear) -> str:
    """Return `Embassy Rabat sent at least 288 cables in 2009; about 310, 290 to 340 ...`."""
    here = "none is here" if not each.here else _are(each.here, "here")
    cited = f", {_are(each.cited, 'cited and absent')}" if each.cited else ""
    slips = f", {each.doubtful:,} cited by doubtful numbers" if each.doubtful else ""
    lone = f", {len(each.out_of_line):,} of them far off the others" if each.out_of_line else ""
    known = f"{here}{lone}{cited}{slips}."
    if each.sent is not None or (each.reason == "cited only" and each.least):
        said = "no estimate" if each.sent is None else _in_95(each.sent)
        return f"{each.post} sent at least {each.least:,} cables in {each.year}; {said}; {known}"
    least = f", at least {each.least:,}" if each.least else ""
    return f"{each.post}, {each.year}: no estimate{least}, because {reason(each)}; {known}"


def _in_95(sent: NumberRange) -> str:
    return f"{about(sent)}, {sent.low:,} to {sent.high:,} (95 of 100)"


def _are(count: int, what: str) -> str:
    return f"{count:,} {'is' if count == 1 else 'are'} {what}"


def month_line(each: PostYear, number: int) -> str:
    """Return `2009-02  3 here, 1 cited and absent, about 27 sent (estimate: 20 to 33)`."""
    month = each.months[number]
    parts = [f"{month.here:,} here"]
    if month.cited:
        parts.append(f"{month.cited:,} cited and absent")
    if month.sent is not None:
        parts.append(f"{about(month.sent)} sent ({estimate_label(month.sent)})")
    return f"{each.year}-{number + 1:02}  {', '.join(parts)}"


def sent(each: PostYear) -> str:
    """Return `at least 288; about 310, 290 to 340 (95 of 100), 6% here`."""
    least = f"at least {each.least:,}; " if each.least else ""
    if each.sent is not None:
        return f"{least}{_in_95(each.sent)}, {percent(each.here, each.sent.likely)} here"
    return f"{least}no estimate: {reason(each)}"


def month_lines(each: PostYear) -> list[str]:
    """Return the sentence, and a bar for each month of what is here, cited, and never seen."""
    found = [sentence(each), ""]
    most = max(map(_whole, each.months))
    if each.sent is not None:
        found += ["█ here · ▒ cited and not here · ░ never seen (an estimate)", ""]
        found.append(f"{'':{_BAR + 4}} {'here':>6} {'cited':>6} {'estimate':>15}")
    for name, month in zip(calendar.month_abbr[1:], each.months, strict=True):
        if month.sent is not None:
            range_ = f"{month.sent.low:,}–{month.sent.high:,}"
            counts = f"{month.here:>6,} {month.cited:>6,} {range_:>15}"
            found.append(f"{name} {month_bar(month, most)} {counts}")
        elif month.here:
            found.append(f"{name} {month.here:>6,} here")
    return [*found, "", *absent_lines(each)]


def _whole(month: Month) -> int:
    return max(month.sent.likely if month.sent else 0, month.here + month.cited, 1)


def month_bar(month: Month, most: int) -> str:
    """Return a bar as long as the month had cables; known ones have at least a cell."""
    cells = max(round(_whole(month) * _BAR / most), 1)
    signs = (("█", month.here), ("▒", month.cited))
    known = "".join(sign * max(n * cells // _whole(month), n > 0) for sign, n in signs)[:cells]
    unseen = "" if month.here + month.cited >= _whole(month) else "░" * (cells - len(known))
    return f"{known + unseen:{_BAR}}"


def numbers_not_here(each: PostYear) -> str:
    """Return `Numbers not here: 1-31, 33-288`; empty if they are not known."""
    ranges = (f"{low}-{high}" if low < high else f"{low}" for low, high in each.not_here)
    said = ", ".join(ranges)
    return f"Numbers not here: {said}" if said else ""


def absent_lines(each: PostYear) -> Iterator[str]:
    """Yield the numbers that are not here, the ids that are cited, and the doubtful ones."""
    if said := numbers_not_here(each):
        yield said
    for name, serials in (
        ("Cited and absent", each.absent),
        ("Doubtful", each.slips),
        ("Doubtful, though here", each.out_of_line),
    ):
        if serials:
            yield f"{name}: {', '.join(each.ids(serials))}"


def left_out(found: Gaps) -> Iterator[str]:
    """Yield text on what no line shows: cables and citations without a number of a post."""
    if found.unnumbered:
        yield f"{found.unnumbered:,} cables here have no serial number"
    if found.unknown:
        yield f"{found.unknown:,} cited ids have an unknown post"


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
        of = f"{self.years} of {self.years + self.others}" if self.others else f"{self.years}"
        years = "year" if of == "1" else "years"
        return f"{estimate_label(self.sent)} sent in {of} {years} ({self.percent} here)"


def coverage(post_years: Iterable[PostYear]) -> dict[str, Coverage]:
    """Return the coverage of each origin with an estimated year and a cable here."""
    by_post: defaultdict[str, list[PostYear]] = defaultdict(list)
    for each in post_years:
        if each.here:
            by_post[each.post].append(each)
    found: dict[str, Coverage] = {}
    for post, years in by_post.items():
        sent = [(each.here, each.sent) for each in years if each.sent is not None]
        if sent:
            ranges = [range_ for _, range_ in sent]
            here = sum(count for count, _ in sent)
            found[post] = Coverage(here, _together(ranges), len(sent), len(years) - len(sent))
    return found


def _together(ranges: list[NumberRange]) -> NumberRange:
    """Return the range of a sum: an error of one year may cancel that of another."""
    likely = sum(each.likely for each in ranges)
    below = math.sqrt(sum((each.likely - each.low) ** 2 for each in ranges))
    above = math.sqrt(sum((each.high - each.likely) ** 2 for each in ranges))
    return NumberRange(likely - round(below), likely, likely + round(above))
