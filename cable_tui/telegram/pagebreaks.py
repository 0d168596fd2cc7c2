"""Find and remove the page-break lines that the transmission inserted into a body.

Modern lines: `CASABLANCA 00000027  002 OF 008`; before 2002: `PAGE 02 HARARE 06677 01 OF 03
291400Z`, with the classification alone on the line above. In some copies the time is missing, the
page line is broken in two, or it is within a line of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Literal

from cable_tui.base.cable import Span
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.glossary import posts

_PAGE_SIGNS = ("PAGE", " OF", " of 0")
INTRUSIONS = (*_PAGE_SIGNS, "SIPDIS")
"""Texts of which at least one occurs in every line of a page break."""
_SURE_SIGNS = tuple(map(pattern, ("PAGE", "OF(?<= OF)", "0(?<= of 0)", r"Z(?:(?<=\dZ)|(?<=\d Z))")))
"""The same texts, and the end of a time. Each pattern begins with a letter that is rare in texts,
which halves the search time.
"""
_MODERN = pattern(
    r"(?:[ \t]0?\d{7}|X{5,20})[ \t]{1,4}\d{3}(?:\.\d{1,2})?[ \t]{1,2}(?:OF|of)[ \t]{1,2}\d{3}\b"
)
_STATION = pattern(
    r"(?:^|(?<=[ \t]))[A-Z][A-Z.'-]{0,19}(?:[ \t][A-Z][A-Z.'-]{0,19}){0,2}[ \t]{0,3}$"
)
_WORD = pattern(r"\S+")
_PLAIN_STATION = pattern(
    r"[ \t]{0,12}(?:[A-Z][A-Z .'-]{1,30}|[A-Z][a-z]{1,20}(?: [A-Za-z][a-z]{0,19}){0,2} ?)?$"
)
_CLASS = (
    r"(?:UNCLAS[A-Z]{0,9}|L ?I ?M ?I ?T ?E ?D {1,3}O ?F ?F{0,3} ?I ?C ?I ?A ?L {1,3}U ?S ?E"
    r"|CONF[A-Z]{3,8}AL|(?:TOP )?SECRET"
    r"|C O N F I D E N T I A L|S E C R E T|U N C L A S S I F I E D)(?:[ ]?/{0,2}[ ]?NOFORN)?"
)
"""A classification in the spellings found on page lines, where it was retyped for each page."""
_PAGE = r"PAGE[ \t]{1,3}\d{2}"
_NAME = r"[A-Z][A-Z .'-]{1,24}?[ \t]{1,6}"
_SECTION_OF = r"(?:[ \t]{1,6}\d\d[ \t]{1,2}OF[ \t]{1,2}\d\d)?"
_TRAVELLING = r"(?:[ \t]{1,6}(?:TOSEC|SECTO)[ \t]{1,3}\d{1,6})?"
"""The number of a message to or from a travelling Secretary."""
_TIMED = (
    rf"{_NAME}\d{{4,6}}{_SECTION_OF}{_TRAVELLING}[ \t]{{1,6}}\d{{6}}[ ]?Z(?:[ \t]{{1,6}}POSS DUPE)?"
)
"""A pattern for post, number and time."""
_TIMELESS = rf"{_NAME}\d{{5,6}}{_SECTION_OF}{_TRAVELLING}(?:[ \t]{{1,6}}\d{{1,6}})?"
"""Pattern for a line without the time, or with part of it; its number has leading zeros."""
_OLD = pattern(rf"[ \t]{{0,80}}{_PAGE}[ \t]{{1,12}}{_TIMED}")
_OLD_TIMELESS = pattern(rf"[ \t]{{0,80}}{_PAGE}[ \t]{{1,12}}{_TIMELESS}[ \t]{{0,80}}$")
_OLD_LABELLED = pattern(
    rf"[ \t]{{0,80}}{_PAGE}[ \t]{{1,12}}{_NAME}\d{{5,6}}{_SECTION_OF}"
    r"(?=[ \t]{1,40}(?:SUBJ|REF|E\.O|TAGS|CLASSIFIED|\d{1,2}\.[ ]))"
)
"""A page line without a time that precedes the text of a line."""
_WITHIN = pattern(
    rf"(?:(?:^|(?<=\s)){_CLASS}[ \t]{{1,40}})?(?:^|(?<=\s)){_PAGE}[ \t]{{1,12}}{_TIMED}(?=\s|$)"
)
_WITHIN_MARKED = pattern(
    rf"(?:^|(?<=\s)){_CLASS}[ \t]{{1,40}}{_PAGE}[ \t]{{1,12}}{_NAME}\d{{5,6}}{_SECTION_OF}(?=\s|$)"
    rf"|(?<=\s){_PAGE}[ \t]{{1,12}}{_NAME}0\d{{4,5}}{_SECTION_OF}(?=\s|$)"
)
"""A page line after text. If the time is missing, the classification must come before the page
line, or leading zeros must fill its number.
"""
_WITHIN_PAGELESS = pattern(
    r"(?<=[ \t])\d{5,6}[ \t]{1,6}\d\d[ \t]{1,2}OF[ \t]{1,2}\d\d(?:[ \t]{1,6}\d{6}[ ]?Z)?(?=\s|$)"
)
"""The number and section of a page line that lost the word PAGE."""
_CLASS_BEFORE = pattern(rf"(?:^|(?<=\s)){_CLASS}[ \t]{{1,40}}$")
_PAGE_ALONE = pattern(rf"[ \t]{{0,80}}{_PAGE}[ \t]{{0,80}}$")
_POST_ALONE = pattern(rf"[ \t]{{0,80}}{_TIMED}[ \t]{{0,80}}$")
_POST_BELOW = pattern(rf"[ \t]{{0,80}}(?:{_TIMED}|{_TIMELESS})[ \t]{{0,80}}$")
"""The remainder of a page line that was broken after its page number; unambiguous only below that
line.
"""
_ROUTE_PAGE = pattern(r"[ \t]{0,20}PAGE[ \t]{1,3}\d{2}[ \t]{1,10}R[A-Z]{3,7}\d{4}\b")
_CLASS_ALONE = pattern(rf"[ \t]{{0,80}}{_CLASS}(?:[ ]{{1,20}}PTQ\d{{3,5}})?[ \t]{{0,80}}")
_CLASS_BEHIND = pattern(rf"[ \t]{{1,80}}{_CLASS}[ \t]{{0,20}}$")
_CLASS_GLUED = pattern(rf"(?<=[A-Z]-){_CLASS}[ \t]{{0,20}}$")
"""A pattern for a classification after a word that was divided at the end of its page."""
_CONTROL = pattern(r"[ \t]{0,80}[A-Z]{3}\d{3}[ \t]{0,80}$")
"""A code of the machine below the end of a section."""
_END = pattern(
    r"[ \t]{0,80}(?:N{3,5}|(?:E[ ]?){6,12}(?:[ \t]{0,40}[A-Z]{3}\d{3})?"
    r"|<{2,3} ?END OF DOCUMENT ?>{2,3})[ \t]{0,80}$"
)
"""The end of a transmission."""
_CAPTION = pattern(r"[ \t]{0,8}SIPDIS(?![A-Za-z]|[ ](?:CAPTION|DISTRIBUTION|CHANNEL|caption))")
"""A caption that the Department's system also inserted into the middle of texts."""
_SECTION = pattern(r"[ \t](?!01)\d\d[ \t]{1,2}OF[ \t]{1,2}\d\d(?![0-9])")
_FIRST_PAGE = pattern(r"[ \t]{0,80}PAGE[ \t]{1,3}01\b")
_SECTION_LINE = pattern(
    r"[^\n]{0,60}[ ]SECTION[ ]{0,2}\d{1,2}[ ]{1,2}O[FN][ ]{1,2}\d{1,2}\b"
    rf"|[ \t]{{0,80}}{_CLASS}[ ][^\n]{{0,80}}\d[ \t]{{0,80}}$"
)
_HEAD_LINE = pattern(
    r"[ \t]{0,80}(?:(?:ACTION|INFO|ORIGIN|FM|TO)[ ]|[A-Z/]{1,6}-\d\d\b|-{6}|/\d{3}"
    r"|\d{1,3}[ \t]{0,80}$"
    r"|(?:[ZOPR]{1,2}[ ]{1,3}){1,2}\d{6}[ ]?Z|AM(?:EMB|CON)|USMISSION|SECSTATE)"
)
"""A header line that a section repeats."""
_RESTRICTION = pattern(r"[ \t]{0,80}(?:EXDIS|NODIS|LIMDIS|STADIS|NOFORN|CHEROKEE|EFTO)[ \t]{0,80}$")
_SECTION_LABEL = pattern(r"[ \t]{0,8}(?:E\.?O\.?[ ]\d{5}|TAGS|SUBJ)")
_SECTION_HEAD = 80
"""The number of lines from the first page line of a section to its own classification line."""
_SECTION_LABELS = 25
"""The number of lines from the classification line of a section to the last label that it repeats.
"""


