"""A cable as JSON, for programs that rely on the keys, their order and their nesting."""

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
"""A function of a tool that returns additional fields of a body's JSON from its text."""


class ReferenceJson(Value):
    """A reference to another document."""

    label: str | None
    """The letter of the REF line: A, B ..."""
    kind: ReferenceKind
    reference_id: str | None
    """The canonical reference ID; only cables have one."""
    year_inferred: bool
    """Whether the reference states no year, so the year of the cable is used."""
    how: HowCited
    """Where the reference is printed, and whether its year was inferred."""
    in_archive: bool | None
    """Whether the archive contains the cable; null if it is not a cable or was not looked up."""
    text: str
    """The reference as printed, on one line."""


class OriginatorJson(Value):
    """The DE line, which contains the originating station."""

    route: str
    serial: Count
    """The station's serial number as sent, which is modulo 10,000."""
    section: int | None


class AddresseeJson(Value):
    """An addressee of the cable."""

    route: str | None
    """The routing indicator, such as RUEHRB."""
    name: str
    precedence: str | None
    mcn: str | None
    """The message continuity number, or a range of them."""
    excluded: tuple[str, ...]
    """The members of a collective address that are exempt (XMT)."""
    reading: AddresseeReading
    """How the addressee was read, if its line does not simply name it. route: the line contains
    more than the name, and its route identifies the post. line: the post is the second on its line.
    repaired: one letter of the name was wrong, and only this name fits. doubted: name and route
    belong to different posts, and both are listed.
    """


class HeaderJson(Value):
    """The transmission header."""

    transmission_id: str | None
    precedence: str | None
    """The highest precedence, as a word: PRIORITY."""
    precedences: tuple[str, ...]
    security: str | None
    date_time_group: str | None
    distribution: tuple[str, ...]
    originator: OriginatorJson | None
    """The content of the DE line."""
    sender: Annotated[str | None, "named from"]
    """The sender in the FM line."""
    to: tuple[AddresseeJson, ...]
    """The action addressees."""
    info: tuple[AddresseeJson, ...]
    """The info addressees."""
    partial: bool
    """Whether the record is a partial extract of the cable."""
    text: str
    """The whole header as filed; empty if there is none."""


class ParagraphJson(Value):
    """A paragraph of the body."""

    label: str | None
    """The paragraph's number: 1, 2, ..., or 1b after the numbers restart; null before the first
    numbered paragraph.
    """
    anchor: str | None
    """The anchor on the archive's page, such as par1."""
    marking: str | None
    """The portion marking without brackets, such as C/NF."""
    heading: str | None
    text: str
    """The text without label, marking and page breaks."""


class VoiceJson(Value):
    """A sentence, with the person whose words it reports."""

    kind: Literal["comment", "note", "biographic note", "said"]
    start: int
    """The offset of the first character in the body's text, from 0."""
    end: int
    """The offset after the last character."""


class BodyJson(Value):
    """The body of the cable."""

    captions: tuple[str, ...]
    sections: int | None
    addressed: tuple[str, ...]
    executive_order: str | None
    """The number of the executive order, such as 12958."""
    declassify_on: Day | None
    """The ISO date of declassification."""
    declassify_event: str | None
    classified_by: str | None
    classified_by_title: str | None
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    summary: str | None
    signed_by: tuple[str, ...]
    """The signers' surnames, in capitals."""
    paragraphs: tuple[ParagraphJson, ...]
    text: str
    """The whole text as filed."""
    voices: tuple[VoiceJson, ...] = ()
    """Who is speaking in each sentence, according to rules that are not always right. Sentences
    that the author sets apart are listed first, then sentences that report a source.
    """


class WarningJson(Value):
    """A warning about the cable."""

    code: Annotated[str, ("pattern", "^[a-z-]+$")]
    """The warning's code, which does not change between versions of the program."""
    message: str


class SourceJson(Value):
    """A record in the archive that contains the cable."""

    number: Positive
    """The number of the record among the cable's records, richest first. The shown record is the
    first in this list.
    """
    path: str
    """The path relative to the archive's folder."""
    format: str
    """The format of the file, as named in the table in the README."""
    differs: tuple[SourcePart, ...] | None
    """The parts that differ from the shown record, or null if the records were not compared."""


class RemarkJson(Value):
    """A remark in the file about the cable."""

    label: str
    text: str


