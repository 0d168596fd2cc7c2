"""Gaps in the cables of a dossier: masked names, and paragraphs that are not cited.

Each omission is replaced with fixed words and recorded as a `Gap`; all other words are from the
source. `protection.survey` determines the names to mask.
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
"""The words that replace an omission."""
_FIRST_WORDS = 30
"""The number of characters used to locate the start of a paragraph's text after its number."""


class _Edited:
    """A text in which some spans are replaced, and the mapping of old offsets to new offsets."""

    def __init__(self, text: str, edits: Sequence[tuple[int, int, GapKind]]) -> None:
        text_pieces: list[str] = []
        gaps: list[Gap] = []
        self._ends: list[int] = []
        """The ends of the edits in the old text."""
        self._shifts: list[int] = []
        """The shift of offsets after each edit."""
        text_offset = new_length = 0
        for edit_start, edit_end, gap_kind in edits:
            text_pieces += (text[text_offset:edit_start], WORDS[gap_kind])
            new_length += edit_start - text_offset
            gaps.append(Gap(new_length, new_length + len(WORDS[gap_kind]), gap_kind))
            new_length += len(WORDS[gap_kind])
            text_offset = edit_end
            self._ends.append(edit_end)
            self._shifts.append(new_length - edit_end)
        self.text = "".join((*text_pieces, text[text_offset:]))
        self.gaps = tuple(gaps)

    def place(self, span: Span) -> Span:
        """Return a span of the old text, mapped to the new text."""
        start, end = (offset + self._shift(offset) for offset in span)
        return max(start, 0), min(max(start, end, 0), len(self.text))

    def _shift(self, offset: int) -> int:
        edits_before = bisect_right(self._ends, offset)
        return self._shifts[edits_before - 1] if edits_before else 0


def with_gaps(
    raw: RawCable, names: MaskedNames, left_out: Sequence[Paragraph] = ()
) -> tuple[RawCable, dict[str, tuple[Gap, ...]]]:
    """Mask names and remove paragraphs in a record.

    Return the record, and its gaps by the names in `PARTS`.
    """
    edits: dict[str, list[tuple[int, int, GapKind]]] = {}
    left_out_spans = [span for paragraph in left_out if (span := _text_span(raw.body, paragraph))]
    for part_name in PARTS:
        whole_text = getattr(raw, part_name)
        spans_left_out = left_out_spans if part_name == "body" else []
        name_spans = [span for span in names.spans(whole_text) if not _within(span, spans_left_out)]
        cuts: list[tuple[int, int, GapKind]] = [(*span, "left out") for span in spans_left_out]
        edits[part_name] = sorted(cuts + [(*span, "name") for span in name_spans])
    edited = {part_name: _Edited(getattr(raw, part_name), edits[part_name]) for part_name in PARTS}
    removed_paragraphs = {(paragraph.label, paragraph.span) for paragraph in left_out}
    masked_record = replace(
        raw,
        title=edited["title"].text,
        header=edited["header"].text,
        body=edited["body"].text,
        articles=tuple(map(names.masked_in_path, raw.articles)),
        tags=tuple(map(names.masked_as_typed, raw.tags)),
        remarks=tuple(
            (label, names.masked_in_path(edited_text)) for label, edited_text in raw.remarks
        ),
        edition=raw.edition and _edition(raw, names, edited["body"].place, removed_paragraphs),
    )
    return masked_record, {
        part_name: edited_text.gaps for part_name, edited_text in edited.items() if edited_text.gaps
    }


def _within(span: Span, other_spans: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in other_spans)


def _text_span(body: str, paragraph: Paragraph) -> Span | None:
    """Return the span of a paragraph's words after its number and marking.

    The numbers remain in place, to keep the sequence intact.
    """
    paragraph_start, paragraph_end = paragraph.span
    first_words = paragraph.text.split("\n", 1)[0][:_FIRST_WORDS].strip()
    if not first_words:
        return None
    words_offset = body.find(first_words, paragraph_start, paragraph_end)
    return (words_offset if words_offset >= 0 else paragraph_start, paragraph_end)


def _edition(
    raw: RawCable,
    names: MaskedNames,
    map_span: Callable[[Span], Span],
    removed_paragraphs: set[tuple[str | None, Span]],
) -> Edition | None:
    """Return the edition's mark-up, matched to the new body, without the lists of its volume."""
    edition = raw.edition
    if edition is None:
        return None
    mask_names = names.masked
    name_spans = names.spans(raw.body)
    edition_paragraphs = []
    for paragraph in edition.paragraphs:
        is_left_out = (paragraph.label, paragraph.span) in removed_paragraphs
        masked_text = (
            WORDS["left out"]
            if is_left_out
            else _paragraph_text(raw.body, name_spans, paragraph, names)
        )
        heading = paragraph.heading and mask_names(paragraph.heading)
        edition_paragraphs.append(
            replace(paragraph, text=masked_text, heading=heading, span=map_span(paragraph.span))
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
            replace(ref, text=mask_names(ref.text), span=ref.span and map_span(ref.span))
            for ref in edition.references
        ),
        people=(),
        terms=(),
    )