def rest(line: str, *, partly: bool = False) -> str | None:
    """Return a line without its page break, stripped, or None if it has no page break.

    With `partly`, the page break may be at the end of a line, and the text before it is kept.
    """
    span = _page_line(f" {line}", 1) if partly else _page_line(line)
    if span is None:
        return None
    if partly:
        span = span[0] - 1, span[1] - 1
    return f"{line[: span[0]].strip()} {line[span[1] :].strip()}".strip()


def place(line: str, left: str) -> Span:
    """Return the span of the page break in a line; `left` is the line without it, stripped."""
    indent_width = len(line) - len(line.lstrip())
    character_pairs = zip(line[indent_width:], left, strict=False)
    same_count = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], character_pairs))
    return indent_width + same_count, len(line.rstrip()) - (len(left) - same_count)


def _page_line(line: str, begin: int = 0) -> Span | None:
    """Return the span of the first page break in a line from an offset, or None."""
    if (" OF" in line or " of 0" in line) and (match := _MODERN.search(line, begin)):
        return _from_station(line, begin, match.start()), match.end()
    if "PAGE" not in line:
        if not begin and "Z" in line and _POST_ALONE.match(line):
            return 0, len(line)
        if " OF " in line and (match := _WITHIN_PAGELESS.search(line, begin)):
            page_start = _from_station(line, begin, match.start())
            if class_match := _CLASS_BEFORE.search(line[begin:page_start]):
                page_start = begin + class_match.start()
            return page_start, match.end()
        return None
    if not begin:
        if match := _OLD.match(line) or _OLD_LABELLED.match(line):
            return 0, match.end()
        if _PAGE_ALONE.match(line) or _OLD_TIMELESS.match(line):
            return 0, len(line)
        if match := _ROUTE_PAGE.match(line):
            return 0, len(line) if _CLASS_ALONE.fullmatch(line, match.end()) else match.end()
    match = _WITHIN.search(line, begin) or _WITHIN_MARKED.search(line, begin)
    return match.span() if match else None


