"""Read drafts in Markdown with Pandoc's notes: the meaning of the markup, and the plain text.

The text is read line by line to keep the line number of each word. It is not rendered: only markup
for quotations and citations is interpreted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import BlockBuilder, TextBlock, TextDocument
from cable_tui.tools.drafts.plain_text import ATTRIBUTION

_FENCE = pattern(r"[ ]{0,3}(`{3,}|~{3,})")
_HEADING = pattern(r"[ ]{0,3}#{1,6}[ \t]++(?P<words>.*)")
_UNDERLINE = pattern(r"[ ]{0,3}(?:={2,}|-{2,})[ \t]*$")
_RULE = pattern(r"[ ]{0,3}(?:[-*_][ \t]*){3,}$")
_QUOTED = pattern(r"(?:[ ]{0,3}>[ ]?){1,20}")
_ITEM = pattern(r"[ ]{0,12}(?:[-*+]|(?P<number>\d{1,9})[.)])[ \t]+")
_ROW = pattern(r"[ ]{0,3}\|[^\n]*\|[ \t]*$")
"""A pattern for a table row. Pandoc's verse lines do not end with a bar."""
_NOTE = pattern(r"[ ]{0,3}\[\^(?P<name>[^\]\s]{1,80})\]:[ \t]*")
_DEFINITION = pattern(r"[ ]{0,3}\[(?P<name>[^\]^][^\]]{0,200})\]:[ \t]*<?(?P<address>[^\s<>]+)>?")
_BLOCKQUOTE = pattern(r"<(?P<end>/)?blockquote\b[^<>]{0,300}>", re.IGNORECASE)
_INDENTED = pattern(r"(?: {2,}|\t)\S")
_TOKEN = pattern(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`{1,2})(?P<code>[^`]{1,500})(?P=ticks)(?!`)"
    r"|\[\^(?P<mark>[^\]\s]{1,80})\]"
    r"|(?P<note>\^\[)"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\](?:\((?:<(?P<far>[^<>\n]{0,2000})>|(?P<near>[^\s()]{0,2000}"
    r"(?:\([^\s()]{0,500}\)[^\s()]{0,500})?))(?:\s{1,9}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\)"
    r"|\[(?P<named>[^\]\n]{0,200})\])?)"
    r"|<(?P<auto>(?:https?|file)://[^<>\s]{1,2000})>"
    r"|<(?P<tag>/?[A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>]{0,1000})?/?>"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<strong>(?<=\S)\*{1,3}|\*{1,3}(?=\S)|~~|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_]))"
)


class _Opened(NamedTuple):
    """A bracket that has not been closed yet."""

    piece: int
    is_note: bool
    notes: int
    """The number of open notes around the bracket; notes cannot be nested."""


def read(text: str) -> TextDocument:
    """Read a Markdown file as a draft."""
    reader = _Reader(text.replace("\r\n", "\n").replace("\r", "\n"))
    return TextDocument("Markdown", "line", tuple(reader.blocks()), tuple(reader.left_out))


class _Reader:
    def __init__(self, text: str) -> None:
        self.left_out: list[str] = []
        self._lines = self._without_asides(text).split("\n")
        self._links = {
            definition["name"].casefold(): definition["address"]
            for line in self._lines
            if (definition := _DEFINITION.match(line))
        }
        self._heading = ""
        self._notes = 0
        self._later: list[TextBlock] = []

    def _without_asides(self, text: str) -> str:
        """Return the text with empty lines in place of comments, code and front matter."""
        text_pieces: list[str] = []
        at, number = 0, 1
        while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
            line_ends = text.count("\n", start, end)
            text_pieces += [text[at:start], "\n" * line_ends]
            number += text.count("\n", at, start)
            self._leave_out("a comment", number)
            number += line_ends
            at = end + 3
        lines = "".join([*text_pieces, text[at:]]).split("\n")
        fence, opened = "", 0
        if lines[0].rstrip() == "---":
            closing = (
                index
                for index, line in enumerate(lines)
                if index and line.rstrip() in ("---", "...")
            )
            if last := next(closing, 0):
                self._leave_out("its front matter", 1)
                lines[: last + 1] = [""] * (last + 1)
        for line_index, line in enumerate(lines):
            match = _FENCE.match(line)
            if fence:
                closes = match and match[1].startswith(fence) and line.strip() == match[1]
                fence = "" if closes else fence
                lines[line_index] = ""
            elif match:
                fence, opened = match[1], line_index
                self._leave_out("a block of code", opened + 1)
                lines[line_index] = ""
        return "\n".join(lines)

    def _leave_out(self, description: str, first: int) -> None:
        self.left_out.append(f"{description}, from line {first} on")

    def blocks(self) -> Iterator[TextBlock]:
        """Yield all blocks; notes within a paragraph follow the paragraph."""
        lines: list[str] = []
        first, last = 0, (False, "")
        note, depth, in_list = "", 0, False
        for number, whole_line in enumerate([*self._lines, ""], 1):
            line = whole_line
            closing = [bool(end) for end in _BLOCKQUOTE.findall(line)]
            line = _BLOCKQUOTE.sub("", line)
            quote = _QUOTED.match(line)
            words = line[quote.end() :] if quote else line
            if closing and not closing[0]:
                depth += 1
            is_quoted = bool(quote or depth) and not ATTRIBUTION.match(words)
            if not quote and (note_at := _NOTE.match(line)):
                yield from self._made(lines, first, last)
                lines, first = [], number
                note, words = f"note {note_at['name']}", line[note_at.end() :]
            elif not quote and note and words.strip() and not lines and not _INDENTED.match(line):
                note = ""  # the notes are over
            kind = (is_quoted, note)
            heading = None if quote else self._heading_of(line, lines)
            item = None if _RULE.match(words) else _ITEM.match(words)
            # Within a paragraph, `2010) General` is no item.
            is_item = bool(item and (not lines or in_list or item["number"] in (None, "1")))
            starts = is_item or _ROW.match(words)
            if lines and (kind != last or not words.strip() or heading is not None or starts):
                is_title = heading is not None and not _HEADING.match(line) and len(lines) == 1
                if is_title:
                    yield from self._titled(lines[0], first)
                else:
                    yield from self._made(lines, first, last)
                lines = []
                if is_title:
                    continue
            if heading:
                yield from self._titled(heading, number)
            elif (
                words.strip()
                and heading is None
                and not bool(_DEFINITION.match(line) or _RULE.match(line))
            ):
                if not lines:
                    first, in_list = number, is_item
                last = kind
                lines.append(_ITEM.sub("", words, count=1) if is_item else words)
            depth = max(depth - closing.count(True), 0)

    def _heading_of(self, line: str, lines_before: list[str]) -> str | None:
        """Return the words of a heading, or none if the line underlines the heading before it."""
        if match := _HEADING.match(line):
            return match["words"].rstrip(" \t#")
        return "" if len(lines_before) == 1 and _UNDERLINE.match(line) else None

    def _titled(self, words: str, number: int) -> Iterator[TextBlock]:
        builder = BlockBuilder()
        self._inline(words, builder)
        if block := builder.block(number, is_heading=True):
            self._heading = block.text
            yield block._replace(heading=block.text)

    def _made(self, lines: list[str], number: int, kind: tuple[bool, str]) -> Iterator[TextBlock]:
        if not lines:
            return
        is_quoted, note = kind
        builder = BlockBuilder()
        self._inline("\n".join(line.rstrip().removesuffix("\\") for line in lines), builder)
        block = builder.block(number, heading=self._heading, note=note, is_quotation=is_quoted)
        if block:
            yield block
        later, self._later = self._later, []
        yield from (
            later_block._replace(number=number, heading=self._heading) for later_block in later
        )

    def _inline(self, text: str, builder: BlockBuilder) -> None:
        pieces = self._paired(text)
        inner: BlockBuilder | None = None
        for kind, value in pieces:
            current = inner or builder
            if kind == "text":
                current.add(value)
            elif kind == "link":
                current.link(value)
            elif kind == "mark":
                current.refer_to(f"note {value}")
            elif kind == "q":
                current.open_quotation()
            elif kind == "/q":
                current.close_quotation()
            elif kind == "note":
                self._notes += 1
                builder.refer_to(f"inline note {self._notes}")
                inner = BlockBuilder()
            elif kind == "/note" and inner is not None:
                if block := inner.block(0, note=f"inline note {self._notes}"):
                    self._later.append(block)
                inner = None

    def _paired(self, text: str) -> list[tuple[str, str]]:
        """Return the pieces of a text in order; the brackets of links and notes are not text."""
        pieces: list[tuple[str, str]] = []
        opened: list[_Opened] = []
        at = 0
        for match in _TOKEN.finditer(text):
            pieces.append(("text", text[at : match.start()]))
            at = match.end()
            if match["open"] or match["note"]:
                around = opened[-1].notes if opened else 0
                is_note = bool(match["note"])
                opened.append(_Opened(len(pieces), is_note, around + is_note))
                pieces.append(("text", match[0]))
            elif match["close"]:
                pieces += self._closed(match, pieces, opened)
            else:
                pieces.append(_piece(match))
        pieces.append(("text", text[at:]))
        return pieces

    def _closed(
        self, match: re.Match[str], pieces: list[tuple[str, str]], opened: list[_Opened]
    ) -> list[tuple[str, str]]:
        last = opened.pop() if opened else None
        address = match["far"] or match["near"]
        if address is None and match["named"] is not None:
            address = self._links.get(match["named"].casefold())
        if last and last.is_note:
            if last.notes > 1:
                return [("text", match[0])]
            pieces[last.piece] = ("note", "")
            return [("/note", ""), ("text", match[0][1:])]
        if last and address is not None:
            pieces[last.piece] = ("link", address)
            return []
        return [("text", match[0])]


def _piece(match: re.Match[str]) -> tuple[str, str]:
    """Return the type and value of a piece of markup that needs no closing bracket."""
    if match.lastgroup in ("escaped", "code", "auto"):
        return "text", match[match.lastgroup]
    if match["mark"]:
        return "mark", match["mark"]
    if match["entity"]:
        return "text", html.unescape(match["entity"])
    if match["tag"]:
        tag = match["tag"].lower()
        if tag in ("q", "/q"):
            return tag, ""
        return "text", "\n" if tag == "br" else ""
    return "text", ""
