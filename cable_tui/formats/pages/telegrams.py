"""Finds the telegrams in a file of bare telegrams, each at its transmission header.

A transmission header has a line with the date-time group, and `FM` below it; the lines above,
starting at the transmission ID, belong to it. A header may also be quoted: a file whose name is an
ID is one telegram, and a header announced by the text is part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from operator import attrgetter
from typing import Literal, NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.formats.pages.cutter import Start, start_of_line
from cable_tui.formats.pages.signs import places

_SENT = pattern(
    rb"(?:(?<=[\r\n\f])|^|(?<=\S))[ \t\f]{0,80}"
    rb"((?:[ZOPRY]{1,2} ){1,2}[0-9]{6}Z [A-Z]{3} [0-9]{2})\b"
    rb"[^\r\n]{0,40}(?:\r\n?|\n)\s{0,20}FM [A-Z]"
)
_FROM = b"FM "
_BLANK = 24
"""The maximum number of bytes between the line of a date-time group and `FM`."""
_BEFORE = 160
"""The maximum size, in bytes, of the line with the date-time group."""
_LINE_ENDS = (b"\n", b"\r", b"\f")
_HEADER = pattern(
    rb"[ \t\f]{0,80}(?:VZCZC|(?:ZZ|OO|PP|RR|YY) R|R[A-Z]{3,7}(?: |\s*$)|DE R|ZN[RY] |INFO {1,4}LOG-"
    rb"|(?:ACTION|ORIGIN) [A-Z]|[A-Z]{1,5}-[0-9]{2}|-{10}|PAGE [0-9]{2} |#[0-9]{4})"
)
_ID = b"VZCZC"
_HEADER_LINES = 30
_NEAR = 600
"""The number of bytes after a text's symbols within which its own header must begin."""
_TOP = 1500
"""The number of bytes at the start of a telegram within which its header may follow a class."""
_FIRST = pattern(rb"[ \t\f]{0,80}(?:VZCZC|INFO {1,4}LOG-|(?:ACTION|ORIGIN) [A-Z]{2,5}-)")
_CLASS = pattern(
    rb"(?:(?<=[\r\n\f])|^)[ \t]{0,40}(?:S ?E ?C ?R ?E ?T|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|UNCLAS)"
)
_NOTE = b"This record is a partial extract of the original cable"
_HEAD = pattern(
    rb"(?:(?<=[\r\n\f])|^)[ \t]{0,40}"
    rb"(?:S E C R E T|C O N F I D E N T I A L|UNCLAS|SECRET|CONFIDENTIAL)"
    rb"[A-Z0-9 /.'-]{0,80}[A-Z] {1,4}([0-9]{3,8})\s"
)
_LABEL = pattern(rb"[\r\n] {0,8}(?:E\. ?[O0]\.|TAGS|SUBJ)")
_ANNOUNCED = pattern(
    rb"(?<!END )(?<!END CABLE )(?:TEXT|QUOTE|FOLLOWS|CABLE|TELEGRAM|REPEATED|MESSAGE)\W{0,40}$"
    rb"|:\s{0,40}$"
)
_ABOVE = 200
_QUOTED = (
    "a second transmission header begins on this line. It was not treated as a separate "
    "telegram, because {}"
)
_HEADED = (
    "a text with the number {} begins on this line without a transmission header. It was not "
    "treated as a separate telegram, because its year is unknown"
)
_ANNOUNCEMENT = "the text says that it follows"
SECOND = "the text around it also has a transmission header"
NAMED = "the file's name is the reference ID of one"


