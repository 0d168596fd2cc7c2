"""One document of a volume as a cable: its two texts, its paragraphs, what its heading says.

Footnotes come at the end of the body, under a line; in the text their numbers are in brackets. A
paragraph goes by the number that the telegram gives it, if it numbers its paragraphs, and otherwise
by its place in the document; those of an attachment are counted again: `1b`.
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
"""Kinds of blocks that are not parts of a paragraph."""
_SOURCE = pattern(r"\b[Ss]ource:")
"""The content of a note that names the source, after a summary at most."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_BEFORE = 6
"""The most paragraphs before the first number of a telegram that numbers its own."""
_MOST_PLACES = 200
"""The most references of one document whose positions are looked for."""
_FIRST_BLOCKS = 4
"""The first blocks of the text, in which a subject may be named."""
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
    """Return `frus1955-57v17/d89`; empty if the document has neither id nor number."""
    attributes = marked.attributes
    document_number = attributes.get("n") or headings.printed_number(_head(marked))
    own_id = "".join(
        (attributes.get("id") or (f"d{document_number}" if document_number else "")).split()
    )
    return f"{volume}/{own_id}" if own_id else ""


def _head(marked: MarkedUpDocument) -> str:
    """Return the heading; signs of `markup` stay."""
    return next(
        (block.text for block in marked.blocks if block.header and block.kind == "head"), ""
    )


def cable(
    marked: MarkedUpDocument, volume: str, location: Location, lists: VolumeLists = NO_LISTS
) -> RawCable:
    """Return the document as a record; `lists` are those of its volume."""
    header = [block for block in marked.blocks if block.header]
    identity = document_id(volume, marked)
    title = headings.title(_head(marked), identity.rpartition("/d")[2])
    heading = clean_line(" ".join(bare(title).split()))
    above = [clean_text(line) for line in _lines_above(marked.blocks)]
    texts = [clean_text(bare(block.text)) for block in marked.blocks if not block.header]
    markings = headings.markings(clean_text(next(_sources(header), "")), above)
    kind = headings.kind((heading, *above))
    if kind == EDITORIAL_NOTE or marked.attributes.get("subtype") == "editorial-note":
        kind = EDITORIAL_NOTE
        markings = markings._replace(captions=(EDITORIAL_NOTE.upper(),))
    lines = (  # that may hold the number of a despatch
        clean_line(bare(block.text))
        for block in marked.blocks
        if block.kind == "seg" or (block.header and block.kind == "opener")
    )
    first_text = next((text for text in texts if not _IN_BRACKETS.fullmatch(text)), "")
    printed_number = headings.own_number(title, lines, first_text)
    subject = clean_line(headings.subject(marked.names, texts[:_FIRST_BLOCKS]) or heading)
    created_at = _created(marked)
    # The day that the dateline names, or the month or year if it names no more.
    printed_day = _DAY.match(marked.date.get("when") or marked.date.get("from") or "")
    day = "".join(filter(None, printed_day.groups()[:3])) if printed_day else created_at[:10]
    sides = headings.sides(title)
    sender = clean_line(sides.sender)
    lines_above = (("\n" if block.near else "\n\n") + block.text for block in header)
    above_text = "".join(lines_above).lstrip("\n")
    text, paragraphs, places = _body(marked)
    body = clean_text(shown(text))
    references = [*_cited(marked, volume, identity, text)]
    references += _elsewhere(printed_number, day, sender, marked.place)
    return RawCable(
        reference_id=identity,
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
            kind=kind,
            number=printed_number,
            day=day,
            subject=subject,
            sender=sender,
            to=tuple(map(clean_line, sides.to)),
            info=markings.info,
            precedences=markings.precedences,
            captions=markings.captions,
            signed_by=tuple(_signed(marked)),
            notes=tuple(clean_text(note) for note in _notes(marked)),
            paragraphs=paragraphs,
            references=tuple(references),
            damage=marked.damage,
            people=tuple(_people(marked, volume, lists, places)),
            terms=tuple(_terms(marked, lists, f"{subject}\n{body}")),
        ),
    )


def _sources(header: Sequence[Block]) -> Iterator[str]:
    """Yield the contents of the notes that name the source."""
    for block in header:
        if block.kind in {"source", "note"}:
            text = bare(block.text)
            match = _SOURCE.search(text)
            if match or block.kind == "source":
                yield text[match.start() :] if match else text


