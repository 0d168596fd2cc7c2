"""Word documents (`.docx`): paragraphs, quotation styles, links, footnotes and endnotes.

Tracked changes are read as displayed: insertions are included, deletions are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import BlockBuilder, TextBlock, TextDocument
from cable_tui.formats.office.packed_xml import Package, XmlReader
from cable_tui.formats.office.styles import is_heading_style, is_quotation_style

MAIN = "word/document.xml"
_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "delText", "instrText", "rt", "tabs"))
_FORMER = frozenset(("pPrChange", "rPrChange"))
"""Elements for the former formatting of a paragraph or its words, before a tracked change."""
_BOTH_SIDES = 200
"""The minimum indent on both sides, in twentieths of a point, that makes a paragraph a
quotation.
"""
_HYPERLINK = pattern(r"\s*HYPERLINK\s{1,9}\"(?P<address>[^\"]{1,2000})\"")
_LONGEST_CODE = 4000
"""The maximum number of characters of a field code to examine."""
_NOTES = {"footnote": "note", "endnote": "endnote"}
_AROUND = frozenset(("document", "body", "tbl", "tc", "txbxContent", *_NOTES))
"""Elements whose boundaries no paragraph crosses."""
_MOST_STYLES = 10
_Sides = tuple[int | None, int | None]
"""The left and right indent of a paragraph, in twentieths of a point."""


def read(package: Package) -> TextDocument:
    """Read a Word file as a document."""
    styles = _Styles()
    if xml_bytes := package.data("word/styles.xml"):
        styles.read(xml_bytes, "word/styles.xml")
    number_by_note: dict[str, str] = {}
    main_body = _Body(styles, _links(package, "document"), number_by_note)
    main_body.read(package.data(MAIN), MAIN)
    blocks = main_body.blocks
    for note_kind in _NOTES:
        part_name = f"word/{note_kind}s.xml"
        if xml_bytes := package.data(part_name):
            note_body = _Body(styles, _links(package, f"{note_kind}s"), number_by_note)
            note_body.number = len(blocks)
            note_body.read(xml_bytes, part_name)
            blocks += note_body.blocks
    parts_left_out = ("its comments",) if "word/comments.xml" in package else ()
    return TextDocument("Word", "paragraph", tuple(blocks), parts_left_out)


def _links(package: Package, part: str) -> Mapping[str, str]:
    link_reader = _Links()
    part_name = f"word/_rels/{part}.xml.rels"
    if xml_bytes := package.data(part_name):
        link_reader.read(xml_bytes, part_name)
    return link_reader.found


class _Links(XmlReader):
    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "Relationship" and given.get("TargetMode") == "External":
            self.found[given.get("Id", "")] = given.get("Target", "")


class _Styles(XmlReader):
    """The styles for quotations and headings; a style may be based on another."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._based: dict[str, str] = {}
        self._sides: dict[str, _Sides] = {}
        self._id = ""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "style":
            self._id = given.get("styleId", "")
        elif name == "name" and self._id:
            self._names.setdefault(self._id, given.get("val", ""))
        elif name == "basedOn" and self._id:
            self._based.setdefault(self._id, given.get("val", ""))
        elif name == "ind" and self._id:
            self._sides.setdefault(self._id, _sides(given))

    def chain(self, style: str) -> list[str]:
        """Return a style and the styles on which it is based."""
        style_chain: list[str] = []
        while style and len(style_chain) < _MOST_STYLES:
            style_chain.append(style)
            style = self._based.get(style, "")
        return style_chain

    def names(self, chain: Sequence[str]) -> list[str]:
        """Return the names of the styles."""
        return [style_name for style in chain for style_name in (style, self._names.get(style, ""))]

    def is_apart(self, chain: Sequence[str], own: _Sides) -> bool:
        """Return whether a paragraph is set apart by its style's name or by its indents."""
        all_sides = [own, *(self._sides[style] for style in chain if style in self._sides)]
        left_indent, right_indent = (
            next(
                (
                    style_sides[side_index]
                    for style_sides in all_sides
                    if style_sides[side_index] is not None
                ),
                0,
            )
            or 0
            for side_index in (0, 1)
        )
        return (
            any(map(is_quotation_style, self.names(chain)))
            or min(left_indent, right_indent) >= _BOTH_SIDES
        )


class _Paragraph:
    def __init__(self) -> None:
        self.builder = BlockBuilder()
        self.style = ""
        self.sides: _Sides = (None, None)
        self.goes_on = False
        """Whether the end of the paragraph was deleted, so that the next paragraph continues it."""
        self.waits = False
        """Whether the paragraph is waiting for its continuation."""


