"""Finds and removes the page-break lines that the transmission set into a body.

Modern: `CASABLANCA 00000027  002 OF 008`; before 2002: `PAGE 02 HARARE 06677 01 OF 03 291400Z`,
with the classification alone on the line above.
"""

from __future__ import annotations

from cable_tui.pattern import pattern

_MODERN = pattern(
    r"(?:[ \t]0?\d{7}|X{5,20})[ \t]{1,4}\d{3}(?:\.\d{1,2})?[ \t]{1,2}(?:OF|of)[ \t]{1,2}\d{3}\b"
)
_STATION = pattern(
    r"(?:^|(?<=[ \t]))[A-Z][A-Z.'-]{0,19}(?:[ \t][A-Z][A-Z.'-]{0,19}){0,2}[ \t]{0,3}$"
)
_PLAIN_STATION = pattern(
    r"[ \t]{0,12}(?:[A-Z][A-Z .'-]{1,30}|[A-Z][a-z]{1,20}(?: [A-Za-z]{1,20}){0,2} ?)?$"
)
_OLD = pattern(
    r"[ \t]{0,20}PAGE[ \t]{1,3}\d{2}[ \t]{1,10}[A-Z][A-Z .'-]{1,24}?[ \t]{1,6}\d{4,6}"
    r"(?:[ \t]{1,6}\d\d[ \t]OF[ \t]\d\d)?[ \t]{1,6}\d{6}Z"
)
_ROUTE_PAGE = pattern(r"[ \t]{0,20}PAGE[ \t]{1,3}\d{2}[ \t]{1,10}R[A-Z]{3,7}\d{4}\b")
_CLASS_ALONE = pattern(
    r"[ \t]{0,60}(?:UNCLAS(?:SIFIED)?|LIMITED OFFICIAL USE|CONFIDENTIAL|SECRET"
    r"|C O N F I D E N T I A L|S E C R E T)(?:[ ]PTQ\d{3,5})?[ \t]{0,60}"
)
_CAPTION = pattern(r"[ \t]{0,8}SIPDIS(?![A-Za-z]|[ ](?:CAPTION|DISTRIBUTION|CHANNEL|caption))")
"""A caption that the system of the Department set into the middle of texts too."""
_SECTION_BEGINS = pattern(
    r"[ \t]{0,20}PAGE[ \t]{1,3}01[ \t][^\n]{3,40}?[ \t](?!01)\d\d[ \t]OF[ \t]\d\d[ \t]"
)
_SECTION_LINE = pattern(r"[^\n]{0,40}[ ]SECTION[ ]{0,2}\d\d[ ]{1,2}OF[ ]{1,2}\d\d\b")
_SECTION_LABEL = pattern(r"[ \t]{0,8}(?:E\.?O\.?[ ]\d{5}|TAGS|SUBJ)")
_SECTION_HEAD = 80
"""Lines from the first page line of a section to its own classification line."""
_SECTION_LABELS = 25
"""Lines from there to the last label that it repeats."""


def rest(line: str) -> str | None:
    """What a line says besides its page break, stripped; None where it has no page break."""
    if (" OF" in line or " of 0" in line) and (found := _MODERN.search(line)):
        return _around(line, found.start(), found.end())
    if "PAGE" not in line:
        return None
    if found := _OLD.match(line):
        return line[found.end() :].strip()
    if found := _ROUTE_PAGE.match(line):
        after = line[found.end() :]
        return "" if _CLASS_ALONE.fullmatch(after) or not after.strip() else after.strip()
    return None


def _around(line: str, start: int, end: int) -> str:
    before, after = line[:start], line[end:].strip()
    if _PLAIN_STATION.match(before):
        return after
    station = _STATION.search(before[-62:])
    if station:
        # A sentence in capitals may run into the station: of several words only the last is sure.
        words = station.group().split()
        before = before[: before.rindex(words[-1])]
    return f"{before.strip()} {after}".strip()


def is_class_alone(line: str) -> bool:
    """Whether a line is nothing but a classification, as stands above old page breaks."""
    return len(line) < 90 and _CLASS_ALONE.fullmatch(line) is not None


def without(lines: list[str]) -> list[str | None]:
    """The lines with page breaks taken out: None for a line that was only one, or belongs to one.

    The blank lines around a page break and the classification above an old one go with it.
    """
    kept: list[str | None] = list(lines)
    for at, line in enumerate(lines):
        remaining = None if kept[at] is None else rest(line)
        if remaining is None:
            if "SIPDIS" in line:
                _without_caption(kept, at)
            continue
        kept[at] = remaining or None
        _clear_before(kept, at)
        if "01" in line and _SECTION_BEGINS.match(line):
            _without_section_head(kept, at)
            remaining = kept[at]
        if not remaining:
            _clear_after(kept, at)
    return kept


def _without_section_head(kept: list[str | None], at: int) -> None:
    """Take out the header and the labels that an old section repeats before its text."""
    last = 0
    for below in range(at, min(at + _SECTION_HEAD, len(kept))):
        if _SECTION_LINE.match(kept[below] or ""):
            last = below
            break
    if not last:
        return
    for below in range(last + 1, min(last + _SECTION_LABELS, len(kept))):
        line = kept[below] or ""
        if _SECTION_LABEL.match(line):
            last = below
        elif rest(line) is not None:
            break
    kept[at : last + 1] = [None] * (last + 1 - at)


def _without_caption(kept: list[str | None], at: int) -> None:
    """Take out the caption that begins a line; a sentence that it cut is joined again."""
    line = kept[at] or ""
    found = _CAPTION.match(line)
    if not found:
        return
    kept[at] = line[found.end() :].lstrip() or None
    if kept[at] is None and at + 1 < len(kept) and (kept[at + 1] or "").strip():
        _clear_blanks_before(kept, at)  # it came with a blank line above itself


def _clear_before(kept: list[str | None], at: int) -> None:
    while at and (above := kept[at - 1]) and is_class_alone(above):
        at -= 1
        kept[at] = None
    _clear_blanks_before(kept, at)


def _clear_blanks_before(kept: list[str | None], at: int) -> None:
    while at and (above := kept[at - 1]) is not None and not above.strip():
        at -= 1
        kept[at] = None


def _clear_after(kept: list[str | None], at: int) -> None:
    while at + 1 < len(kept) and (below := kept[at + 1]) is not None and not below.strip():
        at += 1
        kept[at] = None
