"""The values of a cable: the content from a format, its parse, and its origin.

All are frozen. `RawCable` is what a container format yields: texts and page facts, nothing of
telegrams. `Cable` is what `telegram.parse` makes of it. `Repository` is the archive that it came
from. Offsets are in characters. Nothing here imports more than the base of values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from cable_tui.base.value import Value

if TYPE_CHECKING:  # the kinds say how a cable of a dossier is read
    from cable_tui.base.kinds import Count, Filled, Text, Unsaved

Span = tuple[int, int]
"""A half-open range of characters, `text[start:end]`."""
CreatedFrom = Literal["page", "date-time group", "day only"]
SourcePart = Literal["header", "body", "facts"]
ReferenceKind = Literal["cable", "airgram", "email", "telephone", "report", "other"]
ReferenceSource = Literal["REF line", "list", "text"]
"""Where a reference is printed: `list` is the container's own, `text` is below or beside the REF
lines."""
HowCited = Literal["REF line", "REF line, year inferred", "list", "text", "text, year inferred"]
"""The values of `how_cited`."""
EDITORIAL_NOTE = "editorial note"
"""The `Edition.kind` of the editors' own notes."""
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
"""Classifications from the lowest to the highest, with their short forms.

LIMITED OFFICIAL USE is from the telegrams of the National Archives; OFFICIAL USE ONLY, RESTRICTED
and TOP SECRET are those of older ones, in the State Department's edition."""
_SHORT = dict(CLASSIFICATIONS)


class Location(Value):
    """The location of a record in the user's own files."""

    path: str
    """Path below the archive's folder, `os.fsdecode`d: undecodable bytes are surrogates."""
    offset: int
    """First byte of the record in the file; 0 if the file is the record."""
    length: int
    """Bytes of the record."""


NOT_SAID = "a person, and the editors do not say who"
"""Text for a name that the editors marked without a key."""


class EditorsName(NamedTuple):
    """A name of a person that the editors marked, and who that is in their list of persons."""

    text: str
    """The name as the document has it, on one line."""
    key: str
    """Key of the person, within the volume that lists persons: `frus1955-57v97#p_SR1`; empty for a
    name that the editors marked without saying whose it is."""
    name: str = ""
    """Name as in the list, `Sapt, Rupert`; empty if it does not list the key."""
    role: str = ""
    """The person's role by the list, with the years."""
    signed: bool = False
    span: Span | None = None
    """Position in the body; None for names of the heading."""

    @property
    def who(self) -> str:
        """Name and role: `Sapt, Rupert, Ambassador until May 1957`; or that it is not said."""
        if self.name:
            return ", ".join(filter(None, (self.name, self.role)))
        part_key = self.key.partition("#")[2]
        return f"not in the editors' list of persons ({part_key})" if part_key else NOT_SAID


class EditorsTerm(NamedTuple):
    """An abbreviation of a document that the list of its volume explains."""

    text: str
    """The abbreviation as the document has it."""
    meaning: str
    marked: bool
    """Whether the editors marked it in this document; else the list has these letters."""


class Edition(Value):
    """Facts from the mark-up of an edition of documents, so that no grammar has to guess them."""

    heading: str
    """Heading without the document's number in the volume."""
    kind: str
    """Kind: `telegram`, `airgram`, `circular`, `despatch`, `editorial note`; empty for others."""
    number: str
    """The sender's own number: `942`, `A-62`; empty if unknown."""
    day: str
    """The ISO day of its dateline, or only month or year; may be empty."""
    subject: str
    sender: str
    to: tuple[str, ...]
    info: tuple[str, ...]
    precedences: tuple[str, ...]
    captions: tuple[str, ...]
    signed_by: tuple[str, ...]
    """Surnames in capitals."""
    notes: tuple[Text, ...]
    """Footnotes with their numbers, `[2] ...`, as printed at the end of the body."""
    paragraphs: tuple[Paragraph, ...]
    references: tuple[Reference, ...]
    damage: str = ""
    """The reason why the document could not be read to its end; empty if it could."""
    people: Unsaved[tuple[EditorsName, ...]] = ()
    """Every name of a person that is marked, in the order of the mark-up."""
    terms: Unsaved[tuple[EditorsTerm, ...]] = ()

    @property
    def spans(self) -> list[Span]:
        """The positions in the body that are known."""
        known_spans = (item.span for items in (self.paragraphs, self.references) for item in items)
        return [span for span in known_spans if span]


class RunOn(Value):
    """Another cable that the text of a record runs on into."""

    reference_id: str
    is_apart: bool
    """Whether it is read as a cable of its own; else its part of the text is left out."""
    sign: str = ""
    """How its first line begins, by which its bytes are found; empty if they cannot be."""


