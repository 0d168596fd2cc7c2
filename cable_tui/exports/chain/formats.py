"""The files that a chain is written to, by their names; its JSON, and the graph that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cable_tui.exports.chain.html_page import chain_html
from cable_tui.exports.chain.markdown import chain_markdown
from cable_tui.exports.chain.story import Chain, Cites, Entry, names, title
from cable_tui.exports.graphs import Edge, Fields, Graph, Node, gexf, graphml
from cable_tui.exports.graphs import Value as GraphValue
from cable_tui.text.cleaning import json_text
from cable_tui.value import Value


class ChainFormat(Value):
    """One way to write a chain down."""

    name: str
    """What `chain --format` calls it."""
    label: str
    key: str
    """Its key in the menu of formats."""
    extension: str
    write: Callable[[Chain], Iterator[str]]
    """Of a chain the file in pieces."""


def chain_json(chain: Chain) -> dict[str, Any]:
    """The chain as a value that `json_text` takes. Programs rely on its keys."""
    holes = {each.canonical_id for each in chain.holes}
    return {
        "start": chain.start,
        "depth": chain.depth,
        "beyond": chain.beyond,
        "partial": chain.partial,
        "cut": chain.cut,
        "cables": len(chain.cables),
        "missing": len(chain.holes),
        "entries": [_entry(each, holes) for each in chain.entries],
    }


def _entry(entry: Entry, holes: set[str]) -> dict[str, Any]:
    found = entry.estimate
    return {
        "reference_id": entry.reference_id or entry.canonical_id,
        "canonical_id": entry.canonical_id,
        "in_archive": entry.here,
        "distance": entry.distance,
        "created": entry.created or None,
        "origin": entry.origin if entry.here else None,
        "classification": entry.classification if entry.here else None,
        "subject": entry.subject if entry.here else None,
        "cites": [_cites(each, holes) for each in entry.cites],
        "cited_by": list(entry.cited_by),
        "cited_by_elsewhere": entry.citing_elsewhere,
        "other_references": [each._asdict() for each in entry.unnamed],
        "estimate": found._asdict() if found else None,
        "cited_on": entry.cited_on or None,
        "warnings": list(entry.cautions),
        "unreadable": entry.unreadable or None,
    }


def _cites(cites: Cites, holes: set[str]) -> dict[str, Any]:
    return {
        "reference_id": cites.cited,
        "label": cites.label,
        "year_inferred": cites.inferred,
        "how": cites.how,
        "in_archive": cites.cited not in holes,
        "sentences": [each._asdict() for each in cites.sentences],
    }


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
"""What is known of a cable, with its type. `estimate` is of a hole: its first and last day."""
_EDGE: Fields = (
    ("ref", str),
    ("paragraphs", str),
    ("sentence", str),
    ("year_inferred", bool),
    ("how", str),
)


def chain_graph(chain: Chain) -> Graph:
    """Nodes are cables and holes, an edge goes from who cites to what is cited.

    It weighs how often that is spoken of; once where only the REF lines name it.
    """
    known = names(chain)
    nodes = [
        Node(each.canonical_id, known[each.canonical_id], _of_node(each), each.day)
        for each in chain.entries
    ]
    edges = [
        Edge(
            each.canonical_id, cites.cited, max(len(cites.sentences), 1), _of_edge(cites), each.day
        )
        for each in chain.entries
        for cites in each.cites
        if cites.cited in known
    ]
    return Graph(title(chain), _NODE, _EDGE, nodes, edges)


def _of_node(entry: Entry) -> dict[str, GraphValue]:
    found = entry.estimate
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
        "estimate": f"{found.earliest}..{found.latest}" if found else "",
        "year": int(year) if year.isdecimal() else "",
    }


def _of_edge(cites: Cites) -> dict[str, GraphValue]:
    places = dict.fromkeys(each.paragraph for each in cites.sentences if each.paragraph)
    return {
        "ref": cites.label or "",
        "paragraphs": ", ".join(places),
        "sentence": "\n".join(each.text for each in cites.sentences),
        "year_inferred": cites.inferred,
        "how": cites.how,
    }


_ALL = (
    ChainFormat(
        "markdown", "a dossier: by day, with the citing sentences", "m", "md", chain_markdown
    ),
    ChainFormat("html", "the dossier as a page to print", "h", "html", chain_html),
    ChainFormat(
        "json",
        "JSON, everything that is shown",
        "J",
        "json",
        lambda chain: iter((json_text(chain_json(chain)), "\n")),
    ),
    ChainFormat(
        "graphml",
        "GraphML, for Gephi, yEd, Cytoscape",
        "g",
        "graphml",
        lambda chain: graphml(chain_graph(chain)),
    ),
    ChainFormat(
        "gexf",
        "GEXF, for Gephi with its timeline",
        "x",
        "gexf",
        lambda chain: gexf(chain_graph(chain)),
    ),
)
CHAIN_FORMATS: dict[str, ChainFormat] = {each.name: each for each in _ALL}
"""Every way to write a chain, by its name."""
ALIASES = {"md": "markdown"}
"""Other names that `--format` takes."""
