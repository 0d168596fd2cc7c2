"""Find the words of a quotation that are certainly wrong, and the cable's words for them.

A change is certain if the words around it match the cable in one position only. Some words are
never changed: words next to an ellipsis or a bracket, quotations with `[sic]`, passages with many
changes (a paraphrase), and words of names in a cable with a protection request.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.telegram.comparison.alignment import stretches
from cable_tui.text.sentences import sentences
from cable_tui.tools.drafts.comparing import Match, compare
from cable_tui.tools.drafts.quotations import passages
from cable_tui.tools.drafts.tokens import CableWords, Token, TokenRow

_SIC = pattern(r"(?i)\[\s{0,3}sic\b|\(sic\)")
_LONGEST_CHANGE = 2
"""The maximum number of words on each side of a change; a longer change may be a paraphrase."""
_WORDS_FOR_EACH_CHANGE = 15
_MOST_CHANGES = 3
_SLACK = 4
"""The number of the cable's words around a passage that are also compared."""
_ALIKE = 70.0
"""The minimum similarity, out of 100, of a word and its misspelling."""
_SHINGLE = 3
_NEARLY = 1
"""A passage counts as equally similar if it shares at most this many fewer runs of three words."""
_EDGE = "its first or last word may be an addition"
_PARAPHRASE = "too many words differ: it may be a paraphrase"
_NEAR = 600
"""The number of characters around a word within which its sentence must begin and end."""
_NOT_WORDS = pattern(r"[\"“”„«»\[\]<>|*_`{}\\]")
"""Characters in a cable that have another form, or a special meaning, in a draft."""
_BROKEN = pattern(r"\w-\s*\n")
_CAPITAL = pattern(r"[^\W\d_a-z]")
_OWN_SIGNS = pattern(r"[()%$£€¥]")
"""Characters that belong to the word next to them: a word changed without them is still wrong."""
_PLAIN = frozenset(
    "not no nor never the a an of to in on at by for and or but with from that this these those it "
    "he she they we is are was were be been has have had will would can could may might".split()
)
"""Words in lower case within a sentence, from which the case of a cable in capitals is derived."""
_CONNECTING = frozenset("not no nor the a an of to in on at by for and or but".split())
"""The words in `_PLAIN` that are never written in place of a noun or a verb."""


class Unsure(Exception):  # noqa: N818 - it is no error, and ends the work on one quotation
    """Raised with the reason if a quotation is not corrected."""


class WordChange(NamedTuple):
    """Words of a quotation to be replaced, as offsets in its text."""

    start: int
    end: int
    new: str


class _Run(NamedTuple):
    """Differing words, as token ranges in the quotation and in the cable."""

    ours: Span
    theirs: Span

    @property
    def length(self) -> int:
        return max(self.ours[1] - self.ours[0], self.theirs[1] - self.theirs[0])


