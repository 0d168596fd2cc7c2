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
    last = ways[-1]
    return _near(last, cable) if last.segments else None


def _exact(passage: Passage, cable: CableWords, cited: Sequence[str]) -> Match | None:
    """Return the words unchanged and in order; headings between paragraphs may be left out."""
    best: tuple[tuple[int, int, int], Match] | None = None
    for words in (cable.whole, cable.inside):
        for chain in _chains(passage.segments, words):
            spans = tuple(_in_whole(span, words, cable) for span in chain)
            differences = tuple(_judged(passage, spans, cable))
            match = Match(1.0, spans, differences)
            labels = labels_of(match, cable)
            outside = bool(cited) and not all(is_cited(label, cited) for label in labels)
            faults = sum(difference.is_fault for difference in differences)
            rank = (faults, int(outside), spans[-1][1] - spans[0][0])
            if best is None or rank < best[0]:
                best = rank, match
        if best is not None and best[0][0] == 0:
            break
    return best[1] if best else None


def _in_whole(span: Span, words: TokenRow, cable: CableWords) -> Span:
    if words is cable.whole:
        return span
    return cable.inside_at[span[0]], cable.inside_at[span[1] - 1] + 1


def labels_of(match: Match, cable: CableWords) -> tuple[str, ...]:
    """Return the numbered paragraphs that contain it, in order; none for header and top."""
    labels: dict[str, None] = {}
    for start, end in match.spans:
        for token in range(start, end):
            labels.setdefault(cable.owner(token), None)
    return tuple(label for label in labels if label)


def is_cited(label: str, cited: Sequence[str]) -> bool:
    """Return whether a paragraph is a cited one.

    `¶6` also means the second of this number, our `6b`.
    """
    known = {label.casefold() for label in cited}
    return label.casefold() in known or number_of(label) in known


def number_of(label: str) -> str:
    """Return the number that its paragraph has in the cable: `6` of `6b` and of `6-27`."""
    match = _NUMBER.match(label)
    return match[0] if match else label


def _places(segment: TokenRow, words: TokenRow) -> list[Span]:
    """Return the occurrences of a segment, as whole words only."""
    places: list[Span] = []
    sought, text = segment.squeezed, words.squeezed
    offset = text.find(sought)
    while offset >= 0 and len(places) < _MOST_PLACES:
        start, end = words.starts.get(offset), words.ends.get(offset + len(sought))
        if start is not None and end is not None:
            places.append((start, end))
        offset = text.find(sought, offset + 1)
    return places


def _chains(segments: Sequence[TokenRow], words: TokenRow) -> Iterator[list[Span]]:
    """Yield the positions of all segments in order, around each occurrence of the longest one."""
    places = [_places(segment, words) for segment in segments]
    if not all(places):
        return
    longest = max(range(len(segments)), key=lambda index: len(segments[index].tokens))
    before = [(some, [end for _, end in some]) for some in reversed(places[:longest])]
    for middle in places[longest][:_MOST_TRIED]:
        chain = [middle]
        for some in places[longest + 1 :]:
            index = bisect_left(some, (chain[-1][1], 0))
            if index == len(some):
                break
            chain.append(some[index])
        chain.reverse()
        for some, ends in before:
            index = bisect_right(ends, chain[-1][0]) - 1
            if index < 0:
                break
            chain.append(some[index])
        if len(chain) == len(segments):
            yield chain[::-1]


def _judged(passage: Passage, spans: Sequence[Span], cable: CableWords) -> Iterator[Difference]:
    """Yield the remarks on a quotation whose segments are in the cable word for word."""
    for segment, span in zip(passage.segments, spans, strict=True):
        yield from _as_it_stands(segment, span, cable)
    for gap, one, other in zip(passage.gaps, spans, spans[1:], strict=False):
        if judged := left_out(gap, one[1], other[0], cable):
            yield judged


def _as_it_stands(segment: TokenRow, span: Span, cable: CableWords) -> Iterator[Difference]:
    """Yield the differences in a segment whose letters all match: in words, or in paragraphs.

    If it goes on from one numbered paragraph to the next it must show that.
    """
    start, end = span
    inside = [index for index in range(start, end) if cable.paragraph_of[index] >= 0] or list(
        range(start, end)
    )
    words = TokenRow([cable.whole.tokens[index] for index in inside], cable.text)
    if words.squeezed != segment.squeezed:
        inside = list(range(start, end))
        words = cable.whole.part(start, end)
    yield from divided_otherwise(segment, words)
    offsets = {number: offset for offset, number in words.starts.items()}
    for number, (one, other) in enumerate(pairwise(inside), 1):
        if cable.owner(one) == cable.owner(other) or not cable.owner(one):
            continue
        token = segment.starts.get(offsets[number])
        if token is None or not segment.tokens[token].begins:
            yield runs_together(cable.owner(one), cable.owner(other))


