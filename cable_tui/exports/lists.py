"""Whole lists of cables as one file: JSON Lines, CSV, Markdown, plain text.

Each format takes cables as they come and yields pieces of text, so that an archive of any size
passes through.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cable_tui.cable import Cable
from cable_tui.exports import bibliography
from cable_tui.exports.boxes import plain
from cable_tui.exports.cable_json import cable_json
from cable_tui.exports.citations import markdown
from cable_tui.exports.cited import Citation
from cable_tui.exports.links import link

Write = Callable[[Iterable[Cable], str], Iterator[str]]
"""Of the cables and `Settings.link`, the file in pieces."""


@dataclass(frozen=True, slots=True)
class ListFormat:
    """One way to write a list of cables down."""

    name: str
    """What `export --format` calls it."""
    label: str
    write: Write


def _jsonl(cables: Iterable[Cable], link_template: str) -> Iterator[str]:
    del link_template
    for cable in cables:
        yield json.dumps(cable_json(cable), ensure_ascii=False) + "\n"


_COLUMNS = (
    "reference_id",
    "canonical_id",
    "created",
    "released",
    "classification",
    "origin",
    "subject",
    "tags",
    "references",
    "link",
)


def _csv(cables: Iterable[Cable], link_template: str) -> Iterator[str]:
    yield csv_row(_COLUMNS)
    for cable in cables:
        facts = cable.facts
        cited = (each.reference_id for each in cable.references)
        yield csv_row(
            (
                facts.reference_id,
                facts.canonical_id,
                facts.created,
                facts.released,
                facts.classification,
                facts.origin,
                cable.subject,
                "; ".join(cable.tags),
                "; ".join(filter(None, cited)),
                link(Citation(cable, link_template=link_template)),
            )
        )


def csv_row(values: tuple[str, ...]) -> str:
    """One line of a CSV file."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()


def _markdown(cables: Iterable[Cable], link_template: str) -> Iterator[str]:
    for number, cable in enumerate(cables):
        blank = "\n" if number else ""
        yield f"{blank}{markdown(Citation(cable, link_template=link_template))}\n"


def _text(cables: Iterable[Cable], link_template: str) -> Iterator[str]:
    del link_template
    for number, cable in enumerate(cables):
        # A form feed between cables: printers and pagers know it.
        yield ("\f\n" if number else "") + plain(cable)


def _bibtex(cables: Iterable[Cable], link_template: str) -> Iterator[str]:
    for cable in cables:
        yield bibliography.bibtex(Citation(cable, link_template=link_template)) + "\n\n"


def _ris(cables: Iterable[Cable], link_template: str) -> Iterator[str]:
    for cable in cables:
        yield bibliography.ris(Citation(cable, link_template=link_template)) + "\n\n"


def _csl_json(cables: Iterable[Cable], link_template: str) -> Iterator[str]:
    before = "[\n"
    for cable in cables:
        item = bibliography.csl_item(Citation(cable, link_template=link_template))
        yield before + json.dumps(item, ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


_ALL = (
    ListFormat("jsonl", "JSON Lines, every field of a cable", _jsonl),
    ListFormat("csv", "a table for a spreadsheet", _csv),
    ListFormat("markdown", "subjects with sources and links", _markdown),
    ListFormat("bibtex", "BibTeX, for reference managers", _bibtex),
    ListFormat("ris", "RIS, for reference managers", _ris),
    ListFormat("csl-json", "CSL-JSON, for reference managers", _csl_json),
    ListFormat("text", "the texts, one after the other", _text),
)
FORMATS: dict[str, ListFormat] = {each.name: each for each in _ALL}
"""Every way to write a list of cables, by its name."""
