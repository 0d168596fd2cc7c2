"""The cables to request from an agency: cited but missing, withdrawn, or on microfilm only.

All information about them is from the archive: their numbers, who cites them in which sentence, and
the days between which they were probably sent, estimated from the numbers and dates of other cables
from the post.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue.resolve_references import missing
from cable_tui.archive.records import sortable_times
from cable_tui.archive.records.walk import never
from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import Value, replace
from cable_tui.glossary import posts
from cable_tui.query import parse
from cable_tui.telegram import ids
from cable_tui.telegram.people.protection_words import asks
from cable_tui.tools.missing import series
from cable_tui.tools.missing.estimate import work_year
from cable_tui.tools.missing.gaps import Count, Numbers, numbers
from cable_tui.tools.missing.series import Sent

if TYPE_CHECKING:
    from cable_tui.base.cable import Reference
    from cable_tui.base.kinds import Day, Filled, Id, OrNull, Positive

Status = Literal["not in the archive", "withdrawn", "microfilm"]
DatesFrom = Literal["the archive", "numbers", "citations", "contradiction", "nothing"]
MOST_CITING = 3
"""The maximum number of citing cables named in a request."""
_KEPT = 4096
"""The maximum number of citing cables whose citations are kept; many cite several cables."""
_WITHOUT_TEXT: tuple[Status, ...] = ("withdrawn", "microfilm")


class CitedIn(Value):
    """A cable that cites the requested one."""

    reference_id: Id
    created: OrNull[Day]
    """The day when the cable was sent; null if unknown."""
    paragraph: str | None
    """The label of the citing paragraph; null if only the REF lines cite it."""
    sentence: OrNull[str]
    """The citing sentence; null if there is none, or if the citing cable asks to protect a name."""
    year_inferred: bool = False
    """Whether the citation has no year, so that the year of the requested cable is inferred."""


class RequestedCable(Value):
    """The output of `missing --letter --json`: cables to request from an agency."""

    reference_id: Id
    number: Positive
    """The serial number of the post in the year."""
    year: int
    station: Filled
    """The station, spelled as in reference IDs."""
    post: Filled
    status: Status
    """The reason why the text is not in the archive."""
    classification: OrNull[str]
    """The classification that the archive states; null if unknown."""
    earliest: OrNull[Day]
    """The day before which the cable was probably not sent; null if unknown."""
    latest: OrNull[Day]
    """The day after which the cable was probably not sent; null if unknown."""
    dates_from: DatesFrom
    """The source of both days: the archive's own date, the numbers and dates of other cables from
    the post, the first cable that cites it, or nothing. A contradiction means that the post reached
    this number only after the first cable that cites it, so the number or the year may be wrong.
    """
    citing: int
    """The number of cables in the archive that cite the requested cable."""
    cited_in: tuple[CitedIn, ...]
    """The first citing cables, oldest first."""

    @property
    def year_inferred(self) -> bool:
        """Whether none of these citations has a year, so that another year may be meant."""
        return bool(self.cited_in) and all(citing.year_inferred for citing in self.cited_in)

    @property
    def cited_by(self) -> str:
        """The reference IDs of the citing cables, as one text."""
        return " ".join(citing.reference_id for citing in self.cited_in)

    @property
    def sentence(self) -> str:
        """The first citing sentence, or an empty string."""
        return next((citing.sentence for citing in self.cited_in if citing.sentence), "")


class Days(NamedTuple):
    """The days between which a cable was sent."""

    earliest: str
    latest: str
    source: DatesFrom


Chosen = Callable[[str, int], bool]
"""A function that returns whether to request the cables of a station and year."""


def requested(
    archive: Archive, chosen: Chosen, cancelled: Callable[[], bool] = never
) -> Iterator[RequestedCable]:
    """Yield the cables to request: those without a text, then the missing ones, most cited first.

    Only the citing cables of each yielded cable are read. Raises `CacheError`.
    """
    citations_in = lru_cache(_KEPT)(partial(_citations_in, archive))
    for status in _WITHOUT_TEXT:
        hits = archive.search(parse(f"is:{status}"), cancelled=cancelled, offering=False)
        for row in archive.rows(list(hits.every)):
            sent_on = row.created[:10]
            days = Days(sent_on, sent_on, "the archive") if sent_on else _UNKNOWN
            if _is_chosen(row.canonical_id, chosen):
                known = _Known(row.canonical_id, status, row.classification, days)
                yield _with_citations(archive, known, citations_in)
    known_numbers = numbers(archive, cancelled)
    first_citations = {
        (key, serial): time for key, cited in known_numbers.cited.items() for serial, time in cited
    }
    for cable in missing(archive):
        parts = ids.split(cable.reference_id)
        if cancelled() or parts is None or not chosen(parts.station, parts.year):
            continue
        key = parts.year, parts.station
        cited_time = first_citations.get((key, parts.serial), 0)
        days = days_of(known_numbers, key, parts.serial, cited_time)
        known = _Known(cable.reference_id, "not in the archive", "", days)
        yield _with_citations(archive, known, citations_in)


_UNKNOWN = Days("", "", "nothing")


def days_of(known: Numbers, key: tuple[int, str], serial: int, cited: int) -> Days:
    """Return the days between which a number was used, as far as other numbers show.

    `cited` is the time at which the number was first cited, in the form of `sortable_times`, or 0.
    """
    year, _ = key
    first_day = date(year, 1, 1)
    cited_day = sortable_times.day_of(cited) if cited else ""
    line = _line(year, known.here.get(key, ()))
    position = bisect_left(line, Sent(serial, 0.0))
    if not line:
        return Days("", cited_day, "citations") if cited_day else _UNKNOWN

    def on(sent: Sent) -> str:
        return (first_day + timedelta(days=int(sent.day))).isoformat()

    earliest = on(line[position - 1]) if position else first_day.isoformat()
    latest = on(line[position]) if position < len(line) else ""
    if not cited_day:
        return Days(earliest, latest, "numbers")
    if cited_day < earliest:
        return Days("", "", "contradiction")
    return Days(earliest, min(latest or cited_day, cited_day), "numbers")


def _line(year: int, cables: Count) -> list[Sent]:
    """Return the dated numbers of a post that rise with their days, or none if too few do."""
    work = work_year(year)
    dated = sorted(
        Sent(serial, day) for serial, created in cables if (day := work.day(created)) is not None
    )
    kept = series.in_line(dated)
    return list(kept) if dated and series.is_one(dated, kept) else []


class _Known(NamedTuple):
    cable: str
    status: Status
    classification: str
    days: Days


def _is_chosen(cable: str, chosen: Chosen) -> bool:
    parts = ids.split(cable)
    return parts is not None and chosen(parts.station, parts.year)


def _with_citations(
    archive: Archive, known: _Known, citations_in: Callable[[int], Mapping[str, CitedIn]]
) -> RequestedCable:
    year, station_code, serial = ids.split(known.cable) or (0, "", 0)
    citing_ids = archive.cited_by(known.cable)
    station = posts.station(station_code)
    return RequestedCable(
        known.cable,
        serial,
        year,
        station_code,
        station.name if station else station_code,
        known.status,
        known.classification,
        known.days.earliest,
        known.days.latest,
        known.days.source,
        len(citing_ids),
        tuple(
            citations.get(known.cable, citations[""])
            for citations in map(citations_in, citing_ids[:MOST_CITING])
        ),
    )


def _citations_in(archive: Archive, id_: int) -> dict[str, CitedIn]:
    """Return the citations in a cable by cited cable, and one without a sentence for all others."""
    from cable_tui.telegram.references.mentions import citing_sentences

    (row,) = archive.rows([id_])
    citations = {"": CitedIn(row.canonical_id, row.created[:10], None, "")}
    try:
        citing = archive.cable(id_)
    except CableTuiError:  # its file has changed or gone
        return citations
    asks_protection = asks(citing.body.text)
    sentences_by_cable = citing_sentences(citing)
    references_by_cable: dict[str, list[Reference]] = {}
    for reference in citing.references:
        references_by_cable.setdefault(reference.reference_id or "", []).append(reference)
    for cable in {*sentences_by_cable, *references_by_cable} - {""}:
        paragraph, sentence = None, ""
        for found in sentences_by_cable.get(cable, ())[:1]:
            paragraph = found.paragraph
            sentence = "" if asks_protection else found.text
        references = references_by_cable.get(cable, ())
        is_inferred = bool(references) and all(each.year_inferred for each in references)
        citations[cable] = replace(
            citations[""], paragraph=paragraph, sentence=sentence, year_inferred=is_inferred
        )
    return citations
