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
    found = list(_unclassified(left, right, beside, moved))
    found = [
        each._replace(kind="same", side="")
        if each.kind not in ("same", "moved") and (whole or _says_nothing(left, right, each))
        else each
        for each in found
    ]
    found = _to_paragraphs(left, right, list(_joined(_without_weak(found))))
    found = [_classified(left, right, e) if e.kind == "replaced" else e for e in found]
    return [part for each in found for part in _without_fields(left, right, each)], moved


def changes_inside(left: ComparedText, right: ComparedText, moved: Move) -> Iterator[Change]:
    """Yield all of a moved paragraph in order: equal words and changes."""
    (start, end), (to, stop) = moved
    for each in changes(left.cut(start, end), right.cut(to, stop))[0]:
        (first, last), (begin, behind) = each.left, each.right
        yield each._replace(left=(first + start, last + start), right=(begin + to, behind + to))


def count_redactions(text: ComparedText, span: Span) -> int:
    """Return how many redactions some words of a text are."""
    words = (text.words[at] for at in text.places[slice(*span)])
    return sum(
        redactions_in(text.text[word.start : word.end]) or 1
        for word in words
        if word.key == REDACTION
    )


def _aligned(left: ComparedText, right: ComparedText, moved: Sequence[Move]) -> list[Stretch]:
    """Align the words that both texts have in one order, without moved ones; add the end."""
    if not moved:
        return stretches(left.keys, right.keys, REDACTION)
    ours = _outside(len(left.places), [each.left for each in moved])
    theirs = _outside(len(right.places), sorted(each.right for each in moved))
    keys, others = left.keys, right.keys
    equal = stretches([keys[at] for at in ours], [others[at] for at in theirs], REDACTION)
    found = merged(
        Stretch(at, place, 1)
        for start, to, size in equal
        for at, place in zip(ours[start : start + size], theirs[to : to + size], strict=True)
    )
    return [*found, Stretch(len(keys), len(others), 0)]


def _outside(count: int, spans: Sequence[Span]) -> list[int]:
    """Return the positions up to a count that are outside of some spans, which are in order."""
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), count]
    return [at for span in zip(starts, ends, strict=True) for at in range(*span)]


def _unclassified(
    left: ComparedText, right: ComparedText, beside: Sequence[Stretch], moved: Sequence[Move]
) -> Iterator[Change]:
    """Yield the equal words, and those between."""
    ours = [each.left for each in moved]
    theirs = sorted(each.right for each in moved)
    at, to = 0, 0
    for start, begin, size in beside:
        for each in _between((at, start), ours, (to, begin), theirs):
            yield each if each.kind == "moved" else _classified(left, right, each)
        if size:
            yield Change("same", (start, start + size), (begin, begin + size))
        at, to = start + size, begin + size


def _between(
    left: Span, ours: Sequence[Span], right: Span, theirs: Sequence[Span]
) -> Iterator[Change]:
    """Yield the words of both texts between two stretches, each moved paragraph separately."""
    mine, other = _pieces(left, ours), _pieces(right, theirs)
    # Both begin after the same words, and both end before the same ones.
    if len(mine) == 1 < len(other):
        mine = _with_end(mine[0], at_first=size_of(other[0]) or not size_of(other[-1]))
    elif len(other) == 1 < len(mine):
        other = _with_end(other[0], at_first=size_of(mine[0]) or not size_of(mine[-1]))
    yield from _change("replaced", mine[0], other[0])
    here = other[0][1]
    for at, span in enumerate(mine[1:-1]):
        yield from _change("deleted" if at % 2 else "moved", span, (here, here))
    here = mine[-1][0]
    for at, span in enumerate(other[1:-1]):
        yield from _change("inserted" if at % 2 else "moved", (here, here), span)
    if len(mine) > 1:
        yield from _change("replaced", mine[-1], other[-1])


def _pieces(span: Span, moved: Sequence[Span]) -> list[Span]:
    """Return a span as the parts before, between and after moved paragraphs, and these."""
    at, end = span
    made: list[Span] = []
    for each in moved[bisect_left(moved, (at, at)) :]:
        if each[0] >= end:
            break
        made += [(at, each[0]), each]
        at = each[1]
    return [*made, (at, end)]


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
        for each in _change(kind, ours, theirs):
            yield _classified(left, right, each) if kind == "replaced" else each


def _is_blank(text: ComparedText, at: int) -> bool:
    """Return whether words were removed before a word: only their space or their number is left."""
    if _BLANK.search(_RULE.sub("", text.gap(at))):
        return True
    before = text.part_of[at - 1] if at else -1
    behind = text.part_of[at] if at < len(text.places) else len(text.parts)
    # A paragraph that is nothing but its number.
    return any(part.label for part in text.parts[before + 1 : behind])


