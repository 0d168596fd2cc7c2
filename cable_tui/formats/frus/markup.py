"""One document of a volume as blocks of text: its XML read, its mark-up gone, its words kept.

Read by expat without a DTD: nothing is fetched, no entity is expanded but the five of XML.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from cable_tui.formats.frus import kinds
from cable_tui.formats.frus.repair import repaired
from cable_tui.formats.frus.signs import (
    CELL,
    CLOSE,
    END,
    FROM,
    LINE,
    NAME,
    OPEN,
    SOFT,
    TO,
    bare,
    plain,
)

_BODY = frozenset(
    "p list table quote closer attachment div lg figure ab sp postscript trailer floatingText"
    " epigraph argument heading centered addressed".split()
)
"""What ends the head of a document."""
_BLOCKS = _BODY | frozenset(
    "head dateline opener signed salute byline item label row l figDesc address addrLine"
    " speaker cit bibl listBibl body back front group".split()
)
_GROUPS = frozenset("list table opener closer address lg".split())
"""Their lines stand one below the other."""
_NO_PARAGRAPH = frozenset("p item quote table list note".split())
"""A `p` within these begins no paragraph of the document."""
_SIDE = "#side"
"""Stands among open elements for one that names sender or addressee."""
_SIDE_SIGNS = {"from": FROM, "to": TO}
_BETTER = frozenset("corr reg expan".split())
"""In a `choice`, what the editors put for what stands there."""
_SAID = {
    "gap": ("quantity", "extent", "unit", "reason"),
    "graphic": ("url",),
    "include": ("href",),
}
"""Elements that stand for what is not in the text, and their attributes that say what it is."""
_MISSING = {"gap": "gap", "graphic": "image", "include": "in another file"}
_STRUCK = "#struck"
"""Stands among open elements for words that are struck out in the document."""
_SHORT = 160
"""Characters of an item that needs no blank line around it."""
_NOT_REPAIRED = frozenset((3, 5))
"""Errors of expat at the end of the bytes: what is missing cannot be repaired."""


@dataclass(slots=True)
class Block:
    """A paragraph, heading, item or line."""

    kind: str
    """Name of its element; `source` for the footnote that names the source, `heading` for a
    paragraph that is printed as a heading."""
    text: str
    """Marked as by `OPEN` and the others."""
    header: bool
    """It stands above the text of the document."""
    begins: bool = False
    """It is the beginning of a paragraph."""
    near: bool = False
    """It stands below the block before it without a blank line."""
    attachment: int = 0
    """The number of the attachment that it is in; 0 for the document itself."""


class Footnote(NamedTuple):
    """A note at the foot of a page."""

    number: str
    text: str


@dataclass(slots=True)
class Marked:
    """A document's blocks, and what its mark-up says."""

    attributes: dict[str, str] = field(default_factory=dict)
    """Of the `div`, without prefixes: `id`, `n`, `subtype`, `doc-dateTime-min`."""
    blocks: list[Block] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    date: dict[str, str] = field(default_factory=dict)
    """Attributes of the first date of its dateline."""
    place: str = ""
    """The first place of its dateline."""
    targets: list[tuple[str, str]] = field(default_factory=list)
    """What its references point to, and their words, in their order."""
    names: list[str] = field(default_factory=list)
    """Its subject, as its list of type `subject` has it."""
    damage: str = ""
    """Why it could not be read to its end; the blocks are what stands before the damage."""


def read(text: str) -> Marked:
    """The document that a text of XML holds; total."""
    found, code = _read(text)
    if code in {None, *_NOT_REPAIRED}:
        return found
    again, _ = _read(repaired(text))
    return again


def _read(text: str) -> tuple[Marked, int | None]:
    from xml.parsers import expat  # not wanted before a volume is read

    builder = _Builder()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        parser.buffer_text = False  # gives what it holds back
        builder.finish()
        builder.found.damage = str(error).partition(":")[0]
        return builder.found, error.code
    return builder.found, None


class _Target(NamedTuple):
    """Where text goes: the document, or a footnote in it."""

    blocks: list[Block]
    buffer: list[str]
    depth: int
    """Elements that were open when it began."""
    note: int = -1
    """Its place in `Marked.notes`; -1 for the document, -2 for the source."""


