"""Who classified a cable, why, and until when: the Classified By line and the E.O. line.

Names and titles are kept as printed.
"""

from __future__ import annotations

import re
from datetime import date

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.telegram.body_labels import RULE, Label, Piece, Top
from cable_tui.telegram.pagebreaks import is_class_alone
from cable_tui.telegram.paragraph_starts import split_marking
from cable_tui.telegram.people.officer_names import split_name
from cable_tui.telegram.times import MONTHS

_HEADING = pattern(
    r"[ \t]{0,20}(?:BEGIN[ ])?(?:SUMMARY|INTRODUCTION|COMMENT)[ .:]{0,3}$", re.IGNORECASE
)
_LABEL = pattern(
    r"[ \t:;.,]{0,6}(?:(?:THIS[ ](?:CABLE|MESSAGE)[ ](?:IS|WAS)?[ ]?)?"
    r"CL?AS{1,3}[IF]{0,4}(?:IED|ED|IE|DE)[ ]BY[ \t:;.]{0,4}){1,2}",
    re.IGNORECASE,
)
_REASON = pattern(
    r"[\s,;:.(-]{0,6}(?:\b(?:AND|F[O0]R|FR|PER|UNDER|IAW|BY|THE|FOLLOWING|DUE[ ]TO"
    r"|BASED[ ](?:UP)?[O0]N|PURSUANT[ ]TO|IN[ ]ACCORDANCE[ ]WITH)[ ]){0,4}"
    r"(?:(?:E\.?O\.?[ ]?\d{5},?[ ])?"
    r"\bR(?=[A-Z0]{3})(?:EAS?|ES|AS)(?:[O0]S?N?S?|NS?)?(?:\(S\))?(?![A-Z])"
    r"|\b(?:E\.?O\.?[ ]?\d{5}|12958\b|13526\b|SECTIONS?[ ]1|EXECUTIVE[ ]ORDER)"
    r"|(?<![\d.])1[ ]?[.,][ ]?[2-6](?!\d)"
    r"|\bDECL(?:ASSIFY)?[ ](?:ON)?|\bDERIVED[ ]FROM)",
    re.IGNORECASE,
)
_PARAGRAPH = pattern(r"(?<![\d.])1[ ]?[.,][ ]?([2-6])(?!\d)")
_TORN_REASON = pattern(r"(?:\bR|\bRE|\bREA|\bREAS|\bREASO|\bREASON)$", re.IGNORECASE)
_LETTER = pattern(
    r"[\s(),/&.;:-]{0,8}(?:(?:A ?N ?D|OR|PARAS?|SECTIONS?|SUBSECTIONS?)\b"
    r"|([A-Ha-h])(?![A-Za-z'’]))",
    re.IGNORECASE,
)
_CLOSING = pattern(r"[\s).]{0,4}")
_CUT_WIDTH = 71
"""The column at which the site's template cut a Classified By line, even within a word."""
_SMALL_WORDS = frozenset(
    {"for", "reason", "reasons", "and", "or", "of", "the", "per", "under", "to", "in"}
)
_MOST_LINES = 7
_FALLBACK = 700


class Officer(NamedTuple):
    """The officer who classified a cable, and the reasons."""

    name: str | None
    """The name as printed."""
    title: str | None
    reasons: tuple[str, ...]
    """The reasons, in the form `1.4 (b)`."""
    end: int
    """The end of the line in the body; 0 if the top has no such line."""


def classified(top: Top) -> Officer:
    """Return the classifying officer of a body, from the first label that is followed by a name."""
    first_officer: Officer | None = None
    for label in top.labels:
        if label.kind == "classified":
            officer = _of_label(top, label)
            if officer.name:
                return officer
            first_officer = first_officer or officer
    return first_officer or _in_first_paragraph(top)


