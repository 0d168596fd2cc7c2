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
        if passage.segments and (exact_match := _exact(passage, cable, cited)):
            return exact_match
    last_reading = readings[-1]
    return _near(last_reading, cable) if last_reading.segments else None


def _exact(passage: Passage, cable: CableWords, cited_labels: Sequence[str]) -> Match | None:
    """Return a match of the unchanged words in order; headings between paragraphs may be absent."""
    best_match: tuple[tuple[int, int, int], Match] | None = None
    for cable_words in (cable.whole, cable.inside):
        for chain in _chains(passage.segments, cable_words):
            spans = tuple(_in_whole(span, cable_words, cable) for span in chain)
            differences = tuple(_judged(passage, spans, cable))
            match = Match(1.0, spans, differences)
            match_labels = labels_of(match, cable)
            is_outside_cited = bool(cited_labels) and not all(
                is_cited(label, cited_labels) for label in match_labels
            )
            fault_count = sum(difference.is_fault for difference in differences)
            rank = (fault_count, int(is_outside_cited), spans[-1][1] - spans[0][0])
            if best_match is None or rank < best_match[0]:
                best_match = rank, match
        if best_match is not None and best_match[0][0] == 0:
            break
    return best_match[1] if best_match else None


def _in_whole(span: Span, cable_words: TokenRow, cable: CableWords) -> Span:
    if cable_words is cable.whole:
        return span
    return cable.inside_at[span[0]], cable.inside_at[span[1] - 1] + 1


def labels_of(match: Match, cable: CableWords) -> tuple[str, ...]:
    """Return the labels of the numbered paragraphs in a match, in order."""
    paragraph_labels: dict[str, None] = {}
    for match_start, match_end in match.spans:
        for token_number in range(match_start, match_end):
            paragraph_labels.setdefault(cable.owner(token_number), None)
    return tuple(label for label in paragraph_labels if label)


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


def _places(segment: TokenRow, cable_words: TokenRow) -> list[Span]:
    """Return the token ranges where a segment occurs as whole words."""
    places_of_segment: list[Span] = []
    sought_letters, cable_letters = segment.squeezed, cable_words.squeezed
    letter_offset = cable_letters.find(sought_letters)
    while letter_offset >= 0 and len(places_of_segment) < _MOST_PLACES:
        first_token, end_token = (
            cable_words.starts.get(letter_offset),
            cable_words.ends.get(letter_offset + len(sought_letters)),
        )
        if first_token is not None and end_token is not None:
            places_of_segment.append((first_token, end_token))
        letter_offset = cable_letters.find(sought_letters, letter_offset + 1)
    return places_of_segment


def _chains(segments: Sequence[TokenRow], cable_words: TokenRow) -> Iterator[list[Span]]:
    """Yield the positions of all segments in order, around each occurrence of the longest one."""
    spans_by_segment = [_places(segment, cable_words) for segment in segments]
    if not all(spans_by_segment):
        return
    longest_index = max(range(len(segments)), key=lambda index: len(segments[index].tokens))
    spans_before = [
        (spans, [end for _, end in spans]) for spans in reversed(spans_by_segment[:longest_index])
    ]
    for middle_span in spans_by_segment[longest_index][:_MOST_TRIED]:
        span_chain = [middle_span]
        for segment_spans in spans_by_segment[longest_index + 1 :]:
            span_index = bisect_left(segment_spans, (span_chain[-1][1], 0))
            if span_index == len(segment_spans):
                break
            span_chain.append(segment_spans[span_index])
        span_chain.reverse()
        for segment_spans, span_ends in spans_before:
            span_index = bisect_right(span_ends, span_chain[-1][0]) - 1
            if span_index < 0:
                break
            span_chain.append(segment_spans[span_index])
        if len(span_chain) == len(segments):
            yield span_chain[::-1]


