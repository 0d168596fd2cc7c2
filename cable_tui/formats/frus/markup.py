"""One document of a volume as blocks of text: its XML read, its mark-up gone, its words kept.

What a paragraph is, its mark-up says; if that leaves it open, its words decide. In a text signs
stand for what is lost with the mark-up until it is shown: no XML can hold them.
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
"""Replace the brackets of a footnote's number in a text."""
FROM, TO, END = "\x01", "\x02", "\x03"
"""Put into a heading before the sender, before an addressee, and after each."""
NAME = "\x04"
"""Mark after `FROM` or `TO`: a person's name follows, not an office."""
LINE, CELL = "\x05", "\x06"
SOFT = "\x07"
"""A line end between two tags: a space, unless a character next to it needs none."""

_PERSON, _NUMBERED, _PERSON_END = "\x0e", "\x0f", "\x10"
"""Stand around a person's name until a block is made of the text, with the number of the name."""

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
"""Groups whose lines are printed one below the other."""
_NO_PARAGRAPH = frozenset("p item quote table list note".split())
"""A `p` within these begins no paragraph of the document."""
_SIDE_SIGNS = {"from": FROM, "to": TO}
_BETTER = frozenset("corr reg expan".split())
"""Elements of a `choice` with the editors' text for the printed word."""
_MISSING = {
    "gap": ("gap", ("quantity", "extent", "unit", "reason")),
    "graphic": ("image", ("url",)),
    "include": ("in another file", ("href",)),
}
"""Elements for missing text: the name, and the attributes with details."""
_SHORT = 160
"""An item with at most this many characters needs no blank line around it."""

_TITLE = pattern(r"\bsectiontitle")
"""Renderings of a paragraph that is a heading."""
_LONGEST_CENTERED = 300
"""A centered paragraph with at most this many characters is a heading."""
_ADDRESSED = pattern(
    r"(?:To )?(?:Hon\b|Mrs?\b|Messrs\b|Sir\b|Gen|Col\b|Capt|Dr\b|His |Her |M\. |Se[nñ]or|Lord "
    r"|Prince |Count |Baron )\.?(?:[^.!?]|(?<=\W[A-Z])\.|(?<=(?:Mr|Dr|Jr|&c))\.){0,160}\.?$"
    r"|.{0,60}\bEsq\b"
)
"""The addressee of a letter, which the edition has below the signature."""
_ENCLOSURE = pattern(r"\[?\W?(?:Sub-?)?(?:Enclosure|Inclosure|Annex|Appendix)\b", re.IGNORECASE)
_NUMBER = pattern(r"\[?No\.? ?[A-Z]{0,3}-?[0-9]{1,5}\.?\]")


@dataclass(slots=True)
class Block:
    """A paragraph, heading, item or line."""

    kind: str
    """Name of its element; `source` for the footnote that names the source, `heading` for a
    paragraph that is printed as a heading."""
    text: str
    """Text with marks such as `OPEN`."""
    header: bool
    """Whether it is above the text of the document."""
    begins: bool = False
    """Whether a paragraph begins with it."""
    near: bool = False
    """Whether it follows the block before it without a blank line."""
    attachment: int = 0
    """The number of the attachment that it is in; 0 for the document itself."""
    persons: Sequence[PersonSpan] = ()


class PersonSpan(NamedTuple):
    """The position of a person's name in a text."""

    number: int
    """Index in `MarkedUpDocument.persons`."""
    start: int
    end: int


class MarkedName(NamedTuple):
    """A name that the mark-up says is a person's, or an abbreviation."""

    text: str
    target: str
    """Target as given: `#p_SR1`."""
    signed: bool = False


class Footnote(NamedTuple):
    """A note at the foot of a page."""

    number: str
    text: str
    persons: Sequence[PersonSpan] = ()


