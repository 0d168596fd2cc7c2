"""Splits header and body in copies that lost the boxes: the body begins with its classification.

It also reads class and ID from that line, and removes the site's paragraph symbols (`¶`), which
some copies kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.base.pattern import Pattern, pattern
from cable_tui.telegram import classification_line, ids, pagebreaks, times

_LONGEST_HEADER = 400
"""The maximum number of lines of a header; the longest known header has 60."""
_LONGEST_LINE = 2000
"""The maximum number of characters of a line to search for the start of a body."""
_TOP_LINES = 12
_LINE_START = 80
"""The number of characters at the start of a line to search for a classification."""
_ADDRESSED = ("TO ", "INFO ", "FM ")
_TRANSMITTED = ("VZCZC", "DE ", "ZNR", "ZNY")
_OPENING = pattern(r".{0,2}?(?:S?ECRET|C?ONFIDENTIAL|UNCLAS|LIMITEDOF{1,4}ICIALUSE)", re.IGNORECASE)
_NUMBERED = pattern(
    r"[A-Z.] {1,8}[0-9]{3,8}(?:/[0-9]{1,2})?(?: {1,8}(?:FINAL )?SECTION [0-9 OF]{1,12})?$",
    re.IGNORECASE,
)
_ENDS_IN_NUMBER = pattern(r"[A-Z.] {1,8}([0-9]{2,8})$")
_ADDRESSEE = pattern(
    r"(?:TO|INFO|PAGE|FM|AM(?:EMB|CON)|US(?:MIS|DEL|INT)|SEC(?:STATE|DEF)|R[A-Z]{3,7}/)"
)
_NO_ADDRESSEE = pattern(r"E\. ?O\.|EO 1|TAGS|SUBJ|[0-9(]|.{60}|.*[.:;]$", re.IGNORECASE)
"""Matches a line below the addressees that is not an addressee, such as a label or text."""
_SENT = pattern(r"(?:[ZOPR]{1,2} {1,3}){1,2}[0-9]{6} ?Z\b|FM ")
_LABEL = pattern(r"E\. ?O\.|EO 1|TAGS|SUBJ", re.IGNORECASE)
_CLASS = pattern(r".{0,2}?(S?ECRET|C?ONFIDENTIAL|UNCLAS|LIMITEDOF{1,4}ICIALUSE)")
_CLASSES = {
    "ECRET": "SECRET",
    "ONFIDENTIAL": "CONFIDENTIAL",
    "UNCLAS": "UNCLASSIFIED",
    "LIMITED": "LIMITED OFFICIAL USE",
}
_DAMAGED = pattern(
    r"((?:[A-Z0-9] ){5,11}[A-Z0-9]|[A-Z0-9]{6,12})"
    r"(?= (?:(?:FINAL )?SECTION |[A-Z][A-Z .'-]{1,24} {1,6}[0-9]{3,8}$))"
)
"""A word that may be a class with a wrong letter, before section numbers or before a station and
number.
"""
_SENDER = pattern(r"^FM {1,4}([A-Z][A-Z .'-]{3,60}?) *$", re.MULTILINE)
_SENSITIVE = pattern(r"^ *SENSITIVE *$|FOR OFFICIAL USE ONLY|//FOUO", re.MULTILINE)
_TOP = 400
"""The first characters of a body, which contain its class and captions."""
_GLUED = pattern(
    r"""(?:(?:(?<![A-Za-z])U)?UNCLAS
      |(?:(?<![A-Za-z])[CS][ ]?)?C[ ]?O[ ]?N[ ]F[ ]I[ ]D[ ]E[ ]N
      |(?:(?<![A-Za-z])[CS])?S[ ]?E[ ]C[ ]R[ ]E[ ]T|E[ ]C[ ]R[ ]E[ ]T|O[ ]N[ ]F[ ]I[ ]D[ ]E[ ]N[ ]T
      |C[ ]o[ ]n[ ]f[ ]i[ ]d[ ]e[ ]n|S[ ]e[ ]c[ ]r[ ]e[ ]t|(?<=[A-Z0-9])Unclas(?=[ ])
      |(?<![ /])(?:SECRET|CONFIDENTIAL)(?=//|[ ](?:SECTION|[A-Z .']{2,40}[ ][0-9]{3,8}))
      |(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,[ ][0-9]{1,2}[ ][A-Z][a-z]{2,8}[ ][0-9]{4},
      |\[?Cable[ ]dated:[0-9]{4}-
      |<<[0-9]{3,7}>>|(?:id|ID):[ ][0-9]{3,7}(?=[ ]?$)|[0-9]{1,6},[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}[ ]
      |[0-9]{4}-[0-9]{2}-[0-9]{2}[ ][0-9]{2}:[0-9]{2}:[0-9]{2}\t)""",
    re.VERBOSE,
)
"""The beginning of the body in the last line of the header: its class, the date line of a
newspaper, or a database row that was pasted before it.
"""
_CAPTION = pattern(
    r"(?:SIPDIS|NOFORN|SENSITIVE)(?=[ ]{0,3}$)|E\.O\.[ ]?[0-9]{5}:|(?:TAGS|SUBJECT|REF):[ ]"
)
"""A caption at the beginning of a body without a class."""
_MOST_ABOVE = 3
"""The maximum number of lines of a body to search for its classification line."""
_PADDED = 5
"""A number of digits that a number in prose never has after a class and a word, but a serial number
has.
"""
_SERIAL = pattern(r"[0-9]{3,7}$")
_DATED = pattern(r"[0-9]{4}-")
_PARTIAL = "The full text of the original cable is not available."
_SIGN = pattern(r"^([ \t]{0,20})¶(?=([0-9]{1,12}|[A-Z])\. )", re.MULTILINE)
_LONE_SIGN = pattern(r"¶(?<!\S¶)[ \t]{0,20}\n(?=(?:[0-9]{1,12}|[A-Z])\. )")
_LONE_TAGS = pattern(
    r"TAG(?<![A-Za-z]TAG)(?P<label>S?[ \t]?:|(?<![^\n]TAG)S?)"
    r"(?P<codes>(?:[ \t]{0,8}\n(?:[ \t,;]{1,8}\n)?"
    r"(?!SECRET|CONFIDEN|UNCLAS|SUBJ|REF|SIPDIS|NOFORN|SENSITIVE)[A-Z][A-Z0-9/-]{1,40}){2,60})"
    r"(?=[ \t]{0,8}(?:\n|$))",
)
"""TAGS that are each on a separate line, possibly with spaces or a comma on lines between them."""
_BETWEEN = pattern(r"[\s,;]+")


def at_classification(texts: str) -> tuple[str, str]:
    """Return header and body of a joined text, cut before the first classification line.

    The line must follow the addressees if there is a transmission header. Without such a line, all
    of the text is the body.
    """
    is_transmitted = is_addressed = False
    for line_offset, header_line in _header_lines(texts):
        line_start = header_line[:_LINE_START]
        if _is_opening(line_start) and (is_addressed or not is_transmitted):
            return texts[:line_offset].rstrip("\n"), texts[line_offset:]
        is_addressed = is_addressed or line_start.startswith(_ADDRESSED)
        is_transmitted = is_transmitted or line_start.startswith(_TRANSMITTED)
    return "", texts


def _header_lines(texts: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and text of the first lines, as many as a header may have."""
    line_offset = 0
    for line in texts.split("\n", _LONGEST_HEADER)[:_LONGEST_HEADER]:
        yield line_offset, line
        line_offset += len(line) + 1


def _is_opening(start: str) -> bool:
    """Return whether a line begins with a classification, in plain or spaced letters."""
    return _OPENING.match(start.replace(" ", "")) is not None


def inside_a_line(texts: str) -> tuple[str, str]:
    """Return header and body of texts joined without a line break.

    For example, `...GENEVA 0670UNCLAS SECTION 01 OF 08`.
    """
    note_offset = texts.find(_PARTIAL, 0, _LINE_START * 4)
    if note_offset >= 0:
        # A partial extract has no other header.
        note_end = note_offset + len(_PARTIAL)
        return (texts[:note_end], texts[note_end:]) if texts[note_end:].strip() else ("", texts)
    header_lines = list(_header_lines(texts))
    body_start = _first(_GLUED, header_lines)
    if body_start is None and any(
        header_line.startswith(_TRANSMITTED) for _, header_line in header_lines[:_TOP_LINES]
    ):
        body_start = _first(_CAPTION, header_lines)
    if body_start is None:
        return "", texts
    return texts[:body_start].rstrip("\n"), texts[body_start:]


def _first(line_pattern: Pattern[str], header_lines: list[tuple[int, str]]) -> int | None:
    """Return the offset of the first match in the lines, or None."""
    for line_offset, header_line in header_lines:
        if match := line_pattern.search(header_line[:_LONGEST_LINE]):
            return line_offset + match.start()
    return None


def without_signs(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without the `¶` that the site put before its anchors, and the anchors."""
    anchors = tuple(f"par{match[2]}" for match in _SIGN.finditer(text))
    return _SIGN.sub(r"\1", text), anchors


def links_joined(text: str) -> str:
    """Return a page's text as displayed, if a program put its links on separate lines.

    The links are the paragraph symbol before a number, and TAGS codes.
    """
    return _LONE_TAGS.sub(_on_one_line, _LONE_SIGN.sub("¶", text))


def _on_one_line(match: re.Match[str]) -> str:
    return f"TAG{match['label']} {' '.join(_BETWEEN.split(match['codes'].strip()))}"


def after_addressees(texts: str, serial: int = 0) -> tuple[str, str]:
    """Return header and body of a telegram whose pages are printed below their class.

    The body begins at the first classification line after `FM` and `TO`; if there are several
    before the first label, at the line with a serial number. If no line can be read, it begins at
    the line with the telegram's own `serial`, or at that label. Otherwise the text is cut as by
    `at_classification`. A header with nothing after it has no body.
    """
    if is_header_alone(texts):
        return texts.rstrip("\n"), ""
    is_sent = is_addressed = False
    body_start: int | None = None
    for line_offset, header_line in _header_lines(texts):
        line_start = header_line[:_LINE_START].strip()
        if is_addressed and (_is_opening(line_start) or damaged_class(line_start)):
            if _NUMBERED.search(line_start):
                return texts[:line_offset].rstrip("\n"), texts[line_offset:]
            body_start = line_offset if body_start is None else body_start
        elif (
            # It ends in the telegram's own serial, and is no addressee and no page line.
            is_addressed
            and serial
            and (match := _ENDS_IN_NUMBER.search(line_start))
            and int(match[1]) == serial
            and not _ADDRESSEE.match(line_start)
        ):
            return texts[:line_offset].rstrip("\n"), texts[line_offset:]
        elif is_addressed and _LABEL.match(line_start):
            body_start = line_offset if body_start is None else body_start
            break
        elif line_start.startswith("PAGE "):
            body_start = None  # what was read was the class of the page before
        is_sent = is_sent or line_start.startswith("FM ")
        is_addressed = is_sent and (is_addressed or line_start.startswith("TO "))
    if body_start is None:
        body_start = _numbered(texts)
    if body_start is None:
        return at_classification(texts)
    return texts[:body_start].rstrip("\n"), texts[body_start:]


def is_header_alone(texts: str) -> bool:
    """Return whether only lines printed by the Department's machine follow the addressees."""
    is_addressed = in_addressees = False
    for _, header_line in _header_lines(texts):
        line_start = header_line[:_LINE_START].strip()
        if not line_start:
            in_addressees = False
        elif line_start.startswith("TO "):
            is_addressed = in_addressees = True
        elif not is_addressed or _ADDRESSEE.match(line_start) or pagebreaks.is_end(header_line):
            continue
        elif not in_addressees or _NO_ADDRESSEE.match(line_start) or _is_opening(line_start):
            return False
    return is_addressed


def _numbered(texts: str) -> int | None:
    """Return the offset of the numbered classification line in a header without addressees."""
    is_sent = False
    for line_offset, header_line in _header_lines(texts):
        line_start = header_line[:_LINE_START].strip()
        if is_sent and _is_opening(line_start) and _NUMBERED.search(line_start):
            return line_offset
        if _LABEL.match(line_start):
            return None
        is_sent = is_sent or _SENT.match(line_start) is not None
    return None


def classification_in(body: str) -> str:
    """Return the classification at the beginning of a body, as the site prints it.

    Return an empty string if there is none.
    """
    top_of_body = body[:_TOP].upper()
    class_match = _CLASS.match("".join(top_of_body.split())[:_LINE_START])
    class_word = (
        class_match[1] if class_match else damaged_class(top_of_body.lstrip().split("\n", 1)[0])
    )
    if not class_word:
        return ""
    class_name = next(
        class_name for letters, class_name in _CLASSES.items() if letters in class_word
    )
    if class_name in {"SECRET", "CONFIDENTIAL"} and "NOFORN" in top_of_body:
        return f"{class_name}//NOFORN"
    if class_name == "UNCLASSIFIED" and _SENSITIVE.search(top_of_body):
        return f"{class_name}//FOR OFFICIAL USE ONLY"
    return class_name


def damaged_class(line: str) -> str:
    """Return the class in a classification line with one wrong letter: `SEGRET LIMA 000027`.

    Return an empty string if no class fits, or if no station and number follow in the line.
    """
    match = _DAMAGED.match(line.strip())
    class_words = ("SECRET", "CONFIDENTIAL", "UNCLAS")
    similar_words = [
        class_word
        for class_word in class_words
        if match and _differ_by_one(class_word, match[1].replace(" ", ""))
    ]
    return similar_words[0] if similar_words and similar_words[0] not in line else ""


def _differ_by_one(first_word: str, second_word: str) -> bool:
    return (
        len(first_word) == len(second_word)
        and sum(
            letter != other_letter
            for letter, other_letter in zip(first_word, second_word, strict=True)
        )
        == 1
    )


def repairs(header: str, body: str) -> tuple[tuple[str, str], ...]:
    """Return a remark on class and sender if one letter in them was corrected."""
    from cable_tui.telegram import addressed_posts  # no page of the site needs its tables

    class_line = body.lstrip()[:_LINE_START].split("\n", 1)[0].strip()
    sender = _SENDER.search(header)
    sentences = [
        f"{repaired_word} is read instead of {printed_word}"
        for repaired_word, printed_word in (
            (damaged_class(class_line), class_line),
            (addressed_posts.repaired(sender[1]) if sender else "", sender[1] if sender else ""),
        )
        if repaired_word
    ]
    return (("Repaired", "; ".join(sentences)),) if sentences else ()


def id_in(header: str, body: str, created: str = "") -> str:
    """Return the ID from a body's classification line and the year of the header or date.

    Return an empty string if either is missing: `Secret plan 2009` is not a classification line.
    """
    sent_time = times.group(header)
    year = str(sent_time.day.year) if sent_time else created[:4] if _DATED.match(created) else ""
    top_of_body = body[:_LONGEST_LINE].lstrip() if year else ""
    for line in top_of_body.split("\n", _MOST_ABOVE)[:_MOST_ABOVE]:
        own_line = classification_line.read(line.strip())
        if own_line and own_line.station:
            class_words, text_after = (
                line.strip()[: own_line.span[1]],
                line.strip()[own_line.span[1] :],
            )
            serial_number = _SERIAL.search(class_words)
            if serial_number and (
                len(serial_number[0]) >= _PADDED or (class_words.isupper() and not text_after)
            ):
                named_reference = ids.reference_in(f"{year} {own_line.station} {own_line.serial}")
                return named_reference[0] if named_reference else ""
    return ""


def begins_as_telegram(text: str) -> bool:
    """Return whether a text begins with a classification line or as a transmission header."""
    first_line = text.lstrip()[:_LINE_START].split("\n", 1)[0]
    if not first_line[: _LINE_START // 2].isupper():
        return False
    class_line = classification_line.read(first_line)
    if class_line:
        return not first_line[class_line.span[1] :][:1].isalpha()
    return first_line.startswith("VZCZC") or _SENT.match(first_line) is not None
