"""Determine which words of two texts are the same, and how the others differ.

The words are aligned over the whole texts, regardless of their paragraphs: if all words are the
same, there is no change. `rows` cuts the result into paragraphs.

Fields such as `SUBJECT`, or lines between two empty lines, may be next to a redaction of the other
text with no equal words between them. They would be taken for the hidden words, so they are removed
from such a change.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Literal

from cable_tui.base.cable import Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.telegram.comparison.alignment import Move, Stretch, merged, moves, size_of, stretches
from cable_tui.telegram.comparison.same_words import says_its_own
from cable_tui.telegram.comparison.words import REDACTION, ComparedText, redactions_in

Kind = Literal["same", "deleted", "inserted", "replaced", "redaction", "blank", "moved"]
"""Deleted: words of the first text only. Redaction: one text hides words that the other contains.
Blank: one text has a gap where the other has words. Moved: a whole paragraph that is elsewhere in
the other text.
"""
Side = Literal["", "left", "right"]


_PLAIN = ("replaced", "deleted", "inserted")
"""Kinds of changes that show only that the words differ."""


class Change(NamedTuple):
    """Words of the first text, and the words of the second text at the same position."""

    kind: Kind
    left: Span
    right: Span
    side: Side = ""
    """The text that has the redaction or blank."""

    @property
    def sizes(self) -> tuple[int, int]:
        """The numbers of words on either side."""
        return size_of(self.left), size_of(self.right)

    def widened(self, before: int, behind: int) -> Change:
        """Return the change extended by `before` and `behind` more words of both texts."""
        (left_start, left_end), (right_start, right_end) = self.left, self.right
        return self._replace(
            left=(left_start - before, left_end + behind),
            right=(right_start - before, right_end + behind),
        )


_BLANK = pattern(
    r"_{3,}|\[[\s_.*-]{0,200}\]|\([\s_.*-]{0,200}\)|[.*]{4,}|-{3,}"
    r"|(?<=[^\s.!?:;])[ \t]{3,200}(?=[^\s])"
)
"""A pattern for the text that remains in place of removed words."""
_RULE = pattern(r"(?m)^[ \t]{0,99}[-.*=]{3,}[ \t]{0,99}$")
"""A line of rule characters under a heading or between paragraphs, which is not a removal."""
_WEAK = 4
"""Equal words are ignored if the changes around them are longer by this factor."""
_WEAKEST = 5
_OPENING = 4
"""The number of words at the beginning of a paragraph, such as its marking, that many paragraphs
share.
"""
_LONG = 8
"""The minimum number of words in a change that may be a whole paragraph."""
_AROUND = 8
"""The number of words around a change that are searched for page breaks."""


def changes(left: ComparedText, right: ComparedText) -> tuple[list[Change], list[Move]]:
    """Return all of both texts in order: equal words, changes, and moved paragraphs."""
    moves_found: list[Move] = []
    aligned_words = _aligned(left, right, moves_found)
    has_all_words = _has_all(left, right, (0, len(left.places)), (0, len(right.places)))
    while not has_all_words and (more_moves := moves(left, right, aligned_words, moves_found)):
        # The words around them are aligned again, as if they were not there.
        moves_found = sorted([*moves_found, *more_moves])
        aligned_words = _aligned(left, right, moves_found)
    all_changes = list(_unclassified(left, right, aligned_words, moves_found))
    all_changes = [
        change._replace(kind="same", side="")
        if change.kind not in ("same", "moved")
        and (has_all_words or _says_nothing(left, right, change))
        else change
        for change in all_changes
    ]
    all_changes = _to_paragraphs(left, right, list(_joined(_without_weak(all_changes))))
    all_changes = [
        _classified(left, right, change_read) if change_read.kind == "replaced" else change_read
        for change_read in all_changes
    ]
    return [
        shown_change
        for change in all_changes
        for shown_change in _without_fields(left, right, change)
    ], moves_found


def changes_inside(left: ComparedText, right: ComparedText, moved: Move) -> Iterator[Change]:
    """Yield all of a moved paragraph in order: equal words and changes."""
    (moved_start, moved_end), (right_start, right_end) = moved
    for change in changes(left.cut(moved_start, moved_end), right.cut(right_start, right_end))[0]:
        (left_start, left_end), (right_first, right_last) = change.left, change.right
        yield change._replace(
            left=(left_start + moved_start, left_end + moved_start),
            right=(right_first + right_start, right_last + right_start),
        )


def count_redactions(text: ComparedText, span: Span) -> int:
    """Return how many redactions some words of a text include."""
    words_inside = (text.words[place] for place in text.places[slice(*span)])
    return sum(
        redactions_in(text.text[word.start : word.end]) or 1
        for word in words_inside
        if word.key == REDACTION
    )


def _aligned(left: ComparedText, right: ComparedText, moved: Sequence[Move]) -> list[Stretch]:
    """Align the words that occur in the same order in both texts, without moved words.

    Append the end.
    """
    if not moved:
        return stretches(left.keys, right.keys, REDACTION)
    our_indexes = _outside(len(left.places), [move.left for move in moved])
    their_indexes = _outside(len(right.places), sorted(move.right for move in moved))
    left_keys, right_keys = left.keys, right.keys
    equal_stretches = stretches(
        [left_keys[our_index] for our_index in our_indexes],
        [right_keys[their_index] for their_index in their_indexes],
        REDACTION,
    )
    equal_words = merged(
        Stretch(our_index, their_index, 1)
        for left_start, right_start, word_count in equal_stretches
        for our_index, their_index in zip(
            our_indexes[left_start : left_start + word_count],
            their_indexes[right_start : right_start + word_count],
            strict=True,
        )
    )
    return [*equal_words, Stretch(len(left_keys), len(right_keys), 0)]


def _outside(count: int, spans: Sequence[Span]) -> list[int]:
    """Return the indexes below a count that are outside the spans, which are in order."""
    gap_starts = [0, *(span_end for _, span_end in spans)]
    gap_ends = [*(span_start for span_start, _ in spans), count]
    return [
        word_index for span in zip(gap_starts, gap_ends, strict=True) for word_index in range(*span)
    ]


def _unclassified(
    left: ComparedText,
    right: ComparedText,
    equal_stretches: Sequence[Stretch],
    moved: Sequence[Move],
) -> Iterator[Change]:
    """Yield the equal words, and the changes between them without their kinds."""
    our_moves = [move.left for move in moved]
    their_moves = sorted(move.right for move in moved)
    left_end, right_end = 0, 0
    for left_start, right_start, word_count in equal_stretches:
        for change in _between(
            (left_end, left_start), our_moves, (right_end, right_start), their_moves
        ):
            yield change if change.kind == "moved" else _classified(left, right, change)
        if word_count:
            yield Change(
                "same",
                (left_start, left_start + word_count),
                (right_start, right_start + word_count),
            )
        left_end, right_end = left_start + word_count, right_start + word_count


def _between(
    left: Span, our_moves: Sequence[Span], right: Span, their_moves: Sequence[Span]
) -> Iterator[Change]:
    """Yield the words of both texts between two stretches, each moved paragraph separately."""
    our_pieces, their_pieces = _pieces(left, our_moves), _pieces(right, their_moves)
    # Both begin after the same words, and both end before the same ones.
    if len(our_pieces) == 1 < len(their_pieces):
        our_pieces = _with_end(
            our_pieces[0], at_first=size_of(their_pieces[0]) or not size_of(their_pieces[-1])
        )
    elif len(their_pieces) == 1 < len(our_pieces):
        their_pieces = _with_end(
            their_pieces[0], at_first=size_of(our_pieces[0]) or not size_of(our_pieces[-1])
        )
    yield from _change("replaced", our_pieces[0], their_pieces[0])
    insert_place = their_pieces[0][1]
    for piece_number, span in enumerate(our_pieces[1:-1]):
        yield from _change(
            "deleted" if piece_number % 2 else "moved", span, (insert_place, insert_place)
        )
    insert_place = our_pieces[-1][0]
    for piece_number, span in enumerate(their_pieces[1:-1]):
        yield from _change(
            "inserted" if piece_number % 2 else "moved", (insert_place, insert_place), span
        )
    if len(our_pieces) > 1:
        yield from _change("replaced", our_pieces[-1], their_pieces[-1])


def _pieces(span: Span, moved: Sequence[Span]) -> list[Span]:
    """Divide a span into alternating parts, outside and inside moved paragraphs."""
    piece_start, span_end = span
    span_pieces: list[Span] = []
    for moved_span in moved[bisect_left(moved, (piece_start, piece_start)) :]:
        if moved_span[0] >= span_end:
            break
        span_pieces += [(piece_start, moved_span[0]), moved_span]
        piece_start = moved_span[1]
    return [*span_pieces, (piece_start, span_end)]


def _with_end(span: Span, *, at_first: bool | int) -> list[Span]:
    """Return a span with an empty span after it, or before it."""
    span_start, span_end = span
    return [span, (span_end, span_end)] if at_first else [(span_start, span_start), span]


def _change(kind: Kind, left: Span, right: Span) -> Iterator[Change]:
    if size_of(left) or size_of(right):
        yield Change(kind, left, right)


def _classified(left: ComparedText, right: ComparedText, change: Change) -> Change:
    """Return a change with its kind."""
    left_hides = REDACTION in left.some_keys(*change.left)
    if left_hides != (REDACTION in right.some_keys(*change.right)):
        return change._replace(kind="redaction", side="left" if left_hides else "right")
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
    """Yield a change whose redaction or gap is filled, without the adjacent fields in the top."""
    if change.kind not in ("redaction", "blank"):
        yield change
        return
    change_kinds: tuple[Kind, ...] = ("replaced", "deleted", "inserted", "replaced")
    change_parts = without_fields(left, right, change.left, change.right)
    for change_kind, (our_range, their_range) in zip(change_kinds, change_parts, strict=True):
        for change_part in _change(change_kind, our_range, their_range):
            yield (
                _classified(left, right, change_part) if change_kind == "replaced" else change_part
            )


def _is_blank(text: ComparedText, index: int) -> bool:
    """Return whether words were removed before a word, leaving only their space or number."""
    if _BLANK.search(_RULE.sub("", text.gap(index))):
        return True
    part_before = text.part_of[index - 1] if index else -1
    part_after = text.part_of[index] if index < len(text.places) else len(text.parts)
    # A paragraph that is nothing but its number.
    return any(text_part.label for text_part in text.parts[part_before + 1 : part_after])


def _says_nothing(left: ComparedText, right: ComparedText, change: Change) -> bool:
    """Return whether both texts have the same words here.

    One text may divide the words differently, or have them in a part of a page that is skipped.
    """
    our_keys, their_keys = left.some_keys(*change.left), right.some_keys(*change.right)
    if our_keys and their_keys and "".join(our_keys) == "".join(their_keys):
        is_word = all(word_key.isalpha() for word_key in (*our_keys, *their_keys))
        return is_word and not _divided_otherwise(left, right, change)
    wider_change = change.widened(_AROUND, _AROUND)
    if not (left.skips(*wider_change.left) or right.skips(*wider_change.right)):
        return False
    # If a word is there twice, the aligned one may be the other one.
    wider_changes = (change.widened(width, width) for width in (0, 2, _AROUND))
    return any(
        _has_all(left, right, wider_part.left, wider_part.right) for wider_part in wider_changes
    )


def _divided_otherwise(left: ComparedText, right: ComparedText, change: Change) -> bool:
    """Return whether words with the same letters differ in meaning: `not able`, `notable`."""
    words_of_texts = [
        [compared_text.words[compared_text.places[word_index]][:3] for word_index in range(*span)]
        for compared_text, span in ((left, change.left), (right, change.right))
    ]
    end_lists = [
        list(accumulate(len(word_key) for _, _, word_key in word_row))
        for word_row in words_of_texts
    ]
    ends_of_both = set(end_lists[0]) & set(end_lists[1])
    for compared_text, word_row, word_ends in zip(
        (left, right), words_of_texts, end_lists, strict=True
    ):
        row_start = 0
        for word_count, row_end in enumerate(word_ends, 1):
            if row_end in ends_of_both:
                if says_its_own(compared_text.text, word_row[row_start:word_count]):
                    return True
                row_start = word_count
    return False


def _has_all(left: ComparedText, right: ComparedText, our_span: Span, their_span: Span) -> bool:
    """Return whether each text contains the other's compared words, even among skipped words."""
    return _within(left.some_keys(*our_span), right.all_keys(*their_span)) and _within(
        right.some_keys(*their_span), left.all_keys(*our_span)
    )


