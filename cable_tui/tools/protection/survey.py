"""The survey of cables to export: their requests, the answers, and the names to mask.

A confirmed name is masked in all cables, whether or not its own cable is exported. If a surname may
be something else, it is also masked, unless the reader keeps it there.
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
    """A name to mask, with the cable that asks for its protection."""

    name: str
    cable: str
    """The canonical ID of the cable."""
    reference_id: str
    place: DigestSpan
    """The place of the name in that cable."""


class DoubtfulName(NamedTuple):
    """Doubtful occurrences of a surname, or of a name from a cable that is not exported."""

    asking: AskingName
    elsewhere: str
    """The canonical ID of the cable with these places, or an empty string for all exported cables.
    """
    reference_id: str
    """The reference ID of that cable."""
    places: int
    example: str
    """The words around the first place."""
    kept: bool
    """Whether the reader keeps the name there, so that it is not masked."""

    @property
    def key(self) -> KeptName:
        """The key of the reader's answer."""
        return KeptName(self.asking.cable, self.asking.place, self.elsewhere)

    @property
    def sentence(self) -> str:
        """The places in words, such as `Islam in 09RABAT7: 41 places, perhaps not a name`."""
        places = counted(self.places, "place")
        if not self.elsewhere:
            return f"{self.asking.name}, protected in {self.asking.reference_id}: {places}"
        return f"{self.asking.name} in {self.reference_id}: {places}, perhaps not a name"


class OutsideName(NamedTuple):
    """A confirmed name from a cable that is not exported."""

    asking: AskingName
    forms: tuple[str, ...]
    """The name and its other forms in its cable."""


class Survey(Value):
    """The requests in the given cables, and the names that are masked in them."""

    asked: tuple[AskedRequest, ...] = ()
    names: Mapping[str, tuple[str, ...]] = {}
    """The names to mask for each cable's own requests, by canonical ID."""
    outside: tuple[str, ...] = ()
    """The names to mask from cables that are not exported."""
    taken: tuple[str, ...] = ()
    """The names to mask that rules proposed and no one confirmed."""
    doubts: tuple[DoubtfulName, ...] = ()
    derived: tuple[str, ...] = ()
    """Words derived from a masked name, which are not masked: `Pelhamites (09RABAT7)`."""
    masks: tuple[str, ...] = ()
    """The reader's words to mask, in a cable's spelling if the word is a name: `Ada Pelham` for
    `ada pelham`.
    """
    unused: tuple[str, ...] = ()
    """The reader's words to mask that no cable contains."""

    @property
    def open(self) -> tuple[AskedRequest, ...]:
        """The unanswered requests."""
        return tuple(request for request in self.asked if not request.is_answered)

    @property
    def every(self) -> tuple[str, ...]:
        """All names and words to mask that occur in the cables."""
        used_masks = (word for word in self.masks if word not in self.unused)
        return tuple(dict.fromkeys((*chain(*self.names.values()), *self.outside, *used_masks)))

    @property
    def all_names(self) -> MaskedNames:
        """The names to mask in the reader's own texts."""
        return MaskedNames((*self.every, *self.unused))

    def masked_in(self, canonical_id: str, every: MaskedNames) -> MaskedNames:
        """Return the names to mask in a cable; `every` contains them all, as in `all_names`."""
        names = (*self.names.get(canonical_id, ()), *self.masks)
        kept_names = [
            doubt.asking.name
            for doubt in self.doubts
            if doubt.kept and doubt.elsewhere in ("", canonical_id)
        ]
        return every.within(names, kept_names)

    def statements(self, name_count: int, place_count: int) -> Iterator[str]:
        """Yield sentences on what is masked and what the reader has answered."""
        if not (self.asked or self.masks or self.outside):
            yield "No known protection requests in these cables. No names masked"
            return
        if name_count or place_count or not self.asked:
            yield f"{_counted_names(name_count)} masked at {counted(place_count, 'place')}"
        answered_requests = [request for request in self.asked if request.is_answered]
        nobody_count = sum(not request.answer for request in answered_requests)
        if answered_requests:
            sentence = (
                f"{counted(len(answered_requests), 'protection request')} answered by a reader"
            )
            yield sentence + (
                f", {nobody_count} name{'s' * (nobody_count == 1)} nobody" if nobody_count else ""
            )
        if self.open:
            yield f"{counted(len(self.open), 'protection request')} without an answer"
        if self.taken:
            taken_count = f"{distinct(self.taken):,}"
            yield f"Names proposed by rules and not confirmed by anyone: {taken_count}"
        if kept_doubts := [doubt for doubt in self.doubts if doubt.kept]:
            kept_places = counted(sum(doubt.places for doubt in kept_doubts), "place")
            yield f"{kept_places} left unmasked by a reader, because it may not be a name"

    def remarks(self) -> Iterator[str]:
        """Yield remarks for the reader to check before the dossier is published."""
        if doubts := [doubt for doubt in self.doubts if not doubt.kept and doubt.elsewhere]:
            listed_doubts = "; ".join(clean_line(doubt.sentence) for doubt in doubts[:_LISTED])
            and_more = f"; and {len(doubts) - _LISTED} more" if len(doubts) > _LISTED else ""
            yield f"masked, please check: {listed_doubts}{and_more}"
        if outside_doubts := [
            doubt for doubt in self.doubts if not doubt.kept and not doubt.elsewhere
        ]:
            listed_doubts = "; ".join(doubt.sentence for doubt in outside_doubts[:_LISTED])
            yield f"masked, please check: {listed_doubts}"
        if self.derived:
            yield f"not masked, please check: {clean_line(', '.join(self.derived[:_LISTED]))}"
        for word in self.unused:
            yield f"no cable in the dossier contains “{clean_line(word)}”"


