"""The elements of a text of XML, whole or damaged.

Read by expat without a DTD: nothing is fetched, no entity is expanded but the five of XML. What is
nested too deeply, or comes after too many elements, keeps its words and loses its mark-up.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cable_tui.base.pattern import pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 100
"""The deepest nesting of elements; real documents have twenty."""
_MOST_ELEMENTS = 250_000
_NOT_REPAIRED = frozenset((3, 5))
"""Errors of expat at the end of the bytes, which cannot be repaired."""
_BARE = pattern(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)(\w{1,32};)?")
_NO_TAG = pattern(r"<(?![A-Za-z_/!?])")
_FORBIDDEN = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CUT_OFF = "cut off"
"""Replaces the name of a place in which the document breaks off."""


def elements(text: str) -> tuple[Element | None, str]:
    """Return the elements of a text of XML, as far as it can be read, and what is wrong with it.

    The names of elements have no prefixes; those of attributes keep theirs. Total.
    """
    root, damage, code = _parsed(text)
    if code not in {0, *_NOT_REPAIRED}:
        root, damage, _ = _parsed(repaired(text))
    return root, damage


def _parsed(text: str) -> tuple[Element | None, str, int]:
    """Return the elements of a text, its fault, and expat's number for that."""
    # Not wanted before a volume is read.
    from xml.etree.ElementTree import TreeBuilder
    from xml.parsers import expat

    tree = TreeBuilder()
    open_: list[Element | None] = []
    elements_kept = 0

    def start(qualified: str, attributes: dict[str, str]) -> None:
        nonlocal elements_kept
        if len(open_) >= _DEEPEST or elements_kept >= _MOST_ELEMENTS:
            open_.append(None)
            return
        elements_kept += 1
        open_.append(tree.start(qualified.rpartition(":")[2], attributes))

    def end(_: str) -> None:
        if (element := open_.pop()) is not None:
            tree.end(element.tag)

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = tree.data
    damage, code = "", 0
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        damage, code = str(error).partition(":")[0], error.code
        parser.buffer_text = False  # gives what it holds back
        for unclosed_element in open_:
            if unclosed_element is not None and unclosed_element.tag == "placeName":
                unclosed_element.tag = _CUT_OFF
        while open_:
            end("")
    return tree.close() if elements_kept else None, damage, code


def repaired(text: str) -> str:
    """Replace what no XML holds by placeholders, and entities of HTML by what they mean."""
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return _NO_TAG.sub("&lt;", _BARE.sub(_entity, text))


def _entity(match: re.Match[str]) -> str:
    """Return the meaning of an entity that only HTML knows, or the entity itself."""
    name = match[1]
    unescaped = html.unescape(match[0]) if name else match[0]
    return "&amp;" + (name or "") if unescaped == match[0] else html.escape(unescaped)
