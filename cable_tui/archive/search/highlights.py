"""The words of a query to highlight in texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from cable_tui.archive.search.text_answers import answers_of
from cable_tui.base.cable import Span
from cable_tui.base.value import Value, replace
from cable_tui.query.answers import Highlighting, NoHighlights
from cable_tui.query.fields import asks_text
from cable_tui.query.plan import And, AnyWord, Or, Plan, Property, WordPhrase, WordPrefix
from cable_tui.text import folded_words, repaired, words

PARTS = ("subject", "summary", "signed")
"""Fields that are parts of the text that a reader sees; `body` is the whole text."""
_ELSEWHERE = frozenset(("header", "from", "to", "info"))
"""Fields outside the body; their words would be irrelevant in it."""


class Highlights(Value):
    """The folded words, prefixes and phrases by which a query matched cables."""

    words: frozenset[str] = frozenset()
    """The words as typed, or as corrected."""
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    """Consecutive words; line breaks and punctuation between them do not matter."""
    beginnings: tuple[tuple[str, ...], ...] = ()
    """Phrases whose last word is a prefix."""
    near: tuple[tuple[tuple[str, ...], int], ...] = ()
    """Words near each other in any order, and the maximum number of other words between them."""
    parts: tuple[tuple[str, Highlights], ...] = ()
    """The highlights for each of `PARTS` that the query mentions and, under an empty name, for all
    other texts; empty if the query applies equally to every text.
    """
    spoken_words: tuple[Property, ...] = ()
    """Queries for text properties, such as `said:`; their words match only in sentences with that
    property.
    """

    def __bool__(self) -> bool:
        has_words = self.words or self.prefixes or self.phrases or self.beginnings or self.near
        return bool(has_words or self.spoken_words)

    def within(self, part: str) -> Highlights:
        """Return the highlights for one of its `parts`."""
        return dict(self.parts)[part]

    def places(self, body: str) -> list[Span]:
        """Return the matching spans in a whole body, in order and without overlaps."""
        from cable_tui.telegram.reading import Reading  # most queries show a list only

        matched_spans = self.spans(Reading(body).without_page_lines)
        return (
            merged([*matched_spans, *self.spoken_places(body)])
            if self.spoken_words
            else matched_spans
        )

    def spoken_places(self, body: str) -> Iterator[Span]:
        """Yield the spans of words in the sentences with the required text properties."""
        for (sentence_start, sentence_end), asked_words in self.spoken(body):
            yield from (
                (sentence_start + start_inside, sentence_start + end_inside)
                for start_inside, end_inside in asked_words.spans(body[sentence_start:sentence_end])
            )

    def spoken(self, body: str) -> Iterator[tuple[Span, Highlights]]:
        """Yield the sentences with the required text properties, each with its words."""
        for property_ in self.spoken_words:
            asked_words = _asked(property_)
            for span in answers_of(property_.field).places(body, property_):
                yield span, asked_words

    def spans(self, text: str, *, whole: bool = False) -> list[Span]:
        """Return the matching spans, whoever says the words, in order and without overlaps.

        A word that the telegraph garbled (`&caudillo8`) matches in both forms. Words near each
        other are separate spans; with `whole`, they form one span with the words between them.
        """
        if not self or not self._may_match(text):
            return []
        matched_spans = self._spans(text, whole=whole)
        repaired_text = repaired(text)
        if repaired_text == text:
            return matched_spans
        return merged([*matched_spans, *self._spans(repaired_text, whole=whole)])

    def _may_match(self, text: str) -> bool:
        """Return whether a text may match, which is much faster than dividing it into words."""
        if not text.isascii():
            return True
        lower_text = text.lower()
        first_words = (phrase[0] for phrase in (*self.phrases, *self.beginnings))
        near_words = chain.from_iterable(words_near for words_near, _ in self.near)
        return any(
            word in lower_text for word in chain(self.words, self.prefixes, first_words, near_words)
        )

    def _spans(self, text: str, *, whole: bool) -> list[Span]:
        hit_spans: list[Span] = []
        word_tokens = list(words(text))
        for near_words, slop in self.near:
            windows = _windows(word_tokens, near_words, slop)
            for first_token, last_token in _apart(windows) if whole else windows:
                if whole:
                    hit_spans.append((word_tokens[first_token][0], word_tokens[last_token][1]))
                else:
                    tokens_inside = word_tokens[first_token : last_token + 1]
                    hit_spans += (
                        (word_start, word_end)
                        for word_start, word_end, word in tokens_inside
                        if word in near_words
                    )
        first_words = {phrase[0] for phrase in (*self.phrases, *self.beginnings)}
        for word_index, (word_start, word_end, word) in enumerate(word_tokens):
            phrase_end = self._phrase_end(word_tokens, word_index) if word in first_words else 0
            if not phrase_end and (word in self.words or word.startswith(self.prefixes)):
                phrase_end = word_end
            if phrase_end:
                hit_spans.append((word_start, phrase_end))
        return merged(hit_spans)

    def _phrase_end(self, tokens: list[tuple[int, int, str]], index: int) -> int:
        """Return the end of the longest phrase that begins at a token, or 0 if none does."""
        longest_end = 0
        for phrase in self.phrases:
            phrase_tokens = tokens[index : index + len(phrase)]
            if tuple(word for _, _, word in phrase_tokens) == phrase:
                longest_end = max(longest_end, phrase_tokens[-1][1])
        for phrase in self.beginnings:
            phrase_tokens = tokens[index : index + len(phrase)]
            phrase_words = tuple(word for _, _, word in phrase_tokens)
            if phrase_words[:-1] == phrase[:-1] and phrase_words[-1].startswith(phrase[-1]):
                longest_end = max(longest_end, phrase_tokens[-1][1])
        return longest_end


def _windows(
    tokens: list[tuple[int, int, str]], near_words: tuple[str, ...], slop: int
) -> list[tuple[int, int]]:
    """Return the first and last token of each shortest window that contains the words."""
    words_needed = Counter(near_words)
    token_indexes = [
        token_index for token_index, (_, _, word) in enumerate(tokens) if word in words_needed
    ]
    windows: list[tuple[int, int]] = []
    for window_index, first_index in enumerate(token_indexes):
        words_missing = words_needed.copy()
        for last_index in token_indexes[window_index:]:
            if last_index - first_index >= len(near_words) + slop:
                break
            words_missing[tokens[last_index][2]] -= 1
            if all(missing_count <= 0 for missing_count in words_missing.values()):
                if windows and windows[-1][1] >= last_index:
                    windows.pop()  # this one is within it
                windows.append((first_index, last_index))
                break
    return windows


def _apart(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return windows that share no words, shortest first."""
    taken_tokens: set[int] = set()
    chosen_windows: list[tuple[int, int]] = []
    for first_token, last_token in sorted(
        windows, key=lambda window: (window[1] - window[0], window)
    ):
        if taken_tokens.isdisjoint(range(first_token, last_token + 1)):
            taken_tokens.update(range(first_token, last_token + 1))
            chosen_windows.append((first_token, last_token))
    return chosen_windows


