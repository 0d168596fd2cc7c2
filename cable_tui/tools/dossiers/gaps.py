"""What a dossier leaves out of a cable: names that ask for protection, paragraphs not cited.

Each is replaced by words of ours, as a `Gap`; all other words are as the source has them. Which
names these are, `protection.survey` says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from cable_tui.base.cable import Cable, Edition, Paragraph, RawCable, Span
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats.sealed_cable import PARTS, Gap, GapKind
from cable_tui.tools.protection.masked_names import LONGEST_NAME, MASK, MaskedNames

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
        text_pieces: list[str] = []
        gaps: list[Gap] = []
        self._ends: list[int] = []
        """The ends of the edits in the old text."""
        self._shifts: list[int] = []
        """The shift after each edit."""
        text_offset = size_before = 0
        for start, end, kind in edits:
            text_pieces += (text[text_offset:start], WORDS[kind])
            size_before += start - text_offset
            gaps.append(Gap(size_before, size_before + len(WORDS[kind]), kind))
            size_before += len(WORDS[kind])
            text_offset = end
            self._ends.append(end)
            self._shifts.append(size_before - end)
        self.text = "".join((*text_pieces, text[text_offset:]))
        self.gaps = tuple(gaps)

    def place(self, span: Span) -> Span:
        """Return a span of the old text, mapped to the new one."""
        start, end = (offset + self._shift(offset) for offset in span)
        return max(start, 0), min(max(start, end, 0), len(self.text))

    def _shift(self, offset: int) -> int:
        edits_before = bisect_right(self._ends, offset)
        return self._shifts[edits_before - 1] if edits_before else 0


def with_gaps(
    raw: RawCable, names: MaskedNames, left_out: Sequence[Paragraph] = ()
) -> tuple[RawCable, dict[str, tuple[Gap, ...]]]:
    """Mask names and paragraphs of a record. Return it, and its gaps by the names of `PARTS`."""
    edits: dict[str, list[tuple[int, int, GapKind]]] = {}
    spans = [span for paragraph in left_out if (span := _text_span(raw.body, paragraph))]
    for part in PARTS:
        whole_text = getattr(raw, part)
        spans_left_out = spans if part == "body" else []
        masks = [span for span in names.spans(whole_text) if not _within(span, spans_left_out)]
        cuts: list[tuple[int, int, GapKind]] = [(*span, "left out") for span in spans_left_out]
        edits[part] = sorted(cuts + [(*span, "name") for span in masks])
    edited = {part: _Edited(getattr(raw, part), edits[part]) for part in PARTS}
    gone_texts = {(paragraph.label, paragraph.span) for paragraph in left_out}
    masked_record = replace(
        raw,
        title=edited["title"].text,
        header=edited["header"].text,
        body=edited["body"].text,
        articles=tuple(map(names.masked_in_path, raw.articles)),
        tags=tuple(map(names.masked_as_typed, raw.tags)),
        remarks=tuple((label, names.masked_in_path(text)) for label, text in raw.remarks),
        edition=raw.edition and _edition(raw, names, edited["body"].place, gone_texts),
    )
    return masked_record, {part: text.gaps for part, text in edited.items() if text.gaps}


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _text_span(body: str, paragraph: Paragraph) -> Span | None:
    """Find a paragraph's words after its number and marking: the numbers stay in order."""
    paragraph_start, paragraph_end = paragraph.span
    first_words = paragraph.text.split("\n", 1)[0][:_FIRST_WORDS].strip()
    if not first_words:
        return None
    words_offset = body.find(first_words, paragraph_start, paragraph_end)
    return (words_offset if words_offset >= 0 else paragraph_start, paragraph_end)


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
    mask_names = names.masked
    masks = names.spans(raw.body)
    edition_paragraphs = []
    for paragraph in edition.paragraphs:
        is_left_out = (paragraph.label, paragraph.span) in gone
        text = (
            WORDS["left out"] if is_left_out else _paragraph_text(raw.body, masks, paragraph, names)
        )
        heading = paragraph.heading and mask_names(paragraph.heading)
        edition_paragraphs.append(
            replace(paragraph, text=text, heading=heading, span=place(paragraph.span))
        )
    return replace(
        edition,
        heading=mask_names(edition.heading),
        subject=mask_names(edition.subject),
        sender=mask_names(edition.sender),
        to=tuple(map(mask_names, edition.to)),
        info=tuple(map(mask_names, edition.info)),
        signed_by=tuple(map(mask_names, edition.signed_by)),
        notes=tuple(map(mask_names, edition.notes)),
        paragraphs=tuple(edition_paragraphs),
        references=tuple(
            replace(ref, text=mask_names(ref.text), span=ref.span and place(ref.span))
            for ref in edition.references
        ),
        people=(),
        terms=(),
    )