_LISTED = 12
_AROUND = 40


class UnansweredError(UsageError):
    """Raised if some protection requests of a dossier are unanswered, so nothing was written."""

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
    """Survey the cables to export, each given once.

    `masks` are additional words to mask, `outside` the confirmed names in other cables. If
    `take_proposed` is true, the proposed names for unanswered requests are masked.
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
        cable_spelling if _is_name(cable_spelling) and not _is_name(word) else word
        for word, cable_spelling in mask_spellings
    )
    first_survey = Survey(
        tuple(asked_requests),
        names_by_id,
        (),
        tuple(names_taken),
        masks=tuple(dict.fromkeys(named_masks)),
        unused=unused_masks,
    )
    return _with_doubts(first_survey, cables, asking_names, answers, tuple(outside))


def names_asked_for(
    cable: Cable, asked: Iterable[AskedRequest], *, take_proposed: bool = False
) -> Iterator[AskingName]:
    """Yield the names to mask for a cable's requests, with their places."""
    paragraph_digests = ParagraphDigests(cable)
    for request in asked:
        name_spans = request.answer if request.answer is not None else ()
        if take_proposed and request.answer is None:
            name_spans = request.found.proposed
        for span in name_spans:
            name = clean_line(one_line(cable.body.text, *span))
            yield AskingName(
                name, cable.canonical_id, cable.reference_id, paragraph_digests.place(span)
            )


def _with_doubts(
    survey: Survey,
    cables: Sequence[Cable],
    asking: Sequence[AskingName],
    answers: Answers,
    outside: Sequence[OutsideName],
) -> Survey:
    """Return the survey with doubtful places, and with names from other cables that occur here."""
    doubts: list[DoubtfulName] = []
    masked_outside: dict[str, None] = {}
    for outside_name in outside:
        name_finder = MaskedNames(outside_name.forms)
        spans_by_cable = [(cable, name_finder.spans(cable.body.text)) for cable in cables]
        span_count = sum(len(spans) for _, spans in spans_by_cable)
        if not span_count:  # a reader's own words may have it
            masked_outside |= dict.fromkeys(outside_name.forms)
            continue
        first_cable = next(cable for cable, spans in spans_by_cable if spans)
        first_span = name_finder.spans(first_cable.body.text)[0]
        outside_doubt = _doubt(
            outside_name.asking, "", first_cable, (span_count, first_span), answers
        )
        doubts.append(outside_doubt)
        if not outside_doubt.kept:
            masked_outside |= dict.fromkeys(outside_name.forms)
            asking = (*asking, outside_name.asking)
    survey = replace(survey, outside=tuple(masked_outside))
    all_names = survey.all_names
    name_by_last: dict[str, AskingName] = {}
    for asked_name in asking:
        for last_name in forms(asked_name.name).last:
            name_by_last.setdefault(last_name, asked_name)
    derived_words: Counter[str] = Counter()
    for cable in cables:
        masked_in_cable = survey.masked_in(cable.canonical_id, all_names)
        body_text = cable.body.text
        spans_by_name: dict[AskingName, list[Span]] = {}
        for last_name, first_span in masked_in_cable.doubtful(body_text):
            if (asking_name := name_by_last.get(last_name)) is not None:
                spans_by_name.setdefault(asking_name, []).append(first_span)
        for asking_name, spans in spans_by_name.items():
            count_and_span = (len(spans), spans[0])
            doubts.append(_doubt(asking_name, cable.canonical_id, cable, count_and_span, answers))
        derived_words.update(
            f"{word} ({cable.reference_id})" for word in masked_in_cable.derived(body_text)
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
    """Return the words to mask, as the cables spell them."""
    finder_by_words = [(masked_words, MaskedNames([masked_words])) for masked_words in masks]
    written_masks: dict[str, str] = {}
    for cable in cables if finder_by_words else ():
        for masked_words, name_finder in finder_by_words:
            for text in (cable.body.text, cable.subject, cable.header.text):
                for start, end in name_finder.spans(text):
                    if not (
                        masked_words in written_masks and _is_name(written_masks[masked_words])
                    ):
                        written_masks[masked_words] = " ".join(text[start:end].split())
    return written_masks


def _is_name(words: str) -> bool:
    """Return whether words are a name rather than a phrase that is searched for literally."""
    return not forms(words).literal


def _counted_names(number: int) -> str:
    return counted(number, "name") if number else "No name"


def distinct(names: Iterable[str]) -> int:
    """Return the number of people with these names; `A. Pelham` and `Ada Pelham` count as one."""
    kept_forms: list[NameForms] = []
    known_forms = (forms(name_form) for name_form in dict.fromkeys(names))
    for name_form in sorted(known_forms, key=lambda name: (-len(name.others), name.name)):
        if not any(_is_other_form(name_form, kept_form) for kept_form in kept_forms):
            kept_forms.append(name_form)
    return len(kept_forms)


def _is_other_form(shorter_form: NameForms, longer_form: NameForms) -> bool:
    if shorter_form.literal or longer_form.literal:
        return shorter_form.literal.lower() == longer_form.literal.lower()
    return bool(shorter_form.last & longer_form.last) and shorter_form.others <= longer_form.others
