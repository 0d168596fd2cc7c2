"""A document's page on history.state.gov, saved by a browser, converted back to TEI.

The site generates its pages from the volumes and keeps each element's name in a class: `tei-p3`,
`tei-dateline`. Footnotes are in a list below the document. Some markup is lost: numeric dates,
which are read from the words instead, and the offices marked in a heading. This parser was written
from the site's source code and is untested on saved pages.
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
"""The page's own address, in the comment of the browser that saved it or in its canonical link."""
_LINK = pattern(rf"historicaldocuments/{_VOLUME}/")
_NAMED = pattern(rf"{_VOLUME}[/\\_-]?(?P<own>d[0-9]{{1,4}})(?![A-Za-z0-9])")
_DOCUMENT = pattern(r"d[0-9]{1,4}")
_ITEM = pattern(r"<li\s[^<>]{0,200}?\bid=[\"']fn:([^\"'<>]{1,80})[\"'][^<>]{0,200}>")
_ITEM_END = pattern(r"<a\s[^<>]{0,200}?\bfn-back\b|</li>|</ol>")
_BELOW = pattern(rf"<div{_CLASS}footnotes\b|<(?:aside|footer)\b|</(?:main|body)\b")
"""The beginning of the text below a document: its footnotes, or else the rest of the page."""
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
"""The elements to use for tags without one of the site's classes."""
_EMPTY = frozenset("! br hr img wbr input".split())
_DEEPEST = 90
_NEAR = 400
"""How many of an element's first characters are searched for its date or number."""
_NUMBER = pattern(r"\s{0,80}([0-9]{1,4}|[*†‡]{1,4})")
_BLOCK_END = pattern(r"</(?:div|p)\b")
_DAY = pattern(
    r"(?P<day>[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4})(?:[ ,—–-]{1,3}(?:(?P<hour>[0-9]{1,2})"
    r"(?P<minute>:[0-9]{2})? ?(?P<half>[ap])\.?m\b|(?P<zulu>[0-2][0-9][0-5][0-9])Z))?"
)


class Page(PageFormat):
    """A page that contains one document."""

    name = "frus-page"
    label = "page of a document on history.state.gov (FRUS)"
    repository = FRUS

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a page by the site's classes and links, and the ID of a document."""
        return b"historicaldocuments/frus" in head and bool(_document_id(decode(head), path))

    def left(self, cable: RawCable) -> str:
        """Implement `PageFormat.left`, as for a volume."""
        return left_alone(cable)

    def cable_at(self, record: bytes, location: Location) -> RawCable:
        """Implement `PageFormat.cable_at`; a printed document never runs on into another."""
        return self.at(record, location)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        page_text = decode(as_utf8(record))
        volume, _, own_number = _document_id(page_text, location.path).partition("/")
        if not own_number:
            raise BrokenRecord("a page without a volume or document number")
        tei, cut_off = _tei(page_text)
        marked_up = markup.read(f"<div>{tei}</div>")
        marked_up.attributes["id"] = own_number
        raw = document.cable(marked_up, volume, location)
        return replace(raw, format=self.name, cut_off=cut_off)


def _document_id(text: str, path: str) -> str:
    """Return `frus1955-57v17/d89` from the page's address, file name or heading.

    Return an empty string for a page that is not a document.
    """
    head_match = _HEAD.search(text)
    if head_match is None:
        return ""
    if address_match := _ADDRESS.search(text, 0, head_match.start()) or _NAMED.search(path):
        return (
            f"{address_match['volume']}/{address_match['own']}"
            if _DOCUMENT.fullmatch(address_match["own"])
            else ""
        )
    volume_link = _LINK.search(text)
    document_number = printed_number(
        one_line(MARKUP.sub("", text[head_match.end() : head_match.end() + _NEAR]))
    )
    return f"{volume_link['volume']}/d{document_number}" if volume_link and document_number else ""


def _tei(page: str) -> tuple[str, bool]:
    """Return the content of a document as well-formed XML, and whether the page is cut off."""
    head_match = _HEAD.search(page)
    head_start = head_match.start() if head_match else 0
    end_match = _BELOW.search(page, head_start)
    document_end = end_match.start() if end_match else len(page)
    document_start = max(
        (division.start() for division in _DIVISION.finditer(page, 0, head_start)),
        default=head_start,
    )
    note_by_key: dict[str, str] = {}
    for note_item, note_html in behind_each(_ITEM, page[document_end:]):
        note_by_key.setdefault(note_item[1], _Writer({}).read(_ITEM_END.split(note_html, 1)[0]))
    writer = _Writer(note_by_key)
    page_text = writer.read(page[document_start:document_end])
    return page_text, not (end_match or writer.ended) or writer.lacks_note


