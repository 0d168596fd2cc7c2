"""The summary of a cable, with or without its `End Summary`."""

from __future__ import annotations

import re

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.telegram.paragraph_starts import MARKING, split_marking
from cable_tui.telegram.reading import Reading
from cable_tui.telegram.sentence_fingerprints import lowered

_START = pattern(
    rf"""(?:^|\n)[ \t>*]{{0,12}}(?:-{{3,80}}[ ])?(?:¶?\d{{1,2}}[ ]?[.)]?[ \t]{{0,4}})?
    (?:{MARKING}|[A-Z]{{1,3}}\))?[ \t:.-]{{0,6}}
    (?i:(?:BEGIN[ ])?(?:EXECUTIVE[ ])?
    (?:(?:INTRODUCTION|ACTION[ ]REQUEST|COMMENT|BACKGROUND|OVERVIEW)
      [ ]{{0,2}}(?:AND|&|/)[ ]{{0,2}})?
    SUMMARY(?:(?:[ ]{{0,2}}(?:AND|&|/|,)[ ]{{0,2}}[A-Z]{{3,16}}(?:[ ][A-Z]{{2,16}}){{0,3}})?))
    (?:[ \t]{{0,4}}(?:[:.;]|--?|—|–)[ \t]{{0,4}}|[ \t\\]{{0,40}}(?=\n|$)
      |[ \t]{{1,3}}(?:-{{3,200}}|={{3,200}}))""",
    re.VERBOSE,
)
_INLINE = pattern(
    rf"(?<=[ .)]){MARKING}[ \t]{{0,3}}(?:SUMMARY|Summary)[:.]"
    rf"|(?<=[ .)])Summary[ ]-{{3,200}}"
)
_END = pattern(
    r"\(?\bEND(?:[ ]?OF)?[\s]{1,4}(?:(?:THE|INTRODUCTION|COMMENT|ACTION|REQUEST"
    r"|BACKGROUND)[ ]?(?:AND|&|/)?[\s]{0,2}){0,2}"
    r"(?:EXECUTIVE[ ])?SUMMARY",
    re.IGNORECASE,
)
_WORD = "summary"
_LONGEST_END = 60
"""The maximum number of characters of `_END` before its last word, plus one."""
_LABELLED = rf"[ \t]{{0,8}}¶?\d{{1,2}}[ ]?[.)][ \t]{{0,4}}(?={MARKING}|[A-Z]\)|[A-Z\"“])"
_PARAGRAPH = pattern(rf"(?:^|\n){_LABELLED}")
_NEXT_PARAGRAPH = pattern(rf"\n{_LABELLED}")
"""The pattern for a paragraph after the start of the text, which is found ten times faster."""
_LABEL = pattern(
    rf"[ \t]{{0,8}}¶?\d{{1,2}}[ ]?[.)]?[ \t]{{0,4}}(?={MARKING}|[A-Z]\))"
    rf"|[ \t]{{0,8}}¶?\d{{1,2}}[ ]?\.[ \t]{{1,4}}(?=[A-Z\"“\[])"
)
_AGAIN = pattern(r"(?i:summary)[ \t]{0,4}[:.][ \t]{0,4}(?=\S)")
_CONTINUED = pattern(
    r"[ \t.:-]{0,4}SUMMARY[ ](?:CONTINUED|CONT'?D|CONT)\.?[:.]?[ \t]{0,3}", re.IGNORECASE
)
_RULE = pattern(r"[ \t]*[-=*_~‐–—][-=*_~‐–— \t]{2,200}$")
_RULED_HEADING = pattern(r"[ \t]-{4,80}[ ][A-Z][^\n-]{2,60}[ ]-{4,80}")
_BLANK = pattern(r"\n[ \t]{0,80}(?=\n)")
_ENDING = pattern(r"\bEND(?:[ ]OF)?[ \t]{0,8}$", re.IGNORECASE)
_FAR = 4000
"""The maximum distance, in characters, from the top to the beginning of a summary."""
_LONGEST = 14_000
_HEADING = pattern(r"[ \t]{0,20}[A-Z0-9(\"“/][^\n]{0,90}$")


def summary(body: str, start: int) -> str | None:
    """Return the summary of a body whose top ends at `start`, one line per paragraph, or None."""
    summary_at = summary_span(body, start)
    return None if summary_at is None else _clean(body[slice(*summary_at)])


def summary_span(body: str, start: int) -> Span | None:
    """Return the span of a body's summary, with its rules and page breaks, or None."""
    search_start = max(start - 1, 0)
    heading = _start(body, search_start, start)
    if heading is None or _ENDING.search(body, max(heading.start() - 12, 0), heading.start()):
        return _without_start(body, search_start)
    summary_start = heading.end()
    if end_match := _end(body, summary_start):
        summary_end = end_match.start()
    else:
        is_heading_line = "\n" not in heading.group().strip("\n") and body[
            summary_start : summary_start + 1
        ] in ("", "\n")
        summary_end = _first_stop(
            body, summary_start, is_heading_line or heading.group().rstrip().endswith("--")
        )
    return summary_start, _between_words(body, summary_start, summary_end)


