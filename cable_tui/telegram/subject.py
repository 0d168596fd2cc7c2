"""The SUBJECT of a cable: the whole subject on one line, and its portion marking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.glossary import posts
from cable_tui.telegram.body_labels import (
    RULE,
    Label,
    Piece,
    Top,
    breaks_around,
    without_furniture,
)
from cable_tui.telegram.captions import corrected_copy, is_caption
from cable_tui.telegram.paragraph_starts import split_marking

_MOST_LINES = 8
_LEAST_OVERRUN = 4
"""The minimum number of lines in capitals that are too many for a subject."""
_MOST_WRAPPED = 3
"""The maximum number of lines of a subject in capitals."""
_FULL_LINE = 48
"""The minimum length, in characters, of a line that may have been wrapped."""
_LABEL = 9
"""The number of characters in `SUBJECT: `, which count on the first line."""
_PROSE_WIDTH = 55
"""The minimum length, in characters, of the longest line of a paragraph."""
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
"""The minimum length, in characters, at which a lower-case line is not part of a subject in
capitals.
"""
_ROW_JOINT = pattern(r"[ ]{0,2},{0,3}\"\"[ ]?")
"""A former line break in a dump row whose quotes were doubled: `FOR ,,""ITS LAMPS`."""
_HANDLING = pattern(r"[ ]Sensitive[ ][Bb]ut(?:[ ][Uu]nclassified\b|[ ]?$)|[ ]SENSITIVE[ ]BUT[ ]?$")
"""A pattern for a handling caption below the subject, or after it if line breaks were lost."""
_READERS = pattern(
    r"(?:(?:STATE|DEPT|DEPARTMENT)[ ])?(?:ALSO[ ]|PLEASE[ ]|PLS[ ])?"
    r"(?:PASS(?:[ ]|ED[ ]TO[ ])|(?:FOR|TO):[ ])"
    r"|(?P<post>[A-Z][A-Z .'-]{2,22}?)[ ](?:FOR|PASS|ALSO[ ](?:FOR|PASS))[ ][A-Z]"
    r"|(?P<cited>[A-Z][A-Z .'-]{2,22}?)[ ]{1,3}\d{2,6}\.?$"
)
"""A line that lists readers, or a reference that lost its label: `STATE 162751`."""
_DEPARTMENTS = frozenset("DEPT DEPARTMENT AID USIA USICA COMMERCE TREASURY".split())
_TEXT_FOLLOWS = pattern(
    r"\(?(?:BEGIN[ ](?:FULL[ ]|UNOFFICIAL[ ])?TEXT|FOLLOWING[ ](?:IS|ARE)[ ]"
    r"|(?:FULL[ ])?TEXT[ ]OF[ ].{0,80}[ ]FOLLOWS\b)|.{0,90}[ ]FOLLOWS?:$"
)
_RULES_INSIDE = pattern(r"[ \t]-{4,200}(?:[ \t]|$)")


class Subject(NamedTuple):
    """The subject of a cable."""

    text: str
    """The subject on one line; empty if the body has none."""
    marking: str | None
    end: int
    """The end of the subject in the body, or 0 if there is no subject."""


def subject(top: Top) -> Subject:
    """Return the subject in the spelling of the body."""
    label = top.first("subject")
    if label is None:
        return Subject("", None, 0)
    subject_pieces = _pieces(top, label)
    subject_text = " ".join(
        " ".join(piece.text for piece in subject_pieces).replace("\\", " ").split()
    )
    if ',""' in subject_text:
        subject_text = " ".join(_ROW_JOINT.sub(" ", subject_text).split())
    rule_match = _RULES_INSIDE.search(subject_text) if "--" in subject_text else None
    subject_text = (
        (subject_text[: rule_match.start()] if rule_match else subject_text)
        .lstrip(":; ")
        .removeprefix("- ")
    )
    if ":" in subject_text:
        subject_text = _LABEL_AGAIN.sub("", subject_text)
    handling_match = _HANDLING.search(subject_text) if " S" in subject_text else None
    if handling_match and _capitals(subject_text[: handling_match.start()]):
        subject_text = subject_text[: handling_match.start()]
    marking, after_marking = split_marking(subject_text)
    if marking and after_marking < len(subject_text):
        subject_text = subject_text[after_marking:]
    else:
        marking = None
    return Subject(
        subject_text.strip(), marking, subject_pieces[-1].end if subject_pieces else label.content
    )


def _pieces(top: Top, label: Label) -> list[Piece]:
    taken_pieces: list[Piece] = []
    field_pieces = without_furniture(islice(top.pieces(label), _MOST_LINES * 3))
    for piece_index, piece in enumerate(field_pieces):
        if len(taken_pieces) >= _MOST_LINES:
            break
        if piece.is_blank:
            if (
                taken_pieces
                and not piece.broken
                and not _goes_on(top, taken_pieces, field_pieces, piece_index)
            ):
                break
            continue
        if taken_pieces and (_ends(piece.text, taken_pieces) or _heads(field_pieces, piece_index)):
            break
        is_prose = (
            taken_pieces and _after_break(field_pieces, piece_index) and not _capitals(piece.text)
        )
        if is_prose and not _leads_to_label(top, field_pieces, piece_index):
            break
        taken_pieces.append(piece)
    readers_index = next(
        (
            piece_index
            for piece_index in range(1, len(taken_pieces))
            if _names_readers(taken_pieces, piece_index)
        ),
        None,
    )
    return _without_paragraph(top, label, taken_pieces)[:readers_index]


def _without_paragraph(top: Top, label: Label, taken_pieces: list[Piece]) -> list[Piece]:
    """Remove the lines of a following text in capitals from a copy that lost its blank lines.

    If no paragraph is recognized, the subject ends with its first line that is not full, or with
    its third line.
    """
    line_texts = [piece.text.rstrip() for piece in taken_pieces]
    last_line = label.line + min(len(taken_pieces), _LEAST_OVERRUN) - 1
    if not taken_pieces or not top.dense(last_line) or not all(map(_capitals, line_texts)):
        return taken_pieces
    line_widths = [len(line_text) for line_text in line_texts]
    line_widths[0] += _LABEL
    paragraph_start = _paragraph_at(line_texts, line_widths) if label is top.labels[-1] else 0
    if len(taken_pieces) < _LEAST_OVERRUN:
        return taken_pieces[: paragraph_start or None]
    for line_count, line_text in enumerate(line_texts[:_MOST_WRAPPED], 1):
        if line_count == paragraph_start or (
            line_widths[line_count - 1] < _FULL_LINE and line_text[-1] not in "-,:&/("
        ):
            return taken_pieces[:line_count]
    return (
        taken_pieces
        if top.numbered and len(taken_pieces) == _LEAST_OVERRUN
        else taken_pieces[:_MOST_WRAPPED]
    )


def _paragraph_at(line_texts: list[str], line_widths: list[int]) -> int:
    """Return the index of the first line of a paragraph after the subject's first line, or 0.

    The lines of a paragraph have no room for the first word of the next line, but the line above
    the paragraph has.
    """
    first_word_widths = [len(text.split(maxsplit=1)[0]) for text in line_texts]
    is_full = [
        width + 1 + word_width > max(line_widths)
        for width, word_width in zip(line_widths, first_word_widths[1:], strict=False)
    ]
    for line_index in range(1, len(is_full) if max(line_widths) >= _PROSE_WIDTH else 0):
        full_count = next(
            (
                wrapped_lines
                for wrapped_lines, is_wrapped in enumerate(is_full[line_index:])
                if not is_wrapped
            ),
            len(is_full) - line_index,
        )
        if not is_full[line_index - 1] and (
            full_count > 1 or (full_count and line_texts[line_index + full_count].endswith("."))
        ):
            return line_index
    return 0


def _ends(text: str, taken_pieces: list[Piece]) -> bool:
    """Return whether a line with no blank line above it is not part of the subject."""
    if RULE.match(text) or _HEADING.match(text) or _REASON.match(text) or is_caption(text):
        return True
    if corrected_copy(text) or _SUMMARY.match(text):
        return True
    if split_marking(text)[0] or _PAGE.match(text):
        return True
    is_sentence = text.rstrip().endswith(".") and text.count(" ") > 3
    return (
        (is_sentence or len(text) > _PROSE)
        and not _capitals(text)
        and _capitals(taken_pieces[0].text)
    )


def _names_readers(taken_pieces: list[Piece], index: int) -> bool:
    """Return whether a line begins the text or names readers.

    A post's name counts only if it would have fitted on the line above.
    """
    line_text, line_above = taken_pieces[index].text.strip(), taken_pieces[index - 1].text.rstrip()
    if _TEXT_FOLLOWS.match(line_text):
        return True
    match = _READERS.match(line_text)
    if not match:
        return False
    post_name = match["post"] or match["cited"]
    if post_name is None or (post_name in _DEPARTMENTS and match["post"]):
        return True
    has_room = match["cited"] or len(line_above) + len(line_text.split(maxsplit=1)[0]) < _FULL_LINE
    return bool(has_room) and posts.station_alias(post_name) is not None


def _heads(lines: list[Piece], index: int) -> bool:
    """Return whether a line is a heading because a rule follows it."""
    if lines[index].text.lstrip().startswith("-"):
        return False
    return index + 1 < len(lines) and RULE.match(lines[index + 1].text) is not None


def _after_break(lines: list[Piece], index: int) -> bool:
    """Return whether only blank lines are between a line and a page break above it."""
    line_above = index - 1
    while line_above >= 0 and not lines[line_above].text.strip() and not lines[line_above].broken:
        line_above -= 1
    return line_above >= 0 and lines[line_above].broken and not lines[line_above].text.strip()


def _goes_on(top: Top, taken_pieces: list[Piece], lines: list[Piece], index: int) -> bool:
    """Return whether a subject continues after a blank line.

    It continues if one to three lines in capitals follow, directly followed by the next label. In
    that case a page break or an editor caused the blank line.
    """
    next_index = index
    while next_index < len(lines) and lines[next_index].is_blank:
        next_index += 1
    text_block: list[str] = []
    while next_index < len(lines) and not lines[next_index].is_blank and len(text_block) < 4:
        text_block.append(lines[next_index].text)
        next_index += 1
    if (
        not text_block
        or len(text_block) > 3
        or any(_ends(line, taken_pieces) for line in text_block)
    ):
        return False
    if breaks_around(lines, index):
        return _label_behind_blanks(top, lines, next_index)
    if not all(map(_capitals, [taken_pieces[-1].text, *text_block])):
        return False
    return next_index == len(lines) and _label_behind_blanks(top, lines, next_index)


def _leads_to_label(top: Top, lines: list[Piece], index: int) -> bool:
    """Return whether one to three lines from an index lead to the next label."""
    next_index = index
    while next_index < len(lines) and not lines[next_index].is_blank:
        next_index += 1
    return next_index - index < 4 and _label_behind_blanks(top, lines, next_index)


def _label_behind_blanks(top: Top, lines: list[Piece], index: int) -> bool:
    """Return whether only blank lines come before the next label."""
    last_end = lines[-1].end
    if (top.numbered and last_end >= top.end - 1) or all(
        label.start < last_end for label in top.labels
    ):
        return False
    return all(piece.is_blank for piece in lines[index:])


def _capitals(text: str) -> bool:
    if text.isupper():  # most are: a tenth of the time
        return True
    capital_count = sum(map(str.isupper, text))
    return capital_count > 4 * sum(map(str.islower, text))


# Words that a line break divided, `ASSESS- MENT`: whether that is one word only an archive knows

_BROKEN = pattern(r"(?<![\w'-])([A-Za-z]{2,24})- ([A-Za-z]{3,24})(?![\w'-])")


def broken_words(subject: str) -> Iterator[tuple[str, str]]:
    """Yield subject words that may be broken, each with its second part, in lower case."""
    for word_start, rest_of_word in _BROKEN.findall(subject):
        yield f"{word_start}{rest_of_word}".lower(), rest_of_word.lower()


def with_whole_words(subject: str, whole: frozenset[str]) -> str:
    """Return a subject with each broken word joined if the result is among the `whole` words."""
    return _BROKEN.sub(
        lambda match: match[1] + match[2] if (match[1] + match[2]).lower() in whole else match[0],
        subject,
    )
