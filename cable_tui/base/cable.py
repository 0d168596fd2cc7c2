"""Immutable values that describe a cable: its raw content, its parsed form, and its repository.

`RawCable` is the output of a container format: texts and page facts, not yet parsed as a telegram.
`telegram.parse` turns it into a `Cable`. `Repository` is the archive that published it. Offsets are
in characters. This module imports only the base class of values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.value import Value

if TYPE_CHECKING:  # the kinds say how a cable of a dossier is read
    from cable_tui.base.kinds import Count, Filled, Text, Unsaved

Span = tuple[int, int]
"""A half-open range of characters, `text[start:end]`."""
CreatedFrom = Literal["page", "date-time group", "day only"]
SourcePart = Literal["header", "body", "facts"]
ReferenceKind = Literal["cable", "airgram", "email", "telephone", "report", "other"]
ReferenceSource = Literal["REF line", "list", "text"]
"""The part of the cable that prints a reference: `list` is the container's own list, `text` is the
text below or next to the REF lines.
"""
HowCited = Literal["REF line", "REF line, year inferred", "list", "text", "text, year inferred"]
"""All values that `how_cited` returns."""
EDITORIAL_NOTE = "editorial note"
"""The `Edition.kind` of notes written by the editors."""
CLASSIFICATIONS: tuple[tuple[str, str], ...] = (
    ("UNCLASSIFIED", "U"),
    ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "U//FOUO"),
    ("LIMITED OFFICIAL USE", "LOU"),
    ("OFFICIAL USE ONLY", "OUO"),
    ("RESTRICTED", "R"),
    ("CONFIDENTIAL", "C"),
    ("CONFIDENTIAL//NOFORN", "C//NF"),
    ("SECRET", "S"),
    ("SECRET//NOFORN", "S//NF"),
    ("TOP SECRET", "TS"),
)
"""Classifications from lowest to highest, each with its short form.

LIMITED OFFICIAL USE appears in telegrams from the National Archives. OFFICIAL USE ONLY, RESTRICTED
and TOP SECRET appear in older telegrams, in the State Department's edition.
"""
_SHORT = dict(CLASSIFICATIONS)


class Location(Value):
    """The location of a record in the user's files."""

    path: str
    """The path below the archive's folder, decoded with `os.fsdecode`: undecodable bytes are
    surrogates.
    """
    offset: int
    """The offset of the record's first byte in the file, or 0 if the record is the whole file."""
    length: int
    """The length of the record in bytes."""


NOT_SAID = "a person not named by the editors"
"""The description of a marked name to which the editors assign no key."""


class EditorsName(NamedTuple):
    """A personal name marked by the editors, with its entry in their list of persons."""

    text: str
    """The name as printed in the document, on one line."""
    key: str
    """The person's key and the volume that lists it, such as `frus1955-57v97#p_SR1`, or an empty
    string if the editors marked the name without identifying the person.
    """
    name: str = ""
    """The name in the list of persons, such as `Sapt, Rupert`, or an empty string if the key is not
    listed.
    """
    role: str = ""
    """The person's role and its years, from the list of persons."""
    signed: bool = False
    span: Span | None = None
    """The position of the name in the body, or None for a name in the heading."""

    @property
    def who(self) -> str:
        """The name and role, such as `Sapt, Rupert, Ambassador until May 1957`.

        If they are unknown, a phrase explains why.
        """
        if self.name:
            return ", ".join(filter(None, (self.name, self.role)))
        person_key = self.key.partition("#")[2]
        return f"not in the editors' list of persons ({person_key})" if person_key else NOT_SAID


class EditorsTerm(NamedTuple):
    """An abbreviation in a document, explained by the volume's list."""

    text: str
    """The abbreviation as printed in the document."""
    meaning: str
    marked: bool
    """Whether the editors marked the abbreviation in this document; if not, only its letters match.
    """


