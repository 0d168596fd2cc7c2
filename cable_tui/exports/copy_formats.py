"""EXPORTS: the formats in which a reader copies part of a cable: references, quotations, notes.

Part of a body is quoted paragraph by paragraph, with ellipses where a paragraph is cut.
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
    """Return a reference such as `09CASABLANCA27 ¶3` or `09CASABLANCA27 ref. B`."""
    places = citation.places
    if citation.letters:
        return f"{citation.cable.reference_id} {citation.paras}"
    return f"{citation.cable.reference_id} ¶{places}" if places else citation.cable.reference_id


def as_cited(citation: Citation) -> str:
    """Return a reference as cables write it, like `09 CASABLANCA 27`.

    For a document in an edition, return its volume and document.
    """
    if citation.cable.edition:
        return repository_line(citation)
    match = _CANONICAL.fullmatch(citation.cable.canonical_id)
    return " ".join(match.groups()) if match else citation.cable.canonical_id


def quotation(citation: Citation) -> str:
    """Return the quoted words in quotation marks, followed by their citation.

    Lines are joined, page breaks are removed, and the portion marking is kept. An ellipsis shows
    where a paragraph is cut. Each paragraph opens with a quotation mark; only the last is closed. A
    whole cable is quoted by its subject.
    """
    return _in_quotes(citation, quoted_texts(citation))


def plain_quotation(citation: Citation) -> str:
    """Return a quotation without portion markings, its inner quotation marks single."""
    markings = [f"({paragraph.marking}) " for paragraph in citation.cable.body.paragraphs]
    texts = []
    for text in quoted_texts(citation):
        marking = next(filter(text.startswith, markings), "")
        texts.append(footnotes.within_quotes(text.removeprefix(marking)))
    return _in_quotes(citation, texts)


def _in_quotes(citation: Citation, texts: Iterable[str]) -> str:
    quoted_text = "\n\n".join(f"“{text}" for text in texts if text)
    source_text = ", ".join(filter(None, (citation.cable.reference_id, citation.paras)))
    return f"{quoted_text}” ({source_text})" if quoted_text else f"({source_text})"


def text(citation: Citation) -> str:
    """Return the cited text as filed; for a whole cable, return the header and the body."""
    cable = citation.cable
    if citation.part is not None:
        return cable.body.text[slice(*citation.part)]
    if citation.letters:
        return "\n".join(reference.text for reference in citation.references)
    if not citation.paragraphs:
        return "\n\n".join(filter(None, (cable.header.text, cable.body.text)))
    all_paragraphs = cable.body.paragraphs
    spans: list[tuple[int, int]] = []
    last_index = -2
    for index in sorted(all_paragraphs.index(paragraph) for paragraph in citation.paragraphs):
        start, span_end = all_paragraphs[index].span
        # Neighbours keep the blank lines between them.
        spans = (
            [*spans[:-1], (spans[-1][0], span_end)]
            if index == last_index + 1
            else [*spans, (start, span_end)]
        )
        last_index = index
    return "\n\n".join(cable.body.text[start:span_end].rstrip("\n") for start, span_end in spans)


def markdown(citation: Citation) -> str:
    """Return a block quotation, and a line with a link to its source."""
    cable = citation.cable
    texts = quoted_texts(citation)
    quoted_block = "\n>\n".join(f"> {escaped(text)}" for text in texts if text)
    places = citation.places
    cited_part = f"¶{places}" if places else citation.paras
    name = f"{cable.reference_id}, {cited_part}" if cited_part else cable.reference_id
    web_address = link(citation)
    written_day = written_on(citation)
    source_facts = (
        f"[{name}]({web_address})" if web_address else name,
        escaped(cable.facts.origin),
        f"{written_day.day} {written_day:%b} {written_day.year}" if written_day else "",
        class_with_fouo(cable.facts.classification),
    )
    source_line = f"— {', '.join(filter(None, source_facts))}"
    return f"{quoted_block}\n{source_line}" if quoted_block else source_line


def quoted_texts(citation: Citation) -> list[str]:
    """Return the words of the cited part, each paragraph on one line; for a cable, its subject."""
    if citation.part is not None:
        return quoted_part(citation.cable, citation.part)
    if citation.letters:
        return [reference.text for reference in citation.references]
    return [quoted(paragraph) for paragraph in citation.paragraphs] or [citation.cable.subject]


def escaped(words: str) -> str:
    """Return the words escaped, so that Markdown shows them unchanged."""
    escaped_words = _MARKUP.sub(r"\\\1", words)
    block_match = _BLOCK.match(escaped_words)
    if block_match is None:
        return escaped_words
    # `1.` begins a list by its full stop, the others by themselves.
    block_end = block_match.end() if block_match[0].isdigit() else 0
    return f"{escaped_words[:block_end]}\\{escaped_words[block_end:]}"


_LINE_END = pattern(r"[ \t]*\n\s*")


def on_one_line(text: str) -> str:
    """Return the text with its lines joined by spaces."""
    return _LINE_END.sub(" ", text.strip())


def quoted(paragraph: Paragraph) -> str:
    """Return a whole paragraph on one line, with its portion marking."""
    return _marked(paragraph, on_one_line(paragraph.text))


def words_begin(cable: Cable, paragraph: Paragraph) -> int:
    """Return the offset of a paragraph's words, after its label and portion marking."""
    start, end = paragraph.span
    first_word = cable.body.text.find(paragraph.text.partition("\n")[0].strip(), start, end)
    return max(first_word, start)


