"""The words of a quotation, parted where its author left something out or put something in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from cable_tui.drafts.tokens import Token, Words, skipped_in_quotation, tokens_of
from cable_tui.pattern import pattern
from cable_tui.text import repaired

GapKind = Literal["ellipsis", "bracket"]

_ELLIPSIS = (
    r"\[\s?(?:(?:\.\s?){2,5}|…)\s?\]|\(\s?(?:(?:\.\s?){3,5}|…)\s?\)|(?:\.\s?){2,5}\.|…|\*{3,20}"
)
_BRACKET = r"\[[^\[\]]{0,300}\]"
_WITHIN = r"\w{0,40}\[\w{0,12}\]\w{1,40}|\w{1,40}\[\w{0,12}\]"
"""A letter or an ending of the author's: `[h]e`, `report[ed]`."""
_MOST_GAPS = 200
"""Of a quotation with more the words are compared as they stand: each part is looked for anew."""
_PARAGRAPH_END = pattern(r"\n\n")
_GAPS = pattern(_ELLIPSIS)
_GAPS_AND_BRACKETS = pattern(rf"(?P<ellipsis>{_ELLIPSIS})|(?P<within>{_WITHIN})|{_BRACKET}")
_OF_THE_AUTHOR = pattern(
    r"\[\s?(?:sic!?|!|\?|(?:my |our |added |original )?(?:emphasis|italics)[^\[\]]{0,60}"
    r"|(?:author|translat|trans\.)[^\[\]]{0,60})\s?\]",
)


class Gap(NamedTuple):
    """What stands between two segments."""

    kind: GapKind
    text: str
    parts_paragraphs: bool
    """The quotation begins a new paragraph there."""


class Passage(NamedTuple):
    """A quotation in segments that must stand in the cable as they are."""

    text: str
    segments: tuple[Words, ...]
    gaps: tuple[Gap, ...]
    """One between every two segments."""

    @property
    def size(self) -> int:
        """Words of all segments."""
        return sum(len(each.tokens) for each in self.segments)


def passages(text: str) -> tuple[Passage, ...]:
    """How a quotation may be meant: its brackets are the cable's, or its author's."""
    text = repaired(text)
    text = _OF_THE_AUTHOR.sub(lambda found: " " * len(found[0]), text)
    tokens = _tokens(text)
    first = _parted(text, tokens, [("ellipsis", *each.span()) for each in _GAPS.finditer(text)])
    if "[" not in text:
        return (first,)
    apart: list[tuple[GapKind, int, int]] = [
        ("ellipsis" if each["ellipsis"] else "bracket", *each.span())
        for each in _GAPS_AND_BRACKETS.finditer(text)
    ]
    second = _parted(text, tokens, apart)
    return (first, second) if second.segments else (first,)


def _tokens(text: str) -> list[Token]:
    made: list[Token] = []
    last = 0
    begins = [each.end() for each in _PARAGRAPH_END.finditer(text)]
    for each in tokens_of(text, skipped_in_quotation(text), begins):
        made.append(each._replace(begins="\n\n" in text[last : each.start]))
        last = each.end
    return made


def _parted(
    text: str, tokens: Sequence[Token], gaps: Sequence[tuple[GapKind, int, int]]
) -> Passage:
    segments: list[Words] = []
    between: list[Gap] = []
    at = 0
    waiting: list[tuple[GapKind, int, int]] = []
    if len(gaps) > _MOST_GAPS:
        gaps = ()
    for kind, start, end in (*gaps, ("ellipsis", len(text), len(text))):
        stop = at
        while stop < len(tokens) and tokens[stop].end <= start:
            stop += 1
        if stop > at:
            if segments:
                between.append(_gap(text, waiting))
            segments.append(Words(tokens[at:stop], text))
            waiting = []
        waiting.append((kind, start, end))
        at = stop
        while at < len(tokens) and tokens[at].start < end:
            at += 1
    return Passage(text, tuple(segments), tuple(between))


def _gap(text: str, gaps: Sequence[tuple[GapKind, int, int]]) -> Gap:
    """Several in a row are one: an ellipsis allows most."""
    start, end = gaps[0][1], gaps[-1][2]
    kinds = {kind for kind, _, _ in gaps}
    around = text[max(start - 2, 0) : end + 2]
    return Gap("ellipsis" if "ellipsis" in kinds else "bracket", text[start:end], "\n\n" in around)