def _judged(passage: Passage, spans: Sequence[Span], cable: CableWords) -> Iterator[Difference]:
    """Yield the differences of a quotation whose segments are all in the cable word for word."""
    for segment, span in zip(passage.segments, spans, strict=True):
        yield from _as_it_stands(segment, span, cable)
    for segment_gap, previous_span, next_span in zip(passage.gaps, spans, spans[1:], strict=False):
        if difference := left_out(segment_gap, previous_span[1], next_span[0], cable):
            yield difference


def _as_it_stands(segment: TokenRow, span: Span, cable: CableWords) -> Iterator[Difference]:
    """Yield the differences in a segment with matching letters: word and paragraph breaks.

    A segment that continues from one numbered paragraph into the next must mark the break.
    """
    match_start, match_end = span
    indexes_in_paragraphs = [
        index for index in range(match_start, match_end) if cable.paragraph_of[index] >= 0
    ] or list(range(match_start, match_end))
    matched_words = TokenRow(
        [cable.whole.tokens[index] for index in indexes_in_paragraphs], cable.text
    )
    if matched_words.squeezed != segment.squeezed:
        indexes_in_paragraphs = list(range(match_start, match_end))
        matched_words = cable.whole.part(match_start, match_end)
    yield from divided_otherwise(segment, matched_words)
    offset_by_token = {
        token_number: offset for offset, token_number in matched_words.starts.items()
    }
    for token_number, (word_index, next_index) in enumerate(pairwise(indexes_in_paragraphs), 1):
        if cable.owner(word_index) == cable.owner(next_index) or not cable.owner(word_index):
            continue
        segment_token = segment.starts.get(offset_by_token[token_number])
        if segment_token is None or not segment.tokens[segment_token].begins:
            yield runs_together(cable.owner(word_index), cable.owner(next_index))


def _near(passage: Passage, cable: CableWords) -> Match | None:
    """Return the most similar passage, with its differences word by word."""
    positions: list[_MatchedTokens | None] = [None] * len(passage.segments)
    longest_first = sorted(
        range(len(positions)), key=lambda index: -len(passage.segments[index].tokens)
    )
    located_indexes: list[int] = []
    """The indexes of the located segments, in order."""
    for index in longest_first:
        insertion_index = bisect_left(located_indexes, index)
        previous_position = (
            positions[located_indexes[insertion_index - 1]] if insertion_index else None
        )
        next_position = (
            positions[located_indexes[insertion_index]]
            if insertion_index < len(located_indexes)
            else None
        )
        positions[index] = _placed(passage.segments[index], cable, previous_position, next_position)
        if positions[index]:
            located_indexes.insert(insertion_index, index)
    located_segments = [position for position in positions if position]
    if not located_segments:
        return None
    differences: list[Difference] = []
    for index, position in enumerate(positions):
        segment = passage.segments[index]
        if position is None:
            quoted_words = segment.said(0, len(segment.tokens))
            differences.append(Difference("words", quoted_words, "", is_fault=True))
            continue
        differences += position.differences
        if position.differences or position.rest:
            differences += [
                runs_together(cable.owner(position.start), cable.owner(rest_tokens.start))
                for rest_tokens in position.rest
            ]
        else:
            differences += _as_it_stands(segment, (position.start, position.end), cable)
        if index and (previous := positions[index - 1]):
            gap_start = previous.end if previous.start <= position.start else position.end + 1
            gap_difference = left_out(passage.gaps[index - 1], gap_start, position.start, cable)
            differences += [gap_difference] if gap_difference else []
    matched_count = sum(
        position.matched + sum(rest_tokens.matched for rest_tokens in position.rest)
        for position in located_segments
    )
    spans = [
        (piece.start, piece.end)
        for position in located_segments
        for piece in sorted((position, *position.rest), key=lambda piece: piece.start)
    ]
    return Match(matched_count / max(passage.size, 1), tuple(spans), tuple(differences))


