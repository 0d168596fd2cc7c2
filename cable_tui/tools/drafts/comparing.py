"""Compare a quotation with a cable: its position, the differences, and the text left out.

Spaces, hyphens and line breaks make no difference: `data base` matches `database`. But `not able`
does not match `notable`, because words may have another meaning if their letters are divided
differently.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.telegram.comparison.alignment import Stretch, stretches
from cable_tui.telegram.comparison.same_words import says_its_own
from cable_tui.text.sentences import sentences
from cable_tui.tools.drafts.quotations import Passage, SegmentGap, passages
from cable_tui.tools.drafts.tokens import CableWords, TokenRow

_NUMBER = pattern(r"\d{1,3}")
_MOST_PLACES = 2000
_MOST_TRIED = 60
_SHORT = 3
"""The minimum number of words in a segment that is searched for on its own."""
_REMAINDER = 4
"""The minimum number of words at the end of a quotation that may be from another part
of the cable.
"""
_REMAINDER_LIKE = 0.75
_NEAR = 30
"""The number of words after a segment within which a short segment must be found."""
_LIKE = 70.0
"""The minimum similarity, out of 100, of two words that may be spellings of the same name."""
_SLACK = 6


class Match(Value):
    """The position of a quotation in a cable, and its differences from the cable."""

    score: float
    """The share of the quotation's words that the cable contains, from 0 to 1."""
    spans: tuple[Span, ...]
    """Token ranges of `CableWords.whole`, one for each piece of the quotation."""
    differences: tuple[Difference, ...]

    @property
    def is_exact(self) -> bool:
        """Whether all differences are permitted in a quotation."""
        return not any(difference.is_fault for difference in self.differences)


class _MatchedTokens(NamedTuple):
    start: int
    """The index of the first token in `whole`."""
    end: int
    matched: float
    differences: tuple[Difference, ...] = ()
    rest: tuple[_MatchedTokens, ...] = ()
    """The positions of the segment's remaining words elsewhere in the cable."""


def compare(text: str, cable: CableWords, cited: Sequence[str] = ()) -> Match | None:
    """Return the passage in a cable most similar to a quotation, or None if no passage is similar.

    If several passages are equally similar, a passage in the `cited` paragraphs is preferred.
    """
    readings = passages(text)
    for passage in readings:
        if passage.segments and (exact := _exact(passage, cable, cited)):
            return exact
    last = readings[-1]
    return _near(last, cable) if last.segments else None


def _exact(passage: Passage, cable: CableWords, cited_labels: Sequence[str]) -> Match | None:
    """Return a match of the unchanged words in order; headings between paragraphs may be absent."""
    best: tuple[tuple[int, int, int], Match] | None = None
    for row in (cable.whole, cable.inside):
        for chain in _chains(passage.segments, row):
            spans = tuple(_in_whole(span, row, cable) for span in chain)
            differences = tuple(_judged(passage, spans, cable))
            match = Match(1.0, spans, differences)
            labels = labels_of(match, cable)
            is_outside = bool(cited_labels) and not all(
                is_cited(label, cited_labels) for label in labels
            )
            faults = sum(difference.is_fault for difference in differences)
            rank = (faults, int(is_outside), spans[-1][1] - spans[0][0])
            if best is None or rank < best[0]:
                best = rank, match
        if best is not None and best[0][0] == 0:
            break
    return best[1] if best else None


def _in_whole(span: Span, row: TokenRow, cable: CableWords) -> Span:
    if row is cable.whole:
        return span
    return cable.inside_at[span[0]], cable.inside_at[span[1] - 1] + 1


def labels_of(match: Match, cable: CableWords) -> tuple[str, ...]:
    """Return the labels of the numbered paragraphs in a match, in order."""
    labels: dict[str, None] = {}
    for start, end in match.spans:
        for number in range(start, end):
            labels.setdefault(cable.owner(number), None)
    return tuple(label for label in labels if label)


def is_cited(label: str, cited: Sequence[str]) -> bool:
    """Return whether a paragraph is one of the cited paragraphs.

    `¶6` may also refer to the second paragraph with this number, which we label `6b`.
    """
    cited_labels = {label.casefold() for label in cited}
    return label.casefold() in cited_labels or number_of(label) in cited_labels