def says_something(top: Top) -> bool:
    """Return whether an officer or reasons follow a label; the name is parsed only if needed."""
    if label := top.first("classified"):
        field_text = _joined(_pieces(top, label), top)
        reason_match = _REASON.search(field_text)
        if reason_match and _reasons(field_text, reason_match.start())[0]:
            return True
    officer = classified(top)
    return bool(officer.name or officer.title or officer.reasons)


def _of_label(top: Top, label: Label) -> Officer:
    label_pieces = _pieces(top, label)
    field_text = _joined(label_pieces, top)
    officer, used_length = _read(field_text)
    rest_of_text = field_text[used_length:].strip(" .\\")
    text_end = label_pieces[-1].end if label_pieces else label.content
    if rest_of_text and label_pieces:
        # Something follows the reasons on their line: a heading, or a paragraph without number.
        rest_start = top.body.rfind(rest_of_text[:40], label.content, text_end)
        text_end = rest_start if rest_start > 0 else text_end
    return officer._replace(end=text_end)


def _in_first_paragraph(top: Top) -> Officer:
    """Read `1. (U) CLASSIFIED BY ...`, as in cables from the 1990s."""
    text_near = top.body[top.end : top.end + _FALLBACK]
    if "CLASSIFIED" not in text_near and "Classified" not in text_near:
        return Officer(None, None, (), 0)
    one_line = " ".join(text_near.split())
    match = re.search(r"\b(?:CLASSIFIED BY|Classified [Bb]y)\b", one_line)
    if not match or not _REASON.search(one_line, match.end()):
        return Officer(None, None, (), 0)
    return _read(one_line[match.start() :])[0]


def _pieces(top: Top, label: Label) -> list[Piece]:
    taken_pieces: list[Piece] = []
    has_gap = is_broken = False
    for piece in top.pieces(label):
        piece_text = piece.text.strip(" \t\\")
        is_broken = piece.broken or is_broken
        if not piece_text:
            has_gap = has_gap or bool(taken_pieces)
            if has_gap and _complete(taken_pieces):
                break
            continue
        if taken_pieces and is_class_alone(piece_text):
            continue
        is_cut = bool(taken_pieces) and _is_cut(top, taken_pieces[-1])
        if (
            is_cut
            and has_gap
            and piece_text[0].isupper() == taken_pieces[-1].text.rstrip()[-1].isupper()
        ):
            has_gap = _TORN_REASON.search(taken_pieces[-1].text.rstrip()) is None
        if has_gap and is_broken and not _complete(taken_pieces):
            # A page break set the blank lines.
            has_gap = False
        is_broken = False
        if (
            taken_pieces
            and not (is_cut and not has_gap)
            and _is_over(piece_text, has_gap, taken_pieces)
        ):
            break
        taken_pieces.append(piece)
        has_gap = False
        if len(taken_pieces) >= _MOST_LINES:
            break
    return taken_pieces


def _complete(taken_pieces: list[Piece]) -> bool:
    """Return whether the reasons are complete; if they are, a blank line ends the field."""
    field_text = " ".join(piece.text for piece in taken_pieces)
    match = _PARAGRAPH.search(field_text)
    return match is not None and _LETTER.match(field_text, match.end()) is not None


def _is_over(text: str, has_gap: bool, taken_pieces: list[Piece]) -> bool:
    if RULE.match(text) or _HEADING.match(text) or split_marking(text)[0]:
        return not re.match(r"\(?[a-h]\)", text)
    if has_gap:
        return not (
            re.match(r"(?:REASONS?|1\.[45]|\(?[a-hA-H]\))", text) and not _complete(taken_pieces)
        )
    if not _complete(taken_pieces):
        return False
    letter_match = _LETTER.match(text)
    return not (
        text in (".", ")", ").")
        or (letter_match and letter_match.group(1))
        or text.startswith(("and ", "AND ", "4 (", "4("))
    )