def _placed(
    segment: TokenRow,
    cable: CableWords,
    previous_match: _MatchedTokens | None,
    next_match: _MatchedTokens | None,
) -> _MatchedTokens | None:
    """Return the position of a segment: an exact match near the others, or a similar passage."""
    cable_words = cable.whole
    token_count = len(segment.tokens)
    occurrences = _places(segment, cable_words)
    first_token = previous_match.end if previous_match else 0
    last_token = next_match.start if next_match else len(cable_words.tokens)
    spans_between = [
        span for span in occurrences if span[0] >= first_token and span[1] <= last_token
    ]
    if token_count < _SHORT:
        spans_near = [
            span
            for span in spans_between
            if (previous_match and span[0] - first_token <= _NEAR)
            or (next_match and last_token - span[1] <= _NEAR)
        ]
        if not spans_near:
            return None
        best_span = min(
            spans_near,
            key=lambda span: span[0] - first_token if previous_match else last_token - span[1],
        )
        return _MatchedTokens(*best_span, token_count)
    if spans_between or occurrences:
        best_span = min(spans_between or occurrences, key=lambda span: abs(span[0] - first_token))
        return _MatchedTokens(*best_span, token_count)
    return _most_alike(segment, cable)


def _most_alike(segment: TokenRow, cable: CableWords) -> _MatchedTokens | None:
    window = _window(segment, cable.whole)
    if window is None:
        return None
    window_start, window_end = window
    window_keys = cable.whole.keys[window_start:window_end]
    equal_runs = (equal_run for equal_run in stretches(segment.keys, window_keys) if equal_run.size)
    moved_runs = [run._replace(right=window_start + run.right) for run in equal_runs]
    kept_runs = _without_strays(_nearest(moved_runs, cable.whole.keys))
    if not kept_runs:
        return None
    rest_matches: list[_MatchedTokens] = []
    first_run, last_run = kept_runs[0], kept_runs[-1]
    first_token, end_token = 0, len(segment.tokens)
    if first_run[0] >= _REMAINDER and (remainder := _remainder(segment, 0, first_run[0], cable)):
        rest_matches.append(remainder)
        first_token = first_run[0]
    end_of_last_run = last_run[0] + last_run[2]
    if end_token - end_of_last_run >= _REMAINDER and (
        remainder := _remainder(segment, end_of_last_run, end_token, cable)
    ):
        rest_matches.append(remainder)
        end_token = end_of_last_run
    differences, matched_count = _changes(segment, cable, kept_runs, first_token, end_token)
    return _MatchedTokens(
        first_run[1],
        last_run[1] + last_run[2],
        matched_count,
        tuple(differences),
        tuple(rest_matches),
    )


