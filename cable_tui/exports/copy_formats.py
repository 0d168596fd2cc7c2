"""EXPORTS: the forms in which a reader copies a part of a cable: references, quotations, notes.

A part of a body is quoted paragraph by paragraph, with ellipses where one is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from cable_tui.base.cable import Cable, Paragraph, Span, class_with_fouo
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.exports import bibliography, footnotes
from cable_tui.exports.citation import (
    Citation,
    hashtags,
    link,
    path,
    repository_line,
    share,
    written_on,
)
from cable_tui.telegram import pagebreaks
from cable_tui.telegram.reading import Reading
from cable_tui.text import ELLIPSIS

_CANONICAL = pattern(r"(\d{2})([A-Z]+)(\d+)")
_MARKUP = pattern(r"([\\`*_\[\]<>~]|&(?=#?\w+;))")
_BLOCK = pattern(r"([#+-]|=+\s*$|\d+(?=[.)]))")


def reference(citation: Citation) -> str:
    """Return `09CASABLANCA27 ¶3`, `09CASABLANCA27 ref. B`."""
    places = citation.places
    if citation.letters:
        return f"{citation.cable.reference_id} {citation.paras}"
    return f"{citation.cable.reference_id} ¶{places}" if places else citation.cable.reference_id


def as_cited(citation: Citation) -> str:
    """Return `09 CASABLANCA 27`, as in cables themselves.

    For an edition, return its volume and document.
    """
    if citation.cable.edition:
        return repository_line(citation)
    match = _CANONICAL.fullmatch(citation.cable.canonical_id)
    return " ".join(match.groups()) if match else citation.cable.canonical_id


def quotation(citation: Citation) -> str:
    """Return the words in quotation marks and their citation.

    Lines are joined, page breaks removed, the portion marking stays; an ellipsis shows a cut in a
    paragraph. Each of several paragraphs opens with a quotation mark, and the last one ends with
    one. A whole cable is quoted by its subject.
    """
    texts = quoted_texts(citation)
    quoted_text = "\n\n".join(f"“{text}" for text in texts if text)
    source = ", ".join(filter(None, (citation.cable.reference_id, citation.paras)))
    return f"{quoted_text}” ({source})" if quoted_text else f"({source})"


def text(citation: Citation) -> str:
    """Return the text as filed: of the paragraphs, or of both boxes."""
    cable = citation.cable
    if citation.part is not None:
        return cable.body.text[slice(*citation.part)]
    if citation.letters:
        return "\n".join(reference.text for reference in citation.references)
    if not citation.paragraphs:
        return "\n\n".join(filter(None, (cable.header.text, cable.body.text)))
    all_paragraphs = cable.body.paragraphs
    spans: list[tuple[int, int]] = []
    last = -2
    for index in sorted(all_paragraphs.index(paragraph) for paragraph in citation.paragraphs):
        start, end = all_paragraphs[index].span
        # Neighbours keep the blank lines between them.
        spans = [*spans[:-1], (spans[-1][0], end)] if index == last + 1 else [*spans, (start, end)]
        last = index
    return "\n\n".join(cable.body.text[start:end].rstrip("\n") for start, end in spans)


def markdown(citation: Citation) -> str:
    """Return a block quotation, and a line that names and links its source."""
    cable = citation.cable
    texts = quoted_texts(citation)
    block = "\n>\n".join(f"> {escaped(text)}" for text in texts if text)
    places = citation.places
    place = f"¶{places}" if places else citation.paras
    name = f"{cable.reference_id}, {place}" if place else cable.reference_id
    address = link(citation)
    written_day = written_on(citation)
    facts = (
        f"[{name}]({address})" if address else name,
        escaped(cable.facts.origin),
        f"{written_day.day} {written_day:%b} {written_day.year}" if written_day else "",
        class_with_fouo(cable.facts.classification),
    )
    source_line = f"— {', '.join(filter(None, facts))}"
    return f"{block}\n{source_line}" if block else source_line


def quoted_texts(citation: Citation) -> list[str]:
    """Return the words of the cited part, each paragraph on one line; for a cable its subject."""
    if citation.part is not None:
        return quoted_part(citation.cable, citation.part)
    if citation.letters:
        return [reference.text for reference in citation.references]
    return [quoted(paragraph) for paragraph in citation.paragraphs] or [citation.cable.subject]


def escaped(words: str) -> str:
    """Return words that Markdown shows as they are."""
    escaped_words = _MARKUP.sub(r"\\\1", words)
    block = _BLOCK.match(escaped_words)
    if block is None:
        return escaped_words
    # `1.` begins a list by its full stop, the others by themselves.
    block_end = block.end() if block[0].isdigit() else 0
    return f"{escaped_words[:block_end]}\\{escaped_words[block_end:]}"


_LINE_END = pattern(r"[ \t]*\n\s*")


def on_one_line(text: str) -> str:
    """Return lines joined by blanks."""
    return _LINE_END.sub(" ", text.strip())


def quoted(paragraph: Paragraph) -> str:
    """Return a whole paragraph on one line, with its portion marking."""
    return _marked(paragraph, on_one_line(paragraph.text))


def words_begin(cable: Cable, paragraph: Paragraph) -> int:
    """Return the offset of a paragraph's words, after its label and its portion marking."""
    start, end = paragraph.span
    first_word = cable.body.text.find(paragraph.text.partition("\n")[0].strip(), start, end)
    return max(first_word, start)


