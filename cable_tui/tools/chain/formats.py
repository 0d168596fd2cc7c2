"""CHAIN_FORMATS: the files that a chain is written to: Markdown, a page, JSON, and graphs.

The page is a table of the cables by day, then each with the sentences that cite. As the page of a
dossier it has no scripts and loads nothing, and every word is escaped.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from cable_tui.base.cable import HowCited, class_with_fouo
from cable_tui.base.value import Value, as_json, picked
from cable_tui.exports.copy_formats import escaped
from cable_tui.exports.dossier import LINKED, head, shown, with_link
from cable_tui.text import clean_line
from cable_tui.text.cleaning import json_text
from cable_tui.tools.chain import story as chain_story
from cable_tui.tools.chain.graphs import Edge, Fields, GraphFile, GraphValue, Node, gexf, graphml
from cable_tui.tools.chain.story import (
    Chain,
    ChainEntry,
    Cites,
    Estimate,
    Unnamed,
    citing,
    names,
    when,
)

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, OrNull


def chain_markdown(chain: Chain) -> Iterator[str]:
    """Yield the file in pieces."""
    yield f"# {_shown(chain_story.title(chain))}\n\n{_shown(chain_story.summary(chain))}\n"
    names_by_id = names(chain)
    holes = {hole.canonical_id for hole in chain.holes}
    for entry in chain.entries:
        yield f"\n{entry_markdown(entry, names_by_id, holes)}"


def entry_markdown(entry: ChainEntry, known: Mapping[str, str], holes: set[str]) -> str:
    """Return one cable as Markdown, with lines for what it cites and what cites it.

    `known` are the chain's `names`.
    """
    parts = [_cable(entry) if entry.here else _hole(entry, known)]
    lines = [_cites(cites, known, cites.cited in holes) for cites in entry.cites]
    lines += [_unnamed(*unnamed_group) for unnamed_group in unnamed_words(entry)]
    if entry.here and (citing_names := citing(entry, known)):
        lines.append(f"- cited by {_shown(citing_names)}\n")
    parts += ["".join(lines).rstrip("\n")]
    parts += [f"*{_shown(caution)}*" for caution in entry.cautions]
    parts += [_source(entry)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _cable(entry: ChainEntry) -> str:
    name = _shown(entry.reference_id or entry.canonical_id)
    facts = (
        when(entry),
        f"[{name}](<{entry.address}>)" if _is_plain(entry.address) else name,
        _shown(entry.origin),
        _shown(class_with_fouo(entry.classification)),
    )
    heading = f"## {' · '.join(filter(None, facts))}"
    return f"{heading}\n\n**{_shown(entry.subject)}**" if entry.subject else heading


def _hole(entry: ChainEntry, known: Mapping[str, str]) -> str:
    facts = (_shown(entry.canonical_id), "not in this archive", _shown(when(entry)))
    citing_names = citing(entry, known)
    cited_by = f"\n\n- cited by {_shown(citing_names)}" if citing_names else ""
    return f"## ✗ {' · '.join(filter(None, facts))}{cited_by}"


def _cites(cites: Cites, known: Mapping[str, str], missing: bool) -> str:
    line = f"- cites {_shown(known.get(cites.cited, cites.cited))}"
    if remarks := remarks_of(cites, missing):
        line += f" ({_shown(remarks)})"
    if not cites.sentences:
        return f"{line} {where_alone(cites)}\n"
    sentences = "".join(
        f"  - {place_of(sentence.paragraph)}“{_shown(sentence.text)}”\n"
        for sentence in cites.sentences
    )
    return f"{line}\n{sentences}"


def where_alone(cites: Cites) -> str:
    """Return the paragraph that cites a cable, if no sentence mentions it."""
    return "in its text" if cites.source == "text" else "in its REF lines only"


def remarks_of(cites: Cites, missing: bool) -> str:
    """Return `ref. A, year inferred, not in this archive`, `text, year inferred`; may be empty."""
    parts = (
        f"ref. {cites.label}" if cites.label else "",
        cites.how.removeprefix("REF line").removeprefix(", "),
        "not in this archive" if missing else "",
    )
    return ", ".join(filter(None, parts))


def place_of(paragraph: str | None) -> str:
    """Return `¶3: `, or nothing if a text has no numbers."""
    return f"¶{paragraph}: " if paragraph else ""


def unnamed_words(entry: ChainEntry) -> list[tuple[str, list[str]]]:
    """Return the references of a cable without an id: the text before them, and their words."""
    by_kind: dict[str, list[str]] = {}
    for unnamed in entry.unnamed:
        words_before = _BEFORE.get(unnamed.kind, "also cites")
        words = (
            f"{place_of(unnamed.paragraph)}“{unnamed.text}”"
            if unnamed.kind == "text"
            else unnamed.text
        )
        by_kind.setdefault(words_before, []).append(words)
    return list(by_kind.items())


_BEFORE = {
    "text": "also refers to",
    "email": "also cites an e-mail",
    "telephone": "also cites a telephone call",
}


def _unnamed(before: str, words: list[str]) -> str:
    if len(words) == 1:
        return f"- {before}: {_shown(words[0])}\n"
    return f"- {before}\n" + "".join(f"  - {_shown(text)}\n" for text in words)


def _source(entry: ChainEntry) -> str:
    if not entry.source:
        return f"— {_shown(_unreadable(entry))}" if entry.unreadable else ""
    text_before, address, text_after = entry.source.partition(entry.address or "\0")
    if not address or not _is_plain(address):
        return f"— {_shown(entry.source)}"
    return f"— {_shown(text_before)}<{address}>{_shown(text_after)}"


def _unreadable(entry: ChainEntry) -> str:
    return f"Its text could not be read: {entry.unreadable}"


def _is_plain(address: str) -> bool:
    """Return whether an address can be between pointed brackets."""
    return bool(address) and not any(sign in address for sign in "<>\n \\")


def _shown(words: str) -> str:
    return escaped(clean_line(words))


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
    """Yield the page in pieces."""
    summary = f"<p>{shown(chain_story.summary(chain))}</p>"
    yield head(chain_story.title(chain), summary, style=_OWN_STYLE)
    page = _Page(chain)
    for entry in chain.entries:
        yield page.row(entry)
    yield "</tbody>\n</table>\n"
    for entry in chain.entries:
        yield page.section(entry)
    yield "</body>\n</html>\n"


class _Page:
    """The parts of the page of one chain; an entry's number is its position in the story."""

    def __init__(self, chain: Chain) -> None:
        self._start = chain.start
        self._names: Mapping[str, str] = names(chain)
        self._holes = {hole.canonical_id for hole in chain.holes}
        self._places = {entry.canonical_id: number for number, entry in enumerate(chain.entries, 1)}

    def row(self, entry: ChainEntry) -> str:
        """Return a line of the table."""
        link = self._link(entry.canonical_id)
        if entry.here:
            cells = (when(entry), link, shown(entry.origin), shown(entry.subject))
            row = "".join(f"<td>{cell}</td>" for cell in cells)
        else:
            when_known = shown(when(entry))
            row = f'<td>by {shown(entry.day)}</td><td class="hole">{link}</td>'
            row += f"<td>missing</td><td>{when_known}</td>"
        return f"<tr>{row}</tr>\n"

    def section(self, entry: ChainEntry) -> str:
        """Return a cable with what it cites and who cites it."""
        looks = ["hole"] if not entry.here else []
        looks += ["start"] if entry.canonical_id == self._start else []
        kind = f' class="{" ".join(looks)}"' if looks else ""
        facts = (
            (entry.origin, class_with_fouo(entry.classification))
            if entry.here
            else ("not in this archive",)
        )
        small_facts = " · ".join(shown(fact) for fact in (*facts, entry.subject) if fact)
        name = shown(entry.reference_id or entry.canonical_id)
        if entry.address.startswith(LINKED):
            name = f'<a href="{html.escape(entry.address)}">{name}</a>'
        lines = [self._cites(cites) for cites in entry.cites]
        lines += [_html_unnamed(*unnamed_group) for unnamed_group in unnamed_words(entry)]
        if entry.cited_by or entry.citing_elsewhere:
            citing_links = ", ".join(map(self._link, entry.cited_by))
            lines.append(f"<li>cited by {citing_links}{chain_story.elsewhere(entry)}</li>")
        source = with_link(entry.source, entry.address)
        source = shown(_unreadable(entry)) if entry.unreadable else source
        parts = [
            f'<section id="cable{self._places[entry.canonical_id]}"{kind}>',
            f'<h2><span class="day">{shown(when(entry))}</span> {name}',
            f"<small>{small_facts}</small></h2>",
            "<ul>\n" + "\n".join(lines) + "\n</ul>" if lines else "",
            *(f'<p class="caution">{shown(caution)}</p>' for caution in entry.cautions),
            f'<p class="source">— {source}</p>' if source else "",
            "</section>\n",
        ]
        return "\n".join(filter(None, parts))

    def _link(self, canonical: str) -> str:
        name = shown(self._names.get(canonical, canonical))
        place_number = self._places.get(canonical)
        return f'<a href="#cable{place_number}">{name}</a>' if place_number else name

    def _cites(self, cites: Cites) -> str:
        line = f"cites {self._link(cites.cited)}"
        if remarks := remarks_of(cites, cites.cited in self._holes):
            line += f" ({shown(remarks)})"
        if not cites.sentences:
            return f"<li>{line} {where_alone(cites)}</li>"
        sentences = "<br>\n".join(
            f"{shown(place_of(sentence.paragraph))} <q>{shown(sentence.text)}</q>"
            for sentence in cites.sentences
        )
        return f"<li>{line}<br>\n{sentences}</li>"


