"""Pages of the site, saved by any program from December 2010 to August 2011.

A page is cut at its heading, which drops the menus (75 to 95 % of it); cells and texts are then
found by linear searches. Its texts are not escaped as in HTML: `&pounding` and `<<218634>>` are
plain text, so only the few real tags and complete entities are read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.entities import name2codepoint

from cable_tui.base.cable import CABLEGATE, Location, RawCable
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.formats.base import BrokenRecord, PageFormat, Start, line_of
from cable_tui.formats.encodings import as_utf8, decode
from cable_tui.formats.pages import signs
from cable_tui.text import UNKNOWN, clean_line, clean_text

_SITE = b"<title>Cable Viewer</title>"
_NAME = pattern(r"(?:^|[/\\])[0-9]{2}[A-Z]{2,40}[0-9]{1,6}\.html?$")
IN_A_TABLE = pattern(
    rb"(?:\xef\xbb\xbf)?\s{0,400}(?:[\[{]\s{0,80}[\[{\"]"
    rb"|[^<\r\n]{1,400}\r?\n[^<\r\n]{0,400}[,;|\t]\"\s{0,80}<)"
)
"""The beginning of a table that has pages in a column."""
_ANOTHER = pattern(r"<(?:html|HTML)[\s>]")
_LONGEST_TABLE = 1 << 18
_TABLE = pattern(r"<(?:table|TABLE)[\s>]")
_PRE = pattern(r"<(?:pre|PRE)(?:\s[^<>]{0,200})?>")
_PRE_END = pattern(r"</(?:pre|PRE)\s?>")
_HEADING_END = pattern(r"</[hH]3\s?>")
CUT_TAG = pattern(r"<[^<>]{0,2000}\Z|&#?\w{0,8}\Z")
_TRANSMITTED = pattern(r"\s{0,40}(?:VZCZC|(?:[ZOPR]{1,2} ){1,2}[0-9]{6}Z |INFO {1,4}LOG-)")
_ARTICLES = pattern(r"\scolspan=", re.IGNORECASE)
_HREF = pattern(
    r"""\shref=(?:'([^'<>]{1,2000})'|"([^"<>]{1,2000})"|([^\s'"<>]{1,2000}))""", re.IGNORECASE
)
_WAYBACK = pattern(r"https?://web\.archive\.org/web/[0-9]{4,14}(?:[a-z]{2}_)?/")
_WRAPPED = pattern(r"[ \t]{0,200}\n[ \t]{0,200}")
_CELL = pattern(r"<[tT]([hdHD])(?:\s[^<>]{0,200})?>")
_ANCHOR = pattern(r"""<a id=['"](par\w{1,12})['"] href=['"][^<>'"]{0,300}['"]>¶</a>""", re.ASCII)
_ANY_ANCHOR = pattern(  # three times slower, for pages that a program has rewritten
    r"""<[aA](?=[^<>]{0,300}\s(?:id|ID)=['"]?(par\w{1,12})\b)\s[^<>]{0,600}>¶</[aA]>""", re.ASCII
)
_SIGN = pattern(r">&(?:para|#182|#[xX]0{0,4}[bB]6);<")
"""The sign of an anchor in programs that use only ASCII."""
_BREAK = pattern(r"<(?:br|BR) ?/?>(\n?)")
_TAG = pattern(r"</?(?:strong|em|td|tr|table|a(?:\s[^<>]{0,2000})?)>")
_UPPER_TAG = pattern(r"</?(?:STRONG|EM|TD|TR|TABLE|A(?:\s[^<>]{0,2000})?)>")
_ROW_END = pattern(r"\\ ?(?=\n|$)")
_ROW_ENDS = 3
"""Number of lines that must end in a backslash to be taken for ends of pasted rows."""


class HtmlPage(PageFormat):
    """`cable/2009/02/09CASABLANCA27.html` of the site, in its tree or alone."""

    name = "html-page"
    label = "HTML page of the WikiLeaks site (2010-2011)"
    repository = CABLEGATE
    splits = "all"

    def matches(self, path: str, head: bytes) -> bool:
        """Recognise it by the heading of cables, or a page cut before it by its file's name."""
        if IN_A_TABLE.match(head):
            return False
        heading = next(signs.symbols(head, 0, self.name), None)
        return heading is not None or (_SITE in head and bool(_NAME.search(path)))

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:  # noqa: ARG002
        """Yield starts at the document around a heading, or at the heading of an incomplete one."""
        return signs.documents_behind(data, after, self.name, "a second heading 'Viewing cable'")

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        data = as_utf8(record)
        heading = next(signs.symbols(data, 0, self.name), None)
        if heading is None:
            raise BrokenRecord("the page is cut off before its heading 'Viewing cable'")
        try:
            return _page(decode(data[heading.end() :]), location)
        except BrokenRecord as broken:
            line = line_of(data, heading.start()) + broken.line
            raise BrokenRecord(str(broken), line) from None

    def text_and_anchors(self, record: bytes) -> tuple[str, Sequence[str]]:
        """Implement `PageFormat.text_and_anchors`: what is left of a `<pre>` block."""
        text = decode(as_utf8(record))
        end = _PRE_END.search(text)
        anchors: list[str] = []
        return _block(text[: end.start()] if end else CUT_TAG.sub("", text), anchors), anchors


