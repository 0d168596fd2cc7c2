"""Graph files for Gephi and other programs: GraphML, and GEXF with dates for Gephi's timeline.

Both formats are written as small subsets of XML. Weights are numbers that programs can use for
drawing. If a fact about a node or an edge is unknown, it has no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.text import clean_line

GraphValue = str | int | bool
Fields = Sequence[tuple[str, type]]
"""The names of values, with their types."""
_TYPES = {str: "string", int: "int", bool: "boolean"}
_GEXF_TYPES = {str: "string", int: "integer", bool: "boolean"}
_UNLAWFUL = pattern(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML does not permit."""


class Node(NamedTuple):
    """A node of a graph."""

    id: str
    label: str
    values: Mapping[str, GraphValue]
    """The values of the node; an empty text counts as missing."""
    start: str = ""
    """The day from which the node exists."""


class Edge(NamedTuple):
    """An edge from one node to another."""

    source: str
    target: str
    weight: int
    values: Mapping[str, GraphValue]
    start: str = ""


class GraphFile(NamedTuple):
    """The nodes and edges of a graph, with the names and types of their values."""

    title: str
    of_nodes: Fields
    of_edges: Fields
    nodes: Sequence[Node]
    edges: Sequence[Edge]


def graphml(graph: GraphFile) -> Iterator[str]:
    """Yield the parts of the GraphML file."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
        'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    value_keys = [("node", "label", str), *(("node", *field) for field in graph.of_nodes)]
    value_keys += [("edge", "weight", int), *(("edge", *field) for field in graph.of_edges)]
    for element, name, value_type in value_keys:
        yield (
            f'<key id="{element}_{name}" for="{element}" attr.name="{name}" '
            f'attr.type="{_TYPES[value_type]}"/>\n'
        )
    yield f'<graph id={_quoted(graph.title)} edgedefault="directed">\n'
    for node in graph.nodes:
        node_data = _data("node", {"label": node.label, **node.values})
        yield f"<node id={_quoted(node.id)}>{node_data}</node>\n"
    for edge_number, edge in enumerate(graph.edges):
        node_data = _data("edge", {"weight": edge.weight, **edge.values})
        yield f'<edge id="e{edge_number}" {_ends(edge)}>{node_data}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(element: str, field_values: Mapping[str, GraphValue]) -> str:
    known_values = (
        (field_name, value) for field_name, value in field_values.items() if value != ""
    )
    return "".join(
        f'<data key="{element}_{name}">{_text(value)}</data>' for name, value in known_values
    )


def gexf(graph: GraphFile) -> Iterator[str]:
    """Yield the parts of the GEXF 1.2 file.

    Nodes with a date appear in Gephi's timeline from that day onward.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield f"<meta><description>{_text(graph.title)}</description></meta>\n"
    yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
    for element, fields in (("node", graph.of_nodes), ("edge", graph.of_edges)):
        yield f'<attributes class="{element}" mode="static">\n'
        for name, field_type in fields:
            yield f'<attribute id="{name}" title="{name}" type="{_GEXF_TYPES[field_type]}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in graph.nodes:
        node_attributes = f"id={_quoted(node.id)} label={_quoted(node.label)}{_start(node.start)}"
        yield f"<node {node_attributes}>{_values(node.values)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for edge_number, edge in enumerate(graph.edges):
        yield (
            f'<edge id="e{edge_number}" {_ends(edge)} weight="{edge.weight}"{_start(edge.start)}>'
            f"{_values(edge.values)}</edge>\n"
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _values(field_values: Mapping[str, GraphValue]) -> str:
    attribute_values = "".join(
        f'<attvalue for="{name}" value={_quoted(_plain(value))}/>'
        for name, value in field_values.items()
        if value != ""
    )
    return f"<attvalues>{attribute_values}</attvalues>" if attribute_values else ""


def _start(day: str) -> str:
    return f' start="{day}"' if day else ""


def _ends(edge: Edge) -> str:
    return f"source={_quoted(edge.source)} target={_quoted(edge.target)}"


def _plain(graph_value: GraphValue) -> str:
    return str(graph_value).lower() if isinstance(graph_value, bool) else str(graph_value)


def _text(graph_value: GraphValue) -> str:
    return escape(_lawful(_plain(graph_value)), quote=False)


def _quoted(words: str) -> str:
    # As `xml.sax.saxutils.quoteattr`, whose module loads what asks servers.
    escaped_words = escape(_lawful(words)).replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{escaped_words}"'


def _lawful(words: str) -> str:
    """Return words in a form that XML permits; control characters are replaced in each line."""
    clean_lines = "\n".join(clean_line(line) for line in words.split("\n"))
    return _UNLAWFUL.sub("\N{REPLACEMENT CHARACTER}", clean_lines)