def _near(passage: Passage, cable: CableWords) -> Match | None:
    """Return the most similar passage, and its differences word by word."""
    placed: list[_MatchedTokens | None] = [None] * len(passage.segments)
    order = sorted(range(len(placed)), key=lambda index: -len(passage.segments[index].tokens))
    known: list[int] = []
    """The located ones, in order."""
    for index in order:
        place = bisect_left(known, index)
        before = placed[known[place - 1]] if place else None
        behind = placed[known[place]] if place < len(known) else None
        placed[index] = _placed(passage.segments[index], cable, before, behind)
        if placed[index]:
            known.insert(place, index)
    located = [position for position in placed if position]
    if not located:
        return None
    differences: list[Difference] = []
    for index, position in enumerate(placed):
        segment = passage.segments[index]
        if position is None:
            words = segment.said(0, len(segment.tokens))
            differences.append(Difference("words", words, "", is_fault=True))
            continue
        differences += position.differences
        if position.differences or position.rest:
            differences += [
                runs_together(cable.owner(position.start), cable.owner(rest.start))
                for rest in position.rest
            ]
        else:
            differences += _as_it_stands(segment, (position.start, position.end), cable)
        if index and (last := placed[index - 1]):
            start = last.end if last.start <= position.start else position.end + 1
            judged = left_out(passage.gaps[index - 1], start, position.start, cable)
            differences += [judged] if judged else []
    matched = sum(
        position.matched + sum(rest.matched for rest in position.rest) for position in located
    )
    spans = [
        (piece.start, piece.end)
        for position in located
        for piece in sorted((position, *position.rest), key=lambda piece: piece.start)
    ]
    return Match(matched / max(passage.size, 1), tuple(spans), tuple(differences))


def _placed(
    segment: TokenRow,
    cable: CableWords,
    before: _MatchedTokens | None,
    behind: _MatchedTokens | None,
) -> _MatchedTokens | None:
    """Return the position of a segment: word for word near the others, else where most of it is."""
    words = cable.whole
    count = len(segment.tokens)
    places = _places(segment, words)
    first = before.end if before else 0
    last = behind.start if behind else len(words.tokens)
    between = [span for span in places if span[0] >= first and span[1] <= last]
    if count < _SHORT:
        near = [
            span
            for span in between
            if (before and span[0] - first <= _NEAR) or (behind and last - span[1] <= _NEAR)
        ]
        if not near:
            return None
        best = min(near, key=lambda span: span[0] - first if before else last - span[1])
        return _MatchedTokens(*best, count)
    if between or places:
        best = min(between or places, key=lambda span: abs(span[0] - first))
        return _MatchedTokens(*best, count)
    return _most_alike(segment, cable)


def _most_alike(segment: TokenRow, cable: CableWords) -> _MatchedTokens | None:
    window = _window(segment, cable.whole)
    if window is None:
        return None
    low, high = window
    keys = cable.whole.keys[low:high]
    equal = (run for run in stretches(segment.keys, keys) if run.size)
    runs = _without_strays([run._replace(right=low + run.right) for run in equal])
    if not runs:
        return None
    rest: list[_MatchedTokens] = []
    first, last = runs[0], runs[-1]
    begin, end = 0, len(segment.tokens)
    if first[0] >= _REMAINDER and (remainder := _remainder(segment, 0, first[0], cable)):
        rest.append(remainder)
        begin = first[0]
    behind = last[0] + last[2]
    if end - behind >= _REMAINDER and (remainder := _remainder(segment, behind, end, cable)):
        rest.append(remainder)
        end = behind
    differences, matched = _changes(segment, cable, runs, begin, end)
    return _MatchedTokens(first[1], last[1] + last[2], matched, tuple(differences), tuple(rest))