def _from_station(line: str, begin: int, number_start: int) -> int:
    """Return the start of a page break, which is the name of its post, given its number's offset.

    A sentence in capitals may run into the name: if there are several words, only the name of a
    post is certain.
    """
    search_start = max(number_start - 62, begin)
    station_match = _STATION.search(line[search_start:number_start])
    word_spans = (
        [word.span() for word in _WORD.finditer(station_match.group())] if station_match else []
    )
    post_starts = (
        word_start
        for word_start, _ in word_spans
        if station_match and _is_post(station_match.group()[word_start:])
    )
    post_start = next(post_starts, None)
    if post_start is None and not begin and _PLAIN_STATION.match(line, 0, number_start):
        return 0
    if not station_match:
        return number_start
    return (
        search_start
        + station_match.start()
        + (word_spans[-1][0] if post_start is None else post_start)
    )


def _is_post(words: str) -> bool:
    return posts.station_alias(words) is not None


def is_class_alone(line: str) -> bool:
    """Return whether a line consists of a classification, as above old page breaks."""
    return len(line) < 200 and _CLASS_ALONE.fullmatch(line) is not None


def is_beside(line: str) -> bool:
    """Return whether a line accompanies old page breaks: a classification or SIPDIS, alone."""
    return is_class_alone(line) or line.strip() == "SIPDIS"


def is_end(line: str) -> bool:
    """Return whether a line only marks the end of a page or a transmission."""
    return _END.match(line) is not None or is_class_alone(line) or rest(line) == ""


def suspects(text: str) -> list[int]:
    """Return the numbers of the few lines that contain a text required in a page break."""
    return sorted(
        {
            line_number
            for sign_pattern in _SURE_SIGNS
            for line_number in _lines_with(sign_pattern, text)
        }
    )


