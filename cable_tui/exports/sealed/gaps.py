"""What a dossier leaves out of a cable: names that ask for protection, paragraphs not cited.

Each is replaced by words of ours, as a `Gap`; all other words are as the source has them. A
`Survey` says what the cables ask to protect, who is named, and what a reader must answer: a plea
that no rule can resolve is answered by words to mask (`--mask "WORDS"`) that are near it, at most
`NEAR` characters away, in its paragraph, with no other plea between.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from cable_tui.cable import Cable, Edition, Paragraph, RawCable, Span
from cable_tui.errors import UsageError
from cable_tui.exports.sealed.manifest import OpenPlace
from cable_tui.exports.sealed.name_search import NameForms, forms
from cable_tui.exports.sealed.names import LONGEST_NAME, MASK, MaskedNames
from cable_tui.formats.sealed_cable import PARTS, Gap, GapKind
from cable_tui.pattern import pattern
from cable_tui.telegram.people.pleas import IsCommon, Plea, names_meant, nobody, pleas
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted
from cable_tui.value import Value, replace

WORDS: dict[GapKind, str] = {
    "name": MASK,
    "left out": "[paragraph left out of this dossier]",
}
"""The words in place of an omission."""
_FIRST_WORDS = 30
"""Characters of a paragraph's text by which its beginning is found after the number."""


class _Edited:
    """A text in which some spans are replaced; it maps offsets of the old text to the new one."""

    def __init__(self, text: str, edits: Sequence[tuple[int, int, GapKind]]) -> None:
        pieces: list[str] = []
        gaps: list[Gap] = []
        self._ends: list[int] = []
        """The ends of the edits in the old text."""
        self._shifts: list[int] = []
        """The shift after each edit."""
        at = size = 0
        for start, end, kind in edits:
            pieces += (text[at:start], WORDS[kind])
            size += start - at
            gaps.append(Gap(size, size + len(WORDS[kind]), kind))
            size += len(WORDS[kind])
            at = end
            self._ends.append(end)
            self._shifts.append(size - end)
        self.text = "".join((*pieces, text[at:]))
        self.gaps = tuple(gaps)

    def place(self, span: Span) -> Span:
        """Return a span of the old text, mapped to the new one."""
        start, end = (at + self._shift(at) for at in span)
        return max(start, 0), min(max(start, end, 0), len(self.text))

    def _shift(self, at: int) -> int:
        behind = bisect_right(self._ends, at)
        return self._shifts[behind - 1] if behind else 0


def with_gaps(
    raw: RawCable, names: MaskedNames, left_out: Sequence[Paragraph] = ()
) -> tuple[RawCable, dict[str, tuple[Gap, ...]]]:
    """Mask names and paragraphs of a record. Return it, and its gaps by the names of `PARTS`."""
    edits: dict[str, list[tuple[int, int, GapKind]]] = {}
    spans = [span for each in left_out if (span := _text_span(raw.body, each))]
    for part in PARTS:
        whole = getattr(raw, part)
        gone = spans if part == "body" else []
        masks = [span for span in names.spans(whole) if not _within(span, gone)]
        found: list[tuple[int, int, GapKind]] = [(*span, "left out") for span in gone]
        edits[part] = sorted(found + [(*span, "name") for span in masks])
    edited = {part: _Edited(getattr(raw, part), edits[part]) for part in PARTS}
    gone_texts = {(each.label, each.span) for each in left_out}
    made = replace(
        raw,
        title=edited["title"].text,
        header=edited["header"].text,
        body=edited["body"].text,
        articles=tuple(map(names.masked_in_path, raw.articles)),
        tags=tuple(map(names.masked_as_typed, raw.tags)),
        remarks=tuple((label, names.masked_in_path(text)) for label, text in raw.remarks),
        edition=raw.edition and _edition(raw, names, edited["body"].place, gone_texts),
    )
    return made, {part: each.gaps for part, each in edited.items() if each.gaps}


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _text_span(body: str, paragraph: Paragraph) -> Span | None:
    """Find a paragraph's words after its number and marking: the numbers stay in order."""
    start, end = paragraph.span
    first = paragraph.text.split("\n", 1)[0][:_FIRST_WORDS].strip()
    if not first:
        return None
    found = body.find(first, start, end)
    return (found if found >= 0 else start, end)


