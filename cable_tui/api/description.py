"""The summary of an archive before any question: `archive.describe()`, `cable-tui describe`.

A description is short (`LARGEST`): its lists are cut, and each list states how many values there
are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cable_tui.api.asked_report import ReportRows
from cable_tui.archive.catalogue.resolve_references import missing
from cable_tui.archive.fingerprint import fingerprint
from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import Value, as_json, replace
from cable_tui.query import FACETS, parse
from cable_tui.query.reference_table import PREFIX_HELP
from cable_tui.reports.table import REPORTS
from cable_tui.text.cleaning import json_text

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.base.kinds import Count, Filled, Fingerprint, OrNull, Positive
    from cable_tui.query import answers

LARGEST = 6_000
"""The maximum number of bytes of a description as JSON."""
_YEAR = len("2009")
_TYPES = 8
"""The maximum number of types of skipped files that are listed by name."""
_LISTED = 24
"""The maximum number of values in a list, before the list is shortened to fit `LARGEST`."""


class CountedName(Value):
    """A value and the number of cables that have it."""

    value: Filled
    count: Positive
    """The number of cables."""


class ListedValues(Value):
    """The most frequent values of a facet; for years, all values in chronological order."""

    values: int
    """The number of different values."""
    without: Annotated[int, ("minimum", 0)]
    """The number of cables without a value."""
    first: tuple[CountedName, ...]
    """The first values in the list."""


class NotKnown(Value):
    """What is not known about the archive."""

    unread: Count
    """The number of files or records that look like cables but could not be read."""
    skipped: Mapping[str, Positive]
    """The number of files that are not cables, by type; rare types are combined as `others`."""
    not_indexed: tuple[Filled, ...]
    """The passes of the index that are not complete; until then, counts may be too low."""
    without_text: Mapping[str, Positive]
    """The number of cables without text for which the archive has a reason, by `is:` flag."""
    differing: Count
    """The number of cables with versions that differ (`has:variants`)."""
    cited: Count
    """The number of cables that are cited but are not in the archive."""
    numbers_not_here: Count | None
    """The number of serial numbers, by post and year, that no cable in this archive has; null if
    unknown.
    """


class Description(Value):
    """The output of `describe --json`: a description of an archive before any question."""

    archive: Filled
    """The name of the archive's folder."""
    cables: Count
    first_year: OrNull[int]
    """The year of the oldest cable; null if no cable has a date."""
    last_year: OrNull[int]
    """The year of the newest cable; null if no cable has a date."""
    whole: bool
    """Whether all files of the archive have been read and all passes are done."""
    fingerprint: Fingerprint
    """The number that identifies the archive in methods and logs; it is the same for the same
    cables and records.
    """
    years: ListedValues
    posts: ListedValues
    classifications: ListedValues
    tags: ListedValues
    not_known: NotKnown
    prefixes: Mapping[str, Filled]
    """The prefixes of the query language, with their meanings."""
    reports: Mapping[str, Filled]
    """The reports, with a description of each."""


def describe(archive: Archive, library: Path) -> Description:
    """Return the description of an archive; `library` is the file of the reader's bookmarks."""
    summary = archive.summary()
    counts = archive.counts(parse(""))
    with archive.reading() as db:
        number = fingerprint(db)
    stages = {name: done_of for name, done_of in summary.stages.items() if done_of[0] < done_of[1]}
    known = NotKnown(
        summary.problems,
        _skipped(summary.skipped),
        tuple(f"{name}: {done:,} of {total:,}" for name, (done, total) in stages.items()),
        archive.without_text(),
        archive.search(parse("has:variants"), limit=1, offering=False).count,
        len(missing(archive)),
        _numbers_not_here(archive, library),
    )
    whole = Description(
        archive.root.name,
        summary.cables,
        summary.first_year,
        summary.last_year,
        summary.complete,
        number,
        _listed(counts, "date", summary.cables),
        _listed(counts, "origin", summary.cables),
        _listed(counts, "class", summary.cables),
        _listed(counts, "tag", summary.cables),
        known,
        {name: text.partition(":")[0] for name, text in PREFIX_HELP.items()},
        {name: row.help for name, row in REPORTS.items()},
    )
    listed = _LISTED
    while listed and len(json_text(as_json(whole)).encode()) > LARGEST:
        listed = listed * 3 // 4
        whole = replace(
            whole,
            years=_cut(whole.years, listed),
            posts=_cut(whole.posts, listed),
            classifications=_cut(whole.classifications, listed),
            tags=_cut(whole.tags, listed),
        )
    return whole


def _skipped(files_by_type: Mapping[str, int]) -> dict[str, int]:
    by_number = sorted(files_by_type.items(), key=lambda pair: -pair[1])
    others = sum(number for _, number in by_number[_TYPES:])
    return dict(by_number[:_TYPES]) | ({"others": others} if others else {})


def _listed(counts: Mapping[str, Sequence[answers.Count]], facet: str, cables: int) -> ListedValues:
    values = counts.get(facet, ())
    is_date = FACETS[facet].kind == "date"
    if is_date:
        values = sorted(
            (each for each in values if len(each.value) == _YEAR), key=lambda each: each.value
        )
    without = 0 if FACETS[facet].many else max(cables - sum(each.count for each in values), 0)
    most = len(values) if is_date else _LISTED
    first = tuple(CountedName(each.value, each.count) for each in values[:most])
    return ListedValues(len(values), without, first)


def _cut(values: ListedValues, most: int) -> ListedValues:
    return replace(values, first=values.first[:most])


def _numbers_not_here(archive: Archive, library: Path) -> int | None:
    if "missing" not in REPORTS:
        return None
    try:
        options: dict[str, Any] = {"gaps": True}
        rows = ReportRows(archive, library, "missing", (), options)
        ranges = (span for row in rows for span in row.numbers_not_here)
        return sum(int(last) - int(first) + 1 for first, last in ranges)
    except CableTuiError:
        return None
