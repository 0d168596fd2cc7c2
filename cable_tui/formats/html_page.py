"""Pages of the cable site, saved with any program from December 2010 to August 2011.

A page is cut at its heading, which drops the menus (75 to 95% of the page); then linear searches
find its cells and texts. The texts are not escaped as HTML requires: `&pounding` and `<<218634>>`
are plain text, so only the few real tags and complete entities are interpreted.
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
"""The beginning of a table that contains pages in one of its columns."""
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
"""The `¶` of an anchor as an entity, written by programs that use only ASCII."""
_BREAK = pattern(r"<(?:br|BR) ?/?>(\n?)")
_TAG = pattern(r"</?(?:strong|em|td|tr|table|a(?:\s[^<>]{0,2000})?)>")
_UPPER_TAG = pattern(r"</?(?:STRONG|EM|TD|TR|TABLE|A(?:\s[^<>]{0,2000})?)>")
_ROW_END = pattern(r"\\ ?(?=\n|$)")
_ROW_ENDS = 3
"""The minimum number of lines that must end in a backslash to be treated as pasted row ends."""


class HtmlPage(PageFormat):
    """A page such as `cable/2009/02/09CASABLANCA27.html`, in the site's folders or on its own."""

    name = "html-page"
    label = "HTML page of the WikiLeaks site (2010-2011)"
    repository = CABLEGATE
    splits = "all"

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a page by its cable heading, or by its file name if the heading is cut off."""
        if IN_A_TABLE.match(head):
            return False
        heading = next(signs.symbols(head, 0, self.name), None)
        return heading is not None or (_SITE in head and bool(_NAME.search(path)))

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:  # noqa: ARG002
        """Yield starts of the document around a heading, or of the heading without a document."""
        return signs.documents_behind(data, after, self.name, "a second heading 'Viewing cable'")

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        page_bytes = as_utf8(record)
        heading = next(signs.symbols(page_bytes, 0, self.name), None)
        if heading is None:
            raise BrokenRecord("the page is cut off before its heading 'Viewing cable'")
        try:
            return _page(decode(page_bytes[heading.end() :]), location)
        except BrokenRecord as broken:
            line_number = line_of(page_bytes, heading.start()) + broken.line
            raise BrokenRecord(str(broken), line_number) from None

    def text_and_anchors(self, record: bytes) -> tuple[str, Sequence[str]]:
        """Implement `PageFormat.text_and_anchors` for the rest of a `<pre>` block."""
        block_markup = decode(as_utf8(record))
        pre_end = _PRE_END.search(block_markup)
        anchor_names: list[str] = []
        return _block(
            block_markup[: pre_end.start()] if pre_end else CUT_TAG.sub("", block_markup),
            anchor_names,
        ), anchor_names


def _page(text: str, location: Location) -> RawCable:
    """Return the cable of a page that was cut at its heading."""
    blocks, cut_off = _blocks(text)
    heading_end = _HEADING_END.search(text)
    heading_text = text[: heading_end.start()] if heading_end else ""
    head_table = _table(text)
    table_cells = _cells(head_table)
    id_in_title, _, title = _WRAPPED.sub(" ", heading_text.strip()).partition(", ")
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
    """Return the `<pre>` blocks, and whether the page is cut off inside or between them.

    The blocks are header and body, or only the body, or the header and parts of the body.
    """
    text_blocks: list[str] = []
    search_start = 0
    while pre_start := _PRE.search(text, search_start):
        if text_blocks and _ANOTHER.search(text, search_start, pre_start.start()):
            break
        pre_end = _PRE_END.search(text, pre_start.end())
        if pre_end is None:
            text_blocks.append(CUT_TAG.sub("", text[pre_start.end() :]))
            return text_blocks, True
        text_blocks.append(text[pre_start.end() : pre_end.start()])
        search_start = pre_end.end()
    if not text_blocks:
        raise BrokenRecord("the page has no text")
    has_one_header = len(text_blocks) == 1 and _TRANSMITTED.match(text_blocks[0]) is not None
    return text_blocks, has_one_header and text.find("</", search_start + len("</code>")) < 0


def texts(markup: str, anchors: list[str]) -> list[str]:
    """Return the texts of the `<pre>` blocks, and add the site's anchors to `anchors`."""
    return [_block(block, anchors) for block in _blocks(markup)[0]]


def _table(text: str) -> str:
    """Return the top box: the table between the heading and the first text."""
    table_start, pre_start = _TABLE.search(text), _PRE.search(text)
    if table_start is None or pre_start is None or pre_start.start() < table_start.start():
        return ""
    return text[table_start.start() : min(pre_start.start(), table_start.start() + _LONGEST_TABLE)]


def _cells(table: str) -> dict[str, str]:
    """Return cells by column heading, because a later layout had one column less."""
    cells_by_tag: dict[str, list[str]] = {"h": [], "d": []}
    for cell_tag, markup in behind_each(_CELL, table):
        cells_by_tag[cell_tag[1].lower()].append(one_line(MARKUP.sub("", markup)))
    return dict(zip(cells_by_tag["h"], cells_by_tag["d"], strict=False))


def _articles(table: str) -> tuple[str, ...]:
    """Return the addresses of articles on the page; `http://http://...` is unchanged."""
    articles_row = _ARTICLES.search(table)
    if articles_row is None:
        return ()
    addresses = (
        _WAYBACK.sub("", "".join(link_groups))
        for link_groups in _HREF.findall(table, articles_row.end())
    )
    return tuple(dict.fromkeys(clean_line(entities(address)) for address in addresses))


def _block(markup: str, anchors: list[str]) -> str:
    """Return the text of a `<pre>` block.

    Its paragraph anchors are added to `anchors`, and removed from the text with their `¶`.
    """
    block_text = markup.replace("&#x000A;", "\n")
    if "<" in block_text:
        block_text = _SIGN.sub(">¶<", block_text) if ">&" in block_text else block_text
        anchor_pattern = _ANCHOR if "<a id='" in block_text else _ANY_ANCHOR
        anchors.extend(anchor_pattern.findall(block_text))
        block_text = _TAG.sub("", _BREAK.sub("\n", anchor_pattern.sub("", block_text)))
        block_text = _UPPER_TAG.sub("", block_text) if "<" in block_text else block_text
    if block_text.count("\\\n") >= _ROW_ENDS:
        block_text = _ROW_END.sub("", block_text)
    return clean_text(entities(block_text))


MARKUP = pattern(r"<[^<>]{0,2100}>")
"""Any text that looks like a tag; used for cells, whose text contains no such characters."""
_ENTITY = pattern(r"&(?:#(?:([0-9]{1,7})|[xX]([0-9A-Fa-f]{1,6}))|([A-Za-z]{2,8}[0-9]{0,2}));")


def entities(text: str) -> str:
    """Replace only complete entities, because a name without a semicolon is part of the cable."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def behind_each(sign: Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each match of a pattern, with the text after it up to the next match or the end."""
    matches = list(sign.finditer(text))
    text_ends = [current_match.start() for current_match in matches[1:]] + [len(text)]
    for current_match, text_end in zip(matches, text_ends, strict=False):
        yield current_match, text[current_match.end() : text_end]


def one_line(words: str) -> str:
    """Return the text of a heading or cell on one line, with single spaces."""
    return " ".join(clean_line(entities(words)).split())


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, entity_name = match.groups()
    if entity_name:
        named_code_point = name2codepoint.get(entity_name)
        return chr(named_code_point) if named_code_point else match.group()
    code_point = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code_point) if code_point < 0x110000 else UNKNOWN


FORMAT = HtmlPage()