def _edition(
    raw: RawCable,
    names: MaskedNames,
    place: Callable[[Span], Span],
    gone: set[tuple[str | None, Span]],
) -> Edition | None:
    """Return the edition's mark-up, in step with the body, without the lists of its volume."""
    edition = raw.edition
    if edition is None:
        return None
    mask = names.masked
    masks = names.spans(raw.body)
    paragraphs = []
    for each in edition.paragraphs:
        left_out = (each.label, each.span) in gone
        text = WORDS["left out"] if left_out else _paragraph_text(raw.body, masks, each, names)
        heading = each.heading and mask(each.heading)
        paragraphs.append(replace(each, text=text, heading=heading, span=place(each.span)))
    return edition._replace(
        heading=mask(edition.heading),
        subject=mask(edition.subject),
        sender=mask(edition.sender),
        to=tuple(map(mask, edition.to)),
        info=tuple(map(mask, edition.info)),
        signed_by=tuple(map(mask, edition.signed_by)),
        notes=tuple(map(mask, edition.notes)),
        paragraphs=tuple(paragraphs),
        references=tuple(
            replace(each, text=mask(each.text), span=each.span and place(each.span))
            for each in edition.references
        ),
        people=(),
        terms=(),
    )


def _paragraph_text(body: str, masks: Iterable[Span], each: Paragraph, names: MaskedNames) -> str:
    """Mask names in a paragraph's text, and its part of a name that goes on elsewhere."""
    text = names.masked(each.text)
    for start, end in masks:
        part = body[start:end]
        if _within((start, end), [each.span]) and part in text:
            text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", MASK, text)
    return text


def kept(raw: RawCable, left_out: Sequence[Paragraph]) -> str:
    """Return all texts of a record without the paragraphs that are left out."""
    pieces = [raw.title, raw.header]
    at = 0
    for start, end in sorted(span for each in left_out if (span := _text_span(raw.body, each))):
        pieces.append(raw.body[at:start])
        at = max(at, end)
    return "\n\n".join((*pieces, raw.body[at:]))


def not_cited(cable: Cable, labels: Iterable[str]) -> list[Paragraph]:
    """Return the paragraphs of a cable other than those of the labels."""
    kept = set(labels)
    return [each for each in cable.body.paragraphs if each.label not in kept]


def stayed(cable: Cable, sealed: Cable, labels: Iterable[str], names: MaskedNames) -> bool:
    """Return whether the cited paragraphs are read from the cut cable as from the whole one."""
    ours, theirs = _texts(cable), _texts(sealed)
    return all(
        label in ours and _even(theirs.get(label, "")) == _even(names.masked(ours[label]))
        for label in labels
    )


_MASKS = pattern(r"(?:\[name masked\][\s-]*)+")


def _even(text: str) -> str:
    """Return a text in which a mask that a page line divides is one mask."""
    return _MASKS.sub(f"{MASK} ", text)


def _texts(cable: Cable) -> dict[str | None, str]:
    """Return the texts of paragraphs by their labels; the first one if labels are repeated."""
    return {each.label: each.text for each in reversed(cable.body.paragraphs)}


_MOST_PLACES = 256
"""Places in which a repeated piece of text is looked for: more have only texts made to be slow."""


def gaps_of(text: str) -> tuple[Gap, ...]:
    """Return the masks in a text of one line, whose gaps are not stored."""
    return tuple(Gap(*found.span(), "name") for found in _MASK.finditer(text))


_MASK = pattern(re.escape(MASK))


def matches(sealed: str, gaps: Sequence[Gap], text: str, *, dense: bool = False) -> bool:
    """Return whether a text is a sealed one but for the gaps; `dense` leaves blanks out of account.

    A masked name stands for at most `LONGEST_NAME` characters, a paragraph for any number.
    """
    ends = [gap.start for gap in gaps] + [len(sealed)]
    starts = [0, *(gap.end for gap in gaps)]
    first, *pieces = (sealed[start:end] for start, end in zip(starts, ends, strict=True))
    if dense:
        text, first, *pieces = ("".join(each.split()) for each in (text, first, *pieces))
    if not gaps:
        return first == text
    if not text.startswith(first):
        return False
    places = [len(first)]
    """Offsets at which the text may go on after the piece before."""
    for gap, piece in zip(gaps[:-1], pieces[:-1], strict=True):
        within = LONGEST_NAME if gap.kind == "name" else len(text)
        places = _behind(text, piece, places, within)
        if not places:
            return False
    at = len(text) - len(pieces[-1])
    within = LONGEST_NAME if gaps[-1].kind == "name" else len(text)
    return text.endswith(pieces[-1]) and any(0 < at - place <= within for place in places)


def _behind(text: str, piece: str, places: Sequence[int], within: int) -> list[int]:
    """Return where a piece ends that begins at most `within` characters after one of the places."""
    found: list[int] = []
    behind = 0
    for place in places:
        at = text.find(piece, max(place + 1, behind), place + within + len(piece))
        while at >= 0 and len(found) < _MOST_PLACES:
            found.append(at + len(piece))
            behind = at + 1
            at = text.find(piece, behind, place + within + len(piece))
    return found


NEAR = 200
"""The most characters between a plea and the words that answer it."""
_QUOTED_BEFORE = 60
_LISTED = 20
"""The most places that a sentence names."""


class OpenPlea(NamedTuple):
    """A plea that is not resolved."""

    at: OpenPlace
    quote: str = ""
    """The plea, with some words before it."""

    @property
    def place(self) -> str:
        """Place: `08TRIPOLI402 ¶4`."""
        return self.at.place


