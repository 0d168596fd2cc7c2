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
            definition_match["name"].casefold(): definition_match["address"]
            for line in self._lines
            if (definition_match := _DEFINITION.match(line))
        }
        self._heading = ""
        self._notes = 0
        self._later: list[TextBlock] = []

    def _without_asides(self, text: str) -> str:
        """Return the text with empty lines in place of comments, code and front matter."""
        text_pieces: list[str] = []
        text_offset, line_number = 0, 1
        while (comment_start := text.find("<!--", text_offset)) >= 0 and (
            comment_end := text.find("-->", comment_start)
        ) >= 0:
            line_ends = text.count("\n", comment_start, comment_end)
            text_pieces += [text[text_offset:comment_start], "\n" * line_ends]
            line_number += text.count("\n", text_offset, comment_start)
            self._leave_out("a comment", line_number)
            line_number += line_ends
            text_offset = comment_end + 3
        text_lines = "".join([*text_pieces, text[text_offset:]]).split("\n")
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
        for line_index, line in enumerate(text_lines):
            fence_match = _FENCE.match(line)
            if fence:
                closes_fence = (
                    fence_match
                    and fence_match[1].startswith(fence)
                    and line.strip() == fence_match[1]
                )
                fence = "" if closes_fence else fence
                text_lines[line_index] = ""
            elif fence_match:
                fence, fence_line = fence_match[1], line_index
                self._leave_out("a block of code", fence_line + 1)
                text_lines[line_index] = ""
        return "\n".join(text_lines)

    def _leave_out(self, description: str, first_line: int) -> None:
        self.left_out.append(f"{description}, from line {first_line} on")

    def blocks(self) -> Iterator[TextBlock]:
        """Yield all blocks; notes within a paragraph follow the paragraph."""
        block_lines: list[str] = []
        first_line, last_kind = 0, (False, "")
        note_name, html_depth, in_list = "", 0, False
        for line_number, whole_line in enumerate([*self._lines, ""], 1):
            line_text = whole_line
            closing_tags = [bool(end) for end in _BLOCKQUOTE.findall(line_text)]
            line_text = _BLOCKQUOTE.sub("", line_text)
            quote_match = _QUOTED.match(line_text)
            line_words = line_text[quote_match.end() :] if quote_match else line_text
            if closing_tags and not closing_tags[0]:
                html_depth += 1
            is_quoted = bool(quote_match or html_depth) and not ATTRIBUTION.match(line_words)
            if not quote_match and (note_match := _NOTE.match(line_text)):
                yield from self._made(block_lines, first_line, last_kind)
                block_lines, first_line = [], line_number
                note_name, line_words = f"note {note_match['name']}", line_text[note_match.end() :]
            elif (
                not quote_match
                and note_name
                and line_words.strip()
                and not block_lines
                and not _INDENTED.match(line_text)
            ):
                note_name = ""  # the notes are over
            block_kind = (is_quoted, note_name)
            heading = None if quote_match else self._heading_of(line_text, block_lines)
            item = None if _RULE.match(line_words) else _ITEM.match(line_words)
            # Within a paragraph, `2010) General` is no item.
            is_item = bool(item and (not block_lines or in_list or item["number"] in (None, "1")))
            starts_block = is_item or _ROW.match(line_words)
            if block_lines and (
                block_kind != last_kind
                or not line_words.strip()
                or heading is not None
                or starts_block
            ):
                is_title = (
                    heading is not None and not _HEADING.match(line_text) and len(block_lines) == 1
                )
                if is_title:
                    yield from self._titled(block_lines[0], first_line)
                else:
                    yield from self._made(block_lines, first_line, last_kind)
                block_lines = []
                if is_title:
                    continue
            if heading:
                yield from self._titled(heading, line_number)
            elif (
                line_words.strip()
                and heading is None
                and not bool(_DEFINITION.match(line_text) or _RULE.match(line_text))
            ):
                if not block_lines:
                    first_line, in_list = line_number, is_item
                last_kind = block_kind
                block_lines.append(_ITEM.sub("", line_words, count=1) if is_item else line_words)
            html_depth = max(html_depth - closing_tags.count(True), 0)

    def _heading_of(self, line: str, lines_before: list[str]) -> str | None:
        """Return the words of a heading, or none if the line underlines the heading before it."""
        if match := _HEADING.match(line):
            return match["words"].rstrip(" \t#")
        return "" if len(lines_before) == 1 and _UNDERLINE.match(line) else None

    def _titled(self, heading_words: str, line_number: int) -> Iterator[TextBlock]:
        title_builder = BlockBuilder()
        self._inline(heading_words, title_builder)
        if block := title_builder.block(line_number, is_heading=True):
            self._heading = block.text
            yield block._replace(heading=block.text)

    def _made(
        self, block_lines: list[str], line_number: int, block_kind: tuple[bool, str]
    ) -> Iterator[TextBlock]:
        if not block_lines:
            return
        is_quoted, note_name = block_kind
        builder = BlockBuilder()
        self._inline("\n".join(line.rstrip().removesuffix("\\") for line in block_lines), builder)
        block = builder.block(
            line_number, heading=self._heading, note=note_name, is_quotation=is_quoted
        )
        if block:
            yield block
        later_blocks, self._later = self._later, []
        yield from (
            later_block._replace(number=line_number, heading=self._heading)
            for later_block in later_blocks
        )

    def _inline(self, text: str, builder: BlockBuilder) -> None:
        inline_pieces = self._paired(text)
        note_builder: BlockBuilder | None = None
        for piece_kind, piece_value in inline_pieces:
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
        inline_pieces: list[tuple[str, str]],
        opened_brackets: list[_Opened],
    ) -> list[tuple[str, str]]:
        last_opened = opened_brackets.pop() if opened_brackets else None
        address = match["far"] or match["near"]
        if address is None and match["named"] is not None:
            address = self._links.get(match["named"].casefold())
        if last_opened and last_opened.is_note:
            if last_opened.notes > 1:
                return [("text", match[0])]
            inline_pieces[last_opened.piece] = ("note", "")
            return [("/note", ""), ("text", match[0][1:])]
        if last_opened and address is not None:
            inline_pieces[last_opened.piece] = ("link", address)
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
        tag_name = match["tag"].lower()
        if tag_name in ("q", "/q"):
            return tag_name, ""
        return "text", "\n" if tag_name == "br" else ""
    return "text", ""