class RawCable(Value):
    """One record of a container format: decoded, cleaned texts, and facts from the page."""

    reference_id: str
    """The id as given, even if malformed (`06ASTANA`)."""
    created: str
    """Time `YYYY-MM-DD HH:MM` as the page prints it (the minutes may be wrong), or a day.
    With a Z after them, the writer of the file has corrected the minutes."""
    released: str
    """The time of release in the same form; empty if unknown."""
    classification: str
    origin: str
    title: Text
    """First physical line of the subject, as the site prints it; may be empty or cut."""
    header: Text
    """The middle box, or empty."""
    body: Text
    """The bottom box, without the `¶` that the site put before an anchor."""
    format: str
    """The `Format.name` of the reader, e.g. `html-page`."""
    location: Unsaved[Location]
    articles: tuple[str, ...] = ()
    """Addresses of the articles that used the cable, from the page."""
    references: tuple[str, ...] = ()
    """Canonical ids that the container itself lists (the dump's sixth column)."""
    tags: tuple[str, ...] = ()
    """TAGS that the container itself lists, in capitals, names without their brackets."""
    remarks: tuple[tuple[str, str], ...] = ()
    """Remarks of the container on the record, as label and value: where a missing text is."""
    anchors: tuple[str, ...] | None = None
    """Paragraph anchors that the site's page has (`par6`, `parB`), in order and with repeats.
    None if the container has none to show and the site's rule must say."""
    edition: Edition | None = None
    """Facts from an edition's mark-up; None if the grammar must read the texts."""
    cut_off: bool = False
    """Whether the file ends inside the text; the texts are the part that it has."""
    damaged: bool = False
    """Whether bytes of the file, of this record or of another one in it, are not those that were
    packed: its checksum differs."""
    runs_on: Unsaved[RunOn | None] = None
    """The cable that the file's text runs on into after this one's; the body ends before it."""


class Problem(Value):
    """A file, or a record of one, that claims to be a cable and could not be read."""

    path: Filled
    """Below the folder of the archive."""
    line: Count
    """First line of the record, from 1; 0 if a line means nothing."""
    reason: Filled


class Facts(Value):
    """Facts from the container itself: enough to browse by, found without the grammar."""

    reference_id: str
    canonical_id: str
    created: str
    """ISO 8601, `2009-02-13T14:57Z`, or to the hour (`2009-02-13T14Z`), or the day (`2009-02-13`);
    without Z where an edition prints the time of the place; empty if nothing valid is known."""
    created_from: CreatedFrom
    released: str
    """ISO 8601 without zone, to the minute if the page's minutes are valid, or the day; or
    empty."""
    classification: str
    origin: str


class Originator(Value):
    """Format line 3, `DE RUEHCL #0027/01 0441457`."""

    route: str
    serial: int
    """Modulo 10,000, as sent."""
    section: int | None
    day: int | None = None
    """Day of the year."""
    time: str | None = None
    """Time: `HHMM`, Zulu."""


AddresseeReading = Literal["", "route", "line", "repaired", "doubted"]
"""How an addressee was read, if its line does not simply name it.

`route`: the line has more than the name of a post, and its route says which is meant. `line`: the
second post on a line. `repaired`: a letter of the name was wrong, and nothing else fits. `doubted`:
name and route are of different posts, and both are listed."""


class Addressee(Value):
    """One action or info addressee of format lines 7 and 8."""

    route: str | None
    name: str
    precedence: str | None
    mcn: str | None
    """Message continuity number, or a range of them, as printed."""
    excluded: tuple[str, ...] = ()
    """Members of a collective that are exempt (XMT)."""
    reading: AddresseeReading = ""


class Header(Value):
    """The middle box: the transmission header."""

    text: str
    """The file's text, cleaned."""
    transmission_id: str | None = None
    precedence: str | None = None
    """The highest, as a word: PRIORITY."""
    precedences: tuple[str, ...] = ()
    security: str | None = None
    date_time_group: str | None = None
    distribution: tuple[str, ...] = ()
    originator: Originator | None = None
    sender: str | None = None
    """The FM line; in the JSON `from`."""
    to: tuple[Addressee, ...] = ()
    info: tuple[Addressee, ...] = ()
    partial: bool = False
    """Whether the record is a partial extract of the original cable."""


class Paragraph(Value):
    """One paragraph of the body."""

    label: str | None
    """Label: `1`, `1b` after a restart; None before the first numbered one."""
    anchor: str | None
    """The site's anchor, `par1`; None if the site set none."""
    marking: str | None
    """Portion marking without brackets, as printed: `C/NF`."""
    heading: str | None
    text: Text
    """Text without label, marking and page-break lines, with the line breaks of the file."""
    span: Span
    """Position in `Body.text`: from the label to the end, page breaks and all."""


