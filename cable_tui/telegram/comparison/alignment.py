"""Align two texts word by word: equal words, moved words, and words in only one of the texts.

Runs of words that occur once in both texts are searched for first, and divide the texts into pieces
that are short enough for rapidfuzz, whose table has a bit for each pair of words.

Two paragraphs with the same words count as one moved paragraph if the alignment of the words does
not pair them, and some other pair is above the first and below the second. Words in only one record
are returned as pieces of its text, with some words around the new ones, so that phrases that cross
the boundary are found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise, takewhile
from typing import Literal

from cable_tui.base.cable import Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.telegram.comparison.words import REDACTION, ComparedText, plain

Keys = Sequence[int]


class Stretch(NamedTuple):
    """Equal words: `size` words, from `left` in one sequence and from `right` in the other.

    The last stretch of a result has no words and begins after both ends.
    """

    left: int
    right: int
    size: int


class _Field(NamedTuple):
    """A piece of one sequence, and the piece of the other sequence to compare it with."""

    start: int
    stop: int
    to: int
    end: int

    @property
    def pairs(self) -> int:
        return (self.stop - self.start) * (self.end - self.to)

    def without(self, before: int, behind: int) -> _Field:
        """Return the field without equal words at both ends."""
        return _Field(self.start + before, self.stop - behind, self.to + before, self.end - behind)


_TABLE = 4_000_000
"""The maximum number of word pairs that rapidfuzz compares at once, which takes half a megabyte and
some milliseconds.
"""
_ALWAYS = 0
"""The number of the word that forces a comparison."""
_SMALL = 1_000
"""The number of word pairs up to which no unique runs are searched for."""
_SHINGLES = (12, 5, 2, 1)
"""The lengths of runs that must be unique, most reliable first."""
_SURE = 2
"""The maximum number of `_SHINGLES` that are tried if the table is sufficient: moved words do not
cut a sentence.
"""
_RELATED = 12, 0.5
"""The number and the share of common words from which two texts count as related."""
_ROW = 5
"""The number of consecutive equal words that cannot be due to chance."""


def stretches(left: Sequence[str], right: Sequence[str], always: str = "") -> list[Stretch]:
    """Return the equal stretches in both orders, as long as possible, and the end.

    Longer texts with little in common get no stretch, because it would consist of `the` and `of`.
    Texts that contain the word `always` are compared nevertheless.
    """
    key_numbers = {always: 0}
    left_numbers, right_numbers = (
        [key_numbers.setdefault(word_key, len(key_numbers)) for word_key in word_keys]
        for word_keys in (left, right)
    )
    return [*merged(sorted(_equal(left_numbers, right_numbers))), Stretch(len(left), len(right), 0)]


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches in order, with adjacent stretches joined."""
    joined_stretches: list[Stretch] = []
    for stretch in stretches:
        last_stretch = joined_stretches[-1] if joined_stretches else Stretch(0, 0, 0)
        if (
            joined_stretches
            and (last_stretch.left + last_stretch.size, last_stretch.right + last_stretch.size)
            == stretch[:2]
        ):
            joined_stretches[-1] = last_stretch._replace(size=last_stretch.size + stretch.size)
        else:
            joined_stretches.append(stretch)
    return joined_stretches