def _window(segment: TokenRow, cable_words: TokenRow) -> Span | None:
    """Return the range of a text that contains most of a segment's words at the same distances."""
    indexes_by_key: defaultdict[str, list[int]] = defaultdict(list)
    for word_index, word_key in enumerate(segment.keys):
        indexes_by_key[word_key].append(word_index)
    count_by_key = Counter(word_key for word_key in cable_words.keys if word_key in indexes_by_key)
    score_by_window: defaultdict[int, float] = defaultdict(float)
    width = max(8, len(segment.keys) // 6)
    for word_index, word_key in enumerate(cable_words.keys):
        if word_key in indexes_by_key:
            for segment_index in indexes_by_key[word_key][:8]:
                score_by_window[(word_index - segment_index) // width] += (
                    1 / count_by_key[word_key] ** 0.5
                )
    if not score_by_window:
        return None
    best_window = max(
        score_by_window,
        key=lambda place: (score_by_window[place] + score_by_window.get(place + 1, 0.0), -place),
    )
    window_start = max(best_window * width - _SLACK, 0)
    window_end = (best_window + 2) * width + len(segment.keys) + _SLACK
    return window_start, min(window_end, len(cable_words.keys))


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
    for edge_index, neighbor_index in ((0, 1), (-1, -2)):
        while len(runs) > 1:
            earlier_run, later_run = sorted((runs[edge_index], runs[neighbor_index]))
            gaps_between = (
                later_run[1] - earlier_run[1] - earlier_run[2],
                later_run[0] - earlier_run[0] - earlier_run[2],
            )
            if runs[edge_index][2] >= _SHORT or (
                gaps_between[0] <= 3 + runs[edge_index][2] and gaps_between[1] <= 3
            ):
                break
            del runs[edge_index]
    return runs


def _remainder(segment: TokenRow, start: int, end: int, cable: CableWords) -> _MatchedTokens | None:
    """Return the position of the words at one end of a segment that are apart from the rest."""
    remaining_words = segment.part(start, end)
    if occurrences := _places(remaining_words, cable.whole):
        return _MatchedTokens(*occurrences[0], end - start)
    window = _window(remaining_words, cable.whole)
    if window is None or end - start < 2 * _REMAINDER:
        return None
    equal_runs = [
        equal_run
        for equal_run in stretches(remaining_words.keys, cable.whole.keys[slice(*window)])
        if equal_run.size
    ]
    matched_count = sum(equal_run.size for equal_run in equal_runs)
    if matched_count < _REMAINDER_LIKE * (end - start):
        return None
    last_run = equal_runs[-1]
    return _MatchedTokens(
        window[0] + equal_runs[0].right, window[0] + last_run.right + last_run.size, matched_count
    )


def _changes(
    segment: TokenRow,
    cable: CableWords,
    equal_runs: Sequence[Stretch],
    first_token: int,
    end_token: int,
) -> tuple[list[Difference], float]:
    """Return the differences between the equal runs, and the number of matching words."""
    differences: list[Difference] = []
    matched_count = float(sum(run_size for _, _, run_size in equal_runs))
    first, last = equal_runs[0], equal_runs[-1]
    their_first = max(first.right - (first.left - first_token), 0)
    their_end = last.right + end_token - last.left
    edges = (
        Stretch(first_token, their_first, 0),
        Stretch(end_token, min(their_end, len(cable.whole.tokens)), 0),
    )
    for run, following in pairwise([edges[0], *equal_runs, edges[1]]):
        our_start, our_end = run.left + run.size, following.left
        their_start, their_end = run.right + run.size, following.right
        our_tokens, their_tokens = (
            segment.part(our_start, our_end),
            cable.whole.part(their_start, their_end),
        )
        if our_tokens.squeezed == their_tokens.squeezed:
            matched_count += len(our_tokens.tokens)
            differences += divided_otherwise(our_tokens, their_tokens)
        elif our_tokens.tokens or any(
            cable.paragraph_of[index] >= 0 for index in range(their_start, their_end)
        ):
            matched_count += _alike(our_tokens, their_tokens)
            differences.append(
                _change(segment, cable, (our_start, our_end), (their_start, their_end))
            )
    return differences, matched_count


def _alike(our_row: TokenRow, their_row: TokenRow) -> float:
    """Return the number of similar words, each of which counts as half a match."""
    from rapidfuzz import fuzz  # only if a quotation differs

    if len(our_row.tokens) != len(their_row.tokens):
        return 0.0
    word_pairs = zip(our_row.keys, their_row.keys, strict=True)
    return sum(
        0.5 for our_word, their_word in word_pairs if fuzz.ratio(our_word, their_word) >= _LIKE
    )


def _change(segment: TokenRow, cable: CableWords, our_span: Span, their_span: Span) -> Difference:
    our_tokens = segment.tokens[slice(*our_span)]
    if our_tokens and all(token.key == "xxx" for token in our_tokens):
        return Difference("bracket", "XXX", cable.whole.said(*their_span), is_fault=False)
    differing_words = segment.said(*our_span), cable.whole.said(*their_span)
    return Difference("words", *differing_words, is_fault=True)


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
    shown_text = gap.text.strip()
    omitted_words = cable.whole.said(start, end)
    if start > end:
        note = "the cable has these parts in a different order"
        return Difference("order", shown_text, "", is_fault=True, note=note)
    gap_kind: Kind = gap.kind
    fault_note = "" if gap.parts_paragraphs else _crossed(start - 1, end, cable)
    if not fault_note and start == end and gap_kind == "ellipsis":
        return None
    hidden_word = _turning(gap, start, end, cable, list(_fragments(start, end, cable)))
    if not fault_note and hidden_word:
        fault_note = f"hides “{hidden_word}”"
    if not fault_note and gap_kind == "bracket" and end - start > _BRACKET_REACH:
        fault_note = f"stands for {end - start} words"
    if fault_note:
        return Difference(gap_kind, shown_text, omitted_words, is_fault=True, note=fault_note)
    note = "added by the author" if start == end else ""
    if gap_kind == "ellipsis" and (
        turning_word := _turning(gap, start, end, cable, [(0, len(cable.text))])
    ):
        note = f"leaves out a sentence with “{turning_word}”"
    return Difference(gap_kind, shown_text, omitted_words, is_fault=False, note=note)


def _crossed(first_index: int, second_index: int, cable: CableWords) -> str:
    """Return a note if two words are in different paragraphs, or else an empty string."""
    label_before, label_after = cable.owner(first_index), cable.owner(second_index)
    if label_before != label_after:
        paragraph_names = [
            f"¶{label}" if label else "unnumbered text" for label in (label_before, label_after)
        ]
        return f"runs from {paragraph_names[0]} into {paragraph_names[1]}"
    paragraph_numbers = {cable.paragraph_of[first_index], cable.paragraph_of[second_index]}
    return (
        "runs from one paragraph into another"
        if not label_before and len(paragraph_numbers) > 1
        else ""
    )


def _turning(
    gap: SegmentGap, start: int, end: int, cable: CableWords, searched_spans: Sequence[Span]
) -> str:
    """Return the first omitted word within the given spans that reverses the meaning."""
    tokens = cable.whole.tokens
    shown_words = gap.text.casefold().split()
    for span_start, span_end in searched_spans:
        for index in range(start, end):
            if not span_start <= tokens[index].start < span_end:
                continue
            word_key = tokens[index].key
            is_flat_negation = word_key == "t" and index and tokens[index - 1].key.endswith("n")
            if (is_flat_negation or _TURNS.fullmatch(word_key)) and word_key not in shown_words:
                return cable.whole.said(index - is_flat_negation, index + 1)
    return ""


def _fragments(start: int, end: int, cable: CableWords) -> Iterator[Span]:
    """Yield the unquoted remainders of sentences that are only partly quoted."""
    cable_tokens = cable.whole.tokens
    text_start = cable_tokens[start - 1].end if start else 0
    text_end = cable_tokens[end].start if end < len(cable_tokens) else len(cable.text)
    sentence_spans = sentences(cable.text, text_start, text_end)
    if not sentence_spans:
        return
    yield text_start, sentence_spans[0][1]
    if len(sentence_spans) > 1 and cable.text[sentence_spans[-1][1] - 1] not in '.!?"”)':
        yield sentence_spans[-1]


def divided_otherwise(ours: TokenRow, theirs: TokenRow) -> Iterator[Difference]:
    """Yield differences between words with the same letters but different divisions."""
    if ours.keys == theirs.keys:
        return
    our_start, their_start = 0, 0
    for shared_offset in sorted(ours.ends.keys() & theirs.ends.keys()):
        our_span, their_span = (
            (our_start, ours.ends[shared_offset]),
            (their_start, theirs.ends[shared_offset]),
        )
        if _says_its_own(ours, our_span) or _says_its_own(theirs, their_span):
            differing_words = ours.said(*our_span), theirs.said(*their_span)
            yield Difference("words", *differing_words, is_fault=True)
        our_start, their_start = our_span[1], their_span[1]


def _says_its_own(token_row: TokenRow, span: Span) -> bool:
    token_spans = [token[:3] for token in token_row.tokens[slice(*span)]]
    return says_its_own(token_row.text, token_spans)