def _lines_with(sign_pattern: Pattern[str], text: str) -> Iterator[int]:
    """Yield the number of the line of each match of a pattern in a text."""
    line_number = text_start = 0
    for match in sign_pattern.finditer(text):
        line_number += text.count("\n", text_start, match.start())
        text_start = match.start()
        yield line_number


def furniture(lines: list[str]) -> dict[int, int]:
    """Return the lines that end in part of an old page break, by line number from 0.

    The value is the number of characters before that part, or 0 for a line without other text.
    Callers first check whether any line contains `PAGE`.
    """
    kept_lines: list[str | None] = list(lines)
    for line_number in suspects("\n".join(lines)):
        if (
            kept_lines[line_number] is not None
            and (remaining_text := rest(lines[line_number])) is not None
        ):
            _take_out(kept_lines, line_number, remaining_text)
    return {
        line_number: len(kept_line or "")
        for line_number, (line, kept_line) in enumerate(zip(lines, kept_lines, strict=True))
        if kept_line != line and line.strip() and line.startswith(kept_line or "")
    }


def blank_pages(lines: list[str], suspected: list[int]) -> list[str]:
    """Return the lines with spaces in place of page lines, or the same list if there are none."""
    if not any(
        page_marker in lines[line_number]
        for line_number in suspected
        for page_marker in _PAGE_SIGNS
    ):
        return lines
    kept_lines: list[str | None] = list(lines)
    for line_number in suspected:
        line = lines[line_number]
        line_without_page = line if kept_lines[line_number] is None else _without_page_lines(line)
        if line_without_page.isspace() and line.strip():
            _take_out(kept_lines, line_number, "")
        elif line_without_page != line:
            kept_lines[line_number] = line_without_page
            _clear_before(kept_lines, line_number, old="PAGE" in line)
    if kept_lines == lines:
        return lines
    line_pairs = zip(lines, kept_lines, strict=True)
    return [
        line if kept_line is line else blanked(line, kept_line) for line, kept_line in line_pairs
    ]


def _without_page_lines(line: str) -> str:
    """Return a line with spaces in place of its page breaks.

    A paragraph on one line may have several page breaks.
    """
    body_pieces: list[str] = []
    span_end = 0
    while span := _page_line(line, span_end):
        break_start, break_end = span
        body_pieces += (line[span_end:break_start], " " * (break_end - break_start))
        span_end = break_end
    return "".join((*body_pieces, line[span_end:])) if body_pieces else line


def blanked(line: str, left: str | None) -> str:
    """Return a line with spaces in place of the removed whole, beginning or end."""
    if left is None or line.startswith(left):
        return (left or "").ljust(len(line))
    return left.rjust(len(line)) if line.endswith(left) or len(left) == len(line) else line


def without(lines: list[str], suspected: list[int], *, captions: bool) -> list[str | None]:
    """Return the lines without page breaks; `suspected` is the result of `suspects`.

    A line is None if it consisted of a page break or belonged to one. The blank lines around a page
    break and the classification above an old page break are removed with it. With `captions`, a
    caption at the beginning of a line is also removed.
    """
    kept_lines: list[str | None] = list(lines)
    caption_lines = (
        (line_number for line_number, line in enumerate(lines) if "SIPDIS" in line)
        if captions
        else ()
    )
    for number in sorted({*suspected, *caption_lines}):
        remaining_text = None if kept_lines[number] is None else rest(lines[number])
        if remaining_text is None:
            if captions and "SIPDIS" in lines[number]:
                _without_caption(kept_lines, number)
            continue
        is_section_start = _begins_section(kept_lines, number)
        _take_out(kept_lines, number, remaining_text)
        if is_section_start:
            _without_section_head(kept_lines, number)
            remaining_text = kept_lines[number]
        if not remaining_text:
            _clear_blanks(kept_lines, number, 1)
    if any("PAGE" in lines[number] for number in suspected):
        _without_stray_class(lines, kept_lines)
    return kept_lines


def _without_stray_class(lines: list[str], kept_lines: list[str | None]) -> None:
    """Remove page classifications that were mixed into the text of a cable set in columns."""
    removed_classes = {
        "".join(line.split())
        for line, kept_line in zip(lines, kept_lines, strict=True)
        if kept_line is None and is_class_alone(line)
    }
    if not removed_classes:
        return
    for line_number, line in enumerate(kept_lines):
        if line and is_class_alone(line) and "".join(line.split()) in removed_classes:
            kept_lines[line_number] = None


