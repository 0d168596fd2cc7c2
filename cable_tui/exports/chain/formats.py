"""The files that a chain is written to, by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cable_tui.exports.chain.graphs import gexf, graphml
from cable_tui.exports.chain.html_page import chain_html
from cable_tui.exports.chain.markdown import chain_markdown
from cable_tui.exports.chain.story import Chain, Cites, Entry
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


def _json(chain: Chain) -> Iterator[str]:
    yield json_text(chain_json(chain)) + "\n"


_ALL = (
    ChainFormat(
        "markdown", "a dossier: by day, with the citing sentences", "m", "md", chain_markdown
    ),
    ChainFormat("html", "the dossier as a page to print", "h", "html", chain_html),
    ChainFormat("json", "JSON, everything that is shown", "J", "json", _json),
    ChainFormat("graphml", "GraphML, for Gephi, yEd, Cytoscape", "g", "graphml", graphml),
    ChainFormat("gexf", "GEXF, for Gephi with its timeline", "x", "gexf", gexf),
)
CHAIN_FORMATS: dict[str, ChainFormat] = {each.name: each for each in _ALL}
"""Every way to write a chain, by its name."""
ALIASES = {"md": "markdown"}
"""Other names that `--format` takes."""
