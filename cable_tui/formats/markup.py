"""The little HTML there is in cables: entities, and tags to be dropped."""

from __future__ import annotations

import re
from html.entities import name2codepoint

from cable_tui.pattern import pattern
from cable_tui.text import UNKNOWN, clean_line

MARKUP = pattern(r"<[^<>]{0,2100}>")
"""Anything that looks like a tag: for cells, whose text has none."""
_ENTITY = pattern(r"&(?:#(?:([0-9]{1,7})|[xX]([0-9A-Fa-f]{1,6}))|([A-Za-z]{2,8}[0-9]{0,2}));")


def entities(text: str) -> str:
    """Complete entities only: a name without its semicolon is part of the cable."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def one_line(words: str) -> str:
    """The text of a heading or cell on one line, runs of blanks as one."""
    return " ".join(clean_line(entities(words)).split())


def _entity(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        point = name2codepoint.get(name)
        return chr(point) if point else found.group()
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if number < 0x110000 else UNKNOWN
