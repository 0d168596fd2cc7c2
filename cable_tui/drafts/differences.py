"""What differs between a quotation and a cable, and what an ellipsis may leave out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from cable_tui.cable import Span
from cable_tui.drafts.passage import Gap
from cable_tui.drafts.tokens import CableWords
from cable_tui.pattern import pattern
from cable_tui.text.sentences import sentences
from cable_tui.value import Value

Kind = Literal["words", "ellipsis", "bracket", "order", "paragraphs"]

_TURNS = pattern(
    r"not|no|nor|never|none|neither|nobody|nothing|nowhere|noone|without|cannot|cant|wont|un(?:able"
    r"|willing|likely|certain|clear|sure|confirmed|founded|true)|hardly|scarcely|barely|rarely"
    r"|seldom|perhaps|maybe|possibly|might|allegedly|alleged|purported(?:ly)?|supposed(?:ly)?"
    r"|reportedly|rumou?r(?:s|ed)?|den(?:y|ies|ied|ying|ials?)|refus(?:e|es|ed|ing|als?)"
    r"|reject(?:s|ed|ing|ion)?|fail(?:s|ed|ing|ures?)?|lack(?:s|ed|ing)?|doubt(?:s|ed|ing|ful)?"
    r"|disput(?:e|es|ed|ing)|question(?:s|ed|able)|disagree(?:s|d|ment)?|disbeli\w{1,9}"
    r"|s[ck]eptic(?:s|al|ism)?|false(?:ly)?|impossible"
)
"""Words that turn what a sentence says round, or put it in doubt."""
_BRACKET_REACH = 12
"""Words that a bracket may stand for."""


class Difference(Value):
    """A place where a quotation is not what the cable says, or not all of it."""

    kind: Kind
    draft: str
    """Words of the quotation; may be empty."""
    cable: str
    """Words of the cable; may be empty."""
    is_fault: bool
    """Not allowed to whoever quotes."""
    note: str = ""
    """What is wrong, or what was done, in words."""


def runs_together(one: str, other: str) -> Difference:
    """That a quotation goes on from a numbered paragraph into another and does not show it."""
    said = f"runs ¶{one} and ¶{other} together" if one != other else "runs two places together"
    return Difference("paragraphs", "", "", is_fault=True, note=said)


def left_out(gap: Gap, start: int, end: int, cable: CableWords) -> Difference | None:
    """What an ellipsis or a bracket stands for, and whether it may."""
    shown = gap.text.strip()
    omitted = cable.whole.said(start, end)
    if start > end:
        note = "the cable has these parts in another order"
        return Difference("order", shown, "", is_fault=True, note=note)
    kind: Kind = gap.kind
    crossed = "" if gap.parts_paragraphs else _crossed(start - 1, end, cable)
    if crossed:
        return Difference(kind, shown, omitted, is_fault=True, note=crossed)
    if start == end and kind == "ellipsis":
        return None
    hidden = _turning(gap, start, end, cable, list(_fragments(start, end, cable)))
    if hidden:
        return Difference(kind, shown, omitted, is_fault=True, note=f"hides “{hidden}”")
    if kind == "bracket" and end - start > _BRACKET_REACH:
        note = f"stands for {end - start} words"
        return Difference(kind, shown, omitted, is_fault=True, note=note)
    note = "added by the author" if start == end else ""
    if kind == "ellipsis" and (whole := _turning(gap, start, end, cable, [(0, len(cable.text))])):
        note = f"leaves out a sentence with “{whole}”"
    return Difference(kind, shown, omitted, is_fault=False, note=note)


def _crossed(one: int, other: int, cable: CableWords) -> str:
    """How two words are in two paragraphs; empty if they are in one."""
    before, behind = cable.owner(one), cable.owner(other)
    if before != behind:
        names = [f"¶{each}" if each else "what has no number" for each in (before, behind)]
        return f"runs from {names[0]} into {names[1]}"
    places = {cable.paragraph_of[one], cable.paragraph_of[other]}
    return "runs from one paragraph into another" if not before and len(places) > 1 else ""


def _turning(gap: Gap, start: int, end: int, cable: CableWords, spans: Sequence[Span]) -> str:
    """The first word of some stretches that turns a sentence round, and was left out."""
    tokens = cable.whole.tokens
    shown = gap.text.casefold().split()
    for first, last in spans:
        for at in range(start, end):
            if not first <= tokens[at].start < last:
                continue
            key = tokens[at].key
            flat = key == "t" and at and tokens[at - 1].key.endswith("n")
            if (flat or _TURNS.fullmatch(key)) and key not in shown:
                return cable.whole.said(at - flat, at + 1)
    return ""


def _fragments(start: int, end: int, cable: CableWords) -> Iterator[Span]:
    """What belongs to a sentence that is quoted in part."""
    tokens = cable.whole.tokens
    begin = tokens[start - 1].end if start else 0
    stop = tokens[end].start if end < len(tokens) else len(cable.text)
    spans = sentences(cable.text, begin, stop)
    if not spans:
        return
    yield begin, spans[0][1]
    if len(spans) > 1 and cable.text[spans[-1][1] - 1] not in '.!?"”)':
        yield spans[-1]