class Survey(Value):
    """The pleas of some cables."""

    names: Mapping[str, tuple[str, ...]] = {}
    """The names that each cable asks to protect, by canonical id."""
    pleas: int = 0
    unresolved: tuple[OpenPlea, ...] = ()
    masks: tuple[str, ...] = ()
    """The words to mask: `Ada Pelham` for `ada pelham`, if a cable has them so."""
    unused: tuple[str, ...] = ()
    """Words to mask that no cable has."""

    @property
    def every(self) -> tuple[str, ...]:
        """All names and words to mask that the cables have."""
        used = (each for each in self.masks if each not in self.unused)
        return tuple(dict.fromkeys((*chain(*self.names.values()), *used)))

    @property
    def summary(self) -> str:
        """Summary: `11 names masked; 4 places need you`, and words to mask that no cable has."""
        places = places_of(self.unresolved)
        parts = (f"{counted_names(distinct(self.every))} masked", need_you(places), *self.unheard)
        return "; ".join(filter(None, parts))

    @property
    def unheard(self) -> tuple[str, ...]:
        """`no cable has “Pelhem”`, for each text to mask that is missing."""
        return tuple(f"no cable of the dossier has “{clean_line(each)}”" for each in self.unused)

    def outcome(self, names: int, times: int) -> str:
        """Return the results for names and pleas, in words.

        Empty if no cable asks for protection.
        """
        if not (self.pleas or self.masks):
            return ""
        often = f", {counted(times, 'time')}" if times else ""
        masked = f"{counted_names(names)} masked{often}"
        unheard = "".join(f". {each[0].upper()}{each[1:]}" for each in self.unheard)
        if places := places_of(self.unresolved):
            return f"{masked}; {need_you(places)}: {listed(places)}{unheard}"
        rules = "Rules find names, and can miss one: read it before you pass it on"
        return f"{masked}{unheard}. {rules}"

    def all_names(self, is_common: IsCommon = nobody) -> MaskedNames:
        """Return the names to mask in a reader's own texts."""
        return MaskedNames((*self.every, *self.unused), is_common)


class UnresolvedError(UsageError):
    """A dossier whose pleas are not all resolved or answered; nothing was written."""

    def __init__(self, unresolved: Sequence[OpenPlea]) -> None:
        super().__init__(in_words(unresolved))
        self.unresolved = tuple(unresolved)


def in_words(unresolved: Sequence[OpenPlea]) -> str:
    """Return `3 pleas could not be resolved: 08TRIPOLI402 ¶4, 08TRIPOLI402 ¶7, 09RABAT607 ¶2`."""
    places = listed(places_of(unresolved))
    return f"{counted(len(unresolved), 'plea')} could not be resolved: {places}"


def places_of(unresolved: Iterable[OpenPlea]) -> tuple[str, ...]:
    """Return the places of some pleas, each once."""
    return tuple(dict.fromkeys(each.place for each in unresolved))


def need_you(places: Sequence[str]) -> str:
    """Return `4 places need you`; empty if none does."""
    return f"{counted(len(places), 'place')} need{'s' * (len(places) == 1)} you" * bool(places)


def listed(places: Sequence[str]) -> str:
    """Return a few places on one line."""
    more = len(places) - _LISTED
    shown = clean_line(", ".join(places[:_LISTED]))
    return f"{shown} and {counted(more, 'more place')}" if more > 0 else shown


def survey(
    cables: Iterable[Cable], masks: Sequence[str] = (), is_common: IsCommon = nobody
) -> Survey:
    """Look through some cables, each once; `masks` are the words that a reader masks as well."""
    names: dict[str, tuple[str, ...]] = {}
    unresolved: list[OpenPlea] = []
    given = [(each, MaskedNames([each])) for each in masks]
    written: dict[str, str] = {}
    """The words to mask, in the spelling of the cables."""
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
    # What somebody typed in small letters is masked as a cable writes it, if that is a name.
    spelled = ((each, written.get(each, each)) for each in masks)
    named = (here if _is_name(here) and not _is_name(each) else each for each, here in spelled)
    return Survey(names, count, tuple(unresolved), tuple(dict.fromkeys(named)), unused)


def _is_name(words: str) -> bool:
    """Return whether words are a name, not a phrase that is searched as it is."""
    return not forms(words).literal


def _open_pleas(
    cable: Cable, found: Sequence[Plea], given: Sequence[MaskedNames]
) -> Iterator[OpenPlea]:
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
    """Return the paragraph around an offset: its label, its start and its end."""
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
    """Return `No name`, `12 names`."""
    return counted(number, "name") if number else "No name"


def distinct(names: Iterable[str]) -> int:
    """Return how many persons some names belong to: `Pelham` and `A. Pelham` are `Ada Pelham`."""
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