def _take_out(kept_lines: list[str | None], line_number: int, remaining_text: str) -> None:
    """Remove a page break from its line, with its parts above and below."""
    line = kept_lines[line_number] or ""
    alone_match = _PAGE_ALONE.match(line)
    kept_lines[line_number] = remaining_text or None
    _clear_before(kept_lines, line_number, old="PAGE" in line)
    if not alone_match:
        return
    post_line = _written_below(kept_lines, line_number)
    if post_line and _POST_BELOW.match(kept_lines[post_line] or ""):
        kept_lines[line_number + 1 : post_line + 1] = [None] * (post_line - line_number)


def _written_below(kept_lines: list[str | None], line_number: int) -> int:
    """Return the index of the next line with text, if it is within three lines; otherwise 0."""
    near_lines = range(line_number + 1, min(line_number + 4, len(kept_lines)))
    return next(
        (line_below for line_below in near_lines if (kept_lines[line_below] or "").strip()), 0
    )


def _begins_section(kept_lines: list[str | None], line_number: int) -> bool:
    """Return whether a page line is the first of a section after section one."""
    line = kept_lines[line_number] or ""
    if "01" not in line or not _FIRST_PAGE.match(line):
        return False
    if _PAGE_ALONE.match(line):
        line = kept_lines[_written_below(kept_lines, line_number)] or ""
    return _SECTION.search(line) is not None


def _without_section_head(kept_lines: list[str | None], line_number: int) -> None:
    """Remove the header and the labels that an old section repeats before its text."""
    label_line = 0
    for line_below in range(line_number, min(line_number + _SECTION_HEAD, len(kept_lines))):
        line = kept_lines[line_below] or ""
        if _SECTION_LINE.match(line):
            label_line = line_below
            break
    for line_below in range(line_number + 1, len(kept_lines) if not label_line else 0):
        line = kept_lines[line_below] or ""
        if _HEAD_LINE.match(line):
            label_line = line_below
        elif line.strip():
            break
    if not label_line:
        return
    for line_below in range(label_line + 1, min(label_line + _SECTION_LABELS, len(kept_lines))):
        line = kept_lines[line_below] or ""
        if _SECTION_LABEL.match(line) or _RESTRICTION.match(line):
            label_line = line_below
        elif rest(line) is not None:
            break
    kept_lines[line_number : label_line + 1] = [None] * (label_line + 1 - line_number)


def _without_caption(kept_lines: list[str | None], line_number: int) -> None:
    """Remove the caption at the beginning of a line, and join the sentence that it interrupted."""
    line = kept_lines[line_number] or ""
    caption_match = _CAPTION.match(line)
    if not caption_match:
        return
    kept_lines[line_number] = line[caption_match.end() :].lstrip() or None
    if (
        kept_lines[line_number] is None
        and line_number + 1 < len(kept_lines)
        and (kept_lines[line_number + 1] or "").strip()
    ):
        _clear_blanks(kept_lines, line_number, -1)  # it came with a blank line above itself


def _clear_before(kept_lines: list[str | None], line_number: int, *, old: bool) -> None:
    """Remove the classifications above a page break, with or without blank lines between them."""
    page_line = line_number
    has_code = False
    for line_above in range(line_number - 1, -1, -1):
        line = kept_lines[line_above]
        if line is None:  # of another page break
            break
        if is_class_alone(line) or (old and _END.match(line)):
            kept_lines[line_above:line_number] = [None] * (line_number - line_above)
            line_number = line_above
        elif line.strip():
            if old and not has_code and _CONTROL.match(line):
                has_code = True
                continue
            if old and line_above == page_line - 1:
                kept_lines[line_above] = _CLASS_BEHIND.sub("", line)
            elif old and "-" in line:
                kept_lines[line_above] = _CLASS_GLUED.sub("", line)
            break
    _clear_blanks(kept_lines, line_number, -1)


def _clear_blanks(kept_lines: list[str | None], line_number: int, step: Literal[-1, 1]) -> None:
    """Remove the blank lines above a line (`step` -1) or below it (1)."""
    line_number += step
    while (
        0 <= line_number < len(kept_lines)
        and (line := kept_lines[line_number]) is not None
        and not line.strip()
    ):
        kept_lines[line_number] = None
        line_number += step
