"""Where the next telegram begins in a file of bare telegrams: at its transmission header.

Such a header has one line with the date-time group, and `FM` below it; the lines above them, from
the transmission id on, belongs to it. A header may also be quoted: a file whose name is an id is
one telegram, and what a text announces is a part of it.
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
"""The most bytes between the line of a date-time group and `FM`."""
_BEFORE = 160
"""The most bytes of that line."""
_LINE_ENDS = (b"\n", b"\r", b"\f")
_HEADER = pattern(
    rb"[ \t\f]{0,80}(?:VZCZC|(?:ZZ|OO|PP|RR|YY) R|R[A-Z]{3,7}(?: |\s*$)|DE R|ZN[RY] |INFO {1,4}LOG-"
    rb"|(?:ACTION|ORIGIN) [A-Z]|[A-Z]{1,5}-[0-9]{2}|-{10}|PAGE [0-9]{2} |#[0-9]{4})"
)
_ID = b"VZCZC"
_HEADER_LINES = 30
_NEAR = 600
"""Bytes after the symbols of a text that contain its own header, whatever comes before it."""
_TOP = 1500
"""The first bytes of a telegram, in which its header may follow below a class."""
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
_QUOTED = "a second transmission header is here: not read as a separate telegram, because {}"
_HEADED = (
    "a text with the number {} begins here without a transmission header: not read as a telegram of"
    " its own, because no year is known for it"
)
_ANNOUNCEMENT = "the text announces it"
SECOND = "the text around it has one of its own"
NAMED = "the file's name is the reference ID of one"


class Telegrams(NamedTuple):
    """The symbols of telegrams, as in `cutter.PageSymbols`."""

    doubt: str = ""
    """Reason why none of them is certainly a separate telegram; empty if one may be."""

    def opening(self, data: bytes, start: int) -> int:
        """Find the end of the first header's date-time group, or of a class if it has none."""
        first_sent = next(_sent(data, start), None)
        text = _CLASS.search(data, start, first_sent.at if first_sent else len(data))
        note = data.find(_NOTE, start, first_sent.at if first_sent else len(data))
        if note >= 0 and (text is None or note < text.start()):
            return note + len(_NOTE)
        if first_sent and (text is None or first_sent.at < start + _TOP):
            return first_sent.end
        return text.end() if text else -1

    def between(
        self, others: Iterator[Start], data: bytes, start: int, after: int
    ) -> Iterator[Start]:
        """Yield the other pages of a file, and the headers before the first certain one."""
        page_starts: list[Start] = []
        for page in others:
            page_starts.append(page)
            if not page.doubt:
                break
        sure_start = page_starts.pop() if page_starts and not page_starts[-1].doubt else None
        headers = self.further(data, start, after, sure_start.symbol if sure_start else None)
        yield from merge(page_starts, headers, key=attrgetter("symbol"))
        if sure_start:
            yield sure_start

    def further(
        self, data: bytes, start: int, after: int, end: int | None = None
    ) -> Iterator[Start]:
        """Yield starts at the transmission header of another telegram."""
        end_of_search = len(data) if end is None else end
        end_of_own = after + (_NEAR if self.doubt else 0)
        own = next(_sent(data, start, min(end_of_own, len(data))), None)
        sent_words, text = own.words if own else b"", after
        serial_number = b""
        for symbol in _symbols(data, after, end_of_search):
            if symbol.kind == "head":
                serial_number = serial_number or symbol.words
                if symbol.words != serial_number:
                    yield Start(symbol.at, symbol.at, _HEADED.format(symbol.words.decode()))
                continue
            if symbol.words == sent_words and sent_words:
                continue
            begin = _with_header(data, symbol.at, text) if symbol.kind == "sent" else symbol.at
            own_header = symbol.kind == "note" or not sent_words
            if own_header and begin < text + _TOP and not _CLASS.search(data, text, begin):
                # its telegram has no text before it yet
                sent_words, text = symbol.words or sent_words, symbol.end
                continue
            announced = _ANNOUNCED.search(data[max(text, begin - _ABOVE) : begin].upper().rstrip())
            follows_page_break = b"\f" in data[max(begin - 3, 0) : begin]
            doubt = self.doubt or (_ANNOUNCEMENT if announced and not follows_page_break else "")
            yield Start(begin, symbol.at, _QUOTED.format(doubt) if doubt else "")
            text = symbol.end
            if not doubt:
                sent_words, serial_number = symbol.words, b""


def first_header(data: bytes, start: int, end: int) -> Start | None:
    """Find the first transmission header, or note in its place, between two offsets of no text."""
    for symbol in merge(_sent(data, start, end), _partial(data, start, end)):
        begin = _with_header(data, symbol.at, start) if symbol.kind == "sent" else symbol.at
        return Start(begin, symbol.at) if symbol.end <= end else None
    return None


class PageSymbol(NamedTuple):
    """A symbol that a telegram begins with, or may begin with."""

    at: int
    end: int
    kind: Literal["sent", "note", "head"]
    words: bytes
    """The date-time group with its precedence, or the serial."""


def _symbols(data: bytes, start: int, end: int) -> Iterator[PageSymbol]:
    """Yield all symbols in order, each looked for up to the next header only."""
    after_last = start
    for symbol in merge(_sent(data, start, end), _partial(data, start, end)):
        yield from _headed(data, after_last, symbol.at)
        yield symbol
        after_last = symbol.end
    yield from _headed(data, after_last, end)


def _sent(data: bytes, start: int, end: int | None = None) -> Iterator[PageSymbol]:
    """Yield date-time groups with `FM` below them."""
    end_of_search = len(data) if end is None else end
    sender = data.find(_FROM, start, end_of_search)
    while sender >= 0:
        end_above = len(data[max(start, sender - _BLANK) : sender].rstrip()) + max(
            start, sender - _BLANK
        )
        line = max(
            data.rfind(sign, max(start, end_above - _BEFORE), end_above) for sign in _LINE_ENDS
        )
        line_start = max(line, start, end_above - _BEFORE)
        matches = (
            _SENT.finditer(data, line_start, sender + len(_FROM) + 1) if end_above < sender else ()
        )
        sign = next((match for match in matches if match.start() <= sender < match.end()), None)
        if sign:
            yield PageSymbol(sign.start(), sign.end(), "sent", sign[1])
        sender = data.find(_FROM, sender + len(_FROM), end_of_search)


def _partial(data: bytes, start: int, end: int) -> Iterator[PageSymbol]:
    """Yield the site's notes that replace a header."""
    for note_offset in places(data, _NOTE, start, end):
        yield PageSymbol(note_offset, note_offset + len(_NOTE), "note", b"")


def _headed(data: bytes, start: int, end: int) -> Iterator[PageSymbol]:
    """Yield lines with a class, a post and a serial that have a label below them."""
    for line in _HEAD.finditer(data, start, end):
        if _LABEL.search(data, line.end(), line.end() + _TOP):
            yield PageSymbol(line.start(), line.end(), "head", line[1].lstrip(b"0"))


def _with_header(data: bytes, symbol: int, least: int) -> int:
    """Return where the header begins that has its date-time group at `symbol`."""
    text_start = line_above = symbol
    for _ in range(_HEADER_LINES):
        if line_above <= least:
            break
        line_below, line_above = line_above, start_of_line(data, line_above, least)
        line = data[line_above:line_below]
        if _HEADER.match(line):
            text_start = line_above
        elif line.strip():
            glued_id = line.find(_ID)
            return line_above + glued_id if glued_id > 0 else text_start
        if _FIRST.match(line):
            break
    return text_start