class _Body(XmlReader):
    def __init__(self, styles: _Styles, links: Mapping[str, str], numbers: dict[str, str]) -> None:
        self.blocks: list[TextBlock] = []
        self.number = 0
        self._styles = styles
        self._links = links
        self._numbers = numbers
        """The notes' labels by ID, numbered in reading order."""
        self._open: list[_Paragraph] = []
        """The open paragraphs; a text box is inside another paragraph."""
        self._counted = dict.fromkeys(_NOTES.values(), 0)
        self._unseen = 0
        self._gap = False
        self._former = 0
        self._in_end = False
        self._hidden = False
        self._in_text = False
        self._in_code = False
        self._code = ""
        """The code of the current field, such as `HYPERLINK "https://example.org/"`."""
        self._heading = ""
        self._note = ""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Implement `XmlReader.start`."""
        self._former += name in _FORMER
        if self._former:
            return
        self._unseen += name in _UNSEEN
        if name in _AROUND:
            self._end_waiting()
        if name == "p":
            # A new one, or more of one whose end was taken out: it looks as this does.
            paragraph = _Paragraph()
            if self._open and self._open[-1].waits:
                paragraph.builder = self._open.pop().builder
            self._open.append(paragraph)
        elif name in _NOTES:
            note_key = f"{_NOTES[name]} {given.get('id', '')}"
            self._note = self._numbers.get(note_key, note_key)
        elif name == "fldChar" and given.get("fldCharType") == "begin":
            self._code = ""
        elif name in ("r", "vanish"):
            self._hidden = name == "vanish" and given.get("val") not in ("0", "false")
        if self._open:
            self._within(self._open[-1], name, given)

    def _end_waiting(self) -> None:
        while self._open and self._open[-1].waits:
            self._end_paragraph(self._open.pop())

    def _within(self, paragraph: _Paragraph, name: str, given: Mapping[str, str]) -> None:
        if name == "pPr":
            self._in_end = True
        elif self._in_end and name in ("del", "moveFrom"):
            paragraph.goes_on = True
        elif name == "pStyle":
            paragraph.style = given.get("val", "")
        elif name == "ind":
            paragraph.sides = _sides(given)
        elif name == "t":
            self._in_text = True
        elif name == "instrText":
            self._in_code = True
        elif not self._unseen:
            self._put(paragraph.builder, name, given)

    def _put(self, builder: BlockBuilder, name: str, given: Mapping[str, str]) -> None:
        if name in ("tab", "ptab"):
            builder.add(" ")
        elif name in ("br", "cr"):
            builder.add("\n")
        elif name == "noBreakHyphen":
            builder.add("-")
        elif name == "fldSimple" and (match := _HYPERLINK.match(given.get("instr", ""))):
            builder.link(match["address"])
        elif name == "hyperlink" and (address := self._links.get(given.get("id", ""))):
            builder.link(address)
        elif name in ("footnoteReference", "endnoteReference"):
            note_label = _NOTES[name.removesuffix("Reference")]
            note_key = f"{note_label} {given.get('id', '')}"
            if note_key not in self._numbers:
                self._counted[note_label] += 1
                self._numbers[note_key] = f"{note_label} {self._counted[note_label]}"
            builder.refer_to(self._numbers[note_key])

    def end(self, name: str) -> None:
        """Implement `XmlReader.end`."""
        self._former -= name in _FORMER
        if self._former:
            return
        self._unseen -= name in _UNSEEN
        if name == "t":
            self._in_text = False
        elif name == "pPr":
            self._in_end = False
        elif name == "instrText" and self._open:
            self._in_code = False
            if match := _HYPERLINK.match(self._code):
                self._code = ""
                self._open[-1].builder.link(match["address"])
        elif name == "p" and self._open:
            self._open[-1].waits = self._open[-1].goes_on
            if not self._open[-1].goes_on:
                self._end_paragraph(self._open.pop())
        elif name in _AROUND:
            self._end_waiting()
            if name in _NOTES:
                self._note = ""

    def _end_paragraph(self, ended: _Paragraph) -> None:
        block = ended.builder.block(self.number + 1, note=self._note, is_below_gap=self._gap)
        self._gap = block is None
        if block is None:
            return
        self.number += 1
        style_chain = self._styles.chain(ended.style)
        if any(map(is_heading_style, self._styles.names(style_chain))):
            self._heading = block.text
            block = block._replace(is_heading=True)
        is_apart = self._styles.is_apart(style_chain, ended.sides)
        self.blocks.append(block._replace(is_quotation=is_apart, heading=self._heading))

    def words(self, text: str) -> None:
        """Implement `XmlReader.words`."""
        if self._in_text and self._open and not self._unseen and not self._hidden:
            self._open[-1].builder.add(text)
        elif self._in_code and len(self._code) < _LONGEST_CODE:
            self._code += text[:_LONGEST_CODE]


def _sides(given: Mapping[str, str]) -> _Sides:
    left_indent, right_indent = (
        given.get("left", given.get("start")),
        given.get("right", given.get("end")),
    )
    return _number(left_indent), _number(right_indent)


def _number(given: str | None) -> int | None:
    try:
        return None if given is None else int(given)
    except ValueError:
        return None