class _Writer:
    """Writes the site's markup as TEI in which every element is closed."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = notes
        """The footnotes in TEI, keyed by the IDs that the text uses for them."""
        self._pieces: list[str] = []
        self._open: list[tuple[str, str]] = []
        """The open tags, with the element that each became, or an empty string if none."""
        self._hidden = 0
        """The number of open tags when content began to be skipped, or 0 if no content is skipped.
        """
        self.ended = False
        """Whether the first division has been closed."""
        self.lacks_note = False

    def read(self, html: str) -> str:
        """Return some markup as TEI, up to the end of the division with which the markup begins."""
        copied_end = 0
        for tag_match in _TAG.finditer(html):
            self._write(escape(unescape(html[copied_end : tag_match.start()])))
            copied_end, tag_name = tag_match.end(), tag_match["name"].lower()
            if tag_name in _EMPTY:
                self._write("<lb/>" if tag_name == "br" else "")
            elif not tag_match["end"] and len(self._open) < _DEEPEST:
                self._begin(tag_name, tag_match[0], html[copied_end : copied_end + _NEAR])
            elif tag_match["end"] and any(open_tag == tag_name for open_tag, _ in self._open):
                while self._close() != tag_name:
                    pass
                self.ended = tag_name == "div" and not self._open
            if self.ended:
                break
        else:
            self._write(escape(unescape(CUT_TAG.sub("", html[copied_end:]))))
        while self._open:
            self._close()
        return "".join(self._pieces)

    def _write(self, piece: str) -> None:
        if not self._hidden:
            self._pieces.append(piece)

    def _begin(self, name: str, tag: str, content: str) -> None:
        """Open an element; a footnote number is replaced by the note itself."""
        kind_match, href_match = _KIND.match(tag), _HREF.search(tag)
        tei_class = kind_match[1].lower() if kind_match else ""
        target = unescape(href_match[1]).rpartition("historicaldocuments/")[2] if href_match else ""
        note_id = target.partition("#fn:")[2]
        element = _ELEMENTS.get(tei_class) or _PLAIN.get(name, "ref" if target else "")
        is_note = note_id in self._notes or (bool(note_id) and "footnote" in tag)
        if is_note and not self._hidden:
            while self._pieces and self._pieces[-1].isspace():
                self._pieces.pop()
            element, note_text = "note", self._notes.get(note_id, "")
            self.lacks_note = self.lacks_note or not note_text
            number_match = _NUMBER.match(content)
            source_attribute = ' type="source"' if note_text.lstrip().startswith("Source:") else ""
            self._write(
                f'<note n="{number_match[1] if number_match else ""}"{source_attribute}>{note_text}'
            )
        elif not self._hidden:
            iso_date = _when(content) if element in {"date", "dateline"} else ""
            attributes = {
                "ref": f' target="{escape(target)}"',
                "note": ' rend="inline"',
                "p": ' rend="center"' if "center" in tag else "",
                "date": f' when="{iso_date}"' if iso_date else "",
            }.get(element, "")
            date_element = (
                f'<date when="{iso_date}"/>' if element == "dateline" and iso_date else ""
            )
            self._write(f"<{element}{attributes}>{date_element}" if element else "")
        self._open.append((name, "" if self._hidden else element))
        if not self._hidden and (is_note or tei_class == "pb"):
            self._hidden = len(self._open)

    def _close(self) -> str:
        """Close the innermost element, and return the name of its tag."""
        if self._hidden == len(self._open):
            self._hidden = 0
        tag_name, element = self._open.pop()
        self._write(f"</{element}>" if element else "")
        return tag_name


def _when(content: str) -> str:
    """Return the first date in an element, with a time if there is one: `1957-02-12T23:00`."""
    element_text = " ".join(unescape(MARKUP.sub("", _BLOCK_END.split(content, 1)[0])).split())
    day_match = _DAY.search(element_text)
    if day_match is None:
        return ""
    clock_time = f" {day_match['zulu'][:2]}:{day_match['zulu'][2:]}" if day_match["zulu"] else ""
    if day_match["half"]:
        clock_time = f" {day_match['hour']}{day_match['minute'] or ':00'} {day_match['half']}m"
    date_text = days.parsed(day_match["day"] + clock_time, "month first")
    return date_text.replace(" ", "T") if date_text[:1].isdigit() else ""


FORMAT = Page()
