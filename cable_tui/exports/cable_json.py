"""A cable as JSON, for programs: they rely on its keys, on their order and their nesting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cable_tui.base.cable import (
    AddresseeReading,
    Body,
    Cable,
    CreatedFrom,
    Edition,
    Header,
    HowCited,
    ReferenceKind,
    SourcePart,
)
from cable_tui.base.tools import load, tools
from cable_tui.base.value import Shape, Value, as_json, picked
from cable_tui.exports.citation import Citation, Note

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Day, Filled, Instant, Moment, Only, OrNull, Positive

BodyFields = Callable[[str], dict[str, Any]]
"""Function that makes fields of the JSON of a body from its text; tools have them."""


class ReferenceJson(Value):
    """A citation."""

    label: str | None
    """A, B ... of the REF lines."""
    kind: ReferenceKind
    reference_id: str | None
    """Canonical; only cables have one."""
    year_inferred: bool
    """Whether the year is that of the cable, because the item says none."""
    how: HowCited
    """Where it is printed, and whether its year was inferred."""
    in_archive: bool | None
    """null where it is no cable, or was not looked for."""
    text: str
    """As printed, on one line."""


class OriginatorJson(Value):
    """The DE line."""

    route: str
    serial: Count
    """Modulo 10,000, as sent."""
    section: int | None


class AddresseeJson(Value):
    """An addressee."""

    route: str | None
    """Routing indicator, such as RUEHRB."""
    name: str
    precedence: str | None
    mcn: str | None
    """Message continuity number, or a range of them."""
    excluded: tuple[str, ...]
    """Members of a collective that are exempt (XMT)."""
    reading: AddresseeReading
    """How it was read, if its line does not simply name it; route: the line has more than the
    name, and its route says which post is meant; line: the second post on a line; repaired: one
    letter of the name was wrong, and nothing else fits; doubted: name and route are of
    different posts, and both are listed."""


class HeaderJson(Value):
    """The transmission header."""

    transmission_id: str | None
    precedence: str | None
    """The highest, as a word: PRIORITY."""
    precedences: tuple[str, ...]
    security: str | None
    date_time_group: str | None
    distribution: tuple[str, ...]
    originator: OriginatorJson | None
    """The DE line."""
    sender: Annotated[str | None, "named from"]
    """The FM line."""
    to: tuple[AddresseeJson, ...]
    """Action addressees."""
    info: tuple[AddresseeJson, ...]
    """Info addressees."""
    partial: bool
    """Whether the record is a partial extract of the cable."""
    text: str
    """The whole header as filed; empty where there is none."""


class ParagraphJson(Value):
    """A paragraph of the body."""

    label: str | None
    """1, 2, ..., or 1b after a restart; null before the first numbered one."""
    anchor: str | None
    """As the archive's page has it, such as par1."""
    marking: str | None
    """Portion marking without brackets: C/NF."""
    heading: str | None
    text: str
    """Without label and marking, without page breaks."""


class VoiceJson(Value):
    """A sentence, and who says it."""

    kind: Literal["comment", "note", "biographic note", "said"]
    start: int
    """First character in the body's text, from 0."""
    end: int
    """The character behind the last one."""


class BodyJson(Value):
    """The text."""

    captions: tuple[str, ...]
    sections: int | None
    addressed: tuple[str, ...]
    executive_order: str | None
    """Its number, such as 12958."""
    declassify_on: Day | None
    """ISO date."""
    declassify_event: str | None
    classified_by: str | None
    classified_by_title: str | None
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    summary: str | None
    signed_by: tuple[str, ...]
    """Surnames in capitals."""
    paragraphs: tuple[ParagraphJson, ...]
    text: str
    """The whole text as filed."""
    voices: tuple[VoiceJson, ...] = ()
    """Who says it, by rules that are not always right: what the author sets apart, then the
    sentences that report a source."""


class WarningJson(Value):
    """A warning."""

    code: Annotated[str, ("pattern", "^[a-z-]+$")]
    """Stays the same from version to version."""
    message: str


class SourceJson(Value):
    """A record of the archive."""

    number: Positive
    """Among the records of the cable, the richest first; the record that was read comes first in
    this list."""
    path: str
    """Below the folder of the archive."""
    format: str
    """Of the file, as the table in README names it."""
    differs: tuple[SourcePart, ...] | None
    """What is not as in the record that is shown; null where it was not compared."""


class RemarkJson(Value):
    """A remark of the file."""

    label: str
    text: str


class PersonJson(Value):
    """A person whom the editors marked."""

    text: Filled
    """The name as the document has it."""
    key: OrNull[Filled]
    """Of the person in the volume's list, frus1955-57v97#p_SR1; null if the editors gave none."""
    name: OrNull[Filled]
    """As the list has it; null if it does not have the key."""
    role: OrNull[Filled]
    """What the list says of them."""
    signed: bool