class _Builder:
    """Takes the events of one reading."""

    def __init__(self) -> None:
        self.found = Marked()
        self._open: list[str] = []
        self._target = _Target(self.found.blocks, [], 0)
        self._outer: list[_Target] = []
        self._sources: list[str] = []
        self._header = True
        self._begins = False
        self._label = ""
        self._outer_labels: list[str] = []
        self._groups: list[int] = []
        self._group_count = self._last_group = 0
        self._attachments: list[int] = []
        self._attachment_count = 0
        self._enclosed = False
        """The last attachment is one of a postscript."""
        self._rows = self._cells = self._dates = self._subjects = 0
        self._in_head = self._had_head = self._dated = False
        self._numbers: set[str] = set()
        self._next_number = 1
        self._refs: list[tuple[str, int]] = []
        self._choices: list[list[int]] = []
        """Of each open `choice` where it begins, and where its better reading begins and ends."""
        self._kinds = ["p"]
        """Of the blocks that are open; that of the document itself is none."""
        self._no_paragraph = 0
        """Elements that are open in which no paragraph of the document begins."""

    # Events

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        name = qualified.rpartition(":")[2]
        if not self._open:
            self.found.attributes = {
                key.rpartition(":")[2]: value for key, value in attributes.items()
            }
            self._open.append(name)
            return
        if name == "note" and self._is_footnote(attributes):
            self._begin_note(attributes)
        elif name in _BLOCKS or name == "note" or (name == "seg" and self._groups):
            if name == "p":
                name = kinds.printed_as(attributes.get("rend", ""), self._open[-1])
            self._begin_block(name, attributes)
        elif self._in_head and (side := attributes.get("type")) in _SIDE_SIGNS:
            self._target.buffer.append(_SIDE_SIGNS[side] + (NAME if name == "persName" else ""))
            name = _SIDE
        elif name == "del" or "strike" in attributes.get("rend", ""):
            self._target.buffer.append("[deleted: ")
            name = _STRUCK
        else:
            self._begin_phrase(name, attributes)
        self._no_paragraph += name in _NO_PARAGRAPH
        self._open.append(name)

    def _begin_phrase(self, name: str, attributes: dict[str, str]) -> None:
        if name == "lb":
            self._target.buffer.append(LINE)
        elif name == "cell":
            if self._cells:
                self._target.buffer.append(CELL)
            self._cells += 1
        elif name == "ref":
            self._refs.append((attributes.get("target", ""), len(self._target.buffer)))
        elif name == "date":
            self._take_date(attributes)
        elif name == "choice" or (self._choices and name in _BETTER):
            self._mark_choice(name)
        elif name in _SAID:
            said = " ".join(filter(None, map(attributes.get, _SAID[name])))
            self._target.buffer.append(f"[{_MISSING[name]}{said and ': '}{said}]")

    def end(self, _: str) -> None:
        """An end tag."""
        name = self._open.pop()
        self._no_paragraph -= name in _NO_PARAGRAPH
        if name == _SIDE:
            self._target.buffer.append(END)
        elif name == _STRUCK:
            self._target.buffer.append("]")
        elif name == "choice":
            self._end_choice()
        elif self._choices and name in _BETTER:
            self._mark_choice(name)
        elif name == "note" and self._outer and len(self._open) == self._target.depth:
            self._end_note()
        elif name in _BLOCKS or name == "note" or (name == "seg" and self._groups):
            self._end_block(name)
        elif name == "ref":
            target, begin = self._refs.pop()
            # One within another says nothing of its own.
            words = "" if self._refs else plain("".join(self._target.buffer[begin:]))
            self.found.targets.append((target, " ".join(bare(words).split())))
        elif name == "placeName" and self._dates and not self.found.place and not self._outer:
            self.found.place = plain("".join(self._target.buffer))

    def data(self, text: str) -> None:
        """Some text."""
        if "\n" in text and text.isspace():
            text = SOFT
        self._target.buffer.append(text)

    def finish(self) -> None:
        """Close what a cut-off document left open."""
        self._flush(self._kinds[-1])
        while self._open:
            self.end("")

    # What the editors put for what stands there

    def _mark_choice(self, name: str) -> None:
        at = len(self._target.buffer)
        if name == "choice":
            self._choices.append([at])
        else:
            self._choices[-1].append(at)

    def _end_choice(self) -> None:
        """Put the better reading in brackets behind the other, as the edition does in print."""
        places, buffer = self._choices.pop(), self._target.buffer
        if len(places) != 3 or places[-1] > len(buffer):
            return
        begin, start, end = places
        better = "".join(buffer[start:end]).replace(SOFT, "").strip()
        other = "".join([*buffer[begin:start], *buffer[end:]]).replace(SOFT, "").strip()
        buffer[begin:] = [f"{other} [{better}]" if other and better else other + better]

    # Blocks

    def _begin_block(self, name: str, attributes: dict[str, str]) -> None:
        if self._rows:
            self._target.buffer.append(" ")
            self._rows += name == "row"
            return
        self._flush(self._kinds[-1])
        self._kinds.append(name)
        if name in _BODY and not self._outer and not self._in_head:
            self._header = False
        if name in {"p", "addressed"} and not self._no_paragraph:
            self._begins = True
        if name == "row":
            self._rows, self._cells = 1, 0
        if name in _GROUPS:
            self._group_count += 1
            self._groups.append(self._group_count)
        if name == "attachment":
            self._attachment_count += 1
            self._attachments.append(self._attachment_count)
        if name == "head" and len(self._open) == 1:
            self._in_head = not self._had_head
        self._dates += name == "dateline"
        if name == "list" and attributes.get("type") == "subject" and not self._attachments:
            self._subjects = len(self._open) + 1

    def _end_block(self, name: str) -> None:
        if self._rows:
            self._rows -= name == "row"
            if self._rows:
                self._target.buffer.append(" ")
                return
        self._flush(name)
        if len(self._kinds) > 1:
            self._kinds.pop()
        if name in _GROUPS and self._groups:
            self._groups.pop()
        if self._attachments and (
            name == "attachment" or (name == "postscript" and self._enclosed)
        ):
            self._attachments.pop()
            self._enclosed = False
        if name == "head" and len(self._open) == 1:
            self._in_head, self._had_head = False, True
            self._put_source()
        self._dates -= name == "dateline"
        if name == "list" and len(self._open) < self._subjects:
            self._subjects = 0
        if name == "list" or not self._open:
            self._flush_label()

    def _flush(self, kind: str) -> None:
        """Make a block of the text so far."""
        buffer = self._target.buffer
        if not buffer:
            return
        text = plain("".join(buffer))
        buffer.clear()
        if not text:
            return
        if kind == "label":
            self._label = f"{self._label} {text}".strip()
            return
        if self._label:
            text, self._label = f"{self._label} {text}", ""
        self._put(kind, text)

    def _flush_label(self) -> None:
        """A label without an item."""
        if self._label:
            label, self._label = self._label, ""
            self._put("item", label)

    def _put(self, kind: str, text: str) -> None:
        printed, kind = kind, kinds.meant(kind, bare(text))
        if printed == "centered" and not self._outer:
            self._begins = kind == "p"
            if kind == "heading" and "postscript" in self._open and kinds.is_enclosure(text):
                self._enclose()
        blocks = self._target.blocks
        block = Block(kind, text, self._header)
        group = self._groups[0] if self._groups else 0
        before = blocks[-1] if blocks else None
        if before and group and group == self._last_group:
            long = kind == "item" and max(len(text), len(before.text)) > _SHORT
            block.near = not long
        self._last_group = group
        if not self._outer:
            block.begins, self._begins = self._begins, False
            if self._subjects and kind == "item":
                self.found.names.append(bare(text))
        block.attachment = self._attachments[0] if self._attachments else 0
        blocks.append(block)

    def _enclose(self) -> None:
        """Begin an enclosure that older volumes print below the signature."""
        if self._enclosed:
            self._attachments.pop()
        self._enclosed = True
        self._attachment_count += 1
        self._attachments.append(self._attachment_count)

    # Footnotes

    def _is_footnote(self, attributes: dict[str, str]) -> bool:
        """Whether a note stands at the foot of the page, not among the text."""
        if attributes.get("rend") == "inline" or attributes.get("place") == "inline":
            return False
        return len(self._open) > 1 or "n" in attributes

    def _begin_note(self, attributes: dict[str, str]) -> None:
        note = -2
        if attributes.get("type") != "source" or self._attachments:
            note = len(self.found.notes)
            number = self._number(attributes.get("n", ""))
            self._target.buffer.append(f"{OPEN}{number}{CLOSE}")
            self.found.notes.append(Footnote(number, ""))
        self._outer.append(self._target)
        self._target = _Target([], [], len(self._open), note)
        # That of the item that it stands in.
        self._outer_labels.append(self._label)
        self._label = ""

    def _number(self, given: str) -> str:
        """The number as printed; where one stands on several pages of a document, the next free.

        `0` is how the edition says that none is printed.
        """
        number = "".join(given.split())[:12]
        number = "*" if number == "0" else number
        self._next_number = max(self._next_number, len(self.found.notes) + 1)
        while not number or number in self._numbers:
            number = str(self._next_number)
            self._next_number += 1
        self._numbers.add(number)
        return number

    def _end_note(self) -> None:
        self._flush("note")
        self._flush_label()
        note = self._target
        self._target = self._outer.pop()
        self._label = self._outer_labels.pop()
        text = "\n".join(block.text for block in note.blocks)
        if note.note >= 0:
            number = self.found.notes[note.note].number
            self.found.notes[note.note] = Footnote(number, text)
            return
        self._sources.append(text)
        if not self._in_head:
            self._put_source()

    def _put_source(self) -> None:
        self.found.blocks += (Block("source", text, header=True) for text in self._sources)
        self._sources.clear()

    def _take_date(self, attributes: dict[str, str]) -> None:
        """The first date of the dateline, or else of what stands above the text."""
        if self._outer or self._attachments or self._dated:
            return
        self._dated = self._dates > 0
        if self._dated or (self._header and not self.found.date):
            self.found.date = dict(attributes)
