"""Which words of two texts are the same, and how the others differ.

The words are aligned over the whole texts, whatever their paragraphs are: where all words are the
same there is no change. `rows` cuts the result into paragraphs.

If fields such as `SUBJECT`, or lines between two empty ones, come beside a redaction of the other
text, and nothing between them is the same, they would be taken for what it hides: they are taken
out of such a change.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.telegram.comparison.alignment import Move, Stretch, merged, moves, size_of, stretches
from cable_tui.telegram.comparison.same_words import says_its_own
from cable_tui.telegram.comparison.words import REDACTION, ComparedText, redactions_in

Kind = Literal["same", "deleted", "inserted", "replaced", "redaction", "blank", "moved"]
"""Deleted: words of the first text alone. Redaction: one text hides words that the other has.
Blank: one text has a gap where the other has words. Moved: a whole paragraph that is elsewhere in
the other text."""
Side = Literal["", "left", "right"]


_PLAIN = ("replaced", "deleted", "inserted")
"""Kinds that mean only that the words differ."""


class Change(NamedTuple):
    """Words of the first text, and those of the second at the same position."""

    kind: Kind
    left: Span
    right: Span
    side: Side = ""
    """The text that has the redaction or blank."""

    @property
    def sizes(self) -> tuple[int, int]:
        """Numbers of words on either side."""
        return size_of(self.left), size_of(self.right)

    def widened(self, before: int, behind: int) -> Change:
        """Return the change with `before` and `behind` more words of both texts."""
        (start, end), (to, stop) = self.left, self.right
        return self._replace(
            left=(start - before, end + behind), right=(to - before, stop + behind)
        )


_BLANK = pattern(
    r"_{3,}|\[[\s_.*-]{0,200}\]|\([\s_.*-]{0,200}\)|[.*]{4,}|-{3,}"
    r"|(?<=[^\s.!?:;])[ \t]{3,200}(?=[^\s])"
)
"""Pattern of what is left in place of removed words."""
_RULE = pattern(r"(?m)^[ \t]{0,99}[-.*=]{3,}[ \t]{0,99}$")
"""A line of signs under a heading or between paragraphs: it is no removal."""
_WEAK = 4
"""Equal words this many times fewer than the changes around them are ignored."""
_WEAKEST = 5
_OPENING = 4
"""Words at the beginning of a paragraph, such as its marking, that many paragraphs share."""
_LONG = 8
"""A change of at least this many words may be a whole paragraph."""
_AROUND = 8
"""Words around a change among which page breaks are looked at."""


def changes(left: ComparedText, right: ComparedText) -> tuple[list[Change], list[Move]]:
    """Return all of both texts in order: equal words, changes, and moved paragraphs."""
    moved: list[Move] = []
    beside = _aligned(left, right, moved)
    whole = _has_all(left, right, (0, len(left.places)), (0, len(right.places)))
    while not whole and (more := moves(left, right, beside, moved)):
        # The words around them are aligned again, as if they were not there.
        moved = sorted([*moved, *more])
        beside = _aligned(left, right, moved)
    parts = list(_unclassified(left, right, beside, moved))
    parts = [
        change._replace(kind="same", side="")
        if change.kind not in ("same", "moved") and (whole or _says_nothing(left, right, change))
        else change
        for change in parts
    ]
    parts = _to_paragraphs(left, right, list(_joined(_without_weak(parts))))
    parts = [_classified(left, right, e) if e.kind == "replaced" else e for e in parts]
    return [part for change in parts for part in _without_fields(left, right, change)], moved


def changes_inside(left: ComparedText, right: ComparedText, moved: Move) -> Iterator[Change]:
    """Yield all of a moved paragraph in order: equal words and changes."""
    (start, end), (to, stop) = moved
    for change in changes(left.cut(start, end), right.cut(to, stop))[0]:
        (first, last), (begin, behind) = change.left, change.right
        yield change._replace(left=(first + start, last + start), right=(begin + to, behind + to))


def count_redactions(text: ComparedText, span: Span) -> int:
    """Return how many redactions some words of a text are."""
    words = (text.words[index] for index in text.places[slice(*span)])
    return sum(
        redactions_in(text.text[word.start : word.end]) or 1
        for word in words
        if word.key == REDACTION
    )


def _aligned(left: ComparedText, right: ComparedText, moved: Sequence[Move]) -> list[Stretch]:
    """Align the words that both texts have in one order, without moved ones; add the end."""
    if not moved:
        return stretches(left.keys, right.keys, REDACTION)
    ours = _outside(len(left.places), [move.left for move in moved])
    theirs = _outside(len(right.places), sorted(move.right for move in moved))
    keys, others = left.keys, right.keys
    equal = stretches(
        [keys[index] for index in ours], [others[index] for index in theirs], REDACTION
    )
    equal_words = merged(
        Stretch(index, place, 1)
        for start, to, size in equal
        for index, place in zip(ours[start : start + size], theirs[to : to + size], strict=True)
    )
    return [*equal_words, Stretch(len(keys), len(others), 0)]


def _outside(count: int, spans: Sequence[Span]) -> list[int]:
    """Return the positions up to a count that are outside of some spans, which are in order."""
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), count]
    return [index for span in zip(starts, ends, strict=True) for index in range(*span)]


def _unclassified(
    left: ComparedText, right: ComparedText, beside: Sequence[Stretch], moved: Sequence[Move]
) -> Iterator[Change]:
    """Yield the equal words, and those between."""
    ours = [move.left for move in moved]
    theirs = sorted(move.right for move in moved)
    begun, to = 0, 0
    for start, begin, size in beside:
        for change in _between((begun, start), ours, (to, begin), theirs):
            yield change if change.kind == "moved" else _classified(left, right, change)
        if size:
            yield Change("same", (start, start + size), (begin, begin + size))
        begun, to = start + size, begin + size


def _between(
    left: Span, ours: Sequence[Span], right: Span, theirs: Sequence[Span]
) -> Iterator[Change]:
    """Yield the words of both texts between two stretches, each moved paragraph separately."""
    mine, yours = _pieces(left, ours), _pieces(right, theirs)
    # Both begin after the same words, and both end before the same ones.
    if len(mine) == 1 < len(yours):
        mine = _with_end(mine[0], at_first=size_of(yours[0]) or not size_of(yours[-1]))
    elif len(yours) == 1 < len(mine):
        yours = _with_end(yours[0], at_first=size_of(mine[0]) or not size_of(mine[-1]))
    yield from _change("replaced", mine[0], yours[0])
    place = yours[0][1]
    for number, span in enumerate(mine[1:-1]):
        yield from _change("deleted" if number % 2 else "moved", span, (place, place))
    place = mine[-1][0]
    for number, span in enumerate(yours[1:-1]):
        yield from _change("inserted" if number % 2 else "moved", (place, place), span)
    if len(mine) > 1:
        yield from _change("replaced", mine[-1], yours[-1])


def _pieces(span: Span, moved: Sequence[Span]) -> list[Span]:
    """Return a span as the parts before, between and after moved paragraphs, and these."""
    begin, end = span
    pieces: list[Span] = []
    for moved_span in moved[bisect_left(moved, (begin, begin)) :]:
        if moved_span[0] >= end:
            break
        pieces += [(begin, moved_span[0]), moved_span]
        begin = moved_span[1]
    return [*pieces, (begin, end)]


def _with_end(span: Span, *, at_first: bool | int) -> list[Span]:
    """Return a span with an empty one after it, or before it."""
    start, end = span
    return [span, (end, end)] if at_first else [(start, start), span]


def _change(kind: Kind, left: Span, right: Span) -> Iterator[Change]:
    if size_of(left) or size_of(right):
        yield Change(kind, left, right)


def _classified(left: ComparedText, right: ComparedText, change: Change) -> Change:
    """Return a change with its kind."""
    hides = REDACTION in left.some_keys(*change.left)
    if hides != (REDACTION in right.some_keys(*change.right)):
        return change._replace(kind="redaction", side="left" if hides else "right")
    if not change.sizes[0]:
        if _is_blank(left, change.left[0]):
            return change._replace(kind="blank", side="left")
        return change._replace(kind="inserted")
    if not change.sizes[1]:
        if _is_blank(right, change.right[0]):
            return change._replace(kind="blank", side="right")
        return change._replace(kind="deleted")
    return change


def _without_fields(left: ComparedText, right: ComparedText, change: Change) -> Iterator[Change]:
    """Yield a change whose redaction or gap is filled without the fields of the top next to it."""
    if change.kind not in ("redaction", "blank"):
        yield change
        return
    kinds: tuple[Kind, ...] = ("replaced", "deleted", "inserted", "replaced")
    parts = without_fields(left, right, change.left, change.right)
    for kind, (ours, theirs) in zip(kinds, parts, strict=True):
        for part in _change(kind, ours, theirs):
            yield _classified(left, right, part) if kind == "replaced" else part


def _is_blank(text: ComparedText, index: int) -> bool:
    """Return whether words were removed before a word: only their space or their number is left."""
    if _BLANK.search(_RULE.sub("", text.gap(index))):
        return True
    before = text.part_of[index - 1] if index else -1
    behind = text.part_of[index] if index < len(text.places) else len(text.parts)
    # A paragraph that is nothing but its number.
    return any(part.label for part in text.parts[before + 1 : behind])


def _says_nothing(left: ComparedText, right: ComparedText, change: Change) -> bool:
    """Return whether both texts have the same words here.

    One may divide them otherwise, or have them in a part of a page that is skipped.
    """
    mine, yours = left.some_keys(*change.left), right.some_keys(*change.right)
    if mine and yours and "".join(mine) == "".join(yours):
        is_word = all(key.isalpha() for key in (*mine, *yours))
        return is_word and not _divided_otherwise(left, right, change)
    around = change.widened(_AROUND, _AROUND)
    if not (left.skips(*around.left) or right.skips(*around.right)):
        return False
    # If a word is there twice, the aligned one may be the other one.
    wider = (change.widened(by, by) for by in (0, 2, _AROUND))
    return any(_has_all(left, right, part.left, part.right) for part in wider)


def _divided_otherwise(left: ComparedText, right: ComparedText, change: Change) -> bool:
    """Return whether words with the same letters mean something else: `not able`, `notable`."""
    rows = [
        [text.words[text.places[index]][:3] for index in range(*span)]
        for text, span in ((left, change.left), (right, change.right))
    ]
    ends = [list(accumulate(len(key) for _, _, key in row)) for row in rows]
    both = set(ends[0]) & set(ends[1])
    for text, row, stops in zip((left, right), rows, ends, strict=True):
        start = 0
        for count, stop in enumerate(stops, 1):
            if stop in both:
                if says_its_own(text.text, row[start:count]):
                    return True
                start = count
    return False


def _has_all(left: ComparedText, right: ComparedText, ours: Span, theirs: Span) -> bool:
    """Return whether each text has the compared words of the other, compared or skipped."""
    return _within(left.some_keys(*ours), right.all_keys(*theirs)) and _within(
        right.some_keys(*theirs), left.all_keys(*ours)
    )


def _within(some: Sequence[str], row: Sequence[str]) -> bool:
    rest = iter(row)
    # A page break cuts a redaction into two.
    return all(
        key in rest
        for index, key in enumerate(some)
        if not (index and key == REDACTION == some[index - 1])
    )


def _without_weak(parts: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes; a word or two that are equal between long ones become part of them."""
    for index, change in enumerate(parts):
        size = max(change.sizes)
        if change.kind == "same" and size <= _WEAKEST and 0 < index < len(parts) - 1:
            around = (parts[index - 1], parts[index + 1])
            if all(
                beside.kind in _PLAIN and max(beside.sizes) >= _WEAK * size for beside in around
            ) and "replaced" in (around[0].kind, around[1].kind):
                yield change._replace(kind="replaced")
                continue
        yield change


