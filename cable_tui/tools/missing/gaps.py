"""Missing cables: for each post and year, how many cables are here, cited, or never seen.

Serial numbers run by post and year. `series` says whether they do, `estimate` how many there were.
All is computed from ids, dates and citing, which the catalogue has (`numbers`); no text is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import monotonic, sleep
from typing import Literal, NamedTuple

from cable_tui.archive.catalogue.catalogue_file import Cache
from cable_tui.archive.records.walk import never
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
"""Seconds that a room computes between two pauses for keys, and the length of a pause."""
Reason = Literal["", "cited only", "no dates", "starts again", "shares numbers", "out of order"]
"""The reason why there is no estimate; empty if there is one."""

_FEW = 3
"""An unknown post's name with fewer cables than this may be a slip."""
_LONE = 8
"""With fewer cables than this the rate of a post is unknown, and no number is doubted."""
_ALIKE = 1.4
"""The factor by which the daily numbers of posts with one series may differ."""


class Month(NamedTuple):
    """A month of a post."""

    here: int
    cited: int
    """Cited cables that are missing, by the month in which their numbers were reached."""
    sent: NumberRange | None
    """The estimate; None if there is none."""


class PostYear(Value):
    """The cables of a post in a year."""

    station: str
    """The station, in the form of reference ids."""
    post: str
    """The origin of its cables; the station if no cable is here and no table has it."""
    year: int
    here: int
    cited: int
    """The number of cited and missing cables, without the doubtful ones."""
    doubtful: int
    """Cited numbers that are too high for the day on which they are cited."""
    sent: NumberRange | None
    """The estimate; None if there is a reason against one."""
    reason: Reason
    least: int
    """The highest credible number: at least as many were sent; 0 if unknown."""
    months: tuple[Month, ...]
    """January to December."""
    absent: tuple[int, ...] = ()
    """The numbers of the cited cables, in order."""
    slips: tuple[int, ...] = ()
    """The doubtful numbers, in order."""
    out_of_line: tuple[int, ...] = ()
    """Numbers of cables that are here and far off the others, in order; no estimate uses them."""
    serials: tuple[int, ...] = ()
    """The numbers of the cables that are here, in order; only with an estimate."""
    others: tuple[str, ...] = ()
    """Stations that it shares its numbers with."""
    again: int = 0
    """The month, from 1, in which its numbers start again."""

    def ids(self, serials: Sequence[int]) -> list[str]:
        """Return the canonical ids of some numbers of it."""
        return [ids.compose(self.year, self.station, serial) for serial in serials]

    @property
    def not_here(self) -> Iterator[tuple[int, int]]:
        """The numbers from 1 to `least` of which no cable is here, as ranges with both their ends.

        There are none without an estimate: then the numbers do not run by the dates.
        """
        serial_before = 0
        last_serial = 0 if self.sent is None else self.least
        for serial in (
            *(number for number in self.serials if 0 < number <= last_serial),
            last_serial + 1,
        ):
            if serial > serial_before + 1:
                yield serial_before + 1, serial - 1
            serial_before = serial

    @property
    def unseen(self) -> NumberRange | None:
        """The estimated number of cables that are neither here nor cited."""
        if self.sent is None:
            return None
        known_numbers = self.here + self.cited
        return NumberRange(*(max(number - known_numbers, 0) for number in self.sent))


class Gaps(Value):
    """The missing cables of an archive."""

    post_years: tuple[PostYear, ...]
    """Posts and years, by station and year."""
    unnumbered: int
    """Cables here whose id has no serial number."""
    unknown: int
    """The number of cited cables with the name of an unknown post."""


class _Series(NamedTuple):
    """The numbers of a post and year before posts are compared."""

    sent: list[Sent]
    """Cables with dates in the year, in order of number."""
    kept: list[Sent]
    undated: list[int]
    reason: Reason


def pausing(cancelled: Callable[[], bool]) -> Callable[[], bool]:
    """Return a function like `cancelled`, for a room: it pauses, so that keys are handled."""
    due_time = monotonic() + _WORK

    def asked() -> bool:
        nonlocal due_time
        if monotonic() >= due_time:
            sleep(_PAUSE)
            due_time = monotonic() + _WORK
        return cancelled()

    return asked