def _html_unnamed(before: str, words: list[str]) -> str:
    escaped_words = "<br>\n".join(map(shown, words))
    return f"<li>{before}{': ' if len(words) == 1 else '<br>'}\n{escaped_words}</li>"


class ChainFormat(Value):
    """One format for a chain."""

    name: str
    """The name for `chain --format`."""
    label: str
    key: str
    """Its key in the menu of formats."""
    extension: str
    write: Callable[[Chain], Iterator[str]]
    """Make the file of a chain, in pieces."""


class SentenceOfChain(Value):
    """What is said of a cited cable."""

    paragraph: Filled | None
    """The label of the paragraph; null where the text has no numbers."""
    text: Filled
    """On one line; in its place a remark in brackets where it asks that a source be protected."""


class CitedInChain(Value):
    """A citation of a cable of the chain."""

    reference_id: Filled
    """Canonical."""
    label: Filled | None
    """The letter of its REF line."""
    year_inferred: bool
    """Its year is not printed."""
    how: HowCited
    """Where it is printed, and whether its year was inferred."""
    in_archive: bool
    """Whether the archive has it."""
    sentences: tuple[SentenceOfChain, ...]
    """What is said of it; none where only the REF lines name it."""


class EntryOfChain(Value):
    """A cable of the chain."""

    reference_id: Filled
    """As the archive gives it; canonical where it is not here."""
    canonical_id: Filled
    in_archive: bool
    distance: Count
    """Steps of citing from the start."""
    created: OrNull[Filled]
    """When it was sent; null where nobody knows, and where it is not here."""
    origin: str | None
    """Null where it is not here, as classification and subject."""
    classification: str | None
    subject: str | None
    cites: tuple[CitedInChain, ...]
    """Cables of the chain, in the order of its REF lines."""
    cited_by: tuple[Filled, ...]
    """Canonical ids of the chain, oldest first."""
    cited_by_elsewhere: Count
    """How many cables of the archive cite it that are too many steps away."""
    other_references: tuple[Unnamed, ...]
    """What it refers to that no id names."""
    estimate: Estimate | None
    """Of a cable that is not here: between which days it was sent, by the nearest numbers of its
    post that are here. An estimate."""
    cited_on: OrNull[Filled]
    """Of a cable that is not here: the day of the first cable here that cites it."""
    warnings: tuple[Filled, ...]
    """What must be known before its text is used."""
    unreadable: OrNull[Filled]
    """Why its text could not be read."""