@dataclass(slots=True)
class MarkedUpDocument:
    """A document's blocks, and what its mark-up says."""

    attributes: dict[str, str] = field(default_factory=dict)
    """The attributes of the `div`, without prefixes: `id`, `n`, `subtype`, `doc-dateTime-min`."""
    blocks: list[Block] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    date: dict[str, str] = field(default_factory=dict)
    """Attributes of the first date of its dateline."""
    time: str = ""
    """The first time of its dateline, if its date has none: `16:00:00`."""
    place: str = ""
    """The first place of its dateline."""
    targets: list[tuple[str, str]] = field(default_factory=list)
    """The targets of its references, and their words, in order."""
    names: list[str] = field(default_factory=list)
    """The names of its subject, in its list of type `subject`."""
    persons: list[MarkedName] = field(default_factory=list)
    terms: list[MarkedName] = field(default_factory=list)
    damage: str = ""
    """Reason why it could not be read to its end; the blocks are those before the damage."""


def read(text: str) -> MarkedUpDocument:
    """Return the document in a text of XML; total."""
    root, damage = elements(text)
    document = MarkedUpDocument(damage=damage)
    if root is not None:
        _Reading(document).document(root)
    return document


class _Around(NamedTuple):
    """The elements around an element."""

    kind: str = "p"
    """The block around it, if any; the document itself does not count."""
    is_top: bool = True
    """Whether it is a child of the document itself."""
    group: Element | None = None
    """The outermost list, table or other group."""
    in_head: bool = False
    in_dateline: bool = False
    in_note: bool = False
    in_postscript: bool = False
    in_ref: bool = False
    in_row: bool = False
    in_subject: bool = False
    no_paragraph: bool = False
    """Whether no paragraph of the document begins there."""


