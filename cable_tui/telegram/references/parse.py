"""Find the REF lines of a body, and what they cite: cables with their IDs, and other documents.

Years come before a citation, after it, or not at all. Lists are joined by AND. The cable's own post
may be missing. Stations have several spellings. Remarks in brackets are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from operator import itemgetter

from cable_tui.base.cable import Reference, ReferenceKind, Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.telegram.body_labels import RULE, Label, Top, breaks_around
from cable_tui.telegram.captions import corrected_copy
from cable_tui.telegram.ids import IdParts, compose, split
from cable_tui.telegram.paragraph_starts import split_marking
from cable_tui.telegram.references import items
from cable_tui.telegram.references.items import RefItem, airgrams, kind_of, without_dates
from cable_tui.telegram.references.scan import ItemCable, cable_alone, cables_in
from cable_tui.telegram.references.stations import station_at_end

_LONGEST = 12_000
"""The maximum number of characters of a block to read."""
_REMARK = pattern(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]")
_YEAR_REMARK = pattern(r"[(\[][ ]?'?((?:19|20)?[0-9]{2})[ ]?[)\]]")
_NOTHING = pattern(r"(?:NONE|N ?/ ?A|NIL|NOTAL|AND PREVIOUS|\W)*")
_YEAR_AND_MONTH = pattern(r"[0-9]{4}-[0-9]{2}")
_CHUNK = pattern(r"[^;,\n]+")


class _Found(NamedTuple):
    """A reference in its block."""

    start: int
    end: int
    kind: ReferenceKind
    reference_id: str | None
    year_inferred: bool


def references(
    body_text: str,
    span: Span,
    created_year: int,
    own_station: str,
    learned: frozenset[str] = frozenset(),
) -> tuple[Reference, ...]:
    """Return the citations of a REF block, in order.

    `span` is the block after its label. If no year is printed, the cable's own year is used and
    marked as inferred. `own_station` is used if an item is a number alone; `learned` contains
    stations that no table lists.
    """
    block_start, block_end = span
    block = body_text[block_start : min(block_end, block_start + _LONGEST)]
    readable_block = items.readable(block, own_station)
    cited_references: list[Reference] = []
    for ref_item in items.items(readable_block):
        for citation in _item(readable_block, ref_item, created_year, own_station, learned):
            printed_words = " ".join(block[citation.start : citation.end].replace("¶", " ").split())
            span = (block_start + citation.start, block_start + citation.end)
            cited_references.append(
                Reference(
                    ref_item.label,
                    citation.kind,
                    citation.reference_id,
                    citation.year_inferred,
                    printed_words,
                    span,
                )
            )
    return tuple(cited_references)


def _item(
    text: str, item: RefItem, year: int, own_station: str, learned: frozenset[str]
) -> list[_Found]:
    """Return the citations in one item, in order; a part of a date is not taken for a cable."""
    item_text = text[item.start : item.end]
    if cable_of_item := cable_alone(item_text, year, learned):
        return [_cable(item, cable_of_item, year)]
    if _NOTHING.fullmatch(item_text[:200]) and len(item_text) < 200:
        return []
    by_line = item.label is None
    airgram_spans = airgrams(item_text, learned)
    undated_text = without_dates(item_text)
    undated_text = _without(undated_text, airgram_spans) if airgram_spans else undated_text
    cited_cables = cables_in(
        _without_remarks(undated_text), year, own_station, learned, by_line=by_line
    )
    if not cited_cables and ("(" in item_text or "[" in item_text):
        cited_cables = cables_in(
            undated_text.translate(_NO_BRACKETS), year, "", learned, by_line=by_line
        )
    cable_references = [_cable(item, cable, year) for cable in cited_cables]
    other_references = [_other(item, *span, "airgram") for span in airgram_spans]
    other_references += _others(
        item_text, item, [*((cable.start, cable.end) for cable in cited_cables), *airgram_spans]
    )
    return (
        sorted([*cable_references, *other_references], key=itemgetter(0, 1))
        if other_references
        else cable_references
    )


def _cable(item: RefItem, cable: ItemCable, year: int) -> _Found:
    return _Found(
        item.start + cable.start,
        item.start + cable.end,
        "cable",
        compose(year if cable.year is None else cable.year, cable.station, cable.serial),
        cable.year is None,
    )


_NO_BRACKETS = str.maketrans("()[]", "    ")


def _without(item_text: str, spans: list[Span]) -> str:
    """Return the content with bars in place of the spans, so that lists end there."""
    for span_start, span_end in spans:
        item_text = f"{item_text[:span_start]}{'|' * (span_end - span_start)}{item_text[span_end:]}"
    return item_text


def _without_remarks(content: str) -> str:
    """Return the content with spaces in place of text in brackets, except for years."""
    if "(" not in content and "[" not in content:
        return content
    return _REMARK.sub(
        lambda remark: (
            remark.group() if _YEAR_REMARK.fullmatch(remark.group()) else " " * len(remark.group())
        ),
        content,
    )


def _others(content: str, item: RefItem, cited: list[Span]) -> Iterator[_Found]:
    """Yield other references: the whole item, or its parts that contain no citation."""
    if not cited:
        reference_start = len(content) - len(content.lstrip(" \n;,.-:"))
        reference_end = len(content.rstrip(" \n;,"))
        if any(map(str.isalnum, content)):
            yield _other(item, reference_start, reference_end, kind_of(content) or "other")
        return
    for chunk in _CHUNK.finditer(content):
        reference_start, reference_end = chunk.span()
        if any(
            first_offset < reference_end and reference_start < last_offset
            for first_offset, last_offset in cited
        ):
            continue
        chunk_kind = kind_of(chunk.group())
        if chunk_kind in ("email", "telephone", "report"):
            reference_start += len(chunk.group()) - len(chunk.group().lstrip())
            yield _other(
                item,
                reference_start,
                reference_start + len(content[reference_start:reference_end].rstrip()),
                chunk_kind,
            )


def _other(item: RefItem, start: int, end: int, kind: ReferenceKind) -> _Found:
    return _Found(item.start + start, item.start + max(start, end), kind, None, False)


def of_last_year(reference: Reference, own_id: str, created: str) -> Reference:
    """Return the reference with last year's ID if it has no year and its serial is too high.

    This is certain without an archive in two cases: the citing cable is from the same post and has
    a lower serial, since no cable cites a later cable from its own post; or no station has ever
    sent that many cables by that month. `own_id` is the citing cable's canonical ID, `created` its
    ISO time.
    """
    id_parts = split(reference.reference_id or "") if reference.year_inferred else None
    if id_parts is None:
        return reference
    own_parts = split(own_id)
    if own_parts and (own_parts.year, own_parts.station) == (id_parts.year, id_parts.station):
        is_last = id_parts.serial > own_parts.serial
    else:
        is_last = _YEAR_AND_MONTH.match(created) is not None and (
            id_parts.year == int(created[:4]) and _is_too_high(id_parts, created, own_parts)
        )
    id_of_last_year = compose(id_parts.year - 1, id_parts.station, id_parts.serial)
    return replace(reference, reference_id=id_of_last_year) if is_last else reference


def infer_year(
    reference: Reference,
    created: str,
    highest: Callable[[str, int], int | None],
    exists: Callable[[str], bool],
    own_id: str = "",
) -> Reference:
    """Return the reference with last year's ID if its serial cannot be from the cable's own year.

    `created` is the citing cable's ISO time. `highest(station, year)` returns the highest serial
    known to an archive for a station in a four-digit year (up to the citing cable's time, if
    possible). `exists` returns whether the archive contains an ID, and `own_id` is the citing
    cable's canonical ID. Posts count from 1 each January. References with a year are unchanged.
    """
    id_parts = split(reference.reference_id or "")
    if id_parts is None or not reference.year_inferred or not _YEAR_AND_MONTH.match(created):
        return reference
    year = int(created[:4])
    if id_parts.year != year:
        return reference
    own_parts = split(own_id)
    id_of_last_year = compose(year - 1, id_parts.station, id_parts.serial)
    if own_parts and (own_parts.year, own_parts.station) == (year, id_parts.station):
        return of_last_year(reference, own_id, created)
    if exists(compose(year, id_parts.station, id_parts.serial)):
        return reference
    highest_serial = highest(id_parts.station, year)
    is_last = (highest_serial is None or id_parts.serial > highest_serial) and (
        exists(id_of_last_year) or _is_too_high(id_parts, created, own_parts)
    )
    return replace(reference, reference_id=id_of_last_year) if is_last else reference


def _is_too_high(cited_parts: IdParts, created: str, own_parts: IdParts | None) -> bool:
    """Return whether a serial is higher than its station can have reached in the first months.

    This applies to the Department until May, and to posts in January and February. The month is
    unknown if the date is 1 January, which often means only the year, or if the cable's own serial
    is higher than its month allows.
    """
    month = int(created[5:7])
    if month > (5 if cited_parts.station == "STATE" else 2) or created[5:10] == "01-01":
        return False
    if own_parts and own_parts.serial > _most(own_parts.station) * month:
        return False
    return cited_parts.serial > _most(cited_parts.station) * month


def _most(station: str) -> int:
    """Return a number of cables that no station has ever sent in a month."""
    return 22_500 if station == "STATE" else 3_000


_LETTERED = pattern(
    r"[ \t\\]{0,16}(?:-{1,2}[ \t]{1,8})?¶?[ ]?"
    r"(?:\(?[A-Za-z][).:][ \t]|\([A-Za-z][ ]?\)|[A-Z][ ]?[.):][ ]?(?=[A-Z0-9])"
    r"|REF[ ]?\(?[A-Z]\)?[ .:-]|AND[ ]|&)"
)
_HEADING = pattern(
    r"[ \t]{0,20}(?:BEGIN[ ])?(?:SUMMARY|INTRODUCTION|COMMENT|ACTION REQUEST|SENSITIVE BUT)\b",
    re.IGNORECASE,
)
_INLINE_END = pattern(r"\s(?:SUMMARY|Summary)[ :.]{1,3}-{3}|\s-{6,200}(?=\s|$)")
_OPEN = pattern(
    r"(?:^|[\s.,;)(])(?:[A-Z][.):]|\([A-Z]\)|\d{2})?[ \t]{0,8}"
    r"(?P<words>[A-Z][A-Za-z .'-]{1,30})?\s*$"
)
_SERIAL_NEXT = pattern(r"[ \t]{0,8}(?:[A-Z][A-Za-z.'-]{1,19}[ ]){0,3}\d{1,8}\b(?![.)])")
_BREAK_REST = pattern(r"\d{3}(?:\.\d{1,2})?[ ]{1,2}OF[ ]{1,2}\d{3}\b")
"""The remainder of a page break that was cut in two by blank lines."""
_SENTENCE = pattern(r"(?:\b[a-z]{2,20}\b[ ,;:]{1,2}){3}")
_SERIAL = pattern(r"[A-Za-z)] {0,2}\d{2,7}\b")
_LONG_LINE = 200
_CAPITAL_SENTENCE = pattern(r"(?:[A-Z][A-Z'.,-]{0,24}[ ]{1,2}){5,30}[A-Z'.,-]{1,25}$")
"""A line in a text in capitals that is certain only if a copy lost the blank line before it."""
_MOST_LINES = 60
_REDACTED = pattern(r"[ \t]{0,8}[Xx]{5,}[ \t]{0,8}$")


def ref_block(top: Top) -> Span | None:
    """Return the first span after a REF label that is not empty, or None."""
    block_spans = (_block(top, label) for label in top.labels if label.kind == "refs")
    return next(filter(None, block_spans), None)


def _block(top: Top, label: Label) -> Span | None:
    block_end = label.content
    has_gap = False
    block_pieces = list(islice(top.pieces(label), _MOST_LINES + 1))
    for piece_index, piece in enumerate(block_pieces):
        piece_text = piece.text.strip(" \t\\")
        if not piece_text:
            has_gap = block_end > label.content and not breaks_around(block_pieces, piece_index)
            continue
        if has_gap and _is_open(
            top.body[max(label.content, block_end - 60) : block_end], piece.text
        ):
            has_gap = False
        if piece_index > _MOST_LINES or (
            block_end > label.content and _is_over(piece_text, has_gap)
        ):
            break
        if piece_index and _CAPITAL_SENTENCE.match(piece_text) and top.dense(label.line + 1):
            break
        if RULE.match(piece_text):
            break
        has_rule = top.body.find("---", piece.start, piece.end) >= 0
        if has_rule and (inline_end := _INLINE_END.search(top.body, piece.start, piece.end)):
            block_end = inline_end.start()
            break
        if prose_start := _prose_in(top.body, piece.start, piece.end):
            block_end = prose_start
            break
        block_end = piece.end
        has_gap = False
    return (label.content, block_end) if top.body[label.content : block_end].strip() else None


def _prose_in(body: str, start: int, end: int) -> int:
    """Return the start of the text after the last serial of a line, or 0 if there is no such text.

    A text that lost its line breaks has its first paragraph on the line of the references.
    """
    if end - start < _LONG_LINE:
        return 0
    sentence = _SENTENCE.search(body, start, end)
    if sentence is None:
        return 0
    serial_matches = list(_SERIAL.finditer(body, start, sentence.start()))
    return serial_matches[-1].end() if serial_matches else 0


def _is_open(text_before: str, line: str) -> bool:
    """Return whether an item lacks its serial at a blank line, and the line after it has one.

    `(B) Rio de Janeiro` and `C)` have their serials on the line below.
    """
    last_line = text_before.rsplit("\n", 1)[-1]
    match = _OPEN.search(last_line)
    if match is None or not (match["words"] or match.group().strip()):
        return False
    word_text = match["words"]
    if word_text and len(word_text.split()) > 2:
        capital_words = [re.sub(r"[^A-Z]", "", word) for word in word_text.upper().split()]
        if station_at_end(capital_words, frozenset()) is None:
            return False
    return _SERIAL_NEXT.match(line) is not None


def _is_over(text: str, has_gap: bool) -> bool:
    if RULE.match(text) or _HEADING.match(text) or corrected_copy(text):
        return True
    if _LETTERED.match(text) or _BREAK_REST.match(text):
        return False
    if has_gap:
        return True
    if _REDACTED.match(text):
        return False
    if split_marking(text)[0]:
        return True
    return not any(map(str.isdigit, text)) and _SENTENCE.search(text) is not None
