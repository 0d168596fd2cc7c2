"""CHAIN_FORMATS: the file formats for a chain: Markdown, HTML, JSON, and graphs.

The HTML page is a table of the cables by date, followed by each cable with the citing sentences.
Like the page of a dossier, it contains no scripts, loads no resources, and has all text escaped.
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
    from cable_tui.base.kinds import Count, Filled, Only, OrNull
    from cable_tui.reports.page_of_rows import PageOfRows


def chain_markdown(chain: Chain) -> Iterator[str]:
    """Yield the parts of the Markdown file."""
    yield f"# {_shown(chain_story.title(chain))}\n\n{_shown(chain_story.summary(chain))}\n"
    names_by_id = names(chain)
    missing_ids = {hole.canonical_id for hole in chain.holes}
    for entry in chain.entries:
        yield f"\n{entry_markdown(entry, names_by_id, missing_ids)}"


def entry_markdown(entry: ChainEntry, known: Mapping[str, str], holes: set[str]) -> str:
    """Return one cable as Markdown, with lines for the cables that it cites and that cite it.

    `known` are the chain's `names`.
    """
    entry_parts = [_cable(entry) if entry.here else _hole(entry, known)]
    citation_lines = [_cites(cites, known, cites.cited in holes) for cites in entry.cites]
    citation_lines += [_unnamed(*unnamed_group) for unnamed_group in unnamed_words(entry)]
    if entry.here and (citing_names := citing(entry, known)):
        citation_lines.append(f"- cited by {_shown(citing_names)}\n")
    entry_parts += ["".join(citation_lines).rstrip("\n")]
    entry_parts += [f"*{_shown(caution)}*" for caution in entry.cautions]
    entry_parts += [_source(entry)]
    return "\n\n".join(filter(None, entry_parts)) + "\n"


def _cable(entry: ChainEntry) -> str:
    id_text = _shown(entry.reference_id or entry.canonical_id)
    heading_facts = (
        when(entry),
        f"[{id_text}](<{entry.address}>)" if _is_plain(entry.address) else id_text,
        _shown(entry.origin),
        _shown(class_with_fouo(entry.classification)),
    )
    heading = f"## {' · '.join(filter(None, heading_facts))}"
    return f"{heading}\n\n**{_shown(entry.subject)}**" if entry.subject else heading


def _hole(entry: ChainEntry, names_by_id: Mapping[str, str]) -> str:
    heading_facts = (_shown(entry.canonical_id), "not in this archive", _shown(when(entry)))
    citing_names = citing(entry, names_by_id)
    cited_by_line = f"\n\n- cited by {_shown(citing_names)}" if citing_names else ""
    return f"## ✗ {' · '.join(filter(None, heading_facts))}{cited_by_line}"


def _cites(citation: Cites, names_by_id: Mapping[str, str], missing: bool) -> str:
    citation_line = f"- cites {_shown(names_by_id.get(citation.cited, citation.cited))}"
    if remarks := remarks_of(citation, missing):
        citation_line += f" ({_shown(remarks)})"
    if not citation.sentences:
        return f"{citation_line} {where_alone(citation)}\n"
    sentence_lines = "".join(
        f"  - {place_of(sentence.paragraph)}“{_shown(sentence.text)}”\n"
        for sentence in citation.sentences
    )
    return f"{citation_line}\n{sentence_lines}"


def where_alone(cites: Cites) -> str:
    """Return the location of a citation that no sentence mentions."""
    return "in its text" if cites.source == "text" else "in its REF lines only"


def remarks_of(cites: Cites, missing: bool) -> str:
    """Return remarks such as `ref. A, year inferred, not in this archive`; may be empty."""
    remark_parts = (
        f"ref. {cites.label}" if cites.label else "",
        cites.how.removeprefix("REF line").removeprefix(", "),
        "not in this archive" if missing else "",
    )
    return ", ".join(filter(None, remark_parts))


def place_of(paragraph: str | None) -> str:
    """Return `¶3: `, or an empty string if the text has no paragraph numbers."""
    return f"¶{paragraph}: " if paragraph else ""


def unnamed_words(entry: ChainEntry) -> list[tuple[str, list[str]]]:
    """Return the references of a cable without IDs: each introduction with its words."""
    words_by_introduction: dict[str, list[str]] = {}
    for unnamed in entry.unnamed:
        introduction = _BEFORE.get(unnamed.kind, "also cites")
        reference_words = (
            f"{place_of(unnamed.paragraph)}“{unnamed.text}”"
            if unnamed.kind == "text"
            else unnamed.text
        )
        words_by_introduction.setdefault(introduction, []).append(reference_words)
    return list(words_by_introduction.items())


_BEFORE = {
    "text": "also refers to",
    "email": "also cites an e-mail",
    "telephone": "also cites a telephone call",
}


def _unnamed(introduction: str, reference_words: list[str]) -> str:
    if len(reference_words) == 1:
        return f"- {introduction}: {_shown(reference_words[0])}\n"
    return f"- {introduction}\n" + "".join(
        f"  - {_shown(reference_text)}\n" for reference_text in reference_words
    )


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
    """Return whether an address can be written between angle brackets."""
    return bool(address) and not any(character in address for character in "<>\n \\")


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
    """Yield the parts of the HTML page."""
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
        self._places = {
            entry.canonical_id: entry_number for entry_number, entry in enumerate(chain.entries, 1)
        }

    def row(self, entry: ChainEntry) -> str:
        """Return a row of the table."""
        cable_link = self._link(entry.canonical_id)
        if entry.here:
            cell_texts = (when(entry), cable_link, shown(entry.origin), shown(entry.subject))
            row_cells = "".join(f"<td>{cell}</td>" for cell in cell_texts)
        else:
            when_known = shown(when(entry))
            row_cells = f'<td>by {shown(entry.day)}</td><td class="hole">{cable_link}</td>'
            row_cells += f"<td>missing</td><td>{when_known}</td>"
        return f"<tr>{row_cells}</tr>\n"

    def section(self, entry: ChainEntry) -> str:
        """Return the section for a cable, with the cables that it cites and that cite it."""
        css_classes = ["hole"] if not entry.here else []
        css_classes += ["start"] if entry.canonical_id == self._start else []
        class_attribute = f' class="{" ".join(css_classes)}"' if css_classes else ""
        known_facts = (
            (entry.origin, class_with_fouo(entry.classification))
            if entry.here
            else ("not in this archive",)
        )
        small_facts = " · ".join(shown(fact) for fact in (*known_facts, entry.subject) if fact)
        name_html = shown(entry.reference_id or entry.canonical_id)
        if entry.address.startswith(LINKED):
            name_html = f'<a href="{html.escape(entry.address)}">{name_html}</a>'
        list_items = [self._cites(cites) for cites in entry.cites]
        list_items += [_html_unnamed(*unnamed_group) for unnamed_group in unnamed_words(entry)]
        if entry.cited_by or entry.citing_elsewhere:
            citing_links = ", ".join(map(self._link, entry.cited_by))
            list_items.append(f"<li>cited by {citing_links}{chain_story.elsewhere(entry)}</li>")
        source_html = with_link(entry.source, entry.address)
        source_html = shown(_unreadable(entry)) if entry.unreadable else source_html
        section_parts = [
            f'<section id="cable{self._places[entry.canonical_id]}"{class_attribute}>',
            f'<h2><span class="day">{shown(when(entry))}</span> {name_html}',
            f"<small>{small_facts}</small></h2>",
            "<ul>\n" + "\n".join(list_items) + "\n</ul>" if list_items else "",
            *(f'<p class="caution">{shown(caution)}</p>' for caution in entry.cautions),
            f'<p class="source">— {source_html}</p>' if source_html else "",
            "</section>\n",
        ]
        return "\n".join(filter(None, section_parts))

    def _link(self, canonical_id: str) -> str:
        shown_name = shown(self._names.get(canonical_id, canonical_id))
        place_number = self._places.get(canonical_id)
        return f'<a href="#cable{place_number}">{shown_name}</a>' if place_number else shown_name

    def _cites(self, citation: Cites) -> str:
        citation_html = f"cites {self._link(citation.cited)}"
        if remarks := remarks_of(citation, citation.cited in self._holes):
            citation_html += f" ({shown(remarks)})"
        if not citation.sentences:
            return f"<li>{citation_html} {where_alone(citation)}</li>"
        sentences_html = "<br>\n".join(
            f"{shown(place_of(sentence.paragraph))} <q>{shown(sentence.text)}</q>"
            for sentence in citation.sentences
        )
        return f"<li>{citation_html}<br>\n{sentences_html}</li>"


def _html_unnamed(introduction: str, reference_words: list[str]) -> str:
    escaped_words = "<br>\n".join(map(shown, reference_words))
    return (
        f"<li>{introduction}{': ' if len(reference_words) == 1 else '<br>'}\n{escaped_words}</li>"
    )


class ChainFormat(Value):
    """A file format for a chain."""

    name: str
    """The name for `chain --format`."""
    label: str
    key: str
    """The key in the menu of formats."""
    extension: str
    write: Callable[[Chain], Iterator[str]]
    """The function that yields the parts of the file of a chain."""


class SentenceOfChain(Value):
    """A sentence about a cited cable."""

    paragraph: Filled | None
    """The label of the paragraph; null if the text has no paragraph numbers."""
    text: Filled
    """The sentence on one line; replaced with a remark in brackets if it asks for the protection of
    a source.
    """


class CitedInChain(Value):
    """A citation of a cable in the chain."""

    reference_id: Filled
    """The canonical reference ID."""
    label: Filled | None
    """The letter of the REF line."""
    year_inferred: bool
    """Whether the year of the citation is not printed."""
    how: HowCited
    """Where the citation is printed, and whether its year was inferred."""
    in_archive: bool
    """Whether the cited cable is in the archive."""
    sentences: tuple[SentenceOfChain, ...]
    """The sentences about the cited cable; empty if only the REF lines cite it."""


class EntryOfChain(Value):
    """A cable in the chain."""

    reference_id: Filled
    """The reference ID in the archive's spelling; canonical for a missing cable."""
    canonical_id: Filled
    in_archive: bool
    distance: Count
    """The number of citation steps from the start."""
    created: OrNull[Filled]
    """The time when the cable was sent; null if unknown, and for a missing cable."""
    origin: str | None
    """The origin of the cable. The origin, the classification and the subject are null for a
    missing cable.
    """
    classification: str | None
    subject: str | None
    cites: tuple[CitedInChain, ...]
    """The cited cables in the chain, in the order of the REF lines."""
    cited_by: tuple[Filled, ...]
    """The canonical IDs of the citing cables in the chain, oldest first."""
    cited_by_elsewhere: Count
    """The number of cables in the archive that cite this cable but are too many steps away."""
    other_references: tuple[Unnamed, ...]
    """References that have no ID."""
    estimate: Estimate | None
    """For a missing cable, the days between which it was sent, estimated from the nearest numbers
    of its post in the archive.
    """
    cited_on: OrNull[Filled]
    """For a missing cable, the date of the first cable in the archive that cites it."""
    warnings: tuple[Filled, ...]
    """Warnings to consider before the text is used."""
    unreadable: OrNull[Filled]
    """The reason why the text could not be read."""