class Telegrams(NamedTuple):
    """The symbols of telegrams, for use as `cutter.PageSymbols`."""

    doubt: str = ""
    """The reason why no telegram in the file is certain to be separate, or an empty string."""

    def opening(self, data: bytes, start: int) -> int:
        """Return the end of the first date-time group, or of a class if there is none, or -1."""
        first_sent = next(_sent(data, start), None)
        class_match = _CLASS.search(data, start, first_sent.at if first_sent else len(data))
        note_offset = data.find(_NOTE, start, first_sent.at if first_sent else len(data))
        if note_offset >= 0 and (class_match is None or note_offset < class_match.start()):
            return note_offset + len(_NOTE)
        if first_sent and (class_match is None or first_sent.at < start + _TOP):
            return first_sent.end
        return class_match.end() if class_match else -1

    def between(
        self, others: Iterator[Start], data: bytes, start: int, after: int
    ) -> Iterator[Start]:
        """Yield the starts in `others`, and the headers before the first certain one."""
        page_starts: list[Start] = []
        for page in others:
            page_starts.append(page)
            if not page.doubt:
                break
        sure_start = page_starts.pop() if page_starts and not page_starts[-1].doubt else None
        header_starts = self.further(data, start, after, sure_start.symbol if sure_start else None)
        yield from merge(page_starts, header_starts, key=attrgetter("symbol"))
        if sure_start:
            yield sure_start

    def further(
        self, data: bytes, start: int, after: int, end: int | None = None
    ) -> Iterator[Start]:
        """Yield starts at the transmission header of another telegram."""
        search_end = len(data) if end is None else end
        own_end = after + (_NEAR if self.doubt else 0)
        own_header_match = next(_sent(data, start, min(own_end, len(data))), None)
        sent_words, text_start = own_header_match.words if own_header_match else b"", after
        serial_number = b""
        for symbol in _symbols(data, after, search_end):
            if symbol.kind == "head":
                serial_number = serial_number or symbol.words
                if symbol.words != serial_number:
                    yield Start(symbol.at, symbol.at, _HEADED.format(symbol.words.decode()))
                continue
            if symbol.words == sent_words and sent_words:
                continue
            header_start = (
                _with_header(data, symbol.at, text_start) if symbol.kind == "sent" else symbol.at
            )
            own_header = symbol.kind == "note" or not sent_words
            if (
                own_header
                and header_start < text_start + _TOP
                and not _CLASS.search(data, text_start, header_start)
            ):
                # its telegram has no text before it yet
                sent_words, text_start = symbol.words or sent_words, symbol.end
                continue
            announcement = _ANNOUNCED.search(
                data[max(text_start, header_start - _ABOVE) : header_start].upper().rstrip()
            )
            follows_page_break = b"\f" in data[max(header_start - 3, 0) : header_start]
            doubt = self.doubt or (_ANNOUNCEMENT if announcement and not follows_page_break else "")
            yield Start(header_start, symbol.at, _QUOTED.format(doubt) if doubt else "")
            text_start = symbol.end
            if not doubt:
                sent_words, serial_number = symbol.words, b""


def first_header(data: bytes, start: int, end: int) -> Start | None:
    """Return the first transmission header or replacement note between two offsets, or None."""
    for symbol in merge(_sent(data, start, end), _partial(data, start, end)):
        header_start = _with_header(data, symbol.at, start) if symbol.kind == "sent" else symbol.at
        return Start(header_start, symbol.at) if symbol.end <= end else None
    return None


class PageSymbol(NamedTuple):
    """A symbol with which a telegram begins or may begin."""

    at: int
    end: int
    kind: Literal["sent", "note", "head"]
    words: bytes
    """The date-time group with its precedence, or the serial number."""


def _symbols(data: bytes, start: int, end: int) -> Iterator[PageSymbol]:
    """Yield all symbols in order; each type is searched for only up to the next header."""
    after_last = start
    for symbol in merge(_sent(data, start, end), _partial(data, start, end)):
        yield from _headed(data, after_last, symbol.at)
        yield symbol
        after_last = symbol.end
    yield from _headed(data, after_last, end)


def _sent(data: bytes, start: int, end: int | None = None) -> Iterator[PageSymbol]:
    """Yield date-time groups with `FM` below them."""
    search_end = len(data) if end is None else end
    sender_offset = data.find(_FROM, start, search_end)
    while sender_offset >= 0:
        line_end = len(data[max(start, sender_offset - _BLANK) : sender_offset].rstrip()) + max(
            start, sender_offset - _BLANK
        )
        line_break = max(
            data.rfind(sent_match, max(start, line_end - _BEFORE), line_end)
            for sent_match in _LINE_ENDS
        )
        line_start = max(line_break, start, line_end - _BEFORE)
        header_matches = (
            _SENT.finditer(data, line_start, sender_offset + len(_FROM) + 1)
            if line_end < sender_offset
            else ()
        )
        sent_match = next(
            (match for match in header_matches if match.start() <= sender_offset < match.end()),
            None,
        )
        if sent_match:
            yield PageSymbol(sent_match.start(), sent_match.end(), "sent", sent_match[1])
        sender_offset = data.find(_FROM, sender_offset + len(_FROM), search_end)


def _partial(data: bytes, start: int, end: int) -> Iterator[PageSymbol]:
    """Yield the site's notes that replace a header."""
    for note_offset in places(data, _NOTE, start, end):
        yield PageSymbol(note_offset, note_offset + len(_NOTE), "note", b"")


def _headed(data: bytes, start: int, end: int) -> Iterator[PageSymbol]:
    """Yield lines with a class, a post and a serial number that are followed by a label."""
    for head_match in _HEAD.finditer(data, start, end):
        if _LABEL.search(data, head_match.end(), head_match.end() + _TOP):
            yield PageSymbol(
                head_match.start(), head_match.end(), "head", head_match[1].lstrip(b"0")
            )


def _with_header(data: bytes, group_start: int, least: int) -> int:
    """Return the start of the header whose date-time group is at `group_start`."""
    text_start = line_above = group_start
    for _ in range(_HEADER_LINES):
        if line_above <= least:
            break
        line_below, line_above = line_above, start_of_line(data, line_above, least)
        line_bytes = data[line_above:line_below]
        if _HEADER.match(line_bytes):
            text_start = line_above
        elif line_bytes.strip():
            glued_id = line_bytes.find(_ID)
            return line_above + glued_id if glued_id > 0 else text_start
        if _FIRST.match(line_bytes):
            break
    return text_start
