"""A reader's own notes above and below a cable in Markdown, and lines quoted with `>`.

A note-taking vault puts such notes under headings, with tags, links in double brackets, and tasks.
They are not part of the cable, but could be mistaken for its end and hide its signature.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.formats.split_header import begins_as_telegram
from cable_tui.text import clean_line, crop

_HEADING = pattern(r"[ ]{0,3}\#{1,6}[ \t]+(?P<words>[^\n]{1,200}?)[ \t#]{0,20}")
_RULE = pattern(r"[ ]{0,3}(?:-[ ]?-[ ]?-|\*[ ]?\*[ ]?\*|_[ ]?_[ ]?_)[ \t]{0,20}")
_NOTES = pattern(
    r"(?:my|own|personal|reading|research)\b.{0,80}|(?:notes?|thoughts|questions|to-?do|tasks|links?"
    r"|related|see also|backlinks|annotations?|highlights|remarks?|comments? of mine|notizen"
    r"|anmerkungen|kommentare?|notas|liens|sources?)\b.{0,40}",
    re.IGNORECASE,
)
_OF_A_VAULT = pattern(
    r"\[\[[^\[\]\n]{1,200}\]\]|(?<![\w&/])\#[A-Za-z][\w/-]{1,40}\b|^[ \t]{0,8}[-*][ ]\[[ xX]\][ ]"
    r"|^[ ]{0,3}>[ ]?\[!\w{1,20}\]|^\[\^\w{1,20}\]:[ ]",
    re.MULTILINE,
)
"""Elements of a note-taking vault that no telegram has: a link, a tag, a task, a callout, a
footnote.
"""
_COMMENT = pattern(r"^[ ]{0,3}%%(?P<words>.{0,4000}?)%%[ \t]{0,20}$", re.MULTILINE | re.DOTALL)
"""An Obsidian comment on lines of its own."""
_FENCE = pattern(r"[ ]{0,3}(?:`{3,9}|~{3,9})\w{0,20}[ \t]{0,20}")
_FOOTNOTE = pattern(r"\[\^\w{1,20}\]:[ ][^\n]{0,2000}")
_FOOTNOTE_MARK = pattern(r"(?<=[^\n])\[\^\w{1,20}\]")
_PARAGRAPH = pattern(r"[ ]{0,8}(?:[0-9]{1,3}\.[ ]{0,4}\([A-Z/ ]{1,20}\)|TAGS|SUBJ)")
_QUOTE = pattern(r"[ ]{0,3}>[ ]?")
_CALLOUT = pattern(r"[ ]{0,3}>[ ]?\[!\w{1,20}\][-+]?[^\n]{0,200}")
_LABEL = pattern(r"(?:VZCZC|FM |TO |DE R|ZN[RY] |INFO |TAGS|SUBJ|[ZOPR] [0-9]{6}Z)")
_PARTIAL = "This record is a partial extract"
_LONGEST = 2000
"""The maximum number of characters of notes shown with a cable."""
_TOP_LINES = 60
"""The maximum number of lines that may precede a cable."""


class Notes(NamedTuple):
    """A cable's text, separated from the reader's notes on it."""

    text: str
    notes: tuple[str, ...]
    """The notes above and below the text, as written."""

    @property
    def remarks(self) -> tuple[tuple[str, str], ...]:
        """A remark for the cable with the reader's notes."""
        joined_notes = crop(clean_line(" / ".join(self.notes)), _LONGEST)
        return (("Notes in the file", joined_notes),) if joined_notes else ()


def without_notes(markdown: str) -> Notes:
    """Return the text of a cable with quoted lines unquoted, and the notes around it."""
    comments = [comment["words"].strip() for comment in _COMMENT.finditer(markdown)]
    markdown_lines = _COMMENT.sub("", markdown).split("\n")
    notes_start = _end(markdown_lines)
    text_start = _start(markdown_lines[:notes_start])
    text_above, text_below = (
        "\n".join(markdown_lines[:text_start]).strip(),
        "\n".join(markdown_lines[notes_start:]).strip(),
    )
    cable_text, callouts = _unquoted(markdown_lines[text_start:notes_start])
    if any(map(_FOOTNOTE.fullmatch, markdown_lines[notes_start:])):
        cable_text = _FOOTNOTE_MARK.sub("", cable_text)
    return Notes(cable_text, tuple(filter(None, (text_above, *comments, *callouts, text_below))))


def _end(lines: list[str]) -> int:
    """Return the index of the first line of notes below a cable, or the number of lines."""
    last_paragraph = max(
        (line_index for line_index, line in enumerate(lines) if _PARAGRAPH.match(line)), default=-1
    )
    last_vault_line = max(
        (line_index for line_index, line in enumerate(lines) if _OF_A_VAULT.search(line)),
        default=-1,
    )
    is_quoted = is_fenced = False
    for line_index, line in enumerate(lines):
        heading = _HEADING.fullmatch(line)
        rule = _RULE.fullmatch(line)
        begins_block = bool(heading or rule or _FOOTNOTE.fullmatch(line))
        if _FENCE.fullmatch(line):
            begins_block = begins_block or (is_fenced and last_paragraph >= 0)
            is_fenced = not is_fenced
        if line.strip():
            was_quoted, is_quoted = is_quoted, bool(_QUOTE.match(line))
            begins_block = begins_block or (was_quoted and not is_quoted)
        notes_title = (
            heading["words"]
            if heading
            else _next(lines, line_index)
            if rule and last_paragraph >= 0
            else ""
        )
        is_notes = bool(_NOTES.fullmatch(notes_title)) or line_index <= last_vault_line
        if (
            line_index
            and begins_block
            and is_notes
            and line_index > last_paragraph
            and any(map(str.strip, lines[:line_index]))
        ):
            return line_index
    return len(lines)


def _next(lines: list[str], index: int) -> str:
    """Return the first line after `index` that is not empty, or an empty string."""
    return next((later_line.strip() for later_line in lines[index + 1 :] if later_line.strip()), "")


def _start(lines: list[str]) -> int:
    """Return the index of a cable's first line below headings or notes, or 0 if none are found."""
    for line_index, line in enumerate(lines[:_TOP_LINES]):
        plain_line = _QUOTE.sub("", line, count=1)
        if begins_as_telegram(plain_line) or plain_line.startswith(_PARTIAL):
            text_above = "\n".join(lines[:line_index])
            has_notes = any(map(_HEADING.fullmatch, lines[:line_index])) or _OF_A_VAULT.search(
                text_above
            )
            return line_index if has_notes and not _CALLOUT.match(lines[line_index - 1]) else 0
    return 0


def _unquoted(lines: list[str]) -> tuple[str, list[str]]:
    """Return lines without quotation markers, and the callouts that are notes."""
    kept_lines: list[str] = []
    note_lines: list[str] = []
    block_start = 0
    while block_start < len(lines):
        block_end = block_start
        while block_end < len(lines) and _QUOTE.match(lines[block_end]):
            block_end += 1
        quoted_block = [_QUOTE.sub("", line, count=1) for line in lines[block_start:block_end]]
        if not quoted_block:
            kept_lines.append(lines[block_start])
        elif not _CALLOUT.fullmatch(lines[block_start]):
            kept_lines += quoted_block
        elif any(map(_LABEL.match, quoted_block)):
            kept_lines += quoted_block[1:]
        else:
            note_lines.append("\n".join(quoted_block))
        block_start = max(block_end, block_start + 1)
    return "\n".join(kept_lines), note_lines
