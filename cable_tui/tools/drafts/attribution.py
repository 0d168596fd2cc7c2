"""Attribute each quotation to a cable, usually by the citation nearest to it.

The citation directly after the quotation takes precedence, then a note or a citation in the same
sentence, then one in the same paragraph. The source of a block quotation follows it, or is named in
the paragraph before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from operator import itemgetter
from typing import NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.formats.office.blocks import TextBlock, TextDocument
from cable_tui.text import words
from cable_tui.text.numbers import counted
from cable_tui.text.sentences import sentences
from cable_tui.tools.drafts.citations import Cited, cited_in
from cable_tui.tools.drafts.plain_text import ATTRIBUTION, PLACE
from cable_tui.tools.drafts.quotations import (
    FEWEST,
    LONGEST,
    BlockSpan,
    Quotation,
    Quotations,
    quotations,
)

Watch = Callable[[Iterable[TextBlock]], Iterable[TextBlock]]
_AT_ONCE = pattern(
    r"[\s.,;:!?…”“\"»’')\]—–―(\[-]{0,12}(?:(?i:sources?|from|see|quelle)[:\s]{0,3})?$"
)
"""A pattern for the text permitted between a quotation and the citation directly after it."""
_TOGETHER = pattern(r"\s{0,3}(?:[,;&]|and|[,;]\s{0,2}and)?\s{0,3}\(?$")
"""A pattern for the text permitted between citations of the same source."""
_BRACKETED = pattern(r"[(\[][^()\[\]]{0,400}[)\]]?[\s.]{0,3}$")
_OPENS_SOURCE = pattern(r"\s{0,9}[(\[][^()\[\]]{0,60}$")
"""A pattern for the text before a citation in brackets, such as ` (see `."""
_NAMED_SOURCE = pattern(r"[\s(\[—–-]{0,9}\b(?i:sources?|quelle)\s?:\s{0,3}$")
_PLACE = pattern(PLACE)
_AROUND_SOURCE = 80
_SOURCE_LINE = 200
"""The maximum number of characters in a line that gives the source of a quotation."""
_NEAREST = 40
"""The maximum number of citations considered on either side of a quotation."""


class Pointer(NamedTuple):
    """A passage in a block that refers to cables: a citation, or a note."""

    start: int
    end: int
    cited: tuple[Cited, ...]
    is_note: bool = False


class Attributed(Value):
    """A quotation and its citations."""

    quotation: Quotation
    cited: tuple[Cited, ...]
    """The citations of the quotation, any of which may contain it; empty if none is near."""


class Read(Value):
    """All parts of a draft that must be checked."""

    draft: TextDocument
    quotations: tuple[Attributed, ...]
    citations: tuple[tuple[int, Cited], ...]
    """The citations, each with the index of its block."""


def what_to_check(draft: TextDocument, watch: Watch = iter) -> Read:
    """Return the quotations in a draft with their sources, and all citations.

    A quotation that is too long or too short is left out and recorded in the draft. `watch` passes
    the blocks through, for example to count them.
    """
    citations_by_block = _with_ibid(
        [cited_in(block) for block in watch(draft.blocks)], draft.blocks
    )
    draft = draft._replace(blocks=tuple(map(_unless_source, draft.blocks, citations_by_block)))
    quoted = quotations(draft.blocks)
    checked_quotations = [
        quotation for quotation in quoted.long_enough if not quotation.is_too_long
    ]
    draft = draft._replace(left_out=(*draft.left_out, *_unchecked(draft, quoted)))
    sources = _Sources(draft.blocks, citations_by_block)
    attributed_quotations = tuple(
        Attributed(quotation, sources.of(quotation))
        for quotation in map(sources.up_to_source, map(sources.without_source, checked_quotations))
    )
    numbered_citations = tuple(
        (block_number, citation)
        for block_number, citations in enumerate(citations_by_block)
        for citation in citations
        if citation.sure or citation.ids
    )
    return Read(draft, attributed_quotations, numbered_citations)


def _unless_source(block: TextBlock, cited: Sequence[Cited]) -> TextBlock:
    """Return a block quotation as running text if it only names the source of the block above."""
    may_be_source = block.is_quotation and cited and len(block.text) <= _SOURCE_LINE
    return (
        block._replace(is_quotation=False)
        if may_be_source and ATTRIBUTION.match(block.text)
        else block
    )


def _unchecked(draft: TextDocument, quoted: Quotations) -> Iterator[str]:
    def place(quotation: Quotation) -> str:
        first_piece = quotation.pieces[0]
        return draft.place(first_piece.block, first_piece.start)

    for quotation in quoted.long_enough:
        if quotation.is_too_long:
            yield f"a quotation of more than {LONGEST:,} characters, {place(quotation)}"
    if quoted.short:
        count = counted(len(quoted.short), "quotation")
        first_of_several = "the first in " if len(quoted.short) > 1 else ""
        place_of_first = f"{first_of_several}{place(quoted.short[0])}"
        yield f"{count} of fewer than {FEWEST} words, {place_of_first}"


def _with_ibid(
    cited: Sequence[tuple[Cited, ...]], blocks: Sequence[TextBlock]
) -> list[tuple[Cited, ...]]:
    """Return the citations in each block; `ibid.` refers to the last one in notes, or in text."""
    last_by_kind: dict[bool, Cited] = {}
    resolved_citations: list[tuple[Cited, ...]] = [()] * len(blocks)
    for block_index in _as_read(blocks):
        kept_citations: list[Cited] = []
        for citation in cited[block_index]:
            is_in_note = bool(blocks[block_index].note)
            if citation.is_ibid:
                if (last_citation := last_by_kind.get(is_in_note)) is None:
                    continue
                paragraph_labels = citation.labels or last_citation.labels
                meant_text = last_citation.meant or last_citation.text
                citation = citation._replace(  # noqa: PLW2901
                    ids=last_citation.ids,
                    post=last_citation.post,
                    labels=paragraph_labels,
                    meant=meant_text,
                )
            last_by_kind[is_in_note] = citation
            kept_citations.append(citation)
        resolved_citations[block_index] = tuple(kept_citations)
    return resolved_citations


def _as_read(blocks: Sequence[TextBlock]) -> list[int]:
    """Return the block indexes in reading order, with each note at its first reference."""
    order_by_note: dict[str, int] = {}
    for block in blocks:
        for reference in block.note_references:
            order_by_note.setdefault(reference.note, len(order_by_note))
    last_index = len(order_by_note)
    return sorted(
        range(len(blocks)), key=lambda index: order_by_note.get(blocks[index].note, last_index)
    )


class _Sources:
    def __init__(
        self, blocks: Sequence[TextBlock], citations_by_block: Sequence[tuple[Cited, ...]]
    ) -> None:
        self._blocks = blocks
        self._cited = citations_by_block
        citations_by_note: dict[str, list[Cited]] = {}
        for block, block_citations in zip(blocks, citations_by_block, strict=True):
            if block.note:
                citations_by_note.setdefault(block.note, []).extend(block_citations)
        # Made once: a note may have many citations, and many marks.
        citations_of_note = {
            note: tuple(note_citations)
            for note, note_citations in citations_by_note.items()
            if note_citations
        }
        self._pointers = [
            sorted(
                [
                    *(
                        Pointer(citation.start, citation.end, (citation,))
                        for citation in block_citations
                    ),
                    *(
                        Pointer(
                            reference.at,
                            reference.at,
                            citations_of_note[reference.note],
                            is_note=True,
                        )
                        for reference in block.note_references
                        if reference.note in citations_of_note
                    ),
                ],
                key=itemgetter(0, 1),
            )
            for block, block_citations in zip(blocks, citations_by_block, strict=True)
        ]
        """The pointers in each block, in order."""

    def without_source(self, quotation: Quotation) -> Quotation:
        """Return a block quotation without its source, such as `(09CASABLANCA27, para. 3)`."""
        if not quotation.is_apart:
            return quotation
        block_number, start, end = quotation.pieces[-1]
        block_text = self._blocks[block_number].text
        for citation in self._cited[block_number]:
            search_start = max(start + 1, citation.start - _AROUND_SOURCE)
            named_source = _NAMED_SOURCE.search(block_text, search_start, citation.start)
            bracket_offset = max(
                block_text.rfind("(", search_start, citation.start),
                block_text.rfind("[", search_start, citation.start),
            )
            bracket_match = bracket_offset > start and _BRACKETED.match(block_text, bracket_offset)
            named_source = named_source if _PLACE.match(block_text, citation.end, end) else None
            if citation.end <= end and (named_source or bracket_match):
                last_piece = BlockSpan(
                    block_number, start, named_source.start() if named_source else bracket_offset
                )
                return quotation._replace(pieces=(*quotation.pieces[:-1], last_piece))
        return quotation

    def up_to_source(self, quotation: Quotation) -> Quotation:
        """Return an unclosed quotation that ends at the next citation or note."""
        if quotation.is_closed:
            return quotation
        block_number, start, end = quotation.pieces[0]
        block_text = self._blocks[block_number].text
        block_pointers = self._pointers[block_number]
        pointer_index = bisect_left(block_pointers, start, key=lambda pointer: pointer.start)
        if pointer_index == len(block_pointers) or block_pointers[pointer_index].start > end:
            return quotation
        source_start = block_pointers[pointer_index].start
        source_opening = _OPENS_SOURCE.search(
            block_text, max(start, source_start - _AROUND_SOURCE), source_start
        )
        source_start = source_opening.start() if source_opening else source_start
        if sum(1 for _ in islice(words(block_text[start:source_start]), FEWEST)) < FEWEST:
            return quotation
        return quotation._replace(pieces=(BlockSpan(block_number, start, source_start),))

    def of(self, quotation: Quotation) -> tuple[Cited, ...]:
        """Return the citations for a quotation."""
        first_piece, last_piece = quotation.pieces[0], quotation.pieces[-1]
        if quotation.is_apart:
            return self._of_block(first_piece, last_piece)
        pointers_after = self._behind(last_piece)
        block_text = self._blocks[last_piece.block].text
        if pointers_after and _AT_ONCE.match(block_text[last_piece.end : pointers_after[0].start]):
            return _joined(block_text, pointers_after)
        pointers_before = self._before(first_piece)
        sentence_end = self._sentence(last_piece.block, last_piece.end)[1]
        sentence_start = self._sentence(first_piece.block, first_piece.start)[0]
        if pointers_after and pointers_after[0].start < sentence_end:
            return _joined(block_text, pointers_after)
        if pointers_before and pointers_before[-1].start >= sentence_start:
            return pointers_before[-1].cited
        if pointers_after and pointers_after[0].is_note:
            return pointers_after[0].cited
        if pointers_before:
            return pointers_before[-1].cited
        return _joined(block_text, pointers_after)

    def _of_block(self, first_piece: BlockSpan, last_piece: BlockSpan) -> tuple[Cited, ...]:
        blocks = self._blocks
        pointers_after = self._behind(last_piece)
        pointers_inside = [
            pointer
            for block_number in range(first_piece.block, last_piece.block + 1)
            for pointer in self._pointers[block_number]
            if pointer.is_note
        ]
        if pointers_after or pointers_inside:
            return (pointers_after or pointers_inside)[-1].cited
        next_block = last_piece.block + 1
        if next_block < len(blocks) and (next_pointers := self._pointers[next_block]):
            next_text = blocks[next_block].text
            if (
                _AT_ONCE.match(next_text[: next_pointers[0].start])
                or next_text.lstrip()[:1] in "–-"
                or ATTRIBUTION.match(next_text)
            ):
                return _joined(next_text, next_pointers)
        if first_piece.block:
            cited_before = [
                pointer for pointer in self._pointers[first_piece.block - 1] if pointer.cited
            ]
            return cited_before[-1].cited if cited_before else ()
        return ()

    def _behind(self, piece: BlockSpan) -> list[Pointer]:
        """Return the next citations and notes after a piece of a quotation."""
        pointers = self._pointers[piece.block]
        first_index = bisect_left(pointers, piece.end, key=lambda pointer: pointer.start)
        return pointers[first_index : first_index + _NEAREST]

    def _before(self, piece: BlockSpan) -> list[Pointer]:
        """Return the last citations, without notes, before a piece of a quotation."""
        pointers = self._pointers[piece.block]
        end_index = bisect_left(pointers, piece.start, key=lambda pointer: pointer.start)
        last_pointers = pointers[max(end_index - _NEAREST, 0) : end_index]
        return [
            pointer
            for pointer in last_pointers
            if pointer.end <= piece.start and not pointer.is_note
        ]

    def _sentence(self, block: int, offset: int) -> tuple[int, int]:
        """Return the start and end of the sentence around an offset."""
        block_text = self._blocks[block].text
        sentence_starts = _starts(block_text)
        next_index = bisect_right(sentence_starts, offset)
        sentence_start = sentence_starts[next_index - 1] if next_index else 0
        return sentence_start, sentence_starts[next_index] if next_index < len(
            sentence_starts
        ) else len(block_text)


@lru_cache(maxsize=1)  # a block may have many quotations
def _starts(text: str) -> list[int]:
    """Return the start of each sentence in a text."""
    return [start for start, _ in sentences(text)]


def _joined(text: str, pointers: Sequence[Pointer]) -> tuple[Cited, ...]:
    """Return the first pointer's citations, and those of the pointers directly after it."""
    joined_pointers = [*pointers[:1]]
    for earlier_pointer, next_pointer in pairwise(pointers):
        if not _TOGETHER.match(text[earlier_pointer.end : next_pointer.start]):
            break
        joined_pointers.append(next_pointer)
    return tuple(citation for pointer in joined_pointers for citation in pointer.cited)
