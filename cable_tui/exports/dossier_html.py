"""The dossier as one HTML file that prints well: no scripts, and nothing from the network.

It may be made of what strangers wrote: every word is escaped, an address is linked only where it
leads to the web or to a file, and the page forbids itself everything but its own style.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from cable_tui.exports.citation import Citation, Note, cautions, day
from cable_tui.exports.copy_formats import reference
from cable_tui.exports.dossier import Layout, facts_of, laid_out, quotations
from cable_tui.exports.links import link
from cable_tui.exports.notes import written
from cable_tui.text import clean_line

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
"""What an address begins with that is safe to follow."""


def dossier_html(citations: Iterable[Citation], title: str) -> Iterator[str]:
    """The page in pieces, as `laid_out` gives it."""
    return laid_out(citations, title, PAGE)


def _head(title: str, said: str) -> str:
    return head(title, f"<p>{said}</p>")


def head(title: str, said: str, *, style: str = "", remark: str = "") -> str:
    """All before the lines of the timeline; `said` and `remark` are HTML."""
    name = shown(title)
    return f"""<!DOCTYPE html>{remark}
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
{said}
<table>
<thead><tr><th>Date</th><th>Cable</th><th>Post</th><th>Subject</th></tr></thead>
<tbody>
"""


def _dated(cited: Citation, number: int) -> str:
    cable = cited.cable
    created = day(cable.facts.created)
    cells = (
        created.isoformat() if created else "no date",
        f'<a href="#place{number}">{shown(cable.reference_id)}</a>',
        shown(cable.facts.origin),
        shown(cable.subject),
    )
    return f"<tr>{''.join(f'<td>{each}</td>' for each in cells)}</tr>\n"


def _place(cited: Citation, number: int) -> str:
    facts = " · ".join(map(shown, facts_of(cited)))
    small = f" <small>{facts}</small>" if facts else ""
    quoted = "\n".join(f"<p>{shown(text)}</p>" for text in quotations(cited))
    parts = [
        f'<section id="place{number}">',
        f"<h2>{number}. {shown(reference(cited))}{small}</h2>",
        f"<blockquote>\n{quoted}\n</blockquote>" if quoted else "",
        *map(_note, cited.notes),
        *(f'<p class="caution">{shown(each)}</p>' for each in cautions(cited)),
        f'<p class="source">— {_source(cited)}</p>',
        "</section>\n",
    ]
    return "\n".join(filter(None, parts))


def _note(each: Note) -> str:
    by = ", ".join(filter(None, (shown(each.author), shown(each.written[:10]))))
    text = "<br>\n".join(shown(line.strip()) for line in each.text.strip().splitlines())
    said = f"<b>Note{f' ({by})' if by else ''}:</b>"
    return f'<p class="note">{said} {text}</p>' if text else ""


def _source(cited: Citation) -> str:
    """The citation, with its address to click on; on paper it is there to be read."""
    return with_link(written("note", cited), link(cited) or "")


def with_link(words: str, address: str) -> str:
    """Words as HTML, with an address linked if it leads to the web or to a file."""
    before, found, after = words.partition(address or "\0")
    if not found or not address.startswith(LINKED):
        return shown(words)
    to = html.escape(address)
    return f'{shown(before)}<a href="{to}">{to}</a>{shown(after)}'


def shown(words: str) -> str:
    """Words of a stranger, on one line, as HTML shows them."""
    return html.escape(clean_line(words))


PAGE = Layout(_head, _dated, "</tbody>\n</table>\n", _place, "</body>\n</html>\n")