class ChainAnswer(Value):
    """The answer of `chain --json`: what citing joins to a cable, oldest first."""

    start: Filled
    """Canonical id of the cable that the chain begins at."""
    depth: Count
    """Steps of citing that are shown."""
    beyond: Count
    """How many ids one step more would add."""
    partial: bool
    """Not every cable has been read for what it cites: more may be joined."""
    cut: bool
    """More is joined than a chain may have: the nearest are here."""
    cables: Count
    """Entries that the archive has."""
    missing: Count
    """Entries that it has not."""
    entries: tuple[EntryOfChain, ...]


def chain_answer(chain: Chain) -> ChainAnswer:
    """Return the answer of a chain."""
    holes = {hole.canonical_id for hole in chain.holes}
    entries = tuple(_entry(entry, holes) for entry in chain.entries)
    numbers = {"cables": len(chain.cables), "missing": len(chain.holes)}
    return picked(ChainAnswer, chain, **numbers, entries=entries)


def _entry(entry: ChainEntry, holes: set[str]) -> EntryOfChain:
    unknown = {} if entry.here else dict.fromkeys(("origin", "classification", "subject"))
    return picked(
        EntryOfChain,
        entry,
        **unknown,
        reference_id=entry.reference_id or entry.canonical_id,
        in_archive=entry.here,
        cites=tuple(
            picked(
                CitedInChain,
                cites,
                reference_id=cites.cited,
                year_inferred=cites.inferred,
                in_archive=cites.cited not in holes,
                sentences=tuple(picked(SentenceOfChain, said) for said in cites.sentences),
            )
            for cites in entry.cites
        ),
        cited_by_elsewhere=entry.citing_elsewhere,
        other_references=entry.unnamed,
        warnings=entry.cautions,
    )