def gaps(archive: Cache, cancelled: Callable[[], bool] = never) -> Gaps:
    """Return all posts and years with a cable here or cited.

    Nothing more is computed once it is cancelled; the answer is of no use then.
    """
    return of_numbers(numbers(archive, cancelled), cancelled)


def of_numbers(numbers: Numbers, cancelled: Callable[[], bool] = never) -> Gaps:
    """Return the gaps of known numbers."""
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
        if names := sharing_posts.get((year, station)):
            post_year = replace(
                post_year,
                sent=None,
                reason="shares numbers",
                others=names,
                months=tuple(month._replace(cited=0, sent=None) for month in post_year.months),
            )
        post_years.append(post_year)
    post_years.sort(key=lambda post_year: (post_year.station, post_year.year))
    return Gaps(tuple(post_years), numbers.unnumbered, unknown_posts)


def _series(work: WorkYear, cables: Sequence[tuple[int, int]]) -> _Series:
    sent_cables: list[Sent] = []
    undated: list[int] = []
    for serial, created in cables:
        day = work.day(created)
        if day is None:
            undated.append(serial)
        else:
            sent_cables.append(Sent(serial, day))
    sent_cables.sort()
    if not sent_cables:
        return _Series(sent_cables, [], undated, "no dates")
    kept_cables = series.in_line(sent_cables)
    reason: Reason = "" if series.is_one(sent_cables, kept_cables) else "out of order"
    if series.seems_to_start_again(sent_cables, kept_cables) or (
        reason and series.starts_again(sent_cables) is not None
    ):
        reason = "starts again"
    return _Series(sent_cables, kept_cables, undated, reason)


def _sharing(
    known: Mapping[tuple[int, str], _Series], origins: Mapping[str, str]
) -> dict[tuple[int, str], tuple[str, ...]]:
    """Return the stations that share their numbers in a year."""
    years: defaultdict[int, list[tuple[float, str, list[Sent]]]] = defaultdict(list)
    for (year, station), numbered_series in known.items():
        if not numbered_series.reason:
            last_cable = numbered_series.kept[-1]
            years[year].append(
                (last_cable.serial / max(last_cable.day, 1.0), station, numbered_series.kept)
            )
    sharing: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for year, year_series in years.items():
        for (our_post, our_cables), (their_post, their_cables), one_post in _pairs(
            sorted(year_series), origins
        ):
            if series.share_numbers(our_cables, their_cables, one_post=one_post):
                sharing[year, our_post].add(their_post)
                sharing[year, their_post].add(our_post)
    return {key: tuple(sorted(names)) for key, names in sharing.items()}


_Post = tuple[str, list[Sent]]


def _pairs(
    some: Sequence[tuple[float, str, list[Sent]]], origins: Mapping[str, str]
) -> Iterator[tuple[_Post, _Post, bool]]:
    """Yield the posts of a year that may share their numbers, and whether they are one post.

    `some` are in order of numbers a day: those that share them have about the same.
    """
    by_origin: defaultdict[str, list[_Post]] = defaultdict(list)
    sets = [frozenset(cable.serial for cable in cables) for _, _, cables in some]
    for index, (rate, our_post, our_cables) in enumerate(some):
        for other_pair in by_origin[origins.get(our_post, our_post)]:
            if _is_no_slip(our_post, our_cables) and _is_no_slip(*other_pair):
                yield other_pair, (our_post, our_cables), True
        by_origin[origins.get(our_post, our_post)].append((our_post, our_cables))
        for place in range(index + 1, len(some)):
            other_rate, their_post, their_cables = some[place]
            if other_rate > _ALIKE * rate:
                break
            are_enough = len(our_cables) * len(their_cables) >= series.COLLISIONS
            if are_enough and sets[index].isdisjoint(sets[place]):
                yield (our_post, our_cables), (their_post, their_cables), False


def _is_no_slip(name: str, cables: list[Sent]) -> bool:
    return len(cables) >= _FEW or posts.station(name) is not None