class Edition(Value):
    """Facts that an edition's markup states explicitly, for which no parser has to guess."""

    heading: str
    """The heading without the document's number in the volume."""
    kind: str
    """The document type: `telegram`, `airgram`, `circular`, `despatch` or `editorial note`, or an
    empty string for any other type.
    """
    number: str
    """The number assigned by the sender, such as `942` or `A-62`, or an empty string if unknown."""
    day: str
    """The date in the dateline in ISO 8601: a day, a month or a year, or an empty string."""
    subject: str
    sender: str
    to: tuple[str, ...]
    info: tuple[str, ...]
    precedences: tuple[str, ...]
    captions: tuple[str, ...]
    signed_by: tuple[str, ...]
    """The signers' surnames in capitals."""
    notes: tuple[Text, ...]
    """Numbered footnotes, `[2] ...`, as printed at the end of the body."""
    paragraphs: tuple[Paragraph, ...]
    references: tuple[Reference, ...]
    damage: str = ""
    """The reason why reading the document stopped before its end, or an empty string if it was read
    to the end.
    """
    people: Unsaved[tuple[EditorsName, ...]] = ()
    """Every marked personal name, in the order of the markup."""
    terms: Unsaved[tuple[EditorsTerm, ...]] = ()

    @property
    def spans(self) -> list[Span]:
        """All known positions of paragraphs and references in the body."""
        possible_spans = (
            paragraph_or_reference.span
            for items in (self.paragraphs, self.references)
            for paragraph_or_reference in items
        )
        return [span for span in possible_spans if span]


class RunOn(Value):
    """Another cable that begins inside the text of this record."""

    reference_id: str
    is_apart: bool
    """Whether the other cable is also read separately; if not, its part of the text is left out."""
    sign: str = ""
    """The beginning of the other cable's first line, used to locate its bytes, or an empty string
    if they cannot be located.
    """


class RawCable(Value):
    """One record of a container format: its decoded and cleaned texts, and facts from its page."""

    reference_id: str
    """The reference ID as printed, even if malformed (`06ASTANA`)."""
    created: str
    """The time as printed on the page, `YYYY-MM-DD HH:MM`, or a day. The minutes may be wrong,
    unless a Z follows, which means that the writer of the file has corrected them.
    """
    released: str
    """The time of release in the same form, or an empty string if unknown."""
    classification: str
    origin: str
    title: Text
    """The first line of the subject as the site prints it; may be empty or truncated."""
    header: Text
    """The text in the middle box, or an empty string."""
    body: Text
    """The text in the bottom box, without each `¶` that the site inserted before an anchor."""
    format: str
    """The `Format.name` of the format that read the record, such as `html-page`."""
    location: Unsaved[Location]
    articles: tuple[str, ...] = ()
    """Addresses of articles that used the cable, listed on its page."""
    references: tuple[str, ...] = ()
    """Canonical IDs listed by the container, for example in the sixth column of the dump."""
    tags: tuple[str, ...] = ()
    """TAGS listed by the container, in capitals; names are without brackets."""
    remarks: tuple[tuple[str, str], ...] = ()
    """Remarks on the record from the container, as pairs of label and value, such as where to find
    a missing text.
    """
    anchors: tuple[str, ...] | None = None
    """Paragraph anchors on the site's page (`par6`, `parB`), in order and with repeats. None if the
    container has no anchors, and they have to be derived by the site's rule.
    """
    edition: Edition | None = None
    """Facts from an edition's markup, or None if they must be parsed from the texts."""
    cut_off: bool = False
    """Whether the file ends inside the text, so that the texts are incomplete."""
    damaged: bool = False
    """Whether the checksum shows that bytes of the compressed file were altered, in this record or
    another.
    """
    runs_on: Unsaved[RunOn | None] = None
    """The cable that follows this one within the same text, or None. The body ends before it."""


class Problem(Value):
    """A file or record that appears to be a cable but could not be read."""

    path: Filled
    """The path below the archive's folder."""
    line: Count
    """The number of the record's first line, from 1, or 0 if line numbers do not apply."""
    reason: Filled


class Facts(Value):
    """Facts from the container, available for browsing before any text is parsed."""

    reference_id: str
    canonical_id: str
    created: str
    """The time of creation in ISO 8601: to the minute (`2009-02-13T14:57Z`), to the hour
    (`2009-02-13T14Z`), or the day (`2009-02-13`). There is no Z if an edition prints local time.
    Empty if no valid time is known.
    """
    created_from: CreatedFrom
    released: str
    """The time of release in ISO 8601 without a zone: to the minute if the page's minutes are
    valid, otherwise the day. May be empty.
    """
    classification: str
    origin: str