def how_cited(source: ReferenceSource, *, inferred: bool) -> str:
    """Return how sure a citation is: by where it is printed, and whether its year was inferred."""
    return f"{source}, year inferred" if inferred else source


class Reference(Value):
    """One item of the REF lines, or of the container's own list, or a citation in the text."""

    label: str | None
    """Label: `A`, or None."""
    kind: ReferenceKind
    reference_id: str | None
    """Canonical id; None for references that are not cables."""
    year_inferred: bool
    text: str
    """The item as printed, on one line."""
    span: Span | None = None
    """Position in `Body.text`; None if only the container lists it."""
    in_archive: Unsaved[bool | None] = None
    """Whether the archive has it; None until an archive was asked."""
    source: ReferenceSource = "REF line"
    """The part of the cable in which it is printed."""

    @property
    def how(self) -> str:
        """The value of `how_cited`."""
        return how_cited(self.source, inferred=self.year_inferred)


class Body(Value):
    """The bottom box."""

    text: str
    """The file's text, cleaned."""
    captions: tuple[str, ...] = ()
    sections: int | None = None
    addressed: tuple[str, ...] = ()
    executive_order: str | None = None
    declassify_on: str | None = None
    """ISO date."""
    declassify_event: str | None = None
    classified_by: str | None = None
    classified_by_title: str | None = None
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    summary: str | None = None
    signed_by: tuple[str, ...] = ()
    """Surnames in capitals."""
    paragraphs: tuple[Paragraph, ...] = ()


class CableWarning(Value):
    """Something a reader must know before quoting; codes as in `telegram/warnings.py`."""

    code: str
    message: str


DAMAGED = CableWarning(
    "damaged", "its file is damaged (the checksum differs): the text may be altered"
)
"""The warning on each cable of a file whose bytes are not those that were packed."""


class Source(Value):
    """One record of the archive that holds the cable."""

    path: str
    format: str
    differs: tuple[SourcePart, ...] | None = ()
    """Parts that differ from the shown record; None if it was not compared."""
    number: int = 1
    """Among the records of the cable, the richest first."""


class Cable(Value):
    """A whole cable, parsed. Its texts are kept whole: see `Header.text` and `Body.text`."""

    facts: Facts
    subject: str
    """The whole subject on one line, without its portion marking; may be empty."""
    subject_marking: str | None
    tags: tuple[str, ...]
    references: tuple[Reference, ...]
    """The citations; for a cable that only the text names, the first one."""
    articles: tuple[str, ...]
    header: Header
    body: Body
    warnings: tuple[CableWarning, ...] = ()
    sources: tuple[Source, ...] = ()
    edition: Edition | None = None
    """The same as in `RawCable`."""
    text_tags: tuple[str, ...] = ()
    """The TAGS of `tags` that the archive's own list does not have."""
    archive_tags: tuple[str, ...] = ()
    """TAGS that only the archive lists."""
    remarks: tuple[tuple[str, str], ...] = ()
    """The same as in `RawCable`."""
    text_references: tuple[Reference, ...] = ()
    """Every passage of the text, below or next to the REF lines, that names a cable by its
    number."""

    @property
    def reference_id(self) -> str:
        """The id as the archive gives it."""
        return self.facts.reference_id

    @property
    def canonical_id(self) -> str:
        """The id for references and bookmarks."""
        return self.facts.canonical_id


def class_short(classification: str) -> str:
    """Return `S//NF` for `SECRET//NOFORN`; an unknown classification is its own short form."""
    return _SHORT.get(classification, classification)


def class_with_fouo(classification: str) -> str:
    """Return `UNCLASSIFIED//FOUO`: a classification in words, the longest of them abbreviated."""
    return classification.replace("FOR OFFICIAL USE ONLY", "FOUO")


class Place(Value):
    """A cable of the archive, or a paragraph or a span of its body."""

    id: int
    """The id of the cable in its archive."""
    paragraph: int | None = None
    """Index in `Body.paragraphs`; None if no paragraph is meant."""
    span: Span | None = None
    """Position in `Body.text`; it counts more than the paragraph."""
    record: int = 0
    """The number of the record; 0 is the one that is read."""


class Repository(Value):
    """An archive that cables come from."""

    name: str
    """The name of the archive itself; empty if unknown."""
    series: str = ""
    """Record group and series within it."""
    numbered: str = ""
    """The name of its own numbers for documents; empty if they go by the reference."""
    cablegate: bool = False
    """Whether the address of a cable follows from its reference ID and month."""
    address: str = ""
    """The address of a document, with `{id}` for its reference ID; empty if unknown."""
    printed: bool = False
    """Whether it is an edition in volumes, which its own ids name: cited by volume and document."""


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
