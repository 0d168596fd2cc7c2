"""A chain as one HTML page: a table of its cables by day, then each with the sentences that cite.

As the page of a dossier it has no scripts and loads nothing, and every word is escaped.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping

from cable_tui.exports.chain.markdown import (
    place_of,
    remarks_of,
    unnamed_words,
    where_alone,
)
from cable_tui.exports.chain.story import (
    Chain,
    Cites,
    Entry,
    elsewhere,
    names,
    summary,
    title,
    when,
)
from cable_tui.exports.dossier_html import LINKED, head, shown, with_link

_OWN_STYLE = """
h2 .day { font-weight: normal; }
.hole { opacity: 0.75; }
.hole h2 { border-top-style: dashed; }
.start h2 { border-top-width: 3px; }
ul { padding-left: 1.2em; }
li { margin: 0.3em 0; }
q { font-style: italic; quotes: "“" "”"; }
td.hole { border-left: 3px dashed; padding-left: 0.4em; }
"""


def chain_html(chain: Chain) -> Iterator[str]:
    """The page in pieces."""
    yield head(title(chain), f"<p>{shown(summary(chain))}</p>", style=_OWN_STYLE)
    page = _Page(chain)
    for entry in chain.entries:
        yield page.row(entry)
    yield "</tbody>\n</table>\n"
    for entry in chain.entries:
        yield page.section(entry)
    yield "</body>\n</html>\n"


class _Page:
    """The parts of the page of one chain; the place of each entry is its number in the story."""

    def __init__(self, chain: Chain) -> None:
        self._start = chain.start
        self._names: Mapping[str, str] = names(chain)
        self._holes = {each.canonical_id for each in chain.holes}
        self._places = {each.canonical_id: at for at, each in enumerate(chain.entries, 1)}

    def row(self, entry: Entry) -> str:
        """A line of the table."""
        link = self._link(entry.canonical_id)
        if entry.here:
            cells = (when(entry), link, shown(entry.origin), shown(entry.subject))
            row = "".join(f"<td>{each}</td>" for each in cells)
        else:
            known = shown(when(entry))
            row = f'<td>by {shown(entry.day)}</td><td class="hole">{link}</td>'
            row += f"<td>not here</td><td>{known}</td>"
        return f"<tr>{row}</tr>\n"

    def section(self, entry: Entry) -> str:
        """A cable with what it cites and who cites it."""
        looks = ["hole"] if not entry.here else []
        looks += ["start"] if entry.canonical_id == self._start else []
        kind = f' class="{" ".join(looks)}"' if looks else ""
        facts = (
            (entry.origin, entry.classification.replace("FOR OFFICIAL USE ONLY", "FOUO"))
            if entry.here
            else ("not in this archive",)
        )
        small = " · ".join(shown(each) for each in (*facts, entry.subject) if each)
        name = shown(entry.reference_id or entry.canonical_id)
        if entry.address.startswith(LINKED):
            name = f'<a href="{html.escape(entry.address)}">{name}</a>'
        lines = [self._cites(each) for each in entry.cites]
        lines += [_unnamed(*each) for each in unnamed_words(entry)]
        if entry.cited_by or entry.citing_elsewhere:
            listed = ", ".join(map(self._link, entry.cited_by))
            lines.append(f"<li>cited by {listed}{elsewhere(entry)}</li>")
        parts = [
            f'<section id="cable{self._places[entry.canonical_id]}"{kind}>',
            f'<h2><span class="day">{shown(when(entry))}</span> {name}',
            f"<small>{small}</small></h2>",
            "<ul>\n" + "\n".join(lines) + "\n</ul>" if lines else "",
            *(f'<p class="caution">{shown(each)}</p>' for each in entry.cautions),
            f'<p class="source">— {_source(entry)}</p>' if _source(entry) else "",
            "</section>\n",
        ]
        return "\n".join(filter(None, parts))

    def _link(self, canonical: str) -> str:
        name = shown(self._names.get(canonical, canonical))
        at = self._places.get(canonical)
        return f'<a href="#cable{at}">{name}</a>' if at else name

    def _cites(self, cites: Cites) -> str:
        line = f"cites {self._link(cites.cited)}"
        if remarks := remarks_of(cites, cites.cited in self._holes):
            line += f" ({shown(remarks)})"
        if not cites.sentences:
            return f"<li>{line} {where_alone(cites)}</li>"
        said = "<br>\n".join(
            f"{shown(place_of(each.paragraph))} <q>{shown(each.text)}</q>"
            for each in cites.sentences
        )
        return f"<li>{line}<br>\n{said}</li>"


def _unnamed(before: str, words: list[str]) -> str:
    said = "<br>\n".join(map(shown, words))
    return f"<li>{before}{': ' if len(words) == 1 else '<br>'}\n{said}</li>"


def _source(entry: Entry) -> str:
    if entry.unreadable:
        return shown(f"Its text could not be read: {entry.unreadable}")
    return with_link(entry.source, entry.address)