def _equal(left_keys: Keys, right_keys: Keys) -> Iterator[Stretch]:
    """Yield equal stretches, unordered; some may be adjacent."""
    waiting_fields = [(_Field(0, len(left_keys), 0, len(right_keys)), 0)]
    while waiting_fields:
        whole_field, shingles_tried = waiting_fields.pop()
        common_before = _common(
            left_keys[whole_field.start : whole_field.stop],
            right_keys[whole_field.to : whole_field.end],
        )
        inner_field = whole_field.without(common_before, 0)
        common_behind = _common(
            reversed(left_keys[inner_field.start : inner_field.stop]),
            reversed(right_keys[inner_field.to : inner_field.end]),
        )
        inner_field = inner_field.without(0, common_behind)
        if common_before:
            yield Stretch(whole_field.start, whole_field.to, common_before)
        if common_behind:
            yield Stretch(inner_field.stop, inner_field.end, common_behind)
        if not inner_field.pairs:
            continue
        most_shingles = (
            0
            if inner_field.pairs <= _SMALL
            else _SURE
            if inner_field.pairs <= _TABLE
            else len(_SHINGLES)
        )
        equal_places: list[tuple[int, int]] = []
        while shingles_tried < most_shingles and not equal_places:
            equal_places = _anchors(left_keys, right_keys, inner_field, _SHINGLES[shingles_tried])
            shingles_tried += 1
        if not equal_places and inner_field.pairs <= _TABLE:
            yield from _by_table(left_keys, right_keys, inner_field)
            continue
        shingles_tried = 0 if equal_places else shingles_tried
        if not equal_places:  # every word is there more than once: cut both in the middle
            equal_places = [
                (
                    (inner_field.start + inner_field.stop) // 2,
                    (inner_field.to + inner_field.end) // 2,
                )
            ]
        for left_ends, right_ends in pairwise(
            [
                (inner_field.start, inner_field.to),
                *equal_places,
                (inner_field.stop, inner_field.end),
            ]
        ):
            waiting_fields.append(
                (_Field(left_ends[0], right_ends[0], left_ends[1], right_ends[1]), shingles_tried)
            )


def _common(first_keys: Iterable[int], second_keys: Iterable[int]) -> int:
    """Return the number of equal words at the beginning of both."""
    return sum(
        1
        for _ in takewhile(
            lambda pair: pair[0] == pair[1], zip(first_keys, second_keys, strict=False)
        )
    )


def _by_table(left_row: Keys, right_row: Keys, field: _Field) -> Iterator[Stretch]:
    from rapidfuzz.distance import Indel  # only if texts differ

    left_keys, right_keys = left_row[field.start : field.stop], right_row[field.to : field.end]
    equal_stretches = [
        Stretch(field.start + opcode.src_start, field.to + opcode.dest_start, word_count)
        for opcode in Indel.opcodes(left_keys, right_keys)
        if opcode.tag == "equal" and (word_count := opcode.src_end - opcode.src_start)
    ]
    least_length, least_share = _RELATED
    shorter_length = min(len(left_keys), len(right_keys))
    is_sure = shorter_length < least_length or _ALWAYS in left_keys or _ALWAYS in right_keys
    is_sure = is_sure or any(equal_stretch.size >= _ROW for equal_stretch in equal_stretches)
    if (
        is_sure
        or sum(equal_stretch.size for equal_stretch in equal_stretches)
        >= least_share * shorter_length
    ):
        yield from equal_stretches


def _anchors(left_keys: Keys, right_keys: Keys, field: _Field, size: int) -> list[tuple[int, int]]:
    """Return the starts of runs unique in both texts: the longest series in the same order."""
    our_unique_runs = _once(left_keys, field.start, field.stop, size)
    their_unique_runs = _once(right_keys, field.to, field.end, size)
    run_pairs = sorted(
        (run_start, their_unique_runs[word_run])
        for word_run, run_start in our_unique_runs.items()
        if word_run in their_unique_runs
    )
    # The longest rising series of the second places, by the piles of patience.
    end_by_length: list[int] = []
    pile_tops: list[int] = []
    places_before: list[int] = []
    for pair_index, (_, run_start) in enumerate(run_pairs):
        pile_index = bisect_left(end_by_length, run_start)
        places_before.append(pile_tops[pile_index - 1] if pile_index else -1)
        if pile_index == len(end_by_length):
            end_by_length.append(run_start)
            pile_tops.append(pair_index)
        else:
            end_by_length[pile_index], pile_tops[pile_index] = run_start, pair_index
    longest_series: list[tuple[int, int]] = []
    last_pile = pile_tops[-1] if pile_tops else -1
    while last_pile >= 0:
        longest_series.append(run_pairs[last_pile])
        last_pile = places_before[last_pile]
    longest_series.reverse()
    # Of anchors that follow each other the first is enough: the piece between them is equal.
    return [
        run_pair
        for pair_index, run_pair in enumerate(longest_series)
        if not pair_index
        or run_pair
        != (longest_series[pair_index - 1][0] + 1, longest_series[pair_index - 1][1] + 1)
    ]


