"""A list of places as a file to write from: a timeline, then each place in order.

Each has its quotation, the reader's notes, warnings about it, and its citation with the link. It is
Markdown, or one HTML page that prints well: no scripts, and nothing from the network. That page may
be made of what strangers wrote: every word is escaped, an address is linked only if it leads to the
web or to a file, and the page forbids itself everything but its own style.
"""

from __future__ import annotations

import html
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence

from cable_tui.base.cable import class_with_fouo
from cable_tui.base.value import Value
from cable_tui.exports.citation import Citation, Note, cautions, day, link, written_on
from cable_tui.exports.copy_formats import escaped, quoted_texts, reference
from cable_tui.exports.footnotes import written
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

_IN_MEMORY = 8 << 20
"""The most bytes of places that are kept in memory; further ones go to a temporary file."""
_PIECE = 1 << 16


class DossierLayout(Value):
    """The functions that write the parts of a dossier; each part ends its lines itself."""

    head: Callable[[str, str], str]
    """The part before the timeline's lines: the title and the counts."""
    dated: Callable[[Citation, int], str]
    """A line of the timeline: a cable, and the number of its first entry."""
    between: str
    """Text after the timeline."""
    place: Callable[[Citation, int], str]
    """An entry and its number."""
    end: str = ""


def dossier(
    citations: Iterable[Citation], title: str, *, in_memory: int = _IN_MEMORY
) -> Iterator[str]:
    """Yield the Markdown file in pieces, as `laid_out` gives it."""
    return laid_out(citations, title, _MARKDOWN, in_memory=in_memory)


def laid_out(
    citations: Iterable[Citation],
    title: str,
    layout: DossierLayout,
    *,
    in_memory: int = _IN_MEMORY,
) -> Iterator[str]:
    """Yield the file in pieces. Only the lines of the timeline stay in memory."""
    dates_by_file: dict[str, tuple[str, str]] = {}
    count = 0
    with tempfile.SpooledTemporaryFile(
        in_memory, "w+", encoding="utf-8", errors="replace", newline=""
    ) as places:
        for count, citation in enumerate(citations, 1):
            facts = citation.cable.facts
            if facts.canonical_id not in dates_by_file:
                dates_by_file[facts.canonical_id] = (facts.created, layout.dated(citation, count))
            places.write(layout.place(citation, count))
        totals = f"{counted(count, 'place')} in {counted(len(dates_by_file), 'cable')}."
        yield layout.head(title or "Cables", totals)
        # Cables without a date come last.
        for _, line in sorted(dates_by_file.values(), key=lambda dated: (not dated[0], dated[0])):
            yield line
        yield layout.between
        places.seek(0)
        while piece := places.read(min(in_memory, _PIECE)):
            yield piece
        yield layout.end


def facts_of(cited: Citation) -> Sequence[str]:
    """Return day, post, classification and subject, each on one line; unknown ones are left out."""
    cable = cited.cable
    written_day = written_on(cited)
    parts = (
        written_day.isoformat() if written_day else "",
        cable.facts.origin,
        class_with_fouo(cable.facts.classification),
        " ".join(cable.subject.split()),
    )
    return tuple(filter(None, parts))


def quotations(cited: Citation) -> list[str]:
    """Return the words of a quotation; empty for a whole cable, whose subject is the heading."""
    is_whole_cable = not (cited.part or cited.letters or cited.paragraphs)
    return [] if is_whole_cable else [text for text in quoted_texts(cited) if text]


def _dated(cited: Citation, _number: int) -> str:
    cable = cited.cable
    whole_citation = Citation(cable, (), cited.link_template, folder=cited.folder)
    address = link(whole_citation)
    name = escaped(cable.reference_id)
    created_on = day(cable.facts.created)
    parts = (
        created_on.isoformat() if created_on else "no date",
        f"[{name}]({address})" if address else name,
        escaped(cable.facts.origin),
        escaped(cable.subject),
    )
    return f"- {' · '.join(filter(None, parts))}\n"