def _start(body: str, begin: int, top_end: int) -> re.Match[str] | None:
    """Return the heading of a summary: at a line start, or else within a line near the top."""
    # A look for the word first: the pattern tries every line, ten times as long.
    small_text = _lowered(body[begin : top_end + _FAR])
    word_offset = small_text.find(_WORD)
    if word_offset < 0:
        return None
    while word_offset >= 0:
        line_start = max(body.rfind("\n", begin, begin + word_offset), begin)
        if heading := _START.match(body, line_start, top_end + _FAR):
            return heading
        line_end = body.find("\n", begin + word_offset)
        word_offset = small_text.find(_WORD, line_end - begin) if line_end >= 0 else -1
    return _INLINE.search(body, begin, top_end + 400)


def _lowered(text: str) -> str:
    """Return a text in lower case with the same length, with `s` for letters that match `s`."""
    return lowered(text).replace("ſ", "s")


def _between_words(body: str, start: int, stop: int) -> int:
    """Return the end of a summary, moved to the start of a word if it falls inside a word.

    Otherwise the last word of a summary would not match a word of the body.
    """
    while start < stop < len(body) and body[stop - 1].isalnum() and body[stop].isalnum():
        stop -= 1
    return stop


def _end(body: str, start: int) -> re.Match[str] | None:
    """Return the first `End summary` after an offset."""
    # A look for the last word first: the pattern tries every letter, a hundred times as long.
    small_text = _lowered(body[start : start + _LONGEST])
    word_offset = small_text.find(_WORD)
    while word_offset >= 0:
        word_end = word_offset + len(_WORD)
        if match := _END.search(
            body, max(start, start + word_offset - _LONGEST_END), start + word_end
        ):
            return match
        word_offset = small_text.find(_WORD, word_end)
    return None


def _without_start(body: str, begin: int) -> Span | None:
    """Return the span from the first paragraph to an `End summary` without a `Summary` heading."""
    search_end = begin + _LONGEST
    if not any(
        body.find(word, begin, search_end) >= 0 for word in ("SUMMARY", "Summary", "summary")
    ):
        return None
    first_paragraph = _PARAGRAPH.search(body, begin, begin + _FAR)
    end_match = _end(body, first_paragraph.end()) if first_paragraph else None
    if first_paragraph is None or end_match is None:
        return None
    return end_match.start() - len(
        body[first_paragraph.start() : end_match.start()].lstrip("\n")
    ), end_match.start()


def _first_stop(body: str, start: int, heading: bool) -> int:
    """Return the end of a summary without an end mark: the next paragraph or heading."""
    paragraphs = _NEXT_PARAGRAPH.finditer(body, start, start + _LONGEST)
    first_paragraph = next(paragraphs, None)
    if first_paragraph is None:
        text_at = len(body) - len(body[start:].lstrip())
        blank_match = _BLANK.search(body, text_at, start + _LONGEST)
        return blank_match.start() if blank_match else min(len(body), start + _LONGEST)
    second_paragraph = next(paragraphs, None)
    if heading and not body[start : first_paragraph.start()].strip(" \t\n-=*_\\"):
        return _before_heading(
            body,
            first_paragraph.end(),
            second_paragraph.start() if second_paragraph else start + _LONGEST,
        )
    return _before_heading(body, start, first_paragraph.start())


def _before_heading(body: str, start: int, stop: int) -> int:
    """Return the start of the next paragraph's heading, or `stop` if it has no heading."""
    summary_text = body[start:stop]
    if "----" in summary_text and (ruled_heading := _RULED_HEADING.search(summary_text)):
        return start + ruled_heading.start()
    summary_lines = summary_text.split("\n")
    for line_number in range(1, len(summary_lines)):
        if _RULE.match(summary_lines[line_number]):
            first_line = line_number - 1 if summary_lines[line_number - 1].strip() else line_number
            return start + len("\n".join(summary_lines[:first_line]))
    last_line = len(summary_lines) - 1
    while last_line > 1 and not summary_lines[last_line].strip():
        last_line -= 1
    is_alone = (
        last_line > 1
        and last_line < len(summary_lines) - 1
        and not summary_lines[last_line - 1].strip()
    )
    if (
        is_alone
        and _HEADING.match(summary_lines[last_line])
        and not summary_lines[last_line].rstrip().endswith((".", ")", '"'))
    ):
        return start + len("\n".join(summary_lines[: last_line - 1]))
    return min(stop, len(body))


def _clean(text: str) -> str | None:
    """Return the text without rules, page breaks, labels and markings, one line per paragraph."""
    word_lines: list[list[str]] = [[]]
    for line in Reading(text).kept_lines():
        if line is None or _RULE.match(line):
            continue
        if label_match := _LABEL.match(line):
            word_lines.append([])
        is_first_line = label_match is not None or not word_lines[-1]
        text_after_label = line[label_match.end() :] if label_match else line
        word_lines[-1].extend(
            (_unmarked(text_after_label) if is_first_line else text_after_label)
            .rstrip(" \\")
            .split()
        )
    joined_paragraphs = "\n\n".join(" ".join(words) for words in word_lines if words)
    joined_paragraphs = joined_paragraphs.strip(" \t\n-(:")
    return joined_paragraphs or None


def _unmarked(line: str) -> str:
    """Return a paragraph's first line without its marking and without `Summary continued`."""
    text_after_marking = line[split_marking(line)[1] :]
    continued_match = _CONTINUED.match(text_after_marking) or _AGAIN.match(text_after_marking)
    return text_after_marking[continued_match.end() :] if continued_match else text_after_marking