class TermJson(Value):
    """An abbreviation that the volume explains."""

    text: Filled
    """The abbreviation as the document has it."""
    meaning: Filled
    """As the volume's list has it."""
    marked: bool
    """The editors marked it here; else the list has these letters."""


class EditionJson(Value):
    """What an edition says of a document."""

    heading: str
    kind: str
    """telegram, airgram, circular, despatch, editorial note; or empty."""
    number: str
    day: str
    """ISO day, month or year; or empty."""
    people: tuple[PersonJson, ...]
    """Every name of a person that the editors marked."""
    terms: tuple[TermJson, ...]


class ReaderNoteJson(Value):
    """A note of the reader."""

    place: OrNull[str]
    """Where in the cable: para. 3; null for the whole."""
    text: str
    """Empty for a bookmark without a note."""
    author: OrNull[str]
    written: OrNull[Instant]


class CableJson(Value):
    """The answer of `show --json`, and a line of `export --format jsonl`: all fields of a cable."""

    reference_id: Filled
    """As the archive gives it."""
    canonical_id: Filled
    """What references and bookmarks go by."""
    created: OrNull[Moment]
    """When it was sent: to the minute or the hour in UTC, to the minute without a Z where an
    edition prints the time of the place, or the day; null where nothing valid is known."""
    created_from: CreatedFrom
    released: OrNull[Annotated[str, ("pattern", r"^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$")]]
    """To the minute or the day, without zone; null where it is not known."""
    classification: str
    """CONFIDENTIAL, SECRET//NOFORN ...; as the archive gives it, and empty where it gives none."""
    origin: str
    """The post or office that sent it."""
    subject: str
    """On one line, without its portion marking; empty where there is none."""
    subject_marking: str | None
    tags: tuple[str, ...]
    references: tuple[ReferenceJson, ...]
    articles: tuple[str, ...]
    """Addresses of articles that used it."""
    header: HeaderJson
    body: BodyJson
    warnings: tuple[WarningJson, ...]
    """What must be known before it is quoted."""
    sources: tuple[SourceJson, ...]
    """Every record of the archive that holds it."""
    text_tags: tuple[str, ...]
    """Those of the TAGS that an archive with a list of its own does not list."""
    archive_tags: tuple[str, ...]
    """Those that only the archive lists."""
    remarks: tuple[RemarkJson, ...]
    """What else the file says of it."""
    edition: Only[EditionJson | None] = None
    """Only of a document of an edition, such as FRUS."""
    reader_notes: Only[tuple[ReaderNoteJson, ...]] = ()
    """Only of `export`, where you have bookmarks of it: your notes."""


def cable_json(cable: Cable, notes: Sequence[ReaderNoteJson] = ()) -> dict[str, Any]:
    """Return the JSON value of a cable, with the notes of its reader."""
    facts = cable.facts
    value: dict[str, Any] = as_json(
        picked(
            CableJson,
            cable,
            created=facts.created,
            created_from=facts.created_from,
            released=facts.released,
            classification=facts.classification,
            origin=facts.origin,
            references=_each(ReferenceJson, cable.references),
            header=_header(cable.header),
            body=_body(cable.body),
            warnings=_each(WarningJson, cable.warnings),
            sources=_each(SourceJson, cable.sources),
            remarks=tuple(RemarkJson(*remark) for remark in cable.remarks),
            edition=_edition(cable.edition) if cable.edition else None,
            reader_notes=tuple(notes),
        )
    )
    return value


def _each(shape: type[Shape], values: Sequence[object]) -> tuple[Shape, ...]:
    return tuple(picked(shape, value) for value in values)


def _header(header: Header) -> HeaderJson:
    return picked(
        HeaderJson,
        header,
        originator=header.originator and picked(OriginatorJson, header.originator),
        to=_each(AddresseeJson, header.to),
        info=_each(AddresseeJson, header.info),
    )


def _body(body: Body) -> BodyJson:
    own: dict[str, Any] = {}
    for tool in tools():
        for name in tool.cable_json:
            fields: BodyFields = load(name)
            own |= fields(body.text)
    return picked(BodyJson, body, **own, paragraphs=_each(ParagraphJson, body.paragraphs))


def _edition(edition: Edition) -> EditionJson:
    people, terms = _each(PersonJson, edition.people), _each(TermJson, edition.terms)
    return picked(EditionJson, edition, people=people, terms=terms)


def reader_note(citation: Citation, note: Note) -> ReaderNoteJson:
    """Return a note of a citation."""
    return picked(ReaderNoteJson, note, place=citation.paras if note.place is None else note.place)
