"""Converts one document in a volume from XML to blocks of text, without markup.

Markup determines the type of a paragraph; if it is ambiguous, the words decide. Until a text is
displayed, marker characters that no XML can contain preserve information from the markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.formats.frus.elements import elements

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

OPEN, CLOSE = "\ufffe", "\uffff"
"""Markers in place of the brackets around a footnote number."""
FROM, TO, END = "\x01", "\x02", "\x03"
"""Markers in a heading before the sender, before an addressee, and after each of them."""
NAME = "\x04"
"""A marker after `FROM` or `TO`: a person's name follows instead of an office."""
LINE, CELL = "\x05", "\x06"
SOFT = "\x07"
"""A line break between two tags. It becomes a space unless an adjacent character needs none."""

_PERSON, _NUMBERED, _PERSON_END = "\x0e", "\x0f", "\x10"
"""Markers around a person's name, with the number of the name, until the text becomes a block."""

_SIGNS = pattern(f"{OPEN}[^{CLOSE}]*{CLOSE}")
_PERSONS = pattern(f"{_PERSON}([0-9]+){_NUMBERED}|{_PERSON_END}")
_SIDES = pattern(f"[{FROM}{TO}{END}{NAME}]")
_LINE_END = pattern(f" ?{LINE} ?")
_CELL_END = pattern(f" ?{CELL} ?")
_NO_SPACE_BEFORE = pattern(rf"{SOFT}(?=[{FROM}{TO}{END}{NAME}]*[,.;:)\]’”?!{OPEN}{CLOSE}])")
_NO_SPACE_BEHIND = pattern(rf"([(\[“‘][{FROM}{TO}{END}{NAME}]*){SOFT}")

_BODY = frozenset(
    "p list table quote closer attachment div lg figure ab sp postscript trailer floatingText"
    " epigraph argument heading centered addressed".split()
)
"""Elements that end the head of a document."""
_BLOCKS = _BODY | frozenset(
    "head dateline opener signed salute byline item label row l figDesc address addrLine"
    " speaker cit bibl listBibl body back front group note".split()
)
_GROUPS = frozenset("list table opener closer address lg".split())
"""Groups whose lines are printed below each other."""
_NO_PARAGRAPH = frozenset("p item quote table list note".split())
"""Elements in which a `p` does not begin a paragraph of the document."""
_SIDE_SIGNS = {"from": FROM, "to": TO}
_BETTER = frozenset("corr reg expan".split())
"""Elements of a `choice` that contain the editors' text for the printed word."""
_MISSING = {
    "gap": ("gap", ("quantity", "extent", "unit", "reason")),
    "graphic": ("image", ("url",)),
    "include": ("in another file", ("href",)),
}
"""Elements for missing text, with a label and the attributes that have details."""
_SHORT = 160
"""The maximum number of characters of an item that needs no blank line around it."""

_TITLE = pattern(r"\bsectiontitle")
"""The rendering of a paragraph that is a heading."""
_LONGEST_CENTERED = 300
"""The maximum number of characters of a centred paragraph that is read as a heading."""
_ADDRESSED = pattern(
    r"(?:To )?(?:Hon\b|Mrs?\b|Messrs\b|Sir\b|Gen|Col\b|Capt|Dr\b|His |Her |M\. |Se[nñ]or|Lord "
    r"|Prince |Count |Baron )\.?(?:[^.!?]|(?<=\W[A-Z])\.|(?<=(?:Mr|Dr|Jr|&c))\.){0,160}\.?$"
    r"|.{0,60}\bEsq\b"
)
"""The addressee of a letter, which the edition prints below the signature."""
_ENCLOSURE = pattern(r"\[?\W?(?:Sub-?)?(?:Enclosure|Inclosure|Annex|Appendix)\b", re.IGNORECASE)
_NUMBER = pattern(r"\[?No\.? ?[A-Z]{0,3}-?[0-9]{1,5}\.?\]")


@dataclass(slots=True)
class Block:
    """A paragraph, heading, item or line of text."""

    kind: str
    """The name of its element, or `source` for the footnote that gives the source, or `heading` for
    a paragraph printed as a heading.
    """
    text: str
    """The text, with markers such as `OPEN`."""
    header: bool
    """Whether the block is above the text of the document."""
    begins: bool = False
    """Whether a paragraph begins with the block."""
    near: bool = False
    """Whether the block follows the previous block without a blank line."""
    attachment: int = 0
    """The number of the attachment that contains the block, or 0 for the document itself."""
    persons: Sequence[PersonSpan] = ()


