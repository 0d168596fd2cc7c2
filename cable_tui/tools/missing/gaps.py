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
        before = 0
        last = 0 if self.sent is None else self.least
        for serial in (*(number for number in self.serials if 0 < number <= last), last + 1):
            if serial > before + 1:
                yield before + 1, serial - 1
            before = serial

    @property
    def unseen(self) -> NumberRange | None:
        """The estimated number of cables that are neither here nor cited."""
        if self.sent is None:
            return None
        known = self.here + self.cited
        return NumberRange(*(max(number - known, 0) for number in self.sent))


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
    due = monotonic() + _WORK

    def asked() -> bool:
        nonlocal due
        if monotonic() >= due:
            sleep(_PAUSE)
            due = monotonic() + _WORK
        return cancelled()

    return asked


def gaps(archive: Cache, cancelled: Callable[[], bool] = never) -> Gaps:
    """Return all posts and years with a cable here or cited.

    Nothing more is computed once it is cancelled; the answer is of no use then.
    """
    return of_numbers(numbers(archive, cancelled), cancelled)


def of_numbers(numbers: Numbers, cancelled: Callable[[], bool] = never) -> Gaps:
    """Return the gaps of known numbers."""
    known: dict[tuple[int, str], _Series] = {}
    for (year, station), cables in numbers.here.items():
        if cancelled():
            return Gaps((), 0, 0)
        known[year, station] = _series(work_year(year), cables)
    others = _sharing(known, numbers.origins)
    unknown = 0
    post_years: list[PostYear] = []
    for year, station in known.keys() | numbers.cited.keys():
        if cancelled():
            return Gaps((), 0, 0)
        cited = numbers.cited.get((year, station), [])
        if station not in numbers.origins and posts.station(station) is None:
            unknown += len(cited)
            continue
        post_year = _post_year(year, station, known.get((year, station)), cited, numbers)
        if names := others.get((year, station)):
            post_year = replace(
                post_year,
                sent=None,
                reason="shares numbers",
                others=names,
                months=tuple(month._replace(cited=0, sent=None) for month in post_year.months),
            )
        post_years.append(post_year)
    post_years.sort(key=lambda post_year: (post_year.station, post_year.year))
    return Gaps(tuple(post_years), numbers.unnumbered, unknown)


def _series(work: WorkYear, cables: Sequence[tuple[int, int]]) -> _Series:
    sent: list[Sent] = []
    undated: list[int] = []
    for serial, created in cables:
        day = work.day(created)
        if day is None:
            undated.append(serial)
        else:
            sent.append(Sent(serial, day))
    sent.sort()
    if not sent:
        return _Series(sent, [], undated, "no dates")
    kept = series.in_line(sent)
    reason: Reason = "" if series.is_one(sent, kept) else "out of order"
    if series.seems_to_start_again(sent, kept) or (
        reason and series.starts_again(sent) is not None
    ):
        reason = "starts again"
    return _Series(sent, kept, undated, reason)


def _sharing(
    known: Mapping[tuple[int, str], _Series], origins: Mapping[str, str]
) -> dict[tuple[int, str], tuple[str, ...]]:
    """Return the stations that share their numbers in a year."""
    years: defaultdict[int, list[tuple[float, str, list[Sent]]]] = defaultdict(list)
    for (year, station), numbered in known.items():
        if not numbered.reason:
            last = numbered.kept[-1]
            years[year].append((last.serial / max(last.day, 1.0), station, numbered.kept))
    sharing: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for year, some in years.items():
        for (ours, mine), (theirs, other), one_post in _pairs(sorted(some), origins):
            if series.share_numbers(mine, other, one_post=one_post):
                sharing[year, ours].add(theirs)
                sharing[year, theirs].add(ours)
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
    for index, (rate, ours, mine) in enumerate(some):
        for two in by_origin[origins.get(ours, ours)]:
            if _is_no_slip(ours, mine) and _is_no_slip(*two):
                yield two, (ours, mine), True
        by_origin[origins.get(ours, ours)].append((ours, mine))
        for place in range(index + 1, len(some)):
            other_rate, theirs, other = some[place]
            if other_rate > _ALIKE * rate:
                break
            enough = len(mine) * len(other) >= series.COLLISIONS
            if enough and sets[index].isdisjoint(sets[place]):
                yield (ours, mine), (theirs, other), False


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
    kept = _without_lone(work, known.kept, cited)
    line = _line(work, kept)
    told = [Known(serial, 1.0) for serial in known.undated]
    credible, slips = _credible(line, [*told, *_citations(work, cited)])
    if len(slips) > max(len(kept), len(credible), _FEW):
        # More citations than dates say something else: which of them is wrong?
        citations = _citations(work, cited)
        return _not_estimated(work, station, post, known._replace(reason="out of order"), citations)
    total = estimate.year_total(line, credible)
    of_cited = [number for number in credible if number not in told]
    doubtful = sorted(number.serial for number in slips if number not in told)
    curve = SentByMonth(work, line, total)
    here = Counter(work.month_of_day(cable.day) for cable in known.sent)
    here.update(curve.month(Known(serial, 1.0)) for serial in known.undated)
    absent = Counter(map(curve.month, of_cited))
    months = ((here[month], absent[month]) for month in range(12))
    least = max((line.serials[-1], *(number.serial for number in credible)))
    serials = {cable.serial for cable in known.sent}
    return PostYear(
        station=station,
        post=post,
        year=year,
        here=len(known.sent) + len(known.undated),
        cited=len(of_cited),
        doubtful=len(doubtful),
        sent=total,
        reason="",
        least=least,
        months=tuple(
            Month(seen, cited, curve.sent(month, seen + cited))
            for month, (seen, cited) in enumerate(months)
        ),
        absent=tuple(sorted(number.serial for number in of_cited)),
        slips=tuple(doubtful),
        out_of_line=tuple(sorted(serials.difference(line.serials))),
        serials=tuple(sorted(serials.union(known.undated))),
    )


