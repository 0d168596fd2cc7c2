"""A chain as a graph for Gephi and others: GraphML, and GEXF with the days for its timeline.

Both are small dialects of XML: nodes are cables and holes, an edge goes from who cites to what is
cited. Sizes and weights are numbers, so that a program can draw by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from cable_tui.exports.chain.story import Chain, Cites, Entry, names, title
from cable_tui.text import clean_line

Value = str | int | bool
_NODE: tuple[tuple[str, type], ...] = (
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
_EDGE: tuple[tuple[str, type], ...] = (
    ("ref", str),
    ("paragraphs", str),
    ("sentence", str),
    ("year_inferred", bool),
    ("how", str),
)
_TYPES = {str: "string", int: "int", bool: "boolean"}
_GEXF_TYPES = {str: "string", int: "integer", bool: "boolean"}


def graphml(chain: Chain) -> Iterator[str]:
    """The GraphML file in pieces; what is not known of a node has no value."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
        'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    keys = [("node", "label", str), *(("node", *each) for each in _NODE)]
    keys += [("edge", "weight", int), *(("edge", *each) for each in _EDGE)]
    for of, name, kind in keys:
        yield (
            f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'
        )
    yield f'<graph id={_quoted(title(chain))} edgedefault="directed">\n'
    known = names(chain)
    for entry in chain.entries:
        data = {"label": known[entry.canonical_id], **_of_node(entry)}
        yield f"<node id={_quoted(entry.canonical_id)}>{_data('node', data)}</node>\n"
    for at, (entry, cites) in enumerate(_edges(chain)):
        ends = f"source={_quoted(entry.canonical_id)} target={_quoted(cites.cited)}"
        data = {"weight": _weight(cites), **_of_edge(cites)}
        yield f'<edge id="e{at}" {ends}>{_data("edge", data)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(of: str, values: dict[str, Value]) -> str:
    return "".join(
        f'<data key="{of}_{name}">{_text(value)}</data>' for name, value in values.items()
    )


def gexf(chain: Chain) -> Iterator[str]:
    """The GEXF 1.2 file in pieces. A cable is there from its day on, for Gephi's timeline."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield f"<meta><description>{_text(title(chain))}</description></meta>\n"
    yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
    for of, fields in (("node", _NODE), ("edge", _EDGE)):
        yield f'<attributes class="{of}" mode="static">\n'
        for name, kind in fields:
            yield f'<attribute id="{name}" title="{name}" type="{_GEXF_TYPES[kind]}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    known = names(chain)
    for entry in chain.entries:
        label = f"id={_quoted(entry.canonical_id)} label={_quoted(known[entry.canonical_id])}"
        start = f' start="{entry.day}"' if entry.day else ""
        yield f"<node {label}{start}>{_values(_of_node(entry))}</node>\n"
    yield "</nodes>\n<edges>\n"
    for at, (entry, cites) in enumerate(_edges(chain)):
        ends = f"source={_quoted(entry.canonical_id)} target={_quoted(cites.cited)}"
        start = f' start="{entry.day}"' if entry.day else ""
        yield (
            f'<edge id="e{at}" {ends} weight="{_weight(cites)}"{start}>'
            f"{_values(_of_edge(cites))}</edge>\n"
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _values(values: dict[str, Value]) -> str:
    shown = "".join(
        f'<attvalue for="{name}" value={_quoted(_plain(value))}/>' for name, value in values.items()
    )
    return f"<attvalues>{shown}</attvalues>" if shown else ""


def _edges(chain: Chain) -> Iterator[tuple[Entry, Cites]]:
    there = {each.canonical_id for each in chain.entries}
    return (
        (entry, cites) for entry in chain.entries for cites in entry.cites if cites.cited in there
    )


def _weight(cites: Cites) -> int:
    """How often it is spoken of; once where only the REF lines name it."""
    return max(len(cites.sentences), 1)


def _of_node(entry: Entry) -> dict[str, Value]:
    found = entry.estimate
    values: dict[str, Value] = {
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
    }
    if entry.created[:4].isdecimal():
        values["year"] = int(entry.created[:4])
    return _known(values)


def _of_edge(cites: Cites) -> dict[str, Value]:
    places = dict.fromkeys(each.paragraph for each in cites.sentences if each.paragraph)
    return _known(
        {
            "ref": cites.label or "",
            "paragraphs": ", ".join(places),
            "sentence": "\n".join(each.text for each in cites.sentences),
            "year_inferred": cites.inferred,
            "how": cites.how,
        }
    )


def _known(values: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value != ""}


def _plain(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(value: Value) -> str:
    return escape(_lawful(_plain(value)), quote=False)


def _quoted(words: str) -> str:
    # As `xml.sax.saxutils.quoteattr`, whose module loads what asks servers.
    written = escape(_lawful(words)).replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{written}"'


def _lawful(words: str) -> str:
    """Words as XML may have them: control characters are stand-ins, one line each."""
    lines = "\n".join(clean_line(line) for line in words.split("\n"))
    return "".join(sign if _is_lawful(sign) else "\N{REPLACEMENT CHARACTER}" for sign in lines)


def _is_lawful(sign: str) -> bool:
    return (
        sign in "\n\t"
        or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign < "\ufffe")
        or (sign > "\uffff")
    )