def quoted_part(cable: Cable, span: Span) -> list[str]:
    """Return the text between two offsets of the body, each paragraph on one line.

    An ellipsis shows where the first or last words of a paragraph are left out. A paragraph quoted
    from its beginning includes its portion marking. Headings between two paragraphs are left out,
    as in quotations of whole paragraphs.
    """
    start, end = span
    touched_paragraphs = [
        paragraph
        for paragraph in cable.body.paragraphs
        if paragraph.span[0] < end and start < paragraph.span[1]
    ]
    quoted_parts = (_part(cable, paragraph, span) for paragraph in touched_paragraphs)
    return [quoted_paragraph for quoted_paragraph in quoted_parts if quoted_paragraph] or [
        on_one_line(cable.body.text[start:end])
    ]


def _part(cable: Cable, paragraph: Paragraph, span: Span) -> str:
    text = cable.body.text
    words_start, paragraph_end = words_begin(cable, paragraph), paragraph.span[1]
    start, end = (
        max(_out_of_break(text, span[0]), words_start),
        min(_out_of_break(text, span[1]), paragraph_end),
    )
    words = _plain(text[start:end])
    if not words:
        return ""
    words_before = _plain(text[words_start:start])
    words_after = _plain(text[end:paragraph_end])
    if not words_before and not words_after:
        return quoted(paragraph)
    words_with_ellipses = (words_before and ELLIPSIS, words, words_after and ELLIPSIS)
    shown_words = " ".join(filter(None, words_with_ellipses))
    return shown_words if words_before else _marked(paragraph, shown_words)


def _out_of_break(text: str, offset: int) -> int:
    """Return the offset; if it is in a page break, return the beginning of the break's line."""
    line_start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    return (
        line_start
        if pagebreaks.rest(text[line_start : len(text) if line_end < 0 else line_end]) == ""
        else offset
    )


def _plain(text: str) -> str:
    """Return the words without page and line breaks."""
    without_breaks = Reading(text.strip()).kept_lines()
    return on_one_line("\n".join(line for line in without_breaks if line is not None))


def _marked(paragraph: Paragraph, words: str) -> str:
    return f"({paragraph.marking}) {words}" if paragraph.marking else words


class Export(Value):
    """One format for copying a cable or a part of it."""

    name: str
    """The name for `cite --style`."""
    label: str
    """The line in the copy menu, which begins with the name, with spaces instead of hyphens."""
    key: str
    """The key of the format in the copy menu, where `j` and `k` move the cursor."""
    function: Callable[[Citation], str]
    together: Callable[[Iterable[Citation]], str] | None = None
    """The function that formats several cables, if joining their texts would not make a valid file.
    """


_ALL = (
    Export("reference", "reference", "y", reference),
    Export("link", "link", "l", link),
    Export("hashtags", "hashtags", "h", hashtags),
    Export("share", "share: link and hashtags", "s", share),
    Export("quotation", "quotation", "q", quotation),
    Export(
        "plain-quotation",
        "plain quotation: no (C), single inner quotes",
        "Q",
        plain_quotation,
    ),
    Export("text", "text as filed", "t", text),
    Export("markdown", "Markdown", "m", markdown),
    Export("footnote", "footnote", "c", partial(footnotes.written, "footnote")),
    Export("note", "note, Chicago", "n", partial(footnotes.written, "note")),
    Export(
        "short-note",
        "short note, Chicago: later citations",
        "N",
        partial(footnotes.written, "short-note"),
    ),
    Export("bibliography", "bibliography entry, Chicago", "B", footnotes.bibliography_entry),
    Export("bibtex", "BibTeX", "b", bibliography.bibtex),
    Export("biblatex", "BibLaTeX", "x", bibliography.biblatex),
    Export("csl-json", "CSL-JSON", "J", bibliography.csl_json, bibliography.csl_items),
    Export("ris", "RIS", "i", bibliography.ris),
    Export("as-cited", "as cited: the reference as written in cables", "r", as_cited),
    Export("path", "path of the file", "f", path),
)
EXPORTS: dict[str, Export] = {export.name: export for export in _ALL}
"""All copy formats by name, in the order of the menu."""
OLDER_NAMES = {"citation": "footnote"}
"""The names of formats in earlier versions, with the current names."""
