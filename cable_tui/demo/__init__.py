"""The demo: about forty fictional cables, written as the pages of a site that never was.

The pages have the site's tree, its three boxes, its anchors and a browse page.

`cables.txt` holds one record a cable: an id, facts, a blank line, the text. Facts are `created`,
`released`, `class`, `origin` (understood from the id), `tags`, `subject`, and where they apply
`refs` (items split at ` / `), `by`, `captions`, `precedence`, `articles`, `sections` (page breaks
are set into the text), `inline` (one line a paragraph) and `partial` (no transmission header).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value

_ANCHORED = pattern(r"^(\s*)(\d+|[A-Z])(?=\. )", re.MULTILINE)
_TAGS_LINE = pattern(r"^TAGS: .*$", re.MULTILINE)
_TAG = pattern(r"\b[A-Z]{2,5}\b")
_FRAME = """<?xml version='1.0' encoding='utf-8' ?>
<html>
<head><title>{title}</title></head>
<body>
<div class='pane small'><a href='/index.html'>A fictional archive</a></div>
<div class='pane big'>
<h3>{title}</h3>
{content}
</div>
<script src='/static/js/cables.js' type='text/javascript'></script>
</body>
</html>
"""
_HEADS = ("Reference ID", "Created", "Released", "Classification", "Origin")
_POSTS = {
    "PORTAMBER": ("Embassy Port Amber", "PORT AMBER", "AMEMBASSY PORT AMBER", "RUEHPM"),
    "SANTORIEL": ("Embassy Sant Oriel", "SANT ORIEL", "AMEMBASSY SANT ORIEL", "RUEHSX"),
    "QUAYHAVEN": ("Consulate Quayhaven", "QUAYHAVEN", "AMCONSUL QUAYHAVEN", "RUEHQY"),
    "STATE": ("Secretary of State", "STATE", "SECSTATE WASHDC", "RUEHC"),
}
_SPELLED = {"U": "UNCLAS", "C": "C O N F I D E N T I A L", "S": "S E C R E T"}
_SECURITY = {"U": "ZNR UUUUU ZZH", "C": "ZNY CCCCC ZZH", "S": "ZNY SSSSS ZZH"}
_PROSIGNS = {"ROUTINE": "RR", "PRIORITY": "PP", "IMMEDIATE": "OO"}
_PARTIAL = (
    "This record is a partial extract of the original cable. The full text of the original cable "
    "is not available."
)
_WIDTH = 66


def write(folder: Path) -> int:
    """Write the demo's pages below `folder`, only files that have changed.

    Returns the number of cables. Raises OSError if the folder cannot be written.
    """
    pages = {f"cable/{d.created:%Y/%m}/{d.reference_id}.html": _page(d) for d in fictional_cables()}
    cables = len(pages)
    pages["index.html"] = _browse(list(pages))
    for name, text in pages.items():
        page_path = folder / name
        if not page_path.is_file() or page_path.read_text(encoding="utf-8") != text:
            page_path.parent.mkdir(parents=True, exist_ok=True)
            page_path.write_text(text, encoding="utf-8", newline="\n")
    return cables


class FictionalCable(Value):
    """One fictional cable, ready for a page."""

    reference_id: str
    created: datetime
    released: datetime
    classification: str
    origin: str
    subject: str
    articles: tuple[str, ...]
    header: str
    body: str


def fictional_cables() -> Iterator[FictionalCable]:
    """Yield the demo's cables in the order of `cables.txt`."""
    # Not by `importlib.resources`: on Python 3.13 it loads `inspect`.
    script = Path(__file__).with_name("cables.txt").read_text(encoding="utf-8")
    for record in script.split("\n=== ")[1:]:
        head_lines, text = record.split("\n\n", 1)
        reference_id, *lines = head_lines.splitlines()
        yield _fictional_cable(
            reference_id, dict(line.split(": ", 1) for line in lines), text.rstrip()
        )


def _page(cable: FictionalCable) -> str:
    month = f"{cable.created:%Y/%m}"
    cells = (
        f"<a href='/cable/{month}/{cable.reference_id}.html'>{cable.reference_id}</a>",
        f"<a href='/date/{cable.created:%Y-%m}_0.html'>{cable.created:%Y-%m-%d %H:%M}</a>",
        f"<a href='/reldate/{cable.released:%Y-%m-%d}_0.html'>{cable.released:%Y-%m-%d %H:%M}</a>",
        f"<a href='/classification/1_0.html' title='unclassified'>{cable.classification}</a>",
        f"<a href='/origin/1_0.html'>{cable.origin}</a>",
    )
    rows = [
        *("<tr>", *(f"<th>{head}</th>" for head in _HEADS), "</tr>"),
        *("<tr>", *(f"<td>\n{cell}\n</td>" for cell in cells), "</tr>"),
    ]
    if cable.articles:
        links = "<br />\n".join(f"<a href='{link}'>{link}</a>" for link in cable.articles)
        rows.append(f"<tr><td colspan='5'>\nAppears in these articles:<br />\n{links}\n</td></tr>")
    content = [
        "<table class='cable'>",
        *rows,
        "</table>",
        f"<code><pre>{_boxed(cable.header)}</pre></code>",
        f"<code><pre>{_boxed(_linked(cable.body))}</pre></code>",
    ]
    title = f"Viewing cable {cable.reference_id}, {cable.subject}"
    return _FRAME.format(title=title, content="\n".join(content))


