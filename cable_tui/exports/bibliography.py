"""Bibliography items in BibTeX, RIS and CSL-JSON, always of the type report.

Of all item types, only a report keeps every field in every format when imported by Zotero. The
cited paragraphs are listed in a note on the item, and the address leads to the first of them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.exports.citation import (
    Citation,
    Note,
    author,
    link,
    repository,
    repository_line,
    written_on,
)
from cable_tui.exports.footnotes import title_of, with_fixed_letters, words_of
from cable_tui.text.cleaning import json_text

_TYPE = "Diplomatic cable"
_ESCAPES = {
    **{sign: f"\\{sign}" for sign in "&%#_{}"},
    # No spelling of these survives the import: a sign that looks alike stands for each.
    "\\": "＼",
    "~": "∼",
}
_LIGATURE = pattern(
    r"""
    (?<=-)(?=-) | (?<=')(?=') | (?<=`)(?=`) | (?<=!)(?=[!?`]) | (?<=\?)(?=[!`])
    # Zotero makes a telephone sign of TEL, in `INTELLIGENCE` as in the references of Tel Aviv.
    | (?<=TE)(?=L)
    """,
    re.VERBOSE,
)
"""The positions where TeX, or the import into Zotero, would merge several characters into one."""
_BRACES = ("\x0e", "\x0f")
"""Control characters that replace braces until the text is escaped. Cables contain neither."""
_TAG_LIKE = pattern(r"<(?=[A-Za-z/!?])")
_ENTITY_LIKE = pattern(r"&#?\w+;?")


class _Item(Value):
    """The facts about a cable for all three formats. Unknown facts are empty."""

    key: str
    kind: str
    """The document type, usually `Diplomatic cable`."""
    author: str
    title: str
    fixed: tuple[Span, ...]
    """The spans of acronyms and names in the title."""
    created: date | None
    url: str
    read_on: date | None
    classification: str
    tags: tuple[str, ...]
    summary: str
    repository: str
    note: str
    """The cited paragraph and the reader's notes, on one line."""


def _item(citation: Citation) -> _Item:
    cable = citation.cable
    title = title_of(cable)
    source_repository = repository(citation)
    return _Item(
        key=cable.reference_id,
        kind=(cable.edition.kind.capitalize() or "Document") if cable.edition else _TYPE,
        author=author(citation),
        title=title or cable.reference_id,
        fixed=tuple(with_fixed_letters(title, words_of(cable))),
        created=written_on(citation),
        url=link(citation),
        read_on=citation.read_on,
        classification=cable.facts.classification,
        # Commas and semicolons would split a name into two tags.
        tags=tuple(re.sub("[,;]", "", tag) for tag in cable.tags),
        summary=" ".join((cable.body.summary or "").split()),
        # Its number of the document is the reference, which has a field of its own.
        repository=repository_line(citation)
        if source_repository.printed
        else ", ".join(filter(None, (source_repository.name, source_repository.series))),
        note=". ".join(filter(None, (citation.paras, *_notes(citation)))),
    )


def _notes(citation: Citation) -> list[str]:
    """Return the reader's notes, each on one line with its author and paragraph."""
    return [_note(note) for note in citation.notes if note.text.strip()]


def _note(note: Note) -> str:
    place_in_brackets = f"({note.place}) " if note.place else ""
    author_prefix = f"{note.author}: " if note.author else ""
    return " ".join(f"{place_in_brackets}{author_prefix}{note.text}".split())


def bibtex(citation: Citation) -> str:
    """Return a `@techreport` entry, which has fields for number and institution.

    The date is given twice: BibTeX reads year, month and day, whereas Zotero drops the day and
    reads the `date` after them.
    """
    item = _item(citation)
    created_fields = []
    if created_on := item.created:
        month = created_on.strftime("%b").lower()
        created_fields = [
            ("year", f"{created_on.year}"),
            ("month", month),
            ("day", f"{created_on.day}"),
        ]
        created_fields.append(("date", created_on.isoformat()))
    return _entry("techreport", item, created_fields, "en")


def biblatex(citation: Citation) -> str:
    """Return a BibLaTeX `@report` entry, whose date is a single field."""
    item = _item(citation)
    created_fields = [("date", item.created.isoformat())] if item.created else []
    return _entry("report", item, created_fields, "english")


