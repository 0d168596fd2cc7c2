"""Who wrote to whom: the cables of a query by sender and addressee, with their years.

Everything is in memory: no text is read. A sender and an addressee have one name each, whatever the
spelling; what could not be told is counted.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.bitset import IdSet, Posting
from cable_tui.archive.columns.columns import DateColumn, TermColumn
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.base.cable import AddresseeReading
from cable_tui.glossary.posts import is_same_post, post_named
from cable_tui.telegram.addressed_posts import READINGS
from cable_tui.telegram.header import Kind, kind_of
from cable_tui.text import fold
from cable_tui.text.numbers import counted

Line = Literal["action", "informed"]
"""The line of the header, and the facet that it is filed under."""
UNDATED = "undated"
"""The year of a cable without a date."""
_YEARS = 10_000
"""The number of years that a combined number has room for."""


class Pair(NamedTuple):
    """A sender and an addressee."""

    sender: str
    addressee: str
    kind: Kind
    """The kind of the addressee."""
    cables: int
    years: Mapping[str, int]
    """Cables of each year, the first year first; `UNDATED` last."""
    origins: tuple[str, ...]
    """The origins that the sender has in the archive."""
    filed: tuple[str, ...]
    """The values that the addressee is filed under."""
    readings: Mapping[AddresseeReading, int] = {}
    """Cables in which the line does not simply name the addressee, by how it was read."""

    @property
    def note(self) -> str:
        """How the addressee was read, with numbers of cables; empty if every line names it."""
        return "; ".join(
            f"{text}: {counted(self.readings[reading], 'cable')}"
            for reading, text in READINGS.items()
            if reading in self.readings
        )

    @property
    def first(self) -> str:
        """The first year; empty if unknown."""
        return next((year for year in self.years if year != UNDATED), "")

    @property
    def last(self) -> str:
        """The last year; empty if unknown."""
        return next((year for year in reversed(list(self.years)) if year != UNDATED), "")

    @property
    def span(self) -> str:
        """Span: `2004-2009`; one year alone."""
        return self.first if self.first == self.last else f"{self.first}-{self.last}"


class Traffic(NamedTuple):
    """The pairs, the most frequent first, and how many cables are in none of them."""

    pairs: tuple[Pair, ...]
    cables: int
    """The number of cables of the query."""
    without_addressee: int
    without_sender: int
    not_known: int
    """Cables with an addressee that is an unknown post."""
    as_printed: int
    """Cables with an addressee that is no post, and is listed as printed."""


def traffic(source: SnapshotSource, ids: Sequence[int], line: Line) -> Traffic:
    """Count some cables by sender and addressee. Raises `CacheError`."""
    columns = Snapshot(source).columns
    size = columns.size
    all_cables = IdSet(columns.of_ids(ids), size)
    senders, sent_by = _senders(columns.facets["origin"], columns.facets["date"], all_cables)
    line_column = columns.facets[line]
    assert isinstance(line_column, TermColumn)  # noqa: S101 - both are facets of terms
    posts = [name for name, _ in senders]
    readings = _readings(source, line, all_cables, sent_by, posts)
    values_by_addressee: dict[str, tuple[str, Kind, list[str]]] = {}
    for value in line_column.postings:
        addressee, kind = _told(value, posts)
        values_by_addressee.setdefault(fold(addressee), (addressee, kind, []))[2].append(value)
    traffic_pairs: list[Pair] = []
    kinds: defaultdict[Kind, list[Posting]] = defaultdict(list)
    for addressee, kind, values in values_by_addressee.values():
        postings = [line_column.postings[value] for value in values]
        addressee_cables = postings[0] if len(postings) == 1 else bitset.union(postings, size)
        kinds[kind].append(addressee_cables)
        count_by_sender = Counter(map(sent_by.__getitem__, all_cables.among(addressee_cables)))
        by_sender: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for sender_number in sorted(count_by_sender):
            by_sender[sender_number // _YEARS][sender_number % _YEARS] = count_by_sender[
                sender_number
            ]
        for sender, years in by_sender.items():
            if sender:
                name, origins = senders[sender]
                traffic_pairs.append(
                    Pair(
                        name,
                        addressee,
                        kind,
                        sum(years.values()),
                        _named(years),
                        origins,
                        tuple(values),
                        readings.get((sender, fold(addressee)), {}),
                    )
                )
    traffic_pairs.sort(key=lambda pair: (-pair.cables, pair.sender, pair.addressee))

    def having(*wanted: Kind) -> int:
        """Return the number of cables with an addressee of one of some kinds."""
        return all_cables.count(
            bitset.union((cables for kind in wanted for cables in kinds[kind]), size)
        )

    count = all_cables.bits.bit_count()
    return Traffic(
        tuple(traffic_pairs),
        count,
        count - having(*kinds),
        sum(sent_by[id_] < _YEARS for id_ in bitset.ids_of(all_cables.bits, size)),
        having("not known"),
        having("as printed"),
    )


def _readings(
    source: SnapshotSource, line: Line, whole: IdSet, sent_by: array[int], posts: Sequence[str]
) -> dict[tuple[int, str], dict[AddresseeReading, int]]:
    """Return by sender and addressee in how many cables a line does not simply name it."""
    with source.reading() as db:
        rows = db.execute("SELECT cable, readings FROM grammar WHERE readings IS NOT NULL")
        kept_readings = [(id_, text.splitlines()) for id_, text in rows if id_ < whole.size]
    by_pair: defaultdict[tuple[int, str], dict[AddresseeReading, int]] = defaultdict(dict)
    mask = whole.mask
    for id_, lines in kept_readings:
        if not mask[id_]:
            continue
        for facet, reading, name in (entry.split("\t") for entry in lines):
            if facet == line and reading in READINGS:
                counts = by_pair[sent_by[id_] // _YEARS, fold(_told(name, posts)[0])]
                counts[reading] = counts.get(reading, 0) + 1
    return by_pair


def _told(value: str, posts: Sequence[str]) -> tuple[str, Kind]:
    """Return the name and the kind of an addressee.

    Posts outside of the tables may be origins here.
    """
    addressee_kind = kind_of(value)
    if addressee_kind == "not known":
        for post in posts:
            if is_same_post(value, post):
                return post, "post"
    return value, addressee_kind


def _named(years: Mapping[int, int]) -> dict[str, int]:
    """Return years by their names, in order."""
    cables_by_year = {f"{year:04}": count for year, count in years.items() if year}
    return cables_by_year | ({UNDATED: years[0]} if 0 in years else {})


def _senders(
    origins: object, dates: object, whole: IdSet
) -> tuple[list[tuple[str, tuple[str, ...]]], array[int]]:
    """Return senders by their numbers, 0 for none, each with its origins.

    The second value is number and year by id.
    """
    assert isinstance(origins, TermColumn) and isinstance(dates, DateColumn)  # noqa: S101, PT018
    origins_by_post: defaultdict[str, list[str]] = defaultdict(list)
    for origin in sorted(origins.postings):
        origins_by_post[post_named(origin)].append(origin)
    senders: list[tuple[str, tuple[str, ...]]] = [("", ())]
    sent_by = array("I", (dates.days[id_] // 10_000 for id_ in range(whole.size)))
    for name, post_origins in origins_by_post.items():
        sender_number = len(senders) * _YEARS
        senders.append((name, tuple(post_origins)))
        for origin in post_origins:
            for id_ in whole.among(origins.postings[origin]):
                sent_by[id_] += sender_number
    return senders, sent_by