def _post_year(
    year: int,
    station: str,
    known: _Series | None,
    cited: Sequence[tuple[int, int]],
    numbers: Numbers,
) -> PostYear:
    work = work_year(year)
    post = numbers.origins.get(station) or _name(station)
    if known is None or known.reason:
        return _not_estimated(work, station, post, known, _citations(work, cited))
    kept_cables = _without_lone(work, known.kept, cited)
    line = _line(work, kept_cables)
    undated_numbers = [Known(serial, 1.0) for serial in known.undated]
    credible_numbers, slips = _credible(line, [*undated_numbers, *_citations(work, cited)])
    if len(slips) > max(len(kept_cables), len(credible_numbers), _FEW):
        # More citations than dates say something else: which of them is wrong?
        citations = _citations(work, cited)
        return _not_estimated(work, station, post, known._replace(reason="out of order"), citations)
    total = estimate.year_total(line, credible_numbers)
    of_cited = [number for number in credible_numbers if number not in undated_numbers]
    doubtful_serials = sorted(number.serial for number in slips if number not in undated_numbers)
    curve = SentByMonth(work, line, total)
    cables_by_month = Counter(work.month_of_day(cable.day) for cable in known.sent)
    cables_by_month.update(curve.month(Known(serial, 1.0)) for serial in known.undated)
    absent_by_month = Counter(map(curve.month, of_cited))
    months = ((cables_by_month[month], absent_by_month[month]) for month in range(12))
    least_total = max((line.serials[-1], *(number.serial for number in credible_numbers)))
    serials = {cable.serial for cable in known.sent}
    return PostYear(
        station=station,
        post=post,
        year=year,
        here=len(known.sent) + len(known.undated),
        cited=len(of_cited),
        doubtful=len(doubtful_serials),
        sent=total,
        reason="",
        least=least_total,
        months=tuple(
            Month(cables_seen, cited_count, curve.sent(month, cables_seen + cited_count))
            for month, (cables_seen, cited_count) in enumerate(months)
        ),
        absent=tuple(sorted(number.serial for number in of_cited)),
        slips=tuple(doubtful_serials),
        out_of_line=tuple(sorted(serials.difference(line.serials))),
        serials=tuple(sorted(serials.union(known.undated))),
    )


def _without_lone(work: WorkYear, kept: list[Sent], cited: Sequence[tuple[int, int]]) -> list[Sent]:
    """Return the cables without the last one, if its number is far above what the others suggest.

    It stays if a number between is cited: then the post sent that many.
    """
    if len(kept) <= _LONE:
        return kept
    *other_cables, last_cable = kept
    line = _line(work, other_cables)
    serial_before = other_cables[-1].serial
    if any(serial_before < serial < last_cable.serial for serial, _ in cited):
        return kept
    most_credible = serial_before + estimate.rest_of_year(line, work.at(last_cable.day)).at(
        estimate.FAR_OFF
    )
    return other_cables if last_cable.serial > most_credible else kept


def _name(station: str) -> str:
    known_post = posts.station(station)
    return known_post.name if known_post else station


def _citations(work: WorkYear, cited: Sequence[tuple[int, int]]) -> list[Known]:
    """Return numbers with the share of the year in which they are first cited.

    See `WorkYear.share`.
    """
    return [Known(serial, work.share(created)) for serial, created in cited]


def _line(work: WorkYear, kept: Sequence[Sent]) -> DatedNumbers:
    shares_of_cables: list[float] = []
    latest_share = 0.0
    for cable in kept:
        latest_share = max(latest_share, work.at(cable.day))
        shares_of_cables.append(latest_share)
    return DatedNumbers([cable.serial for cable in kept], shares_of_cables)


def _credible(line: DatedNumbers, cited: Sequence[Known]) -> tuple[list[Known], list[Known]]:
    """Return the plausible cited numbers, and the slips."""
    credible_and_slips: tuple[list[Known], list[Known]] = ([], [])
    for number in cited:
        slip = number.share < 0.0 or number.serial > estimate.highest_credible(line, number.share)
        credible_and_slips[slip].append(number)
    credible_numbers, slips = credible_and_slips
    last_serial = line.serials[-1]
    later_numbers = sorted(number for number in credible_numbers if number.serial > last_serial)
    count = estimate.without_outliers([number.serial - last_serial for number in later_numbers])
    far_numbers = set(later_numbers[count:])
    return [number for number in credible_numbers if number not in far_numbers], [
        *slips,
        *far_numbers,
    ]


