"""Coverage: how much of what a post sent is here, over the years of which a cable is here."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from cable_tui.archive.source_criticism.estimate import NumberRange
from cable_tui.archive.source_criticism.gap_words import estimate_label, level, percent
from cable_tui.archive.source_criticism.gaps import PostYear
from cable_tui.value import Value


class Coverage(Value):
    """What is here of a post, in the years that can be estimated."""

    here: int
    sent: NumberRange
    """Estimated, of these years together."""
    years: int
    others: int
    """Years of which cables are here and which are not estimated."""

    @property
    def percent(self) -> str:
        """`6%`, an estimate."""
        return percent(self.here, self.sent.likely)

    @property
    def sign(self) -> str:
        """`▁` to `█`, as in the strip of a month."""
        return level(self.here, self.sent.likely)

    @property
    def label(self) -> str:
        """`estimate: 1,200 to 1,500 sent in 3 of 4 years (6% here)`."""
        of = f"{self.years} of {self.years + self.others}" if self.others else f"{self.years}"
        years = "year" if of == "1" else "years"
        return f"{estimate_label(self.sent)} sent in {of} {years} ({self.percent} here)"


def coverage(post_years: Iterable[PostYear]) -> dict[str, Coverage]:
    """The coverage of each origin of which a year is estimated and a cable is here."""
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
    """The range of a sum: what is too much in one year may be too little in another."""
    likely = sum(each.likely for each in ranges)
    below = math.sqrt(sum((each.likely - each.low) ** 2 for each in ranges))
    above = math.sqrt(sum((each.high - each.likely) ** 2 for each in ranges))
    return NumberRange(likely - round(below), likely, likely + round(above))