def _once(keys: Keys, start: int, stop: int, size: int) -> dict[tuple[int, ...], int]:
    start_by_run: dict[tuple[int, ...], int] = {}
    word_runs = zip(*(keys[start + word_shift : stop] for word_shift in range(size)), strict=False)
    for run_start, word_run in enumerate(word_runs, start):
        start_by_run[word_run] = -1 if word_run in start_by_run else run_start
    return {word_run: run_start for word_run, run_start in start_by_run.items() if run_start >= 0}


_SHINGLE = 3
"""The length of runs by which paragraphs are matched."""
_ALIKE = 0.7
"""The minimum share of common words for two paragraphs to count as one that was moved."""
_ROWS = 0.2
"""The number of common runs of three words required for each word of a paragraph, since all
paragraphs contain frequent words.
"""
_MOST_PLACES = 20
"""The maximum number of paragraphs that a run of words may occur in and still identify one."""
_BESIDE = 0.5
"""The share of the shorter paragraph's words that are aligned if the paragraph was not moved."""
_SHORTEST = 5


class Move(NamedTuple):
    """A paragraph that was moved: its words in the first text and in the second text."""

    left: Span
    right: Span


class _Pair(NamedTuple):
    """The indexes, in the two texts, of paragraphs with the same content."""

    left: int
    right: int


def moves(
    left: ComparedText, right: ComparedText, stretches: Sequence[Stretch], known: Sequence[Move]
) -> list[Move]:
    """Return the moved paragraphs other than known ones, based on the aligned words."""
    our_paragraphs = _paragraphs(left, {move.left for move in known})
    their_paragraphs = _paragraphs(right, {move.right for move in known})
    words_beside: Counter[_Pair] = Counter()
    for left_start, right_start, word_count in stretches:
        words_beside.update(
            map(
                _Pair,
                left.part_of[left_start : left_start + word_count],
                right.part_of[right_start : right_start + word_count],
            )
        )
    placed_pairs = sorted(
        paragraph_pair
        for paragraph_pair, aligned_count in words_beside.items()
        if paragraph_pair.left in our_paragraphs
        and paragraph_pair.right in their_paragraphs
        and aligned_count
        >= _BESIDE
        * min(
            size_of(our_paragraphs[paragraph_pair.left]),
            size_of(their_paragraphs[paragraph_pair.right]),
        )
    )
    for paragraph_pair in placed_pairs:
        our_paragraphs.pop(paragraph_pair.left, None)
        their_paragraphs.pop(paragraph_pair.right, None)
    alike_pairs = dict.fromkeys(_alike(left, our_paragraphs, right, their_paragraphs))
    paragraph_pairs = sorted([*placed_pairs, *alike_pairs])
    highest_above = [
        -1,
        *accumulate((paragraph_pair.right for paragraph_pair in paragraph_pairs), max),
    ]
    lowest_from_end = [
        len(right.parts),
        *accumulate((paragraph_pair.right for paragraph_pair in reversed(paragraph_pairs)), min),
    ]
    lowest_below = lowest_from_end[::-1]
    return [
        Move(our_paragraphs[paragraph_pair.left], their_paragraphs[paragraph_pair.right])
        for pair_index, paragraph_pair in enumerate(paragraph_pairs)
        if paragraph_pair in alike_pairs
        and (
            highest_above[pair_index] > paragraph_pair.right
            or lowest_below[pair_index + 1] < paragraph_pair.right
        )
    ]


def size_of(span: Span) -> int:
    """Return the number of words or characters in a span."""
    return span[1] - span[0]


