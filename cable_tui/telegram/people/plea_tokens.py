"""The words and marks of a stretch of a body, seen through what the transmission set into it.

Page lines with the blank lines around them, backslashes at line ends and line ends are no marks. A
paragraph's end is one, and so is its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.pattern import pattern
from cable_tui.telegram import pagebreaks

BREAK = "\n"
"""The text of the mark between two paragraphs."""


class Token(NamedTuple):
    """A word or a mark of punctuation."""

    text: str
    start: int
    end: int
    is_word: bool

    @property
    def folded(self) -> str:
        """In small letters, without the s of a genitive and a point."""
        word = self.text.lower().replace("’", "'").replace("`", "'")
        return word.removesuffix("'s").rstrip(".'")

    @property
    def is_genitive(self) -> bool:
        """Whether something belongs to it: `Tern's`, `Torres'`."""
        word = self.text.lower().replace("’", "'").replace("`", "'").replace("´", "'")
        return word.endswith(("'s", "s'"))


_TOKEN = pattern(
    r"""
    (?P<word>
        [Xx]{4,40}(?![^\W_])                                     # blacked out
      | (?:[^\W\d_]\.){2,5}                                      # U.S., J.P.
      | (?-i:[A-Z])\.(?=[\s~-]?[^\W\d_]|,|\s?[(\[])                         # an initial
      | (?:dr|mr|mrs|ms|amb|gen|col|sen|rep|gov|prof|st|sr|jr|lt|capt|maj|adm|cdr|eng|rev|fr|hon
          |sra|dra|inc|ltd|co|corp|sgt|brig|msgr|ing|lic|ret)\.(?![^\W\d_])
      | (?-i:[A-Z]{1,4}/[A-Z]{1,5})(?![^\W_])                    # A/S, P/E
      | [^\W\d_]\w{0,40}(?:[-'’‘ʻʼʿ`´]\w{1,40}){0,6}(?:['’](?=[\s)\]]))?
      | \d[\d.,:/]{0,20}\d | \d
    )
    | (?P<dash>-{2,3}|[–—]|(?<=\s)-(?=\s))
    | (?P<mark>[^\s\w\\-])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = pattern(r"(?:(?<=\s)|^)\d{1,2}\.\s{0,6}\(\s?[A-Z]{1,3}(?:/{1,2}[A-Z]{1,5}){0,3}\s?\)")
"""A paragraph's number with its marking, also within a line: some copies lost their line ends."""
_RULE = pattern(r"[ \t]{0,80}[-=_*]{4,200}[ \t-]{0,80}\\?$")


def tokens(body: str, start: int, end: int) -> list[Token]:
    """The tokens between two places of a body."""
    made: list[Token] = []
    for begin, stop in _pieces(body, start, end):
        if begin == stop:
            _part(made, body, begin)
            continue
        at = begin
        for found in _NUMBER.finditer(body, begin, stop):
            made += _of_line(body, at, found.start())
            made.append(Token(BREAK, *found.span(), is_word=False))
            at = found.end()
        made += _of_line(body, at, stop)
    return _joined(body, made)


def _joined(body: str, found: list[Token]) -> list[Token]:
    """The tokens with words put together that a line end divides behind a hyphen."""
    made: list[Token] = []
    for token in found:
        last = made[-1] if made else token
        between = body[last.end : token.start] if token.is_word and last.is_word else ""
        if 1 < len(between) < _LONGEST_END and _DIVIDED.fullmatch(between):
            text = last.text + ("-" if token.text[0].isupper() else "") + token.text
            made[-1] = Token(text, last.start, token.end, is_word=True)
        else:
            made.append(token)
    return made


_DIVIDED = pattern(r"-\\?[ \t\r]{0,4}\n[ \t]{0,8}")
_LONGEST_END = 20


def one_line(body: str, start: int, end: int) -> str:
    """The words between two places on one line, without page lines."""
    words = " ".join(body[begin:stop] for begin, stop in _pieces(body, start, end))
    line = " ".join(words.replace("\\", " ").split())
    return _HYPHEN.sub(_undivided, line)


_HYPHEN = pattern(r"(?<=\w)- (?=(\w))")


def _undivided(found: re.Match[str]) -> str:
    return "-" if found[1].isupper() else ""


def _of_line(body: str, start: int, end: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(body, start, end):
        yield Token(found[0], *found.span(), is_word=found.lastgroup == "word")


def _part(made: list[Token], body: str, at: int) -> None:
    """Take a blank line for the end of a paragraph, unless a sentence goes on behind it."""
    if not made or made[-1].text == BREAK:
        return
    behind = body[at : at + 80].lstrip("\\ \t\r\n")[:1]
    goes_on = made[-1].is_word or made[-1].text == ","
    if not (goes_on and (behind.islower() or behind in "([")):
        made.append(Token(BREAK, at, at, is_word=False))


def _pieces(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What the lines say besides page breaks; an empty piece for a blank line or a rule."""
    waiting: tuple[int, int] | None = None
    paged = False
    at = start
    for line in body[start:end].split("\n"):
        begin, at = at, at + len(line) + 1
        bare = line.rstrip("\\ \t\r")
        if not bare:
            waiting = waiting or (begin, begin)
            continue
        left = pagebreaks.rest(line)
        if left == "" or bare.strip() == "SIPDIS" or pagebreaks.is_class_alone(line):
            paged = True
            continue
        if waiting and not paged:
            yield waiting
        waiting, paged = None, False
        if _RULE.match(line):
            yield begin, begin
        elif left is None:
            yield begin, begin + len(bare)
        else:
            yield from _around(begin, bare, left)
            paged = True
    if waiting and not paged:
        yield waiting


def _around(begin: int, line: str, left: str) -> Iterator[tuple[int, int]]:
    """What is before and behind a page break within a line."""
    indent = len(line) - len(line.lstrip())
    same = 0
    for ours, theirs in zip(line[indent:], left, strict=False):
        if ours != theirs:
            break
        same += 1
    yield begin, begin + indent + same
    if same < len(left):
        yield begin + len(line) - (len(left) - same), begin + len(line)