class Originator(Value):
    """Format line 3 of the header, such as `DE RUEHCL #0027/01 0441457`."""

    route: str
    serial: int
    """The serial number as transmitted, modulo 10,000."""
    section: int | None
    day: int | None = None
    """The day of the year."""
    time: str | None = None
    """The time of filing, `HHMM` in Zulu time (UTC)."""


AddresseeReading = Literal["", "route", "line", "repaired", "doubted"]
"""How an addressee was identified if its line does not simply name a post.

`route`: the line contains more than a post's name, and the routing indicator identifies the post.
`line`: the addressee is the second post on its line. `repaired`: one letter of the name was wrong,
and only one post fits. `doubted`: name and route belong to different posts, and both are listed.
"""


class Addressee(Value):
    """One action or info addressee from format lines 7 and 8."""

    route: str | None
    name: str
    precedence: str | None
    mcn: str | None
    """The message continuity number, or a range of numbers, as printed."""
    excluded: tuple[str, ...] = ()
    """Exempt members of a collective addressee (XMT)."""
    reading: AddresseeReading = ""


class Header(Value):
    """The transmission header: the page's middle box."""

    text: str
    """The header's text in the file, cleaned."""
    transmission_id: str | None = None
    precedence: str | None = None
    """The highest precedence, as a word such as PRIORITY."""
    precedences: tuple[str, ...] = ()
    security: str | None = None
    date_time_group: str | None = None
    distribution: tuple[str, ...] = ()
    originator: Originator | None = None
    sender: str | None = None
    """The sender in the FM line; named `from` in the JSON."""
    to: tuple[Addressee, ...] = ()
    info: tuple[Addressee, ...] = ()
    partial: bool = False
    """Whether the record is a partial extract of the original cable."""


class Paragraph(Value):
    """One paragraph of a cable's body."""

    label: str | None
    """The paragraph's label, such as `1`, or `1b` if numbering restarted. None before the first
    numbered paragraph.
    """
    anchor: str | None
    """The paragraph's anchor on the site, such as `par1`, or None if the site has none."""
    marking: str | None
    """The portion marking as printed, without brackets, such as `C/NF`."""
    heading: str | None
    text: Text
    """The paragraph's text with the file's line breaks, without its label, its marking and
    page-break lines.
    """
    span: Span
    """The paragraph's position in `Body.text`, from its label to its end, including page breaks."""


def how_cited(source: ReferenceSource, *, inferred: bool) -> str:
    """Return where a citation is printed, and whether the cited cable's year was inferred."""
    return f"{source}, year inferred" if inferred else source


class Reference(Value):
    """A reference in a REF line, in the container's own list, or in the text."""

    label: str | None
    """The label in the REF line, such as `A`, or None."""
    kind: ReferenceKind
    reference_id: str | None
    """The canonical ID of the cited cable, or None if the reference is not to a cable."""
    year_inferred: bool
    text: str
    """The reference as printed, on one line."""
    span: Span | None = None
    """The position of the reference in `Body.text`, or None if only the container lists it."""
    in_archive: Unsaved[bool | None] = None
    """Whether the archive contains the cited cable, or None if this was not looked up."""
    source: ReferenceSource = "REF line"
    """The part of the cable that prints the reference."""

    @property
    def how(self) -> str:
        """Where the reference is printed, and whether its year was inferred: see `how_cited`."""
        return how_cited(self.source, inferred=self.year_inferred)


class Body(Value):
    """The body of a cable: the page's bottom box."""

    text: str
    """The body's text in the file, cleaned."""
    captions: tuple[str, ...] = ()
    sections: int | None = None
    addressed: tuple[str, ...] = ()
    executive_order: str | None = None
    declassify_on: str | None = None
    """The date of declassification in ISO 8601."""
    declassify_event: str | None = None
    classified_by: str | None = None
    classified_by_title: str | None = None
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    summary: str | None = None
    signed_by: tuple[str, ...] = ()
    """The signers' surnames in capitals."""
    paragraphs: tuple[Paragraph, ...] = ()