def number_of(label: str) -> str:
    """Return the number that a labeled paragraph has in the cable: `6` for both `6b` and `6-27`."""
    match = _NUMBER.match(label)
    return match[0] if match else label


def _places(segment: TokenRow, row: TokenRow) -> list[Span]:
    """Return the token ranges where a segment occurs as whole words."""
    places: list[Span] = []
    sought, theirs = segment.squeezed, row.squeezed
    offset = theirs.find(sought)
    while offset >= 0 and len(places) < _MOST_PLACES:
        first_token, end_token = (row.starts.get(offset), row.ends.get(offset + len(sought)))
        if first_token is not None and end_token is not None:
            places.append((first_token, end_token))
        offset = theirs.find(sought, offset + 1)
    return places


def _chains(segments: Sequence[TokenRow], row: TokenRow) -> Iterator[list[Span]]:
    """Yield the positions of all segments in order, around each occurrence of the longest one."""
    places = [_places(segment, row) for segment in segments]
    if not all(places):
        return
    middle = max(range(len(segments)), key=lambda index: len(segments[index].tokens))
    earlier = [(spans, [end for _, end in spans]) for spans in reversed(places[:middle])]
    for span in places[middle][:_MOST_TRIED]:
        chain = [span]
        for segment_spans in places[middle + 1 :]:
            span_index = bisect_left(segment_spans, (chain[-1][1], 0))
            if span_index == len(segment_spans):
                break
            chain.append(segment_spans[span_index])
        chain.reverse()
        for segment_spans, span_ends in earlier:
            span_index = bisect_right(span_ends, chain[-1][0]) - 1
            if span_index < 0:
                break
            chain.append(segment_spans[span_index])
        if len(chain) == len(segments):
            yield chain[::-1]


def _judged(passage: Passage, spans: Sequence[Span], cable: CableWords) -> Iterator[Difference]:
    """Yield the differences of a quotation whose segments are all in the cable word for word."""
    for segment, span in zip(passage.segments, spans, strict=True):
        yield from _as_it_stands(segment, span, cable)
    for gap, before, after in zip(passage.gaps, spans, spans[1:], strict=False):
        if difference := left_out(gap, before[1], after[0], cable):
            yield difference


def _as_it_stands(segment: TokenRow, span: Span, cable: CableWords) -> Iterator[Difference]:
    """Yield the differences in a segment with matching letters: word and paragraph breaks.

    A segment that continues from one numbered paragraph into the next must mark the break.
    """
    start, end = span
    inside = [index for index in range(start, end) if cable.paragraph_of[index] >= 0] or list(
        range(start, end)
    )
    theirs = TokenRow([cable.whole.tokens[index] for index in inside], cable.text)
    if theirs.squeezed != segment.squeezed:
        inside = list(range(start, end))
        theirs = cable.whole.part(start, end)
    yield from divided_otherwise(segment, theirs)
    offsets = {number: offset for offset, number in theirs.starts.items()}
    for number, (word_index, next_index) in enumerate(pairwise(inside), 1):
        if cable.owner(word_index) == cable.owner(next_index) or not cable.owner(word_index):
            continue
        token = segment.starts.get(offsets[number])
        if token is None or not segment.tokens[token].begins:
            yield runs_together(cable.owner(word_index), cable.owner(next_index))


def _near(passage: Passage, cable: CableWords) -> Match | None:
    """Return the most similar passage, with its differences word by word."""
    positions: list[_MatchedTokens | None] = [None] * len(passage.segments)
    order = sorted(range(len(positions)), key=lambda index: -len(passage.segments[index].tokens))
    located: list[int] = []
    """The indexes of the located segments, in order."""
    for index in order:
        at = bisect_left(located, index)
        before = positions[located[at - 1]] if at else None
        following = positions[located[at]] if at < len(located) else None
        positions[index] = _placed(passage.segments[index], cable, before, following)
        if positions[index]:
            located.insert(at, index)
    found = [position for position in positions if position]
    if not found:
        return None
    differences: list[Difference] = []
    for index, position in enumerate(positions):
        segment = passage.segments[index]
        if position is None:
            quoted = segment.said(0, len(segment.tokens))
            differences.append(Difference("words", quoted, "", is_fault=True))
            continue
        differences += position.differences
        if position.differences or position.rest:
            differences += [
                runs_together(cable.owner(position.start), cable.owner(rest.start))
                for rest in position.rest
            ]
        else:
            differences += _as_it_stands(segment, (position.start, position.end), cable)
        if index and (previous := positions[index - 1]):
            start = previous.end if previous.start <= position.start else position.end + 1
            difference = left_out(passage.gaps[index - 1], start, position.start, cable)
            differences += [difference] if difference else []
    matched = sum(
        position.matched + sum(rest.matched for rest in position.rest) for position in found
    )
    spans = [
        (piece.start, piece.end)
        for position in found
        for piece in sorted((position, *position.rest), key=lambda piece: piece.start)
    ]
    return Match(matched / max(passage.size, 1), tuple(spans), tuple(differences))