class PersonSpan(NamedTuple):
    """The position of a person's name in a text."""

    number: int
    """An index in `MarkedUpDocument.persons`."""
    start: int
    end: int


class MarkedName(NamedTuple):
    """A person's name or an abbreviation that is marked up."""

    text: str
    target: str
    """The target as written, such as `#p_SR1`."""
    signed: bool = False


class Footnote(NamedTuple):
    """A note at the foot of a page."""

    number: str
    text: str
    persons: Sequence[PersonSpan] = ()


@dataclass(slots=True)
class MarkedUpDocument:
    """A document's blocks, and the information from its markup."""

    attributes: dict[str, str] = field(default_factory=dict)
    """The attributes of the `div`, without prefixes: `id`, `n`, `subtype`, `doc-dateTime-min`."""
    blocks: list[Block] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    date: dict[str, str] = field(default_factory=dict)
    """The attributes of the first date in the dateline."""
    time: str = ""
    """The first time in the dateline if its date includes none, such as `16:00:00`."""
    place: str = ""
    """The first place in the dateline."""
    targets: list[tuple[str, str]] = field(default_factory=list)
    """The targets and words of the document's references, in order."""
    names: list[str] = field(default_factory=list)
    """The items in the document's list of type `subject`."""
    persons: list[MarkedName] = field(default_factory=list)
    terms: list[MarkedName] = field(default_factory=list)
    damage: str = ""
    """The reason why the document could not be read to its end; the blocks are those before the
    damage.
    """


def read(text: str) -> MarkedUpDocument:
    """Return the document in an XML text; no input raises an error."""
    root, damage = elements(text)
    document = MarkedUpDocument(damage=damage)
    if root is not None:
        _Reading(document).document(root)
    return document


class _Around(NamedTuple):
    """The context of an element: the elements around it."""

    kind: str = "p"
    """The block around the element, if any, other than the document itself."""
    is_top: bool = True
    """Whether the element is a child of the document itself."""
    group: Element | None = None
    """The outermost list, table or other group around the element."""
    in_head: bool = False
    in_dateline: bool = False
    in_note: bool = False
    in_postscript: bool = False
    in_ref: bool = False
    in_row: bool = False
    in_subject: bool = False
    no_paragraph: bool = False
    """Whether no paragraph of the document can begin here."""


