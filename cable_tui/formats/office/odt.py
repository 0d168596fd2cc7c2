"""LibreOffice documents (`.odt`): paragraphs, quotation styles, links and notes.

Tracked changes are read as displayed, because LibreOffice stores deletions separately.
"""

from __future__ import annotations

from collections.abc import Mapping

from cable_tui.formats.office.blocks import BlockBuilder, TextBlock, TextDocument
from cable_tui.formats.office.packed_xml import Package, XmlReader
from cable_tui.formats.office.styles import BOTH_SIDES, is_quotation_style, millimetres

MAIN = "content.xml"
_UNSEEN = frozenset(("tracked-changes", "annotation", "note-citation", "ruby-text", "desc"))
_INLINE = frozenset(("p", "h", "span", "a"))
"""Elements in which `title` is the title of the document; elsewhere it describes a picture."""
_MOST_STYLES = 20
"""The maximum number of styles in a chain where each is based on the next."""


def read(package: Package) -> TextDocument:
    """Read a LibreOffice file as a document."""
    body = _Body()
    if xml_bytes := package.data("styles.xml"):
        body.read(xml_bytes, "styles.xml")
        body.blocks.clear()  # heads and feet of pages
        body.number = 0
        body.notes.clear()
    body.read(package.data(MAIN), MAIN)
    parts_left_out = ("its comments",) if body.has_comments else ()
    return TextDocument("LibreOffice", "paragraph", (*body.blocks, *body.notes), parts_left_out)


class _Style:
    def __init__(self, parent: str, shown: str) -> None:
        self.parent = parent
        self.shown = shown
        """The name that LibreOffice displays."""
        self.sides: list[float | None] = [None, None]
        """The left and right margin in millimetres, or None if inherited."""


class _Paragraph:
    def __init__(self, style: str, *, is_heading: bool) -> None:
        self.builder = BlockBuilder()
        self.style = style
        self.is_heading = is_heading


class _Body(XmlReader):
    def __init__(self) -> None:
        self.blocks: list[TextBlock] = []
        self.notes: list[TextBlock] = []
        self.number = 0
        self.has_comments = False
        self._styles: dict[str, _Style] = {}
        self._style: _Style | None = None
        self._open: list[_Paragraph] = []
        self._unseen = 0
        self._gap = False
        self._path: list[str] = []
        """The names of the open elements."""
        self._heading = ""
        self._counted = {"footnote": 0, "endnote": 0}
        self._note = ""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Implement `XmlReader.start`."""
        self._unseen += self._is_unseen(name)
        self._path.append(name)
        self.has_comments |= name == "annotation"
        if name == "style":
            # A style of words may have the name of a style of paragraphs.
            if given.get("family", "paragraph") == "paragraph":
                self._style = _Style(
                    given.get("parent-style-name", ""), given.get("display-name", "")
                )
                self._styles[given.get("name", "")] = self._style
        elif name == "paragraph-properties" and self._style is not None:
            common_margin = given.get("margin")
            for side_index, margin_name in enumerate(("margin-left", "margin-right")):
                self._style.sides[side_index] = millimetres(given.get(margin_name, common_margin))
        elif self._unseen:
            return
        elif name in ("p", "h"):
            self._open.append(_Paragraph(given.get("style-name", ""), is_heading=name == "h"))
        elif self._open:
            self._put(self._open[-1].builder, name, given)

    def _is_unseen(self, name: str) -> bool:
        """Return whether an element has no text of the document; call it before it opens."""
        is_description = name == "title" and (not self._path or self._path[-1] not in _INLINE)
        return is_description or name in _UNSEEN

    def _put(self, builder: BlockBuilder, name: str, given: Mapping[str, str]) -> None:
        if name in ("s", "tab"):  # however many blanks it stands for: they part two words
            builder.add(" ")
        elif name == "line-break":
            builder.add("\n")
        elif name == "a" and (address := given.get("href")):
            builder.link(address)
        elif name == "note":
            note_kind = "endnote" if given.get("note-class") == "endnote" else "footnote"
            self._counted[note_kind] += 1
            self._note = (
                f"{'note' if note_kind == 'footnote' else note_kind} {self._counted[note_kind]}"
            )
            builder.refer_to(self._note)

    def end(self, name: str) -> None:
        """Implement `XmlReader.end`."""
        self._path.pop()
        self._unseen -= self._is_unseen(name)
        if name == "style":
            self._style = None
        elif self._unseen:
            return
        elif name == "note":
            self._note = ""
        elif name in ("p", "h") and self._open:
            self._end_paragraph(self._open.pop())

    def _end_paragraph(self, ended: _Paragraph) -> None:
        block = ended.builder.block(self.number + 1, note=self._note, is_below_gap=self._gap)
        self._gap = block is None
        if block is None:
            return
        if ended.is_heading:
            self._heading = block.text
        is_apart = self._is_apart(ended.style)
        block = block._replace(
            is_heading=ended.is_heading, is_quotation=is_apart, heading=self._heading
        )
        if self._note:
            # It is within a paragraph that goes on after it.
            self.notes.append(block)
        else:
            self.number += 1
            self.blocks.append(block)

    def _is_apart(self, style: str) -> bool:
        left_margin: float | None = None
        right_margin: float | None = None
        for _ in range(_MOST_STYLES):
            if is_quotation_style(style.replace("_20_", " ")):
                return True
            if (known_style := self._styles.get(style)) is None:
                break
            if is_quotation_style(known_style.shown):
                return True
            left_margin = known_style.sides[0] if left_margin is None else left_margin
            right_margin = known_style.sides[1] if right_margin is None else right_margin
            style = known_style.parent
        return min(left_margin or 0.0, right_margin or 0.0) >= BOTH_SIDES

    def words(self, text: str) -> None:
        """Implement `XmlReader.words`."""
        if self._open and not self._unseen:
            self._open[-1].builder.add(text)
