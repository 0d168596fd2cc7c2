"""SUBJECT: the whole subject on one line, and its portion marking."""

from __future__ import annotations

import re
from typing import NamedTuple

from cable_tui.pattern import pattern
from cable_tui.telegram.body_labels import RULE, Mark, Piece, Top, breaks_around
from cable_tui.telegram.captions import corrected_copy, is_caption
from cable_tui.telegram.paragraph_starts import split_marking

_MOST_LINES = 8
_LEAST_OVERRUN = 4
"""Lines of a subject in capitals that are more than a subject has ..."""
_MOST_WRAPPED = 3
"""... and those that it may have at most."""
_FULL_LINE = 48
"""Characters of a line that may have been wrapped ..."""
_LABEL = 9
"""... less those of `SUBJECT: ` on the first one."""
_SUMMARY = pattern(r"[ \t]{0,20}(?:BEGIN[ ])?SUMMARY[.:][ ]{1,3}(?=[A-Z\"'(])")
_HEADING = pattern(
    r"[ \t]{0,20}(?:BEGIN[ ])?(?:SUMMARY|INTRODUCTION|COMMENT|BACKGROUND|OVERVIEW|KEY POINTS)"
    r"(?:[ ](?:AND|&)[ ][A-Z ]{3,30})?[ .:]{0,3}$",
    re.IGNORECASE,
)
_REASON = pattern(r"[ \t]{0,8}REASONS?[ \t]?:", re.IGNORECASE)
_PAGE = pattern(r"[ \t]{0,20}PAGE[ ]\d{2}\b")
_LABEL_AGAIN = pattern(r"(?:SUBJ(?:ECT)?|Subject)[ ]?: ?")
_PROSE = 100
"""Characters from which a line in small letters is no part of a subject in capitals."""
_ROW_JOINT = pattern(r"[ ]{0,2},{0,3}\"\"[ ]?")
"""What was a line end in a row of a dump whose quotes were doubled: `FOR ,,""ITS LAMPS`."""
_HANDLING = pattern(r"[ ]Sensitive[ ][Bb]ut[ ][Uu]nclassified\b")
"""How to handle the cable: it is below the subject, or after it if line ends were lost."""
_RULES_INSIDE = pattern(r"[ \t]-{4,200}(?:[ \t]|$)")


class Subject(NamedTuple):
    """The subject of a cable."""

    text: str
    """On one line; empty if the body has none."""
    marking: str | None
    end: int
    """Where it ends in the body; 0 without a subject."""


def subject(top: Top) -> Subject:
    """The subject as the body has it."""
    mark = top.first("subject")
    if mark is None:
        return Subject("", None, 0)
    pieces = _pieces(top, mark)
    text = " ".join(" ".join(piece.text for piece in pieces).replace("\\", " ").split())
    if ',""' in text:
        text = " ".join(_ROW_JOINT.sub(" ", text).split())
    rule = _RULES_INSIDE.search(text)
    text = _LABEL_AGAIN.sub(
        "", (text[: rule.start()] if rule else text).lstrip(":; ").removeprefix("- ")
    )
    handling = _HANDLING.search(text)
    if handling and _capitals(text[: handling.start()]):
        text = text[: handling.start()]
    found, after = split_marking(text)
    if found and after < len(text):
        text = text[after:]
    else:
        found = None
    return Subject(text.strip(), found, pieces[-1].end if pieces else mark.content)


def _pieces(top: Top, mark: Mark) -> list[Piece]:
    taken: list[Piece] = []
    lines = list(top.pieces(mark))[: _MOST_LINES * 3]
    for at, piece in enumerate(lines):
        if len(taken) >= _MOST_LINES:
            break
        if not _words(piece.text):
            if taken and not piece.broken and not _goes_on(top, taken, lines, at):
                break
            continue
        if taken and (_ends(piece.text, taken) or _heads(lines, at)):
            break
        prose = taken and _after_break(lines, at) and not _capitals(piece.text)
        if prose and not _leads_to_label(top, lines, at):
            break
        taken.append(piece)
    return _without_class_alone(_without_overrun(top, mark, taken))


