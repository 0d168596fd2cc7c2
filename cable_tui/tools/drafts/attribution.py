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
from cable_tui.text.sentences import sentences
from cable_tui.tools.drafts.citations import Cited, cited_in
from cable_tui.tools.drafts.plain_text import ATTRIBUTION, PLACE
from cable_tui.tools.drafts.quotations import FEWEST, LONGEST, BlockSpan, Quotation, quotations

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
"""The maximum number of characters in a line that names the source of a quotation."""
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

    A quotation that is too long is left out and recorded in the draft. `watch` passes the blocks
    through, for example to count them.
    """
    cited = _with_ibid([cited_in(block) for block in watch(draft.blocks)], draft.blocks)
    draft = draft._replace(blocks=tuple(map(_unless_source, draft.blocks, cited)))
    all_of_them = quotations(draft.blocks)
    checked = [quotation for quotation in all_of_them if not quotation.is_too_long]
    draft = draft._replace(left_out=(*draft.left_out, *_too_long(draft, all_of_them)))
    sources = _Sources(draft.blocks, cited)
    attributed = tuple(
        Attributed(quotation, sources.of(quotation))
        for quotation in map(sources.up_to_source, map(sources.without_source, checked))
    )
    numbered = tuple(
        (number, citation)
        for number, citations in enumerate(cited)
        for citation in citations
        if citation.sure or citation.ids
    )
    return Read(draft, attributed, numbered)


def _unless_source(block: TextBlock, cited: Sequence[Cited]) -> TextBlock:
    """Return a block quotation as running text if it only names the source of the block above."""
    may_be = block.is_quotation and cited and len(block.text) <= _SOURCE_LINE
    return block._replace(is_quotation=False) if may_be and ATTRIBUTION.match(block.text) else block


def _too_long(draft: TextDocument, quotations: Sequence[Quotation]) -> Iterator[str]:
    for quotation in quotations:
        if quotation.is_too_long:
            first = quotation.pieces[0]
            place = draft.place(first.block, first.start)
            yield f"a quotation of more than {LONGEST:,} characters, {place}"


def _with_ibid(
    cited: Sequence[tuple[Cited, ...]], blocks: Sequence[TextBlock]
) -> list[tuple[Cited, ...]]:
    """Return the citations in each block; `ibid.` refers to the last one in notes, or in text."""
    last_of: dict[bool, Cited] = {}
    resolved: list[tuple[Cited, ...]] = [()] * len(blocks)
    for index in _as_read(blocks):
        kept: list[Cited] = []
        for citation in cited[index]:
            is_note = bool(blocks[index].note)
            if citation.is_ibid:
                if (last := last_of.get(is_note)) is None:
                    continue
                labels = citation.labels or last.labels
                meant = last.meant or last.text
                citation = citation._replace(  # noqa: PLW2901
                    ids=last.ids, post=last.post, labels=labels, meant=meant
                )
            last_of[is_note] = citation
            kept.append(citation)
        resolved[index] = tuple(kept)
    return resolved


def _as_read(blocks: Sequence[TextBlock]) -> list[int]:
    """Return the block indexes in reading order, with each note at its first reference."""
    order: dict[str, int] = {}
    for block in blocks:
        for reference in block.note_references:
            order.setdefault(reference.note, len(order))
    last = len(order)
    return sorted(range(len(blocks)), key=lambda index: order.get(blocks[index].note, last))


class _Sources:
    def __init__(self, blocks: Sequence[TextBlock], cited: Sequence[tuple[Cited, ...]]) -> None:
        self._blocks = blocks
        self._cited = cited
        by_note: dict[str, list[Cited]] = {}
        for block, citations in zip(blocks, cited, strict=True):
            if block.note:
                by_note.setdefault(block.note, []).extend(citations)
        # Made once: a note may have many citations, and many marks.
        of_note = {
            note: tuple(note_citations)
            for note, note_citations in by_note.items()
            if note_citations
        }
        self._pointers = [
            sorted(
                [
                    *(Pointer(citation.start, citation.end, (citation,)) for citation in citations),
                    *(
                        Pointer(reference.at, reference.at, of_note[reference.note], is_note=True)
                        for reference in block.note_references
                        if reference.note in of_note
                    ),
                ],
                key=itemgetter(0, 1),
            )
            for block, citations in zip(blocks, cited, strict=True)
        ]
        """The pointers in each block, in order."""

    def without_source(self, quotation: Quotation) -> Quotation:
        """Return a block quotation without its source, such as `(09CASABLANCA27, para. 3)`."""
        if not quotation.is_apart:
            return quotation
        number, start, end = quotation.pieces[-1]
        text = self._blocks[number].text
        for citation in self._cited[number]:
            begin = max(start + 1, citation.start - _AROUND_SOURCE)
            named = _NAMED_SOURCE.search(text, begin, citation.start)
            opening = max(
                text.rfind("(", begin, citation.start), text.rfind("[", begin, citation.start)
            )
            bracket = opening > start and _BRACKETED.match(text, opening)
            named = named if _PLACE.match(text, citation.end, end) else None
            if citation.end <= end and (named or bracket):
                last = BlockSpan(number, start, named.start() if named else opening)
                return quotation._replace(pieces=(*quotation.pieces[:-1], last))
        return quotation

    def up_to_source(self, quotation: Quotation) -> Quotation:
        """Return an unclosed quotation that ends at the next citation or note."""
        if quotation.is_closed:
            return quotation
        number, start, end = quotation.pieces[0]
        text = self._blocks[number].text
        pointers = self._pointers[number]
        index = bisect_left(pointers, start, key=lambda pointer: pointer.start)
        if index == len(pointers) or pointers[index].start > end:
            return quotation
        source = pointers[index].start
        opening = _OPENS_SOURCE.search(text, max(start, source - _AROUND_SOURCE), source)
        source = opening.start() if opening else source
        if sum(1 for _ in islice(words(text[start:source]), FEWEST)) < FEWEST:
            return quotation
        return quotation._replace(pieces=(BlockSpan(number, start, source),))

    def of(self, quotation: Quotation) -> tuple[Cited, ...]:
        """Return the citations for a quotation."""
        first, last = quotation.pieces[0], quotation.pieces[-1]
        if quotation.is_apart:
            return self._of_block(first, last)
        after = self._behind(last)
        text = self._blocks[last.block].text
        if after and _AT_ONCE.match(text[last.end : after[0].start]):
            return _joined(text, after)
        before = self._before(first)
        stop = self._sentence(last.block, last.end)[1]
        begin = self._sentence(first.block, first.start)[0]
        if after and after[0].start < stop:
            return _joined(text, after)
        if before and before[-1].start >= begin:
            return before[-1].cited
        if after and after[0].is_note:
            return after[0].cited
        if before:
            return before[-1].cited
        return _joined(text, after)

    def _of_block(self, first: BlockSpan, last: BlockSpan) -> tuple[Cited, ...]:
        blocks = self._blocks
        after = self._behind(last)
        inside = [
            pointer
            for number in range(first.block, last.block + 1)
            for pointer in self._pointers[number]
            if pointer.is_note
        ]
        if after or inside:
            return (after or inside)[-1].cited
        next_block = last.block + 1
        if next_block < len(blocks) and (following := self._pointers[next_block]):
            text = blocks[next_block].text
            if (
                _AT_ONCE.match(text[: following[0].start])
                or text.lstrip()[:1] in "–-"
                or ATTRIBUTION.match(text)
            ):
                return _joined(text, following)
        if first.block:
            before = [pointer for pointer in self._pointers[first.block - 1] if pointer.cited]
            return before[-1].cited if before else ()
        return ()

    def _behind(self, piece: BlockSpan) -> list[Pointer]:
        """Return the next citations and notes after a piece of a quotation."""
        pointers = self._pointers[piece.block]
        index = bisect_left(pointers, piece.end, key=lambda pointer: pointer.start)
        return pointers[index : index + _NEAREST]

    def _before(self, piece: BlockSpan) -> list[Pointer]:
        """Return the last citations, without notes, before a piece of a quotation."""
        pointers = self._pointers[piece.block]
        index = bisect_left(pointers, piece.start, key=lambda pointer: pointer.start)
        last_pointers = pointers[max(index - _NEAREST, 0) : index]
        return [
            pointer
            for pointer in last_pointers
            if pointer.end <= piece.start and not pointer.is_note
        ]

    def _sentence(self, block: int, offset: int) -> tuple[int, int]:
        """Return the start and end of the sentence around an offset."""
        text = self._blocks[block].text
        starts = _starts(text)
        index = bisect_right(starts, offset)
        begin = starts[index - 1] if index else 0
        return begin, starts[index] if index < len(starts) else len(text)


@lru_cache(maxsize=1)  # a block may have many quotations
def _starts(text: str) -> list[int]:
    """Return the start of each sentence in a text."""
    return [start for start, _ in sentences(text)]


def _joined(text: str, pointers: Sequence[Pointer]) -> tuple[Cited, ...]:
    """Return the first pointer's citations, and those of the pointers directly after it."""
    joined = [*pointers[:1]]
    for earlier, following in pairwise(pointers):
        if not _TOGETHER.match(text[earlier.end : following.start]):
            break
        joined.append(following)
    return tuple(citation for pointer in joined for citation in pointer.cited)