def _joined(pieces: list[Piece], top: Top) -> str:
    """Return the lines as one line; the two parts of a word that the template cut are joined."""
    joined_text = ""
    is_cut = False
    for piece in pieces:
        line = _mended(piece, top).replace("\\", " ")
        is_one_word = is_cut and line[:1].isalpha() and joined_text[-1:].isalpha()
        joined_text += line.strip() if is_one_word else " " + line.strip()
        is_cut = _is_cut(top, piece)
    return " ".join(joined_text.split())


def _is_cut(top: Top, piece: Piece) -> bool:
    """Return whether the template cut the line of a piece at its line width."""
    line_start = top.body.rfind("\n", 0, piece.start) + 1
    return len(top.body[line_start : piece.end].rstrip(" \t\\")) == _CUT_WIDTH


def _mended(piece: Piece, top: Top) -> str:
    """Return a line without the space with which an editor rejoined a cut word: `Hoyt Y ee`."""
    cut_column = _CUT_WIDTH - (piece.start - top.body.rfind("\n", 0, piece.start) - 1)
    line_text = piece.text
    if (
        not 0 < cut_column < len(line_text) - 1
        or line_text[cut_column] != " "
        or not line_text[cut_column - 1].isalpha()
    ):
        return line_text
    next_word = line_text[cut_column + 1 :].split(" ", 1)[0].strip("(),.;:")
    is_torn = next_word.isalpha() and next_word.islower() and next_word not in _SMALL_WORDS
    return line_text[:cut_column] + line_text[cut_column + 1 :] if is_torn else line_text


def _read(text: str) -> tuple[Officer, int]:
    """Return the officer at the beginning of a text on one line, and the end of the reasons."""
    printed_label = _LABEL.match(text)
    name_start = printed_label.end() if printed_label else len(text) - len(text.lstrip(" \t:;.,"))
    name_start += split_marking(text[name_start : name_start + 60])[1]
    reason_match = _REASON.search(text, name_start)
    if reason_match is None and text.endswith(("...", "…")):
        return _cut_off(text[name_start:].rstrip(".…")), len(text)
    name_and_title = text[name_start : reason_match.start() if reason_match else len(text)].strip(
        " :;,.-("
    )
    name, title = split_name(name_and_title[:200])
    if reason_match is None:
        return Officer(name, title, (), 0), len(text)
    reasons, reasons_end = _reasons(text, reason_match.start())
    return Officer(name, title, reasons, 0), reasons_end


def _cut_off(text: str) -> Officer:
    """Return the officer on a line that the site cut off, without a name that may be cut."""
    torn_reason = _TORN_REASON.search(text)
    name_and_title = (
        text[: torn_reason.start()].rstrip(" ,.;").removesuffix(" for") if torn_reason else text
    )
    name, title = split_name(name_and_title[:200])
    if not torn_reason and text.endswith(name or title or ""):
        name = title = None
    return Officer(name, title, (), 0)


def _reasons(text: str, start: int) -> tuple[tuple[str, ...], int]:
    reason_texts: list[str] = []
    reasons_end = len(text)
    for paragraph_match in _PARAGRAPH.finditer(text, start, start + 400):
        reason_offset = paragraph_match.end()
        while letter_match := _LETTER.match(text, reason_offset):
            if letter_match.group(1):
                reason_texts.append(
                    f"1.{paragraph_match.group(1)} ({letter_match.group(1).lower()})"
                )
            reason_offset = letter_match.end()
        closing_match = _CLOSING.match(text, reason_offset)
        reasons_end = closing_match.end() if closing_match else reason_offset
    return tuple(dict.fromkeys(reason_texts)), reasons_end