def word_changes(
    text: str, cable: CableWords, match: Match, *, asks_protection: bool
) -> list[WordChange]:
    """Return the changes that make a quotation match the cable. Raises `Unsure`."""
    if _SIC.search(text):
        raise Unsure("the draft marks a word with [sic]")
    if any(each.is_fault and each.kind != "words" for each in match.differences):
        raise Unsure("not only words differ")
    segments = passages(text)[-1].segments
    ours = TokenRow([token for row in segments for token in row.tokens], segments[0].text)
    found = list(_runs(segments, cable.whole, match))
    most = min(max(len(ours.tokens) // _WORDS_FOR_EACH_CHANGE, 1), _MOST_CHANGES)
    if not found or len(found) > most:
        raise Unsure(_PARAPHRASE)
    _refuse_repeated(ours, cable.whole, match)
    return [_change(run, ours, cable, asks_protection=asks_protection) for run in found]


def _runs(segments: Sequence[TokenRow], theirs: TokenRow, match: Match) -> Iterator[_Run]:
    """Yield the differing words of the parts of a quotation. Raises `Unsure`."""
    start = max(min(start for start, _ in match.spans) - _SLACK, 0)
    end = max(end for _, end in match.spans) + _SLACK
    shift, count = 0, sum(len(segment.tokens) for segment in segments)
    for segment in segments:
        for run in _segment_runs(segment, theirs, start, end):
            moved = _Run((run.ours[0] + shift, run.ours[1] + shift), run.theirs)
            is_at_gap = (run.ours[0] == 0 and shift > 0) or (
                run.ours[1] == len(segment.tokens) and moved.ours[1] < count
            )
            if is_at_gap:
                raise Unsure("the words are next to an ellipsis or a bracket")
            yield moved
        shift += len(segment.tokens)


def _segment_runs(segment: TokenRow, theirs: TokenRow, start: int, end: int) -> list[_Run]:
    """Return the smallest set of differing words; two changes around one word are joined."""
    from rapidfuzz.distance import Levenshtein  # only if a quotation differs

    equal = [run for run in stretches(segment.keys, theirs.keys[start:end]) if run.size]
    if not equal:
        raise Unsure(_PARAPHRASE)
    longest = max(equal, key=lambda run: run.size)
    begin = start + longest.right - longest.left
    shifts = sorted(range(-_MOST_CHANGES, _MOST_CHANGES + 1), key=abs)
    windows = [
        (first, min(begin + len(segment.keys) + last, len(theirs.keys)))
        for first in (begin + shift for shift in shifts)
        for last in shifts
        if first >= 0
    ]
    if not windows:
        raise Unsure(_PARAPHRASE)

    def rank(window: Span) -> tuple[int, int]:
        """Rank a window by its number of changes, then by the changes at its ends."""
        keys = theirs.keys[slice(*window)]
        changed_ends = sum(
            keys[at : at + 1 or None] != segment.keys[at : at + 1 or None] for at in (0, -1)
        )
        return Levenshtein.distance(segment.keys, keys, score_cutoff=_SLACK), changed_ends

    ranks = {window: rank(window) for window in windows}
    best = min(ranks.values())
    if best[1] == 0 and sum(each == best for each in ranks.values()) > 1:
        raise Unsure("its words can be repaired in two ways")
    first, last = min(ranks, key=ranks.__getitem__)
    joined: list[_Run] = []
    for step in Levenshtein.opcodes(segment.keys, theirs.keys[first:last]):
        if step.tag == "equal":
            continue
        ours_span = step.src_start, step.src_end
        run = _Run(ours_span, (first + step.dest_start, first + step.dest_end))
        if joined and run.ours[0] - joined[-1].ours[1] <= 1:
            before = joined.pop()
            run = _Run((before.ours[0], run.ours[1]), (before.theirs[0], run.theirs[1]))
        joined.append(run)
    return [
        run
        for run in joined
        if segment.part(*run.ours).squeezed != theirs.part(*run.theirs).squeezed
    ]


def _refuse_repeated(ours: TokenRow, theirs: TokenRow, match: Match) -> None:
    """Raise `Unsure` if another passage of the cable is similar to the quotation."""
    keys = ours.keys
    shingles = {tuple(keys[at : at + _SHINGLE]) for at in range(len(keys) - _SHINGLE + 1)}
    start, end = min(start for start, _ in match.spans), max(end for _, end in match.spans)
    places = [
        at
        for at in range(len(theirs.keys) - _SHINGLE + 1)
        if tuple(theirs.keys[at : at + _SHINGLE]) in shingles
    ]
    here = [at for at in places if start - _SLACK <= at < end]
    elsewhere = [at for at in places if not start - _SLACK <= at < end]
    most = max(
        (bisect_left(elsewhere, at + len(keys)) - index for index, at in enumerate(elsewhere)),
        default=0,
    )
    if most and most >= len(here) - _NEARLY:
        raise Unsure("the cable has similar words in two places")


def _change(run: _Run, ours: TokenRow, cable: CableWords, *, asks_protection: bool) -> WordChange:
    theirs = cable.whole
    our_tokens, their_tokens = ours.tokens[slice(*run.ours)], theirs.tokens[slice(*run.theirs)]
    is_exchange = sorted(token.key for token in our_tokens) == sorted(
        token.key for token in their_tokens
    )
    if run.length > _LONGEST_CHANGE + is_exchange:
        raise Unsure(_PARAPHRASE)
    is_pair = run.length > 1 and our_tokens and their_tokens and not is_exchange
    if is_pair and len(ours.tokens) < _WORDS_FOR_EACH_CHANGE * run.length:
        raise Unsure(_PARAPHRASE)
    words_of_both = [
        row.text[token.start : token.end]
        for row, tokens in ((ours, our_tokens), (theirs, their_tokens))
        for token in tokens
    ]
    if asks_protection and any(_CAPITAL.match(word) for word in words_of_both):
        raise Unsure("the cable asks for protection, and the words may be a name")
    if any(token.key == "xxx" for token in their_tokens):
        raise Unsure("the cable's words are redacted")
    is_by_end = run.ours[0] <= 1 or run.ours[1] >= len(ours.tokens) - 1
    if is_by_end and not their_tokens:
        nearby = theirs.keys[
            max(run.theirs[0] - _LONGEST_CHANGE, 0) : run.theirs[1] + _LONGEST_CHANGE
        ]
        if any(token.key in nearby for token in our_tokens):
            raise Unsure("two of its words may be swapped")
    if not our_tokens:
        _refuse_left_out_at_end(run, ours, cable)
    if 0 in run.ours or len(ours.tokens) in run.ours:
        _refuse_edge(run, ours, cable)
    if our_tokens and their_tokens:
        new = _said(cable, their_tokens[0].start, their_tokens[-1].end, their_tokens)
        new = _cased(new, ours, our_tokens, cable, run)
        return WordChange(our_tokens[0].start, our_tokens[-1].end, new)
    return _region(run, ours, cable, their_tokens)


def _refuse_left_out_at_end(run: _Run, ours: TokenRow, cable: CableWords) -> None:
    """Raise `Unsure` if words are missing next to a first or last word that may be wrong.

    A wrong last word may by chance be the word after the right one, most likely if it is a common
    word, or if the cable's sentence ends between them. But this is not likely if the cable's
    sentence begins or ends with that word, as the quotation does. And no writer replaces a noun or
    verb with an article, a conjunction or a short preposition.
    """
    are_plain = not _PLAIN.isdisjoint(cable.whole.keys[slice(*run.theirs)])
    for is_first, here, at, their_at in (
        (True, 1, 0, run.theirs[0] - 1),
        (False, len(ours.tokens) - 1, -1, run.theirs[1]),
    ):
        if run.ours[0] != here:
            continue
        sign = _sign(cable.whole, their_at + is_first)
        is_common = ours.keys[at] in (_PLAIN if are_plain else _PLAIN - _CONNECTING)
        if (sign and sign != _sign(ours, here)) or (
            is_common and not _is_sentence_edge(cable, their_at, is_first=is_first)
        ):
            raise Unsure(_EDGE)


def _refuse_edge(run: _Run, ours: TokenRow, cable: CableWords) -> None:
    """Raise `Unsure` if the first or last word may be the writer's own addition.

    The word counts as the cable's if it is a misspelling of the cable's word, or if the cable's
    sentence begins or ends with it.
    """
    our_words, their_words = (
        " ".join(row.keys[slice(*span)])
        for row, span in ((ours, run.ours), (cable.whole, run.theirs))
    )
    tokens = cable.whole.tokens
    if not our_words or not their_words or run.theirs[0] < 0 or run.theirs[1] > len(tokens):
        raise Unsure(_EDGE)
    is_first = run.ours[0] == 0
    outer, inner = (0, 1) if is_first else (1, 0)
    their_signs, our_signs = (
        set(_OWN_SIGNS.findall(_outside(row, span[outer], is_first=is_first)))
        for row, span in ((cable.whole, run.theirs), (ours, run.ours))
    )
    if not their_signs <= our_signs:
        raise Unsure("a sign may belong to its first or last word")
    if cable.owner(run.theirs[0]) != cable.owner(run.theirs[1] - 1):
        raise Unsure(_EDGE)
    if _sign(ours, run.ours[inner]) != _sign(cable.whole, run.theirs[inner]):
        raise Unsure(_EDGE)
    are_numbers = our_words.isdecimal() and their_words.isdecimal()
    if are_numbers or _similarity(our_words, their_words) >= _ALIKE:
        return
    their_at = run.theirs[0] if is_first else run.theirs[1] - 1
    if not _is_sentence_edge(cable, their_at, is_first=is_first):
        raise Unsure(_EDGE)


def _is_sentence_edge(cable: CableWords, at: int, *, is_first: bool) -> bool:
    """Return whether a word begins or ends a sentence; a letter only begins a paragraph."""
    token = cable.whole.tokens[at]
    if is_first and token.begins:
        return True
    begin, stop = max(token.start - _NEAR, 0), min(token.end + _NEAR, len(cable.text))
    for start, end in sentences(cable.text, begin, stop):
        rest = cable.text[start : token.start] if is_first else cable.text[token.end : end]
        is_here = begin < start <= token.start if is_first else token.end <= end < stop
        if is_here and not any(map(str.isalnum, rest)):
            return token.end - token.start > 1
    return False


def _outside(row: TokenRow, at: int, *, is_first: bool) -> str:
    """Return the characters before a token, or those after the token before it, up to a space."""
    if is_first:
        start = row.tokens[at].start
        return re.split(r"\s", row.text[max(start - _SLACK, 0) : start])[-1]
    end = row.tokens[at - 1].end
    return re.split(r"\s", row.text[end : end + _SLACK])[0]


def _sign(row: TokenRow, at: int) -> str:
    """Return the characters before a token, or those after the last token."""
    start = row.tokens[at - 1].end if at else 0
    end = row.tokens[at].start if at < len(row.tokens) else len(row.text)
    return row.text[start:end].strip()


def _similarity(one: str, other: str) -> float:
    from rapidfuzz import fuzz  # only if a quotation differs

    return fuzz.ratio(one, other)


def _said(cable: CableWords, start: int, end: int, tokens: Sequence[Token]) -> str:
    """Return the cable's text on one line. Raises `Unsure` if it contains other characters."""
    text = cable.text[start:end]
    rest, at = "", start
    for token in tokens:
        rest += cable.text[at : token.start]
        at = max(token.end, at)
    rest += cable.text[at:end]
    if any(map(str.isalnum, rest)) or _NOT_WORDS.search(text) or _BROKEN.search(text):
        raise Unsure("a page break, a mark or a hyphen separates the cable's words")
    return " ".join(text.split())


def _cased(
    new: str, ours: TokenRow, our_tokens: Sequence[Token], cable: CableWords, run: _Run
) -> str:
    """Return the cable's words in the draft's case if the cable is in capitals."""
    tokens = cable.whole.tokens
    around = slice(max(run.theirs[0] - _SLACK, 0), run.theirs[1] + _SLACK)
    cable_words = [cable.text[token.start : token.end] for token in tokens[around]]
    own = slice(run.ours[0], run.ours[1])
    others = [token for token in ours.tokens if token not in ours.tokens[own]]
    draft_words = "".join(ours.text[token.start : token.end] for token in others)
    if not "".join(cable_words).isupper() or draft_words.isupper():
        return new
    old = [ours.text[token.start : token.end] for token in our_tokens]
    new_words = new.split()
    if all(word.casefold() in _PLAIN or not word.isalpha() for word in new_words):
        return " ".join(word.lower() for word in new_words)
    if sorted(map(str.casefold, old)) == sorted(map(str.casefold, new_words)):
        by_key = {word.casefold(): word for word in old}
        return " ".join(by_key[word.casefold()] for word in new_words)
    is_misspelt = len(old) == len(new_words) == 1 and (
        _similarity(old[0].casefold(), new.casefold()) >= _ALIKE
    )
    if not is_misspelt:
        raise Unsure("the cable is in capitals, so the case of its word is unknown")
    return new.capitalize() if old[0][0].isupper() else new.lower()


def _region(
    run: _Run, ours: TokenRow, cable: CableWords, their_tokens: Sequence[Token]
) -> WordChange:
    """Return a change that adds or removes words, with the punctuation between neighbors."""
    tokens = cable.whole.tokens
    our_start, our_end = ours.tokens[run.ours[0] - 1].end, ours.tokens[run.ours[1]].start
    start, end = tokens[run.theirs[0] - 1].end, tokens[run.theirs[1]].start
    new = f"x{_said_between(cable, start, end, their_tokens)}x"
    new = new[1:-1]
    if their_tokens:
        first, last = their_tokens[0].start - start, their_tokens[-1].end - start
        raw = cable.text[start:end]
        middle = " ".join(raw[first:last].split())
        cased = _cased(middle, ours, [], cable, run)
        new = new.replace(middle, cased, 1)
    old = ours.text[our_start:our_end]
    if "\n\n" in old or _NOT_WORDS.search(new):
        raise Unsure("the words are separated by a punctuation mark")
    common = 0
    while common < min(len(old), len(new)) and old[common] == new[common]:
        common += 1
    behind = 0
    while behind < min(len(old), len(new)) - common and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    return WordChange(our_start + common, our_end - behind, new[common : len(new) - behind])


def _said_between(cable: CableWords, start: int, end: int, tokens: Sequence[Token]) -> str:
    """Return the cable's text between two words, with one space at each end."""
    text = _said(cable, start, end, tokens)
    raw = cable.text[start:end]
    before = " " if raw[:1].isspace() else ""
    behind = " " if raw[-1:].isspace() and text else ""
    return f"{before}{text}{behind}" if text else " "


def repaired_text(text: str, changes: Sequence[WordChange]) -> str:
    """Return a quotation with the changes made."""
    for change in sorted(changes, reverse=True):
        text = f"{text[: change.start]}{change.new}{text[change.end :]}"
    return text


def contains(cable: CableWords, text: str) -> bool:
    """Return whether a cable contains all parts of a quotation, in any order."""
    segments = passages(text)[-1].segments
    return any(
        all(segment.squeezed in row.squeezed for segment in segments)
        for row in (cable.whole, cable.inside)
    )


def is_exact(text: str, cable: CableWords, labels: Sequence[str]) -> bool:
    """Return whether a quotation occurs word for word in a cable."""
    match = compare(text, cable, labels)
    return match is not None and match.is_exact
