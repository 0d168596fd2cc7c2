"""What some cables ask to protect when they go out: requests, answers, names to mask.

A name that a reader confirmed is masked in every cable, whether its own cable goes out or not.
Where a surname may be something else it is masked too, unless the reader keeps it there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from cable_tui.base.cable import Cable, Span
from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, replace
from cable_tui.telegram.people.name_forms import one_line
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted
from cable_tui.tools.protection.answers import NO_ANSWERS, Answers, KeptName
from cable_tui.tools.protection.digest_spans import DigestSpan, ParagraphDigests
from cable_tui.tools.protection.masked_names import MaskedNames
from cable_tui.tools.protection.name_search import NameForms, forms
from cable_tui.tools.protection.review import (
    AskedRequest,
    confirmed_names,
    in_words,
    reviewed,
    taken_names,
)


class AskingName(NamedTuple):
    """A name to mask, with the cable that asks."""

    name: str
    cable: str
    """The canonical id."""
    reference_id: str
    place: DigestSpan
    """Where the cable has the name."""


class DoubtfulName(NamedTuple):
    """Places of a surname that may be something else, or of a name of a cable that stays here."""

    asking: AskingName
    elsewhere: str
    """The canonical id of the cable with these places; empty for all cables that go out."""
    reference_id: str
    """Its reference id."""
    places: int
    example: str
    """The words around the first place."""
    kept: bool
    """Whether the reader keeps it there: it is not masked."""

    @property
    def key(self) -> KeptName:
        """The key of the reader's answer."""
        return KeptName(self.asking.cable, self.asking.place, self.elsewhere)

    @property
    def sentence(self) -> str:
        """Question: `Islam in 09RABAT7: 41 places; is it the name there?`."""
        places = counted(self.places, "place")
        if not self.elsewhere:
            return f"{self.asking.name}, protected in {self.asking.reference_id}: {places}"
        return f"{self.asking.name} in {self.reference_id}: {places}, perhaps not a name"


class OutsideName(NamedTuple):
    """A confirmed name of a cable that does not go out."""

    asking: AskingName
    forms: tuple[str, ...]
    """The name, and other forms of it in its cable."""


class Survey(Value):
    """The requests of some cables, and what is masked."""

    asked: tuple[AskedRequest, ...] = ()
    names: Mapping[str, tuple[str, ...]] = {}
    """The names to mask that each cable asks to protect, by canonical id."""
    outside: tuple[str, ...] = ()
    """Names to mask of cables that do not go out."""
    taken: tuple[str, ...] = ()
    """Names among them that rules proposed, and nobody confirmed."""
    doubts: tuple[DoubtfulName, ...] = ()
    derived: tuple[str, ...] = ()
    """Words made of a masked name, which are not masked: `Pelhamites (09RABAT7)`."""
    masks: tuple[str, ...] = ()
    """The words to mask: `Ada Pelham` for `ada pelham`, if a cable has them so."""
    unused: tuple[str, ...] = ()
    """Words to mask that no cable has."""

    @property
    def open(self) -> tuple[AskedRequest, ...]:
        """The requests without an answer."""
        return tuple(request for request in self.asked if not request.is_answered)

    @property
    def every(self) -> tuple[str, ...]:
        """All names and words to mask that the cables have."""
        used_masks = (word for word in self.masks if word not in self.unused)
        return tuple(dict.fromkeys((*chain(*self.names.values()), *self.outside, *used_masks)))

    @property
    def all_names(self) -> MaskedNames:
        """The names to mask in a reader's own texts."""
        return MaskedNames((*self.every, *self.unused))

    def masked_in(self, canonical_id: str, every: MaskedNames) -> MaskedNames:
        """Return the names to mask in a cable; `every` are all of them, `all_names`."""
        names = (*self.names.get(canonical_id, ()), *self.masks)
        kept_names = [
            doubt.asking.name
            for doubt in self.doubts
            if doubt.kept and doubt.elsewhere in ("", canonical_id)
        ]
        return every.within(names, kept_names)

    def statements(self, names: int, places: int) -> Iterator[str]:
        """Yield what is masked and what a reader has answered, in sentences."""
        if not (self.asked or self.masks or self.outside):
            yield "No known protection requests. No name masked"
            return
        if names or places or not self.asked:
            yield f"{_counted_names(names)} masked at {counted(places, 'place')}"
        answered_requests = [request for request in self.asked if request.is_answered]
        nobody = sum(not request.answer for request in answered_requests)
        if answered_requests:
            sentence = (
                f"{counted(len(answered_requests), 'protection request')} answered by a reader"
            )
            yield sentence + (f", {nobody} name{'s' * (nobody == 1)} nobody" if nobody else "")
        if self.open:
            yield f"{counted(len(self.open), 'protection request')} without an answer"
        if self.taken:
            taken_count = f"{distinct(self.taken):,}"
            yield f"Names proposed by rules, confirmed by no one: {taken_count}"
        if kept_doubts := [doubt for doubt in self.doubts if doubt.kept]:
            count = counted(sum(doubt.places for doubt in kept_doubts), "place")
            yield f"{count} kept by a reader as perhaps not a name"

    def remarks(self) -> Iterator[str]:
        """Yield what a reader should look at before the dossier goes out."""
        if doubts := [doubt for doubt in self.doubts if not doubt.kept and doubt.elsewhere]:
            listed_doubts = "; ".join(clean_line(doubt.sentence) for doubt in doubts[:_LISTED])
            and_more = f"; and {len(doubts) - _LISTED} more" if len(doubts) > _LISTED else ""
            yield f"masked, look: {listed_doubts}{and_more}"
        if outside_doubts := [
            doubt for doubt in self.doubts if not doubt.kept and not doubt.elsewhere
        ]:
            yield f"masked, look: {'; '.join(doubt.sentence for doubt in outside_doubts[:_LISTED])}"
        if self.derived:
            yield f"not masked, look: {clean_line(', '.join(self.derived[:_LISTED]))}"
        for word in self.unused:
            yield f"no cable of the dossier contains “{clean_line(word)}”"


