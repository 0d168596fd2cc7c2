"""Pages of the site as saved from December 2010 to August 2011: one cable a file.

A page is cut at its heading, which drops the menus (75 to 95 % of it); cells and texts are then
found by linear searches. Its texts are not escaped as HTML asks: `&pounding` and `<<218634>>` stand
for themselves, so that only the few real tags and complete entities are read as such.
"""

from __future__ import annotations

import re

from cable_tui.cable import Place, RawCable
from cable_tui.formats.base import BrokenRecord, PageFormat, line_of
from cable_tui.formats.encodings import as_utf8, decode
from cable_tui.formats.markup import MARKUP, entities, one_line
from cable_tui.pattern import pattern
from cable_tui.repository import CABLEGATE
from cable_tui.text import clean_line, clean_text

_HEADING = b"<h3>Viewing cable "
_SITE = b"<title>Cable Viewer</title>"
_NAME = pattern(r"(?:^|[/\\])[0-9]{2}[A-Z]{2,40}[0-9]{1,6}\.html?$")
_LONGEST_TABLE = 1 << 18
_HREF = pattern(r"""href=(?:'([^'<>]{1,2000})'|"([^"<>]{1,2000})")""")
_CELL = pattern(r"<t([hd])(?:\s[^<>]{0,200})?>")
_ANCHOR = pattern(r"""<a id=['"](par\w{1,12})['"] href=['"]#\w{1,16}['"]>¶</a>""", re.ASCII)
_BREAK = pattern(r"<br ?/?>(\n?)")
_TAG = pattern(r"</?(?:strong|em|td|tr|table|a(?: [^<>]{0,2000})?)>")
_ROW_END = pattern(r"\\ ?(?=\n|$)")
_ROW_ENDS = 3
"""Lines that must end in a backslash before that is taken for the end of a pasted row."""


class HtmlPage(PageFormat):
    """`cable/2009/02/09CASABLANCA27.html` of the site, in its tree or alone."""

    name = "html-page"
    label = "HTML page of the WikiLeaks site (2010-2011)"
    rank = 10
    repository = CABLEGATE

    def matches(self, path: str, head: bytes) -> bool:
        """By the heading of cables; a page cut before it is still known by the name of its file."""
        return _HEADING in head or (_SITE in head and bool(_NAME.search(path)))

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        data = as_utf8(record)
        start = data.find(_HEADING)
        if start < 0:
            raise BrokenRecord("the page is cut off before its heading 'Viewing cable'")
        try:
            return _page(decode(data[start + len(_HEADING) :]), place)
        except BrokenRecord as broken:
            raise BrokenRecord(str(broken), line_of(data, start) + broken.line) from None


def _page(text: str, place: Place) -> RawCable:
    """The cable of a page that was cut at its heading."""
    blocks = _blocks(text)
    heading = text[: max(text.find("</h3>"), 0)]
    table = _table(text)
    cells = _cells(table)
    given, _, title = heading.partition(", ")
    reference_id = cells.get("Reference ID") or one_line(given).rstrip(", ")
    if not reference_id:
        raise BrokenRecord("no reference ID")
    anchors: list[str] = []
    return RawCable(
        reference_id=reference_id,
        created=cells.get("Created", ""),
        released=cells.get("Released", ""),
        classification=cells.get("Classification", ""),
        origin=cells.get("Origin", ""),
        title=_ROW_END.sub("", clean_line(entities(_BREAK.sub(" ", title))).strip()).rstrip(),
        header=_block(blocks[0], anchors) if len(blocks) > 1 else "",
        body="\n".join(_block(block, anchors) for block in blocks[1:] or blocks),
        format=HtmlPage.name,
        place=place,
        articles=_articles(table),
        anchors=tuple(anchors),
    )


def _blocks(text: str) -> list[str]:
    """The `<pre>` blocks: header and body; body alone; or header and parts of the body."""
    blocks = []
    at = text.find("<pre>")
    while at >= 0:
        end = text.find("</pre>", at)
        if end < 0:
            raise BrokenRecord("the page is cut off inside its text", text.count("\n", 0, at))
        blocks.append(text[at + len("<pre>") : end])
        at = text.find("<pre>", end)
    if not blocks:
        raise BrokenRecord("the page has no text")
    return blocks


def _table(text: str) -> str:
    """The top box: from the heading to the first text."""
    start = text.find("<table")
    end = text.find("<pre>")
    if not 0 <= start < end:
        return ""
    return text[start : min(end, start + _LONGEST_TABLE)]


def _cells(table: str) -> dict[str, str]:
    """Cells by the words of their column's heading: a later layout had one column less."""
    marks = list(_CELL.finditer(table))
    ends = [mark.start() for mark in marks[1:]] + [len(table)]
    found: dict[str, list[str]] = {"h": [], "d": []}
    for mark, end in zip(marks, ends, strict=False):
        found[mark[1]].append(one_line(MARKUP.sub("", table[mark.end() : end])))
    return dict(zip(found["h"], found["d"], strict=False))


def _articles(table: str) -> tuple[str, ...]:
    """Addresses as the page has them, `http://http://...` and all."""
    _, _, row = table.partition("colspan=")
    addresses = (single or double for single, double in _HREF.findall(row))
    return tuple(dict.fromkeys(clean_line(entities(address)) for address in addresses))


def _block(markup: str, anchors: list[str]) -> str:
    """The text of a `<pre>` block; the site's paragraph anchors go to `anchors`, with their `¶`."""
    text = markup.replace("&#x000A;", "\n")
    if "<" in text:
        anchors.extend(_ANCHOR.findall(text))
        text = _TAG.sub("", _BREAK.sub("\n", _ANCHOR.sub("", text)))
    if text.count("\\\n") >= _ROW_ENDS:
        text = _ROW_END.sub("", text)
    return clean_text(entities(text))


FORMAT = HtmlPage()
