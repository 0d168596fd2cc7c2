"""The words of a query that are highlighted in texts."""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.cable import Span
from cable_tui.query.fields import asks_text
from cable_tui.query.plan import And, AnyWord, Or, Plan, Property, WordPhrase, WordPrefix
from cable_tui.text import folded_words, repaired, words
from cable_tui.value import Value

_ELSEWHERE = frozenset(("header", "from", "to", "info"))
"""Fields outside of the body; their words would mean nothing in it."""


class Highlights(Value):
    """The folded words, prefixes and phrases by which a query found cables."""

    words: frozenset[str] = frozenset()
    """The words as typed, or as they were corrected."""
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    """Words in a row; line breaks and punctuation between them do not matter."""
    beginnings: tuple[tuple[str, ...], ...] = ()
    """Phrases whose last word is a prefix."""
    voices: tuple[Property, ...] = ()
    """The questions of `said:` and `comment:`: their words match only in such sentences."""

    def __bool__(self) -> bool:
        plain = self.words or self.prefixes or self.phrases or self.beginnings
        return bool(plain or self.voices)

    def places(self, body: str) -> list[Span]:
        """Return the ranges of a whole body that matched, in order and without overlap."""
        from cable_tui.telegram.pagebreaks import blank_page_lines  # most queries show a list only

        found = self.spans(blank_page_lines(body))
        return merged([*found, *self.spoken_places(body)]) if self.voices else found

    def spoken_places(self, body: str) -> Iterator[Span]:
        """Find the words of `said:` and `comment:` in a body, within a speaker's words."""
        for (start, end), asked in self.spoken(body):
            yield from ((start + a, start + b) for a, b in asked.spans(body[start:end]))

    def spoken(self, body: str) -> Iterator[tuple[Span, Highlights]]:
        """Find the sentences and comments for `said:` and `comment:`, with the words asked for."""
        if not self.voices:
            return
        # Imported late: most queries need no grammar.
        from cable_tui.telegram.voices.spans import spoken, wanted

        for question in self.voices:
            asked = _asked(question)
            for span in spoken(body, question.field, wanted(question.wanted)):
                yield span, asked

    def spans(self, text: str) -> list[Span]:
        """Return the ranges that matched, whoever says the words, in order and without overlap.

        A word that the telegraph garbled (`&caudillo8`) matches in both forms.
        """
        if not self:
            return []
        found = self._spans(text)
        written = repaired(text)
        return found if written == text else merged([*found, *self._spans(written)])

    def _spans(self, text: str) -> list[Span]:
        found: list[Span] = []
        tokens = list(words(text))
        first = {phrase[0] for phrase in (*self.phrases, *self.beginnings)}
        for index, (start, end, word) in enumerate(tokens):
            reach = self._phrase_end(tokens, index) if word in first else 0
            if not reach and (word in self.words or word.startswith(self.prefixes)):
                reach = end
            if reach:
                found.append((start, reach))
        return merged(found)

    def _phrase_end(self, tokens: list[tuple[int, int, str]], index: int) -> int:
        """Return the end of the longest phrase that begins at a token; 0 if none begins there."""
        reach = 0
        for phrase in self.phrases:
            row = tokens[index : index + len(phrase)]
            if tuple(word for _, _, word in row) == phrase:
                reach = max(reach, row[-1][1])
        for phrase in self.beginnings:
            row = tokens[index : index + len(phrase)]
            there = tuple(word for _, _, word in row)
            if there[:-1] == phrase[:-1] and there[-1].startswith(phrase[-1]):
                reach = max(reach, row[-1][1])
        return reach


def merged(spans: list[Span]) -> list[Span]:
    """Return the ranges in order, those that overlap as one; those that only touch stay two."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def highlights(plan: Plan) -> Highlights:
    """Return the words of a plan that are highlighted; excluded ones are not."""
    every = [leaf for leaf in _leaves(plan) if leaf.field not in _ELSEWHERE]
    voices = [leaf for leaf in every if isinstance(leaf, Property) and asks_text(leaf.field)]
    leaves = [leaf for leaf in every if not isinstance(leaf, Property)]
    rows = [leaf for leaf in leaves if isinstance(leaf, WordPhrase)]
    single = {word for leaf in leaves if isinstance(leaf, AnyWord) for word in _words(leaf)}
    near = {word for row in rows if row.slop for word in row.words}
    return Highlights(
        frozenset(single | near),
        tuple(sorted({leaf.prefix for leaf in leaves if isinstance(leaf, WordPrefix)})),
        tuple(row.words for row in rows if not row.slop and not row.prefix),
        tuple(row.words for row in rows if row.prefix),
        tuple(dict.fromkeys(voices)),
    )


def _words(leaf: AnyWord) -> tuple[str, ...]:
    return leaf.words + leaf.lesser


def _leaves(plan: Plan) -> Iterator[AnyWord | WordPrefix | WordPhrase | Property]:
    if isinstance(plan, And | Or):
        for part in plan.parts:
            yield from _leaves(part)
    elif isinstance(plan, AnyWord | WordPrefix | WordPhrase | Property):
        yield plan


def _asked(question: Property) -> Highlights:
    """Return the words of `said:` or `comment:`."""
    single: set[str] = set()
    begun: set[str] = set()
    for word in question.wanted.split():
        tokens = folded_words(word)
        if tokens and word.endswith("*"):
            begun.add(tokens[-1])
            tokens = tokens[:-1]
        single.update(tokens)
    return Highlights(frozenset(single), tuple(sorted(begun)))
