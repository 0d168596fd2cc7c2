"""Fields and whole lines that one text alone has, beside what the other text hides.

If `SUBJECT` and `REF`, or lines between two empty ones, come beside a redaction of the other text,
and nothing between them is the same, they would be taken for what it hides.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cable_tui.cable import Span
from cable_tui.pattern import pattern
from cable_tui.telegram.comparison.words import REDACTION, ComparedText

_EMPTY_LINE = pattern(r"\n[ \t]{0,99}\n")


def without_fields(
    left: ComparedText, right: ComparedText, ours: Span, theirs: Span
) -> Iterator[tuple[Span, Span]]:
    """Words beside each other: those before whole fields, the fields of either, those behind.

    If neither text has fields there, whole lines are taken instead of them.
    """
    mine, other = _fields(left, ours), _fields(right, theirs)
    if not mine and not other:
        mine, other = _lines(left, ours, right, theirs), _lines(right, theirs, left, ours)
    if mine and not other:
        other = _gap(right, theirs, ours, mine)
    elif other and not mine:
        mine = _gap(left, ours, theirs, other)
    mine, other = mine or (ours[1], ours[1]), other or (theirs[1], theirs[1])
    yield (ours[0], mine[0]), (theirs[0], other[0])
    yield mine, (other[0], other[0])
    yield (mine[1], mine[1]), other
    yield (mine[1], ours[1]), (other[1], theirs[1])


def _fields(text: ComparedText, span: Span) -> Span | None:
    """The first fields in a row that are whole within a span and hide nothing."""
    found: Span | None = None
    for one, behind in pairwise(at for at in text.fields if span[0] <= at <= span[1]):
        if REDACTION in text.some_keys(one, behind):
            break
        found = (found[0] if found else one), behind
    return found


def _lines(text: ComparedText, span: Span, hiding: ComparedText, gap: Span) -> Span | None:
    """Lines between two empty ones that are no part of what the other text hides.

    If a word that both texts have is on the line of the redaction, what is hidden belongs to the
    same line. If such words are on both sides of it, or on none, nobody knows.
    """
    if REDACTION not in hiding.some_keys(*gap) or REDACTION in text.some_keys(*span):
        return None
    edges = [at for at in range(span[0], span[1] + 1) if _begins_lines(text, at)]
    if any(_begins_lines(hiding, at) for at in range(gap[0] + 1, gap[1])) or not edges:
        return None
    goes_on, is_led_to = (0 < at < len(hiding.places) and "\n" not in hiding.gap(at) for at in gap)
    found = (edges[0], span[1]) if goes_on else (span[0], edges[-1])
    whole = _begins_lines(text, found[0]) and _begins_lines(text, found[1])
    return found if whole and goes_on != is_led_to and found[0] < found[1] else None


def _begins_lines(text: ComparedText, at: int) -> bool:
    """Whether a word is the first one behind an empty line, or there is none before or behind."""
    return at in (0, len(text.places)) or _EMPTY_LINE.search(text.gap(at)) is not None


def _gap(text: ComparedText, span: Span, other: Span, fields: Span) -> Span:
    """Where in a span the fields of the other text would be: an empty place."""
    start, end = span
    before, behind = fields[0] > other[0], fields[1] < other[1]
    at = end if before else start
    if before and behind and text.fields:
        at = min(max(text.fields[-1], start), end)
    return at, at