def _window(segment: TokenRow, words: TokenRow) -> Span | None:
    """Return the stretch of a text in which most words of a segment have the right distances."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(segment.keys):
        places[key].append(index)
    counts = Counter(key for key in words.keys if key in places)
    votes: defaultdict[int, float] = defaultdict(float)
    width = max(8, len(segment.keys) // 6)
    for index, key in enumerate(words.keys):
        if key in places:
            for own in places[key][:8]:
                votes[(index - own) // width] += 1 / counts[key] ** 0.5
    if not votes:
        return None
    best = max(votes, key=lambda place: (votes[place] + votes.get(place + 1, 0.0), -place))
    low = max(best * width - _SLACK, 0)
    high = (best + 2) * width + len(segment.keys) + _SLACK
    return low, min(high, len(words.keys))


def _without_strays(runs: list[Stretch]) -> list[Stretch]:
    """Return the equal rows without single words far from the others, which match by chance."""
    runs = list(runs)
    for edge, neighbour in ((0, 1), (-1, -2)):
        while len(runs) > 1:
            one, other = sorted((runs[edge], runs[neighbour]))
            apart = other[1] - one[1] - one[2], other[0] - one[0] - one[2]
            if runs[edge][2] >= _SHORT or (apart[0] <= 3 + runs[edge][2] and apart[1] <= 3):
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
    matched = sum(run.size for run in runs)
    if matched < _REMAINDER_LIKE * (end - start):
        return None
    last = runs[-1]
    return _MatchedTokens(window[0] + runs[0].right, window[0] + last.right + last.size, matched)


def _changes(
    segment: TokenRow,
    cable: CableWords,
    runs: Sequence[Stretch],
    begin: int,
    end: int,
) -> tuple[list[Difference], float]:
    """Return the differences between equal words, and how many words were found."""
    differences: list[Difference] = []
    matched = float(sum(size for _, _, size in runs))
    first, last = runs[0], runs[-1]
    behind = last[0] + last[2], last[1] + last[2]
    before = first[0] - begin
    most = len(cable.whole.tokens)
    chunks = [(begin, first[0], max(first[1] - before, 0), first[1])]
    chunks += [
        (one[0] + one[2], other[0], one[1] + one[2], other[1]) for one, other in pairwise(runs)
    ]
    chunks.append((behind[0], end, behind[1], min(behind[1] + end - behind[0], most)))
    for left, left_end, right, right_end in chunks:
        ours, theirs = segment.part(left, left_end), cable.whole.part(right, right_end)
        if ours.squeezed == theirs.squeezed:
            matched += len(ours.tokens)
            differences += divided_otherwise(ours, theirs)
        elif ours.tokens or any(
            cable.paragraph_of[index] >= 0 for index in range(right, right_end)
        ):
            matched += _alike(ours, theirs)
            differences.append(_change(segment, cable, (left, left_end), (right, right_end)))
    return differences, matched


def _alike(ours: TokenRow, theirs: TokenRow) -> float:
    """Return the number of similar words, each counted as a half."""
    from rapidfuzz import fuzz  # only if a quotation differs

    if len(ours.tokens) != len(theirs.tokens):
        return 0.0
    pairs = zip(ours.keys, theirs.keys, strict=True)
    return sum(0.5 for one, other in pairs if fuzz.ratio(one, other) >= _LIKE)


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
    if kind == "ellipsis" and (whole := _turning(gap, start, end, cable, [(0, len(cable.text))])):
        note = f"leaves out a sentence with “{whole}”"
    return Difference(kind, shown, omitted, is_fault=False, note=note)


def _crossed(one: int, other: int, cable: CableWords) -> str:
    """Return how two words are in two paragraphs; empty if they are in one."""
    before, behind = cable.owner(one), cable.owner(other)
    if before != behind:
        names = [f"¶{label}" if label else "what has no number" for label in (before, behind)]
        return f"runs from {names[0]} into {names[1]}"
    places = {cable.paragraph_of[one], cable.paragraph_of[other]}
    return "runs from one paragraph into another" if not before and len(places) > 1 else ""


def _turning(
    gap: SegmentGap, start: int, end: int, cable: CableWords, spans: Sequence[Span]
) -> str:
    """Return the first word left out of some stretches that reverses the meaning."""
    tokens = cable.whole.tokens
    shown = gap.text.casefold().split()
    for first, last in spans:
        for index in range(start, end):
            if not first <= tokens[index].start < last:
                continue
            key = tokens[index].key
            flat = key == "t" and index and tokens[index - 1].key.endswith("n")
            if (flat or _TURNS.fullmatch(key)) and key not in shown:
                return cable.whole.said(index - flat, index + 1)
    return ""


def _fragments(start: int, end: int, cable: CableWords) -> Iterator[Span]:
    """Yield the rest of a sentence that is quoted in part."""
    tokens = cable.whole.tokens
    begin = tokens[start - 1].end if start else 0
    stop = tokens[end].start if end < len(tokens) else len(cable.text)
    spans = sentences(cable.text, begin, stop)
    if not spans:
        return
    yield begin, spans[0][1]
    if len(spans) > 1 and cable.text[spans[-1][1] - 1] not in '.!?"”)':
        yield spans[-1]


def divided_otherwise(ours: TokenRow, theirs: TokenRow) -> Iterator[Difference]:
    """Yield the differences of words that have the same letters but are divided otherwise."""
    if ours.keys == theirs.keys:
        return
    start, to = 0, 0
    for place in sorted(ours.ends.keys() & theirs.ends.keys()):
        mine, other = (start, ours.ends[place]), (to, theirs.ends[place])
        if _says_its_own(ours, mine) or _says_its_own(theirs, other):
            words = ours.said(*mine), theirs.said(*other)
            yield Difference("words", *words, is_fault=True)
        start, to = mine[1], other[1]


def _says_its_own(words: TokenRow, span: Span) -> bool:
    row = [token[:3] for token in words.tokens[slice(*span)]]
    return says_its_own(words.text, row)
