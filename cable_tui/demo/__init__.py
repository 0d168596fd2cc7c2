"""The demo archive: about forty fictional cables, written as pages of an invented site.

The pages use the directory tree, the three boxes and the anchors of the real site, and include a
browse page.

`cables.txt` has one record per cable: an ID, facts, an empty line and the text. The facts are
`created`, `released`, `class`, `origin` (derived from the ID), `tags` and `subject`, and optionally
`refs` (items separated by ` / `), `by`, `captions`, `precedence`, `articles`, `sections` (page
breaks are inserted into the text), `inline` (one line per paragraph) and `partial` (no transmission
header).
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
    """Write the demo's pages below `folder`, skipping files that are unchanged.

    Returns the number of cables. Raises `OSError` if the folder cannot be written.
    """
    page_by_name = {
        f"cable/{fictional_cable.created:%Y/%m}/{fictional_cable.reference_id}.html": _page(
            fictional_cable
        )
        for fictional_cable in fictional_cables()
    }
    cable_count = len(page_by_name)
    page_by_name["index.html"] = _browse(list(page_by_name))
    for page_name, page_text in page_by_name.items():
        page_path = folder / page_name
        if not page_path.is_file() or page_path.read_text(encoding="utf-8") != page_text:
            page_path.parent.mkdir(parents=True, exist_ok=True)
            page_path.write_text(page_text, encoding="utf-8", newline="\n")
    return cable_count


class FictionalCable(Value):
    """One fictional cable, ready to be written as a page."""

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
    cables_text = Path(__file__).with_name("cables.txt").read_text(encoding="utf-8")
    for cable_record in cables_text.split("\n=== ")[1:]:
        head_lines, cable_text = cable_record.split("\n\n", 1)
        reference_id, *fact_lines = head_lines.splitlines()
        yield _fictional_cable(
            reference_id,
            dict(fact_line.split(": ", 1) for fact_line in fact_lines),
            cable_text.rstrip(),
        )


def _page(cable: FictionalCable) -> str:
    month_path = f"{cable.created:%Y/%m}"
    table_cells = (
        f"<a href='/cable/{month_path}/{cable.reference_id}.html'>{cable.reference_id}</a>",
        f"<a href='/date/{cable.created:%Y-%m}_0.html'>{cable.created:%Y-%m-%d %H:%M}</a>",
        f"<a href='/reldate/{cable.released:%Y-%m-%d}_0.html'>{cable.released:%Y-%m-%d %H:%M}</a>",
        f"<a href='/classification/1_0.html' title='unclassified'>{cable.classification}</a>",
        f"<a href='/origin/1_0.html'>{cable.origin}</a>",
    )
    table_rows = [
        *("<tr>", *(f"<th>{column_heading}</th>" for column_heading in _HEADS), "</tr>"),
        *("<tr>", *(f"<td>\n{cell_html}\n</td>" for cell_html in table_cells), "</tr>"),
    ]
    if cable.articles:
        article_links = "<br />\n".join(
            f"<a href='{address}'>{address}</a>" for address in cable.articles
        )
        table_rows.append(
            f"<tr><td colspan='5'>\nAppears in these articles:<br />\n{article_links}\n</td></tr>"
        )
    page_content = [
        "<table class='cable'>",
        *table_rows,
        "</table>",
        f"<code><pre>{_boxed(cable.header)}</pre></code>",
        f"<code><pre>{_boxed(_linked(cable.body))}</pre></code>",
    ]
    title = f"Viewing cable {cable.reference_id}, {cable.subject}"
    return _FRAME.format(title=title, content="\n".join(page_content))


def _linked(body: str) -> str:
    """Return the body with the site's paragraph anchors and TAGS links."""

    def tags(tags_line: re.Match[str]) -> str:
        tags_label, tag_codes = tags_line[0][:5], tags_line[0][5:]
        return tags_label + _TAG.sub(
            lambda tag: f"<a href='/tag/{tag[0]}_0.html'>{tag[0]}</a>", tag_codes
        )

    anchored_body = _ANCHORED.sub(r"\1<a id='par\2' href='#par\2'>¶</a>\2", body)
    return _TAGS_LINE.sub(tags, anchored_body, count=1)


def _boxed(text: str) -> str:
    return text.replace("\n", "&#x000A;")


