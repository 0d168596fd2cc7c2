"""A document's page of history.state.gov, saved by a browser: its mark-up in TEI again.

The site makes its pages of the volumes and keeps the name of each element in a class, `tei-p3`,
`tei-dateline`; footnotes are a list below the document. What it drops is lost: dates in figures,
which are read from their words, and the offices that are marked in a heading. Made after the site's
own program, untried on pages that somebody saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape, unescape

from cable_tui.base.cable import FRUS, Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats.base import BrokenRecord, PageFormat
from cable_tui.formats.encodings import as_utf8, decode
from cable_tui.formats.frus import document, markup
from cable_tui.formats.frus.heading import printed_number
from cable_tui.formats.frus.volume import left_alone
from cable_tui.formats.html_page import CUT_TAG, MARKUP, behind_each, one_line
from cable_tui.formats.tables import days

_CLASS = r"\s[^<>]{0,300}?\bclass=[\"'](?:[^\"'<>]{0,200}\s)?"
_HEAD = pattern(rf"<h[1-6]{_CLASS}tei-head[^<>]{{0,400}}>")
_DIVISION = pattern(rf"<div{_CLASS}tei-div[^<>]{{0,400}}>")
_VOLUME = r"(?P<volume>frus[0-9]{4}[A-Za-z0-9-]{0,40}?)"
_ADDRESS = pattern(
    rf"<(?:!--|link|meta)[^<>]{{0,300}}historicaldocuments/{_VOLUME}/(?P<own>\w{{1,20}})"
)
"""The page's own address: in the comment of the browser that saved it, or its canonical link."""
_LINK = pattern(rf"historicaldocuments/{_VOLUME}/")
_NAMED = pattern(rf"{_VOLUME}[/\\_-]?(?P<own>d[0-9]{{1,4}})(?![A-Za-z0-9])")
_DOCUMENT = pattern(r"d[0-9]{1,4}")
_ITEM = pattern(r"<li\s[^<>]{0,200}?\bid=[\"']fn:([^\"'<>]{1,80})[\"'][^<>]{0,200}>")
_ITEM_END = pattern(r"<a\s[^<>]{0,200}?\bfn-back\b|</li>|</ol>")
_BELOW = pattern(rf"<div{_CLASS}footnotes\b|<(?:aside|footer)\b|</(?:main|body)\b")
"""What is below a document: its footnotes, or else the rest of the page."""
_TAG = pattern(r"<(?P<end>/)?(?P<name>[A-Za-z!][A-Za-z0-9]{0,20})[^<>]{0,2000}>")
_KIND = pattern(rf"<\w{{1,20}}{_CLASS}tei-([A-Za-z]{{1,20}})")
_HREF = pattern(r"\shref=[\"']([^\"'<>]{1,400})[\"']")
_ELEMENTS = {
    name.lower(): name
    for name in """
    p head dateline opener closer salute signed byline item label list table row cell l lg quote
    postscript trailer address addrLine persName placeName choice sic corr del note date
    """.split()
}
_PLAIN = {"p": "p", "li": "item", "ul": "list", "ol": "list", "tr": "row", "td": "cell"} | {
    "dt": "label",
    "dd": "item",
}
"""The elements of tags without a class of the site."""
_EMPTY = frozenset("! br hr img wbr input".split())
_DEEPEST = 90
_NEAR = 400
"""The characters of an element in which its day or number is looked for."""
_NUMBER = pattern(r"\s{0,80}([0-9]{1,4}|[*†‡]{1,4})")
_BLOCK_END = pattern(r"</(?:div|p)\b")
_DAY = pattern(
    r"(?P<day>[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4})(?:[ ,—–-]{1,3}(?:(?P<hour>[0-9]{1,2})"
    r"(?P<minute>:[0-9]{2})? ?(?P<half>[ap])\.?m\b|(?P<zulu>[0-2][0-9][0-5][0-9])Z))?"
)


class Page(PageFormat):
    """One document."""

    name = "frus-page"
    label = "page of a document on history.state.gov (FRUS)"
    repository = FRUS

    def matches(self, path: str, head: bytes) -> bool:
        """Recognise it by the site's classes and links, and the id of a document."""
        return b"historicaldocuments/frus" in head and bool(_document_id(decode(head), path))

    def left(self, cable: RawCable) -> str:
        """Implement `PageFormat.left`, as for a volume."""
        return left_alone(cable)

    def cable_at(self, record: bytes, location: Location) -> RawCable:
        """Implement `PageFormat.cable_at`: what an edition prints runs on into nothing."""
        return self.at(record, location)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        text = decode(as_utf8(record))
        volume, _, own_number = _document_id(text, location.path).partition("/")
        if not own_number:
            raise BrokenRecord("a page without the volume or the number of a document")
        tei, cut_off = _tei(text)
        marked_up = markup.read(f"<div>{tei}</div>")
        marked_up.attributes["id"] = own_number
        raw = document.cable(marked_up, volume, location)
        return replace(raw, format=self.name, cut_off=cut_off)


