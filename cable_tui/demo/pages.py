"""Fictional cables as pages of the site: its tree, its three boxes, its anchors, a browse page."""

from __future__ import annotations

import re
from pathlib import Path

from cable_tui.demo.script import Draft, drafts
from cable_tui.pattern import pattern

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


def write(folder: Path) -> int:
    """Write the demo's pages below `folder`, only what differs from what is there.

    Returns the number of cables. Raises OSError where the folder cannot be written.
    """
    pages = {f"cable/{d.created:%Y/%m}/{d.reference_id}.html": _page(d) for d in drafts()}
    cables = len(pages)
    pages["index.html"] = _browse(list(pages))
    for name, text in pages.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return cables


def _page(draft: Draft) -> str:
    month = f"{draft.created:%Y/%m}"
    cells = (
        f"<a href='/cable/{month}/{draft.reference_id}.html'>{draft.reference_id}</a>",
        f"<a href='/date/{draft.created:%Y-%m}_0.html'>{draft.created:%Y-%m-%d %H:%M}</a>",
        f"<a href='/reldate/{draft.released:%Y-%m-%d}_0.html'>{draft.released:%Y-%m-%d %H:%M}</a>",
        f"<a href='/classification/1_0.html' title='unclassified'>{draft.classification}</a>",
        f"<a href='/origin/1_0.html'>{draft.origin}</a>",
    )
    rows = [
        *("<tr>", *(f"<th>{head}</th>" for head in _HEADS), "</tr>"),
        *("<tr>", *(f"<td>\n{cell}\n</td>" for cell in cells), "</tr>"),
    ]
    if draft.articles:
        links = "<br />\n".join(f"<a href='{link}'>{link}</a>" for link in draft.articles)
        rows.append(f"<tr><td colspan='5'>\nAppears in these articles:<br />\n{links}\n</td></tr>")
    content = [
        "<table class='cable'>",
        *rows,
        "</table>",
        f"<code><pre>{_boxed(draft.header)}</pre></code>",
        f"<code><pre>{_boxed(_linked(draft.body))}</pre></code>",
    ]
    title = f"Viewing cable {draft.reference_id}, {draft.subject}"
    return _FRAME.format(title=title, content="\n".join(content))


def _linked(body: str) -> str:
    """The body with the site's anchors and TAGS links."""

    def tags(line: re.Match[str]) -> str:
        label, codes = line[0][:5], line[0][5:]
        return label + _TAG.sub(lambda tag: f"<a href='/tag/{tag[0]}_0.html'>{tag[0]}</a>", codes)

    anchored = _ANCHORED.sub(r"\1<a id='par\2' href='#par\2'>¶</a>\2", body)
    return _TAGS_LINE.sub(tags, anchored, count=1)


def _boxed(text: str) -> str:
    return text.replace("\n", "&#x000A;")


def _browse(names: list[str]) -> str:
    rows = "\n".join(f"<tr><td><a href='/{name}'>{Path(name).stem}</a></td></tr>" for name in names)
    content = f"<table class='cable'>\n{rows}\n</table>"
    return _FRAME.format(title="Browse by creation date", content=content)