_LISTED = 12
_AROUND = 40


class UnansweredError(UsageError):
    """A dossier whose protection requests are not all answered; nothing was written."""

    def __init__(self, unanswered: Sequence[AskedRequest]) -> None:
        super().__init__(in_words(unanswered))
        self.unanswered = tuple(unanswered)


def survey(
    cables: Iterable[Cable],
    masks: Sequence[str] = (),
    answers: Answers = NO_ANSWERS,
    outside: Iterable[OutsideName] = (),
    *,
    take_proposed: bool = False,
) -> Survey:
    """Look through the cables that go out, each once.

    `masks` are words that a reader masks as well, `outside` the confirmed names of other cables.
    With `take_proposed` the proposed names of requests without an answer are masked.
    """
    cables = list(cables)
    asked_requests: list[AskedRequest] = []
    names_by_id: dict[str, tuple[str, ...]] = {}
    names_taken: dict[str, None] = {}
    asking_names: list[AskingName] = []
    for cable in cables:
        own_requests = reviewed(cable, answers)
        if not own_requests:
            continue
        asked_requests += own_requests
        confirmed_here = confirmed_names(cable, own_requests)
        proposed_names = taken_names(cable, own_requests) if take_proposed else ()
        names_taken |= dict.fromkeys(name for name in proposed_names if name not in confirmed_here)
        names_by_id[cable.canonical_id] = tuple(dict.fromkeys((*confirmed_here, *proposed_names)))
        asking_names += names_asked_for(cable, own_requests, take_proposed=take_proposed)
    written_masks = _written(cables, masks)
    unused_masks = tuple(word for word in masks if word not in written_masks)
    # What somebody typed in small letters is masked as a cable writes it, if that is a name.
    mask_spellings = ((word, written_masks.get(word, word)) for word in masks)
    named_masks = (
        in_cable if _is_name(in_cable) and not _is_name(word) else word
        for word, in_cable in mask_spellings
    )
    result = Survey(
        tuple(asked_requests),
        names_by_id,
        (),
        tuple(names_taken),
        masks=tuple(dict.fromkeys(named_masks)),
        unused=unused_masks,
    )
    return _with_doubts(result, cables, asking_names, answers, tuple(outside))


def names_asked_for(
    cable: Cable, asked: Iterable[AskedRequest], *, take_proposed: bool = False
) -> Iterator[AskingName]:
    """Yield the names to mask of a cable's requests, with their places."""
    places = ParagraphDigests(cable)
    for request in asked:
        spans = request.answer if request.answer is not None else ()
        if take_proposed and request.answer is None:
            spans = request.found.proposed
        for span in spans:
            name = clean_line(one_line(cable.body.text, *span))
            yield AskingName(name, cable.canonical_id, cable.reference_id, places.place(span))


