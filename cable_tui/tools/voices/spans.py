"""The voices in a body: its author's comments, and the sentences that report a source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cable_tui.base.cable import Span
from cable_tui.base.value import Value
from cable_tui.telegram.reading import Reading
from cable_tui.text import words
from cable_tui.tools.voices.comments import Comment, comments
from cable_tui.tools.voices.layout import Layout, layout
from cable_tui.tools.voices.reported import reported, reported_in


class Voices(Value):
    """The voices in one body. Offsets refer to the body."""

    comments: tuple[Comment, ...] = ()
    """The author's remarks: comments, notes and biographic notes."""
    said: tuple[Span, ...] = ()
    """The sentences that report a source, including those within comments."""


class SaidWords(Value):
    """The words after `said:` or `comment:` in a query, folded."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.beginnings)

    def all_in(self, text: str) -> bool:
        """Return whether a text contains all of the words, and a word for each prefix."""
        in_text = {word for _, _, word in words(text)}
        if not self.words <= in_text:
            return False
        return all(
            any(word.startswith(beginning) for word in in_text) for beginning in self.beginnings
        )


def wanted(value: str) -> SaidWords:
    """Return the words after `said:` or `comment:`; a word that ends in `*` is a prefix."""
    whole_words: set[str] = set()
    begun_words: list[str] = []
    for asked_part in value.split():
        folded_words = [word for _, _, word in words(asked_part)]
        if folded_words and asked_part.endswith("*"):
            begun_words.append(folded_words.pop())
        whole_words.update(folded_words)
    return SaidWords(frozenset(whole_words), tuple(dict.fromkeys(begun_words)))


def voices(body: str) -> Voices:
    """Return the voices in a body. Never raises an error, and takes linear time."""
    page = layout(Reading(body))
    return Voices(tuple(comments(page)), tuple(reported(page)))


def signs(body: str) -> tuple[tuple[str, str, list[Span]], ...]:
    """Return the symbols for the margin: `#` for the author's comments, `"` for a source."""
    of_body = voices(body)
    return (
        ("#", "the author's own comment or note", [comment.span for comment in of_body.comments]),
        ('"', "a sentence that reports what a source said", list(of_body.said)),
    )


def json_fields(body: str) -> dict[str, list[dict[str, Any]]]:
    """Return the JSON field for the voices: the author's comments, then the reporting sentences."""
    of_body = voices(body)
    spans = [(comment.kind, comment.span) for comment in of_body.comments]
    spans += [("said", span) for span in of_body.said]
    return {"voices": [{"kind": kind, "start": start, "end": end} for kind, (start, end) in spans]}


def spoken(body: str, field: str, asked: SaidWords) -> Iterator[Span]:
    """Yield the comments, or for `said` the reporting sentences, that contain all of the words.

    Never raises an error, and takes linear time.
    """
    page = layout(Reading(body))
    spans = _reported_with(page, asked) if field == "said" else _commented(page)
    return (span for span in spans if asked.all_in(page.text[slice(*span)]))


def said_and_commented(reading: Reading) -> tuple[list[str], list[str]]:
    """Return the texts that `said:` and `comment:` search. Never fails, and takes linear time."""
    page = layout(reading)
    reporting = [page.text[slice(*span)] for span in reported(page)]
    return reporting, [page.text[slice(*span)] for span in _commented(page)]


def _commented(page: Layout) -> Iterator[Span]:
    return (comment.span for comment in comments(page))


def _reported_with(page: Layout, asked: SaidWords) -> Iterator[Span]:
    """Return the reporting sentences in the paragraphs that may contain all of the words."""
    # Folding keeps the letters of ASCII: only a text of these can be searched without folding.
    is_plain = page.text.isascii()
    small_text = page.text.lower()
    needed_words = (*asked.words, *asked.beginnings)
    paragraphs_near = [
        paragraph
        for paragraph in page.paragraphs
        if not is_plain or all(small_text.find(word, *paragraph.span) >= 0 for word in needed_words)
    ]
    return reported_in(page, paragraphs_near)
