"""The protection requests of a cable with what a reader has answered."""

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
    """A request of a cable."""

    reference_id: str
    paragraph: str
    """The label of its paragraph; empty if it has no number."""
    key: RequestKey
    found: Request
    answer: tuple[Span, ...] | None
    """The names that the reader confirmed, by offsets in the text; None without an answer."""
    words: str
    """The words that ask, on one line."""
    proposed: tuple[str, ...]
    """The proposed names, on one line each."""
    proposed_spans: tuple[Span, ...]
    """Where each of them is."""
    confirmed: tuple[str, ...]
    """The confirmed names."""
    sentence: str
    """Its sentence on one line."""

    @property
    def place(self) -> str:
        """Place: `08TRIPOLI402 ¶4`."""
        return f"{self.reference_id} ¶{self.paragraph}" if self.paragraph else self.reference_id

    @property
    def is_answered(self) -> bool:
        """Whether a reader has answered."""
        return self.answer is not None

    @property
    def answered(self) -> str:
        """The answer in words: `Ada Pelham; Ivo Tern`, `nobody`, or empty."""
        return "; ".join(self.confirmed) or "nobody" if self.is_answered else ""


class RequestRow(NamedTuple):
    """A request with its cable's id."""

    id: int
    asked: AskedRequest

    @property
    def names(self) -> tuple[tuple[str, Span], ...]:
        """The names that may be chosen, with their places: the proposed ones, then added ones."""
        request = self.asked
        spans = dict(zip(request.proposed, request.proposed_spans, strict=True))
        spans |= {
            name: span
            for name, span in zip(request.confirmed, request.answer or (), strict=True)
            if name not in spans
        }
        return tuple(spans.items())


_SHOWN = 400
"""The most characters of a sentence."""


def reviewed(cable: Cable, answers: Answers) -> tuple[AskedRequest, ...]:
    """Return the requests of a cable, in order. An answer whose names are gone is not one."""
    body = cable.body.text
    found_requests = requests(Reading(body))
    if not found_requests:
        return ()
    places = ParagraphDigests(cable)
    asked_requests = []
    for request in found_requests:
        key = RequestKey(cable.canonical_id, places.place((request.start, request.end)))
        kept_places = answers.requests.get(key)
        spans = None if kept_places is None else [places.span(place) for place in kept_places]
        answer = None if spans is None or None in spans else _named(body, filter(None, spans))
        proposed_names = _named(body, request.proposed)
        start, end = request.sentence
        start = max(start, request.start - _SHOWN // 2)
        end = min(end, max(request.end, start + _SHOWN))
        asked_requests.append(
            AskedRequest(
                cable.reference_id,
                places.label(request.start),
                key,
                request,
                tuple(answer.values()) if answer is not None else None,
                clean_line(one_line(body, request.start, request.end)),
                tuple(proposed_names),
                tuple(proposed_names.values()),
                tuple(answer or ()),
                clean_line(one_line(body, start, end)),
            )
        )
    return tuple(asked_requests)


def _named(body: str, spans: Iterable[Span]) -> dict[str, Span]:
    """Return the names at some spans, each once, with the first span."""
    span_by_name: dict[str, Span] = {}
    for span in spans:
        if name := clean_line(one_line(body, *span)):
            span_by_name.setdefault(name, span)
    return span_by_name


def places_of_names(
    cable: Cable, asked: AskedRequest, names: Sequence[str]
) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Find names in a cable: return where they are, and those that it does not have.

    Each is taken where it is proposed, otherwise where it is nearest to the request.
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
        shape = r"(?:[\s\\]|-\n){1,99}".join(map(re.escape, name.split()))
        matches = pattern(rf"(?<!\w){shape}(?!\w)", re.IGNORECASE).finditer(body) if shape else ()
        nearest_span = min(
            (match.span() for match in matches),
            key=lambda span: abs(span[0] - asked.found.start),
            default=None,
        )
        if nearest_span is None:
            missing_names.append(name)
        else:
            name_spans.append(nearest_span)
    return tuple(name_spans), tuple(missing_names)


class ProtectedNames(NamedTuple):
    """The names that a cable asks to protect, with other forms of them in the same text."""

    sure: tuple[str, ...]
    """Names that a reader confirmed, and names right at a request without an answer."""
    perhaps: tuple[str, ...]
    """Other names that are proposed for a request without an answer."""
    requests: int
    """The number of requests."""


def protected_names(cable: Cable, answers: Answers) -> ProtectedNames:
    """Return the names that a cable asks to protect, by its requests and the answers to them."""
    sure_names: dict[str, None] = {}
    perhaps_names: dict[str, None] = {}
    asked_requests = reviewed(cable, answers)
    for request in asked_requests:
        right_names = _named(cable.body.text, request.found.names)
        sure_names |= dict.fromkeys(request.confirmed if request.is_answered else right_names)
        perhaps_names |= dict.fromkeys(() if request.is_answered else request.proposed)
    others_of = [name for name in perhaps_names if name not in sure_names]
    return ProtectedNames(
        _with_forms(cable, sure_names), _with_forms(cable, others_of), len(asked_requests)
    )


def confirmed_names(cable: Cable, asked: Iterable[AskedRequest]) -> tuple[str, ...]:
    """Return the confirmed names of a cable, and other forms of them in the same text."""
    names = dict.fromkeys(name for request in asked for name in request.confirmed)
    return _with_forms(cable, names)


def taken_names(cable: Cable, asked: Iterable[AskedRequest]) -> tuple[str, ...]:
    """Return the proposed names of requests without an answer, with their forms."""
    open_ones = (request for request in asked if not request.is_answered)
    return _with_forms(
        cable, dict.fromkeys(name for request in open_ones for name in request.proposed)
    )


def _with_forms(cable: Cable, names: Iterable[str]) -> tuple[str, ...]:
    unique_names: dict[str, str] = {}
    for name in (*names, *others(cable.body.text, names)):
        unique_names.setdefault(name.casefold(), name)
    return tuple(unique_names.values())


def in_words(asked: Sequence[AskedRequest]) -> str:
    """Return `3 protection requests, 2 without an answer: 08TRIPOLI402 ¶4, 09RABAT607 ¶2`."""
    open_ones = [request.place for request in asked if not request.is_answered]
    total = counted(len(asked), "protection request")
    if not open_ones:
        return total
    places = list(dict.fromkeys(open_ones))
    and_more = f" and {len(places) - _LISTED} more places" if len(places) > _LISTED else ""
    return f"{total}, {len(open_ones)} without an answer: {', '.join(places[:_LISTED])}{and_more}"


_LISTED = 20