class ChainAnswer(Value):
    """The output of `chain --json`: the cables linked to a cable by citations, oldest first."""

    start: Filled
    """The canonical ID of the cable at which the chain starts."""
    depth: Count
    """The number of citation steps included."""
    beyond: Count
    """The number of IDs that one more step would add."""
    partial: bool
    """Whether some cables have not been read for citations yet, so more cables may be linked."""
    cut: bool
    """Whether more cables are linked than a chain may contain, so that only the nearest are
    included.
    """
    cables: Count
    """The number of entries in the archive."""
    missing: Count
    """The number of missing entries."""
    entries: tuple[EntryOfChain, ...]
    page: Only[PageOfRows | None] = None


def chain_answer(chain: Chain) -> ChainAnswer:
    """Return the JSON answer for a chain."""
    missing_ids = {hole.canonical_id for hole in chain.holes}
    answer_entries = tuple(_entry(entry, missing_ids) for entry in chain.entries)
    entry_counts = {"cables": len(chain.cables), "missing": len(chain.holes)}
    return picked(ChainAnswer, chain, **entry_counts, entries=answer_entries)


def _entry(entry: ChainEntry, missing_ids: set[str]) -> EntryOfChain:
    null_facts = {} if entry.here else dict.fromkeys(("origin", "classification", "subject"))
    return picked(
        EntryOfChain,
        entry,
        **null_facts,
        reference_id=entry.reference_id or entry.canonical_id,
        in_archive=entry.here,
        cites=tuple(
            picked(
                CitedInChain,
                citation,
                reference_id=citation.cited,
                year_inferred=citation.inferred,
                in_archive=citation.cited not in missing_ids,
                sentences=tuple(
                    picked(SentenceOfChain, sentence) for sentence in citation.sentences
                ),
            )
            for citation in entry.cites
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
"""The facts about a cable, with their types. `estimate` is for a missing cable: the first and last
possible day.
"""
_EDGE: Fields = (
    ("ref", str),
    ("paragraphs", str),
    ("sentence", str),
    ("year_inferred", bool),
    ("how", str),
)


def chain_graph(chain: Chain) -> GraphFile:
    """Return the graph of all cables, including missing ones; an edge leads to the cited cable.

    The weight of an edge is the number of mentions, or 1 if only the REF lines contain the
    citation.
    """
    names_by_id = names(chain)
    nodes = [
        Node(entry.canonical_id, names_by_id[entry.canonical_id], _of_node(entry), entry.day)
        for entry in chain.entries
    ]
    edges = [
        Edge(
            entry.canonical_id,
            citation.cited,
            max(len(citation.sentences), 1),
            _of_edge(citation),
            entry.day,
        )
        for entry in chain.entries
        for citation in entry.cites
        if citation.cited in names_by_id
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


def _of_edge(citation: Cites) -> dict[str, GraphValue]:
    paragraph_labels = dict.fromkeys(
        sentence.paragraph for sentence in citation.sentences if sentence.paragraph
    )
    return {
        "ref": citation.label or "",
        "paragraphs": ", ".join(paragraph_labels),
        "sentence": "\n".join(sentence.text for sentence in citation.sentences),
        "year_inferred": citation.inferred,
        "how": citation.how,
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
"""All formats for a chain, by name."""
ALIASES = {"md": "markdown"}
"""Alternative names that `--format` accepts."""
