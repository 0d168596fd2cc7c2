"""Notes set apart from a cable's own text: `(Note: ... End note.)`, and an editor's first line."""

from __future__ import annotations

import re

from cable_tui.telegram import pagebreaks
from cable_tui.telegram.top import Top

_START = re.compile(r"\([ ]?(?:NOTE|Note)[ ]?[:.]|\([ ]?(?:NOTE|Note) - ")
_END = re.compile(r"END[ \n]NOTE", re.IGNORECASE)
_EDITOR = re.compile(r"[ \t]{0,4}NOTE[ ]{0,2}[-:–][ ]{0,2}\S.{3,200}")
_LONGEST = 3000
_LONGEST_BRACKET = 1200
_FIRST_LINES = 4


def notes(top: Top) -> tuple[str, ...]:
    """The notes of a body, each on one line, without brackets and the words that frame them."""
    found = [" ".join(line.split()) for line in top.lines[:_FIRST_LINES] if _EDITOR.match(line)]
    for start in _START.finditer(top.body):
        text = _text(top.body, start.end())
        if text:
            found.append(text)
    return tuple(dict.fromkeys(found))


def _text(body: str, at: int) -> str | None:
    end = _END.search(body, at, at + _LONGEST)
    another = _START.search(body, at, at + _LONGEST)
    bracket = body.find(")", at, at + _LONGEST_BRACKET)
    if end and not (another and another.start() < end.start()):
        stop = end.start()
    elif bracket >= 0:
        stop = bracket
    else:
        return None
    lines = pagebreaks.without(body[at:stop].split("\n"))
    return " ".join(" ".join(line for line in lines if line).split()).strip(" .") or None