def _document_id(text: str, path: str) -> str:
    """Return `frus1955-57v17/d89` by the page's address, its file's name, or its heading.

    Empty for a page that is none of a document.
    """
    head = _HEAD.search(text)
    if head is None:
        return ""
    if own_id := _ADDRESS.search(text, 0, head.start()) or _NAMED.search(path):
        return f"{own_id['volume']}/{own_id['own']}" if _DOCUMENT.fullmatch(own_id["own"]) else ""
    link = _LINK.search(text)
    document_number = printed_number(
        one_line(MARKUP.sub("", text[head.end() : head.end() + _NEAR]))
    )
    return f"{link['volume']}/d{document_number}" if link and document_number else ""


def _tei(page: str) -> tuple[str, bool]:
    """Return the content of a document as well-formed XML, and whether the page is cut off."""
    head = _HEAD.search(page)
    begin = head.start() if head else 0
    end_of_document = _BELOW.search(page, begin)
    end = end_of_document.start() if end_of_document else len(page)
    start = max(
        (division.start() for division in _DIVISION.finditer(page, 0, begin)), default=begin
    )
    note_by_key: dict[str, str] = {}
    for item, content in behind_each(_ITEM, page[end:]):
        note_by_key.setdefault(item[1], _Writer({}).read(_ITEM_END.split(content, 1)[0]))
    writer = _Writer(note_by_key)
    page_text = writer.read(page[start:end])
    return page_text, not (end_of_document or writer.ended) or writer.lacks_note


class _Writer:
    """Writes mark-up of the site as TEI, in which each element is closed."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = notes
        """The footnotes, in TEI, by the ids that the text calls them by."""
        self._pieces: list[str] = []
        self._open: list[tuple[str, str]] = []
        """The open tags, and the element that each became; empty if none."""
        self._hidden = 0
        """How many tags are open with the one whose content is left out; 0 if none is."""
        self.ended = False
        """Whether the division that it began with has its end."""
        self.lacks_note = False

    def read(self, html: str) -> str:
        """Return some mark-up in TEI, up to the end of the division that it begins with."""
        page_offset = 0
        for found in _TAG.finditer(html):
            self._write(escape(unescape(html[page_offset : found.start()])))
            page_offset, name = found.end(), found["name"].lower()
            if name in _EMPTY:
                self._write("<lb/>" if name == "br" else "")
            elif not found["end"] and len(self._open) < _DEEPEST:
                self._begin(name, found[0], html[page_offset : page_offset + _NEAR])
            elif found["end"] and any(tag == name for tag, _ in self._open):
                while self._close() != name:
                    pass
                self.ended = name == "div" and not self._open
            if self.ended:
                break
        else:
            self._write(escape(unescape(CUT_TAG.sub("", html[page_offset:]))))
        while self._open:
            self._close()
        return "".join(self._pieces)

    def _write(self, piece: str) -> None:
        if not self._hidden:
            self._pieces.append(piece)

    def _begin(self, name: str, tag: str, content: str) -> None:
        """Open an element; the number of a footnote is replaced by the note."""
        kind_match, link = _KIND.match(tag), _HREF.search(tag)
        kind = kind_match[1].lower() if kind_match else ""
        target = unescape(link[1]).rpartition("historicaldocuments/")[2] if link else ""
        note = target.partition("#fn:")[2]
        element = _ELEMENTS.get(kind) or _PLAIN.get(name, "ref" if target else "")
        is_note = note in self._notes or (bool(note) and "footnote" in tag)
        if is_note and not self._hidden:
            while self._pieces and self._pieces[-1].isspace():
                self._pieces.pop()
            element, text = "note", self._notes.get(note, "")
            self.lacks_note = self.lacks_note or not text
            number_match = _NUMBER.match(content)
            source = ' type="source"' if text.lstrip().startswith("Source:") else ""
            self._write(f'<note n="{number_match[1] if number_match else ""}"{source}>{text}')
        elif not self._hidden:
            day_of_element = _when(content) if element in {"date", "dateline"} else ""
            attributes = {
                "ref": f' target="{escape(target)}"',
                "note": ' rend="inline"',
                "p": ' rend="center"' if "center" in tag else "",
                "date": f' when="{day_of_element}"' if day_of_element else "",
            }.get(element, "")
            day = (
                f'<date when="{day_of_element}"/>'
                if element == "dateline" and day_of_element
                else ""
            )
            self._write(f"<{element}{attributes}>{day}" if element else "")
        self._open.append((name, "" if self._hidden else element))
        if not self._hidden and (is_note or kind == "pb"):
            self._hidden = len(self._open)

    def _close(self) -> str:
        """Close the innermost element; return the name of its tag."""
        if self._hidden == len(self._open):
            self._hidden = 0
        name, element = self._open.pop()
        self._write(f"</{element}>" if element else "")
        return name


def _when(content: str) -> str:
    """Return the first day in an element, with its time if it has one: `1957-02-12T23:00`."""
    words = " ".join(unescape(MARKUP.sub("", _BLOCK_END.split(content, 1)[0])).split())
    day_match = _DAY.search(words)
    if day_match is None:
        return ""
    clock = f" {day_match['zulu'][:2]}:{day_match['zulu'][2:]}" if day_match["zulu"] else ""
    if day_match["half"]:
        clock = f" {day_match['hour']}{day_match['minute'] or ':00'} {day_match['half']}m"
    day = days.parsed(day_match["day"] + clock, "month first")
    return day.replace(" ", "T") if day[:1].isdigit() else ""


FORMAT = Page()
