"""Builds a cable from one document of a volume: its texts, its paragraphs and its heading.

Footnotes are at the end of the body, below a line; their numbers in the text are in brackets.
Paragraphs are labelled with the telegram's own numbers if it has any, and otherwise with their
position in the document. The paragraphs of an attachment are numbered separately: `1b`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cable_tui.base.cable import (
    EDITORIAL_NOTE,
    Edition,
    EditorsName,
    EditorsTerm,
    Location,
    Paragraph,
    RawCable,
    Reference,
    Span,
)
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats.frus import heading as headings
from cable_tui.formats.frus.markup import (
    Block,
    MarkedUpDocument,
    PersonSpan,
    bare,
    shown,
    without_sides,
)
from cable_tui.formats.frus.volume_lists import CAPITALIZED, NO_LISTS, ListEntry, VolumeLists
from cable_tui.glossary.acronym_readings import occurrences
from cable_tui.telegram.edition import ALSO
from cable_tui.telegram.ids import reference_in
from cable_tui.telegram.paragraph_starts import series_label
from cable_tui.telegram.paragraphs import paragraphs as numbered_paragraphs
from cable_tui.text import clean_line, clean_text

RULE = "-" * 20
"""The line above the footnotes."""
FORMAT_NAME = "frus"
_AROUND = frozenset(
    """
    signed closer salute dateline trailer byline head heading opener seg source addressed rule
    """.split()
)
"""Types of blocks that are not parts of a paragraph."""
_SOURCE = pattern(r"\b[Ss]ource:")
"""Matches text in a note that gives the source, preceded at most by a summary."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_BEFORE = 6
"""The maximum number of paragraphs before the first number in a telegram with numbered paragraphs.
"""
_MOST_PLACES = 200
"""The maximum number of references in a document whose positions are searched for."""
_FIRST_BLOCKS = 4
"""The number of blocks at the start of the text that may contain a subject."""
_IN_BRACKETS = pattern(r"\[[^\[\]]{3,80}\]\.?")
_DAY = pattern(r"([0-9]{4})(-[0-9]{2})?(-[0-9]{2})?(?:T([0-9]{2}:[0-9]{2}))?")
_CLOCK = pattern(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_DAY_ONLY = len("1957-02-12")
_TARGET = pattern(
    r"(?:https?://history\.state\.gov/historicaldocuments/)?"
    r"(?P<volume>frus[0-9]{4}[A-Za-z0-9-]{0,40})?[#/](?P<document>d[0-9]{1,4})(?:fn\S{0,12})?"
)
_NAME_END = pattern(r"[,\n]|\s(?:Jr|Sr|[IV]{1,3})\b")
_STATE = pattern(r"\b(?:Department|Secretary) of State\b|\bDepartment\b")
_MISSION = pattern(r"\bMission (?:at|to) the United Nations\b|\bUSUN\b")
_KEY = pattern(r"(?:(?P<volume>frus[0-9][A-Za-z0-9-]{0,44})(?:\.xml)?)?#(?P<key>[^\s#]{1,80})")
_MOST_NAMES = 5000
_PLAIN_NUMBER = pattern(r"[0-9]{1,6}")


def document_id(volume: str, marked: MarkedUpDocument) -> str:
    """Return an ID such as `frus1955-57v17/d89`, or an empty string without an ID and a number."""
    attributes = marked.attributes
    printed_number = attributes.get("n") or headings.printed_number(_head(marked))
    own_id = "".join(
        (attributes.get("id") or (f"d{printed_number}" if printed_number else "")).split()
    )
    return f"{volume}/{own_id}" if own_id else ""


def _head(marked: MarkedUpDocument) -> str:
    """Return the heading, still with the markers from `markup`."""
    return next(
        (block.text for block in marked.blocks if block.header and block.kind == "head"), ""
    )


def cable(
    marked: MarkedUpDocument, volume: str, location: Location, lists: VolumeLists = NO_LISTS
) -> RawCable:
    """Return the document as a record, using the `lists` of its volume."""
    header_blocks = [block for block in marked.blocks if block.header]
    document_identity = document_id(volume, marked)
    title = headings.title(_head(marked), document_identity.rpartition("/d")[2])
    heading = clean_line(" ".join(bare(title).split()))
    upper_lines = [clean_text(line) for line in _lines_above(marked.blocks)]
    body_texts = [clean_text(bare(block.text)) for block in marked.blocks if not block.header]
    markings = headings.markings(clean_text(next(_sources(header_blocks), "")), upper_lines)
    document_kind = headings.kind((heading, *upper_lines))
    if document_kind == EDITORIAL_NOTE or marked.attributes.get("subtype") == "editorial-note":
        document_kind = EDITORIAL_NOTE
        markings = markings._replace(captions=(EDITORIAL_NOTE.upper(),))
    opener_lines = (  # that may hold the number of a despatch
        clean_line(bare(block.text))
        for block in marked.blocks
        if block.kind == "seg" or (block.header and block.kind == "opener")
    )
    first_text = next(
        (marked_body for marked_body in body_texts if not _IN_BRACKETS.fullmatch(marked_body)), ""
    )
    printed_number = headings.own_number(title, opener_lines, first_text)
    subject = clean_line(headings.subject(marked.names, body_texts[:_FIRST_BLOCKS]) or heading)
    created_at = _created(marked)
    # The day that the dateline names, or the month or year if it names no more.
    dateline_match = _DAY.match(marked.date.get("when") or marked.date.get("from") or "")
    dateline_day = (
        "".join(filter(None, dateline_match.groups()[:3])) if dateline_match else created_at[:10]
    )
    sides = headings.sides(title)
    sender = clean_line(sides.sender)
    header_texts = (("\n" if block.near else "\n\n") + block.text for block in header_blocks)
    above_text = "".join(header_texts).lstrip("\n")
    marked_body, body_paragraphs, person_spans = _body(marked)
    body = clean_text(shown(marked_body))
    references = [*_cited(marked, volume, document_identity, marked_body)]
    references += _elsewhere(printed_number, dateline_day, sender, marked.place)
    return RawCable(
        reference_id=document_identity,
        created=created_at,
        released="",
        classification=markings.classification,
        origin=sender,
        title=subject,
        header=clean_text(shown(without_sides(above_text))),
        body=body,
        format=FORMAT_NAME,
        location=location,
        edition=Edition(
            heading=heading,
            kind=document_kind,
            number=printed_number,
            day=dateline_day,
            subject=subject,
            sender=sender,
            to=tuple(map(clean_line, sides.to)),
            info=markings.info,
            precedences=markings.precedences,
            captions=markings.captions,
            signed_by=tuple(_signed(marked)),
            notes=tuple(clean_text(note) for note in _notes(marked)),
            paragraphs=body_paragraphs,
            references=tuple(references),
            damage=marked.damage,
            people=tuple(_people(marked, volume, lists, person_spans)),
            terms=tuple(_terms(marked, lists, f"{subject}\n{body}")),
        ),
    )


def _sources(header: Sequence[Block]) -> Iterator[str]:
    """Yield the contents of the notes that give the source."""
    for block in header:
        if block.kind in {"source", "note"}:
            note_text = bare(block.text)
            source_match = _SOURCE.search(note_text)
            if source_match or block.kind == "source":
                yield note_text[source_match.start() :] if source_match else note_text


def _lines_above(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the lines above the text except the heading and dateline.

    They are file numbers, `[Telegram]` and markings. The note that gives the source, usually at the
    foot of the page, is excluded.
    """
    for block in blocks:
        line_text = bare(block.text)
        if not block.header:
            # `[Telegram.]` as a line of its own above the first words.
            if _IN_BRACKETS.fullmatch(line_text):
                yield line_text
            return
        if block.kind not in {"head", "dateline", "source"} and not _SOURCE.search(block.text):
            yield line_text


# The text and its paragraphs


class _Span:
    """A paragraph while its blocks are being collected."""

    def __init__(self, start: int, attachment: int, heading: str | None) -> None:
        self.start = self.end = start
        self.attachment = attachment
        self.heading = heading


def _body(marked: MarkedUpDocument) -> tuple[str, tuple[Paragraph, ...], dict[int, Span]]:
    """Return the body with its markers, its paragraphs, and the positions of persons by number."""
    person_spans: dict[int, Span] = {}
    body_pieces: list[str] = []
    block_spans: list[_Span] = []
    open_paragraph: _Span | None = None
    next_heading: str | None = None
    body_offset = 0
    # Lists of subjects and participants above the first paragraph are no paragraphs.
    is_before_first = any(block.begins for block in marked.blocks if not block.header)
    for block in marked.blocks:
        if block.header:
            continue
        if body_pieces:
            body_pieces.append("\n" if block.near else "\n\n")
            body_offset += len(body_pieces[-1])
        if block.kind in _AROUND:
            open_paragraph = None
            if block.kind in {"head", "heading"}:
                next_heading = " ".join(bare(block.text).split())
            next_heading = next_heading if not is_before_first else None
        elif block.begins or not (
            is_before_first
            or (open_paragraph is not None and open_paragraph.attachment == block.attachment)
        ):
            open_paragraph = _Span(body_offset, block.attachment, next_heading)
            next_heading, is_before_first = None, False
            block_spans.append(open_paragraph)
        body_pieces.append(block.text)
        person_spans |= _moved(block.persons, body_offset)
        body_offset += len(block.text)
        if open_paragraph:
            open_paragraph.end = body_offset
    body_text = "".join(body_pieces)
    paragraphs = _own_numbers(body_text, block_spans) or _counted(
        body_text, [span for span in block_spans if not span.attachment]
    )
    paragraphs += _counted(body_text, [span for span in block_spans if span.attachment])
    if marked.notes:
        body_text += "\n\n" + RULE if body_text else RULE
    for note, printed_note in zip(marked.notes, _notes(marked), strict=True):
        body_text += "\n\n" + printed_note
        person_spans |= _moved(note.persons, len(body_text) - len(note.text))
    return body_text, tuple(paragraphs), person_spans


def _moved(persons: Iterable[PersonSpan], distance: int) -> dict[int, Span]:
    return {person.number: (person.start + distance, person.end + distance) for person in persons}


def _counted(text: str, spans: list[_Span]) -> list[Paragraph]:
    """Return paragraphs labelled by their position in the document or attachment."""
    counts: dict[int, int] = {}
    paragraphs = []
    for span in spans:
        counts[span.attachment] = paragraph_number = counts.get(span.attachment, 0) + 1
        paragraph_label = series_label(paragraph_number, span.attachment)
        paragraph_text = clean_text(bare(text[span.start : span.end]))
        heading = clean_line(span.heading) if span.heading else None
        paragraph_span = span.start, span.end
        paragraphs.append(
            Paragraph(
                paragraph_label,
                f"par{paragraph_label}",
                None,
                heading,
                paragraph_text,
                paragraph_span,
            )
        )
    return paragraphs


def _own_numbers(text: str, spans: list[_Span]) -> list[Paragraph]:
    """Return paragraphs labelled by their own numbers, or none if most of them have no number.

    Paragraphs before the first number are labelled with letters.
    """
    own_spans = [span for span in spans if not span.attachment]
    if not own_spans:
        return []
    own_end = own_spans[-1].end
    paragraphs = numbered_paragraphs(text[:own_end], own_spans[0].start, own_end, None)
    numbered_count = sum(paragraph.label is not None for paragraph in paragraphs)
    unnumbered_count = len(paragraphs) - numbered_count
    if (
        numbered_count < 2
        or 2 * numbered_count < len(own_spans) - unnumbered_count
        or unnumbered_count > _MOST_BEFORE
    ):
        return []
    letters = iter(_LETTERS)
    own_labels = [paragraph.label or next(letters) for paragraph in paragraphs]
    return [
        replace(
            paragraph,
            label=paragraph_label,
            anchor=f"par{paragraph_label}",
            text=clean_text(bare(paragraph.text)),
        )
        for paragraph, paragraph_label in zip(paragraphs, own_labels, strict=True)
    ]


def _notes(marked: MarkedUpDocument) -> Iterator[str]:
    for note in marked.notes:
        yield f"[{note.number}] {shown(note.text)}"


def _signed(marked: MarkedUpDocument) -> Iterator[str]:
    """Yield the surnames of the signers.

    A surname is the last word of the name, without the editors' brackets.
    """
    for block in marked.blocks:
        if block.kind == "signed" and not block.attachment:
            signer_name = _NAME_END.split(bare(block.text))[0]
            name_words = signer_name.replace("[", "").replace("]", "").strip(" .,").split()
            if name_words and len(name_words) <= 6:
                yield clean_line(name_words[-1]).upper()


# Persons and abbreviations, as the lists of the volume know them


def _people(
    marked: MarkedUpDocument, volume: str, lists: VolumeLists, person_spans: Mapping[int, Span]
) -> Iterator[EditorsName]:
    """Yield the marked names; a name that refers to several persons is yielded once for each."""
    for person_number, person in enumerate(marked.persons[:_MOST_NAMES]):
        name_text, span = clean_line(person.text), person_spans.get(person_number)
        key_matches = [
            key_match for key_match in map(_KEY.fullmatch, person.target.split()) if key_match
        ]
        for key_match in key_matches:
            named_volume, person_key = key_match["volume"] or volume, key_match["key"]
            list_entry = lists.people.get(person_key) if named_volume == volume else None
            list_entry = list_entry or ListEntry(person_key, "", "")
            yield EditorsName(
                name_text, f"{named_volume}#{list_entry.key}", *list_entry[1:], person.signed, span
            )
        if not key_matches:
            yield EditorsName(name_text, "", signed=person.signed, span=span)


def _terms(marked: MarkedUpDocument, lists: VolumeLists, text: str) -> Iterator[EditorsTerm]:
    """Yield abbreviations that the editors marked, then others from their list, each once."""
    terms: dict[tuple[str, str], EditorsTerm] = {}
    for term in marked.terms:
        if (
            list_entry := lists.terms.get(term.target.strip().removeprefix("#"))
        ) and list_entry.said:
            printed_term = clean_line(term.text)
            terms.setdefault(
                (printed_term, list_entry.said), EditorsTerm(printed_term, list_entry.said, True)
            )
    terms_seen = {printed_term for printed_term, _ in terms}
    for first_word in dict.fromkeys(CAPITALIZED.findall(text)):
        for list_entry in lists.terms_of.get(first_word, ()):
            term_offsets = (
                ()
                if list_entry.name in terms_seen
                else occurrences(list_entry.name, text, len(text))
            )
            if any(True for _ in term_offsets):
                terms[list_entry.name, list_entry.said] = EditorsTerm(
                    list_entry.name, list_entry.said, False
                )
    yield from terms.values()


# Dates and references


def _created(marked: MarkedUpDocument) -> str:
    """Return the time in the dateline, `1957-02-12 23:00`, or only the day, or an empty string.

    If the dateline has no date, return the edition's own earliest time, which is Washington time.
    """
    if printed_time := _iso(marked.date):
        time_match = _CLOCK.match(marked.time) if len(printed_time) == _DAY_ONLY else None
        return f"{printed_time} {time_match[0]}" if time_match else printed_time
    first_time = marked.attributes.get("doc-dateTime-min", "")
    last_time = marked.attributes.get("doc-dateTime-max", "")
    first_moment = _iso({"when": first_time})
    is_whole_day = first_moment.endswith(" 00:00") and first_time != last_time
    return first_moment[:10] if is_whole_day else first_moment


def _iso(date: dict[str, str]) -> str:
    """Return the time in the attributes of a date; a month alone becomes its first day."""
    for date_name in ("when", "from", "notBefore", "notAfter", "to"):
        if date_match := _DAY.match(date.get(date_name, "")):
            year, month, day, clock = date_match.groups()
            iso_day = f"{year}{month or '-01'}{day or '-01'}"
            return f"{iso_day} {clock}" if clock else iso_day
    return ""


def _cited(marked: MarkedUpDocument, volume: str, own_id: str, body: str) -> Iterator[Reference]:
    """Yield references to other documents, each once, with the position of their words."""
    ids_seen = {own_id}
    for target, reference_words in marked.targets:
        target_match = _TARGET.fullmatch(target.strip())
        if target_match is None:
            continue
        cited_id = f"{target_match['volume'] or volume}/{target_match['document']}"
        if cited_id in ids_seen:
            continue
        ids_seen.add(cited_id)
        name_and_id = f"{clean_line(reference_words)} ({cited_id})" if reference_words else cited_id
        span = _place_of(reference_words, body) if len(ids_seen) <= _MOST_PLACES else None
        yield Reference(None, "cable", cited_id, False, name_and_id, span, source="text")


def _place_of(words: str, body: str) -> Span | None:
    """Return the position of a reference's words, or None if they contain no number (`infra`)."""
    if not any(map(str.isdigit, words)):
        return None
    words_start = body.find(words)
    while (
        words_start >= 0 and body[words_start + len(words) : words_start + len(words) + 1].isdigit()
    ):
        words_start = body.find(words, words_start + 1)  # `Document 6` is in `Document 68` too
    return (words_start, words_start + len(words)) if words_start >= 0 else None


def _elsewhere(number: str, day: str, sender: str, place: str) -> Iterator[Reference]:
    """Yield the telegram's ID in other collections, derived from post, number and year."""
    if not _PLAIN_NUMBER.fullmatch(number) or day < "1950":
        return
    post_name = " ".join(place.strip(" [](),.").split())
    if _STATE.search(sender):
        post_name = "STATE"
    elif _MISSION.search(sender):
        post_name = "USUN NEW YORK"
    named_reference = reference_in(f"{day[:4]} {post_name} {number}") if post_name else None
    if named_reference:
        note_text = f"also in this archive as {named_reference[0]}"
        yield Reference(ALSO, "cable", named_reference[0], False, note_text, source="list")