def _says_nothing(left: ComparedText, right: ComparedText, change: Change) -> bool:
    """Return whether both texts have the same words here.

    One may divide them otherwise, or have them in a part of a page that is skipped.
    """
    mine, other = left.some_keys(*change.left), right.some_keys(*change.right)
    if mine and other and "".join(mine) == "".join(other):
        is_word = all(key.isalpha() for key in (*mine, *other))
        return is_word and not _divided_otherwise(left, right, change)
    around = change.widened(_AROUND, _AROUND)
    if not (left.skips(*around.left) or right.skips(*around.right)):
        return False
    # If a word is there twice, the aligned one may be the other one.
    wider = (change.widened(by, by) for by in (0, 2, _AROUND))
    return any(_has_all(left, right, each.left, each.right) for each in wider)


def _divided_otherwise(left: ComparedText, right: ComparedText, change: Change) -> bool:
    """Return whether words with the same letters mean something else: `not able`, `notable`."""
    rows = [
        [text.words[text.places[at]][:3] for at in range(*span)]
        for text, span in ((left, change.left), (right, change.right))
    ]
    ends = [list(accumulate(len(key) for _, _, key in row)) for row in rows]
    both = set(ends[0]) & set(ends[1])
    for text, row, stops in zip((left, right), rows, ends, strict=True):
        start = 0
        for at, stop in enumerate(stops, 1):
            if stop in both:
                if says_its_own(text.text, row[start:at]):
                    return True
                start = at
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
        key in rest for at, key in enumerate(some) if not (at and key == REDACTION == some[at - 1])
    )


def _without_weak(found: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes; a word or two that are equal between long ones become part of them."""
    for at, each in enumerate(found):
        size = max(each.sizes)
        if each.kind == "same" and size <= _WEAKEST and 0 < at < len(found) - 1:
            around = (found[at - 1], found[at + 1])
            if all(
                one.kind in _PLAIN and max(one.sizes) >= _WEAK * size for one in around
            ) and "replaced" in (around[0].kind, around[1].kind):
                yield each._replace(kind="replaced")
                continue
        yield each


def _joined(found: Iterator[Change]) -> Iterator[Change]:
    """Yield neighbouring changes as one, if none of them is a redaction or a blank."""
    last: Change | None = None
    for each in found:
        plain = last is not None and {last.kind, each.kind} <= {*_PLAIN}
        if last is not None and (plain or (_runs_on(last) and _runs_on(each))):
            ours, theirs = (last.left[0], each.left[1]), (last.right[0], each.right[1])
            last = Change("replaced" if plain else "same", ours, theirs)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _runs_on(change: Change) -> bool:
    """Return whether its words are equal one by one, so that a paragraph may end among them."""
    return change.kind == "same" and change.sizes[0] == change.sizes[1]


def _to_paragraphs(
    left: ComparedText, right: ComparedText, found: Sequence[Change]
) -> list[Change]:
    """Return the changes, moved to where a paragraph begins: many of them have `(C) The`.

    Words found both before a change and at its end may as well be the changed ones.
    """
    made = list(found)
    for at in range(1, len(made)):
        before, each = made[at - 1 : at + 1]
        if before.kind != "same" or each.kind in ("same", "moved") or len(set(before.sizes)) > 1:
            continue
        if at + 1 < len(made) and made[at + 1].kind != "same":
            continue
        by = _opening(left, right, each)
        if not 0 < by < before.sizes[0]:
            continue
        made[at - 1] = before.widened(0, -by)
        if all(each.sizes):
            made[at] = each.widened(by, 0)
            continue
        made[at] = each.widened(by, -by)
        if at + 1 < len(made):
            made[at + 1] = made[at + 1].widened(by, 0)
        else:
            (_, end), (_, stop) = each.left, each.right
            made.append(Change("same", (end - by, end), (stop - by, stop)))
    return made


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


def _since_beginning(text: ComparedText, at: int) -> int:
    """Return how many words its paragraph has before a position, if they are few."""
    by = 0
    while by <= _OPENING and 0 < at - by < len(text.part_of):
        if text.part_of[at - by - 1] != text.part_of[at]:
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
    """Return the first fields in a row that are whole within a span and hide nothing."""
    found: Span | None = None
    for one, behind in pairwise(at for at in text.fields if span[0] <= at <= span[1]):
        if REDACTION in text.some_keys(one, behind):
            break
        found = (found[0] if found else one), behind
    return found


def _lines(text: ComparedText, span: Span, hiding: ComparedText, gap: Span) -> Span | None:
    """Return lines between two empty ones that are not part of the words the other text hides.

    If a word that both texts have is on the line of the redaction, the hidden words belong to that
    line. If such words are on both sides of it, or on neither, it is unknown.
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
    """Return whether a word is the first one after an empty line, or the first or last of all."""
    return at in (0, len(text.places)) or _EMPTY_LINE.search(text.gap(at)) is not None


def _gap(text: ComparedText, span: Span, other: Span, fields: Span) -> Span:
    """Return where the fields of the other text would be in a span: an empty position."""
    start, end = span
    before, behind = fields[0] > other[0], fields[1] < other[1]
    at = end if before else start
    if before and behind and text.fields:
        at = min(max(text.fields[-1], start), end)
    return at, at
