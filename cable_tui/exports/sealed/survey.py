"""What the cables of a dossier ask to protect: whom they name, and what a reader must answer.

A plea that no rule can resolve is answered by words to mask (`--mask "WORDS"`) that are near it: at
most `NEAR` characters away, in its paragraph, with no other plea between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from cable_tui.cable import Cable
from cable_tui.errors import UsageError
from cable_tui.exports.sealed.manifest import OpenPlace
from cable_tui.exports.sealed.name_forms import NameForms, forms
from cable_tui.exports.sealed.names import Names
from cable_tui.telegram.people.pleas import IsCommon, Plea, names_meant, nobody, pleas
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted
from cable_tui.value import Value

NEAR = 200
"""Characters between a plea and the words that answer it, at most."""
_QUOTED_BEFORE = 60
_LISTED = 20
"""Places that a sentence names."""


class OpenPlea(NamedTuple):
    """A plea that is not resolved."""

    at: OpenPlace
    quote: str = ""
    """The plea, with some words before it."""

    @property
    def place(self) -> str:
        """`08TRIPOLI402 ¶4`."""
        return self.at.place


class Survey(Value):
    """The pleas of some cables."""

    names: Mapping[str, tuple[str, ...]] = {}
    """Whom each cable asks to protect, by canonical id."""
    pleas: int = 0
    unresolved: tuple[OpenPlea, ...] = ()
    masks: tuple[str, ...] = ()
    """The words to mask: `Ada Pelham` for `ada pelham`, if a cable has them so."""
    unused: tuple[str, ...] = ()
    """Words to mask that are in none of the cables."""

    @property
    def every(self) -> tuple[str, ...]:
        """All names and words to mask that the cables have."""
        used = (each for each in self.masks if each not in self.unused)
        return tuple(dict.fromkeys((*chain(*self.names.values()), *used)))

    @property
    def summary(self) -> str:
        """`11 names masked; 4 places need you`, and words to mask that no cable has."""
        places = places_of(self.unresolved)
        parts = (f"{counted_names(distinct(self.every))} masked", need_you(places), *self.unheard)
        return "; ".join(filter(None, parts))

    @property
    def unheard(self) -> tuple[str, ...]:
        """`no cable has “Pelhem”`, for each words to mask that are not there."""
        return tuple(f"no cable of the dossier has “{clean_line(each)}”" for each in self.unused)

    def all_names(self, is_common: IsCommon = nobody) -> Names:
        """What is masked in what a reader wrote."""
        return Names((*self.every, *self.unused), is_common)


class UnresolvedError(UsageError):
    """A dossier whose pleas are not all resolved or answered; nothing was written."""

    def __init__(self, unresolved: Sequence[OpenPlea]) -> None:
        super().__init__(in_words(unresolved))
        self.unresolved = tuple(unresolved)


def in_words(unresolved: Sequence[OpenPlea]) -> str:
    """`3 pleas could not be resolved: 08TRIPOLI402 ¶4, 08TRIPOLI402 ¶7, 09RABAT607 ¶2`."""
    places = listed(places_of(unresolved))
    return f"{counted(len(unresolved), 'plea')} could not be resolved: {places}"


def places_of(unresolved: Iterable[OpenPlea]) -> tuple[str, ...]:
    """The places of some pleas, each once."""
    return tuple(dict.fromkeys(each.place for each in unresolved))


def need_you(places: Sequence[str]) -> str:
    """`4 places need you`; empty if none does."""
    return f"{counted(len(places), 'place')} need{'s' * (len(places) == 1)} you" * bool(places)


def listed(places: Sequence[str]) -> str:
    """Some places on one line, not hundreds of them."""
    more = len(places) - _LISTED
    shown = clean_line(", ".join(places[:_LISTED]))
    return f"{shown} and {counted(more, 'more place')}" if more > 0 else shown


def survey(
    cables: Iterable[Cable], masks: Sequence[str] = (), is_common: IsCommon = nobody
) -> Survey:
    """Look through some cables, each once; `masks` are the words that a reader masks besides."""
    names: dict[str, tuple[str, ...]] = {}
    unresolved: list[OpenPlea] = []
    given = [(each, Names([each])) for each in masks]
    written: dict[str, str] = {}
    """The words to mask, as the cables have them."""
    count = 0
    for cable in cables:
        body = cable.body.text
        found = pleas(body, is_common)
        count += len(found)
        if found and (meant := names_meant(body, is_common)):
            names[cable.canonical_id] = meant
        for words, finder in given:
            for text in (body, cable.subject, cable.header.text):
                for start, end in finder.spans(text):
                    if not (words in written and _is_name(written[words])):
                        written[words] = " ".join(text[start:end].split())
        unresolved += _open_pleas(cable, found, [finder for _, finder in given])
    unused = tuple(each for each in masks if each not in written)
    named = (each if _is_name(each) else _as_name(each, written.get(each, "")) for each in masks)
    return Survey(names, count, tuple(unresolved), tuple(dict.fromkeys(named)), unused)


def _is_name(words: str) -> bool:
    """Whether words are more than a phrase that is looked for as it is."""
    return not forms(words).literal


def _as_name(words: str, written: str) -> str:
    """Words that somebody typed in small letters, as a cable writes them if they are a name."""
    return written if written and _is_name(written) else words


def _open_pleas(cable: Cable, found: Sequence[Plea], given: Sequence[Names]) -> Iterator[OpenPlea]:
    body = cable.body.text
    for at, each in enumerate(found):
        if each.state != "unresolved":
            continue
        before = found[at - 1].end if at else 0
        after = found[at + 1].start if at + 1 < len(found) else len(body)
        label, start, end = _paragraph(cable, each.start)
        first = max(before, start, each.start - NEAR)
        last = min(after, end, each.end + NEAR)
        near = (body[first : each.start], body[each.end : last])
        if any(finder.spans(text) for finder in given for text in near):
            continue
        quote = " ".join(body[max(start, each.start - _QUOTED_BEFORE) : each.end].split())
        place = OpenPlace(cable.reference_id, cable.canonical_id, label)
        yield OpenPlea(place, clean_line(quote))


def _paragraph(cable: Cable, place: int) -> tuple[str, int, int]:
    """The paragraph that a place is in: the label that it is found by, its start and its end."""
    label = ""
    for each in cable.body.paragraphs:
        start, end = each.span
        if start > place:
            break
        label = each.label or label
        if place < end:
            return label, start, end
    return label, 0, len(cable.body.text)


def counted_names(number: int) -> str:
    """`No name`, `12 names`."""
    return counted(number, "name") if number else "No name"


def distinct(names: Iterable[str]) -> int:
    """How many persons some names are of: `Pelham` and `A. Pelham` are `Ada Pelham`."""
    kept: list[NameForms] = []
    known = (forms(each) for each in dict.fromkeys(names))
    for each in sorted(known, key=lambda each: (-len(each.others), each.name)):
        if not any(_is_other_form(each, other) for other in kept):
            kept.append(each)
    return len(kept)


def _is_other_form(one: NameForms, other: NameForms) -> bool:
    if one.literal or other.literal:
        return one.literal.lower() == other.literal.lower()
    return bool(one.last & other.last) and one.others <= other.others
