"""Small damage of XML mended, so that one sign does not hide the rest of a document."""

from __future__ import annotations

import html
import re

from cable_tui.pattern import pattern

_BARE = pattern(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)(\w{1,32};)?")
_NO_TAG = pattern(r"<(?![A-Za-z_/!?])")
_FORBIDDEN = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def repaired(text: str) -> str:
    """The text with stand-ins for what no XML holds, and entities of HTML as what they mean."""
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return _NO_TAG.sub("&lt;", _BARE.sub(_entity, text))


def _entity(found: re.Match[str]) -> str:
    """What an entity that XML does not know means in HTML, or itself."""
    name = found[1]
    known = html.unescape(found[0]) if name else found[0]
    return "&amp;" + (name or "") if known == found[0] else html.escape(known)