_NUMBER = pattern(r"[ \t:]{0,4}(\d{4,6})\b")
_LABELS = pattern(
    r"[ \t:;,.-]{0,6}(?:DECL(?:AS|ASS|ASSIFY|ASSIFIED)?(?:[ ]ON)?\b"
    r"|DECLASSIFICATION[ ]DATE\b|DNG\b(?=[ :]))?"
    r"[ \t:;,.-]{0,6}",
    re.IGNORECASE,
)
_NUMERIC = pattern(
    r"(?<![\d/])(?:(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}"
    r"|\d{2}))(?![\d/])"
)
_MONTH = rf"({'|'.join(MONTHS)})[A-Z]{{0,6}}\.?"
_IN_WORDS = pattern(
    rf"\b(?:(\d{{1,2}})[ -]{{0,2}}{_MONTH},?[ -]{{0,2}}(\d{{4}}|\d{{2}})"
    rf"|{_MONTH}[ ]{{1,2}}(\d{{1,2}}),?[ ]{{1,2}}(\d{{4}}))\b",
    re.IGNORECASE,
)
_NOTHING = pattern(r"N[/.]?A\.?|NONE|[-.:;]*", re.IGNORECASE)
_MOST_ORDER_LINES = 3
_LONGEST_TERM = 60
"""The maximum number of years from a cable to its declassification; the orders allow 25, and 50 in
some cases.
"""


class ExecutiveOrder(NamedTuple):
    """The facts stated on the E.O. line."""

    number: str | None
    declassify_on: str | None
    """The date in ISO format; None if it is missing or impossible."""
    event: str | None
    """The words of the line, if it contains more than a date."""
    end: int
    """The end of the line in the body, or 0 if there is no such line."""


def order(top: Top, created_year: int) -> ExecutiveOrder:
    """Return the executive order of a body, with the day of declassification."""
    order_label = top.first("order")
    if order_label is None:
        return ExecutiveOrder(None, None, None, 0)
    order_pieces: list[Piece] = []
    for piece in top.pieces(order_label):
        if order_pieces and (not piece.text.strip(" \\") or len(order_pieces) >= _MOST_ORDER_LINES):
            break
        order_pieces.append(piece)
    order_text = " ".join(" ".join(piece.text for piece in order_pieces).replace("\\", " ").split())
    number_match = _NUMBER.match(order_text)
    text_after = order_text[number_match.end() :] if number_match else order_text
    printed_label = _LABELS.match(text_after)
    value_text = text_after[printed_label.end() :].strip(" .:;,") if printed_label else text_after
    order_end = order_pieces[-1].end if order_pieces else order_label.content
    return ExecutiveOrder(
        number_match.group(1) if number_match else None, *_when(value_text, created_year), order_end
    )


def _when(date_text: str, created_year: int) -> tuple[str | None, str | None]:
    if _NOTHING.fullmatch(date_text):
        return None, None
    iso_date, text_after_day = declassification_date(date_text, created_year)
    if iso_date and not text_after_day.strip(' .,;:()"'):
        return iso_date, None
    return iso_date, date_text[:300]


def declassification_date(value: str, created_year: int) -> tuple[str | None, str]:
    """Return the first date in a text, in ISO format or None, and the text without the date.

    A two-digit year is the last matching year that is at most 60 years after the cable's own;
    `6/30/08` in a cable from 2009 is a slip and does not mean the year 2108.
    """
    match = _NUMERIC.search(value) or _IN_WORDS.search(value)
    iso_date = _iso(match, created_year) if match else None
    if match is None or iso_date is None:
        return None, value
    return iso_date, value[: match.start()] + value[match.end() :]


def _iso(match: re.Match[str], created_year: int) -> str | None:
    first_number, second_number, last_number = filter(None, match.groups())
    if len(first_number) == 4:
        year_text, month, day = first_number, second_number, last_number
    elif first_number.isdigit() and second_number.isalpha():
        day, month, year_text = first_number, second_number, last_number
    else:
        month, day, year_text = first_number, second_number, last_number
    year_number = int(year_text)
    if len(year_text) < 3:
        year_number += 1900
        while year_number + 100 <= created_year + _LONGEST_TERM:
            year_number += 100
    try:
        return date(year_number, MONTHS.get(month.upper()) or int(month), int(day)).isoformat()
    except ValueError:
        return None
