"""Drafts in Markdown, with the notes of Pandoc: what its marks mean, and the text without them.

Read line by line, so that each word keeps its line. It is not rendered: only the marks for
quotations and citations are understood.
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
_ITEM = pattern(r"[ ]{0,12}(?:[-*+]|\d{1,9}[.)])[ \t]+")
_ROW = pattern(r"[ ]{0,3}\|[^\n]*\|[ \t]*$")
"""A row of a table. Pandoc's verse lines have no bar at their end."""
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
    """A bracket that is not closed yet."""

    piece: int
    is_note: bool
    notes: int
    """Number of open notes around it: notes do not nest."""


def read(text: str) -> TextDocument:
    """Read a Markdown file as a draft."""
    reader = _Reader(text.replace("\r\n", "\n").replace("\r", "\n"))
    return TextDocument("Markdown", "line", tuple(reader.blocks()), tuple(reader.left_out))


class _Reader:
    def __init__(self, text: str) -> None:
        self.left_out: list[str] = []
        self._lines = self._without_asides(text).split("\n")
        self._links = {
            found["name"].casefold(): found["address"]
            for line in self._lines
            if (found := _DEFINITION.match(line))
        }
        self._heading = ""
        self._notes = 0
        self._later: list[TextBlock] = []

    def _without_asides(self, text: str) -> str:
        """Return the text with comments, code and its front matter replaced by empty lines."""
        text_pieces: list[str] = []
        offset, line_number = 0, 1
        while (start := text.find("<!--", offset)) >= 0 and (end := text.find("-->", start)) >= 0:
            line_ends = text.count("\n", start, end)
            text_pieces += [text[offset:start], "\n" * line_ends]
            line_number += text.count("\n", offset, start)
            self._leave_out("a comment", line_number)
            line_number += line_ends
            offset = end + 3
        text_lines = "".join([*text_pieces, text[offset:]]).split("\n")
        fence, fence_line = "", 0
        if text_lines[0].rstrip() == "---":
            closing_lines = (
                index
                for index, line in enumerate(text_lines)
                if index and line.rstrip() in ("---", "...")
            )
            if last_line := next(closing_lines, 0):
                self._leave_out("its front matter", 1)
                text_lines[: last_line + 1] = [""] * (last_line + 1)
        for number, line in enumerate(text_lines):
            match = _FENCE.match(line)
            if fence:
                closes = match and match[1].startswith(fence) and line.strip() == match[1]
                fence = "" if closes else fence
                text_lines[number] = ""
            elif match:
                fence, fence_line = match[1], number
                self._leave_out("a block of code", fence_line + 1)
                text_lines[number] = ""
        return "\n".join(text_lines)

    def _leave_out(self, what: str, line: int) -> None:
        self.left_out.append(f"{what}, from line {line} on")

    def blocks(self) -> Iterator[TextBlock]:
        """Yield all blocks; notes within a paragraph follow it."""
        lines: list[str] = []
        first_line, kind = 0, (False, "")
        note, in_html = "", 0
        for number, whole_line in enumerate([*self._lines, ""], 1):
            line = whole_line
            tags = [bool(end) for end in _BLOCKQUOTE.findall(line)]
            line = _BLOCKQUOTE.sub("", line)
            quote = _QUOTED.match(line)
            words = line[quote.end() :] if quote else line
            if tags and not tags[0]:
                in_html += 1
            is_quoted = bool(quote or in_html) and not ATTRIBUTION.match(words)
            if not quote and (begins := _NOTE.match(line)):
                yield from self._made(lines, first_line, kind)
                lines, first_line = [], number
                note, words = f"note {begins['name']}", line[begins.end() :]
            elif not quote and note and words.strip() and not lines and not _INDENTED.match(line):
                note = ""  # the notes are over
            block_kind = (is_quoted, note)
            heading = None if quote else self._heading_of(line, lines)
            is_item = words.strip() and _ITEM.match(words) and not _RULE.match(words)
            starts = is_item or _ROW.match(words)
            if lines and (block_kind != kind or not words.strip() or heading is not None or starts):
                is_title = heading is not None and not _HEADING.match(line) and len(lines) == 1
                if is_title:
                    yield from self._titled(lines[0], first_line)
                else:
                    yield from self._made(lines, first_line, kind)
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
                first_line = first_line if lines else number
                kind = block_kind
                lines.append(_ITEM.sub("", words, count=1) if is_item else words)
            in_html = max(in_html - tags.count(True), 0)

    def _heading_of(self, line: str, before: list[str]) -> str | None:
        """Return the words of a heading; empty if this line makes the line before it one."""
        if match := _HEADING.match(line):
            return match["words"].rstrip(" \t#")
        return "" if len(before) == 1 and _UNDERLINE.match(line) else None

    def _titled(self, words: str, number: int) -> Iterator[TextBlock]:
        title_builder = BlockBuilder()
        self._inline(words, title_builder)
        if block := title_builder.block(number, is_heading=True):
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
        later_blocks, self._later = self._later, []
        yield from (
            later_block._replace(number=number, heading=self._heading)
            for later_block in later_blocks
        )

    def _inline(self, text: str, builder: BlockBuilder) -> None:
        pieces = self._paired(text)
        note_builder: BlockBuilder | None = None
        for piece_kind, piece_value in pieces:
            current_builder = note_builder or builder
            if piece_kind == "text":
                current_builder.add(piece_value)
            elif piece_kind == "link":
                current_builder.link(piece_value)
            elif piece_kind == "mark":
                current_builder.refer_to(f"note {piece_value}")
            elif piece_kind == "q":
                current_builder.open_quotation()
            elif piece_kind == "/q":
                current_builder.close_quotation()
            elif piece_kind == "note":
                self._notes += 1
                builder.refer_to(f"inline note {self._notes}")
                note_builder = BlockBuilder()
            elif piece_kind == "/note" and note_builder is not None:
                if block := note_builder.block(0, note=f"inline note {self._notes}"):
                    self._later.append(block)
                note_builder = None

    def _paired(self, text: str) -> list[tuple[str, str]]:
        """Return the pieces of a text in order; the brackets of links and notes are not text."""
        inline_pieces: list[tuple[str, str]] = []
        opened_tokens: list[_Opened] = []
        text_offset = 0
        for match in _TOKEN.finditer(text):
            inline_pieces.append(("text", text[text_offset : match.start()]))
            text_offset = match.end()
            if match["open"] or match["note"]:
                notes_around = opened_tokens[-1].notes if opened_tokens else 0
                is_note = bool(match["note"])
                opened_tokens.append(_Opened(len(inline_pieces), is_note, notes_around + is_note))
                inline_pieces.append(("text", match[0]))
            elif match["close"]:
                inline_pieces += self._closed(match, inline_pieces, opened_tokens)
            else:
                inline_pieces.append(_piece(match))
        inline_pieces.append(("text", text[text_offset:]))
        return inline_pieces

    def _closed(
        self,
        match: re.Match[str],
        pieces: list[tuple[str, str]],
        opened: list[_Opened],
    ) -> list[tuple[str, str]]:
        last_opened = opened.pop() if opened else None
        address = match["far"] or match["near"]
        if address is None and match["named"] is not None:
            address = self._links.get(match["named"].casefold())
        if last_opened and last_opened.is_note:
            if last_opened.notes > 1:
                return [("text", match[0])]
            pieces[last_opened.piece] = ("note", "")
            return [("/note", ""), ("text", match[0][1:])]
        if last_opened and address is not None:
            pieces[last_opened.piece] = ("link", address)
            return []
        return [("text", match[0])]


def _piece(match: re.Match[str]) -> tuple[str, str]:
    """Return the meaning of a sign that is a piece by itself."""
    if match.lastgroup in ("escaped", "code", "auto"):
        return "text", match[match.lastgroup]
    if match["mark"]:
        return "mark", match["mark"]
    if match["entity"]:
        return "text", html.unescape(match["entity"])
    if match["tag"]:
        name = match["tag"].lower()
        if name in ("q", "/q"):
            return name, ""
        return "text", "\n" if name == "br" else ""
    return "text", ""