def quoted_part(cable: Cable, span: Span) -> list[str]:
    """Return the text between two offsets of the body, each paragraph on one line.

    An ellipsis shows that a paragraph's first or last words are left out. A paragraph that is
    quoted from its beginning has its portion marking, as a whole one has; headings between two are
    left out, as they are if whole paragraphs are quoted.
    """
    start, end = span
    touched_paragraphs = [
        paragraph
        for paragraph in cable.body.paragraphs
        if paragraph.span[0] < end and start < paragraph.span[1]
    ]
    parts = (_part(cable, paragraph, span) for paragraph in touched_paragraphs)
    return [part for part in parts if part] or [on_one_line(cable.body.text[start:end])]


def _part(cable: Cable, paragraph: Paragraph, span: Span) -> str:
    text = cable.body.text
    begin, paragraph_end = words_begin(cable, paragraph), paragraph.span[1]
    start, end = (
        max(_out_of_break(text, span[0]), begin),
        min(_out_of_break(text, span[1]), paragraph_end),
    )
    words = _plain(text[start:end])
    if not words:
        return ""
    words_before = _plain(text[begin:start])
    words_after = _plain(text[end:paragraph_end])
    if not words_before and not words_after:
        return quoted(paragraph)
    parts = (words_before and ELLIPSIS, words, words_after and ELLIPSIS)
    shown_words = " ".join(filter(None, parts))
    return shown_words if words_before else _marked(paragraph, shown_words)


def _out_of_break(text: str, offset: int) -> int:
    """Return the offset, or the beginning of its line if that is a page break, which is not cut."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start if pagebreaks.rest(text[start : len(text) if end < 0 else end]) == "" else offset


def _plain(text: str) -> str:
    """Return the words without page breaks and line ends."""
    without_breaks = Reading(text.strip()).kept_lines()
    return on_one_line("\n".join(line for line in without_breaks if line is not None))


def _marked(paragraph: Paragraph, words: str) -> str:
    return f"({paragraph.marking}) {words}" if paragraph.marking else words


class Export(Value):
    """One form for copying a cable or a part of it."""

    name: str
    """The name for `cite --style`."""
    label: str
    """Its line in the copy menu."""
    key: str
    """Its key there; `j` and `k` move in the menu."""
    function: Callable[[Citation], str]
    together: Callable[[Iterable[Citation]], str] | None = None
    """Function for several cables, if their texts one after the other would not be such a file."""


_ALL = (
    Export("reference", "reference", "y", reference),
    Export("link", "link", "l", link),
    Export("hashtags", "hashtags", "h", hashtags),
    Export("share", "link and hashtags", "s", share),
    Export("quotation", "quotation", "q", quotation),
    Export("text", "text as filed", "t", text),
    Export("markdown", "Markdown", "m", markdown),
    Export("citation", "note, as in a footnote", "c", partial(footnotes.written, "citation")),
    Export("note", "first note, Chicago", "n", partial(footnotes.written, "note")),
    Export("short-note", "later note, Chicago", "N", partial(footnotes.written, "short-note")),
    Export("bibliography", "bibliography entry, Chicago", "B", footnotes.bibliography_entry),
    Export("bibtex", "BibTeX", "b", bibliography.bibtex),
    Export("biblatex", "BibLaTeX", "x", bibliography.biblatex),
    Export("csl-json", "CSL-JSON", "J", bibliography.csl_json, bibliography.csl_items),
    Export("ris", "RIS", "i", bibliography.ris),
    Export("as-cited", "reference as cables write it", "r", as_cited),
    Export("path", "path of the file", "f", path),
)
EXPORTS: dict[str, Export] = {export.name: export for export in _ALL}
"""Every copy format by its name, in the order of the menu."""