def _without_lone(work: WorkYear, kept: list[Sent], cited: Sequence[tuple[int, int]]) -> list[Sent]:
    """Return the cables without the last one, if its number is far above what the others suggest.

    It stays if a number between is cited: then the post sent that many.
    """
    if len(kept) <= _LONE:
        return kept
    *others, last = kept
    line = _line(work, others)
    before = others[-1].serial
    if any(before < serial < last.serial for serial, _ in cited):
        return kept
    most = before + estimate.rest_of_year(line, work.at(last.day)).at(estimate.FAR_OFF)
    return others if last.serial > most else kept


def _name(station: str) -> str:
    known = posts.station(station)
    return known.name if known else station


def _citations(work: WorkYear, cited: Sequence[tuple[int, int]]) -> list[Known]:
    """Return numbers with the share of the year in which they are first cited.

    See `WorkYear.share`.
    """
    return [Known(serial, work.share(created)) for serial, created in cited]


def _line(work: WorkYear, kept: Sequence[Sent]) -> DatedNumbers:
    shares: list[float] = []
    share = 0.0
    for cable in kept:
        share = max(share, work.at(cable.day))
        shares.append(share)
    return DatedNumbers([cable.serial for cable in kept], shares)


def _credible(line: DatedNumbers, cited: Sequence[Known]) -> tuple[list[Known], list[Known]]:
    """Return the plausible cited numbers, and the slips."""
    both: tuple[list[Known], list[Known]] = ([], [])
    for number in cited:
        slip = number.share < 0.0 or number.serial > estimate.highest_credible(line, number.share)
        both[slip].append(number)
    credible, slips = both
    last = line.serials[-1]
    later = sorted(number for number in credible if number.serial > last)
    count = estimate.without_outliers([number.serial - last for number in later])
    far = set(later[count:])
    return [number for number in credible if number not in far], [*slips, *far]


def _not_estimated(
    work: WorkYear, station: str, post: str, known: _Series | None, cited: Sequence[Known]
) -> PostYear:
    """Return a post and year with only its cables and citations counted."""
    serials = sorted(number.serial for number in cited if number.share >= 0.0)
    serials = serials[: estimate.without_outliers(serials)]
    here: Counter[int] = Counter()
    again = 0
    if known is not None:
        here.update(work.month_of_day(cable.day) for cable in known.sent)
        start = series.starts_again(known.sent) if known.reason == "starts again" else None
        again = 0 if start is None else work.month_of_day(start) + 1
        # What starts again, or is in no order, has no highest number.
        serials = [*serials, *known.undated] if known.reason == "no dates" else []
    count = 0 if known is None else len(known.sent) + len(known.undated)
    absent = sorted(number.serial for number in cited if number.share >= 0.0)
    slips = sorted(number.serial for number in cited if number.share < 0.0)
    return PostYear(
        station=station,
        post=post,
        year=work.year,
        here=count,
        cited=len(absent),
        doubtful=len(slips),
        sent=None,
        reason="cited only" if known is None else known.reason,
        least=max(serials, default=0),
        months=tuple(Month(here[month], 0, None) for month in range(12)),
        absent=tuple(absent),
        slips=tuple(slips),
        again=again,
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
    heads = _Heads()
    unnumbered = 0
    origin_of: defaultdict[str, Counter[int]] = defaultdict(Counter)
    here: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
    cited: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
    with archive.reading() as db:
        rows = db.execute(_HERE)
        while (some := rows.fetchmany(_AT_ONCE)) and not cancelled():
            for canonical, created, origin in some:
                head = canonical.rstrip(_DIGITS)
                key, digits = heads[head], len(canonical) - len(head)
                if key is None or not 0 < digits <= _LONGEST:
                    unnumbered += 1
                    continue
                here[key].append((int(canonical[-digits:]), created))
                origin_of[key[1]][origin] += 1
        for target, created in db.execute(_CITED).fetchall():
            head = target.rstrip(_DIGITS)
            key, digits = heads[head], len(target) - len(head)
            if key is not None and 0 < digits <= _LONGEST and int(target[-digits:]):
                cited[key].append((int(target[-digits:]), created or 0))
        names = dict(db.execute(_ORIGINS).fetchall())
    origins = {
        station: str(names.get(count.most_common(1)[0][0], "")) or station
        for station, count in origin_of.items()
    }
    return Numbers(here, cited, origins, unnumbered)


class _Heads(dict[str, "Key | None"]):
    """The reader of year and station before a number; None if the text does not name a cable."""

    def __missing__(self, head: str) -> Key | None:
        match = _HEAD.fullmatch(head)
        key = (ids.full_year(int(match[1])), match[2]) if match else None
        self[head] = key
        return key
