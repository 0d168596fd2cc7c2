"""Which cable a quotation is attributed to: the citation nearest to it.

First counts the citation right after it, then a note or a citation in its sentence, then in its
paragraph. A block set apart is followed by its source, or the paragraph before names it.
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
from cable_tui.text.sentences import sentences
from cable_tui.tools.drafts.citations import Cited, cited_in
from cable_tui.tools.drafts.plain_text import ATTRIBUTION, PLACE
from cable_tui.tools.drafts.quotations import FEWEST, LONGEST, BlockSpan, Quotation, quotations

Watch = Callable[[Iterable[TextBlock]], Iterable[TextBlock]]
_AT_ONCE = pattern(
    r"[\s.,;:!?…”“\"»’')\]—–―(\[-]{0,12}(?:(?i:sources?|from|see|quelle)[:\s]{0,3})?$"
)
"""Text that may come between a quotation and the citation right after it."""
_TOGETHER = pattern(r"\s{0,3}(?:[,;&]|and|[,;]\s{0,2}and)?\s{0,3}\(?$")
"""Text that may come between citations of the same source."""
_BRACKETED = pattern(r"[(\[][^()\[\]]{0,400}[)\]]?[\s.]{0,3}$")
_OPENS_SOURCE = pattern(r"\s{0,9}[(\[][^()\[\]]{0,60}$")
"""Text before a citation in brackets: ` (see `."""
_NAMED_SOURCE = pattern(r"[\s(\[—–-]{0,9}\b(?i:sources?|quelle)\s?:\s{0,3}$")
_PLACE = pattern(PLACE)
_AROUND_SOURCE = 80
_SOURCE_LINE = 200
"""The most characters of a line that names the source of a quotation."""
_NEAREST = 40
"""The most citations on either side of a quotation that are considered."""


class Pointer(NamedTuple):
    """A passage of a block that says which cables are meant: a citation, or a note."""

    start: int
    end: int
    cited: tuple[Cited, ...]
    is_note: bool = False


class Attributed(Value):
    """A quotation, and the citations for it."""

    quotation: Quotation
    cited: tuple[Cited, ...]
    """Any of them may have it; empty if nothing is cited near it."""


class Read(Value):
    """All parts of a draft that are to be checked."""

    draft: TextDocument
    quotations: tuple[Attributed, ...]
    citations: tuple[tuple[int, Cited], ...]
    """Citations, each with the block that it is in."""


def what_to_check(draft: TextDocument, watch: Watch = iter) -> Read:
    """Return the quotations of a draft with their sources, and all its citations.

    A quotation that is too long is left out, and the draft notes that. `watch` passes on the
    blocks.
    """
    citations_by_block = _with_ibid(
        [cited_in(block) for block in watch(draft.blocks)], draft.blocks
    )
    draft = draft._replace(blocks=tuple(map(_unless_source, draft.blocks, citations_by_block)))
    every_one = quotations(draft.blocks)
    checked_quotations = [quotation for quotation in every_one if not quotation.is_too_long]
    draft = draft._replace(left_out=(*draft.left_out, *_too_long(draft, every_one)))
    sources = _Sources(draft.blocks, citations_by_block)
    attributed = tuple(
        Attributed(quotation, sources.of(quotation))
        for quotation in map(sources.up_to_source, map(sources.without_source, checked_quotations))
    )
    numbered_citations = tuple(
        (number, citation)
        for number, citations in enumerate(citations_by_block)
        for citation in citations
        if citation.sure or citation.ids
    )
    return Read(draft, attributed, numbered_citations)


def _unless_source(block: TextBlock, cited: Sequence[Cited]) -> TextBlock:
    """Return a block set apart, as running text if it only names the source of the block above."""
    is_source = block.is_quotation and cited and len(block.text) <= _SOURCE_LINE
    return (
        block._replace(is_quotation=False) if is_source and ATTRIBUTION.match(block.text) else block
    )


def _too_long(draft: TextDocument, quotations: Sequence[Quotation]) -> Iterator[str]:
    for quotation in quotations:
        if quotation.is_too_long:
            first_piece = quotation.pieces[0]
            place = draft.place(first_piece.block, first_piece.start)
            yield f"a quotation of more than {LONGEST:,} characters, {place}"


def _with_ibid(
    cited: Sequence[tuple[Cited, ...]], blocks: Sequence[TextBlock]
) -> list[tuple[Cited, ...]]:
    """Return the citations of each block; `ibid.` means the last citation in text of its kind."""
    last: dict[bool, Cited] = {}
    resolved_citations: list[tuple[Cited, ...]] = [()] * len(blocks)
    for block_index in _as_read(blocks):
        kept_citations: list[Cited] = []
        for citation in cited[block_index]:
            in_note = bool(blocks[block_index].note)
            if citation.is_ibid:
                if (last_citation := last.get(in_note)) is None:
                    continue
                labels = citation.labels or last_citation.labels
                meant_text = last_citation.meant or last_citation.text
                citation = citation._replace(  # noqa: PLW2901
                    ids=last_citation.ids, post=last_citation.post, labels=labels, meant=meant_text
                )
            last[in_note] = citation
            kept_citations.append(citation)
        resolved_citations[block_index] = tuple(kept_citations)
    return resolved_citations


def _as_read(blocks: Sequence[TextBlock]) -> list[int]:
    """Return the blocks in reading order: notes come at their references."""
    order: dict[str, int] = {}
    for block in blocks:
        for reference in block.note_references:
            order.setdefault(reference.note, len(order))
    last_index = len(order)
    return sorted(range(len(blocks)), key=lambda index: order.get(blocks[index].note, last_index))


class _Sources:
    def __init__(self, blocks: Sequence[TextBlock], cited: Sequence[tuple[Cited, ...]]) -> None:
        self._blocks = blocks
        self._cited = cited
        notes: dict[str, list[Cited]] = {}
        for block, block_citations in zip(blocks, cited, strict=True):
            if block.note:
                notes.setdefault(block.note, []).extend(block_citations)
        # Made once: a note may have many citations, and many marks.
        citations_of_note = {
            note: tuple(note_citations) for note, note_citations in notes.items() if note_citations
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
            for block, block_citations in zip(blocks, cited, strict=True)
        ]
        """The pointers of each block."""

    def without_source(self, quotation: Quotation) -> Quotation:
        """Remove a block's last words, `(09CASABLANCA27, para. 3)` or `Source: 09RABAT1`."""
        if not quotation.is_apart:
            return quotation
        number, start, end = quotation.pieces[-1]
        block_text = self._blocks[number].text
        for citation in self._cited[number]:
            search_start = max(start + 1, citation.start - _AROUND_SOURCE)
            named_source = _NAMED_SOURCE.search(block_text, search_start, citation.start)
            open_bracket = max(
                block_text.rfind("(", search_start, citation.start),
                block_text.rfind("[", search_start, citation.start),
            )
            bracketed = open_bracket > start and _BRACKETED.match(block_text, open_bracket)
            named_source = named_source if _PLACE.match(block_text, citation.end, end) else None
            if citation.end <= end and (named_source or bracketed):
                last_piece = BlockSpan(
                    number, start, named_source.start() if named_source else open_bracket
                )
                return quotation._replace(pieces=(*quotation.pieces[:-1], last_piece))
        return quotation

    def up_to_source(self, quotation: Quotation) -> Quotation:
        """Return a quotation without a closing mark, ended at the next citation or note."""
        if quotation.is_closed:
            return quotation
        number, start, end = quotation.pieces[0]
        text = self._blocks[number].text
        pointers = self._pointers[number]
        place = bisect_left(pointers, start, key=lambda pointer: pointer.start)
        if place == len(pointers) or pointers[place].start > end:
            return quotation
        source_start = pointers[place].start
        source_opening = _OPENS_SOURCE.search(
            text, max(start, source_start - _AROUND_SOURCE), source_start
        )
        source_start = source_opening.start() if source_opening else source_start
        if sum(1 for _ in islice(words(text[start:source_start]), FEWEST)) < FEWEST:
            return quotation
        return quotation._replace(pieces=(BlockSpan(number, start, source_start),))

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
        sentence_ends = self._sentence(last_piece.block, last_piece.end)[1]
        begins = self._sentence(first_piece.block, first_piece.start)[0]
        if pointers_after and pointers_after[0].start < sentence_ends:
            return _joined(block_text, pointers_after)
        if pointers_before and pointers_before[-1].start >= begins:
            return pointers_before[-1].cited
        if pointers_after and pointers_after[0].is_note:
            return pointers_after[0].cited
        if pointers_before:
            return pointers_before[-1].cited
        return _joined(block_text, pointers_after)

    def _of_block(self, first: BlockSpan, last: BlockSpan) -> tuple[Cited, ...]:
        blocks = self._blocks
        pointers_after = self._behind(last)
        pointers_inside = [
            pointer
            for block_number in range(first.block, last.block + 1)
            for pointer in self._pointers[block_number]
            if pointer.is_note
        ]
        if pointers_after or pointers_inside:
            return (pointers_after or pointers_inside)[-1].cited
        next_block = last.block + 1
        if next_block < len(blocks) and (pointers := self._pointers[next_block]):
            next_text = blocks[next_block].text
            if (
                _AT_ONCE.match(next_text[: pointers[0].start])
                or next_text.lstrip()[:1] in "–-"
                or ATTRIBUTION.match(next_text)
            ):
                return _joined(next_text, pointers)
        if first.block:
            cited_before = [pointer for pointer in self._pointers[first.block - 1] if pointer.cited]
            return cited_before[-1].cited if cited_before else ()
        return ()

    def _behind(self, piece: BlockSpan) -> list[Pointer]:
        """Return the next citations and notes after a piece of a quotation."""
        pointers = self._pointers[piece.block]
        index = bisect_left(pointers, piece.end, key=lambda pointer: pointer.start)
        return pointers[index : index + _NEAREST]

    def _before(self, piece: BlockSpan) -> list[Pointer]:
        """Return the last citations before it."""
        pointers = self._pointers[piece.block]
        index = bisect_left(pointers, piece.start, key=lambda pointer: pointer.start)
        last = pointers[max(index - _NEAREST, 0) : index]
        return [pointer for pointer in last if pointer.end <= piece.start and not pointer.is_note]

    def _sentence(self, block: int, offset: int) -> tuple[int, int]:
        """Return where the sentence around an offset begins and ends."""
        block_text = self._blocks[block].text
        sentence_starts = _starts(block_text)
        place = bisect_right(sentence_starts, offset)
        begin = sentence_starts[place - 1] if place else 0
        return begin, sentence_starts[place] if place < len(sentence_starts) else len(block_text)


@lru_cache(maxsize=1)  # a block may have many quotations
def _starts(text: str) -> list[int]:
    """Return where the sentences of a text begin."""
    return [start for start, _ in sentences(text)]


def _joined(text: str, pointers: Sequence[Pointer]) -> tuple[Cited, ...]:
    """Return the first citation, with those that follow it directly."""
    row = [*pointers[:1]]
    for earlier_pointer, next_pointer in pairwise(pointers):
        if not _TOGETHER.match(text[earlier_pointer.end : next_pointer.start]):
            break
        row.append(next_pointer)
    return tuple(citation for pointer in row for citation in pointer.cited)
