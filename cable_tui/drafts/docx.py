"""Drafts of Word (`.docx`): paragraphs, styles of quotations, links, footnotes and endnotes.

Tracked changes are read as they are shown: what was put in is there, what was taken out is not.
"""

from __future__ import annotations

from collections.abc import Mapping

from cable_tui.drafts.base import Block, BlockBuilder, Draft
from cable_tui.drafts.packed_xml import Package, XmlReader
from cable_tui.drafts.styles import is_heading_style, is_quotation_style
from cable_tui.pattern import pattern

MAIN = "word/document.xml"
_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "delText", "instrText", "rubyBase"))
_BOTH_SIDES = 200
"""Twentieths of a point on both sides from which on a paragraph is set apart as a quotation."""
_HYPERLINK = pattern(r"\s*HYPERLINK\s{1,9}\"(?P<address>[^\"]{1,2000})\"")
_NOTES = {"footnote": "note", "endnote": "endnote"}


def read(package: Package) -> Draft:
    """The draft of a file of Word."""
    styles = _Styles()
    if data := package.data("word/styles.xml"):
        styles.read(data, "word/styles.xml")
    numbers: dict[str, str] = {}
    main = _Body(styles, _links(package, "document"), numbers)
    main.read(package.data(MAIN), MAIN)
    blocks = main.blocks
    for kind in _NOTES:
        name = f"word/{kind}s.xml"
        if data := package.data(name):
            notes = _Body(styles, _links(package, f"{kind}s"), numbers)
            notes.number = len(blocks)
            notes.read(data, name)
            blocks += notes.blocks
    left_out = ("its comments",) if "word/comments.xml" in package else ()
    return Draft("Word", "paragraph", tuple(blocks), left_out)


def _links(package: Package, part: str) -> Mapping[str, str]:
    links = _Links()
    name = f"word/_rels/{part}.xml.rels"
    if data := package.data(name):
        links.read(data, name)
    return links.found


class _Links(XmlReader):
    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "Relationship" and given.get("TargetMode") == "External":
            self.found[given.get("Id", "")] = given.get("Target", "")


class _Styles(XmlReader):
    """Which styles are of quotations and which of headings; a style may build on another."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._based: dict[str, str] = {}
        self._id = ""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "style":
            self._id = given.get("styleId", "")
        elif name == "name" and self._id:
            self._names.setdefault(self._id, given.get("val", ""))
        elif name == "basedOn" and self._id:
            self._based.setdefault(self._id, given.get("val", ""))

    def names(self, style: str) -> list[str]:
        """What a style is called, and those that it builds on."""
        found: list[str] = []
        while style and len(found) < 20:
            found += [style, self._names.get(style, "")]
            style = self._based.get(style, "")
        return found


class _Paragraph:
    def __init__(self) -> None:
        self.builder = BlockBuilder()
        self.style = ""
        self.sides = (0, 0)


class _Body(XmlReader):
    def __init__(self, styles: _Styles, links: Mapping[str, str], numbers: dict[str, str]) -> None:
        self.blocks: list[Block] = []
        self.number = 0
        self._styles = styles
        self._links = links
        self._numbers = numbers
        """The notes by their ids, as the reader of the draft counts them."""
        self._open: list[_Paragraph] = []
        """Paragraphs around: a box of text stands within one."""
        self._unseen = 0
        self._hidden = False
        self._in_text = False
        self._code: list[str] = []
        self._heading = ""
        self._note = ""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """As in `XmlReader`."""
        self._unseen += name in _UNSEEN
        if name == "p":
            self._open.append(_Paragraph())
        elif name in _NOTES:
            key = f"{_NOTES[name]} {given.get('id', '')}"
            self._note = self._numbers.get(key, key)
        elif name == "instrText":
            self._code = []
        elif name in ("r", "vanish"):
            self._hidden = name == "vanish" and given.get("val") not in ("0", "false")
        if self._open:
            self._within(self._open[-1], name, given)

    def _within(self, here: _Paragraph, name: str, given: Mapping[str, str]) -> None:
        if name == "pStyle":
            here.style = given.get("val", "")
        elif name == "ind":
            here.sides = (
                _number(given.get("left") or given.get("start")),
                _number(given.get("right") or given.get("end")),
            )
        elif name == "t":
            self._in_text = True
        elif not self._unseen:
            self._put(here.builder, name, given)

    def _put(self, builder: BlockBuilder, name: str, given: Mapping[str, str]) -> None:
        if name in ("tab", "ptab"):
            builder.add(" ")
        elif name in ("br", "cr"):
            builder.add("\n")
        elif name == "noBreakHyphen":
            builder.add("-")
        elif name == "hyperlink" and (address := self._links.get(given.get("id", ""))):
            builder.link(address)
        elif name in ("footnoteReference", "endnoteReference"):
            kind = _NOTES[name.removesuffix("Reference")]
            count = sum(each.startswith(f"{kind} ") for each in self._numbers)
            key = f"{kind} {given.get('id', '')}"
            builder.mark(self._numbers.setdefault(key, f"{kind} {count + 1}"))

    def end(self, name: str) -> None:
        """As in `XmlReader`."""
        self._unseen -= name in _UNSEEN
        if name == "t":
            self._in_text = False
        elif name == "instrText" and self._open:
            if found := _HYPERLINK.match("".join(self._code)):
                self._open[-1].builder.link(found["address"])
        elif name in _NOTES:
            self._note = ""
        elif name == "p" and self._open:
            self._end_paragraph(self._open.pop())

    def _end_paragraph(self, ended: _Paragraph) -> None:
        made = ended.builder.block(self.number + 1, note=self._note)
        if made is None:
            return
        self.number += 1
        names = self._styles.names(ended.style)
        if any(map(is_heading_style, names)):
            self._heading = made.text
            made = made._replace(is_heading=True)
        apart = any(map(is_quotation_style, names)) or min(ended.sides) >= _BOTH_SIDES
        self.blocks.append(made._replace(is_quotation=apart, heading=self._heading))

    def words(self, text: str) -> None:
        """As in `XmlReader`."""
        if self._in_text and self._open and not self._unseen and not self._hidden:
            self._open[-1].builder.add(text)
        elif self._unseen:
            self._code.append(text[:4000])


def _number(given: str | None) -> int:
    try:
        return int(given or 0)
    except ValueError:
        return 0
