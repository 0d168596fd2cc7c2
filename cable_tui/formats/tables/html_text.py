"""Texts with HTML mark-up in them, as programs that save parts of pages write them into tables.

What a page of the site is read by reads its `<pre>` blocks here too; in other mark-up, tags are
line ends or nothing. Signs that are no known tag belong to the text: `<<218634>>`, `&pounding`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from cable_tui.base.cable import Location, RawCable
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
"""What a text does not have that a program escaped as a whole."""
_LEAST_TAGS = 2
"""Tags that a text has if it is mark-up."""
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
"""The first characters of a page, which have a tag."""
_SIGN_OF_END = pattern(r"\\(?P<sign>r\\n|[nrt\\\"'])")
_EXCEL_END = pattern(r"_x000D_\n?", re.IGNORECASE)
_LEAST_ENDS = 5
"""Signs of line ends that a text on one line has if a program wrote them."""
_OTHER_PAGE = "plusd-page"


class HtmlTexts(NamedTuple):
    """The texts in some mark-up."""

    header: str
    """Empty if the mark-up does not keep it apart."""
    body: str
    anchors: tuple[str, ...] | None
    """The site's anchors; None if it has none to show."""


def is_html(text: str) -> bool:
    """Return whether a text has the tags of mark-up, escaped ones, or is escaped as a whole."""
    return any(
        sign in text and len([*islice(tags.finditer(text), _LEAST_TAGS)]) == _LEAST_TAGS
        for sign, tags in (("<", _TAG), ("&lt;", _ESCAPED), ("&", _QUOTES))
        if tags is not _QUOTES or not _BARE.search(text)
    )


def with_line_ends(text: str) -> str:
    """Return a text whose line ends a program wrote as signs: backslash and n, or `_x000D_`."""
    text = _EXCEL_END.sub("\n", text) if "_x000D_" in text else text
    if text.count("\\n") < _LEAST_ENDS or "\n" in text.strip():
        return text
    return _SIGN_OF_END.sub(lambda match: _SIGNS.get(match["sign"], match["sign"]), text)


_SIGNS = {"n": "\n", "r\\n": "\n", "r": "\n", "t": "\t"}


def page_in(text: str, location: Location) -> RawCable | None:
    """Return the cable if a text is a whole page of the site; None if it is none.

    Raises `BrokenRecord` for a page that is damaged, or one of PlusD.
    """
    if "<" not in text[:_OPENS] or ("Viewing" not in text and "synopsis" not in text):
        return None
    data = text.encode("utf-8", "replace")
    if next(signs.symbols(data, 0, html_page.FORMAT.name), None):
        return html_page.FORMAT.at(data, location)
    if next(signs.symbols(data, 0, _OTHER_PAGE), None):
        raise BrokenRecord("its text is a whole page of PlusD: save it as a file, NAME.html")
    return None


def texts_of(markup: str) -> HtmlTexts:
    """Return the texts of some mark-up, cleaned."""
    if not _TAG.search(markup):
        markup = entities(markup)
    if _PRE.search(markup):
        anchor_names: list[str] = []
        header, *blocks = html_page.texts(markup, anchor_names)
        if blocks:
            return HtmlTexts(header, "\n".join(blocks), tuple(anchor_names))
        return HtmlTexts("", header, tuple(anchor_names) or None)
    text = _DROPPED.sub("", markup)
    paragraph_break = "\n\n" if _BREAK.search(text) else "\n"
    text = _BLOCK.sub("\n", _PARAGRAPH.sub(paragraph_break, _BREAK.sub("\n", text)))
    return HtmlTexts("", clean_text(entities(_ANY.sub("", text))).strip("\n"), None)
