"""The protection requests of a cable, with the reader's answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cable_tui.base.cable import Cable, Span
from cable_tui.base.pattern import pattern
from cable_tui.telegram.people.name_forms import one_line, others
from cable_tui.telegram.reading import Reading
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted
from cable_tui.tools.protection.answers import Answers, RequestKey
from cable_tui.tools.protection.digest_spans import ParagraphDigests
from cable_tui.tools.protection.requests import Request, requests


class AskedRequest(NamedTuple):
    """A request in a cable, with its proposed and confirmed names."""

    reference_id: str
    paragraph: str
    """The label of its paragraph, or an empty string if the paragraph has no number."""
    key: RequestKey
    found: Request
    answer: tuple[Span, ...] | None
    """The confirmed names by offsets in the text, or None if there is no answer."""
    words: str
    """The requesting words, on one line."""
    proposed: tuple[str, ...]
    """The proposed names, each on one line."""
    proposed_spans: tuple[Span, ...]
    """The span of each proposed name."""
    confirmed: tuple[str, ...]
    """The confirmed names."""
    sentence: str
    """The sentence of the request, on one line."""

    @property
    def place(self) -> str:
        """The place of the request, such as `08TRIPOLI402 ¶4`."""
        return f"{self.reference_id} ¶{self.paragraph}" if self.paragraph else self.reference_id

    @property
    def is_answered(self) -> bool:
        """Whether the reader has answered."""
        return self.answer is not None

    @property
    def answered(self) -> str:
        """The answer in words, such as `Ada Pelham; Ivo Tern` or `nobody`, or an empty string."""
        return "; ".join(self.confirmed) or "nobody" if self.is_answered else ""


class RequestRow(NamedTuple):
    """A request with its cable's id."""

    id: int
    asked: AskedRequest

    @property
    def names(self) -> tuple[tuple[str, Span], ...]:
        """The names to choose from with their spans: first proposed names, then added ones."""
        request = self.asked
        spans = dict(zip(request.proposed, request.proposed_spans, strict=True))
        spans |= {
            name: span
            for name, span in zip(request.confirmed, request.answer or (), strict=True)
            if name not in spans
        }
        return tuple(spans.items())


_SHOWN = 400
"""The maximum number of characters in a sentence."""