def _not_estimated(
    work: WorkYear, station: str, post: str, known: _Series | None, cited: Sequence[Known]
) -> PostYear:
    """Return a post and year with only its cables and citations counted."""
    serials = sorted(number.serial for number in cited if number.share >= 0.0)
    serials = serials[: estimate.without_outliers(serials)]
    cables_by_month: Counter[int] = Counter()
    cited_again = 0
    if known is not None:
        cables_by_month.update(work.month_of_day(cable.day) for cable in known.sent)
        start = series.starts_again(known.sent) if known.reason == "starts again" else None
        cited_again = 0 if start is None else work.month_of_day(start) + 1
        # What starts again, or is in no order, has no highest number.
        serials = [*serials, *known.undated] if known.reason == "no dates" else []
    count = 0 if known is None else len(known.sent) + len(known.undated)
    absent_serials = sorted(number.serial for number in cited if number.share >= 0.0)
    slips = sorted(number.serial for number in cited if number.share < 0.0)
    return PostYear(
        station=station,
        post=post,
        year=work.year,
        here=count,
        cited=len(absent_serials),
        doubtful=len(slips),
        sent=None,
        reason="cited only" if known is None else known.reason,
        least=max(serials, default=0),
        months=tuple(Month(cables_by_month[month], 0, None) for month in range(12)),
        absent=tuple(absent_serials),
        slips=tuple(slips),
        again=cited_again,
    )


_HEAD = pattern(r"([0-9]{2})([A-Z]{2,40})")
_DIGITS = "0123456789"
_LONGEST = 7
"""Digits of a serial number."""
_AT_ONCE = 2_000
"""Rows that are read from the catalogue at once: other threads run in between."""
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
"""Numbers with packed times (`records.times`), 0 if unknown."""


class Numbers(Value):
    """Serial numbers by year and station."""

    here: Mapping[Key, Count]
    """Cables in the archive, with the times when they were sent."""
    cited: Mapping[Key, Count]
    """Missing cables, with the time when a cable of the archive first cites them."""
    origins: Mapping[str, str]
    """The most frequent origin of each station."""
    unnumbered: int
    """Cables of the archive without a serial number."""


def numbers(archive: Cache, cancelled: Callable[[], bool] = never) -> Numbers:
    """Return all serial numbers, or those that were read until it was cancelled.

    Raises `CacheError`.
    """
    key_by_head = _Heads()
    unnumbered_cables = 0
    origin_of: defaultdict[str, Counter[int]] = defaultdict(Counter)
    cables_by_key: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
    cited_by_key: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
    with archive.reading() as db:
        rows = db.execute(_HERE)
        while (some_rows := rows.fetchmany(_AT_ONCE)) and not cancelled():
            for canonical_id, created, origin in some_rows:
                head = canonical_id.rstrip(_DIGITS)
                series_key, digits = key_by_head[head], len(canonical_id) - len(head)
                if series_key is None or not 0 < digits <= _LONGEST:
                    unnumbered_cables += 1
                    continue
                cables_by_key[series_key].append((int(canonical_id[-digits:]), created))
                origin_of[series_key[1]][origin] += 1
        for target, created in db.execute(_CITED).fetchall():
            head = target.rstrip(_DIGITS)
            series_key, digits = key_by_head[head], len(target) - len(head)
            if series_key is not None and 0 < digits <= _LONGEST and int(target[-digits:]):
                cited_by_key[series_key].append((int(target[-digits:]), created or 0))
        names = dict(db.execute(_ORIGINS).fetchall())
    origins = {
        station: str(names.get(count.most_common(1)[0][0], "")) or station
        for station, count in origin_of.items()
    }
    return Numbers(cables_by_key, cited_by_key, origins, unnumbered_cables)


class _Heads(dict[str, "Key | None"]):
    """The reader of year and station before a number; None if the text does not name a cable."""

    def __missing__(self, head: str) -> Key | None:
        match = _HEAD.fullmatch(head)
        key = (ids.full_year(int(match[1])), match[2]) if match else None
        self[head] = key
        return key