def _placed(
    segment: TokenRow,
    cable: CableWords,
    before: _MatchedTokens | None,
    after: _MatchedTokens | None,
) -> _MatchedTokens | None:
    """Return the position of a segment: an exact match near the others, or a similar passage."""
    row = cable.whole
    count = len(segment.tokens)
    occurrences = _places(segment, row)
    first_token = before.end if before else 0
    last = after.start if after else len(row.tokens)
    between = [span for span in occurrences if span[0] >= first_token and span[1] <= last]
    if count < _SHORT:
        near = [
            span
            for span in between
            if (before and span[0] - first_token <= _NEAR) or (after and last - span[1] <= _NEAR)
        ]
        if not near:
            return None
        best = min(near, key=lambda span: span[0] - first_token if before else last - span[1])
        return _MatchedTokens(*best, count)
    if between or occurrences:
        best = min(between or occurrences, key=lambda span: abs(span[0] - first_token))
        return _MatchedTokens(*best, count)
    return _most_alike(segment, cable)


def _most_alike(segment: TokenRow, cable: CableWords) -> _MatchedTokens | None:
    window = _window(segment, cable.whole)
    if window is None:
        return None
    begin, stop = window
    keys = cable.whole.keys[begin:stop]
    runs = (equal_run for equal_run in stretches(segment.keys, keys) if equal_run.size)
    moved = [run._replace(right=begin + run.right) for run in runs]
    kept = _without_strays(_nearest(moved, cable.whole.keys))
    if not kept:
        return None
    rest: list[_MatchedTokens] = []
    first_run, last_run = kept[0], kept[-1]
    first_token, end_token = 0, len(segment.tokens)
    if first_run[0] >= _REMAINDER and (remainder := _remainder(segment, 0, first_run[0], cable)):
        rest.append(remainder)
        first_token = first_run[0]
    last_end = last_run[0] + last_run[2]
    if end_token - last_end >= _REMAINDER and (
        remainder := _remainder(segment, last_end, end_token, cable)
    ):
        rest.append(remainder)
        end_token = last_end
    differences, matched = _changes(segment, cable, kept, first_token, end_token)
    return _MatchedTokens(
        first_run[1], last_run[1] + last_run[2], matched, tuple(differences), tuple(rest)
    )