def _paragraph_text(
    body: str, name_spans: Iterable[Span], paragraph: Paragraph, names: MaskedNames
) -> str:
    """Mask names in a paragraph's text, including any part of a name that continues elsewhere."""
    masked_text = names.masked(paragraph.text)
    for start, end in name_spans:
        name_part = body[start:end]
        if _within((start, end), [paragraph.span]) and name_part in masked_text:
            masked_text = re.sub(rf"(?<!\w){re.escape(name_part)}(?!\w)", MASK, masked_text)
    return masked_text


def kept(raw: RawCable, left_out: Sequence[Paragraph]) -> str:
    """Return all texts of a record without the paragraphs that are left out."""
    kept_texts = [raw.title, raw.header]
    kept_start = 0
    for gap_start, gap_end in sorted(
        span for paragraph in left_out if (span := _text_span(raw.body, paragraph))
    ):
        kept_texts.append(raw.body[kept_start:gap_start])
        kept_start = max(kept_start, gap_end)
    return "\n\n".join((*kept_texts, raw.body[kept_start:]))


def not_cited(cable: Cable, labels: Iterable[str]) -> list[Paragraph]:
    """Return the paragraphs of a cable except those with the given labels."""
    cited_labels = set(labels)
    return [paragraph for paragraph in cable.body.paragraphs if paragraph.label not in cited_labels]


def stayed(cable: Cable, sealed: Cable, labels: Iterable[str], names: MaskedNames) -> bool:
    """Return whether the cited paragraphs read the same in the cut cable as in the whole one."""
    own_texts, sealed_texts = _texts(cable), _texts(sealed)
    return all(
        label in own_texts
        and _even(sealed_texts.get(label, "")) == _even(names.masked(own_texts[label]))
        for label in labels
    )


_MASKS = pattern(r"(?:\[name masked\][\s-]*)+")


def _even(text: str) -> str:
    """Return a text in which masks divided by a page line are joined into one."""
    return _MASKS.sub(f"{MASK} ", text)


def _texts(cable: Cable) -> dict[str | None, str]:
    """Return the paragraph texts by label, or the first text if a label is repeated."""
    return {paragraph.label: paragraph.text for paragraph in reversed(cable.body.paragraphs)}


_MOST_PLACES = 256
"""The maximum number of places at which to search for a repeated part of a text. Only texts made to
be slow have more.
"""


def gaps_of(text: str) -> tuple[Gap, ...]:
    """Return the masks in a one-line text, for which gaps are not stored."""
    return tuple(Gap(*match.span(), "name") for match in _MASK.finditer(text))


_MASK = pattern(re.escape(MASK))


def matches(sealed: str, gaps: Sequence[Gap], text: str, *, dense: bool = False) -> bool:
    """Return whether a text matches a sealed text except for the gaps.

    If `dense` is set, spaces are ignored. A masked name replaces at most `LONGEST_NAME` characters,
    and a paragraph any number.
    """
    piece_ends = [gap.start for gap in gaps] + [len(sealed)]
    piece_starts = [0, *(gap.end for gap in gaps)]
    first_piece, *sealed_pieces = (
        sealed[piece_start:piece_end]
        for piece_start, piece_end in zip(piece_starts, piece_ends, strict=True)
    )
    if dense:
        text, first_piece, *sealed_pieces = (
            "".join(words.split()) for words in (text, first_piece, *sealed_pieces)
        )
    if not gaps:
        return first_piece == text
    if not text.startswith(first_piece):
        return False
    possible_offsets = [len(first_piece)]
    """The offsets at which the text after the previous piece may continue."""
    for gap, sealed_piece in zip(gaps[:-1], sealed_pieces[:-1], strict=True):
        gap_limit = LONGEST_NAME if gap.kind == "name" else len(text)
        possible_offsets = _behind(text, sealed_piece, possible_offsets, gap_limit)
        if not possible_offsets:
            return False
    last_offset = len(text) - len(sealed_pieces[-1])
    gap_limit = LONGEST_NAME if gaps[-1].kind == "name" else len(text)
    return text.endswith(sealed_pieces[-1]) and any(
        0 < last_offset - possible_offset <= gap_limit for possible_offset in possible_offsets
    )


def _behind(
    text: str, sealed_piece: str, possible_offsets: Sequence[int], gap_limit: int
) -> list[int]:
    """Return the ends of a piece that begins within `gap_limit` characters of one of the places."""
    piece_ends: list[int] = []
    search_start = 0
    for possible_offset in possible_offsets:
        piece_start = text.find(
            sealed_piece,
            max(possible_offset + 1, search_start),
            possible_offset + gap_limit + len(sealed_piece),
        )
        while piece_start >= 0 and len(piece_ends) < _MOST_PLACES:
            piece_ends.append(piece_start + len(sealed_piece))
            search_start = piece_start + 1
            piece_start = text.find(
                sealed_piece, search_start, possible_offset + gap_limit + len(sealed_piece)
            )
    return piece_ends