def _joined(parts: Iterator[Change]) -> Iterator[Change]:
    """Yield neighbouring changes as one, if none of them is a redaction or a blank."""
    last: Change | None = None
    for change in parts:
        plain = last is not None and {last.kind, change.kind} <= {*_PLAIN}
        if last is not None and (plain or (_runs_on(last) and _runs_on(change))):
            ours, theirs = (last.left[0], change.left[1]), (last.right[0], change.right[1])
            last = Change("replaced" if plain else "same", ours, theirs)
            continue
        if last is not None:
            yield last
        last = change
    if last is not None:
        yield last


def _runs_on(change: Change) -> bool:
    """Return whether its words are equal one by one, so that a paragraph may end among them."""
    return change.kind == "same" and change.sizes[0] == change.sizes[1]


def _to_paragraphs(
    left: ComparedText, right: ComparedText, parts: Sequence[Change]
) -> list[Change]:
    """Return the changes, moved to where a paragraph begins: many of them have `(C) The`.

    Words found both before a change and at its end may as well be the changed ones.
    """
    moved = list(parts)
    for index in range(1, len(moved)):
        before, change = moved[index - 1 : index + 1]
        if before.kind != "same" or change.kind in ("same", "moved") or len(set(before.sizes)) > 1:
            continue
        if index + 1 < len(moved) and moved[index + 1].kind != "same":
            continue
        by = _opening(left, right, change)
        if not 0 < by < before.sizes[0]:
            continue
        moved[index - 1] = before.widened(0, -by)
        if all(change.sizes):
            moved[index] = change.widened(by, 0)
            continue
        moved[index] = change.widened(by, -by)
        if index + 1 < len(moved):
            moved[index + 1] = moved[index + 1].widened(by, 0)
        else:
            (_, end), (_, stop) = change.left, change.right
            moved.append(Change("same", (end - by, end), (stop - by, stop)))
    return moved