def _window(segment: TokenRow, row: TokenRow) -> Span | None:
    """Return the range of a text that contains most of a segment's words at the same distances."""
    indexes: defaultdict[str, list[int]] = defaultdict(list)
    for word_index, key in enumerate(segment.keys):
        indexes[key].append(word_index)
    counts = Counter(key for key in row.keys if key in indexes)
    scores: defaultdict[int, float] = defaultdict(float)
    width = max(8, len(segment.keys) // 6)
    for word_index, key in enumerate(row.keys):
        if key in indexes:
            for segment_index in indexes[key][:8]:
                scores[(word_index - segment_index) // width] += 1 / counts[key] ** 0.5
    if not scores:
        return None
    best = max(scores, key=lambda place: (scores[place] + scores.get(place + 1, 0.0), -place))
    begin = max(best * width - _SLACK, 0)
    stop = (best + 2) * width + len(segment.keys) + _SLACK
    return begin, min(stop, len(row.keys))


def _nearest(runs: list[Stretch], keys: Sequence[str]) -> list[Stretch]:
    """Return the runs, with the first and the last at the equal words nearest to the others."""
    if len(runs) < 2:
        return runs
    (_, first, size), (_, last, last_size) = runs[0], runs[-1]
    words, last_words = keys[first : first + size], keys[last : last + last_size]
    later = range(runs[1].right - size, first - 1, -1)
    earlier = range(runs[-2].right + runs[-2].size, last + 1)
    first = next(at for at in later if keys[at : at + size] == words)
    last = next(at for at in earlier if keys[at : at + last_size] == last_words)
    return [runs[0]._replace(right=first), *runs[1:-1], runs[-1]._replace(right=last)]


def _without_strays(runs: list[Stretch]) -> list[Stretch]:
    """Return the runs, except isolated words far from the others, which match only by chance."""
    runs = list(runs)
    for edge_index, neighbor in ((0, 1), (-1, -2)):
        while len(runs) > 1:
            earlier_run, later_run = sorted((runs[edge_index], runs[neighbor]))
            gaps = (
                later_run[1] - earlier_run[1] - earlier_run[2],
                later_run[0] - earlier_run[0] - earlier_run[2],
            )
            if runs[edge_index][2] >= _SHORT or (
                gaps[0] <= 3 + runs[edge_index][2] and gaps[1] <= 3
            ):
                break
            del runs[edge_index]
    return runs


def _remainder(segment: TokenRow, start: int, end: int, cable: CableWords) -> _MatchedTokens | None:
    """Return the position of the words at one end of a segment that are apart from the rest."""
    remaining = segment.part(start, end)
    if occurrences := _places(remaining, cable.whole):
        return _MatchedTokens(*occurrences[0], end - start)
    window = _window(remaining, cable.whole)
    if window is None or end - start < 2 * _REMAINDER:
        return None
    runs = [
        equal_run
        for equal_run in stretches(remaining.keys, cable.whole.keys[slice(*window)])
        if equal_run.size
    ]
    matched = sum(equal_run.size for equal_run in runs)
    if matched < _REMAINDER_LIKE * (end - start):
        return None
    last_run = runs[-1]
    return _MatchedTokens(
        window[0] + runs[0].right, window[0] + last_run.right + last_run.size, matched
    )


def _changes(
    segment: TokenRow, cable: CableWords, runs: Sequence[Stretch], first_token: int, end_token: int
) -> tuple[list[Difference], float]:
    """Return the differences between the equal runs, and the number of matching words."""
    differences: list[Difference] = []
    matched = float(sum(size for _, _, size in runs))
    first, last = runs[0], runs[-1]
    their_first = max(first.right - (first.left - first_token), 0)
    their_end = last.right + end_token - last.left
    edges = (
        Stretch(first_token, their_first, 0),
        Stretch(end_token, min(their_end, len(cable.whole.tokens)), 0),
    )
    for run, following in pairwise([edges[0], *runs, edges[1]]):
        start, end = run.left + run.size, following.left
        their_start, their_end = run.right + run.size, following.right
        ours, theirs = (segment.part(start, end), cable.whole.part(their_start, their_end))
        if ours.squeezed == theirs.squeezed:
            matched += len(ours.tokens)
            differences += divided_otherwise(ours, theirs)
        elif ours.tokens or any(
            cable.paragraph_of[index] >= 0 for index in range(their_start, their_end)
        ):
            matched += _alike(ours, theirs)
            differences.append(_change(segment, cable, (start, end), (their_start, their_end)))
    return differences, matched


def _alike(ours: TokenRow, theirs: TokenRow) -> float:
    """Return the number of similar words, each of which counts as half a match."""
    from rapidfuzz import fuzz  # only if a quotation differs

    if len(ours.tokens) != len(theirs.tokens):
        return 0.0
    pairs = zip(ours.keys, theirs.keys, strict=True)
    return sum(0.5 for one, other in pairs if fuzz.ratio(one, other) >= _LIKE)


def _change(segment: TokenRow, cable: CableWords, our_span: Span, their_span: Span) -> Difference:
    ours = segment.tokens[slice(*our_span)]
    if ours and all(token.key == "xxx" for token in ours):
        return Difference("bracket", "XXX", cable.whole.said(*their_span), is_fault=False)
    both = segment.said(*our_span), cable.whole.said(*their_span)
    return Difference("words", *both, is_fault=True)


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
"""Words that reverse the meaning of a sentence, or cast doubt on it."""
_BRACKET_REACH = 12
"""The maximum number of words that a bracket may replace."""


class Difference(Value):
    """A difference between a quotation and the cable."""

    kind: Kind
    draft: str
    """The words in the quotation; may be empty."""
    cable: str
    """The words in the cable; may be empty."""
    is_fault: bool
    """Whether the difference is not permitted in a quotation."""
    note: str = ""
    """A note on the error or the change."""


def runs_together(one: str, other: str) -> Difference:
    """Return the difference for a quotation that joins two numbered paragraphs without a marker."""
    note = f"runs ¶{one} and ¶{other} together" if one != other else "joins two separate passages"
    return Difference("paragraphs", "", "", is_fault=True, note=note)


def left_out(gap: SegmentGap, start: int, end: int, cable: CableWords) -> Difference | None:
    """Return the words that an ellipsis or a bracket replaces, and whether this is permitted."""
    shown = gap.text.strip()
    omitted = cable.whole.said(start, end)
    if start > end:
        note = "the cable has these parts in a different order"
        return Difference("order", shown, "", is_fault=True, note=note)
    kind: Kind = gap.kind
    fault = "" if gap.parts_paragraphs else _crossed(start - 1, end, cable)
    if not fault and start == end and kind == "ellipsis":
        return None
    hidden = _turning(gap, start, end, cable, list(_fragments(start, end, cable)))
    if not fault and hidden:
        fault = f"hides “{hidden}”"
    if not fault and kind == "bracket" and end - start > _BRACKET_REACH:
        fault = f"stands for {end - start} words"
    if fault:
        return Difference(kind, shown, omitted, is_fault=True, note=fault)
    note = "added by the author" if start == end else ""
    if kind == "ellipsis" and (turning := _turning(gap, start, end, cable, [(0, len(cable.text))])):
        note = f"leaves out a sentence with “{turning}”"
    return Difference(kind, shown, omitted, is_fault=False, note=note)


def _crossed(first: int, second: int, cable: CableWords) -> str:
    """Return a note if two words are in different paragraphs, or else an empty string."""
    before, after = cable.owner(first), cable.owner(second)
    if before != after:
        names = [f"¶{label}" if label else "what has no number" for label in (before, after)]
        return f"runs from {names[0]} into {names[1]}"
    numbers = {cable.paragraph_of[first], cable.paragraph_of[second]}
    return "runs from one paragraph into another" if not before and len(numbers) > 1 else ""


def _turning(
    gap: SegmentGap, start: int, end: int, cable: CableWords, searched: Sequence[Span]
) -> str:
    """Return the first omitted word within the given spans that reverses the meaning."""
    tokens = cable.whole.tokens
    shown = gap.text.casefold().split()
    for span_start, span_end in searched:
        for index in range(start, end):
            if not span_start <= tokens[index].start < span_end:
                continue
            key = tokens[index].key
            is_flat = key == "t" and index and tokens[index - 1].key.endswith("n")
            if (is_flat or _TURNS.fullmatch(key)) and key not in shown:
                return cable.whole.said(index - is_flat, index + 1)
    return ""


def _fragments(start: int, end: int, cable: CableWords) -> Iterator[Span]:
    """Yield the unquoted remainders of sentences that are only partly quoted."""
    tokens = cable.whole.tokens
    text_start = tokens[start - 1].end if start else 0
    text_end = tokens[end].start if end < len(tokens) else len(cable.text)
    found = sentences(cable.text, text_start, text_end)
    if not found:
        return
    yield text_start, found[0][1]
    if len(found) > 1 and cable.text[found[-1][1] - 1] not in '.!?"”)':
        yield found[-1]


def divided_otherwise(ours: TokenRow, theirs: TokenRow) -> Iterator[Difference]:
    """Yield differences between words with the same letters but different divisions."""
    if ours.keys == theirs.keys:
        return
    start, their_start = 0, 0
    for offset in sorted(ours.ends.keys() & theirs.ends.keys()):
        our_span, their_span = ((start, ours.ends[offset]), (their_start, theirs.ends[offset]))
        if _says_its_own(ours, our_span) or _says_its_own(theirs, their_span):
            both = ours.said(*our_span), theirs.said(*their_span)
            yield Difference("words", *both, is_fault=True)
        start, their_start = our_span[1], their_span[1]


def _says_its_own(row: TokenRow, span: Span) -> bool:
    spans = [token[:3] for token in row.tokens[slice(*span)]]
    return says_its_own(row.text, spans)
