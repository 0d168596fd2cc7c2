"""Count the cables that match a query by sender and addressee, with their years.

The counts are from facets in memory: no text is read. Each sender and addressee has one name,
whatever the spelling. Cables with unidentified addressees are counted separately.
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
"""A header line, named after the facet that files it."""
UNDATED = "undated"
"""The key for the year of a cable without a date."""
_YEAR_BITS = 14
"""The number of bits of a year in the integer that combines it with a sender's number."""
_YEAR = (1 << _YEAR_BITS) - 1


class Pair(NamedTuple):
    """A sender and an addressee, with their cables by year."""

    sender: str
    addressee: str
    kind: Kind
    """Whether the addressee is a post, a collective or another office."""
    cables: int
    years: Mapping[str, int]
    """The number of cables in each year, in order of years, with `UNDATED` last."""
    origins: tuple[str, ...]
    """The origins in the archive that belong to the sender."""
    filed: tuple[str, ...]
    """The facet values under which the addressee is filed."""
    readings: Mapping[AddresseeReading, int] = {}
    """The number of cables in which the line does not simply name the addressee, by how the
    addressee was read.
    """

    @property
    def note(self) -> str:
        """How the addressee was read, with numbers of cables; empty if the line simply names it."""
        return "; ".join(
            f"{text}: {counted(self.readings[reading], 'cable')}"
            for reading, text in READINGS.items()
            if reading in self.readings
        )

    @property
    def first(self) -> str:
        """The first year with cables, or an empty string if no cable has a date."""
        return next((year for year in self.years if year != UNDATED), "")

    @property
    def last(self) -> str:
        """The last year with cables, or an empty string if no cable has a date."""
        return next((year for year in reversed(list(self.years)) if year != UNDATED), "")

    @property
    def span(self) -> str:
        """The first and last year, such as `2004-2009`, or the only year."""
        return self.first if self.first == self.last else f"{self.first}-{self.last}"


class Traffic(NamedTuple):
    """All pairs, most frequent first, and the numbers of cables that are in no pair."""

    pairs: tuple[Pair, ...]
    cables: int
    """The number of cables that match the query."""
    without_addressee: int
    without_sender: int
    not_known: int
    """The number of cables with an addressee that is an unknown post."""
    as_printed: int
    """The number of cables with an addressee that is not a post and is listed as printed."""


def traffic(source: SnapshotSource, cables: int, line: Line) -> Traffic:
    """Count a set of cables by sender and addressee. Raises `CacheError`."""
    columns = Snapshot(source).columns
    cable_count = columns.size
    all_cables = IdSet(cables, cable_count)
    origin_column = columns.facets["origin"]
    assert isinstance(origin_column, TermColumn)  # noqa: S101 - a facet of terms
    senders, sent_by = _senders(origin_column, columns.facets["date"], cable_count)
    line_column = columns.facets[line]
    assert isinstance(line_column, TermColumn)  # noqa: S101 - both are facets of terms
    posts = [sender_name for sender_name, _ in senders]
    readings = _readings(source, line, all_cables, sent_by, posts)
    values_by_addressee: dict[str, tuple[str, Kind, list[str]]] = {}
    for value in line_column.postings:
        addressee, addressee_kind = _told(value, posts)
        values_by_addressee.setdefault(fold(addressee), (addressee, addressee_kind, []))[2].append(
            value
        )
    traffic_pairs: list[Pair] = []
    postings_by_kind: defaultdict[Kind, list[Posting]] = defaultdict(list)
    for addressee, addressee_kind, values in values_by_addressee.values():
        postings = [line_column.postings[value] for value in values]
        addressee_cables = (
            postings[0] if len(postings) == 1 else bitset.union(postings, cable_count)
        )
        postings_by_kind[addressee_kind].append(addressee_cables)
        count_by_sender = Counter(map(sent_by.__getitem__, all_cables.among(addressee_cables)))
        by_sender: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for sender_number in sorted(count_by_sender):
            by_sender[sender_number >> _YEAR_BITS][sender_number & _YEAR] = count_by_sender[
                sender_number
            ]
        for sender, years in by_sender.items():
            if sender:
                sender_name, origins = senders[sender]
                traffic_pairs.append(
                    Pair(
                        sender_name,
                        addressee,
                        addressee_kind,
                        sum(years.values()),
                        _named(years),
                        origins,
                        tuple(values),
                        readings.get((sender, fold(addressee)), {}),
                    )
                )
    traffic_pairs.sort(key=lambda pair: (-pair.cables, pair.sender, pair.addressee))

    def having(*wanted_kinds: Kind) -> int:
        """Return the number of cables that have an addressee of any of these kinds."""
        return all_cables.count(
            bitset.union(
                (
                    kind_cables
                    for wanted_kind in wanted_kinds
                    for kind_cables in postings_by_kind[wanted_kind]
                ),
                cable_count,
            )
        )

    total_cables = all_cables.bits.bit_count()
    return Traffic(
        tuple(traffic_pairs),
        total_cables,
        total_cables - having(*postings_by_kind),
        total_cables - all_cables.count(bitset.union(origin_column.postings.values(), cable_count)),
        having("not known"),
        having("as printed"),
    )