def _page(text: str, location: Location) -> RawCable:
    """Return the cable of a page that was cut at its heading."""
    blocks, cut_off = _blocks(text)
    heading_end = _HEADING_END.search(text)
    heading = text[: heading_end.start()] if heading_end else ""
    head_table = _table(text)
    table_cells = _cells(head_table)
    id_in_title, _, title = _WRAPPED.sub(" ", heading.strip()).partition(", ")
    reference_id = table_cells.get("Reference ID") or one_line(id_in_title).rstrip(", ")
    if not reference_id:
        raise BrokenRecord("no reference ID")
    block_anchors: list[str] = []
    if len(blocks) == 1 and cut_off and _TRANSMITTED.match(blocks[0]):
        blocks.append("")
    return RawCable(
        reference_id=reference_id,
        created=table_cells.get("Created", ""),
        released=table_cells.get("Released", ""),
        classification=table_cells.get("Classification", ""),
        origin=table_cells.get("Origin", ""),
        title=_ROW_END.sub("", clean_line(entities(_BREAK.sub(" ", title))).strip()).rstrip(),
        header=_block(blocks[0], block_anchors) if len(blocks) > 1 else "",
        body="\n".join(_block(block, block_anchors) for block in blocks[1:] or blocks),
        format=HtmlPage.name,
        location=location,
        articles=_articles(head_table),
        anchors=tuple(block_anchors),
        cut_off=cut_off,
    )


def _blocks(text: str) -> tuple[list[str], bool]:
    """Return the `<pre>` blocks, and whether the page is cut off in or between them.

    They are header and body, the body alone, or the header and parts of the body.
    """
    text_blocks: list[str] = []
    searched_to = 0
    while begin := _PRE.search(text, searched_to):
        if text_blocks and _ANOTHER.search(text, searched_to, begin.start()):
            break
        end = _PRE_END.search(text, begin.end())
        if end is None:
            text_blocks.append(CUT_TAG.sub("", text[begin.end() :]))
            return text_blocks, True
        text_blocks.append(text[begin.end() : end.start()])
        searched_to = end.end()
    if not text_blocks:
        raise BrokenRecord("the page has no text")
    has_one_header = len(text_blocks) == 1 and _TRANSMITTED.match(text_blocks[0]) is not None
    return text_blocks, has_one_header and text.find("</", searched_to + len("</code>")) < 0


def texts(markup: str, anchors: list[str]) -> list[str]:
    """Return the texts of the `<pre>` blocks; the site's anchors go to `anchors`."""
    return [_block(block, anchors) for block in _blocks(markup)[0]]


def _table(text: str) -> str:
    """Return the top box: from the heading to the first text."""
    start, end = _TABLE.search(text), _PRE.search(text)
    if start is None or end is None or end.start() < start.start():
        return ""
    return text[start.start() : min(end.start(), start.start() + _LONGEST_TABLE)]


def _cells(table: str) -> dict[str, str]:
    """Return cells by the words of their column's heading: a later layout had one column less."""
    cells_by_tag: dict[str, list[str]] = {"h": [], "d": []}
    for symbol, markup in behind_each(_CELL, table):
        cells_by_tag[symbol[1].lower()].append(one_line(MARKUP.sub("", markup)))
    return dict(zip(cells_by_tag["h"], cells_by_tag["d"], strict=False))


def _articles(table: str) -> tuple[str, ...]:
    """Return addresses from the page, with `http://http://...` unchanged."""
    row = _ARTICLES.search(table)
    if row is None:
        return ()
    addresses = (_WAYBACK.sub("", "".join(groups)) for groups in _HREF.findall(table, row.end()))
    return tuple(dict.fromkeys(clean_line(entities(address)) for address in addresses))


def _block(markup: str, anchors: list[str]) -> str:
    """Return the text of a `<pre>` block.

    The site's paragraph anchors go to `anchors`, with their `¶`.
    """
    text = markup.replace("&#x000A;", "\n")
    if "<" in text:
        text = _SIGN.sub(">¶<", text) if ">&" in text else text
        anchor = _ANCHOR if "<a id='" in text else _ANY_ANCHOR
        anchors.extend(anchor.findall(text))
        text = _TAG.sub("", _BREAK.sub("\n", anchor.sub("", text)))
        text = _UPPER_TAG.sub("", text) if "<" in text else text
    if text.count("\\\n") >= _ROW_ENDS:
        text = _ROW_END.sub("", text)
    return clean_text(entities(text))


MARKUP = pattern(r"<[^<>]{0,2100}>")
"""Anything that looks like a tag: for cells, whose text has none."""
_ENTITY = pattern(r"&(?:#(?:([0-9]{1,7})|[xX]([0-9A-Fa-f]{1,6}))|([A-Za-z]{2,8}[0-9]{0,2}));")


def entities(text: str) -> str:
    """Replace complete entities only: a name without a semicolon is part of the cable."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def behind_each(sign: Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each match of a sign, and the text after it up to the next one or the end."""
    symbols = list(sign.finditer(text))
    symbol_ends = [symbol.start() for symbol in symbols[1:]] + [len(text)]
    for symbol, end in zip(symbols, symbol_ends, strict=False):
        yield symbol, text[symbol.end() : end]


def one_line(words: str) -> str:
    """Return the text of a heading or cell on one line, with single spaces."""
    return " ".join(clean_line(entities(words)).split())


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        point = name2codepoint.get(name)
        return chr(point) if point else match.group()
    code_point = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code_point) if code_point < 0x110000 else UNKNOWN


FORMAT = HtmlPage()