class PersonJson(Value):
    """A person whose name the editors marked."""

    text: Filled
    """The name as the document prints it."""
    key: OrNull[Filled]
    """The key of the person in the volume's list, such as frus1955-57v97#p_SR1; null if the editors
    gave no key.
    """
    name: OrNull[Filled]
    """The name in the volume's list; null if the list does not contain the key."""
    role: OrNull[Filled]
    """The description of the person in the list."""
    signed: bool


class TermJson(Value):
    """An abbreviation that the volume explains."""

    text: Filled
    """The abbreviation as the document prints it."""
    meaning: Filled
    """The meaning in the volume's list."""
    marked: bool
    """Whether the editors marked the abbreviation here. If not, the letters match an entry in the
    list.
    """


class EditionJson(Value):
    """The facts about a document in an edition."""

    heading: str
    kind: str
    """The type of document: telegram, airgram, circular, despatch or editorial note; empty if
    unknown.
    """
    number: str
    day: str
    """The ISO day, month or year; empty if unknown."""
    people: tuple[PersonJson, ...]
    """Every name of a person that the editors marked."""
    terms: tuple[TermJson, ...]


class ReaderNoteJson(Value):
    """A note by the reader."""

    place: OrNull[str]
    """The annotated paragraph, such as para. 3, or null for the whole cable."""
    text: str
    """The text of the note; empty for a bookmark without a note."""
    author: OrNull[str]
    written: OrNull[Instant]


class CableJson(Value):
    """The output of `show --json`, and one line of `export --format jsonl`: a whole cable."""

    reference_id: Filled
    """The reference ID as the archive writes it."""
    canonical_id: Filled
    """The ID that references and bookmarks use."""
    created: OrNull[Moment]
    """When the cable was sent: to the minute or hour in UTC, to the minute without a Z if an
    edition prints the local time, or the day. null if no valid date is known.
    """
    created_from: CreatedFrom
    released: OrNull[Annotated[str, ("pattern", r"^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$")]]
    """When the cable was released, to the minute or the day, without a time zone; null if unknown.
    """
    classification: str
    """The classification as the archive writes it: CONFIDENTIAL, SECRET//NOFORN ...; empty if there
    is none.
    """
    origin: str
    """The sending post or office."""
    subject: str
    """The subject on one line, without its portion marking; empty if there is none."""
    subject_marking: str | None
    tags: tuple[str, ...]
    references: tuple[ReferenceJson, ...]
    articles: tuple[str, ...]
    """The addresses of articles that used the cable."""
    header: HeaderJson
    body: BodyJson
    warnings: tuple[WarningJson, ...]
    """Warnings to consider before you quote the cable."""
    sources: tuple[SourceJson, ...]
    """All records in the archive that contain the cable."""
    text_tags: tuple[str, ...]
    """The TAGS in the text that are missing from the archive's own list, if it has one."""
    archive_tags: tuple[str, ...]
    """The TAGS that are only in the archive's list."""
    remarks: tuple[RemarkJson, ...]
    """Other remarks in the file about the cable."""
    edition: Only[EditionJson | None] = None
    """The facts about a document in an edition such as FRUS; only for such documents."""
    reader_notes: Only[tuple[ReaderNoteJson, ...]] = ()
    """Your notes on the cable; only in `export`, and if you have bookmarks on it."""


def cable_json(cable: Cable, notes: Sequence[ReaderNoteJson] = ()) -> dict[str, Any]:
    """Return the JSON value of a cable, with the reader's notes on it."""
    facts = cable.facts
    json_object: dict[str, Any] = as_json(
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
    return json_object


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


def fields_of_tools(text: str) -> dict[str, Any]:
    """Return the fields that tools add to the JSON of a body with this text."""
    tool_fields: dict[str, Any] = {}
    for tool in tools():
        for function_name in tool.cable_json:
            make_fields: BodyFields = load(function_name)
            tool_fields |= make_fields(text)
    return tool_fields


def _body(body: Body) -> BodyJson:
    tool_fields = fields_of_tools(body.text)
    return picked(BodyJson, body, **tool_fields, paragraphs=_each(ParagraphJson, body.paragraphs))


def _edition(edition: Edition) -> EditionJson:
    people, terms = _each(PersonJson, edition.people), _each(TermJson, edition.terms)
    return picked(EditionJson, edition, people=people, terms=terms)


def reader_note(citation: Citation, note: Note) -> ReaderNoteJson:
    """Return the JSON value of a note in a citation."""
    return picked(ReaderNoteJson, note, place=citation.paras if note.place is None else note.place)