def _opening(left: ComparedText, right: ComparedText, change: Change) -> int:
    """Return how many words before a change belong to it by its paragraphs; 0 if none do."""
    (start, end), (to, stop) = change.left, change.right
    ours, theirs = _since_beginning(left, start), _since_beginning(right, to)
    if all(change.sizes):
        fills = ours == theirs and _ends_part(left, end) and _ends_part(right, stop)
        return ours if fills and min(change.sizes) >= _LONG else 0
    text, first, last, by = (left, start, end, ours) if start < end else (right, to, stop, theirs)
    before, behind = text.some_keys(first - by, first), text.some_keys(last - by, last)
    return by if before == behind and last - first > by else 0


def _since_beginning(text: ComparedText, index: int) -> int:
    """Return how many words its paragraph has before a position, if they are few."""
    by = 0
    while by <= _OPENING and 0 < index - by < len(text.part_of):
        if text.part_of[index - by - 1] != text.part_of[index]:
            return by
        by += 1
    return 0


def _ends_part(text: ComparedText, end: int) -> bool:
    return end == len(text.part_of) or text.part_of[end] != text.part_of[end - 1]


_EMPTY_LINE = pattern(r"\n[ \t]{0,99}\n")


def without_fields(
    left: ComparedText, right: ComparedText, ours: Span, theirs: Span
) -> Iterator[tuple[Span, Span]]:
    """Yield words beside each other: those before whole fields, the fields of either, those after.

    If neither text has fields there, whole lines are taken instead of them.
    """
    mine, yours = _fields(left, ours), _fields(right, theirs)
    if not mine and not yours:
        mine, yours = _lines(left, ours, right, theirs), _lines(right, theirs, left, ours)
    if mine and not yours:
        yours = _gap(right, theirs, ours, mine)
    elif yours and not mine:
        mine = _gap(left, ours, theirs, yours)
    mine, yours = mine or (ours[1], ours[1]), yours or (theirs[1], theirs[1])
    yield (ours[0], mine[0]), (theirs[0], yours[0])
    yield mine, (yours[0], yours[0])
    yield (mine[1], mine[1]), yours
    yield (mine[1], ours[1]), (yours[1], theirs[1])


