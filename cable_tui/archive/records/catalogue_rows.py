"""The rows of one record for the catalogue: its facts, and its grammar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cable_tui import formats, telegram
from cable_tui.archive.records import best_record, sortable_times
from cable_tui.archive.records.read import Parsed, RecordTask, parsed
from cable_tui.base.cable import Addressee, RawCable, Reference
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.formats.dump import PlainRow
from cable_tui.formats.tables.table_record import why_no_text
from cable_tui.query import Filed, flags, values_of
from cable_tui.query.flags import flags_of
from cable_tui.telegram import captions, top_fields
from cable_tui.telegram import facts as telegram_facts
from cable_tui.telegram.comparison.words import redactions_in
from cable_tui.telegram.edition import addressees_of, header_of
from cable_tui.telegram.header import office, offices
from cable_tui.telegram.top_fields import TopFields
from cable_tui.telegram.warnings import warnings

_FROM_PAGE = sortable_times.CREATED_FROM.index("page")


class GrammarRow(NamedTuple):
    """Facts about a cable from the grammar, for the catalogue."""

    subject: str
    marking: str | None
    tags: tuple[str, ...]
    facets: tuple[tuple[str, ...], ...]
    """The cable's values for each facet of the grammar, in the library's order."""
    cites: tuple[str, ...]
    """The canonical ids of cited cables for which the reference states the year."""
    inferred: tuple[Reference, ...]
    """The references whose year follows from the cable's own date; the archive may correct it."""
    warnings: tuple[str, ...]
    created: str = ""
    """The time of creation as in `Facts`, for the references whose year is inferred."""
    head_end: int = 0
    """The offset in the body after the last of SUBJECT, TAGS and REF."""
    flags: int = 0
    """The flags of the cable, as defined in `query.flags`."""
    length: int = 0
    """The length of the body, in characters."""
    paragraphs: int = 0
    """The number of numbered paragraphs."""
    readings: tuple[str, ...] = ()
    """The addressees that the name on their line does not identify: facet, reading and name,
    separated by tabs.
    """


class FactsRow(NamedTuple):
    """Facts about one record from the container, for the catalogue."""

    canonical: str
    reference: str
    created: int
    """The value of `times.packed`."""
    created_from: int
    released: int
    """The date of release, in the same format as `created`."""
    origin: str
    classification: str
    articles: tuple[str, ...]
    offset: int
    length: int
    crc: int
    line: int
    richness: int
    """The rank of the record, by `records.best_record`."""
    grammar: GrammarRow | None = None
    """The grammar row, if the record's text was read anyway and its references state their years.
    """
    left: str = ""
    """The type of a document that is ignored, as in `formats.Record`; empty for cables."""


def signs(raw: RawCable, top: TopFields, warnings: Sequence[str]) -> Iterator[str]:
    """Yield the names of features: captions, classification parts, warnings, parts that exist."""
    for caption in captions.captions(top.top):
        yield flags.CORRECTED if caption.startswith(flags.CORRECTED) else caption
    yield from raw.classification.upper().split("//")
    yield from warnings
    if raw.header.strip():
        yield "header"
    if top.subject:
        yield "subject"
    if top.tags:
        yield "tag"
    if any(reference.reference_id for reference in top.references):
        yield "reference"
    if redactions_in(raw.body):
        yield "redaction"
    yield from why_no_text(raw)


def facts_row(
    raw: RawCable, location: tuple[int, int, int, int], extent: formats.ContentSize
) -> FactsRow:
    """Return a record's row for the catalogue; `location` is offset, length, CRC and line."""
    facts = telegram.facts_of(raw)
    return FactsRow(
        facts.canonical_id,
        facts.reference_id,
        sortable_times.packed(facts.created),
        sortable_times.CREATED_FROM.index(facts.created_from),
        sortable_times.packed(facts.released),
        facts.origin,
        facts.classification,
        raw.articles,
        *location,
        best_record.record_rank(raw, facts, extent),
    )


def plain_row(row: PlainRow, form: str) -> FactsRow:
    """Return the catalogue's row for a dump row that states its facts in plain columns."""
    reference_id = row.reference_id
    return FactsRow(
        telegram.canonical_id(reference_id),
        reference_id,
        sortable_times.of_minute(row.day, row.clock),
        _FROM_PAGE,
        0,
        row.origin,
        row.classification,
        (),
        row.offset,
        row.length,
        row.crc,
        row.line,
        best_record.ranked(form, 1, row.extent),
    )


def grammar_row(raw: RawCable, learned: frozenset[str]) -> GrammarRow:
    """Return a telegram's row for the catalogue, from its top alone.

    `learned` is as in `CitationGraph`.
    """
    facts = telegram.facts_of(raw)
    top_facts = top_fields.top_fields(raw, facts, learned)
    cable_references = [reference for reference in top_facts.references if reference.reference_id]
    dated_ids = [
        reference.reference_id or ""
        for reference in cable_references
        if not reference.year_inferred
    ]
    action_addressees, info_addressees = addressees_of(raw)
    filed_facts = Filed(
        tags=top_facts.tags,
        action=offices(action_addressees),
        informed=offices(info_addressees),
        header=lambda: header_of(raw),
        cable=lambda: telegram.parse(raw),
    )
    warning_codes = tuple(
        dict.fromkeys(warning.code for warning in warnings(raw, facts, top_facts))
    )
    return GrammarRow(
        top_facts.subject,
        top_facts.subject_marking,
        top_facts.tags,
        values_of("grammar", filed_facts),
        tuple(dict.fromkeys(dated_ids)),
        tuple(reference for reference in cable_references if reference.year_inferred),
        warning_codes,
        facts.created,
        top_facts.end,
        flags_of(signs(raw, top_facts, warning_codes)),
        len(raw.body),
        telegram_facts.paragraph_count(raw),
        tuple(
            dict.fromkeys(
                (*_readings("action", action_addressees), *_readings("informed", info_addressees))
            )
        ),
    )


def _readings(facet: str, addressees: Iterable[Addressee]) -> Iterator[str]:
    for addressee in addressees:
        if addressee.reading:
            yield f"{facet}\t{addressee.reading}\t{office(addressee.name)}"


def read_grammar(
    task: tuple[Path, list[RecordTask]], learned: frozenset[str] = frozenset()
) -> Iterator[list[Parsed]]:
    """Yield the grammar rows of records, read from their files."""
    yield parsed(*task, lambda raw, *_: grammar_row(raw, learned))