def _paragraph_text(
    body: str, masks: Iterable[Span], paragraph: Paragraph, names: MaskedNames
) -> str:
    """Mask names in a paragraph's text, and its part of a name that goes on elsewhere."""
    text = names.masked(paragraph.text)
    for start, end in masks:
        part_of_body = body[start:end]
        if _within((start, end), [paragraph.span]) and part_of_body in text:
            text = re.sub(rf"(?<!\w){re.escape(part_of_body)}(?!\w)", MASK, text)
    return text


def kept(raw: RawCable, left_out: Sequence[Paragraph]) -> str:
    """Return all texts of a record without the paragraphs that are left out."""
    pieces = [raw.title, raw.header]
    kept_from = 0
    for gap_start, gap_end in sorted(
        span for paragraph in left_out if (span := _text_span(raw.body, paragraph))
    ):
        pieces.append(raw.body[kept_from:gap_start])
        kept_from = max(kept_from, gap_end)
    return "\n\n".join((*pieces, raw.body[kept_from:]))


def not_cited(cable: Cable, labels: Iterable[str]) -> list[Paragraph]:
    """Return the paragraphs of a cable other than those of the labels."""
    cited_labels = set(labels)
    return [paragraph for paragraph in cable.body.paragraphs if paragraph.label not in cited_labels]


def stayed(cable: Cable, sealed: Cable, labels: Iterable[str], names: MaskedNames) -> bool:
    """Return whether the cited paragraphs are read from the cut cable as from the whole one."""
    own_texts, sealed_texts = _texts(cable), _texts(sealed)
    return all(
        label in own_texts
        and _even(sealed_texts.get(label, "")) == _even(names.masked(own_texts[label]))
        for label in labels
    )


_MASKS = pattern(r"(?:\[name masked\][\s-]*)+")


def _even(text: str) -> str:
    """Return a text in which a mask that a page line divides is one mask."""
    return _MASKS.sub(f"{MASK} ", text)


def _texts(cable: Cable) -> dict[str | None, str]:
    """Return the texts of paragraphs by their labels; the first one if labels are repeated."""
    return {paragraph.label: paragraph.text for paragraph in reversed(cable.body.paragraphs)}


_MOST_PLACES = 256
"""Places in which a repeated piece of text is looked for: more have only texts made to be slow."""


def gaps_of(text: str) -> tuple[Gap, ...]:
    """Return the masks in a text of one line, whose gaps are not stored."""
    return tuple(Gap(*match.span(), "name") for match in _MASK.finditer(text))


_MASK = pattern(re.escape(MASK))


def matches(sealed: str, gaps: Sequence[Gap], text: str, *, dense: bool = False) -> bool:
    """Return whether a text is a sealed one but for the gaps; `dense` leaves blanks out of account.

    A masked name stands for at most `LONGEST_NAME` characters, a paragraph for any number.
    """
    ends = [gap.start for gap in gaps] + [len(sealed)]
    starts = [0, *(gap.end for gap in gaps)]
    first_piece, *pieces = (sealed[start:end] for start, end in zip(starts, ends, strict=True))
    if dense:
        text, first_piece, *pieces = (
            "".join(words.split()) for words in (text, first_piece, *pieces)
        )
    if not gaps:
        return first_piece == text
    if not text.startswith(first_piece):
        return False
    places = [len(first_piece)]
    """Offsets at which the text may go on after the piece before."""
    for gap, piece in zip(gaps[:-1], pieces[:-1], strict=True):
        most_hidden = LONGEST_NAME if gap.kind == "name" else len(text)
        places = _behind(text, piece, places, most_hidden)
        if not places:
            return False
    offset = len(text) - len(pieces[-1])
    most_hidden = LONGEST_NAME if gaps[-1].kind == "name" else len(text)
    return text.endswith(pieces[-1]) and any(0 < offset - place <= most_hidden for place in places)


def _behind(text: str, piece: str, places: Sequence[int], within: int) -> list[int]:
    """Return where a piece ends that begins at most `within` characters after one of the places."""
    piece_ends: list[int] = []
    end_of_last = 0
    for place in places:
        start = text.find(piece, max(place + 1, end_of_last), place + within + len(piece))
        while start >= 0 and len(piece_ends) < _MOST_PLACES:
            piece_ends.append(start + len(piece))
            end_of_last = start + 1
            start = text.find(piece, end_of_last, place + within + len(piece))
    return piece_ends
