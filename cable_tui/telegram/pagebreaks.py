"""Finds and removes the page-break lines that the transmission set into a body.

Modern: `CASABLANCA 00000027  002 OF 008`; before 2002: `PAGE 02 HARARE 06677 01 OF 03 291400Z`,
with the classification alone on the line above. Some copies lack the time, have the page line in
two, or within a line of text.
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
"""A part of every line of a page break."""
_SURE_SIGNS = tuple(map(pattern, ("PAGE", "OF(?<= OF)", "0(?<= of 0)", r"Z(?:(?<=\dZ)|(?<=\d Z))")))
"""The same, and the end of a time. Each begins with a letter that few texts have: it is found in
half the time."""
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
"""A classification in the spellings of page lines: it is typed again for each page."""
_PAGE = r"PAGE[ \t]{1,3}\d{2}"
_NAME = r"[A-Z][A-Z .'-]{1,24}?[ \t]{1,6}"
_SECTION_OF = r"(?:[ \t]{1,6}\d\d[ \t]{1,2}OF[ \t]{1,2}\d\d)?"
_TRAVELLING = r"(?:[ \t]{1,6}(?:TOSEC|SECTO)[ \t]{1,3}\d{1,6})?"
"""The number of a message to or from a travelling Secretary."""
_TIMED = (
    rf"{_NAME}\d{{4,6}}{_SECTION_OF}{_TRAVELLING}[ \t]{{1,6}}\d{{6}}[ ]?Z(?:[ \t]{{1,6}}POSS DUPE)?"
)
"""Pattern of post, number and time."""
_TIMELESS = rf"{_NAME}\d{{5,6}}{_SECTION_OF}{_TRAVELLING}(?:[ \t]{{1,6}}\d{{1,6}})?"
"""Pattern without the time or with a part of it: the number has leading zeros."""
_OLD = pattern(rf"[ \t]{{0,80}}{_PAGE}[ \t]{{1,12}}{_TIMED}")
_OLD_TIMELESS = pattern(rf"[ \t]{{0,80}}{_PAGE}[ \t]{{1,12}}{_TIMELESS}[ \t]{{0,80}}$")
_OLD_LABELLED = pattern(
    rf"[ \t]{{0,80}}{_PAGE}[ \t]{{1,12}}{_NAME}\d{{5,6}}{_SECTION_OF}"
    r"(?=[ \t]{1,40}(?:SUBJ|REF|E\.O|TAGS|CLASSIFIED|\d{1,2}\.[ ]))"
)
"""A page line without a time, before the beginning of a line."""
_WITHIN = pattern(
    rf"(?:(?:^|(?<=\s)){_CLASS}[ \t]{{1,40}})?(?:^|(?<=\s)){_PAGE}[ \t]{{1,12}}{_TIMED}(?=\s|$)"
)
_WITHIN_MARKED = pattern(
    rf"(?:^|(?<=\s)){_CLASS}[ \t]{{1,40}}{_PAGE}[ \t]{{1,12}}{_NAME}\d{{5,6}}{_SECTION_OF}(?=\s|$)"
    rf"|(?<=\s){_PAGE}[ \t]{{1,12}}{_NAME}0\d{{4,5}}{_SECTION_OF}(?=\s|$)"
)
"""A page line after text; without a time only if the classification comes before it, or if zeros
fill its number."""
_WITHIN_PAGELESS = pattern(
    r"(?<=[ \t])\d{5,6}[ \t]{1,6}\d\d[ \t]{1,2}OF[ \t]{1,2}\d\d(?:[ \t]{1,6}\d{6}[ ]?Z)?(?=\s|$)"
)
"""Number and section, if the word PAGE is lost."""
_CLASS_BEFORE = pattern(rf"(?:^|(?<=\s)){_CLASS}[ \t]{{1,40}}$")
_PAGE_ALONE = pattern(rf"[ \t]{{0,80}}{_PAGE}[ \t]{{0,80}}$")
_POST_ALONE = pattern(rf"[ \t]{{0,80}}{_TIMED}[ \t]{{0,80}}$")
_POST_BELOW = pattern(rf"[ \t]{{0,80}}(?:{_TIMED}|{_TIMELESS})[ \t]{{0,80}}$")
"""The rest of a page line that was broken after its number; certain only below that."""
_ROUTE_PAGE = pattern(r"[ \t]{0,20}PAGE[ \t]{1,3}\d{2}[ \t]{1,10}R[A-Z]{3,7}\d{4}\b")
_CLASS_ALONE = pattern(rf"[ \t]{{0,80}}{_CLASS}(?:[ ]{{1,20}}PTQ\d{{3,5}})?[ \t]{{0,80}}")
_CLASS_BEHIND = pattern(rf"[ \t]{{1,80}}{_CLASS}[ \t]{{0,20}}$")
_CLASS_GLUED = pattern(rf"(?<=[A-Z]-){_CLASS}[ \t]{{0,20}}$")
"""Pattern of a classification after a word that was divided at the end of its page."""
_CONTROL = pattern(r"[ \t]{0,80}[A-Z]{3}\d{3}[ \t]{0,80}$")
"""A code of the machine below the end of a section."""
_END = pattern(
    r"[ \t]{0,80}(?:N{3,5}|(?:E[ ]?){6,12}(?:[ \t]{0,40}[A-Z]{3}\d{3})?"
    r"|<{2,3} ?END OF DOCUMENT ?>{2,3})[ \t]{0,80}$"
)
"""The end of a transmission."""
_CAPTION = pattern(r"[ \t]{0,8}SIPDIS(?![A-Za-z]|[ ](?:CAPTION|DISTRIBUTION|CHANNEL|caption))")
"""A caption that the system of the Department set into the middle of texts too."""
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
"""A line of the header that a section repeats."""
_RESTRICTION = pattern(r"[ \t]{0,80}(?:EXDIS|NODIS|LIMDIS|STADIS|NOFORN|CHEROKEE|EFTO)[ \t]{0,80}$")
_SECTION_LABEL = pattern(r"[ \t]{0,8}(?:E\.?O\.?[ ]\d{5}|TAGS|SUBJ)")
_SECTION_HEAD = 80
"""Lines from the first page line of a section to its own classification line."""
_SECTION_LABELS = 25
"""Lines from there to the last label that it repeats."""


def rest(line: str, *, partly: bool = False) -> str | None:
    """Return the rest of a line without its page break, stripped; None if it has no page break.

    If it is `partly` a line, what comes before the page break may be text.
    """
    span = _page_line(f" {line}", 1) if partly else _page_line(line)
    if span is None:
        return None
    if partly:
        span = span[0] - 1, span[1] - 1
    return f"{line[: span[0]].strip()} {line[span[1] :].strip()}".strip()


def place(line: str, left: str) -> Span:
    """Return where the page break is in a line; `left` is the rest of the line, stripped."""
    indent = len(line) - len(line.lstrip())
    pairs = zip(line[indent:], left, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return indent + same, len(line.rstrip()) - (len(left) - same)


def _page_line(line: str, begin: int = 0) -> Span | None:
    """Return where the first page break of a line is, from an offset on; None if it has none."""
    if (" OF" in line or " of 0" in line) and (match := _MODERN.search(line, begin)):
        return _from_station(line, begin, match.start()), match.end()
    if "PAGE" not in line:
        if not begin and "Z" in line and _POST_ALONE.match(line):
            return 0, len(line)
        if " OF " in line and (match := _WITHIN_PAGELESS.search(line, begin)):
            page_start = _from_station(line, begin, match.start())
            if known := _CLASS_BEFORE.search(line[begin:page_start]):
                page_start = begin + known.start()
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


def _from_station(line: str, begin: int, number: int) -> int:
    """Return where the page break begins that has its number there: at the name of its post.

    A sentence in capitals may run into the name: of several words only those of a post are sure.
    """
    near = max(number - 62, begin)
    station = _STATION.search(line[near:number])
    words = [word.span() for word in _WORD.finditer(station.group())] if station else []
    tails = (start for start, _ in words if station and _is_post(station.group()[start:]))
    known_tail = next(tails, None)
    if known_tail is None and not begin and _PLAIN_STATION.match(line, 0, number):
        return 0
    if not station:
        return number
    return near + station.start() + (words[-1][0] if known_tail is None else known_tail)


def _is_post(words: str) -> bool:
    return posts.station_alias(words) is not None


def is_class_alone(line: str) -> bool:
    """Return whether a line is only a classification, as above old page breaks."""
    return len(line) < 200 and _CLASS_ALONE.fullmatch(line) is not None


def is_beside(line: str) -> bool:
    """Return whether a line is nothing but what stands beside old page breaks: a class, SIPDIS."""
    return is_class_alone(line) or line.strip() == "SIPDIS"


def is_end(line: str) -> bool:
    """Return whether a line is only the end of a page or a transmission."""
    return _END.match(line) is not None or is_class_alone(line) or rest(line) == ""


def suspects(text: str) -> list[int]:
    """Return the numbers of the few lines that have what a page break cannot do without."""
    return sorted({number for sign in _SURE_SIGNS for number in _lines_with(sign, text)})


def _lines_with(sign: Pattern[str], text: str) -> Iterator[int]:
    """Yield the numbers of the lines that a sign is in, once for each time."""
    line_number = text_start = 0
    for match in sign.finditer(text):
        line_number += text.count("\n", text_start, match.start())
        text_start = match.start()
        yield line_number


def furniture(lines: list[str]) -> dict[int, int]:
    """Return lines that end in a part of an old page break, by their numbers from 0.

    With the number of characters before it: 0 for a line without other text. Callers ask first
    whether any line has `PAGE`.
    """
    kept_lines: list[str | None] = list(lines)
    for number in suspects("\n".join(lines)):
        if kept_lines[number] is not None and (remaining := rest(lines[number])) is not None:
            _take_out(kept_lines, number, remaining)
    return {
        number: len(left or "")
        for number, (line, left) in enumerate(zip(lines, kept_lines, strict=True))
        if left != line and line.strip() and line.startswith(left or "")
    }


def blank_pages(lines: list[str], suspected: list[int]) -> list[str]:
    """Return the lines with spaces for page lines; the same list if it has none."""
    if not any(sign in lines[number] for number in suspected for sign in _PAGE_SIGNS):
        return lines
    kept_lines: list[str | None] = list(lines)
    for number in suspected:
        line = lines[number]
        plain = line if kept_lines[number] is None else _without_page_lines(line)
        if plain.isspace() and line.strip():
            _take_out(kept_lines, number, "")
        elif plain != line:
            kept_lines[number] = plain
            _clear_before(kept_lines, number, old="PAGE" in line)
    if kept_lines == lines:
        return lines
    rows = zip(lines, kept_lines, strict=True)
    return [line if left is line else blanked(line, left) for line, left in rows]


def _without_page_lines(line: str) -> str:
    """Return a line with spaces for its page breaks: a paragraph on one line may have several."""
    body_pieces: list[str] = []
    span_end = 0
    while span := _page_line(line, span_end):
        start, end = span
        body_pieces += (line[span_end:start], " " * (end - start))
        span_end = end
    return "".join((*body_pieces, line[span_end:])) if body_pieces else line


def blanked(line: str, left: str | None) -> str:
    """Return a line with spaces for its removed part: all, its beginning or its end."""
    if left is None or line.startswith(left):
        return (left or "").ljust(len(line))
    return left.rjust(len(line)) if line.endswith(left) or len(left) == len(line) else line


def without(lines: list[str], suspected: list[int], *, captions: bool) -> list[str | None]:
    """Return the lines with page breaks taken out; `suspected` as in `suspects`.

    None for a line that was only one, or belongs to one.

    The blank lines around a page break and the classification above an old one go with it; with
    `captions` also the caption that begins a line.
    """
    kept_lines: list[str | None] = list(lines)
    captioned = (n for n, line in enumerate(lines) if "SIPDIS" in line) if captions else ()
    for number in sorted({*suspected, *captioned}):
        remaining = None if kept_lines[number] is None else rest(lines[number])
        if remaining is None:
            if captions and "SIPDIS" in lines[number]:
                _without_caption(kept_lines, number)
            continue
        begins = _begins_section(kept_lines, number)
        _take_out(kept_lines, number, remaining)
        if begins:
            _without_section_head(kept_lines, number)
            remaining = kept_lines[number]
        if not remaining:
            _clear_blanks(kept_lines, number, 1)
    if any("PAGE" in lines[number] for number in suspected):
        _without_stray_class(lines, kept_lines)
    return kept_lines


def _without_stray_class(lines: list[str], kept: list[str | None]) -> None:
    """Remove the classifications of pages that were mixed with text from a column."""
    gone = {
        "".join(line.split())
        for line, left in zip(lines, kept, strict=True)
        if left is None and is_class_alone(line)
    }
    if not gone:
        return
    for number, line in enumerate(kept):
        if line and is_class_alone(line) and "".join(line.split()) in gone:
            kept[number] = None


def _take_out(kept: list[str | None], number: int, remaining: str) -> None:
    """Remove a page break from its line, with its parts above and below."""
    line = kept[number] or ""
    alone = _PAGE_ALONE.match(line)
    kept[number] = remaining or None
    _clear_before(kept, number, old="PAGE" in line)
    if not alone:
        return
    below = _written_below(kept, number)
    if below and _POST_BELOW.match(kept[below] or ""):
        kept[number + 1 : below + 1] = [None] * (below - number)


def _written_below(kept: list[str | None], number: int) -> int:
    """Return the next line with text, within three; 0 if there is none."""
    near = range(number + 1, min(number + 4, len(kept)))
    return next((below for below in near if (kept[below] or "").strip()), 0)


def _begins_section(kept: list[str | None], number: int) -> bool:
    """Return whether a page line is the first one of a later section."""
    line = kept[number] or ""
    if "01" not in line or not _FIRST_PAGE.match(line):
        return False
    if _PAGE_ALONE.match(line):
        line = kept[_written_below(kept, number)] or ""
    return _SECTION.search(line) is not None


def _without_section_head(kept: list[str | None], number: int) -> None:
    """Remove the header and the labels that an old section repeats before its text."""
    label_line = 0
    for below in range(number, min(number + _SECTION_HEAD, len(kept))):
        line = kept[below] or ""
        if _SECTION_LINE.match(line):
            label_line = below
            break
    for below in range(number + 1, len(kept) if not label_line else 0):
        line = kept[below] or ""
        if _HEAD_LINE.match(line):
            label_line = below
        elif line.strip():
            break
    if not label_line:
        return
    for below in range(label_line + 1, min(label_line + _SECTION_LABELS, len(kept))):
        line = kept[below] or ""
        if _SECTION_LABEL.match(line) or _RESTRICTION.match(line):
            label_line = below
        elif rest(line) is not None:
            break
    kept[number : label_line + 1] = [None] * (label_line + 1 - number)


def _without_caption(kept: list[str | None], number: int) -> None:
    """Remove the caption that begins a line; join the sentence that it cut."""
    line = kept[number] or ""
    caption = _CAPTION.match(line)
    if not caption:
        return
    kept[number] = line[caption.end() :].lstrip() or None
    if kept[number] is None and number + 1 < len(kept) and (kept[number + 1] or "").strip():
        _clear_blanks(kept, number, -1)  # it came with a blank line above itself


def _clear_before(kept: list[str | None], number: int, *, old: bool) -> None:
    """Remove the classifications above a page break, with or without blank lines between them."""
    page_line = number
    coded = False
    for above in range(number - 1, -1, -1):
        line = kept[above]
        if line is None:  # of another page break
            break
        if is_class_alone(line) or (old and _END.match(line)):
            kept[above:number] = [None] * (number - above)
            number = above
        elif line.strip():
            if old and not coded and _CONTROL.match(line):
                coded = True
                continue
            if old and above == page_line - 1:
                kept[above] = _CLASS_BEHIND.sub("", line)
            elif old and "-" in line:
                kept[above] = _CLASS_GLUED.sub("", line)
            break
    _clear_blanks(kept, number, -1)


def _clear_blanks(kept: list[str | None], number: int, step: Literal[-1, 1]) -> None:
    """Remove the blank lines above a line, or below it."""
    number += step
    while 0 <= number < len(kept) and (line := kept[number]) is not None and not line.strip():
        kept[number] = None
        number += step