def reviewed(cable: Cable, answers: Answers) -> tuple[AskedRequest, ...]:
    """Return a cable's requests, in order. An answer whose names no longer exist is ignored."""
    body = cable.body.text
    found_requests = requests(Reading(body))
    if not found_requests:
        return ()
    paragraph_digests = ParagraphDigests(cable)
    asked_requests = []
    for request in found_requests:
        request_key = RequestKey(
            cable.canonical_id, paragraph_digests.place((request.start, request.end))
        )
        kept_places = answers.requests.get(request_key)
        answer_spans = (
            None
            if kept_places is None
            else [paragraph_digests.span(kept_place) for kept_place in kept_places]
        )
        answered_names = (
            None
            if answer_spans is None or None in answer_spans
            else _named(body, filter(None, answer_spans))
        )
        proposed_names = _named(body, request.proposed)
        sentence_start, sentence_end = request.sentence
        sentence_start = max(sentence_start, request.start - _SHOWN // 2)
        sentence_end = min(sentence_end, max(request.end, sentence_start + _SHOWN))
        asked_requests.append(
            AskedRequest(
                cable.reference_id,
                paragraph_digests.label(request.start),
                request_key,
                request,
                tuple(answered_names.values()) if answered_names is not None else None,
                clean_line(one_line(body, request.start, request.end)),
                tuple(proposed_names),
                tuple(proposed_names.values()),
                tuple(answered_names or ()),
                clean_line(one_line(body, sentence_start, sentence_end)),
            )
        )
    return tuple(asked_requests)


def _named(body: str, spans: Iterable[Span]) -> dict[str, Span]:
    """Return the names at the given spans, each once, with its first span."""
    span_by_name: dict[str, Span] = {}
    for span in spans:
        if name := clean_line(one_line(body, *span)):
            span_by_name.setdefault(name, span)
    return span_by_name


def places_of_names(
    cable: Cable, asked: AskedRequest, names: Sequence[str]
) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Return the spans of names in a cable, and the names that it does not contain.

    Each name is located where it is proposed, or else where it is nearest to the request.
    """
    body = cable.body.text
    known_spans = (*asked.found.proposed, *(asked.answer or ()))
    span_by_name = {clean_line(one_line(body, *span)).casefold(): span for span in known_spans}
    name_spans: list[Span] = []
    missing_names: list[str] = []
    for name in names:
        if (span := span_by_name.get(" ".join(name.split()).casefold())) is not None:
            name_spans.append(span)
            continue
        name_pattern = r"(?:[\s\\]|-\n){1,99}".join(map(re.escape, name.split()))
        name_matches = (
            pattern(rf"(?<!\w){name_pattern}(?!\w)", re.IGNORECASE).finditer(body)
            if name_pattern
            else ()
        )
        nearest_span = min(
            (match.span() for match in name_matches),
            key=lambda span: abs(span[0] - asked.found.start),
            default=None,
        )
        if nearest_span is None:
            missing_names.append(name)
        else:
            name_spans.append(nearest_span)
    return tuple(name_spans), tuple(missing_names)


class ProtectedNames(NamedTuple):
    """The names that a cable asks to protect, with their other forms in the same text."""

    sure: tuple[str, ...]
    """The confirmed names, and names directly next to an unanswered request."""
    perhaps: tuple[str, ...]
    """The other names that are proposed for an unanswered request."""
    requests: int
    """The number of requests."""


def protected_names(cable: Cable, answers: Answers) -> ProtectedNames:
    """Return the names that a cable asks to protect, based on its requests and their answers."""
    sure_names: dict[str, None] = {}
    perhaps_names: dict[str, None] = {}
    asked_requests = reviewed(cable, answers)
    for request in asked_requests:
        adjacent_names = _named(cable.body.text, request.found.names)
        sure_names |= dict.fromkeys(request.confirmed if request.is_answered else adjacent_names)
        perhaps_names |= dict.fromkeys(() if request.is_answered else request.proposed)
    other_names = [name for name in perhaps_names if name not in sure_names]
    return ProtectedNames(
        _with_forms(cable, sure_names), _with_forms(cable, other_names), len(asked_requests)
    )


def confirmed_names(cable: Cable, asked: Iterable[AskedRequest]) -> tuple[str, ...]:
    """Return the confirmed names in a cable, and their other forms in the same text."""
    names = dict.fromkeys(name for request in asked for name in request.confirmed)
    return _with_forms(cable, names)


def taken_names(cable: Cable, asked: Iterable[AskedRequest]) -> tuple[str, ...]:
    """Return the proposed names of unanswered requests, with their forms."""
    unanswered_requests = (request for request in asked if not request.is_answered)
    return _with_forms(
        cable, dict.fromkeys(name for request in unanswered_requests for name in request.proposed)
    )


def _with_forms(cable: Cable, names: Iterable[str]) -> tuple[str, ...]:
    unique_names: dict[str, str] = {}
    for name in (*names, *others(cable.body.text, names)):
        unique_names.setdefault(name.casefold(), name)
    return tuple(unique_names.values())


def in_words(asked: Sequence[AskedRequest]) -> str:
    """Return `3 protection requests, 2 without an answer: 08TRIPOLI402 ¶4, 09RABAT607 ¶2`."""
    unanswered_places = [request.place for request in asked if not request.is_answered]
    counted_requests = counted(len(asked), "protection request")
    if not unanswered_places:
        return counted_requests
    distinct_places = list(dict.fromkeys(unanswered_places))
    and_more = (
        f" and {len(distinct_places) - _LISTED} more places"
        if len(distinct_places) > _LISTED
        else ""
    )
    listed_places = ", ".join(distinct_places[:_LISTED])
    return (
        f"{counted_requests}, {len(unanswered_places)} without an answer: {listed_places}{and_more}"
    )


_LISTED = 20