def _lines_above(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the lines above the text except head and dateline.

    They are file numbers, `[Telegram]`, markings. The note that names the source, mostly at the
    foot of the page, is left out.
    """
    for block in blocks:
        text = bare(block.text)
        if not block.header:
            # `[Telegram.]` as a line of its own above the first words.
            if _IN_BRACKETS.fullmatch(text):
                yield text
            return
        if block.kind not in {"head", "dateline", "source"} and not _SOURCE.search(block.text):
            yield text


# The text and its paragraphs


class _Span:
    """A paragraph while its blocks are collected."""

    def __init__(self, start: int, attachment: int, heading: str | None) -> None:
        self.start = self.end = start
        self.attachment = attachment
        self.heading = heading


def _body(marked: MarkedUpDocument) -> tuple[str, tuple[Paragraph, ...], dict[int, Span]]:
    """Return the body, still marked, its paragraphs, and its persons' positions by number."""
    place_by_note: dict[int, Span] = {}
    body_pieces: list[str] = []
    block_spans: list[_Span] = []
    open_: _Span | None = None
    heading: str | None = None
    body_offset = 0
    # Lists of subjects and participants above the first paragraph are no paragraphs.
    is_waiting = any(block.begins for block in marked.blocks if not block.header)
    for block in marked.blocks:
        if block.header:
            continue
        if body_pieces:
            body_pieces.append("\n" if block.near else "\n\n")
            body_offset += len(body_pieces[-1])
        if block.kind in _AROUND:
            open_ = None
            if block.kind in {"head", "heading"}:
                heading = " ".join(bare(block.text).split())
            heading = heading if not is_waiting else None
        elif block.begins or not (
            is_waiting or (open_ is not None and open_.attachment == block.attachment)
        ):
            open_ = _Span(body_offset, block.attachment, heading)
            heading, is_waiting = None, False
            block_spans.append(open_)
        body_pieces.append(block.text)
        place_by_note |= _moved(block.persons, body_offset)
        body_offset += len(block.text)
        if open_:
            open_.end = body_offset
    text = "".join(body_pieces)
    paragraphs = _own_numbers(text, block_spans) or _counted(
        text, [span for span in block_spans if not span.attachment]
    )
    paragraphs += _counted(text, [span for span in block_spans if span.attachment])
    if marked.notes:
        text += "\n\n" + RULE if text else RULE
    for note, printed_note in zip(marked.notes, _notes(marked), strict=True):
        text += "\n\n" + printed_note
        place_by_note |= _moved(note.persons, len(text) - len(note.text))
    return text, tuple(paragraphs), place_by_note


def _moved(persons: Iterable[PersonSpan], by: int) -> dict[int, Span]:
    return {person.number: (person.start + by, person.end + by) for person in persons}


def _counted(text: str, spans: list[_Span]) -> list[Paragraph]:
    """Return paragraphs by their position in the document or the attachment."""
    counts: dict[int, int] = {}
    paragraphs = []
    for span in spans:
        counts[span.attachment] = paragraph_number = counts.get(span.attachment, 0) + 1
        label = series_label(paragraph_number, span.attachment)
        words = clean_text(bare(text[span.start : span.end]))
        heading = clean_line(span.heading) if span.heading else None
        span_place = span.start, span.end
        paragraphs.append(Paragraph(label, f"par{label}", None, heading, words, span_place))
    return paragraphs


def _own_numbers(text: str, spans: list[_Span]) -> list[Paragraph]:
    """Return paragraphs by the numbers that they have; none if most of them have no number.

    The text before the first number goes by letters.
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
        replace(paragraph, label=label, anchor=f"par{label}", text=clean_text(bare(paragraph.text)))
        for paragraph, label in zip(paragraphs, own_labels, strict=True)
    ]


def _notes(marked: MarkedUpDocument) -> Iterator[str]:
    for note in marked.notes:
        yield f"[{note.number}] {shown(note.text)}"


def _signed(marked: MarkedUpDocument) -> Iterator[str]:
    """Yield the surnames of those who signed.

    A surname is the last word of the name, without marks of the editors.
    """
    for block in marked.blocks:
        if block.kind == "signed" and not block.attachment:
            line = _NAME_END.split(bare(block.text))[0]
            line_words = line.replace("[", "").replace("]", "").strip(" .,").split()
            if line_words and len(line_words) <= 6:
                yield clean_line(line_words[-1]).upper()


# Persons and abbreviations, as the lists of the volume know them


def _people(
    marked: MarkedUpDocument, volume: str, lists: VolumeLists, places: Mapping[int, Span]
) -> Iterator[EditorsName]:
    """Yield the names that are marked; one that points to several persons is a name of each."""
    for number, person in enumerate(marked.persons[:_MOST_NAMES]):
        text, span = clean_line(person.text), places.get(number)
        keys = [match for match in map(_KEY.fullmatch, person.target.split()) if match]
        for match in keys:
            volume_named, key = match["volume"] or volume, match["key"]
            entry = lists.people.get(key) if volume_named == volume else None
            entry = entry or ListEntry(key, "", "")
            yield EditorsName(text, f"{volume_named}#{entry.key}", *entry[1:], person.signed, span)
        if not keys:
            yield EditorsName(text, "", signed=person.signed, span=span)


def _terms(marked: MarkedUpDocument, lists: VolumeLists, text: str) -> Iterator[EditorsTerm]:
    """Yield abbreviations that the editors marked, then others of their list, each once."""
    terms: dict[tuple[str, str], EditorsTerm] = {}
    for term in marked.terms:
        if (entry := lists.terms.get(term.target.strip().removeprefix("#"))) and entry.said:
            printed_term = clean_line(term.text)
            terms.setdefault(
                (printed_term, entry.said), EditorsTerm(printed_term, entry.said, True)
            )
    terms_seen = {printed_term for printed_term, _ in terms}
    for word in dict.fromkeys(CAPITALIZED.findall(text)):
        for entry in lists.terms_of.get(word, ()):
            places = () if entry.name in terms_seen else occurrences(entry.name, text, len(text))
            if any(True for _ in places):
                terms[entry.name, entry.said] = EditorsTerm(entry.name, entry.said, False)
    yield from terms.values()


# Dates and references


def _created(marked: MarkedUpDocument) -> str:
    """Return `1957-02-12 23:00` as the dateline has it, or the day; or empty.

    Without a date there it is the edition's own first moment, which is in Washington's time.
    """
    if printed_time := _iso(marked.date):
        clock = _CLOCK.match(marked.time) if len(printed_time) == _DAY_ONLY else None
        return f"{printed_time} {clock[0]}" if clock else printed_time
    first_time = marked.attributes.get("doc-dateTime-min", "")
    last_time = marked.attributes.get("doc-dateTime-max", "")
    first_moment = _iso({"when": first_time})
    whole_day = first_moment.endswith(" 00:00") and first_time != last_time
    return first_moment[:10] if whole_day else first_moment


def _iso(date: dict[str, str]) -> str:
    """Return the moment in the attributes of a date; a month alone is its first day."""
    for date_name in ("when", "from", "notBefore", "notAfter", "to"):
        if match := _DAY.match(date.get(date_name, "")):
            year, month, day, clock = match.groups()
            known_day = f"{year}{month or '-01'}{day or '-01'}"
            return f"{known_day} {clock}" if clock else known_day
    return ""


def _cited(marked: MarkedUpDocument, volume: str, own: str, body: str) -> Iterator[Reference]:
    """Find the documents that its references point to, each once, and their words' position."""
    ids_seen = {own}
    for target, words in marked.targets:
        match = _TARGET.fullmatch(target.strip())
        if match is None:
            continue
        identity = f"{match['volume'] or volume}/{match['document']}"
        if identity in ids_seen:
            continue
        ids_seen.add(identity)
        name_and_id = f"{clean_line(words)} ({identity})" if words else identity
        span = _place_of(words, body) if len(ids_seen) <= _MOST_PLACES else None
        yield Reference(None, "cable", identity, False, name_and_id, span, source="text")


def _place_of(words: str, body: str) -> Span | None:
    """Return the position of the words of a reference; None if they have no number, as `infra`."""
    if not any(map(str.isdigit, words)):
        return None
    start = body.find(words)
    while start >= 0 and body[start + len(words) : start + len(words) + 1].isdigit():
        start = body.find(words, start + 1)  # `Document 6` is in `Document 68` too
    return (start, start + len(words)) if start >= 0 else None


def _elsewhere(number: str, day: str, sender: str, place: str) -> Iterator[Reference]:
    """Yield the id of the same telegram in other collections, from post, number and year."""
    if not _PLAIN_NUMBER.fullmatch(number) or day < "1950":
        return
    post = " ".join(place.strip(" [](),.").split())
    if _STATE.search(sender):
        post = "STATE"
    elif _MISSION.search(sender):
        post = "USUN NEW YORK"
    named_reference = reference_in(f"{day[:4]} {post} {number}") if post else None
    if named_reference:
        text = f"also in this archive as {named_reference[0]}"
        yield Reference(ALSO, "cable", named_reference[0], False, text, source="list")
