"""Texts with HTML markup, as saved into tables by programs that store parts of pages.

Blocks of `<pre>` are read as in pages of the cable site. In other markup, tags become line breaks
or nothing. Unknown tags belong to the text: `<<218634>>`, `&pounding`.
"""

from __future__ import annotations

import re
from itertools import islice

from cable_tui.base.cable import Location, RawCable
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.formats import html_page
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.html_page import entities
from cable_tui.formats.pages import signs
from cable_tui.text import clean_text

_NAMES = "p|br|div|pre|code|span|html|body|table|tbody|tr|td|li|ul|ol|h[1-6]|blockquote|section"
_TAG = pattern(
    rf"<(?:/?(?:{_NAMES})(?:\s[^<>]{{0,2000}})?/?|!doctype[^<>]{{0,200}})>", re.IGNORECASE
)
_ESCAPED = pattern(rf"&lt;/?(?:{_NAMES})(?: ?/)?&gt;", re.IGNORECASE)
_QUOTES = pattern(r"&(?:quot|apos|#39|#34|#x27|#x22);", re.IGNORECASE)
_BARE = pattern(r"[<>\"]|&(?!(?:\#[0-9]{1,7}|\#x[0-9a-f]{1,6}|[a-z]{2,8});)", re.IGNORECASE)
"""Characters that do not occur in a text that was completely escaped by a program."""
_LEAST_TAGS = 2
"""The minimum number of tags in a text that is treated as markup."""
_DROPPED = pattern(
    r"<!--[^<>]{0,4000}-->|<(?P<name>script|style|title)\b[^<]{0,20000}</(?P=name)\s?>",
    re.IGNORECASE,
)
_BREAK = pattern(r"<br ?/?>[ \t]*\n?", re.IGNORECASE)
_PARAGRAPH = pattern(r"\s{0,80}<p(?:\s[^<>]{0,2000})?>[ \t]*\n?", re.IGNORECASE)
_BLOCK = pattern(
    r"[ \t\n]{0,80}</(?:div|tr|li|ul|ol|h[1-6]|p|blockquote|table|section|pre)>[ \t]*\n?",
    re.IGNORECASE,
)
_PRE = pattern(r"<pre[\s>]", re.IGNORECASE)
_ANY = pattern(
    rf"</?(?:{_NAMES}|a|b|i|u|em|strong|font|small|tt|th|thead|hr|img|sup|sub|article|main|header"
    r"|footer|nav|head|meta|link)(?:\s[^<>]{0,2000})?/?>|<!doctype[^<>]{0,200}>",
    re.IGNORECASE,
)
_OPENS = 200
"""The number of characters at the start of a page, one of which must begin a tag."""
_SIGN_OF_END = pattern(r"\\(?P<sign>r\\n|[nrt\\\"'])")
_EXCEL_END = pattern(r"_x000D_\n?", re.IGNORECASE)
_LEAST_ENDS = 5
"""The minimum number of escaped line breaks in a one-line text for treating them as such."""
_OTHER_PAGE = "plusd-page"


class HtmlTexts(NamedTuple):
    """The texts found in some markup."""

    header: str
    """The header, or an empty string if the markup does not separate it from the body."""
    body: str
    anchors: tuple[str, ...] | None
    """The site's paragraph anchors, or None if the markup has none."""


def is_html(text: str) -> bool:
    """Return whether a text contains tags, plain or escaped, or is escaped as a whole."""
    return any(
        marker in text and len([*islice(tag_pattern.finditer(text), _LEAST_TAGS)]) == _LEAST_TAGS
        for marker, tag_pattern in (("<", _TAG), ("&lt;", _ESCAPED), ("&", _QUOTES))
        if tag_pattern is not _QUOTES or not _BARE.search(text)
    )


def with_line_ends(text: str) -> str:
    """Return a text with line breaks for the escapes that a program wrote instead."""
    unescaped_text = _EXCEL_END.sub("\n", text) if "_x000D_" in text else text
    if unescaped_text.count("\\n") < _LEAST_ENDS or "\n" in unescaped_text.strip():
        return unescaped_text
    return _SIGN_OF_END.sub(lambda match: _SIGNS.get(match["sign"], match["sign"]), unescaped_text)


_SIGNS = {"n": "\n", "r\\n": "\n", "r": "\n", "t": "\t"}


def page_in(text: str, location: Location) -> RawCable | None:
    """Return the cable if a text is a whole page of the cable site, otherwise None.

    Raises `BrokenRecord` for a damaged page or a page of PlusD.
    """
    if "<" not in text[:_OPENS] or ("Viewing" not in text and "synopsis" not in text):
        return None
    page_bytes = text.encode("utf-8", "replace")
    if next(signs.symbols(page_bytes, 0, html_page.FORMAT.name), None):
        return html_page.FORMAT.at(page_bytes, location)
    if next(signs.symbols(page_bytes, 0, _OTHER_PAGE), None):
        raise BrokenRecord("its text is a whole PlusD page: save it as a file, NAME.html")
    return None


def texts_of(markup: str) -> HtmlTexts:
    """Return the cleaned texts of some markup."""
    if not _TAG.search(markup):
        markup = entities(markup)
    if _PRE.search(markup):
        anchor_names: list[str] = []
        header_text, *body_blocks = html_page.texts(markup, anchor_names)
        if body_blocks:
            return HtmlTexts(header_text, "\n".join(body_blocks), tuple(anchor_names))
        return HtmlTexts("", header_text, tuple(anchor_names) or None)
    plain_markup = _DROPPED.sub("", markup)
    paragraph_break = "\n\n" if _BREAK.search(plain_markup) else "\n"
    plain_markup = _BLOCK.sub("\n", _PARAGRAPH.sub(paragraph_break, _BREAK.sub("\n", plain_markup)))
    return HtmlTexts("", clean_text(entities(_ANY.sub("", plain_markup))).strip("\n"), None)
