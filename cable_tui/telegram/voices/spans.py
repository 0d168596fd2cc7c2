"""The voices of a body: where its author comments and where a source is reported."""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.cable import Span
from cable_tui.pattern import pattern
from cable_tui.telegram.voices.comments import Comment, comments
from cable_tui.telegram.voices.reported import pieces, reported, reported_in, without_breaks
from cable_tui.text import words
from cable_tui.value import Value

_FIRST = pattern(r"^[ \t>]{0,12}¶?\(?1[ ]?[.)][ \t]{0,6}[(\[A-Z“\"‘']", 8)
"""The first paragraph; 8 is re.MULTILINE."""
_LABEL = pattern(
    r"^[ \t]{0,8}(?:E\.?O\.?[ ]\d{5}|TAGS?\b|SUBJ(?:ECT)?\b|REFS?\b|REFTEL|CLASSIFIED[ ]BY"
    r"|Classified[ ][Bb]y|DERIVED[ ]FROM)",
    8,
)
_BLANK = pattern(r"\n[ \t\\]*\n")
_TOP = 6000
"""Characters in which the labels of the top stand."""


class Voices(Value):
    """Who speaks where in one body. Offsets are those of the body."""

    comments: tuple[Comment, ...] = ()
    """The author, set apart: comments, notes, biographic notes."""
    said: tuple[Span, ...] = ()
    """Sentences that report a source, those within comments too."""


class SaidWords(Value):
    """The words of `said:` and `comment:`, folded."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.beginnings)

    def all_in(self, text: str) -> bool:
        """Whether a text has all of them."""
        found = {word for _, _, word in words(text)}
        if not self.words <= found:
            return False
        return all(any(word.startswith(each) for word in found) for each in self.beginnings)


def wanted(value: str) -> SaidWords:
    """The words behind `said:` or `comment:`; one that ends in `*` is a beginning."""
    whole: set[str] = set()
    begun: list[str] = []
    for part in value.split():
        found = [word for _, _, word in words(part)]
        if found and part.endswith("*"):
            begun.append(found.pop())
        whole.update(found)
    return SaidWords(frozenset(whole), tuple(dict.fromkeys(begun)))


def voices(body: str) -> Voices:
    """The voices of a body. Total and linear."""
    begin = text_begin(body)
    return Voices(tuple(comments(body, begin)), tuple(reported(body, begin)))


def text_begin(body: str) -> int:
    """Where the text begins: with its first paragraph, or else behind the labels of its top."""
    last = 0
    for label in _LABEL.finditer(body, 0, _TOP):
        last = label.end()
    if first := _FIRST.search(body, last):
        return first.start()
    blank = _BLANK.search(body, last) if last else None
    return blank.end() if blank else last


def commented(body: str, asked: SaidWords) -> bool:
    """Whether one comment of a body has all words. Total and linear."""
    plain = ""
    for comment in comments(body, text_begin(body)):
        plain = plain or without_breaks(body)
        if asked.all_in(plain[slice(*comment.span)]):
            return True
    return False


def was_said(body: str, asked: SaidWords) -> bool:
    """Whether one reported sentence of a body has all words. Total and linear."""
    plain = without_breaks(body)
    return any(
        asked.all_in(plain[start:end])
        for piece in _with_words(plain, asked)
        for start, end in reported_in(plain, piece)
    )


def said_and_commented(body: str) -> tuple[list[str], list[str]]:
    """The texts in which `said:` and `comment:` look for words. Total and linear."""
    plain = without_breaks(body)
    begin = text_begin(body)
    # A page break may stand where the text seems to begin.
    of_plain = begin if plain is body else text_begin(plain)
    said = [
        plain[start:end]
        for piece in pieces(plain, of_plain)
        for start, end in reported_in(plain, piece)
    ]
    return said, [plain[slice(*each.span)] for each in comments(body, begin)]


def _with_words(text: str, asked: SaidWords) -> Iterator[Span]:
    """The pieces that may have all words: the others need no look at their sentences."""
    # Folding keeps the letters of ASCII: only a text of these can be searched as it stands.
    plain = text.isascii()
    small = text.lower()
    needed = (*asked.words, *asked.beginnings)
    for start, end in pieces(text, text_begin(text)):
        if plain and any(small.find(word, start, end) < 0 for word in needed):
            continue
        yield start, end
