"""An audit of drafts as one HTML page, for an editor to read or print."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from cable_tui.base.cable import Span
from cable_tui.base.value import Value
from cable_tui.exports.dossier import STYLE, shown
from cable_tui.text import clean_text
from cable_tui.text.sentences import sentences
from cable_tui.tools.drafts.export import SAID, SIGNS, details_of, name_of, summary, voice_of
from cable_tui.tools.drafts.findings import VERDICTS, Finding, QuotedSource

_STYLE = """
table.counts td:not(:first-child), table.counts th:not(:first-child) { text-align: right }
section.finding { border-top: 1px solid #999; padding: .4em 0; break-inside: avoid }
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5em }
.fault h3::after { content: " ← look" }
h3 { font-size: 1em; margin: .3em 0 }
mark { background: #ff9; color: inherit; text-decoration: underline }
.beside small { display: block }
@media (max-width: 40em) { .beside { grid-template-columns: 1fr } }
@media print { h2 { break-before: page } h2:first-of-type { break-before: auto } }
"""
_LONGEST = 2000
"""The maximum number of characters of a cable to show."""


class Chapter(Value):
    """A draft with its findings, or with the reason why it was not checked."""

    name: str
    findings: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()
    """The parts of the draft that were not checked."""
    refused: str = ""
    """The reason why the whole file was not checked."""


def page(title: str, archive: str, requests: str, chapters: Sequence[Chapter]) -> Iterator[str]:
    """Yield the page in pieces; `requests` is the text about the number of protection requests."""
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{shown(title)}</title>\n<style>{STYLE}{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{shown(title)}</h1>\n<p>Compared with {shown(archive)}, word for word.</p>\n"
    )
    whole = [finding for chapter in chapters for finding in chapter.findings]
    yield f"<p>{shown(summary(whole))}.</p>\n"
    yield f"<p>{shown(requests)}.</p>\n" if requests else ""
    yield _table(chapters)
    for number, chapter in enumerate(chapters, 1):
        yield f'<h2 id="chapter{number}">{shown(chapter.name)}</h2>\n'
        if chapter.refused:
            yield f"<p>Not compared: {shown(chapter.refused)}.</p>\n"
        for finding in chapter.findings:
            if finding.kind != "citation" or finding.is_fault:
                yield _finding(finding)
        yield from _left_out(chapter.left_out)
    yield "</body>\n</html>\n"


def _table(chapters: Sequence[Chapter]) -> str:
    """Return a table with the counts by verdict, for each chapter and for all of them."""
    counts = [_counts(chapter.findings) for chapter in chapters]
    total = sum(counts, Counter[str]())
    columns = [verdict for verdict in VERDICTS if total[verdict]]
    heads = "".join(f"<th>{shown(SAID[verdict])}</th>" for verdict in columns)
    rows = [
        f'<tr><td><a href="#chapter{number}">{shown(chapter.name)}</a></td>'
        f"{_cells(count, columns)}</tr>"
        for number, (chapter, count) in enumerate(zip(chapters, counts, strict=True), 1)
    ]
    if len(chapters) > 1:
        rows.append(f"<tr><td>Together</td>{_cells(total, columns)}</tr>")
    lines = "\n".join(rows)
    return (
        f'<table class="counts">\n<thead><tr><th>Draft</th>{heads}</tr></thead>\n<tbody>\n{lines}\n'
        "</tbody>\n</table>\n"
    )


def _counts(findings: Iterable[Finding]) -> Counter[str]:
    """Count the quotations by verdict, and the attributions."""
    counted = ("quotation", "attribution")
    return Counter(finding.verdict for finding in findings if finding.kind in counted)


def _cells(count: Counter[str], columns: Iterable[str]) -> str:
    return "".join(f"<td>{count[column]:,}</td>" for column in columns)


def _finding(finding: Finding) -> str:
    source = finding.found
    found_at = f" · {source.citation}" if source else ""
    heading = f"{SIGNS[finding.verdict]} {finding.place}: {name_of(finding)}{found_at}"
    cited = f"<small>Cited: {shown('; '.join(finding.cited))}</small>" if finding.cited else ""
    draft_words = f"<div>{_paragraphs(finding.text)}{cited}</div>"
    details = "".join(f"<li>{shown(line)}</li>" for line in details_of(finding))
    return (
        f'<section class="finding{" fault" if finding.is_fault else ""}">\n'
        f"<h3>{shown(heading)}</h3>\n"
        f'<div class="beside">{draft_words}{_cable(source) if source else "<div></div>"}</div>\n'
        f"{f'<ul>{details}</ul>' if details else ''}</section>\n"
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{shown(' '.join(part.split()))}</p>" for part in text.split("\n\n"))


def _cable(source: QuotedSource) -> str:
    """Return the cable's sentences around a quotation, and their speakers."""
    speaker = voice_of(source)
    small = f"<small>{shown(f'{speaker[0].upper()}{speaker[1:]}.')}</small>" if speaker else ""
    if not source.marked:
        return f"<div>{small}</div>"
    start, end = source.marked[0][0], max(end for _, end in source.marked)
    around = [span for span in sentences(source.passage) if span[0] < end and start < span[1]] or [
        (start, end)
    ]
    first, last = min(around[0][0], start), max(around[-1][1], end)
    text = _marked(source.passage, source.marked, first, min(last, first + _LONGEST))
    return f"<div><p>{text}{' …' if last - first > _LONGEST else ''}</p>{small}</div>"


def _marked(text: str, spans: Iterable[Span], start: int, end: int) -> str:
    """Return part of a cable as HTML, with the quotation highlighted."""
    pieces = []
    at = start
    for span_start, span_end in sorted(spans):
        low, high = max(span_start, at), min(span_end, end)
        if low < high:
            pieces += [_escaped(text[at:low]), f"<mark>{_escaped(text[low:high])}</mark>"]
            at = high
    return "".join([*pieces, _escaped(text[at:end])])


def _escaped(text: str) -> str:
    """Return text from a cable escaped for HTML, with line breaks as spaces."""
    return html.escape(clean_text(text).replace("\n", " "))


def _left_out(parts: Sequence[str]) -> Iterator[str]:
    if parts:
        items = "".join(f"<li>{shown(part)}</li>" for part in parts)
        yield f"<h3>Not compared</h3>\n<ul>{items}</ul>\n"
