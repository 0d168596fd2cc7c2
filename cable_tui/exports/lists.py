"""Lists of cables as one file: JSON Lines, CSV, Markdown, plain text, bibliographies.

Each format makes a part of the file from each citation, which worker processes can do, and joins
the parts. It takes them one by one and yields pieces of text, so an archive may be of any size.
A list may name a cable several times; formats for cables write it once. Programs rely on the keys
of a cable as JSON, their order and their nesting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from cable_tui.base.tools import load, tool_formats, tools
from cable_tui.base.value import Value, replace
from cable_tui.exports import bibliography
from cable_tui.exports.citation import Citation, Note, link
from cable_tui.exports.copy_formats import quoted_texts, reference
from cable_tui.exports.dossier import MARKDOWN, PAGE, entry, laid_out
from cable_tui.exports.plain_text import plain
from cable_tui.telegram import body_labels
from cable_tui.telegram.tags import tags
from cable_tui.text.cleaning import WriteRow, csv_row, json_text, raw_csv_row

Part = Any
"""The part of a file that a format makes from one citation; it can be pickled."""
Write = Callable[[Iterable[Part], str], Iterator[str] | Iterator[bytes]]
"""A function that yields a file in pieces, from its parts and a title. Pieces are text, or bytes if
`binary`.
"""


def unchanged(citation: Citation) -> Citation:
    """Return the citation itself, as the part of a format that writes everything when it joins."""
    return citation


class ListFormat(Value):
    """A file format for a list of cables."""

    name: str
    """The name for `export --format`."""
    label: str
    key: str
    """The key in the menu of formats, where `j` and `k` move the cursor."""
    extension: str
    """The extension of the file name."""
    join: Write
    """Writes the file from the parts of its citations."""
    of_places: bool = False
    """Whether the format writes each cited cable or paragraph in a list with its notes, rather than
    each cable once.
    """
    notes: bool = True
    """Whether the format includes the reader's notes or lists."""
    binary: bool = False
    """Whether the format writes bytes, such as a zip, which a terminal cannot show."""
    apart: bool = False
    """Whether the format writes each bookmarked paragraph separately, even for a query's cables."""
    part: Callable[[Citation], Part] = unchanged
    """Makes the part of a citation. This takes most of the time, so workers share it."""


def once(citations: Sequence[Citation]) -> list[Citation]:
    """Return each cable once, at its first position, with the notes of all its citations."""
    citations_by_cable: dict[str, list[Citation]] = {}
    for citation in citations:
        citations_by_cable.setdefault(citation.cable.canonical_id, []).append(citation)
    return [_joined(cable_citations) for cable_citations in citations_by_cable.values()]


def each_once(citations: Iterable[Citation]) -> Iterator[Citation]:
    """Yield each cable once, as `once` does. Citations of the same cable must be adjacent."""
    for _, cable_citations in groupby(citations, key=lambda cited: cited.cable.canonical_id):
        yield _joined(list(cable_citations))


def _joined(cable_citations: Sequence[Citation]) -> Citation:
    if len(cable_citations) == 1:
        return cable_citations[0]
    paragraph_by_span = {
        paragraph.span: paragraph
        for citation in cable_citations
        for paragraph in citation.paragraphs
    }
    return replace(
        cable_citations[0],
        paragraphs=tuple(paragraph_by_span[span] for span in sorted(paragraph_by_span)),
        notes=tuple(
            replace(note, place=citation.paras)
            for citation in cable_citations
            for note in citation.notes
        ),
        lists=tuple(
            replace(entry, place=citation.paras)
            for citation in cable_citations
            for entry in citation.lists
        ),
        caution="; ".join(
            dict.fromkeys(citation.caution for citation in cable_citations if citation.caution)
        ),
    )


def _json_line(citation: Citation) -> str:
    from cable_tui.exports.cable_json import cable_json, reader_note

    notes = tuple(reader_note(citation, note) for note in citation.notes)
    return json_text(cable_json(citation.cable, notes)) + "\n"


def _joined_texts(parts: Iterable[str], _title: str) -> Iterator[str]:
    yield from parts


COLUMNS: dict[str, Callable[[Citation], str]] = {
    "reference_id": attrgetter("cable.facts.reference_id"),
    "canonical_id": attrgetter("cable.facts.canonical_id"),
    "created": attrgetter("cable.facts.created"),
    "released": attrgetter("cable.facts.released"),
    "classification": attrgetter("cable.facts.classification"),
    "origin": attrgetter("cable.facts.origin"),
    "subject": attrgetter("cable.subject"),
    "tags": lambda place: "; ".join(place.cable.tags),
    "tags_as_typed": lambda place: tags(body_labels.read(place.cable.body.text)).typed,
    "references": lambda place: "; ".join(
        dict.fromkeys(
            reference.reference_id for reference in place.cable.references if reference.reference_id
        )
    ),
    "link": link,
    "place": attrgetter("paras"),
    "quotation": lambda place: "\n".join(quoted_texts(place)) if place.paras else "",
    "note": lambda place: "\n".join(map(_note, place.notes)),
}