class CableWarning(Value):
    """A warning to read before quoting a cable; `telegram/warnings.py` lists the codes."""

    code: str
    message: str


DAMAGED = CableWarning(
    "damaged", "its file is damaged (the checksum differs), so the text may be altered"
)
"""The warning on every cable in a file whose checksum differs."""


class Source(Value):
    """One record in the archive that contains the cable."""

    path: str
    format: str
    differs: tuple[SourcePart, ...] | None = ()
    """The parts that differ from the shown record, or None if the two were not compared."""
    number: int = 1
    """The record's number among all records of the cable, from 1 for the most complete."""


class Cable(Value):
    """A complete parsed cable. `Header.text` and `Body.text` contain its whole texts."""

    facts: Facts
    subject: str
    """The complete subject on one line, without its portion marking; may be empty."""
    subject_marking: str | None
    tags: tuple[str, ...]
    references: tuple[Reference, ...]
    """The cited cables and documents; for a cable cited only in the text, its first citation."""
    articles: tuple[str, ...]
    header: Header
    body: Body
    warnings: tuple[CableWarning, ...] = ()
    sources: tuple[Source, ...] = ()
    edition: Edition | None = None
    """The value of `RawCable.edition`."""
    text_tags: tuple[str, ...] = ()
    """TAGS in `tags` that are missing from the archive's own list."""
    archive_tags: tuple[str, ...] = ()
    """TAGS that only the archive's own list contains."""
    remarks: tuple[tuple[str, str], ...] = ()
    """The value of `RawCable.remarks`."""
    text_references: tuple[Reference, ...] = ()
    """Every passage in the text, outside the REF lines, that cites a cable by its number."""

    @property
    def reference_id(self) -> str:
        """The reference ID as printed in the archive."""
        return self.facts.reference_id

    @property
    def canonical_id(self) -> str:
        """The canonical ID, used for references and bookmarks."""
        return self.facts.canonical_id


def class_short(classification: str) -> str:
    """Return a classification's short form, `S//NF` for `SECRET//NOFORN`, or itself if unknown."""
    return _SHORT.get(classification, classification)


def class_with_fouo(classification: str) -> str:
    """Return a classification with FOR OFFICIAL USE ONLY abbreviated: `UNCLASSIFIED//FOUO`."""
    return classification.replace("FOR OFFICIAL USE ONLY", "FOUO")


class Place(Value):
    """A cable in an archive, or a paragraph or a span within its body."""

    id: int
    """The number that identifies the cable within its archive's index."""
    paragraph: int | None = None
    """An index in `Body.paragraphs`, or None for no particular paragraph."""
    span: Span | None = None
    """A position in `Body.text`; it takes precedence over the paragraph."""
    record: int = 0
    """The number of a record of the cable, or 0 for the record shown by default."""


class Repository(Value):
    """An institution or edition that published an archive of cables."""

    name: str
    """The name of the archive, or an empty string if unknown."""
    series: str = ""
    """The record group and the series within it."""
    numbered: str = ""
    """The archive's name for its document numbers, or an empty string if it uses reference IDs."""
    cablegate: bool = False
    """Whether a cable's web address follows from its reference ID and month."""
    address: str = ""
    """The web address of a document, with `{id}` in place of its reference ID, or an empty string
    if unknown.
    """
    printed: bool = False
    """Whether it is an edition in volumes, cited by volume and document number."""


UNKNOWN = Repository("")
CABLEGATE = Repository("WikiLeaks", cablegate=True)
FRUS = Repository(
    "Foreign Relations of the United States",
    address="https://history.state.gov/historicaldocuments/{id}",
    printed=True,
)
PLUSD = Repository("WikiLeaks Public Library of US Diplomacy (PlusD)")
NATIONAL_ARCHIVES = Repository(
    "National Archives, Access to Archival Databases (AAD)",
    "RG 59, Central Foreign Policy Files, 1973–79",
    "document number",
)
