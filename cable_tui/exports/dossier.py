"""A list of cables and paragraphs as a file to write from: a timeline, then each entry in order.

Each entry has its quotation, the reader's notes, warnings, and its citation with the link. The file
is Markdown, or one HTML page for printing, without scripts or network access. The page may contain
strangers' words: every word is escaped, an address is linked only if it leads to the web or to a
file, and the page's own security policy forbids everything except its style.
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
"""The maximum number of bytes of entries kept in memory. The rest is written to a temporary file.
"""
_PIECE = 1 << 16


Numbered = tuple[str, ...]
"""A text without the number of its entry, divided where the number is written."""


class Entry(Value):
    """What a dossier writes of one citation."""

    cable: str
    """The canonical ID of the cable."""
    created: str
    dated: Numbered
    """The line of the timeline, which contains the number of the cable's first entry."""
    place: Numbered


class DossierLayout(Value):
    """The functions that write the parts of a dossier. Each part includes its line endings."""

    head: Callable[[str, str], str]
    """The function that writes everything before the timeline's lines, given the title and the
    totals.
    """
    dated: Callable[[Citation], Numbered]
    """The function that writes a line of the timeline."""
    between: str
    """The text after the timeline."""
    place: Callable[[Citation], Numbered]
    """The function that writes an entry."""
    end: str = ""


def entry(layout: DossierLayout, citation: Citation) -> Entry:
    """Return what a layout writes of a citation."""
    facts = citation.cable.facts
    return Entry(facts.canonical_id, facts.created, layout.dated(citation), layout.place(citation))


def laid_out(
    entries: Iterable[Entry],
    title: str,
    layout: DossierLayout,
    *,
    in_memory: int = _IN_MEMORY,
) -> Iterator[str]:
    """Yield the file in pieces. Only the lines of the timeline are kept in memory."""
    dates_by_file: dict[str, tuple[str, str]] = {}
    entry_count = 0
    with tempfile.SpooledTemporaryFile(
        in_memory, "w+", encoding="utf-8", errors="replace", newline=""
    ) as entry_file:
        for entry_count, written_entry in enumerate(entries, 1):
            number = str(entry_count)
            if written_entry.cable not in dates_by_file:
                dates_by_file[written_entry.cable] = (
                    written_entry.created,
                    number.join(written_entry.dated),
                )
            entry_file.write(number.join(written_entry.place))
        totals_text = f"{counted(entry_count, 'place')} in {counted(len(dates_by_file), 'cable')}."
        yield layout.head(title or "Cables", totals_text)
        # Cables without a date come last.
        for _, timeline_line in sorted(
            dates_by_file.values(), key=lambda dated: (not dated[0], dated[0])
        ):
            yield timeline_line
        yield layout.between
        entry_file.seek(0)
        while file_piece := entry_file.read(min(in_memory, _PIECE)):
            yield file_piece
        yield layout.end


def facts_of(cited: Citation) -> Sequence[str]:
    """Return day, post, classification and subject, without those that are unknown."""
    cable = cited.cable
    written_day = written_on(cited)
    fact_texts = (
        written_day.isoformat() if written_day else "",
        cable.facts.origin,
        class_with_fouo(cable.facts.classification),
        " ".join(cable.subject.split()),
    )
    return tuple(filter(None, fact_texts))


def quotations(cited: Citation) -> list[str]:
    """Return the quoted paragraphs, or none for a whole cable, whose subject is the heading."""
    is_whole_cable = not (cited.part or cited.letters or cited.paragraphs)
    return [] if is_whole_cable else [text for text in quoted_texts(cited) if text]


def _dated(cited: Citation) -> Numbered:
    cable = cited.cable
    whole_citation = Citation(cable, (), cited.link_template, folder=cited.folder)
    web_address = link(whole_citation)
    name = escaped(cable.reference_id)
    created_on = day(cable.facts.created)
    line_parts = (
        created_on.isoformat() if created_on else "no date",
        f"[{name}]({web_address})" if web_address else name,
        escaped(cable.facts.origin),
        escaped(cable.subject),
    )
    return (f"- {' · '.join(filter(None, line_parts))}\n",)