def merged(spans: list[Span]) -> list[Span]:
    """Return spans in order; overlapping spans are merged, adjacent spans are not."""
    joined_spans: list[Span] = []
    for span_start, span_end in sorted(spans):
        if joined_spans and span_start < joined_spans[-1][1]:
            joined_spans[-1] = (joined_spans[-1][0], max(span_end, joined_spans[-1][1]))
        else:
            joined_spans.append((span_start, span_end))
    return joined_spans


def with_words(highlighting: Highlighting) -> Highlights:
    """Return the highlights of a query with their words; empty highlights for `NoHighlights`.

    Raises `TypeError` for all other types, whose words are unknown.
    """
    if isinstance(highlighting, NoHighlights):
        return Highlights()
    if not isinstance(highlighting, Highlights):
        raise TypeError(f"highlights without words: {type(highlighting).__name__}")
    return highlighting


def highlights(plan: Plan) -> Highlights:
    """Return the highlighted words of a plan, without excluded words."""
    body_leaves = [leaf for leaf in _leaves(plan) if leaf.field not in _ELSEWHERE]
    whole_highlights = _of(body_leaves)
    parts_asked = [
        part_name for part_name in PARTS if any(leaf.field == part_name for leaf in body_leaves)
    ]
    if not parts_asked:
        return whole_highlights
    leaves_everywhere = [leaf for leaf in body_leaves if leaf.field not in PARTS]
    leaves_by_part = [
        (part_name, [leaf for leaf in body_leaves if leaf.field == part_name])
        for part_name in parts_asked
    ]
    highlights_of_parts = (
        ("", _of(leaves_everywhere)),
        *(
            (part_name, _of([*leaves_everywhere, *own_leaves]))
            for part_name, own_leaves in leaves_by_part
        ),
    )
    return replace(whole_highlights, parts=highlights_of_parts)


def _of(all_leaves: list[AnyWord | WordPrefix | WordPhrase | Property]) -> Highlights:
    text_questions = [
        leaf for leaf in all_leaves if isinstance(leaf, Property) and asks_text(leaf.field)
    ]
    word_leaves = [leaf for leaf in all_leaves if not isinstance(leaf, Property)]
    phrases = [leaf for leaf in word_leaves if isinstance(leaf, WordPhrase)]
    single_words = {
        word for leaf in word_leaves if isinstance(leaf, AnyWord) for word in _words(leaf)
    }
    return Highlights(
        frozenset(single_words),
        tuple(sorted({leaf.prefix for leaf in word_leaves if isinstance(leaf, WordPrefix)})),
        tuple(phrase.words for phrase in phrases if not phrase.slop and not phrase.prefix),
        tuple(phrase.words for phrase in phrases if phrase.prefix),
        tuple(dict.fromkeys((phrase.words, phrase.slop) for phrase in phrases if phrase.slop)),
        spoken_words=tuple(dict.fromkeys(text_questions)),
    )


def _words(leaf: AnyWord) -> tuple[str, ...]:
    return leaf.words + leaf.lesser


def _leaves(plan: Plan) -> Iterator[AnyWord | WordPrefix | WordPhrase | Property]:
    if isinstance(plan, And | Or):
        for plan_part in plan.parts:
            yield from _leaves(plan_part)
    elif isinstance(plan, AnyWord | WordPrefix | WordPhrase | Property):
        yield plan


def _asked(question: Property) -> Highlights:
    """Return the words in a query for a text property."""
    single_words: set[str] = set()
    begun_words: set[str] = set()
    for word in question.wanted.split():
        word_tokens = folded_words(word)
        if word_tokens and word.endswith("*"):
            begun_words.add(word_tokens[-1])
            word_tokens = word_tokens[:-1]
        single_words.update(word_tokens)
    return Highlights(frozenset(single_words), tuple(sorted(begun_words)))