def merged_spans(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, with overlapping or adjacent spans joined."""
    joined_spans: list[Span] = []
    for span_start, span_end in sorted(spans):
        if joined_spans and span_start <= joined_spans[-1][1]:
            joined_spans[-1] = joined_spans[-1][0], max(span_end, joined_spans[-1][1])
        else:
            joined_spans.append((span_start, span_end))
    return joined_spans


def _paragraphs(text: ComparedText, known: Collection[Span]) -> dict[int, Span]:
    """Return the words of each paragraph that is long enough to recognize, without known ones."""
    span_by_part: dict[int, Span] = {}
    for word_index, part_number in enumerate(text.part_of):
        span_by_part[part_number] = (
            span_by_part[part_number][0] if part_number in span_by_part else word_index,
            word_index + 1,
        )
    return {
        part_number: span
        for part_number, span in span_by_part.items()
        if text.parts[part_number].name.startswith("¶")
        and size_of(span) >= _SHORTEST
        and span not in known
    }


def _alike(
    left: ComparedText,
    our_paragraphs: dict[int, Span],
    right: ComparedText,
    their_paragraphs: dict[int, Span],
) -> Iterator[_Pair]:
    """Yield paragraphs with the same content, each at most once."""
    indexes_by_words: dict[tuple[str, ...], list[int]] = {}
    for paragraph_number, span in their_paragraphs.items():
        for shingle in set(_shingles(right.some_keys(*span))):
            indexes_by_words.setdefault(shingle, []).append(paragraph_number)
    parts_taken: set[int] = set()
    for paragraph_number, span in our_paragraphs.items():
        our_keys = left.some_keys(*span)
        shared_shingles: Counter[int] = Counter()
        for shingle in set(_shingles(our_keys)):
            paragraph_indexes = indexes_by_words.get(shingle, ())
            if len(paragraph_indexes) <= _MOST_PLACES:
                shared_shingles.update(
                    paragraph_index
                    for paragraph_index in paragraph_indexes
                    if paragraph_index not in parts_taken
                )
        for part_number, shared_count in shared_shingles.most_common(3):
            if shared_count >= _ROWS * len(our_keys) and _says_the_same(
                our_keys, right.some_keys(*their_paragraphs[part_number])
            ):
                parts_taken.add(part_number)
                yield _Pair(paragraph_number, part_number)
                break


def _shingles(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(keys[word_shift:] for word_shift in range(_SHINGLE)), strict=False)


def _says_the_same(our_keys: Sequence[str], their_keys: Sequence[str]) -> bool:
    common_words = sum((Counter(our_keys) & Counter(their_keys)).values())
    return 2 * common_words >= _ALIKE * (len(our_keys) + len(their_keys))


_AROUND = 40
"""The number of words on either side of new words, within their paragraph."""

Texts = tuple[str, str]
"""The header and the body."""


class NewText(NamedTuple):
    """A piece of a record."""

    part: Literal["header", "body"]
    text: str


def only_there(header: str, body: str, known: Sequence[Texts]) -> Iterator[NewText]:
    """Yield the pieces of a record with sequences of words that no known record contains.

    Redactions do not count as words.
    """
    our_words = plain(f"{header}\n\n{body}")
    our_keys = our_words.keys
    new_indexes = [
        word_index for word_index, word_key in enumerate(our_keys) if word_key != REDACTION
    ]
    for known_texts in known:
        missing_indexes = _new_words(our_keys, plain("\n\n".join(known_texts)).keys)
        new_indexes = [word_index for word_index in new_indexes if word_index in missing_indexes]
    for piece_start, piece_end in merged_spans(
        _around(our_words, word_index) for word_index in new_indexes
    ):
        if piece_start < len(header):
            yield NewText("header", our_words.text[piece_start : min(piece_end, len(header))])
        if piece_end > len(header):
            yield NewText("body", our_words.text[max(piece_start, len(header)) : piece_end])


def _new_words(our_keys: Sequence[str], their_keys: Sequence[str]) -> set[int]:
    """Return the words that the other text lacks there, and the words on both sides of a gap."""
    new_indexes: set[int] = set()
    if our_keys == their_keys:
        return new_indexes
    ours_end = their_end = 0
    for our_start, their_start, word_count in stretches(our_keys, their_keys, REDACTION):
        new_indexes.update(range(ours_end, our_start))
        # Words of theirs are left out between two of ours: these now follow each other.
        if 0 < ours_end == our_start < len(our_keys) and their_start > their_end:
            new_indexes.update((ours_end - 1, ours_end))
        ours_end, their_end = our_start + word_count, their_start + word_count
    return new_indexes


def _around(text: ComparedText, index: int) -> Span:
    """Return the offsets of a new word with its context."""
    first_offset = text.words[text.places[max(index - _AROUND, 0)]].start
    last_offset = text.words[text.places[min(index + _AROUND, len(text.places) - 1)]].end
    new_word = text.words[text.places[index]]
    break_before = text.text.rfind("\n\n", first_offset, new_word.start)
    break_after = text.text.find("\n\n", new_word.end, last_offset)
    return (first_offset if break_before < 0 else break_before + 2), (
        last_offset if break_after < 0 else break_after
    )
