"""Missing cables: for each post and year, how many cables are in the archive, cited or never seen.

Serial numbers run by post and year. `series` decides whether they rise with the dates, and
`estimate` calculates how many cables there were. All input is IDs, dates and citations from the
catalogue (`numbers`); no text is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import monotonic, sleep
from typing import Literal

from cable_tui.archive.catalogue.catalogue_file import Cache
from cable_tui.archive.records.walk import never
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value, replace
from cable_tui.glossary import posts
from cable_tui.telegram import ids
from cable_tui.tools.missing import estimate, series
from cable_tui.tools.missing.estimate import (
    DatedNumbers,
    Known,
    NumberRange,
    SentByMonth,
    WorkYear,
    work_year,
)
from cable_tui.tools.missing.series import Sent

_WORK, _PAUSE = 0.02, 0.002
"""The number of seconds that a room computes between two pauses for key presses, and the length of
a pause.
"""
Reason = Literal["", "cited only", "no dates", "starts again", "shares numbers", "out of order"]
"""The reason why there is no estimate, or an empty string if there is one."""

_FEW = 3
"""A post that is unknown to all tables and has fewer cables than this may be a misspelled name."""
_LONE = 8
"""With fewer cables than this, the rate of a post is unknown and no number is doubted."""
_ALIKE = 1.4
"""The maximum ratio of the daily rates of two posts that share a series."""


class Month(NamedTuple):
    """The cables from a post in one month."""

    here: int
    cited: int
    """The number of cited but missing cables, keyed by the month in which their numbers were
    reached.
    """
    sent: NumberRange | None
    """The estimated number of cables sent, or None if there is no estimate."""


class PostYear(Value):
    """The cables from a post in one year."""

    station: str
    """The station, spelled as in reference IDs."""
    post: str
    """The origin of the post's cables, or the station if neither a cable nor a table gives the name
    of the post.
    """
    year: int
    here: int
    cited: int
    """The number of cited but missing cables, without the doubtful ones."""
    doubtful: int
    """The number of cited serials that are too high for the date of the citing cable."""
    sent: NumberRange | None
    """The estimated number of cables sent, or None if there is a reason against an estimate."""
    reason: Reason
    least: int
    """The highest credible number, which is the minimum number of cables sent, or 0 if unknown."""
    months: tuple[Month, ...]
    """The months from January to December."""
    absent: tuple[int, ...] = ()
    """The numbers of the cited but missing cables, in order."""
    slips: tuple[int, ...] = ()
    """The doubtful numbers, in order."""
    out_of_line: tuple[int, ...] = ()
    """The numbers of cables in the archive that are far out of line, in order; no estimate uses
    them.
    """
    serials: tuple[int, ...] = ()
    """The numbers of the cables in the archive, in order; empty if there is no estimate."""
    others: tuple[str, ...] = ()
    """The stations that share their numbers with this station."""
    again: int = 0
    """The month, from 1, in which the numbers start again, or 0 if they do not."""

    def ids(self, serials: Sequence[int]) -> list[str]:
        """Return the canonical IDs for this post and year for the given serial numbers."""
        return [ids.compose(self.year, self.station, serial) for serial in serials]

    @property
    def not_here(self) -> Iterator[tuple[int, int]]:
        """The numbers from 1 to `least` that no cable in the archive has, as inclusive ranges.

        There are no ranges without an estimate, because the numbers then do not rise with the
        dates.
        """
        previous_serial = 0
        last_serial = 0 if self.sent is None else self.least
        for serial in (
            *(held_serial for held_serial in self.serials if 0 < held_serial <= last_serial),
            last_serial + 1,
        ):
            if serial > previous_serial + 1:
                yield previous_serial + 1, serial - 1
            previous_serial = serial

    @property
    def unseen(self) -> NumberRange | None:
        """The estimated number of cables that are neither in the archive nor cited, or None."""
        if self.sent is None:
            return None
        known_total = self.here + self.cited
        return NumberRange(
            *(max(estimated_total - known_total, 0) for estimated_total in self.sent)
        )


class Gaps(Value):
    """The missing cables of an archive."""

    post_years: tuple[PostYear, ...]
    """One row for each post and year, by station and year."""
    unnumbered: int
    """The number of cables in the archive whose ID has no serial number."""
    unknown: int
    """The number of cited cables from unknown posts."""


class _Series(NamedTuple):
    """The numbers of a post and year before they are compared with other posts."""

    sent: list[Sent]
    """The cables with a date in the year, in order of number."""
    kept: list[Sent]
    undated: list[int]
    reason: Reason


def pausing(cancelled: Callable[[], bool]) -> Callable[[], bool]:
    """Return a variant of `cancelled` that pauses now and then, so the room can handle keys."""
    due_time = monotonic() + _WORK

    def asked() -> bool:
        nonlocal due_time
        if monotonic() >= due_time:
            sleep(_PAUSE)
            due_time = monotonic() + _WORK
        return cancelled()

    return asked


def gaps(archive: Cache, cancelled: Callable[[], bool] = never) -> Gaps:
    """Return all posts and years with cables in the archive or cited cables.

    Computing stops once it is cancelled; the result is then meaningless.
    """
    return of_numbers(numbers(archive, cancelled), cancelled)


def of_numbers(numbers: Numbers, cancelled: Callable[[], bool] = never) -> Gaps:
    """Return the gaps in numbers that were read before."""
    series_by_key: dict[tuple[int, str], _Series] = {}
    for (year, station), cables in numbers.here.items():
        if cancelled():
            return Gaps((), 0, 0)
        series_by_key[year, station] = _series(work_year(year), cables)
    sharing_posts = _sharing(series_by_key, numbers.origins)
    unknown_posts = 0
    post_years: list[PostYear] = []
    for year, station in series_by_key.keys() | numbers.cited.keys():
        if cancelled():
            return Gaps((), 0, 0)
        cited_numbers = numbers.cited.get((year, station), [])
        if station not in numbers.origins and posts.station(station) is None:
            unknown_posts += len(cited_numbers)
            continue
        post_year = _post_year(
            year, station, series_by_key.get((year, station)), cited_numbers, numbers
        )
        if sharing_stations := sharing_posts.get((year, station)):
            post_year = replace(
                post_year,
                sent=None,
                reason="shares numbers",
                others=sharing_stations,
                months=tuple(month._replace(cited=0, sent=None) for month in post_year.months),
            )
        post_years.append(post_year)
    post_years.sort(key=lambda post_year: (post_year.station, post_year.year))
    return Gaps(tuple(post_years), numbers.unnumbered, unknown_posts)


def _series(work_year_shares: WorkYear, cables: Sequence[tuple[int, int]]) -> _Series:
    dated_cables: list[Sent] = []
    undated_serials: list[int] = []
    for serial, created in cables:
        day = work_year_shares.day(created)
        if day is None:
            undated_serials.append(serial)
        else:
            dated_cables.append(Sent(serial, day))
    dated_cables.sort()
    if not dated_cables:
        return _Series(dated_cables, [], undated_serials, "no dates")
    kept_cables = series.in_line(dated_cables)
    reason: Reason = "" if series.is_one(dated_cables, kept_cables) else "out of order"
    if series.seems_to_start_again(dated_cables, kept_cables) or (
        reason and series.starts_again(dated_cables) is not None
    ):
        reason = "starts again"
    return _Series(dated_cables, kept_cables, undated_serials, reason)


def _sharing(
    series_by_key: Mapping[tuple[int, str], _Series], origins: Mapping[str, str]
) -> dict[tuple[int, str], tuple[str, ...]]:
    """Return the stations that share their numbers with a station in a year."""
    series_by_year: defaultdict[int, list[tuple[float, str, list[Sent]]]] = defaultdict(list)
    for (year, station), numbered_series in series_by_key.items():
        if not numbered_series.reason:
            last_cable = numbered_series.kept[-1]
            series_by_year[year].append(
                (last_cable.serial / max(last_cable.day, 1.0), station, numbered_series.kept)
            )
    sharing_by_key: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for year, year_series in series_by_year.items():
        for (our_post, our_cables), (their_post, their_cables), one_post in _pairs(
            sorted(year_series), origins
        ):
            if series.share_numbers(our_cables, their_cables, one_post=one_post):
                sharing_by_key[year, our_post].add(their_post)
                sharing_by_key[year, their_post].add(our_post)
    return {
        series_key: tuple(sorted(station_names))
        for series_key, station_names in sharing_by_key.items()
    }


_Post = tuple[str, list[Sent]]


def _pairs(
    year_series: Sequence[tuple[float, str, list[Sent]]], origins: Mapping[str, str]
) -> Iterator[tuple[_Post, _Post, bool]]:
    """Yield pairs of posts in a year that may share their numbers, and whether both are one post.

    `year_series` is in order of the daily rate, because posts that share numbers have similar
    rates.
    """
    posts_by_origin: defaultdict[str, list[_Post]] = defaultdict(list)
    serial_sets = [frozenset(cable.serial for cable in cables) for _, _, cables in year_series]
    for index, (daily_rate, our_post, our_cables) in enumerate(year_series):
        for other_post in posts_by_origin[origins.get(our_post, our_post)]:
            if _is_no_slip(our_post, our_cables) and _is_no_slip(*other_post):
                yield other_post, (our_post, our_cables), True
        posts_by_origin[origins.get(our_post, our_post)].append((our_post, our_cables))
        for other_index in range(index + 1, len(year_series)):
            other_daily_rate, their_post, their_cables = year_series[other_index]
            if other_daily_rate > _ALIKE * daily_rate:
                break
            enough_cables = len(our_cables) * len(their_cables) >= series.COLLISIONS
            if enough_cables and serial_sets[index].isdisjoint(serial_sets[other_index]):
                yield (our_post, our_cables), (their_post, their_cables), False


def _is_no_slip(station: str, cables: list[Sent]) -> bool:
    return len(cables) >= _FEW or posts.station(station) is not None


def _post_year(
    year: int,
    station: str,
    post_series: _Series | None,
    cited_times: Sequence[tuple[int, int]],
    numbers: Numbers,
) -> PostYear:
    work = work_year(year)
    post_name = numbers.origins.get(station) or _name(station)
    if post_series is None or post_series.reason:
        return _not_estimated(work, station, post_name, post_series, _citations(work, cited_times))
    kept_cables = _without_lone(work, post_series.kept, cited_times)
    dated_numbers = _line(work, kept_cables)
    undated_numbers = [Known(serial, 1.0) for serial in post_series.undated]
    credible_numbers, doubtful_numbers = _credible(
        dated_numbers, [*undated_numbers, *_citations(work, cited_times)]
    )
    if len(doubtful_numbers) > max(len(kept_cables), len(credible_numbers), _FEW):
        # More citations than dates say something else: which of them is wrong?
        citations = _citations(work, cited_times)
        return _not_estimated(
            work, station, post_name, post_series._replace(reason="out of order"), citations
        )
    estimated_total = estimate.year_total(dated_numbers, credible_numbers)
    credible_citations = [number for number in credible_numbers if number not in undated_numbers]
    doubtful_serials = sorted(
        number.serial for number in doubtful_numbers if number not in undated_numbers
    )
    sent_by_month = SentByMonth(work, dated_numbers, estimated_total)
    cables_by_month = Counter(work.month_of_day(cable.day) for cable in post_series.sent)
    cables_by_month.update(
        sent_by_month.month(Known(serial, 1.0)) for serial in post_series.undated
    )
    cited_by_month = Counter(map(sent_by_month.month, credible_citations))
    counts_by_month = ((cables_by_month[month], cited_by_month[month]) for month in range(12))
    least_total = max((dated_numbers.serials[-1], *(number.serial for number in credible_numbers)))
    dated_serials = {cable.serial for cable in post_series.sent}
    return PostYear(
        station=station,
        post=post_name,
        year=year,
        here=len(post_series.sent) + len(post_series.undated),
        cited=len(credible_citations),
        doubtful=len(doubtful_serials),
        sent=estimated_total,
        reason="",
        least=least_total,
        months=tuple(
            Month(held_count, cited_count, sent_by_month.sent(month, held_count + cited_count))
            for month, (held_count, cited_count) in enumerate(counts_by_month)
        ),
        absent=tuple(sorted(number.serial for number in credible_citations)),
        slips=tuple(doubtful_serials),
        out_of_line=tuple(sorted(dated_serials.difference(dated_numbers.serials))),
        serials=tuple(sorted(dated_serials.union(post_series.undated))),
    )


def _without_lone(
    work: WorkYear, kept_cables: list[Sent], cited_times: Sequence[tuple[int, int]]
) -> list[Sent]:
    """Return the cables without the last one if its number is implausibly far above the others.

    The last cable is kept if a number between it and the one before is cited, because that proves
    that the post sent that many.
    """
    if len(kept_cables) <= _LONE:
        return kept_cables
    *other_cables, last_cable = kept_cables
    other_numbers = _line(work, other_cables)
    previous_serial = other_cables[-1].serial
    if any(previous_serial < cited_serial < last_cable.serial for cited_serial, _ in cited_times):
        return kept_cables
    most_credible = previous_serial + estimate.rest_of_year(
        other_numbers, work.at(last_cable.day)
    ).at(estimate.FAR_OFF)
    return other_cables if last_cable.serial > most_credible else kept_cables


def _name(station: str) -> str:
    known_post = posts.station(station)
    return known_post.name if known_post else station


def _citations(work: WorkYear, cited_times: Sequence[tuple[int, int]]) -> list[Known]:
    """Return cited numbers, each with the share of the year at its first citation.

    See `WorkYear.share`.
    """
    return [Known(serial, work.share(citing_time)) for serial, citing_time in cited_times]


def _line(work: WorkYear, kept_cables: Sequence[Sent]) -> DatedNumbers:
    shares: list[float] = []
    latest_share = 0.0
    for cable in kept_cables:
        latest_share = max(latest_share, work.at(cable.day))
        shares.append(latest_share)
    return DatedNumbers([cable.serial for cable in kept_cables], shares)


def _credible(
    dated_numbers: DatedNumbers, cited_numbers: Sequence[Known]
) -> tuple[list[Known], list[Known]]:
    """Return the plausible cited numbers, and the implausible ones."""
    credible_and_slips: tuple[list[Known], list[Known]] = ([], [])
    for number in cited_numbers:
        is_slip = number.share < 0.0 or number.serial > estimate.highest_credible(
            dated_numbers, number.share
        )
        credible_and_slips[is_slip].append(number)
    credible_numbers, slips = credible_and_slips
    last_serial = dated_numbers.serials[-1]
    later_numbers = sorted(number for number in credible_numbers if number.serial > last_serial)
    plausible_count = estimate.without_outliers(
        [number.serial - last_serial for number in later_numbers]
    )
    far_numbers = set(later_numbers[plausible_count:])
    return [number for number in credible_numbers if number not in far_numbers], [
        *slips,
        *far_numbers,
    ]


def _not_estimated(
    work: WorkYear,
    station: str,
    post_name: str,
    post_series: _Series | None,
    cited_numbers: Sequence[Known],
) -> PostYear:
    """Return a post and year with counts of its cables and citations, but no estimate."""
    serials = sorted(number.serial for number in cited_numbers if number.share >= 0.0)
    serials = serials[: estimate.without_outliers(serials)]
    cables_by_month: Counter[int] = Counter()
    restart_month = 0
    if post_series is not None:
        cables_by_month.update(work.month_of_day(cable.day) for cable in post_series.sent)
        restart_day = (
            series.starts_again(post_series.sent) if post_series.reason == "starts again" else None
        )
        restart_month = 0 if restart_day is None else work.month_of_day(restart_day) + 1
        # What starts again, or is in no order, has no highest number.
        serials = [*serials, *post_series.undated] if post_series.reason == "no dates" else []
    held_count = 0 if post_series is None else len(post_series.sent) + len(post_series.undated)
    absent_serials = sorted(number.serial for number in cited_numbers if number.share >= 0.0)
    doubtful_serials = sorted(number.serial for number in cited_numbers if number.share < 0.0)
    return PostYear(
        station=station,
        post=post_name,
        year=work.year,
        here=held_count,
        cited=len(absent_serials),
        doubtful=len(doubtful_serials),
        sent=None,
        reason="cited only" if post_series is None else post_series.reason,
        least=max(serials, default=0),
        months=tuple(Month(cables_by_month[month], 0, None) for month in range(12)),
        absent=tuple(absent_serials),
        slips=tuple(doubtful_serials),
        again=restart_month,
    )


_HEAD = pattern(r"([0-9]{2})([A-Z]{2,40})")
_DIGITS = "0123456789"
_LONGEST = 7
"""The maximum number of digits of a serial number."""
_AT_ONCE = 2_000
"""The number of catalogue rows to read in one step; other threads run between steps."""
_HERE = "SELECT canonical, created, origin FROM cable"
_ORIGINS = "SELECT id, text FROM term WHERE kind = 'fact:origin'"
# As in `catalogue.resolve_references`: what an edition cites is the same telegram elsewhere.
_CITED = """
SELECT target, min(nullif(created, 0)) FROM reference JOIN cable ON cable.id = reference.cable
WHERE NOT EXISTS (SELECT 1 FROM cable there WHERE there.canonical = target)
AND NOT canonical GLOB 'frus*'
GROUP BY target
"""

Key = tuple[int, str]
"""A year and a station."""
Count = Sequence[tuple[int, int]]
"""Serial numbers, each with a time as an integer (`records.times`), or 0 if unknown."""


class Numbers(Value):
    """Serial numbers by year and station."""

    here: Mapping[Key, Count]
    """The cables in the archive, with the times when they were sent."""
    cited: Mapping[Key, Count]
    """The missing cables, each with the time at which a cable in the archive first cites it."""
    origins: Mapping[str, str]
    """The most frequent origin of each station."""
    unnumbered: int
    """The number of cables in the archive without a serial number."""


def numbers(archive: Cache, cancelled: Callable[[], bool] = never) -> Numbers:
    """Return all serial numbers, or the numbers read so far if cancelled.

    Raises `CacheError`.
    """
    key_by_head = _Heads()
    unnumbered_cables = 0
    origin_of: defaultdict[str, Counter[int]] = defaultdict(Counter)
    cables_by_key: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
    cited_by_key: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
    with archive.reading() as db:
        cable_rows = db.execute(_HERE)
        while (some_rows := cable_rows.fetchmany(_AT_ONCE)) and not cancelled():
            for canonical_id, sent_time, origin in some_rows:
                id_head = canonical_id.rstrip(_DIGITS)
                series_key, digit_count = key_by_head[id_head], len(canonical_id) - len(id_head)
                if series_key is None or not 0 < digit_count <= _LONGEST:
                    unnumbered_cables += 1
                    continue
                cables_by_key[series_key].append((int(canonical_id[-digit_count:]), sent_time))
                origin_of[series_key[1]][origin] += 1
        for cited_id, sent_time in db.execute(_CITED).fetchall():
            id_head = cited_id.rstrip(_DIGITS)
            series_key, digit_count = key_by_head[id_head], len(cited_id) - len(id_head)
            if (
                series_key is not None
                and 0 < digit_count <= _LONGEST
                and int(cited_id[-digit_count:])
            ):
                cited_by_key[series_key].append((int(cited_id[-digit_count:]), sent_time or 0))
        origin_names = dict(db.execute(_ORIGINS).fetchall())
    origins = {
        station: str(origin_names.get(origin_counts.most_common(1)[0][0], "")) or station
        for station, origin_counts in origin_of.items()
    }
    return Numbers(cables_by_key, cited_by_key, origins, unnumbered_cables)


class _Heads(dict[str, "Key | None"]):
    """A cache of the year and station before a number; None if the text does not name a cable."""

    def __missing__(self, id_head: str) -> Key | None:
        head_match = _HEAD.fullmatch(id_head)
        series_key = (ids.full_year(int(head_match[1])), head_match[2]) if head_match else None
        self[id_head] = series_key
        return series_key