class _Reading:
    """The state of reading a document, apart from the elements around a position."""

    def __init__(self, document: MarkedUpDocument) -> None:
        self.found = document
        self._blocks = document.blocks
        """The blocks of the document, or of the present footnote."""
        self._buffer: list[str] = []
        """Text since the last block."""
        self._label = ""
        """Label of the item that follows."""
        self._sources: list[str] = []
        self._header = True
        self._begins = False
        self._had_head = self._dated = False
        self._cells = 0
        self._last_group: Element | None = None
        self._attachment = self._attachments = 0
        """The outermost attachment at this point, and how many there were."""
        self._encloses = False
        """Whether an enclosure, which older volumes print below the signature, may begin."""
        self._numbers: set[str] = set()
        self._next_number = 1

    def document(self, root: Element) -> None:
        """Read the whole document."""
        self.found.attributes = {
            key.rpartition(":")[2]: value for key, value in root.attrib.items()
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
        """Read a name or a term like other words, and keep it with its target."""
        block_count, begin = len(self._blocks), len(self._buffer)
        self._plain(element, around)
        if len(self._blocks) != block_count or begin > len(self._buffer):
            return  # it holds blocks, which no name does
        attributes = element.attrib
        is_person = element.tag == "persName"
        if not is_person and "target" not in attributes:
            return
        text_read = "".join(self._buffer[begin:])
        text = " ".join(bare(plain(text_read)).split())
        if not is_person:
            self.found.terms.append(MarkedName(text, attributes["target"]))
        if not is_person or not text:
            return
        is_signed = around.kind == "signed" and not self._attachment and not around.in_note
        target = attributes.get("corresp") or attributes.get("ref", "")
        inner_text = text_read.strip(f" \t\r\n{SOFT}")
        text_before, text_after = text_read.split(inner_text, 1)
        sign = f"{_PERSON}{len(self.found.persons)}{_NUMBERED}"
        self._buffer[begin:] = [text_before, sign, inner_text, _PERSON_END, text_after]
        self.found.persons.append(MarkedName(text, target, is_signed))

    def _plain(self, element: Element, around: _Around) -> None:
        name, attributes = element.tag, element.attrib
        inner_around = around if not around.is_top else around._replace(is_top=False)
        is_inline = "inline" in (attributes.get("rend"), attributes.get("place"))
        if name == "note" and not is_inline and ("n" in attributes or not around.is_top):
            self._note(element, inner_around)
        elif name in _BLOCKS or (name == "seg" and around.group is not None):
            self._block(element, around)
        elif around.in_head and (side := attributes.get("type", "")) in _SIDE_SIGNS:
            self._buffer.append(_SIDE_SIGNS[side] + (NAME if name == "persName" else ""))
            self._inside(element, inner_around)
            self._buffer.append(END)
        elif name == "del" or "strike" in attributes.get("rend", ""):
            self._buffer.append("[deleted: ")
            self._inside(element, inner_around)
            self._buffer.append("]")
        elif name == "ref":
            begin = len(self._buffer)
            self._inside(element, inner_around._replace(in_ref=True))
            # One within another says nothing of its own.
            words = "" if around.in_ref else plain("".join(self._buffer[begin:]))
            self.found.targets.append((attributes.get("target", ""), " ".join(bare(words).split())))
        elif name == "choice":
            self._choice(element, inner_around)
        else:
            self._phrase(name, attributes, around)
            self._inside(element, inner_around)
            if name == "placeName" and around.in_dateline and not around.in_note:
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
            missing_what, attributes_that_say = _MISSING[name]
            reason = " ".join(filter(None, map(attributes.get, attributes_that_say)))
            self._buffer.append(f"[{missing_what}{reason and ': '}{reason}]")

    def _choice(self, choice: Element, around: _Around) -> None:
        """Put the better reading in brackets after the other, as the edition does in print."""
        buffer, begin = self._buffer, len(self._buffer)
        better_spans: list[tuple[int, int]] = []
        self._data(choice.text or "")
        for child in choice:
            start = len(buffer)
            self._element(child, around)
            if child.tag in _BETTER:
                better_spans.append((start, len(buffer)))
            self._data(child.tail or "")
        if len(better_spans) == 1 and begin <= better_spans[0][0] <= better_spans[0][1] <= len(
            buffer
        ):
            ((start, end),) = better_spans
            chosen_text = "".join(buffer[start:end]).replace(SOFT, "").strip()
            other_text = "".join([*buffer[begin:start], *buffer[end:]]).replace(SOFT, "").strip()
            buffer[begin:] = [
                f"{other_text} [{chosen_text}]"
                if other_text and chosen_text
                else other_text + chosen_text
            ]

    # Blocks

    def _block(self, element: Element, around: _Around) -> None:
        name = element.tag
        if around.in_row:
            self._buffer.append(" ")
            self._inside(element, around._replace(is_top=False))
            self._buffer.append(" ")
            return
        if name == "p":
            name = _printed_as(element.get("rend", ""), around.kind)
        self._flush(around.kind, around)
        is_head = name == "head" and around.is_top and not self._had_head
        if name in _BODY and not around.in_note and not around.in_head:
            self._header = False
        if name in {"p", "addressed"} and not around.no_paragraph:
            self._begins = True
        if name == "row":
            self._cells = 0
        attachment, encloses = self._attachment, self._encloses
        if name == "attachment":
            self._attachments += 1
            self._attachment = self._attachment or self._attachments
        if name == "postscript":
            self._encloses = not self._attachment
        is_subject = name == "list" and element.get("type") == "subject" and not self._attachment
        inner_around = around._replace(
            kind=name,
            is_top=False,
            group=element if around.group is None and name in _GROUPS else around.group,
            in_head=around.in_head or is_head,
            in_dateline=around.in_dateline or name == "dateline",
            in_postscript=around.in_postscript or name == "postscript",
            in_row=name == "row",
            in_subject=around.in_subject or is_subject,
            no_paragraph=around.no_paragraph or name in _NO_PARAGRAPH,
        )
        self._inside(element, inner_around)
        self._flush(name, inner_around)
        if name in {"attachment", "postscript"}:
            self._attachment, self._encloses = attachment, encloses
        if is_head:
            self._had_head = True
            self._put_sources()
        if name == "list":
            self._flush_label(around)

    def _flush(self, kind: str, around: _Around) -> None:
        """Make a block of the text since the last one, or a label for the item that follows."""
        text = plain("".join(self._buffer))
        self._buffer.clear()
        if not text:
            return
        if kind == "label":
            self._label = f"{self._label} {text}".strip()
            return
        if self._label:
            text, self._label = f"{self._label} {text}", ""
        self._put(kind, text, around)

    def _flush_label(self, around: _Around) -> None:
        """End a label that has no item."""
        if self._label:
            label, self._label = self._label, ""
            self._put("item", label, around)

    def _put(self, printed: str, text: str, around: _Around) -> None:
        text, persons = _persons(text)
        kind = _meant(printed, bare(text))
        if printed == "centered" and not around.in_note:
            self._begins = kind == "p"
            if kind == "heading" and around.in_postscript and _ENCLOSURE.match(text):
                self._attachments += 1
                if self._encloses:
                    self._attachment = self._attachments
        block = Block(kind, text, self._header, attachment=self._attachment, persons=persons)
        block_before = self._blocks[-1] if self._blocks else None
        if block_before and around.group is not None and around.group is self._last_group:
            is_long = kind == "item" and max(len(text), len(block_before.text)) > _SHORT
            block.near = not is_long
        self._last_group = around.group
        if not around.in_note:
            block.begins, self._begins = self._begins, False
            if around.in_subject and kind == "item":
                self.found.names.append(bare(text))
        self._blocks.append(block)

    # Footnotes

    def _note(self, element: Element, around: _Around) -> None:
        is_source = element.get("type") == "source" and not self._attachment
        note_number, place = "", len(self.found.notes)
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
            starts = accumulate((len(block.text) + 1 for block in note_blocks), initial=0)
            persons = [
                person._replace(start=person.start + start, end=person.end + start)
                for start, block in zip(starts, note_blocks, strict=False)
                for person in block.persons
            ]
            self.found.notes[place] = Footnote(note_number, note_text, persons)
            return
        self._sources.append(note_text)
        if not around.in_head:
            self._put_sources()

    def _number(self, given: str) -> str:
        """Return the number as printed; if several pages of a document have it, the next free.

        `0` is how the edition says that none is printed.
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
        self.found.blocks += (Block("source", text, header=True) for text in self._sources)
        self._sources.clear()


# What a paragraph is


def _printed_as(rend: str, parent: str) -> str:
    """Return what a paragraph is by its mark-up: `p`, `heading`, or `centered` or `addressed`.

    The last two are to be judged by `_meant`.
    """
    if _TITLE.search(rend):
        return "heading"
    if "center" in rend:
        return "centered"
    return "addressed" if parent == "postscript" else "p"


def _meant(kind: str, text: str) -> str:
    """Return what it is by its words too; other kinds than those of paragraphs stay.

    `rule` for a centered line of asterisks, `seg` for the number of a despatch on a line alone.
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
    """Return a text without the signs around persons' names, and where these are."""
    if _PERSON not in marked:
        return marked, []
    name_pieces: list[str] = []
    open_: list[tuple[int, int]] = []
    spans: list[PersonSpan] = []
    after_last = text_size = 0
    for sign in _PERSONS.finditer(marked):
        name_pieces.append(marked[after_last : sign.start()])
        text_size += sign.start() - after_last
        after_last = sign.end()
        if sign[1]:
            open_.append((int(sign[1]), text_size))
        elif open_:
            person_number, start = open_.pop()
            spans.append(PersonSpan(person_number, start, text_size))
    return "".join((*name_pieces, marked[after_last:])), spans


def shown(marked: str) -> str:
    """Return the text for reading, footnotes as `[2]`; its length is the same."""
    return marked.replace(OPEN, "[").replace(CLOSE, "]")


def bare(marked: str) -> str:
    """Return the text without the numbers of footnotes and the signs of a heading and of names."""
    marked = _PERSONS.sub("", marked) if _PERSON in marked else marked
    return without_sides(_SIGNS.sub("", marked) if OPEN in marked else marked)


def without_sides(marked: str) -> str:
    """Return the text without the signs that name sender and addressees in a heading."""
    return _SIDES.sub("", marked)


def plain(text: str) -> str:
    """Return the text on one line, except for the line ends in its mark-up."""
    if SOFT in text:
        text = _NO_SPACE_BEHIND.sub(r"\1", _NO_SPACE_BEFORE.sub("", text)).replace(SOFT, " ")
    text = " ".join(text.split())
    if CELL in text:
        text = _CELL_END.sub(" | ", text).strip()
    if LINE in text:
        text = _LINE_END.sub("\n", text).strip()
    return text