def _place(cited: Citation) -> Numbered:
    heading = " · ".join(map(escaped, (reference(cited), *facts_of(cited))))
    quoted_lines = "\n>\n".join(f"> {escaped(text)}" for text in quotations(cited))
    entry_parts = [f". {heading}", quoted_lines, *map(_note, cited.notes)]
    entry_parts += [f"*{escaped(caution)}*" for caution in cautions(cited)]
    entry_parts += [_source(cited)]
    return "\n## ", "\n\n".join(filter(None, entry_parts)) + "\n"


def _note(note: Note) -> str:
    author_and_day = ", ".join(filter(None, (escaped(note.author), note.written[:10])))
    # Markdown ends a line by two blanks in front of its end.
    # Blanks in front of a line would make it code.
    note_text = "  \n".join(escaped(line.strip()) for line in note.text.strip().splitlines())
    return (
        f"**Note{f' ({author_and_day})' if author_and_day else ''}:** {note_text}"
        if note_text
        else ""
    )


def _source(cited: Citation) -> str:
    """Return the citation, with its address in angle brackets if the address needs no escapes."""
    words, address = written("note", cited), link(cited)
    if not address or address not in words:
        return f"— {escaped(words)}"
    words_before, _, words_after = words.partition(address)
    return f"— {escaped(words_before)}<{address}>{escaped(words_after)}"


MARKDOWN = DossierLayout(
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
"""The beginnings of addresses that are safe to follow."""


def head(title: str, totals: str, *, style: str = "") -> str:
    """Return everything before the lines of the timeline. `totals` is HTML."""
    shown_title = shown(title)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{shown_title}</title>
<style>{STYLE}{style}</style>
</head>
<body>
<h1>{shown_title}</h1>
{totals}
<table>
<thead><tr><th>Date</th><th>Cable</th><th>Post</th><th>Subject</th></tr></thead>
<tbody>
"""


def _html_dated(cited: Citation) -> Numbered:
    cable = cited.cable
    created_on = day(cable.facts.created)
    day_text = created_on.isoformat() if created_on else "no date"
    cells = (f"{shown(cable.reference_id)}</a>", shown(cable.facts.origin), shown(cable.subject))
    return (
        f'<tr><td>{day_text}</td><td><a href="#place',
        f'">{"</td><td>".join(cells)}</td></tr>\n',
    )


def _html_place(cited: Citation) -> Numbered:
    escaped_facts = " · ".join(map(shown, facts_of(cited)))
    small_facts = f" <small>{escaped_facts}</small>" if escaped_facts else ""
    quoted_lines = "\n".join(f"<p>{shown(text)}</p>" for text in quotations(cited))
    entry_parts = [
        f". {shown(reference(cited))}{small_facts}</h2>",
        f"<blockquote>\n{quoted_lines}\n</blockquote>" if quoted_lines else "",
        *map(_html_note, cited.notes),
        *(f'<p class="caution">{shown(caution)}</p>' for caution in cautions(cited)),
        f'<p class="source">— {with_link(written("note", cited), link(cited))}</p>',
        "</section>\n",
    ]
    return '<section id="place', '">\n<h2>', "\n".join(filter(None, entry_parts))


def _html_note(note: Note) -> str:
    author_and_day = ", ".join(filter(None, (shown(note.author), shown(note.written[:10]))))
    note_html = "<br>\n".join(shown(line.strip()) for line in note.text.strip().splitlines())
    note_label = f"<b>Note{f' ({author_and_day})' if author_and_day else ''}:</b>"
    return f'<p class="note">{note_label} {note_html}</p>' if note_html else ""


def with_link(words: str, address: str) -> str:
    """Return words as HTML, with the address linked if it leads to the web or to a file."""
    words_before, found_address, words_after = words.partition(address or "\0")
    if not found_address or not address.startswith(LINKED):
        return shown(words)
    escaped_address = html.escape(address)
    html_link = f'<a href="{escaped_address}">{escaped_address}</a>'
    return f"{shown(words_before)}{html_link}{shown(words_after)}"


def shown(words: str) -> str:
    """Return a stranger's words on one line, escaped for HTML."""
    return html.escape(clean_line(words))


PAGE = DossierLayout(
    lambda title, totals: head(title, f"<p>{totals}</p>"),
    _html_dated,
    "</tbody>\n</table>\n",
    _html_place,
    "</body>\n</html>\n",
)
