"""The elements of an XML text, which may be damaged.

It is read by expat without a DTD: nothing is fetched, and only XML's five predefined entities are
expanded. Elements nested too deeply, or beyond a maximum number, keep their words and lose their
markup.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cable_tui.base.pattern import pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 100
"""The deepest nesting of elements that is read; real documents have twenty levels."""
_MOST_ELEMENTS = 250_000
_NOT_REPAIRED = frozenset((3, 5))
"""The errors that expat reports at the end of the bytes, which cannot be repaired."""
_BARE = pattern(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)(\w{1,32};)?")
_NO_TAG = pattern(r"<(?![A-Za-z_/!?])")
_FORBIDDEN = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CUT_OFF = "cut off"
"""The tag given to a place name in which the document breaks off."""


def elements(text: str) -> tuple[Element | None, str]:
    """Return the elements of an XML text as far as it is readable, and what is wrong with it.

    Element names have no prefixes; attribute names keep theirs. No input raises an error.
    """
    root, damage, error_code = _parsed(text)
    if error_code not in {0, *_NOT_REPAIRED}:
        root, damage, _ = _parsed(repaired(text))
    return root, damage


def _parsed(text: str) -> tuple[Element | None, str, int]:
    """Return the elements of a text, its error message, and expat's error code."""
    # Not wanted before a volume is read.
    from xml.etree.ElementTree import TreeBuilder
    from xml.parsers import expat

    tree = TreeBuilder()
    open_elements: list[Element | None] = []
    elements_kept = 0

    def start(qualified: str, attributes: dict[str, str]) -> None:
        nonlocal elements_kept
        if len(open_elements) >= _DEEPEST or elements_kept >= _MOST_ELEMENTS:
            open_elements.append(None)
            return
        elements_kept += 1
        open_elements.append(tree.start(qualified.rpartition(":")[2], attributes))

    def end(_: str) -> None:
        if (element := open_elements.pop()) is not None:
            tree.end(element.tag)

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = tree.data
    damage, error_code = "", 0
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        damage, error_code = str(error).partition(":")[0], error.code
        parser.buffer_text = False  # gives what it holds back
        for unclosed_element in open_elements:
            if unclosed_element is not None and unclosed_element.tag == "placeName":
                unclosed_element.tag = _CUT_OFF
        while open_elements:
            end("")
    return tree.close() if elements_kept else None, damage, error_code


def repaired(text: str) -> str:
    """Replace characters that XML forbids with placeholders, and HTML entities with their text."""
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return _NO_TAG.sub("&lt;", _BARE.sub(_entity, text))


def _entity(match: re.Match[str]) -> str:
    """Return the meaning of an entity defined only in HTML, or the entity itself, escaped."""
    entity_name = match[1]
    unescaped_text = html.unescape(match[0]) if entity_name else match[0]
    return (
        "&amp;" + (entity_name or "") if unescaped_text == match[0] else html.escape(unescaped_text)
    )