class _Reading:
    """The state of reading a document, except the context of the current element."""

    def __init__(self, document: MarkedUpDocument) -> None:
        self.found = document
        self._blocks = document.blocks
        """The blocks of the document or of the current footnote."""
        self._buffer: list[str] = []
        """The text since the last block."""
        self._label = ""
        """The label of the next item."""
        self._sources: list[str] = []
        self._header = True
        self._begins = False
        self._had_head = self._dated = False
        self._cells = 0
        self._last_group: Element | None = None
        self._attachment = self._attachments = 0
        """The outermost attachment at this point, and the number of attachments so far."""
        self._encloses = False
        """Whether an enclosure, printed below the signature in older volumes, may begin here."""
        self._numbers: set[str] = set()
        self._next_number = 1

    def document(self, root: Element) -> None:
        """Read the whole document."""
        self.found.attributes = {
            attribute_name.rpartition(":")[2]: attribute_value
            for attribute_name, attribute_value in root.attrib.items()
        }
        surroundings = _Around()
        self._inside(root, surroundings)
        self._flush(root.tag, surroundings)
        self._flush_label(surroundings)

    def _inside(self, element: Element, around: _Around) -> None:
        """Read the text and the children of an element."""
        self._data(element.text or "")
        for child in element:
            self._element(child, around)
            self._data(child.tail or "")

    def _data(self, text: str) -> None:
        if text:
            self._buffer.append(SOFT if "\n" in text and text.isspace() else text)

    def _element(self, element: Element, around: _Around) -> None:
        if element.tag in {"persName", "gloss"}:
            self._marked(element, around)
        else:
            self._plain(element, around)

    def _marked(self, element: Element, around: _Around) -> None:
        """Read a name or term like other words, and store it with its target."""
        block_count, buffer_start = len(self._blocks), len(self._buffer)
        self._plain(element, around)
        if len(self._blocks) != block_count or buffer_start > len(self._buffer):
            return  # it holds blocks, which no name does
        attributes = element.attrib
        is_person = element.tag == "persName"
        if not is_person and "target" not in attributes:
            return
        text_read = "".join(self._buffer[buffer_start:])
        marked_text = " ".join(bare(plain(text_read)).split())
        if not is_person:
            self.found.terms.append(MarkedName(marked_text, attributes["target"]))
        if not is_person or not marked_text:
            return
        is_signed = around.kind == "signed" and not self._attachment and not around.in_note
        target = attributes.get("corresp") or attributes.get("ref", "")
        inner_text = text_read.strip(f" \t\r\n{SOFT}")
        text_before, text_after = text_read.split(inner_text, 1)
        start_marker = f"{_PERSON}{len(self.found.persons)}{_NUMBERED}"
        self._buffer[buffer_start:] = [
            text_before,
            start_marker,
            inner_text,
            _PERSON_END,
            text_after,
        ]
        self.found.persons.append(MarkedName(marked_text, target, is_signed))

    def _plain(self, element: Element, around: _Around) -> None:
        element_name, attributes = element.tag, element.attrib
        inner_around = around if not around.is_top else around._replace(is_top=False)
        is_inline = "inline" in (attributes.get("rend"), attributes.get("place"))
        if element_name == "note" and not is_inline and ("n" in attributes or not around.is_top):
            self._note(element, inner_around)
        elif element_name in _BLOCKS or (element_name == "seg" and around.group is not None):
            self._block(element, around)
        elif around.in_head and (side_type := attributes.get("type", "")) in _SIDE_SIGNS:
            self._buffer.append(
                _SIDE_SIGNS[side_type] + (NAME if element_name == "persName" else "")
            )
            self._inside(element, inner_around)
            self._buffer.append(END)
        elif element_name == "del" or "strike" in attributes.get("rend", ""):
            self._buffer.append("[deleted: ")
            self._inside(element, inner_around)
            self._buffer.append("]")
        elif element_name == "ref":
            buffer_start = len(self._buffer)
            self._inside(element, inner_around._replace(in_ref=True))
            # One within another says nothing of its own.
            reference_words = "" if around.in_ref else plain("".join(self._buffer[buffer_start:]))
            self.found.targets.append(
                (attributes.get("target", ""), " ".join(bare(reference_words).split()))
            )
        elif element_name == "choice":
            self._choice(element, inner_around)
        else:
            self._phrase(element_name, attributes, around)
            self._inside(element, inner_around)
            if element_name == "placeName" and around.in_dateline and not around.in_note:
                self.found.place = self.found.place or bare(plain("".join(self._buffer)))

    def _phrase(self, name: str, attributes: Mapping[str, str], around: _Around) -> None:
        if name == "lb":
            self._buffer.append(LINE)
        elif name == "cell":
            if self._cells:
                self._buffer.append(CELL)
            self._cells += 1
        elif name == "date":
            if around.in_note or self._attachment or self._dated:
                return
            # The first of the dateline, or else of the lines above the text.
            self._dated = around.in_dateline
            if self._dated or (self._header and not self.found.date):
                self.found.date = dict(attributes)
        elif name == "time":
            if around.in_dateline and not around.in_note and not self._attachment:
                self.found.time = (
                    self.found.time or attributes.get("when") or attributes.get("from", "")
                )
        elif name in _MISSING:
            missing_label, detail_names = _MISSING[name]
            details = " ".join(filter(None, map(attributes.get, detail_names)))
            self._buffer.append(f"[{missing_label}{details and ': '}{details}]")

    def _choice(self, choice: Element, around: _Around) -> None:
        """Put the better reading in brackets after the other one, as the printed edition does."""
        buffer, choice_start = self._buffer, len(self._buffer)
        better_spans: list[tuple[int, int]] = []
        self._data(choice.text or "")
        for child in choice:
            reading_start = len(buffer)
            self._element(child, around)
            if child.tag in _BETTER:
                better_spans.append((reading_start, len(buffer)))
            self._data(child.tail or "")
        if len(better_spans) == 1 and choice_start <= better_spans[0][0] <= better_spans[0][
            1
        ] <= len(buffer):
            ((reading_start, reading_end),) = better_spans
            chosen_text = "".join(buffer[reading_start:reading_end]).replace(SOFT, "").strip()
            other_text = (
                "".join([*buffer[choice_start:reading_start], *buffer[reading_end:]])
                .replace(SOFT, "")
                .strip()
            )
            buffer[choice_start:] = [
                f"{other_text} [{chosen_text}]"
                if other_text and chosen_text
                else other_text + chosen_text
            ]

    # Blocks

    def _block(self, element: Element, around: _Around) -> None:
        block_kind = element.tag
        if around.in_row:
            self._buffer.append(" ")
            self._inside(element, around._replace(is_top=False))
            self._buffer.append(" ")
            return
        if block_kind == "p":
            block_kind = _printed_as(element.get("rend", ""), around.kind)
        self._flush(around.kind, around)
        is_head = block_kind == "head" and around.is_top and not self._had_head
        if block_kind in _BODY and not around.in_note and not around.in_head:
            self._header = False
        if block_kind in {"p", "addressed"} and not around.no_paragraph:
            self._begins = True
        if block_kind == "row":
            self._cells = 0
        outer_attachment, outer_encloses = self._attachment, self._encloses
        if block_kind == "attachment":
            self._attachments += 1
            self._attachment = self._attachment or self._attachments
        if block_kind == "postscript":
            self._encloses = not self._attachment
        is_subject = (
            block_kind == "list" and element.get("type") == "subject" and not self._attachment
        )
        inner_around = around._replace(
            kind=block_kind,
            is_top=False,
            group=element if around.group is None and block_kind in _GROUPS else around.group,
            in_head=around.in_head or is_head,
            in_dateline=around.in_dateline or block_kind == "dateline",
            in_postscript=around.in_postscript or block_kind == "postscript",
            in_row=block_kind == "row",
            in_subject=around.in_subject or is_subject,
            no_paragraph=around.no_paragraph or block_kind in _NO_PARAGRAPH,
        )
        self._inside(element, inner_around)
        self._flush(block_kind, inner_around)
        if block_kind in {"attachment", "postscript"}:
            self._attachment, self._encloses = outer_attachment, outer_encloses
        if is_head:
            self._had_head = True
            self._put_sources()
        if block_kind == "list":
            self._flush_label(around)

    def _flush(self, kind: str, around: _Around) -> None:
        """Turn the text since the last block into a block, or into a label for the next item."""
        block_text = plain("".join(self._buffer))
        self._buffer.clear()
        if not block_text:
            return
        if kind == "label":
            self._label = f"{self._label} {block_text}".strip()
            return
        if self._label:
            block_text, self._label = f"{self._label} {block_text}", ""
        self._put(kind, block_text, around)

    def _flush_label(self, around: _Around) -> None:
        """Finish a label that has no item."""
        if self._label:
            label_text, self._label = self._label, ""
            self._put("item", label_text, around)

    def _put(self, printed: str, block_text: str, around: _Around) -> None:
        block_text, persons = _persons(block_text)
        block_kind = _meant(printed, bare(block_text))
        if printed == "centered" and not around.in_note:
            self._begins = block_kind == "p"
            if block_kind == "heading" and around.in_postscript and _ENCLOSURE.match(block_text):
                self._attachments += 1
                if self._encloses:
                    self._attachment = self._attachments
        block = Block(
            block_kind, block_text, self._header, attachment=self._attachment, persons=persons
        )
        block_before = self._blocks[-1] if self._blocks else None
        if block_before and around.group is not None and around.group is self._last_group:
            is_long = block_kind == "item" and max(len(block_text), len(block_before.text)) > _SHORT
            block.near = not is_long
        self._last_group = around.group
        if not around.in_note:
            block.begins, self._begins = self._begins, False
            if around.in_subject and block_kind == "item":
                self.found.names.append(bare(block_text))
        self._blocks.append(block)

    # Footnotes

    def _note(self, element: Element, around: _Around) -> None:
        is_source = element.get("type") == "source" and not self._attachment
        note_number, note_index = "", len(self.found.notes)
        if not is_source:
            note_number = self._number(element.get("n", ""))
            self._buffer.append(f"{OPEN}{note_number}{CLOSE}")
            self.found.notes.append(Footnote(note_number, ""))
        outer_state = self._blocks, self._buffer, self._label
        note_blocks: list[Block] = []
        self._blocks, self._buffer, self._label = note_blocks, [], ""
        inner_around = around._replace(in_note=True, no_paragraph=True)
        self._inside(element, inner_around)
        self._flush("note", inner_around)
        self._flush_label(inner_around)
        self._blocks, self._buffer, self._label = outer_state
        note_text = "\n".join(block.text for block in note_blocks)
        if not is_source:
            block_starts = accumulate((len(block.text) + 1 for block in note_blocks), initial=0)
            persons = [
                person._replace(start=person.start + block_start, end=person.end + block_start)
                for block_start, block in zip(block_starts, note_blocks, strict=False)
                for person in block.persons
            ]
            self.found.notes[note_index] = Footnote(note_number, note_text, persons)
            return
        self._sources.append(note_text)
        if not around.in_head:
            self._put_sources()

    def _number(self, given: str) -> str:
        """Return a note's number as printed, or the next free number if it is already used.

        The edition uses `0` if no number is printed; it becomes `*`.
        """
        note_number = "".join(given.split())[:12]
        note_number = "*" if note_number == "0" else note_number
        self._next_number = max(self._next_number, len(self.found.notes) + 1)
        while not note_number or note_number in self._numbers:
            note_number = str(self._next_number)
            self._next_number += 1
        self._numbers.add(note_number)
        return note_number

    def _put_sources(self) -> None:
        self.found.blocks += (
            Block("source", source_text, header=True) for source_text in self._sources
        )
        self._sources.clear()


