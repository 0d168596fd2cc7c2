"""A quotation beside a cable: where it occurs there, what differs, what an ellipsis leaves out.

Spaces, hyphens and line ends make no difference: `data base` is `database`. But `not able` is not
`notable`: words may say something else if their letters are divided otherwise.
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
"""A segment of at least this many words is searched for on its own."""
_REMAINDER = 4
"""Words at an end of a quotation that may come from elsewhere."""
_REMAINDER_LIKE = 0.75
_NEAR = 30
"""Words after a segment among which a short one is looked for."""
_LIKE = 70.0
"""Two words with at least this similarity, of 100, may be one name in two spellings."""
_SLACK = 6


class Match(Value):
    """The position of a quotation in a cable."""

    score: float
    """The share of its words that were found, from 0 to 1."""
    spans: tuple[Span, ...]
    """Tokens of `CableWords.whole`, one span for each piece."""
    differences: tuple[Difference, ...]

    @property
    def is_exact(self) -> bool:
        """The only differences are allowed ones."""
        return not any(difference.is_fault for difference in self.differences)


class _MatchedTokens(NamedTuple):
    start: int
    """Token of `whole`."""
    end: int
    matched: float
    differences: tuple[Difference, ...] = ()
    rest: tuple[_MatchedTokens, ...] = ()
    """Words of the segment that are elsewhere in the cable."""


def compare(text: str, cable: CableWords, cited: Sequence[str] = ()) -> Match | None:
    """Return the passage of a cable that is most like a quotation; None if there is none.

    Of several equal ones it is the one in the `cited` paragraphs.
    """
    ways = passages(text)
    for passage in ways:
        if passage.segments and (match := _exact(passage, cable, cited)):
            return match
    last_way = ways[-1]
    return _near(last_way, cable) if last_way.segments else None


def _exact(passage: Passage, cable: CableWords, cited: Sequence[str]) -> Match | None:
    """Return the words unchanged and in order; headings between paragraphs may be left out."""
    best_match: tuple[tuple[int, int, int], Match] | None = None
    for words in (cable.whole, cable.inside):
        for chain in _chains(passage.segments, words):
            spans = tuple(_in_whole(span, words, cable) for span in chain)
            differences = tuple(_judged(passage, spans, cable))
            match = Match(1.0, spans, differences)
            labels = labels_of(match, cable)
            is_outside_cited = bool(cited) and not all(is_cited(label, cited) for label in labels)
            faults = sum(difference.is_fault for difference in differences)
            rank = (faults, int(is_outside_cited), spans[-1][1] - spans[0][0])
            if best_match is None or rank < best_match[0]:
                best_match = rank, match
        if best_match is not None and best_match[0][0] == 0:
            break
    return best_match[1] if best_match else None


def _in_whole(span: Span, words: TokenRow, cable: CableWords) -> Span:
    if words is cable.whole:
        return span
    return cable.inside_at[span[0]], cable.inside_at[span[1] - 1] + 1


def labels_of(match: Match, cable: CableWords) -> tuple[str, ...]:
    """Return the numbered paragraphs that contain it, in order; none for header and top."""
    paragraph_labels: dict[str, None] = {}
    for match_start, match_end in match.spans:
        for token_number in range(match_start, match_end):
            paragraph_labels.setdefault(cable.owner(token_number), None)
    return tuple(label for label in paragraph_labels if label)


def is_cited(label: str, cited: Sequence[str]) -> bool:
    """Return whether a paragraph is a cited one.

    `¶6` also means the second of this number, our `6b`.
    """
    cited_labels = {label.casefold() for label in cited}
    return label.casefold() in cited_labels or number_of(label) in cited_labels


def number_of(label: str) -> str:
    """Return the number that its paragraph has in the cable: `6` of `6b` and of `6-27`."""
    match = _NUMBER.match(label)
    return match[0] if match else label


def _places(segment: TokenRow, words: TokenRow) -> list[Span]:
    """Return the occurrences of a segment, as whole words only."""
    places_of_segment: list[Span] = []
    sought, text = segment.squeezed, words.squeezed
    offset = text.find(sought)
    while offset >= 0 and len(places_of_segment) < _MOST_PLACES:
        start, end = words.starts.get(offset), words.ends.get(offset + len(sought))
        if start is not None and end is not None:
            places_of_segment.append((start, end))
        offset = text.find(sought, offset + 1)
    return places_of_segment


def _chains(segments: Sequence[TokenRow], words: TokenRow) -> Iterator[list[Span]]:
    """Yield the positions of all segments in order, around each occurrence of the longest one."""
    places = [_places(segment, words) for segment in segments]
    if not all(places):
        return
    longest = max(range(len(segments)), key=lambda index: len(segments[index].tokens))
    spans_before = [(spans, [end for _, end in spans]) for spans in reversed(places[:longest])]
    for middle_span in places[longest][:_MOST_TRIED]:
        chain = [middle_span]
        for segment_spans in places[longest + 1 :]:
            index = bisect_left(segment_spans, (chain[-1][1], 0))
            if index == len(segment_spans):
                break
            chain.append(segment_spans[index])
        chain.reverse()
        for segment_spans, ends in spans_before:
            index = bisect_right(ends, chain[-1][0]) - 1
            if index < 0:
                break
            chain.append(segment_spans[index])
        if len(chain) == len(segments):
            yield chain[::-1]


def _judged(passage: Passage, spans: Sequence[Span], cable: CableWords) -> Iterator[Difference]:
    """Yield the remarks on a quotation whose segments are in the cable word for word."""
    for segment, span in zip(passage.segments, spans, strict=True):
        yield from _as_it_stands(segment, span, cable)
    for gap, span_before, next_span in zip(passage.gaps, spans, spans[1:], strict=False):
        if difference := left_out(gap, span_before[1], next_span[0], cable):
            yield difference


def _as_it_stands(segment: TokenRow, span: Span, cable: CableWords) -> Iterator[Difference]:
    """Yield the differences in a segment whose letters all match: in words, or in paragraphs.

    If it goes on from one numbered paragraph to the next it must show that.
    """
    match_start, match_end = span
    indexes_in_paragraphs = [
        index for index in range(match_start, match_end) if cable.paragraph_of[index] >= 0
    ] or list(range(match_start, match_end))
    words = TokenRow([cable.whole.tokens[index] for index in indexes_in_paragraphs], cable.text)
    if words.squeezed != segment.squeezed:
        indexes_in_paragraphs = list(range(match_start, match_end))
        words = cable.whole.part(match_start, match_end)
    yield from divided_otherwise(segment, words)
    offsets = {number: offset for offset, number in words.starts.items()}
    for number, (word_index, next_index) in enumerate(pairwise(indexes_in_paragraphs), 1):
        if cable.owner(word_index) == cable.owner(next_index) or not cable.owner(word_index):
            continue
        token = segment.starts.get(offsets[number])
        if token is None or not segment.tokens[token].begins:
            yield runs_together(cable.owner(word_index), cable.owner(next_index))


def _near(passage: Passage, cable: CableWords) -> Match | None:
    """Return the most similar passage, and its differences word by word."""
    placed: list[_MatchedTokens | None] = [None] * len(passage.segments)
    order = sorted(range(len(placed)), key=lambda index: -len(passage.segments[index].tokens))
    located_indexes: list[int] = []
    """The located ones, in order."""
    for index in order:
        place = bisect_left(located_indexes, index)
        placed_before = placed[located_indexes[place - 1]] if place else None
        placed_after = placed[located_indexes[place]] if place < len(located_indexes) else None
        placed[index] = _placed(passage.segments[index], cable, placed_before, placed_after)
        if placed[index]:
            located_indexes.insert(place, index)
    located_segments = [position for position in placed if position]
    if not located_segments:
        return None
    differences: list[Difference] = []
    for index, position in enumerate(placed):
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
        if index and (last := placed[index - 1]):
            start = last.end if last.start <= position.start else position.end + 1
            gap_difference = left_out(passage.gaps[index - 1], start, position.start, cable)
            differences += [gap_difference] if gap_difference else []
    matched_tokens = sum(
        position.matched + sum(rest_tokens.matched for rest_tokens in position.rest)
        for position in located_segments
    )
    spans = [
        (piece.start, piece.end)
        for position in located_segments
        for piece in sorted((position, *position.rest), key=lambda piece: piece.start)
    ]
    return Match(matched_tokens / max(passage.size, 1), tuple(spans), tuple(differences))


def _placed(
    segment: TokenRow,
    cable: CableWords,
    before: _MatchedTokens | None,
    behind: _MatchedTokens | None,
) -> _MatchedTokens | None:
    """Return the position of a segment: word for word near the others, else where most of it is."""
    words = cable.whole
    token_count = len(segment.tokens)
    places = _places(segment, words)
    first_token = before.end if before else 0
    last_token = behind.start if behind else len(words.tokens)
    spans_between = [span for span in places if span[0] >= first_token and span[1] <= last_token]
    if token_count < _SHORT:
        spans_near = [
            span
            for span in spans_between
            if (before and span[0] - first_token <= _NEAR)
            or (behind and last_token - span[1] <= _NEAR)
        ]
        if not spans_near:
            return None
        best_span = min(
            spans_near, key=lambda span: span[0] - first_token if before else last_token - span[1]
        )
        return _MatchedTokens(*best_span, token_count)
    if spans_between or places:
        best_span = min(spans_between or places, key=lambda span: abs(span[0] - first_token))
        return _MatchedTokens(*best_span, token_count)
    return _most_alike(segment, cable)


def _most_alike(segment: TokenRow, cable: CableWords) -> _MatchedTokens | None:
    window = _window(segment, cable.whole)
    if window is None:
        return None
    window_start, window_end = window
    keys = cable.whole.keys[window_start:window_end]
    equal_runs = (run for run in stretches(segment.keys, keys) if run.size)
    runs = _without_strays([run._replace(right=window_start + run.right) for run in equal_runs])
    if not runs:
        return None
    rest_matches: list[_MatchedTokens] = []
    first_run, last_run = runs[0], runs[-1]
    begin, end = 0, len(segment.tokens)
    if first_run[0] >= _REMAINDER and (remainder := _remainder(segment, 0, first_run[0], cable)):
        rest_matches.append(remainder)
        begin = first_run[0]
    after_last_run = last_run[0] + last_run[2]
    if end - after_last_run >= _REMAINDER and (
        remainder := _remainder(segment, after_last_run, end, cable)
    ):
        rest_matches.append(remainder)
        end = after_last_run
    differences, matched_tokens = _changes(segment, cable, runs, begin, end)
    return _MatchedTokens(
        first_run[1],
        last_run[1] + last_run[2],
        matched_tokens,
        tuple(differences),
        tuple(rest_matches),
    )


def _window(segment: TokenRow, words: TokenRow) -> Span | None:
    """Return the stretch of a text in which most words of a segment have the right distances."""
    places_by_key: defaultdict[str, list[int]] = defaultdict(list)
    for place_in_segment, key in enumerate(segment.keys):
        places_by_key[key].append(place_in_segment)
    count_by_key = Counter(key for key in words.keys if key in places_by_key)
    votes: defaultdict[int, float] = defaultdict(float)
    width = max(8, len(segment.keys) // 6)
    for place_in_segment, key in enumerate(words.keys):
        if key in places_by_key:
            for own_index in places_by_key[key][:8]:
                votes[(place_in_segment - own_index) // width] += 1 / count_by_key[key] ** 0.5
    if not votes:
        return None
    best_window = max(votes, key=lambda place: (votes[place] + votes.get(place + 1, 0.0), -place))
    window_start = max(best_window * width - _SLACK, 0)
    window_end = (best_window + 2) * width + len(segment.keys) + _SLACK
    return window_start, min(window_end, len(words.keys))


def _without_strays(runs: list[Stretch]) -> list[Stretch]:
    """Return the equal rows without single words far from the others, which match by chance."""
    runs = list(runs)
    for edge, neighbour in ((0, 1), (-1, -2)):
        while len(runs) > 1:
            left_run, right_run = sorted((runs[edge], runs[neighbour]))
            gaps_between = (
                right_run[1] - left_run[1] - left_run[2],
                right_run[0] - left_run[0] - left_run[2],
            )
            if runs[edge][2] >= _SHORT or (
                gaps_between[0] <= 3 + runs[edge][2] and gaps_between[1] <= 3
            ):
                break
            del runs[edge]
    return runs


def _remainder(segment: TokenRow, start: int, end: int, cable: CableWords) -> _MatchedTokens | None:
    """Return the position of words at an end of a segment that are apart from the rest."""
    words = segment.part(start, end)
    if places := _places(words, cable.whole):
        return _MatchedTokens(*places[0], end - start)
    window = _window(words, cable.whole)
    if window is None or end - start < 2 * _REMAINDER:
        return None
    runs = [run for run in stretches(words.keys, cable.whole.keys[slice(*window)]) if run.size]
    matched_tokens = sum(run.size for run in runs)
    if matched_tokens < _REMAINDER_LIKE * (end - start):
        return None
    last_run = runs[-1]
    return _MatchedTokens(
        window[0] + runs[0].right, window[0] + last_run.right + last_run.size, matched_tokens
    )


def _changes(
    segment: TokenRow,
    cable: CableWords,
    runs: Sequence[Stretch],
    begin: int,
    end: int,
) -> tuple[list[Difference], float]:
    """Return the differences between equal words, and how many words were found."""
    differences: list[Difference] = []
    matched_tokens = float(sum(size for _, _, size in runs))
    first_run, last_run = runs[0], runs[-1]
    ends_of_last = last_run[0] + last_run[2], last_run[1] + last_run[2]
    tokens_before = first_run[0] - begin
    token_count = len(cable.whole.tokens)
    chunks = [(begin, first_run[0], max(first_run[1] - tokens_before, 0), first_run[1])]
    chunks += [
        (run[0] + run[2], next_run[0], run[1] + run[2], next_run[1])
        for run, next_run in pairwise(runs)
    ]
    chunks.append(
        (
            ends_of_last[0],
            end,
            ends_of_last[1],
            min(ends_of_last[1] + end - ends_of_last[0], token_count),
        )
    )
    for left_start, left_end, right_start, right_end in chunks:
        our_tokens, their_tokens = (
            segment.part(left_start, left_end),
            cable.whole.part(right_start, right_end),
        )
        if our_tokens.squeezed == their_tokens.squeezed:
            matched_tokens += len(our_tokens.tokens)
            differences += divided_otherwise(our_tokens, their_tokens)
        elif our_tokens.tokens or any(
            cable.paragraph_of[index] >= 0 for index in range(right_start, right_end)
        ):
            matched_tokens += _alike(our_tokens, their_tokens)
            differences.append(
                _change(segment, cable, (left_start, left_end), (right_start, right_end))
            )
    return differences, matched_tokens


def _alike(ours: TokenRow, theirs: TokenRow) -> float:
    """Return the number of similar words, each counted as a half."""
    from rapidfuzz import fuzz  # only if a quotation differs

    if len(ours.tokens) != len(theirs.tokens):
        return 0.0
    pairs = zip(ours.keys, theirs.keys, strict=True)
    return sum(0.5 for our_word, their_word in pairs if fuzz.ratio(our_word, their_word) >= _LIKE)


def _change(segment: TokenRow, cable: CableWords, ours: Span, theirs: Span) -> Difference:
    tokens = segment.tokens[slice(*ours)]
    if tokens and all(token.key == "xxx" for token in tokens):
        return Difference("bracket", "XXX", cable.whole.said(*theirs), is_fault=False)
    words = segment.said(*ours), cable.whole.said(*theirs)
    return Difference("words", *words, is_fault=True)


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
"""Words that reverse the meaning of a sentence, or put it in doubt."""
_BRACKET_REACH = 12
"""The most words that a bracket may replace."""


class Difference(Value):
    """A difference between a quotation and the cable."""

    kind: Kind
    draft: str
    """Words of the quotation; may be empty."""
    cable: str
    """Words of the cable; may be empty."""
    is_fault: bool
    """Whether a difference that is not allowed in a quotation."""
    note: str = ""
    """Text on what is wrong, or what was changed."""


def runs_together(one: str, other: str) -> Difference:
    """Return the remark that a quotation runs from one numbered paragraph into another unmarked."""
    note = f"runs ¶{one} and ¶{other} together" if one != other else "runs two places together"
    return Difference("paragraphs", "", "", is_fault=True, note=note)


def left_out(gap: SegmentGap, start: int, end: int, cable: CableWords) -> Difference | None:
    """Return the words that an ellipsis or a bracket replaces, and whether that is allowed."""
    shown_text = gap.text.strip()
    omitted = cable.whole.said(start, end)
    if start > end:
        note = "the cable has these parts in a different order"
        return Difference("order", shown_text, "", is_fault=True, note=note)
    kind_of_gap: Kind = gap.kind
    fault = "" if gap.parts_paragraphs else _crossed(start - 1, end, cable)
    if not fault and start == end and kind_of_gap == "ellipsis":
        return None
    hidden_word = _turning(gap, start, end, cable, list(_fragments(start, end, cable)))
    if not fault and hidden_word:
        fault = f"hides “{hidden_word}”"
    if not fault and kind_of_gap == "bracket" and end - start > _BRACKET_REACH:
        fault = f"stands for {end - start} words"
    if fault:
        return Difference(kind_of_gap, shown_text, omitted, is_fault=True, note=fault)
    note = "added by the author" if start == end else ""
    if kind_of_gap == "ellipsis" and (
        turning_word := _turning(gap, start, end, cable, [(0, len(cable.text))])
    ):
        note = f"leaves out a sentence with “{turning_word}”"
    return Difference(kind_of_gap, shown_text, omitted, is_fault=False, note=note)


def _crossed(one: int, other: int, cable: CableWords) -> str:
    """Return how two words are in two paragraphs; empty if they are in one."""
    label_before, label_after = cable.owner(one), cable.owner(other)
    if label_before != label_after:
        names = [
            f"¶{label}" if label else "what has no number" for label in (label_before, label_after)
        ]
        return f"runs from {names[0]} into {names[1]}"
    places = {cable.paragraph_of[one], cable.paragraph_of[other]}
    return "runs from one paragraph into another" if not label_before and len(places) > 1 else ""


def _turning(
    gap: SegmentGap, start: int, end: int, cable: CableWords, spans: Sequence[Span]
) -> str:
    """Return the first word left out of some stretches that reverses the meaning."""
    tokens = cable.whole.tokens
    shown_words = gap.text.casefold().split()
    for stretch_start, stretch_end in spans:
        for index in range(start, end):
            if not stretch_start <= tokens[index].start < stretch_end:
                continue
            key = tokens[index].key
            is_flat_negation = key == "t" and index and tokens[index - 1].key.endswith("n")
            if (is_flat_negation or _TURNS.fullmatch(key)) and key not in shown_words:
                return cable.whole.said(index - is_flat_negation, index + 1)
    return ""


def _fragments(start: int, end: int, cable: CableWords) -> Iterator[Span]:
    """Yield the rest of a sentence that is quoted in part."""
    tokens = cable.whole.tokens
    begin = tokens[start - 1].end if start else 0
    text_end = tokens[end].start if end < len(tokens) else len(cable.text)
    spans = sentences(cable.text, begin, text_end)
    if not spans:
        return
    yield begin, spans[0][1]
    if len(spans) > 1 and cable.text[spans[-1][1] - 1] not in '.!?"”)':
        yield spans[-1]


def divided_otherwise(ours: TokenRow, theirs: TokenRow) -> Iterator[Difference]:
    """Yield the differences of words that have the same letters but are divided otherwise."""
    if ours.keys == theirs.keys:
        return
    start, their_start = 0, 0
    for place in sorted(ours.ends.keys() & theirs.ends.keys()):
        own_span, their_span = (start, ours.ends[place]), (their_start, theirs.ends[place])
        if _says_its_own(ours, own_span) or _says_its_own(theirs, their_span):
            words = ours.said(*own_span), theirs.said(*their_span)
            yield Difference("words", *words, is_fault=True)
        start, their_start = own_span[1], their_span[1]


def _says_its_own(words: TokenRow, span: Span) -> bool:
    row = [token[:3] for token in words.tokens[slice(*span)]]
    return says_its_own(words.text, row)