def _place(cited: Citation, number: int) -> str:
    heading = " · ".join(map(escaped, (reference(cited), *facts_of(cited))))
    quoted_lines = "\n>\n".join(f"> {escaped(text)}" for text in quotations(cited))
    parts = [f"\n## {number}. {heading}", quoted_lines, *map(_note, cited.notes)]
    parts += [f"*{escaped(caution)}*" for caution in cautions(cited)]
    parts += [_source(cited)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _note(note: Note) -> str:
    author_and_day = ", ".join(filter(None, (escaped(note.author), note.written[:10])))
    # Markdown ends a line by two blanks in front of its end.
    # Blanks in front of a line would make it code.
    text = "  \n".join(escaped(line.strip()) for line in note.text.strip().splitlines())
    return f"**Note{f' ({author_and_day})' if author_and_day else ''}:** {text}" if text else ""


def _source(cited: Citation) -> str:
    """Return the citation; its address in angle brackets, if no character of it is markup."""
    words, address = written("note", cited), link(cited)
    if not address or address not in words:
        return f"— {escaped(words)}"
    words_before, _, words_after = words.partition(address)
    return f"— {escaped(words_before)}<{address}>{escaped(words_after)}"


_MARKDOWN = DossierLayout(
    lambda title, totals: f"# {escaped(title)}\n\n{totals}\n\n## Timeline\n\n", _dated, "", _place
)


STYLE = """
:root { color-scheme: light dark; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; max-width: 42em; margin: 2em auto;
  padding: 0 1em; overflow-wrap: break-word; }
h1, h2, table { font-family: "Helvetica Neue", Arial, sans-serif; }
h2 { font-size: 1.1em; margin: 2em 0 0.6em; border-top: 1px solid; padding-top: 0.6em; }
h2 small { display: block; font-weight: normal; }
table { border-collapse: collapse; width: 100%; font-size: 0.85em; }
th, td { text-align: left; vertical-align: top; padding: 0.2em 0.8em 0.2em 0; }
td:first-child { white-space: nowrap; }
blockquote { margin: 0.8em 0; padding-left: 1em; border-left: 3px solid; }
.note { margin: 0.8em 0; padding: 0.4em 0.8em; border: 1px solid; }
.caution { font-style: italic; }
.source { font-size: 0.85em; }
@page { margin: 2cm; }
@media print {
  :root { color-scheme: light; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10.5pt; }
  a { color: inherit; text-decoration: none; }
  thead { display: table-header-group; }
  h2 { break-after: avoid; }
  tr, .note, .source { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
}
"""
LINKED = ("https://", "http://", "file://")
"""Beginnings of addresses that are safe to follow."""


def dossier_html(citations: Iterable[Citation], title: str) -> Iterator[str]:
    """Yield the page in pieces, as `laid_out` gives it."""
    return laid_out(citations, title, PAGE)


def head(title: str, totals: str, *, style: str = "") -> str:
    """Return everything before the lines of the timeline; `totals` is HTML."""
    name = shown(title)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<style>{STYLE}{style}</style>
</head>
<body>
<h1>{name}</h1>
{totals}
<table>
<thead><tr><th>Date</th><th>Cable</th><th>Post</th><th>Subject</th></tr></thead>
<tbody>
"""


def _html_dated(cited: Citation, number: int) -> str:
    cable = cited.cable
    created_on = day(cable.facts.created)
    cells = (
        created_on.isoformat() if created_on else "no date",
        f'<a href="#place{number}">{shown(cable.reference_id)}</a>',
        shown(cable.facts.origin),
        shown(cable.subject),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _html_place(cited: Citation, number: int) -> str:
    facts = " · ".join(map(shown, facts_of(cited)))
    small_facts = f" <small>{facts}</small>" if facts else ""
    quoted_lines = "\n".join(f"<p>{shown(text)}</p>" for text in quotations(cited))
    parts = [
        f'<section id="place{number}">',
        f"<h2>{number}. {shown(reference(cited))}{small_facts}</h2>",
        f"<blockquote>\n{quoted_lines}\n</blockquote>" if quoted_lines else "",
        *map(_html_note, cited.notes),
        *(f'<p class="caution">{shown(caution)}</p>' for caution in cautions(cited)),
        f'<p class="source">— {with_link(written("note", cited), link(cited))}</p>',
        "</section>\n",
    ]
    return "\n".join(filter(None, parts))


def _html_note(note: Note) -> str:
    author_and_day = ", ".join(filter(None, (shown(note.author), shown(note.written[:10]))))
    text = "<br>\n".join(shown(line.strip()) for line in note.text.strip().splitlines())
    label = f"<b>Note{f' ({author_and_day})' if author_and_day else ''}:</b>"
    return f'<p class="note">{label} {text}</p>' if text else ""


def with_link(words: str, address: str) -> str:
    """Return words as HTML, with an address linked if it leads to the web or to a file."""
    words_before, found_address, words_after = words.partition(address or "\0")
    if not found_address or not address.startswith(LINKED):
        return shown(words)
    to = html.escape(address)
    return f'{shown(words_before)}<a href="{to}">{to}</a>{shown(words_after)}'


def shown(words: str) -> str:
    """Return a stranger's words, on one line, escaped for HTML."""
    return html.escape(clean_line(words))


PAGE = DossierLayout(
    lambda title, totals: head(title, f"<p>{totals}</p>"),
    _html_dated,
    "</tbody>\n</table>\n",
    _html_place,
    "</body>\n</html>\n",
)