def _without_overrun(top: Top, mark: Mark, taken: list[Piece]) -> list[Piece]:
    """The lines less those of a text in capitals that follows, if a copy lost its blank lines.

    A subject ends with its first line that is not full, or with its third.
    """
    if len(taken) < _LEAST_OVERRUN or not all(map(_capitals, (piece.text for piece in taken))):
        return taken
    if not top.dense(mark.line + _LEAST_OVERRUN - 1):
        return taken
    for at, piece in enumerate(taken[:_MOST_WRAPPED]):
        text = piece.text.rstrip()
        if len(text) < (_FULL_LINE if at else _FULL_LINE - _LABEL) and text[-1] not in "-,:&/(":
            return taken[: at + 1]
    return taken[:_MOST_WRAPPED]


def _words(text: str) -> str:
    return text.strip(" \t\\:")


def _without_class_alone(taken: list[Piece]) -> list[Piece]:
    """The lines less the classification above an old page break."""
    return [
        piece
        for at, piece in enumerate(taken)
        if not (
            at
            and at + 1 < len(taken)
            and taken[at + 1].broken
            and piece.text.strip().upper() in ("CONFIDENTIAL", "SECRET", "UNCLASSIFIED", "UNCLAS")
        )
    ]


def _ends(text: str, taken: list[Piece]) -> bool:
    """Whether a line that follows without a blank one is no part of the subject."""
    if RULE.match(text) or _HEADING.match(text) or _REASON.match(text) or is_caption(text):
        return True
    if corrected_copy(text) or _SUMMARY.match(text):
        return True
    if split_marking(text)[0] or _PAGE.match(text):
        return True
    sentence = text.rstrip().endswith(".") and text.count(" ") > 3
    return (sentence or len(text) > _PROSE) and not _capitals(text) and _capitals(taken[0].text)


def _heads(lines: list[Piece], at: int) -> bool:
    """Whether a line is a heading: a rule follows it."""
    if lines[at].text.lstrip().startswith("-"):
        return False
    return at + 1 < len(lines) and RULE.match(lines[at + 1].text) is not None


def _after_break(lines: list[Piece], at: int) -> bool:
    """Whether the line comes right after a page break or its blank lines."""
    before = at - 1
    while before >= 0 and not lines[before].text.strip() and not lines[before].broken:
        before -= 1
    return before >= 0 and lines[before].broken and not lines[before].text.strip()


def _goes_on(top: Top, taken: list[Piece], lines: list[Piece], at: int) -> bool:
    """Whether a subject goes on after a blank line.

    It does if one to three lines in its own capitals follow and the next label follows those
    without a blank line: the blank was set by a page break or an editor.
    """
    ahead = at
    while ahead < len(lines) and not _words(lines[ahead].text):
        ahead += 1
    block: list[str] = []
    while ahead < len(lines) and _words(lines[ahead].text) and len(block) < 4:
        block.append(lines[ahead].text)
        ahead += 1
    if not block or len(block) > 3 or any(_ends(line, taken) for line in block):
        return False
    if breaks_around(lines, at):
        return _label_behind_blanks(top, lines, ahead)
    if not all(map(_capitals, [taken[-1].text, *block])):
        return False
    return ahead == len(lines) and _label_behind_blanks(top, lines, ahead)


def _leads_to_label(top: Top, lines: list[Piece], at: int) -> bool:
    """Whether one to three lines from here on lead to the next label."""
    ahead = at
    while ahead < len(lines) and _words(lines[ahead].text):
        ahead += 1
    return ahead - at < 4 and _label_behind_blanks(top, lines, ahead)


def _label_behind_blanks(top: Top, lines: list[Piece], at: int) -> bool:
    """Whether nothing but blank lines comes before the next label."""
    last = lines[-1].end
    if (top.numbered and last >= top.end - 1) or all(mark.start < last for mark in top.marks):
        return False
    return all(not _words(piece.text) for piece in lines[at:])


def _capitals(text: str) -> bool:
    upper = sum(map(str.isupper, text))
    return upper > 4 * sum(map(str.islower, text))