def _fields(text: ComparedText, span: Span) -> Span | None:
    """Return the first fields in a row that are whole within a span and hide nothing."""
    fields: Span | None = None
    for start, behind in pairwise(index for index in text.fields if span[0] <= index <= span[1]):
        if REDACTION in text.some_keys(start, behind):
            break
        fields = (fields[0] if fields else start), behind
    return fields


def _lines(text: ComparedText, span: Span, hiding: ComparedText, gap: Span) -> Span | None:
    """Return lines between two empty ones that are not part of the words the other text hides.

    If a word that both texts have is on the line of the redaction, the hidden words belong to that
    line. If such words are on both sides of it, or on neither, it is unknown.
    """
    if REDACTION not in hiding.some_keys(*gap) or REDACTION in text.some_keys(*span):
        return None
    edges = [index for index in range(span[0], span[1] + 1) if _begins_lines(text, index)]
    if any(_begins_lines(hiding, index) for index in range(gap[0] + 1, gap[1])) or not edges:
        return None
    goes_on, is_led_to = (
        0 < index < len(hiding.places) and "\n" not in hiding.gap(index) for index in gap
    )
    lines = (edges[0], span[1]) if goes_on else (span[0], edges[-1])
    whole = _begins_lines(text, lines[0]) and _begins_lines(text, lines[1])
    return lines if whole and goes_on != is_led_to and lines[0] < lines[1] else None


def _begins_lines(text: ComparedText, index: int) -> bool:
    """Return whether a word is the first one after an empty line, or the first or last of all."""
    return index in (0, len(text.places)) or _EMPTY_LINE.search(text.gap(index)) is not None


def _gap(text: ComparedText, span: Span, gap: Span, fields: Span) -> Span:
    """Return where the fields of the other text would be in a span: an empty position."""
    start, end = span
    before, behind = fields[0] > gap[0], fields[1] < gap[1]
    place = end if before else start
    if before and behind and text.fields:
        place = min(max(text.fields[-1], start), end)
    return place, place