def _browse(names: list[str]) -> str:
    table_rows = "\n".join(
        f"<tr><td><a href='/{page_path}'>{Path(page_path).stem}</a></td></tr>"
        for page_path in names
    )
    content = f"<table class='cable'>\n{table_rows}\n</table>"
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


def _header(station: str, serial_number: int, created: datetime, facts: dict[str, str]) -> str:
    if "partial" in facts:
        return _PARTIAL
    precedence = facts.get("precedence", "ROUTINE")
    _, _, sender, route = _POSTS[station]
    other_posts = [
        post_names
        for post_code, post_names in _POSTS.items()
        if post_code not in (station, "STATE")
    ]
    addressees = [
        f"{post_names[3]}/{post_names[2]} {precedence} {serial_number % 997:04}"
        for post_names in other_posts
    ]
    if station != "STATE":
        addressees = [f"RUEHC/SECSTATE WASHDC {precedence} {serial_number + 1200:04}"]
        addressees += [f"INFO {other_posts[0][3]}/{other_posts[0][2]} {serial_number % 997:04}"]
        addressees += [
            f"{post_names[3]}/{post_names[2]} {serial_number % 991:04}"
            for post_names in other_posts[1:]
        ]
    section_number = "/01" if "sections" in facts else ""
    date_time_group = f"{created:%d%H%M}Z {created:%b} {created:%y}".upper()
    return "\n".join(
        [
            f"VZCZCXYZ{(serial_number * 7) % 10_000:04}",
            f"{_PROSIGNS[precedence]} RUEHWEB",
            "",
            f"DE {route} #{serial_number % 10_000:04}{section_number} {created:%j%H%M}",
            _SECURITY[facts["class"][0]],
            f"{_PROSIGNS[precedence][0]} {date_time_group}",
            f"FM {sender}",
            "TO " + "\n".join(addressees),
        ]
    )


def _body(
    station: str, serial_number: int, created: datetime, facts: dict[str, str], text: str
) -> str:
    top_of_body = _top(station, serial_number, created, facts)
    paragraphs = (
        text.split("\n\n") if "inline" in facts else list(map(_wrapped, text.split("\n\n")))
    )
    section_count = int(facts.get("sections", "1"))
    body_lines = "\n\n".join([top_of_body, *paragraphs]).split("\n")
    if section_count > 1:
        body_lines = _with_page_breaks(
            body_lines, f"{_POSTS[station][1]} {serial_number:08}", section_count
        )
    return "\n".join(f"{body_line} " for body_line in body_lines)


def _top(station: str, serial_number: int, created: datetime, facts: dict[str, str]) -> str:
    class_letter = facts["class"][0]
    section_line = f" SECTION 01 OF {int(facts['sections']):02}" if "sections" in facts else ""
    noforn_caption = ["NOFORN"] if facts["class"].endswith("NOFORN") else []
    captions = ["SIPDIS", *dict.fromkeys(filter(None, [facts.get("captions"), *noforn_caption]))]
    declassification = (
        "N/A" if class_letter == "U" else f"DECL: {created:%m/%d}/{created.year + 10}"
    )
    text_blocks = [
        f"{_SPELLED[class_letter]}{section_line} {_POSTS[station][1]} {serial_number:06}",
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
        text_blocks.append("REF: " + "\n     ".join(facts["refs"].split(" / ")))
    if "by" in facts:
        text_blocks.append("\n".join(textwrap.wrap(f"Classified By: {facts['by']}.", _WIDTH)))
    return "\n\n".join(text_blocks)


def _wrapped(paragraph: str) -> str:
    return "\n".join(
        wrapped_line
        for source_line in paragraph.split("\n")
        for wrapped_line in textwrap.wrap(source_line, _WIDTH)
    )


def _with_page_breaks(lines: list[str], station: str, sections: int) -> list[str]:
    """Insert page-break lines into the text at even intervals, as relay stations did."""
    lines_a_section = -(-len(lines) // sections)
    broken_lines = lines[:lines_a_section]
    for section_number in range(1, sections):
        broken_lines += ["", f"{station}  {section_number + 1:03} OF {sections:03}", "", ""]
        broken_lines += lines[
            section_number * lines_a_section : (section_number + 1) * lines_a_section
        ]
    return broken_lines