def _within(wanted_keys: Sequence[str], all_keys: Sequence[str]) -> bool:
    other_keys = iter(all_keys)
    # A page break cuts a redaction into two.
    return all(
        word_key in other_keys
        for key_index, word_key in enumerate(wanted_keys)
        if not (key_index and word_key == REDACTION == wanted_keys[key_index - 1])
    )


def _without_weak(change_parts: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes; one or two equal words between long changes become part of them."""
    for change_index, change in enumerate(change_parts):
        change_size = max(change.sizes)
        if (
            change.kind == "same"
            and change_size <= _WEAKEST
            and 0 < change_index < len(change_parts) - 1
        ):
            changes_around = (change_parts[change_index - 1], change_parts[change_index + 1])
            if all(
                change_beside.kind in _PLAIN and max(change_beside.sizes) >= _WEAK * change_size
                for change_beside in changes_around
            ) and "replaced" in (changes_around[0].kind, changes_around[1].kind):
                yield change._replace(kind="replaced")
                continue
        yield change


def _joined(change_parts: Iterator[Change]) -> Iterator[Change]:
    """Join neighboring changes, unless one of them is a redaction or a blank."""
    last_change: Change | None = None
    for change in change_parts:
        is_plain = last_change is not None and {last_change.kind, change.kind} <= {*_PLAIN}
        if last_change is not None and (is_plain or (_runs_on(last_change) and _runs_on(change))):
            our_range, their_range = (
                (last_change.left[0], change.left[1]),
                (last_change.right[0], change.right[1]),
            )
            last_change = Change("replaced" if is_plain else "same", our_range, their_range)
            continue
        if last_change is not None:
            yield last_change
        last_change = change
    if last_change is not None:
        yield last_change


def _runs_on(change: Change) -> bool:
    """Return whether the words are equal one by one, so a paragraph may end among them."""
    return change.kind == "same" and change.sizes[0] == change.sizes[1]


def _to_paragraphs(
    left: ComparedText, right: ComparedText, parts: Sequence[Change]
) -> list[Change]:
    """Return the changes, moved to where a paragraph begins, since many paragraphs begin `(C) The`.

    If the words before a change are also at its end, either may be the changed words.
    """
    moved_parts = list(parts)
    for change_index in range(1, len(moved_parts)):
        change_before, change = moved_parts[change_index - 1 : change_index + 1]
        if (
            change_before.kind != "same"
            or change.kind in ("same", "moved")
            or len(set(change_before.sizes)) > 1
        ):
            continue
        if change_index + 1 < len(moved_parts) and moved_parts[change_index + 1].kind != "same":
            continue
        words_to_move = _opening(left, right, change)
        if not 0 < words_to_move < change_before.sizes[0]:
            continue
        moved_parts[change_index - 1] = change_before.widened(0, -words_to_move)
        if all(change.sizes):
            moved_parts[change_index] = change.widened(words_to_move, 0)
            continue
        moved_parts[change_index] = change.widened(words_to_move, -words_to_move)
        if change_index + 1 < len(moved_parts):
            moved_parts[change_index + 1] = moved_parts[change_index + 1].widened(words_to_move, 0)
        else:
            (_, left_end), (_, right_end) = change.left, change.right
            moved_parts.append(
                Change(
                    "same",
                    (left_end - words_to_move, left_end),
                    (right_end - words_to_move, right_end),
                )
            )
    return moved_parts


def _opening(left: ComparedText, right: ComparedText, change: Change) -> int:
    """Return how many words before a change belong to it because of its paragraphs."""
    (left_start, left_end), (right_start, right_end) = change.left, change.right
    our_count, their_count = (
        _since_beginning(left, left_start),
        _since_beginning(right, right_start),
    )
    if all(change.sizes):
        fills_paragraph = (
            our_count == their_count and _ends_part(left, left_end) and _ends_part(right, right_end)
        )
        return our_count if fills_paragraph and min(change.sizes) >= _LONG else 0
    longer_text, first_word, last_word, word_count = (
        (left, left_start, left_end, our_count)
        if left_start < left_end
        else (right, right_start, right_end, their_count)
    )
    words_before, words_at_end = (
        longer_text.some_keys(first_word - word_count, first_word),
        longer_text.some_keys(last_word - word_count, last_word),
    )
    return word_count if words_before == words_at_end and last_word - first_word > word_count else 0


def _since_beginning(text: ComparedText, index: int) -> int:
    """Return the number of words from the paragraph's start to an index, or 0 if many."""
    word_count = 0
    while word_count <= _OPENING and 0 < index - word_count < len(text.part_of):
        if text.part_of[index - word_count - 1] != text.part_of[index]:
            return word_count
        word_count += 1
    return 0


def _ends_part(text: ComparedText, end: int) -> bool:
    return end == len(text.part_of) or text.part_of[end] != text.part_of[end - 1]


_EMPTY_LINE = pattern(r"\n[ \t]{0,99}\n")


def without_fields(
    left: ComparedText, right: ComparedText, ours: Span, theirs: Span
) -> Iterator[tuple[Span, Span]]:
    """Yield adjacent words: those before whole fields, the fields of either text, those after.

    If neither text has fields there, whole lines are used instead.
    """
    our_fields, their_fields = _fields(left, ours), _fields(right, theirs)
    if not our_fields and not their_fields:
        our_fields, their_fields = (
            _lines(left, ours, right, theirs),
            _lines(right, theirs, left, ours),
        )
    if our_fields and not their_fields:
        their_fields = _gap(right, theirs, ours, our_fields)
    elif their_fields and not our_fields:
        our_fields = _gap(left, ours, theirs, their_fields)
    our_fields, their_fields = (
        our_fields or (ours[1], ours[1]),
        their_fields or (theirs[1], theirs[1]),
    )
    yield (ours[0], our_fields[0]), (theirs[0], their_fields[0])
    yield our_fields, (their_fields[0], their_fields[0])
    yield (our_fields[1], our_fields[1]), their_fields
    yield (our_fields[1], ours[1]), (their_fields[1], theirs[1])


def _fields(text: ComparedText, span: Span) -> Span | None:
    """Return the first whole fields in a span that follow each other and hide nothing, or None."""
    field_span: Span | None = None
    for field_start, field_end in pairwise(
        field_index for field_index in text.fields if span[0] <= field_index <= span[1]
    ):
        if REDACTION in text.some_keys(field_start, field_end):
            break
        field_span = (field_span[0] if field_span else field_start), field_end
    return field_span


def _lines(text: ComparedText, span: Span, hiding: ComparedText, gap: Span) -> Span | None:
    """Return the block of lines that the redaction in the other text cannot cover, or None.

    If a word that both texts have is on the line of the redaction, the hidden words belong to that
    line. If such words are on both sides of it, or on neither, the answer is unknown.
    """
    if REDACTION not in hiding.some_keys(*gap) or REDACTION in text.some_keys(*span):
        return None
    line_edges = [
        word_index for word_index in range(span[0], span[1] + 1) if _begins_lines(text, word_index)
    ]
    if (
        any(_begins_lines(hiding, word_index) for word_index in range(gap[0] + 1, gap[1]))
        or not line_edges
    ):
        return None
    line_goes_on, is_led_to = (
        0 < word_index < len(hiding.places) and "\n" not in hiding.gap(word_index)
        for word_index in gap
    )
    whole_lines = (line_edges[0], span[1]) if line_goes_on else (span[0], line_edges[-1])
    are_whole_lines = _begins_lines(text, whole_lines[0]) and _begins_lines(text, whole_lines[1])
    return (
        whole_lines
        if are_whole_lines and line_goes_on != is_led_to and whole_lines[0] < whole_lines[1]
        else None
    )


def _begins_lines(text: ComparedText, index: int) -> bool:
    """Return whether a word is the first after an empty line, or the first or last of all."""
    return index in (0, len(text.places)) or _EMPTY_LINE.search(text.gap(index)) is not None


def _gap(text: ComparedText, span: Span, gap: Span, fields: Span) -> Span:
    """Return where the fields of the other text would be in a span: an empty span."""
    span_start, span_end = span
    fields_before, fields_after = fields[0] > gap[0], fields[1] < gap[1]
    change_place = span_end if fields_before else span_start
    if fields_before and fields_after and text.fields:
        change_place = min(max(text.fields[-1], span_start), span_end)
    return change_place, change_place