# What a paragraph is


def _printed_as(rend: str, parent: str) -> str:
    """Return the type of a paragraph from its markup: `p`, `heading`, `centered` or `addressed`.

    `_meant` has to examine the last two further.
    """
    if _TITLE.search(rend):
        return "heading"
    if "center" in rend:
        return "centered"
    return "addressed" if parent == "postscript" else "p"


def _meant(kind: str, text: str) -> str:
    """Return the type of a block after examining its words; most types are unchanged.

    `rule` is a centred line of asterisks, and `seg` the number of a despatch on its own line.
    """
    if kind == "addressed":
        return kind if _ADDRESSED.match(text) else "p"
    if kind == "centered":
        if len(text) > _LONGEST_CENTERED:
            return "p"
        return "heading" if any(map(str.isalnum, text)) else "rule"
    return "seg" if kind == "p" and _NUMBER.fullmatch(text) else kind


# Signs in a text


def _persons(marked: str) -> tuple[str, list[PersonSpan]]:
    """Return a text without the markers around persons' names, and the names' positions."""
    if _PERSON not in marked:
        return marked, []
    plain_pieces: list[str] = []
    open_names: list[tuple[int, int]] = []
    person_spans: list[PersonSpan] = []
    copied_end = plain_length = 0
    for marker in _PERSONS.finditer(marked):
        plain_pieces.append(marked[copied_end : marker.start()])
        plain_length += marker.start() - copied_end
        copied_end = marker.end()
        if marker[1]:
            open_names.append((int(marker[1]), plain_length))
        elif open_names:
            person_number, name_start = open_names.pop()
            person_spans.append(PersonSpan(person_number, name_start, plain_length))
    return "".join((*plain_pieces, marked[copied_end:])), person_spans


def shown(marked: str) -> str:
    """Return the text for display, with footnote numbers as `[2]`; its length is unchanged."""
    return marked.replace(OPEN, "[").replace(CLOSE, "]")


def bare(marked: str) -> str:
    """Return the text without footnote numbers and without markers of headings and names."""
    marked = _PERSONS.sub("", marked) if _PERSON in marked else marked
    return without_sides(_SIGNS.sub("", marked) if OPEN in marked else marked)


def without_sides(marked: str) -> str:
    """Return the text without the markers for sender and addressees in a heading."""
    return _SIDES.sub("", marked)


def plain(plain_text: str) -> str:
    """Return the text on one line, except for line breaks in the markup."""
    if SOFT in plain_text:
        plain_text = _NO_SPACE_BEHIND.sub(r"\1", _NO_SPACE_BEFORE.sub("", plain_text)).replace(
            SOFT, " "
        )
    plain_text = " ".join(plain_text.split())
    if CELL in plain_text:
        plain_text = _CELL_END.sub(" | ", plain_text).strip()
    if LINE in plain_text:
        plain_text = _LINE_END.sub("\n", plain_text).strip()
    return plain_text