_NODE: Fields = (
    ("reference_id", str),
    ("in_archive", bool),
    ("created", str),
    ("year", int),
    ("origin", str),
    ("classification", str),
    ("subject", str),
    ("distance", int),
    ("cites", int),
    ("cited_by", int),
    ("estimate", str),
)
"""The facts on a cable, with their types. `estimate` is for a hole: its first and last day."""
_EDGE: Fields = (
    ("ref", str),
    ("paragraphs", str),
    ("sentence", str),
    ("year_inferred", bool),
    ("how", str),
)


def chain_graph(chain: Chain) -> GraphFile:
    """Return a graph of cables, missing ones too; an edge leads to the cited cable.

    Its weight is the number of mentions; 1 if only the REF lines have it.
    """
    names_by_id = names(chain)
    nodes = [
        Node(entry.canonical_id, names_by_id[entry.canonical_id], _of_node(entry), entry.day)
        for entry in chain.entries
    ]
    edges = [
        Edge(
            entry.canonical_id,
            cites.cited,
            max(len(cites.sentences), 1),
            _of_edge(cites),
            entry.day,
        )
        for entry in chain.entries
        for cites in entry.cites
        if cites.cited in names_by_id
    ]
    return GraphFile(chain_story.title(chain), _NODE, _EDGE, nodes, edges)


def _of_node(entry: ChainEntry) -> dict[str, GraphValue]:
    estimate = entry.estimate
    year = entry.created[:4]
    return {
        "reference_id": entry.reference_id or entry.canonical_id,
        "in_archive": entry.here,
        "created": entry.created,
        "origin": entry.origin,
        "classification": entry.classification,
        "subject": entry.subject,
        "distance": entry.distance,
        "cites": len(entry.cites),
        "cited_by": len(entry.cited_by) + entry.citing_elsewhere,
        "estimate": f"{estimate.earliest}..{estimate.latest}" if estimate else "",
        "year": int(year) if year.isdecimal() else "",
    }


def _of_edge(cites: Cites) -> dict[str, GraphValue]:
    places = dict.fromkeys(sentence.paragraph for sentence in cites.sentences if sentence.paragraph)
    return {
        "ref": cites.label or "",
        "paragraphs": ", ".join(places),
        "sentence": "\n".join(sentence.text for sentence in cites.sentences),
        "year_inferred": cites.inferred,
        "how": cites.how,
    }


def _json(chain: Chain) -> Iterator[str]:
    yield f"{json_text(as_json(chain_answer(chain)))}\n"


def _graphml(chain: Chain) -> Iterator[str]:
    return graphml(chain_graph(chain))


def _gexf(chain: Chain) -> Iterator[str]:
    return gexf(chain_graph(chain))


_ALL = (
    ChainFormat(
        "markdown", "a dossier: by day, with the citing sentences", "m", "md", chain_markdown
    ),
    ChainFormat("html", "the dossier as a page to print", "h", "html", chain_html),
    ChainFormat("json", "JSON, with everything shown", "J", "json", _json),
    ChainFormat("graphml", "GraphML, for Gephi, yEd, Cytoscape", "g", "graphml", _graphml),
    ChainFormat("gexf", "GEXF, for Gephi with its timeline", "x", "gexf", _gexf),
)
CHAIN_FORMATS: dict[str, ChainFormat] = {chain_format.name: chain_format for chain_format in _ALL}
"""Every way to write a chain, by its name."""
ALIASES = {"md": "markdown"}
"""Other names that `--format` takes."""