def _linked(body: str) -> str:
    """Return the body with the site's anchors and TAGS links."""

    def tags(line: re.Match[str]) -> str:
        label, codes = line[0][:5], line[0][5:]
        return label + _TAG.sub(lambda tag: f"<a href='/tag/{tag[0]}_0.html'>{tag[0]}</a>", codes)

    anchored_body = _ANCHORED.sub(r"\1<a id='par\2' href='#par\2'>¶</a>\2", body)
    return _TAGS_LINE.sub(tags, anchored_body, count=1)


def _boxed(text: str) -> str:
    return text.replace("\n", "&#x000A;")


def _browse(names: list[str]) -> str:
    rows = "\n".join(f"<tr><td><a href='/{name}'>{Path(name).stem}</a></td></tr>" for name in names)
    content = f"<table class='cable'>\n{rows}\n</table>"
    return _FRAME.format(title="Browse by creation date", content=content)


def _fictional_cable(reference_id: str, facts: dict[str, str], text: str) -> FictionalCable:
    station = reference_id[2:].rstrip("0123456789")
    serial_number = int(reference_id[2 + len(station) :])
    created_at = datetime.fromisoformat(facts["created"])
    return FictionalCable(
        reference_id=reference_id,
        created=created_at,
        released=datetime.fromisoformat(facts["released"]),
        classification=facts["class"],
        origin=_POSTS[station][0],
        subject=facts["subject"],
        articles=tuple(facts["articles"].split(", ")) if "articles" in facts else (),
        header=_header(station, serial_number, created_at, facts),
        body=_body(station, serial_number, created_at, facts, text),
    )


def _header(station: str, serial: int, created: datetime, facts: dict[str, str]) -> str:
    if "partial" in facts:
        return _PARTIAL
    precedence = facts.get("precedence", "ROUTINE")
    _, _, sender, route = _POSTS[station]
    other_posts = [post for code, post in _POSTS.items() if code not in (station, "STATE")]
    addressees = [f"{post[3]}/{post[2]} {precedence} {serial % 997:04}" for post in other_posts]
    if station != "STATE":
        addressees = [f"RUEHC/SECSTATE WASHDC {precedence} {serial + 1200:04}"]
        addressees += [f"INFO {other_posts[0][3]}/{other_posts[0][2]} {serial % 997:04}"]
        addressees += [f"{post[3]}/{post[2]} {serial % 991:04}" for post in other_posts[1:]]
    section_number = "/01" if "sections" in facts else ""
    date_time_group = f"{created:%d%H%M}Z {created:%b} {created:%y}".upper()
    return "\n".join(
        [
            f"VZCZCXYZ{(serial * 7) % 10_000:04}",
            f"{_PROSIGNS[precedence]} RUEHWEB",
            "",
            f"DE {route} #{serial % 10_000:04}{section_number} {created:%j%H%M}",
            _SECURITY[facts["class"][0]],
            f"{_PROSIGNS[precedence][0]} {date_time_group}",
            f"FM {sender}",
            "TO " + "\n".join(addressees),
        ]
    )


def _body(station: str, serial: int, created: datetime, facts: dict[str, str], text: str) -> str:
    top_of_body = _top(station, serial, created, facts)
    paragraphs = (
        text.split("\n\n") if "inline" in facts else list(map(_wrapped, text.split("\n\n")))
    )
    section_count = int(facts.get("sections", "1"))
    lines = "\n\n".join([top_of_body, *paragraphs]).split("\n")
    if section_count > 1:
        lines = _with_page_breaks(lines, f"{_POSTS[station][1]} {serial:08}", section_count)
    return "\n".join(f"{line} " for line in lines)


def _top(station: str, serial: int, created: datetime, facts: dict[str, str]) -> str:
    letter = facts["class"][0]
    section_line = f" SECTION 01 OF {int(facts['sections']):02}" if "sections" in facts else ""
    noforn = ["NOFORN"] if facts["class"].endswith("NOFORN") else []
    captions = ["SIPDIS", *dict.fromkeys(filter(None, [facts.get("captions"), *noforn]))]
    declassification = "N/A" if letter == "U" else f"DECL: {created:%m/%d}/{created.year + 10}"
    blocks = [
        f"{_SPELLED[letter]}{section_line} {_POSTS[station][1]} {serial:06}",
        "\n".join(captions),
        "\n".join(
            [
                f"E.O. 12958: {declassification}",
                f"TAGS: {facts['tags'].replace(', ', ' ')}",
                *textwrap.wrap(f"SUBJECT: {facts['subject']}", _WIDTH),
            ]
        ),
    ]
    if "refs" in facts:
        blocks.append("REF: " + "\n     ".join(facts["refs"].split(" / ")))
    if "by" in facts:
        blocks.append("\n".join(textwrap.wrap(f"Classified By: {facts['by']}.", _WIDTH)))
    return "\n\n".join(blocks)


def _wrapped(paragraph: str) -> str:
    return "\n".join(line for part in paragraph.split("\n") for line in textwrap.wrap(part, _WIDTH))


def _with_page_breaks(lines: list[str], station: str, sections: int) -> list[str]:
    """Insert page-break lines into the text at even distances, as the relays did."""
    lines_a_section = -(-len(lines) // sections)
    whole_text = lines[:lines_a_section]
    for section in range(1, sections):
        whole_text += ["", f"{station}  {section + 1:03} OF {sections:03}", "", ""]
        whole_text += lines[section * lines_a_section : (section + 1) * lines_a_section]
    return whole_text