def table_row(citation: Citation) -> tuple[str, ...]:
    """Return the values of a citation in `COLUMNS`."""
    return tuple(column_value(citation) for column_value in COLUMNS.values())


def _csv(write_row: WriteRow) -> Write:
    """Return a function that writes a table with rows in the form of `write_row`."""

    def lines(rows: Iterable[tuple[str, ...]], _title: str) -> Iterator[str]:
        yield write_row(tuple(COLUMNS))
        yield from map(write_row, rows)

    return lines


def _table(name: str, meaning: str, key: str, write_row: WriteRow) -> ListFormat:
    return ListFormat(name, meaning, key, "csv", _csv(write_row), of_places=True, part=table_row)


def _note(note: Note) -> str:
    return f"{note.author}: {note.text}" if note.author and note.text else note.text


def _plain(citation: Citation) -> str:
    return plain(citation.cable)


def _text(texts: Iterable[str], _title: str) -> Iterator[str]:
    for number, text in enumerate(texts):
        # A form feed between cables: printers and pagers know it.
        yield ("\f\n" if number else "") + text


def _each(separator: str = "\n\n") -> Write:
    """Return a function that writes texts, each followed by a separator."""

    def pieces(texts: Iterable[str], _title: str) -> Iterator[str]:
        for text in texts:
            yield text + separator

    return pieces


def _csl_item(citation: Citation) -> str:
    return json_text(bibliography.csl_item(citation))


def _csl_json(items: Iterable[str], _title: str) -> Iterator[str]:
    bracket_or_comma = "[\n"
    for item in items:
        yield bracket_or_comma + item
        bracket_or_comma = ",\n"
    yield "\n]\n" if bracket_or_comma == ",\n" else "[]\n"


_ALL = (
    ListFormat(
        "jsonl", "JSON Lines, every field of a cable", "J", "jsonl", _joined_texts, part=_json_line
    ),
    _table("csv", "a table for a spreadsheet", "c", csv_row),
    _table("csv-raw", "the table for programs, without ' before formulas", "v", raw_csv_row),
    ListFormat(
        "markdown",
        "a dossier: timeline, quotations, notes",
        "m",
        "md",
        partial(laid_out, layout=MARKDOWN),
        of_places=True,
        apart=True,
        part=partial(entry, MARKDOWN),
    ),
    ListFormat(
        "html",
        "the dossier as a page to print",
        "h",
        "html",
        partial(laid_out, layout=PAGE),
        of_places=True,
        apart=True,
        part=partial(entry, PAGE),
    ),
    ListFormat(
        "bibtex", "BibTeX, for reference managers", "b", "bib", _each(), part=bibliography.bibtex
    ),
    ListFormat("biblatex", "BibLaTeX, for LaTeX", "x", "bib", _each(), part=bibliography.biblatex),
    ListFormat("ris", "RIS, for reference managers", "i", "ris", _each(), part=bibliography.ris),
    ListFormat(
        "csl-json", "CSL-JSON, for reference managers", "C", "json", _csl_json, part=_csl_item
    ),
    ListFormat(
        "references",
        "references, one per line",
        "r",
        "txt",
        _each("\n"),
        of_places=True,
        notes=False,
        part=reference,
    ),
    ListFormat("text", "the texts one after another", "t", "txt", _text, notes=False, part=_plain),
)


def _of_tools() -> Iterator[ListFormat]:
    """Yield the formats that tools add; their modules are imported when something is written."""
    for tool in tools():
        for row in tool.list_formats:
            yield ListFormat(
                row.name,
                row.label,
                row.key,
                row.extension,
                partial(_write_by, row.write),
                of_places=row.of_places,
                binary=row.binary,
                part=partial(_part_by, row.part),
            )


def _write_by(function_name: str, parts: Iterable[Part], title: str) -> Iterator[Any]:
    written_pieces: Iterator[Any] = load(function_name)(parts, title)
    return written_pieces


def _part_by(function_name: str, citation: Citation) -> Part:
    return load(function_name)(citation)


FORMATS: dict[str, ListFormat] = {
    list_format.name: list_format for list_format in (*_ALL, *_of_tools())
}
"""All file formats for a list of cables, by name."""


def list_format(name: str) -> ListFormat:
    """Return a file format; for a tool's format, return the core format with the same entries."""
    return FORMATS.get(name) or FORMATS[tool_formats()[name].places]
