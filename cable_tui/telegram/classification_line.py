"""The classification line: class, sections, station and serial, in all its damaged spellings.

Examples are `UNCLAS SECTION 01 OF 08 CASABLANCA 000027`, `S e c r e t state 068250` and `O N F I D
E N T I A L`. A text states its own serials on this line and on its page lines.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cable_tui.base.cable import Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.telegram.body_labels import Top

_CLASSES = pattern(r"S?ECRET|C?ONFIDENTIAL|UNCLAS|LIMITEDOF{1,4}ICIALUSE")
_WORDS = (
    r"(?:[A-Z]{0,2}[ ]?S?[ ]?E[ ]?C[ ]?R[ ]?E[ ]?T"
    r"|[A-Z]?[ ]?C?[ ]?O?[ ]?N[ ]?F[ ]?I[ ]?D[ ]?E[ ]?N[ ]?T[ ]?I[ ]?A[ ]?L"
    r"|U{1,2}[ ]?N[ ]?C[ ]?L[ ]?A[ ]?S(?:[ ]?S[ ]?I[ ]?F[ ]?I[ ]?E[ ]?D)?"
    r"|LIMITED[ ]OF{1,4}ICIAL[ ]USE)"
)
_LINE = pattern(
    rf"(?:^|(?<=[\t ]))(?P<class>{_WORDS})(?:[ ]?//?[ ]?(?:NOFORN|FOUO"
    rf"|FOR[ ]OFFICIAL[ ]USE[ ]ONLY))?"
    r"(?:[ ]{1,3}E[ ]F[ ]T[ ]O)?"
    r"(?:[ ]{1,4}(?:FINAL[ ])?SECTION[ ]?(?P<section>\d{1,2})[ ]{1,2}O[FN][ ]{1,2}(?P<of>\d{1,2}))?"
    r"(?:[ ]{1,6}(?P<station>[A-Z][A-Z .'-]{1,24}?)[ ]{1,6}(?P<serial>\d{1,7})"
    r"(?=\s|$|SIPDIS|NOFORN))?",
    re.IGNORECASE,
)
_DATED = pattern(r"[ \t]{0,8}\[?Cable dated:[ ]?[0-9T:-]{10,19}\]?[ ]?")
"""The words that a newspaper put before the first line of its copies."""
_DATE_AT = 24
_LOOKED_AT = 120
_ENDS_IN_SERIAL = pattern(r"\d{5}[ \\]{0,3}$")
_MOST_LINES = 70


class ClassLine(NamedTuple):
    """The parts of the classification line."""

    span: Span
    sections: int | None
    station: str | None
    """The station as printed, in capitals: `LA PAZ`."""
    serial: int | None


def is_classification_line(text: str) -> bool:
    """Return whether a line has the form of a classification line, damaged or not."""
    squeezed_text = text[:80].upper().replace(" ", "")
    match = _CLASSES.search(squeezed_text)
    return match is not None and match.start() <= 3


@lru_cache(maxsize=1)  # several fields of one top ask for it
def class_line(top: Top) -> ClassLine | None:
    """Return the classification line of a body, or None if there is none.

    If there are several, the first line with the station is used: a pasted database row has a line
    without a station.
    """
    bare_line: ClassLine | None = None
    subject_label = top.first("subject")
    subject_start = subject_label.start if subject_label else top.end
    for line_start, line in zip(top.starts[:_MOST_LINES], top.lines, strict=False):
        if line_start >= top.end or (line_start > subject_start and bare_line is None):
            break
        line_read = read(line, line_start)
        if line_read is None or (line_start > subject_start and not _ENDS_IN_SERIAL.search(line)):
            continue
        if line_read.station:
            return line_read
        bare_line = bare_line or line_read
    return bare_line


def read(line: str, start: int = 0) -> ClassLine | None:
    """Return the classification line at the start of a line or after its last tab, or None."""
    text_start = line.rfind("\t") + 1
    if "dated:" in line[:_DATE_AT] and (date_match := _DATED.match(line)):
        text_start = date_match.end()
    class_text = line[text_start : text_start + _LOOKED_AT]
    if not is_classification_line(class_text):
        return None
    match = _LINE.search(class_text)
    if match is None:
        return None
    section_count, station, serial_digits = match.group("of", "station", "serial")
    class_start = start + text_start + match.start()
    return ClassLine(
        (class_start, start + text_start + match.end()),
        int(section_count) if section_count and int(section_count) else None,
        " ".join(station.upper().split()) if station else None,
        int(serial_digits) if serial_digits else None,
    )


_PAGE = pattern(r"[A-Z.] 0*([1-9]\d{0,6}) {1,4}\d{3}(?:\.\d{1,2})? {1,2}OF \d{3}\b")
_LINES = 40
"""The number of lines of the head to search for the classification line."""


def own_numbers(body: str, begin: int) -> set[int]:
    """Return the serials of a cable in its own text; `begin` is the end of the head.

    Return an empty set if the text contains none.
    """
    first_lines = body[:begin].split("\n", _LINES)[:_LINES]
    class_lines = (read(line) for line in first_lines)
    serials = {
        line.serial for line in class_lines if line and line.station and line.serial is not None
    }
    return serials | {int(page_match[1]) for page_match in _PAGE.finditer(body)}