def _with_doubts(
    survey: Survey,
    cables: Sequence[Cable],
    asking: Sequence[AskingName],
    answers: Answers,
    outside: Sequence[OutsideName],
) -> Survey:
    """Return the survey with names from outside that the cables have, and with doubtful places."""
    doubts: list[DoubtfulName] = []
    masked_outside: dict[str, None] = {}
    for outside_name in outside:
        finder = MaskedNames(outside_name.forms)
        texts = [(cable, finder.spans(cable.body.text)) for cable in cables]
        span_count = sum(len(spans) for _, spans in texts)
        if not span_count:  # a reader's own words may have it
            masked_outside |= dict.fromkeys(outside_name.forms)
            continue
        first_cable = next(cable for cable, spans in texts if spans)
        span = finder.spans(first_cable.body.text)[0]
        doubt = _doubt(outside_name.asking, "", first_cable, (span_count, span), answers)
        doubts.append(doubt)
        if not doubt.kept:
            masked_outside |= dict.fromkeys(outside_name.forms)
            asking = (*asking, outside_name.asking)
    survey = replace(survey, outside=tuple(masked_outside))
    all_names = survey.all_names
    of_last: dict[str, AskingName] = {}
    for asked_name in asking:
        for last_name in forms(asked_name.name).last:
            of_last.setdefault(last_name, asked_name)
    derived_words: Counter[str] = Counter()
    for cable in cables:
        masked_in_cable = survey.masked_in(cable.canonical_id, all_names)
        text = cable.body.text
        places: dict[AskingName, list[Span]] = {}
        for last_name, span in masked_in_cable.doubtful(text):
            if (asking_name := of_last.get(last_name)) is not None:
                places.setdefault(asking_name, []).append(span)
        for asking_name, spans in places.items():
            count_and_span = (len(spans), spans[0])
            doubts.append(_doubt(asking_name, cable.canonical_id, cable, count_and_span, answers))
        derived_words.update(
            f"{word} ({cable.reference_id})" for word in masked_in_cable.derived(text)
        )
    return replace(survey, doubts=tuple(doubts), derived=tuple(derived_words))


def _doubt(
    name: AskingName, elsewhere: str, cable: Cable, places: tuple[int, Span], answers: Answers
) -> DoubtfulName:
    mention_count, (name_start, name_end) = places
    text_around = cable.body.text[max(name_start - _AROUND, 0) : name_end + _AROUND]
    is_kept = KeptName(name.cable, name.place, elsewhere) in answers.kept
    shown_text = clean_line(" ".join(text_around.split()))
    return DoubtfulName(name, elsewhere, cable.reference_id, mention_count, shown_text, is_kept)


def _written(cables: Iterable[Cable], masks: Sequence[str]) -> dict[str, str]:
    """Return the words to mask in the spelling of the cables."""
    finders = [(words, MaskedNames([words])) for words in masks]
    written_masks: dict[str, str] = {}
    for cable in cables if finders else ():
        for words, finder in finders:
            for text in (cable.body.text, cable.subject, cable.header.text):
                for start, end in finder.spans(text):
                    if not (words in written_masks and _is_name(written_masks[words])):
                        written_masks[words] = " ".join(text[start:end].split())
    return written_masks


def _is_name(words: str) -> bool:
    """Return whether words are a name, not a phrase that is searched as it is."""
    return not forms(words).literal


def _counted_names(number: int) -> str:
    return counted(number, "name") if number else "No name"


def distinct(names: Iterable[str]) -> int:
    """Return how many persons some names belong to: `Pelham` and `A. Pelham` are `Ada Pelham`."""
    kept_forms: list[NameForms] = []
    known_forms = (forms(name) for name in dict.fromkeys(names))
    for name in sorted(known_forms, key=lambda name: (-len(name.others), name.name)):
        if not any(_is_other_form(name, kept_form) for kept_form in kept_forms):
            kept_forms.append(name)
    return len(kept_forms)


def _is_other_form(one: NameForms, other: NameForms) -> bool:
    if one.literal or other.literal:
        return one.literal.lower() == other.literal.lower()
    return bool(one.last & other.last) and one.others <= other.others