def _readings(
    source: SnapshotSource, line: Line, whole: IdSet, sent_by: array[int], posts: Sequence[str]
) -> dict[tuple[int, str], dict[AddresseeReading, int]]:
    """Return, for each pair, the number of cables whose line does not simply name the addressee."""
    with source.reading() as db:
        rows = db.execute("SELECT cable, readings FROM grammar WHERE readings IS NOT NULL")
        kept_readings = [(id_, text.splitlines()) for id_, text in rows if id_ < whole.size]
    by_pair: defaultdict[tuple[int, str], dict[AddresseeReading, int]] = defaultdict(dict)
    cable_mask = whole.mask
    for id_, reading_lines in kept_readings:
        if not cable_mask[id_]:
            continue
        for facet, reading, name in (entry.split("\t") for entry in reading_lines):
            if facet == line and reading in READINGS:
                pair_counts = by_pair[sent_by[id_] >> _YEAR_BITS, fold(_told(name, posts)[0])]
                pair_counts[reading] = pair_counts.get(reading, 0) + 1
    return by_pair


def _told(value: str, posts: Sequence[str]) -> tuple[str, Kind]:
    """Return an addressee's name and kind.

    A post that is missing from the tables may still be an origin in this archive.
    """
    addressee_kind = kind_of(value)
    if addressee_kind == "not known":
        for post in posts:
            if is_same_post(value, post):
                return post, "post"
    return value, addressee_kind


def _named(years: Mapping[int, int]) -> dict[str, int]:
    """Return counts by the name of the year, in order of years, with undated cables last."""
    cables_by_year = {f"{year:04}": count for year, count in years.items() if year}
    return cables_by_year | ({UNDATED: years[0]} if 0 in years else {})


def _senders(
    origins: TermColumn, dates: object, size: int
) -> tuple[list[tuple[str, tuple[str, ...]]], array[int]]:
    """Return the senders with their origins, and for each cable its sender's number and year.

    The sender number 0 means that there is no sender. The second value contains, by cable id, the
    number and the year combined in one integer.
    """
    assert isinstance(dates, DateColumn)  # noqa: S101 - a facet of dates
    origins_by_post: defaultdict[str, list[str]] = defaultdict(list)
    for origin in sorted(origins.postings):
        origins_by_post[post_named(origin)].append(origin)
    senders = [("", ()), *((name, tuple(own)) for name, own in origins_by_post.items())]
    numbered = [
        (sender_number << _YEAR_BITS, origins.postings[origin])
        for sender_number, (_, post_origins) in enumerate(senders)
        for origin in post_origins
    ]
    numbered += ((month // 100, posting) for month, posting in dates.months.items())
    return senders, bitset.numbers_of(numbered, size)