def _entry(entry_type: str, item: _Item, created: list[tuple[str, str]], language: str) -> str:
    author = f"{{{_tex(item.author)}}}" if item.author else ""
    fields = [
        ("author", author),
        ("title", _tex_title(item)),
        ("shorttitle", _tex(item.key)),
        ("number", _tex(item.key)),
        ("type", item.kind),
        ("institution", author),
        *created,
        ("howpublished", _tex(item.repository)),
        # Taken raw: an escape would stay in the address.
        ("url", item.url),
        ("urldate", item.read_on.isoformat() if item.read_on else ""),
        ("language", language),
        ("copyright", _tex(item.classification)),
        ("keywords", _tex(", ".join(item.tags))),
        ("abstract", _tex(item.summary)),
        ("note", _tex(item.note)),
    ]
    # The month is a macro; in braces it would be lost together with the day.
    braced_fields = (
        (name, value if name == "month" else f"{{{value}}}") for name, value in fields if value
    )
    field_lines = (f"  {name} = {value}" for name, value in braced_fields)
    return f"@{entry_type}{{{item.key},\n" + ",\n".join(field_lines) + "\n}"


def _tex_title(item: _Item) -> str:
    """Return the title with acronyms and names in braces, so that styles keep their capitals."""
    title_pieces, previous_end = [], 0
    for fixed_start, fixed_end in item.fixed:
        title_pieces += [
            item.title[previous_end:fixed_start],
            _BRACES[0],
            item.title[fixed_start:fixed_end],
            _BRACES[1],
        ]
        previous_end = fixed_end
    title_pieces.append(item.title[previous_end:])
    # An escape may come between two words, as in `TE{}L`.
    return _tex("".join(title_pieces)).replace(_BRACES[0], "{").replace(_BRACES[1], "}")


def _tex(text: str) -> str:
    escaped_text = "".join(_ESCAPES.get(character, character) for character in text)
    # One dollar sign comes back, of two each comes back as a backslash.
    escaped_text = escaped_text.replace("$", "\\$" if text.count("$") == 1 else "＄")
    return _LIGATURE.sub("{}", escaped_text)


def ris(citation: Citation) -> str:
    """Return one RIS record, with each value on its own line."""
    return "\n".join(f"{tag}  - {value}".rstrip() for tag, value in _ris_fields(_item(citation)))


def _ris_fields(item: _Item) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    # A comma would split the name of a post into a last and a first name.
    fields = [
        ("AU", _ris(item.author.replace(",", " –"))),
        ("TI", _ris(item.title)),
        ("ST", item.key),
        ("SN", item.key),
        ("M3", item.kind),
        ("PB", _ris(item.author)),
        ("DA", f"{item.created:%Y/%m/%d}/" if item.created else ""),
        ("PY", f"{item.created:%Y}" if item.created else ""),
        ("DB", _ris(item.repository)),
        ("UR", item.url),
        # Without an hour the day is off by one west of Greenwich in the evening.
        ("Y2", f"{item.read_on:%Y/%m/%d}/12:00:00" if item.read_on else ""),
        ("LA", "en"),
        ("CR", _ris(item.classification)),
        *(("KW", _ris(tag)) for tag in item.tags),
        ("AB", item.summary),
        ("N1", item.note),
    ]
    yield from ((tag, value) for tag, value in fields if value)
    yield "ER", ""


def _ris(text: str) -> str:
    text = _ENTITY_LIKE.sub(_literal, " ".join(text.split()))
    return _TAG_LIKE.sub("&lt;", text)


def _literal(match: re.Match[str]) -> str:
    entity = match[0]
    return entity if html.unescape(entity) == entity else f"&amp;{entity[1:]}"


def csl_item(citation: Citation) -> dict[str, Any]:
    """Return one CSL-JSON item."""
    item = _item(citation)
    # Lines with other names than these would move into fields of the item.
    note_lines = [f"Tags: {', '.join(item.tags)}"] if item.tags else []
    note_lines += [f"Paragraph: {citation.places}"] if citation.places else []
    note_lines += [f"Reference: {', '.join(citation.letters)}"] if citation.letters else []
    note_lines += [f"Note: {note}" for note in _notes(citation)]
    item_fields = {
        "id": item.key,
        "citation-key": item.key,
        "type": "report",
        "title": item.title,
        "title-short": item.key,
        "author": [{"literal": item.author}] if item.author else [],
        "number": item.key,
        "genre": item.kind,
        "publisher": item.author,
        "issued": _csl_date(item.created),
        "archive": item.repository,
        "URL": item.url,
        "accessed": _csl_date(item.read_on),
        "language": "en",
        "license": item.classification,
        "keyword": ", ".join(item.tags),
        "abstract": item.summary,
        "note": "\n".join(note_lines),
    }
    return {name: field_value for name, field_value in item_fields.items() if field_value}


def _csl_date(calendar_date: date | None) -> dict[str, Any]:
    return (
        {"date-parts": [[calendar_date.year, calendar_date.month, calendar_date.day]]}
        if calendar_date
        else {}
    )


def csl_json(citation: Citation) -> str:
    """Return a CSL-JSON file with one item."""
    return csl_items([citation])


def csl_items(citations: Iterable[Citation]) -> str:
    """Return a CSL-JSON file: an array with one entry for each citation."""
    return json_text(list(map(csl_item, citations)), indent=1)
