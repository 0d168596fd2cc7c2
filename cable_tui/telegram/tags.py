"""TAGS: with and without colon and commas, over several lines, names and slips (formats.md 2.4)."""

from __future__ import annotations

import re
from typing import NamedTuple

from cable_tui import glossary
from cable_tui.telegram.captions import is_caption
from cable_tui.telegram.pagebreaks import is_class_alone
from cable_tui.telegram.top import Mark, Piece, Top

_TOKEN = re.compile(r"\(([^()\n]{2,60})\)|([A-Za-z0-9][A-Za-z0-9&'.-]{0,60})")
_TAG_LINE = re.compile(r"[ \t\\]{0,12}(?:[A-Z][A-Z0-9-]{1,34}[ ,;/.\t\\]{0,4}){1,30}$")
_STOP = re.compile(
    r"\b(?:SUBJ(?:ECT)?|REFS?|REFTELS?|CLASSIFIED[ ]BY|DERIVED[ ]FROM)[ \t]{0,2}:"
    r"|[-=_*]{3}|\b1\.[ \t]",
    re.IGNORECASE,
)
_NO_TAGS = frozenset({"N/A", "NA", "NONE", "AND", "SIPDIS", "NOFORN", "SENSITIVE", "PAGE"})
_MOST_LINES = 6


class Tags(NamedTuple):
    """The TAGS of a cable."""

    codes: tuple[str, ...]
    """Upper case, slips repaired, in the order of the cable, each once."""
    end: int
    """Where they end in the body; 0 where there are none."""


def tags(top: Top) -> Tags:
    """The TAGS of a body: those of its first TAGS line that has any."""
    for mark in top.marks:
        if mark.kind == "tags":
            pieces = _pieces(top, mark)
            tokens = _tokens(" ".join(piece.text for piece in pieces))
            if tokens:
                return Tags(glossary.repair_tags(tokens), pieces[-1].end)
    return Tags((), 0)


def _pieces(top: Top, mark: Mark) -> list[Piece]:
    taken: list[Piece] = []
    open_end = True
    for piece in top.pieces(mark):
        text = piece.text.strip(" \t\\")
        if not text:
            if taken and not open_end and not piece.broken:
                break
            continue
        if taken and is_class_alone(text):
            continue
        if taken and not (open_end and _is_tag_line(text)) and not _continues(piece, text):
            break
        stop = _STOP.search(text)
        if stop:
            text = text[: stop.start()]
        taken.append(piece._replace(text=text))
        open_end = text.endswith((",", "(", ";")) or text.count("(") > text.count(")")
        if stop or len(taken) >= _MOST_LINES:
            break
    return taken


def _is_tag_line(text: str) -> bool:
    return _TAG_LINE.match(text.upper()) is not None or ")" in text[:40]


def _continues(piece: Piece, text: str) -> bool:
    """Whether a line that the one before does not ask for still holds tags, and nothing else."""
    if not _TAG_LINE.match(text) or is_caption(text):
        return False
    words = text.replace(",", " ").replace(";", " ").split()
    known = sum(1 for word in words if glossary.tag(word.rstrip(".")) is not None)
    return known * 2 > len(words) or (piece.broken and known > 0)


def _tokens(text: str) -> list[str]:
    """The words of a TAGS line; a name in brackets, with its comma, is one."""
    found: list[str] = []
    for match in _TOKEN.finditer(text.upper()):
        name, word = match.groups()
        if name and "," in name and not _codes_only(name):
            found.append(" ".join(name.split()))
        elif name:
            found.extend(part for part in re.split(r"[\s,;/]+", name) if part)
        else:
            found.append(word.strip(".'&-"))
    return [token for token in found if len(token) > 1 and _is_tag(token)]


def _codes_only(name: str) -> bool:
    return all(glossary.tag(part.strip()) is not None for part in name.split(","))


def _is_tag(token: str) -> bool:
    if token in _NO_TAGS or not token[0].isalpha():
        return False
    return len(set(token)) > 1 or glossary.tag(token) is not None
