"""`index.html` of a sealed dossier: the places, the texts, the log and the fingerprints.

As the page of `exports.dossier` it runs no script and asks nothing of the network; every word is
escaped. All of it is open, so that the search of a browser finds it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from cable_tui.cable import Cable, Span
from cable_tui.exports.citation import Citation
from cable_tui.exports.dossier import PAGE, head, laid_out, shown
from cable_tui.exports.plain_text import facts
from cable_tui.exports.sealed import search_log
from cable_tui.exports.sealed.manifest import FORMAT, Manifest
from cable_tui.exports.sealed.names import MASK
from cable_tui.formats.sealed_cable import SealedCable
from cable_tui.research_log import Log, runs
from cable_tui.text import clean_text
from cable_tui.text.numbers import counted

_STYLE = """
.seal { border: 1px solid; padding: 0.4em 1em; margin-bottom: 1.5em; font-size: 0.9em; }
.seal p { margin: 0.4em 0; }
nav a { margin-right: 1.2em; }
h2.part { font-size: 1.4em; border-top: 3px double; margin-top: 3em; }
.facts td:first-child { font-weight: bold; padding-right: 1.2em; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; font: 0.85em/1.5 ui-monospace,
  "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.text { margin-top: 1.5em; }
.sent { opacity: 0.75; }
mark { background: #ffe9a8; color: #1a1a1a; }
.gap { font-style: italic; border: 1px dotted; padding: 0 0.2em; }
code { overflow-wrap: anywhere; font-size: 0.9em; }
@media (prefers-color-scheme: dark) {
  body { background: #16181c; color: #d8d8d4; }
  a { color: #8ab4f8; }
  mark { background: #5a4a12; color: #f4efdc; }
}
@media print {
  body { background: none; color: #000; }
  mark { background: none; color: inherit; font-weight: bold; }
  nav, .inside { display: none; }
  h2#texts { break-before: page; }
  h2.part { break-after: avoid; }
}
"""
_SAID_TEXTS = {
    "whole": "The texts of the cables are whole.",
    "paragraphs": "Of cables cited by paragraphs, the paragraphs that are not cited are left out; "
    "each is marked as such.",
}


def places(cited: Iterable[Citation], made: Manifest) -> Iterator[str]:
    """Yield the head, the timeline and the cited places."""

    def titled(title: str, said: str) -> str:
        remark = f"\n<!-- {FORMAT} -->"
        return head(title, _intro(made, said), style=_STYLE, remark=remark)

    def placed(each: Citation, number: int) -> str:
        to = html.escape(anchor(each.cable.canonical_id))
        name = shown(each.cable.reference_id)
        more = f'<p class="source inside"><a href="#{to}">Read {name} in this dossier</a></p>'
        return PAGE.place(each, number).replace("</section>\n", f"{more}\n</section>\n")

    between = f'{PAGE.between}<h2 class="part" id="places">Places</h2>\n'
    layout = PAGE._replace(head=titled, place=placed, between=between, end="")
    return laid_out(cited, made.title, layout)


def _intro(made: Manifest, said: str) -> str:
    masked = sum(each.masked for each in made.cables)
    names = {
        "shown": "Names stand as the cables have them, also where a cable asks to protect them.",
        "masked": (
            f"Names that a cable asks to protect are masked, {counted(masked, 'time')}."
            if masked
            else "No name that a cable asks to protect was found."
        ),
    }[made.names]
    if made.protection:
        names += " Rules find them, and can miss one."
    if made.protection and (places := made.protection.unresolved):
        pleas = counted(len(places), "plea")
        listed = ", ".join(dict.fromkeys(shown(each.place) for each in places))
        names += f" {pleas} for protection could not be resolved, so a name may be there: {listed}."
    when = made.sealed.replace("T", " ").replace("Z", " UTC")
    return f"""<nav><a href="#places">Places</a> <a href="#texts">Texts</a>
<a href="#log">Searches</a> <a href="#prints">Fingerprints</a></nav>
<p>{said}</p>
<div class="seal">
<p>A sealed dossier, made on {shown(when)} by {shown(made.program)}. {_SAID_TEXTS[made.texts]}
{names}</p>
<p><code>cable-tui verify FILE.zip</code> says whether a byte of the zip around this page was
changed since. Compare the seal that it prints with the one that was published: without that,
whoever can make a dossier can make another.</p>
</div>
"""


def cable(read: Cable, sealed: SealedCable) -> Iterator[str]:
    """Yield the text of one cable, its cited paragraphs marked."""
    to = html.escape(anchor(read.canonical_id))
    yield f'<section id="{to}">\n<h2>{shown(read.reference_id)}'
    yield f"<small>{shown(read.subject)}</small></h2>\n"
    yield '<table class="facts"><tbody>\n'
    for label, value in facts(read):
        yield f"<tr><td>{shown(label)}</td><td>{shown(value)}</td></tr>\n"
    yield f"<tr><td>Source</td><td>{shown(sealed.source.path)}</td></tr>\n</tbody></table>\n"
    if sealed.remark:
        remark = f"{sealed.remark[0].upper()}{sealed.remark[1:]}."
        yield f'<p class="caution">{shown(remark)}</p>\n'
    gaps = {part: [(gap.start, gap.end) for gap in gaps] for part, gaps in sealed.gaps.items()}
    if sealed.raw.header.strip():
        header = _text(sealed.raw.header, gaps.get("header", []), [])
        yield f'<div class="text sent">{header}</div>\n'
    marked = [each.span for each in read.body.paragraphs if each.label in sealed.cited]
    yield f'<div class="text">{_text(sealed.raw.body, gaps.get("body", []), marked)}</div>\n'
    yield "</section>\n"


def _text(text: str, gaps: Iterable[Span], marked: Iterable[Span]) -> str:
    """Return a text with its line ends; gaps and marked spans are marked up."""
    opened = {"gap": '<span class="gap">', "mark": "<mark>"}
    closed = {"gap": "</span>", "mark": "</mark>"}
    signs: list[tuple[int, int, str]] = []
    for name, spans in (("gap", gaps), ("mark", marked)):
        for start, end in spans:
            # A gap is within a paragraph: it opens last and closes first.
            inner = name == "gap"
            signs += [(start, 2 if not inner else 3, opened[name])]
            signs += [(end, 0 if inner else 1, closed[name])]
    found: list[str] = []
    at = 0
    for place, _, sign in sorted(signs):
        found += (html.escape(clean_text(text[at:place])), sign)
        at = place
    return "".join((*found, html.escape(clean_text(text[at:]))))


def texts(written: Iterable[str]) -> Iterator[str]:
    """Yield the texts of the cables, as `cable` wrote them."""
    yield '<h2 class="part" id="texts">Texts</h2>\n'
    yield from written


def end(made: Manifest, log: Log | None) -> Iterator[str]:
    """Yield the log, the fingerprints, and the end of the page; a log of None was left out."""
    yield '<h2 class="part" id="log">Searches</h2>\n'
    if log is None:
        yield f"<p>{search_log.LEFT_OUT}</p>\n"
    elif not log.entries:
        yield f"<p>{search_log.NO_LOG}</p>\n"
    else:
        yield "<table><thead><tr><th>When</th><th>Query</th><th>Cables</th></tr></thead><tbody>\n"
        for each, times in runs(log.entries):
            often = f" ({times} times)" if times > 1 else ""
            query = f"<code>{shown(each.search.query)}</code>{often}"
            cells = (shown(each.at), query, f"{each.search.found:,}")
            yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"
        yield "</tbody></table>\n"
    yield '<h2 class="part" id="prints">Fingerprints (SHA-256)</h2>\n<p>The archive, '
    yield f"{counted(made.archive_cables, 'cable')}: <code>{made.fingerprint}</code></p>\n"
    yield "<table><thead><tr><th>File</th><th>Bytes</th><th>SHA-256</th></tr></thead><tbody>\n"
    for source in made.sources:
        why = (
            "its path has a masked name, which it would tell"
            if MASK in source.path
            else "the file is one cable, whose masked name it would tell"
        )
        digits = source.sha256 or f"left out: {why}"
        cells = (shown(source.path), f"{source.size:,}", f"<code>{digits}</code>")
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"
    yield "</tbody></table>\n</body>\n</html>\n"


def anchor(canonical_id: str) -> str:
    """Return the `id` of a cable's text on the page."""
    return f"text-{'-'.join(canonical_id.split())}"
